/**
 * Takes the scripts and the islands out of a built page, and bundles the very same built files into one classic
 * script: a page opened from a folder may load no modules.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { build, type Plugin } from 'esbuild';
import type { HTMLElement } from 'node-html-parser';
import type { PartName } from '../../../browser/edition.ts';
import { escapeHtml } from '../../escape-html.ts';
import { noteBundled } from '../../third-party.ts';
import { attribute, base } from '../site.ts';
import { squeeze } from './squeeze.ts';

/** What a page runs: files below the built site's folder, or text that stood in the page itself. */
export interface PageScripts {
  modules: string[];
  inline: string[];
  /** Component files with the export that each island uses, and the file that brings it to life. */
  islands: { key: string; component: string; exported: string; renderer: string }[];
}

/** Astro writes each value of an island's properties with its type before it: 0 plain (objects too), 1 array. */
function plainValue([type, value]: [number, unknown]): unknown {
  if (type === 1) return (value as [number, unknown][]).map(plainValue);
  if (type !== 0) throw new Error(`An island has a property of type ${type}, which the editions do not know.`);
  return typeof value === 'object' && value !== null ? plainValues(value as Record<string, [number, unknown]>) : value;
}
const plainValues = (values: Record<string, [number, unknown]>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, plainValue(value)]));

