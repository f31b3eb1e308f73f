/** The site's own Pagefind index as one classic script: what it would fetch stands in it, as base64. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { filesOf } from '../site.ts';

/** The entry point: Pagefind without its worker, and with a `fetch` that only knows the files given to it. */
const entry = (files: Record<string, string>) => `
import { createInstance } from './pagefind.js';
import { files } from './answers.js';
Object.assign(files, JSON.parse(${JSON.stringify(JSON.stringify(files))}));
globalThis.samhainSearch = createInstance({ noWorker: true, basePath: '/', baseUrl: '/' });
`;

const answers = `
export const files = {};
export async function answerFromFile(address) {
  const name = String(address).split('?')[0].replace(/^\\//, '');
  const text = files[name];
  if (text === undefined) throw new Error(name + ' is not in the index.');
  return new Response(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
}
`;

/** @returns the script's text; it sets samhainSearch */
export async function bundleSearch(dist: string): Promise<string> {
  const folder = join(dist, 'pagefind');
  const files = Object.fromEntries(
    filesOf(folder)
      .filter((name) => !name.endsWith('.js') && !name.startsWith('wasm.unknown'))
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  );
  const result = await build({
    stdin: { contents: entry(files), resolveDir: folder, sourcefile: 'entry.js' },
    plugins: [
      {
        name: 'answers',
        setup(setup) {
          setup.onResolve({ filter: /answers\.js$/ }, () => ({ path: 'answers.js', namespace: 'answers' }));
          setup.onLoad({ filter: /.*/, namespace: 'answers' }, () => ({ contents: answers }));
          // Pagefind's own calls of fetch go to the files as well.
          setup.onLoad({ filter: /pagefind\.js$/ }, ({ path }) => ({
            contents: `import { answerFromFile as fetch } from 'answers.js';\n${readFileSync(path, 'utf8')}`,
          }));
        },
      },
    ],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
    define: { 'import.meta.url': '"/pagefind.js"' },
  });
  const text = result.outputFiles[0]?.text;
  if (!text) throw new Error('The search could not be bundled.');
  return text;
}
