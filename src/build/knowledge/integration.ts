/** Astro integration: checks all content before a build, and gives the browser its share as virtual modules. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { leaveBundled, noteBundled } from '../third-party.ts';
import { compileKnowledge, compileSetups, questionTitles } from './compile.ts';
import { loadKnowledge } from './load.ts';
import { compileNames } from './names.ts';

/** The modules, each made from the checked content when it is asked for. */
const modules: Record<string, () => unknown> = {
  'virtual:knowledge': () => compileKnowledge(loadKnowledge()),
  'virtual:names': () => compileNames(loadKnowledge()),
  'virtual:setups': () => compileSetups(loadKnowledge()),
  'virtual:question-titles': () => questionTitles(loadKnowledge()),
};

/** Serves what the engine and the islands need as modules; no YAML reaches the browser. */
export function knowledgePlugin(): Plugin {
  return {
    name: 'samhain-knowledge',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load(id) {
      const make = modules[id.replace('\0', '')];
      if (!make) return undefined;
      // JSON.parse of a string is read faster than an object literal of this size.
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(make()))});`;
    },
  };
}

/** Notes what is bundled for browsers. */
const noticesPlugin = (): Plugin => ({
  name: 'third-party-notices',
  apply: 'build',
  generateBundle(_, bundle) {
    if (this.environment?.name === 'ssr' || this.environment?.name === 'prerender') return;
    for (const chunk of Object.values(bundle))
      if (chunk.type === 'chunk') for (const id of Object.keys(chunk.modules)) noteBundled(id);
  },
});

/** A mistake in the content ends the build here, with file, line, field and reason, before a page is made. */
export function knowledge(): AstroIntegration {
  return {
    name: 'samhain-knowledge',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        loadKnowledge();
        // A worker is bundled by itself, with its own plugins.
        const plugins = () => [knowledgePlugin(), noticesPlugin()];
        updateConfig({ vite: { plugins: plugins(), worker: { plugins } } });
      },
      'astro:build:done': ({ dir }) => leaveBundled(fileURLToPath(dir)),
    },
  };
}
