/** First load of a content page: at most 15 KB over the wire (brotli), and no script that blocks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { CheckResult, Site } from './site.ts';

const most = 15 * 1024;

const loaded = (html: string): string[] => [
  ...[...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, path]) => path ?? ''),
  ...[...html.matchAll(/<script type="module" src="([^"]+)"/g)].map(([, path]) => path ?? ''),
];

export async function checkWeight({ folder, pages }: Site): Promise<CheckResult> {
  const base = (process.env.BASE_PATH ?? '/').replace(/\/$/, '');
  const sizes = new Map<string, { size: number; imports: string[] }>();
  const read = (path: string) => {
    const known = sizes.get(path);
    if (known) return known;
    const bytes = readFileSync(join(folder, path));
    // A module loads what it imports statically.
    const imports = path.endsWith('.js')
      ? [...bytes.toString().matchAll(/(?:import|from)\s*["'](\.\/[^"']+\.js)["']/g)].map(([, name]) =>
          join(path, '..', name ?? ''),
        )
      : [];
    const one = { size: brotliCompressSync(bytes).length, imports };
    sizes.set(path, one);
    return one;
  };
  /** All files with what they import, each once. */
  const sizeOf = (paths: readonly string[]): number => {
    const all = new Set(paths);
    for (const path of all) for (const one of read(path).imports) all.add(one);
    return [...all].reduce((sum, path) => sum + read(path).size, 0);
  };
  const problems: string[] = [];
  const content = pages.filter(
    ({ path }) =>
      /^(?:problems|guides|messages|wizard|checks|gather)\/./.test(path) &&
      !/^(?:messages|problems)\/index|wizard\/tree/.test(path),
  );
  let heaviest = { path: '', size: 0 };
  for (const { path, html } of content) {
    const scripts = [...html.matchAll(/<script([^<>]*)>/g)].map(([, attributes = '']) => attributes);
    if (scripts.some((text) => / src=/.test(text) && !text.includes('type="module"')))
      problems.push(`${path}: a script that blocks`);
    const size = brotliCompressSync(html).length + sizeOf(loaded(html).map((file) => file.slice(base.length + 1)));
    if (size > heaviest.size) heaviest = { path, size };
    if (size > most) problems.push(`${path}: ${size} bytes (brotli) at first load, more than ${most}`);
  }
  return {
    name: `Weight (heaviest: ${heaviest.path}, ${heaviest.size} bytes brotli)`,
    looked: content.length,
    problems,
  };
}