const fileBelowSite = (address: string): string => address.slice(base.length).replace(/^\//, '');

/** Removes all scripts (but data and those whose text is `keep`) from a page; islands become plain elements. */
export function takeScripts(page: HTMLElement, keep: (text: string) => boolean): PageScripts {
  const found: PageScripts = { modules: [], inline: [], islands: [] };
  for (const script of page.getElementsByTagName('script')) {
    const type = attribute(script, 'type');
    const source = attribute(script, 'src');
    if (source) found.modules.push(fileBelowSite(source));
    else if (type === 'module') found.inline.push(script.textContent);
    else if (type === 'application/ld+json' || keep(script.textContent)) continue;
    script.remove();
  }
  for (const style of page.getElementsByTagName('style')) style.remove();
  for (const island of page.getElementsByTagName('astro-island')) {
    const component = fileBelowSite(attribute(island, 'component-url'));
    const exported = attribute(island, 'component-export');
    const key = `${component}#${exported}`;
    const props = plainValues(JSON.parse(attribute(island, 'props')) as Record<string, [number, unknown]>);
    const id = attribute(island, 'data-preact-island-id');
    found.islands.push({ key, component, exported, renderer: fileBelowSite(attribute(island, 'renderer-url')) });
    island.replaceWith(
      `<div class="island" ssr="" data-preact-island-id="${id}" data-island="${escapeHtml(key)}" data-props="${escapeHtml(JSON.stringify(props))}">${island.innerHTML}</div>`,
    );
  }
  return found;
}

/** Scripts of several pages as those of one, each once. */
export function joined(all: readonly PageScripts[]): PageScripts {
  return {
    modules: [...new Set(all.flatMap((s) => s.modules))],
    inline: [...new Set(all.flatMap((s) => s.inline))],
    islands: [...new Map(all.flatMap((s) => s.islands).map((island) => [island.key, island])).values()],
  };
}

/** Lets esbuild read the built files by their address on the site, and leaves out what only loads modules early. */
function builtFiles(dist: string): Plugin {
  return {
    name: 'built-files',
    setup(setup) {
      setup.onResolve({ filter: /^(?:dist|inline):/ }, ({ path }) => {
        const [kind = '', rest = ''] = path.split(/:(.*)/s);
        return kind === 'dist' ? { path: join(dist, rest) } : { path: rest, namespace: 'inline' };
      });
      setup.onResolve({ filter: /^\/.*\.js$/ }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { path: join(dist, fileBelowSite(path)) },
      );
      setup.onLoad({ filter: /preload-helper\.[^./]+\.js$/ }, ({ path }) => {
        const name = /export\s*\{\s*\w+ as (\w+)\s*\}/.exec(readFileSync(path, 'utf8'))?.[1];
        if (!name) throw new Error(`${path} does not export one thing, as was expected.`);
        return { contents: `const load = (what) => what(); export { load as ${name} };` };
      });
    },
  };
}

const call = 'JSON.parse(';

/** Changes each long text that a script hands to JSON.parse; the build writes it in backticks or in quotes. */
function changeData(code: string, change: (text: string) => string): string {
  let out = '';
  let done = 0;
  for (let at = code.indexOf(call); at >= 0; at = code.indexOf(call, at + 1)) {
    const start = at + call.length;
    const quote = code[start] ?? '';
    if (!'`"\''.includes(quote)) continue;
    let end = start + 1;
    while (end < code.length && code[end] !== quote) end += code[end] === '\\' ? 2 : 1;
    if (end - start < 2000) continue;
    out += `${code.slice(done, at)}JSON.parse(${change(String(runInNewContext(code.slice(start, end + 1))))}`;
    done = end + 1;
  }
  return out + code.slice(done);
}

/** Puts such texts in squeezed. */
const squeezer: Plugin = {
  name: 'squeezed-data',
  setup(setup) {
    setup.onLoad({ filter: /_astro\/[^/]*\.js$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      const changed = changeData(code, (text) => `unsqueeze(${JSON.stringify(squeeze(text))})`);
      if (changed === code) return undefined;
      const from = JSON.stringify(join(import.meta.dirname, '../../../browser/editions/unsqueeze.ts'));
      return { contents: `import { unsqueeze } from ${from};\n${changed}` };
    });
  },
};

/** What pages need now and then only: the chunk of the built site that each is, and what it exports. */
const apart: Record<PartName, RegExp> = { names: /^_virtual_names\.[^/]+\.js$/, engine: /^engine\.[^/]+\.js$/ };
export const partNames = Object.keys(apart) as PartName[];

/** Leaves those chunks out: the edition's `load` brings them. */
const withoutParts: Plugin = {
  name: 'without-parts',
  setup(setup) {
    setup.onLoad({ filter: /_astro\/[^/]+\.js$/ }, ({ path }) =>
      Object.values(apart).some((name) => name.test(basename(path))) ? { contents: 'export {};' } : undefined,
    );
  },
};

/**
 * One of those chunks, with all that it imports, as a classic script that leaves a function in `samhainParts`: it gives what
 * the chunk exports, and its text is enough to do so in a worker.
 * @throws if the build made no such chunk, or several
 */
export async function bundlePart(dist: string, part: PartName, squeezed = false): Promise<string> {
  const [file, ...others] = readdirSync(join(dist, '_astro')).filter((name) => apart[part].test(name));
  if (!file || others.length > 0)
    throw new Error(`There must be one chunk for ${part}: ${[file, ...others].join(', ')}.`);
  const contents = `export * from ${JSON.stringify(`dist:_astro/${file}`)}; export { default } from ${JSON.stringify(`dist:_astro/${file}`)};`;
  const code = await bundled(
    part === 'names' ? contents : contents.slice(0, contents.indexOf(' export { default }')),
    [builtFiles(dist), ...(squeezed ? [squeezer] : [])],
    'part',
  );
  return `(globalThis.samhainParts??={}).${part}=function(){${code}return part};`;
}

export interface BundleOptions {
  /** File that sets `samhainEdition`; it runs first. */
  runtime: string;
  /** Data in the scripts is made short: for the edition that is sent by mail. */
  squeezed?: boolean;
}

/**
 * One classic script that does what the pages' scripts do.
 * @returns its text
 */
export async function bundleScripts(dist: string, scripts: PageScripts, options: BundleOptions): Promise<string> {
  const islands = scripts.islands.map(({ key, component, exported, renderer }, i) => ({
    imports: `import { ${exported} as component${i} } from ${JSON.stringify(`dist:${component}`)};\nimport renderer${i} from ${JSON.stringify(`dist:${renderer}`)};`,
    entry: `${JSON.stringify(key)}: [renderer${i}, component${i}]`,
  }));
  const entry = [
    `import { startIslands } from ${JSON.stringify(options.runtime)};`,
    ...scripts.modules.map((file) => `import ${JSON.stringify(`dist:${file}`)};`),
    ...scripts.inline.map((_, i) => `import ${JSON.stringify(`inline:${i}`)};`),
    ...islands.map((island) => island.imports),
    `startIslands({ ${islands.map((island) => island.entry).join(', ')} });`,
  ].join('\n');
  return bundled(entry, [
    builtFiles(dist),
    withoutParts,
    ...(options.squeezed ? [squeezer] : []),
    {
      name: 'inline-scripts',
      setup(setup) {
        setup.onLoad({ filter: /.*/, namespace: 'inline' }, ({ path }) => ({
          contents: scripts.inline[Number(path)] ?? '',
          resolveDir: join(dist, '_astro'),
        }));
      },
    },
  ]);
}

/** An entry with all that it imports as one classic script. */
async function bundled(entry: string, plugins: Plugin[], name?: string): Promise<string> {
  const result = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, sourcefile: 'entry.js' },
    plugins,
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    ...(name === undefined ? {} : { globalName: name }),
    metafile: true,
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'error',
    define: { 'import.meta.url': 'document.baseURI' },
  });
  for (const file of Object.keys(result.metafile.inputs)) noteBundled(join(process.cwd(), file));
  const text = result.outputFiles[0]?.text;
  if (!text) throw new Error('The scripts could not be bundled.');
  return text;
}
