import { createHash } from 'node:crypto';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import { themeEarly } from './src/browser/page/theme-early.ts';
import { css, cssOutput, oxc } from './src/build/bundler.ts';
import { knowledge } from './src/build/knowledge/integration.ts';

// Where the site will stand; both can be given for a build: SITE_URL=https://help.example.net BASE_PATH=/samhain npm run build
const sha256 = (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
const base = process.env.BASE_PATH ?? '/';

/**
 * What is loaded later is loaded as it is: no list of what it needs is fetched ahead. Vite's own helper and its lists
 * would be a tenth of what a page weighs, and a request of their own. The styles of such parts come with them
 * (`?inline`), so there is nothing else for it to do.
 */
const plainImports = {
  name: 'plain-imports',
  configResolved({ command, plugins }) {
    if (command !== 'build') return;
    const ahead = plugins.find(({ name }) => name === 'native:import-analysis-build');
    if (!ahead) throw new Error('Vite has no plugin native:import-analysis-build any more: see what it fetches ahead.');
    ahead.applyToEnvironment = () => false;
  },
};

/**
 * Preact's plugin has Babel read every script for nothing but the tags of JSX, once for each of the builds of server, pages
 * and worker: a third of the time of all. What Vite compiles TypeScript with knows them as well.
 */
const withoutBabel = {
  name: 'without-babel',
  config: (_, { command }) => (command === 'build' ? { oxc } : {}),
  configResolved({ command, plugins }) {
    if (command !== 'build') return;
    const babel = plugins.find(({ name }) => name === 'vite:preact-jsx');
    if (!babel) throw new Error('Preact has no plugin vite:preact-jsx any more: see what compiles its components.');
    babel.applyToEnvironment = () => false;
  },
};

export default defineConfig({
  site: process.env.SITE_URL ?? 'http://localhost:4321',
  base,
  trailingSlash: 'ignore',
  build: { format: 'directory', inlineStylesheets: 'never' },
  vite: {
    plugins: [plainImports, withoutBabel],
    css,
    // The worker loads parts of itself when they are asked for.
    worker: { format: 'es' },
    build: cssOutput,
  },
  devToolbar: { enabled: false },
  integrations: [knowledge(), mdx(), preact()],
  markdown: {
    // Shiki writes style attributes, which the Content-Security-Policy forbids; Prism marks up what no style shows.
    syntaxHighlight: false,
    // Quotation marks stay as they are typed: half of them stand in commands.
    smartypants: false,
  },
  security: {
    csp: {
      directives: [
        "default-src 'none'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        // Who can write a script's address or markup: src/browser/own-script.ts, theme-early.ts.
        "require-trusted-types-for 'script'",
        'trusted-types own-scripts own-markup',
        "base-uri 'none'",
        "form-action 'none'",
      ],
      scriptDirective: { resources: ["'self'"], hashes: [sha256(themeEarly)] },
      styleDirective: { resources: ["'self'"] },
    },
  },
});
