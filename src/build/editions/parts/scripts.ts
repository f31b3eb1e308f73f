/** The scripts of the editions without a web server: classic ones, for a page opened from a disk may load no modules. */
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import type { PartName } from '../../../browser/edition.ts';
import { css, cssOutput, oxc } from '../../bundler.ts';
import { knowledgePlugin, noticesPlugin } from '../../knowledge/integration.ts';
import { deflateText } from './deflate-text.ts';

const browser = join(import.meta.dirname, '../../../browser');

/** What pages need now and then only: the module that each is. */
const parts: Record<PartName, string> = {
  names: join(browser, 'editions/names.ts'),
  engine: join(browser, 'workbench/engine.ts'),
};
export const partNames = Object.keys(parts) as PartName[];

/** What the pages' scripts import on the site alone: those parts (`Edition.load`), its workers, and what keeps it offline. */
const ofTheSite = new Set(['\0virtual:names', parts.engine, join(browser, 'page/offline.ts')]);
const withoutThose: Plugin = {
  name: 'without-those-of-the-site',
  enforce: 'pre',
  load: (id) => (ofTheSite.has(id) || id.endsWith('?worker&url') ? 'export default "";' : undefined),
};

/** Data as text that is deflated, for the edition that is sent by mail. */
const deflated = (json: string): string => {
  const from = JSON.stringify(join(browser, 'editions/inflate-text.ts'));
  return `import { inflateText } from ${from};\nexport default JSON.parse(inflateText(${JSON.stringify(deflateText(json))}));`;
};

/** How the data in the scripts is written: as they are, or short. */
export type Data = 'plain' | 'deflated';

/** A module with all that it imports as one classic script. @param name the variable for what it exports, if it does */
async function bundled(entry: string, name: string | undefined, data: Data, plugins: Plugin[] = []): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    css,
    oxc,
    plugins: [...plugins, knowledgePlugin(data === 'deflated' ? deflated : undefined), noticesPlugin()],
    build: {
      ...cssOutput,
      write: false,
      lib: { entry, name: name ?? 'none', formats: ['iife'] },
      // A module's only export stays an export, as for whoever imports it.
      rolldownOptions: { output: { exports: name === undefined ? 'none' : 'named' } },
    },
  });
  const [bundle] = Array.isArray(result) ? result : [result];
  const files = bundle && 'output' in bundle ? bundle.output : [];
  const [script, ...others] = files;
  if (script?.type !== 'chunk' || others.length > 0)
    throw new Error(`${entry} must be one script: ${files.map(({ fileName }) => fileName).join(', ')}.`);
  return script.code;
}

/**
 * One of those parts as a classic script that leaves a function in `samhainParts`: it gives what the module exports, and its
 * text is enough to do so in a worker.
 */
export async function bundlePart(part: PartName, data: Data): Promise<string> {
  return `(globalThis.samhainParts??={}).${part}=function(){${await bundled(parts[part], 'part', data)}return part};`;
}

/** What all pages of an edition run. @param edition name of its script in `src/browser/editions` */
export const bundlePages = (edition: 'file' | 'folder', data: Data): Promise<string> =>
  bundled(join(browser, 'editions', `${edition}.ts`), undefined, data, [withoutThose]);
