/** Astro integration: checks all content before a build, and gives the browser its share as virtual modules. */
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import type { Plugin } from 'vite';
import { leaveBundled, noteBundled } from '../third-party.ts';
import { compileKnowledge, compileSetups, questionTitles } from './compile.ts';
import { loadKnowledge } from './load.ts';
import { compileNames } from './names.ts';
import type { Knowledge } from './types.ts';

/** The modules, each made from the checked content when it is asked for. */
const modules: Record<string, (knowledge: Knowledge) => unknown> = {
  'virtual:knowledge': compileKnowledge,
  'virtual:names': compileNames,
  'virtual:setups': compileSetups,
  'virtual:question-titles': questionTitles,
};

/** What a build was given: server, pages and worker are bundled one after the other, and each asks for the same. */
const given = new Map<string, string>();

function jsonOf(id: string, make: (knowledge: Knowledge) => unknown): string {
  const { samhainContent } = globalThis;
  const known = samhainContent && given.get(id);
  if (known) return known;
  const json = JSON.stringify(make(samhainContent ?? loadKnowledge()));
  given.set(id, json);
  return json;
}

/** JSON.parse of a string is read faster than an object literal of this size. */
const asText = (json: string): string => `export default JSON.parse(${JSON.stringify(json)});`;

/**
 * Serves what the engine and the pages' scripts need as modules; no YAML reaches the browser.
 * @param write makes a module of JSON, where an edition wants it otherwise than as a text
 */
export function knowledgePlugin(write = asText): Plugin {
  return {
    name: 'samhain-knowledge',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load(id) {
      const make = modules[id.replace('\0', '')];
      return make && write(jsonOf(id, make));
    },
  };
}

/** Notes what is bundled for browsers. */
export const noticesPlugin = (): Plugin => ({
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
      'astro:config:setup': ({ command, updateConfig }) => {
        const checked = loadKnowledge();
        // The pages are made in this process, by scripts that were bundled: they take what was read here.
        if (command === 'build') globalThis.samhainContent = checked;
        // A worker is bundled by itself, with its own plugins.
        const plugins = () => [knowledgePlugin(), noticesPlugin()];
        updateConfig({ vite: { plugins: plugins(), worker: { plugins } } });
      },
      'astro:build:done': ({ dir }) => leaveBundled(fileURLToPath(dir)),
    },
  };
}
