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

/** What a bundler says about nothing of ours: Astro's own mark in each page of content, and a part that one edition has inside. */
const quiet = {
  name: 'quiet',
  onLog: (_, { code }) => (['MODULE_LEVEL_DIRECTIVE', 'INEFFECTIVE_DYNAMIC_IMPORT'].includes(code) ? false : undefined),
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
    plugins: [plainImports, withoutBabel, quiet],
    css,
    // The worker loads parts of itself when they are asked for.
    worker: { format: 'es' },
    // The engine with all it knows is one chunk, in a worker (its weight: docs/quality.md).
    build: { ...cssOutput, chunkSizeWarningLimit: 1500 },
  },
  devToolbar: { enabled: false },
  // Quotation marks stay as they are typed: half of them stand in commands.
  integrations: [knowledge(), mdx({ smartypants: false }), preact()],
  // Shiki writes style attributes, which the Content-Security-Policy forbids; Prism marks up what no style shows.
  markdown: { syntaxHighlight: false },
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
