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

interface PageLoad {
  path: string;
  /** Bytes, brotli. */
  size: number;
  /** Files, the page itself among them. */
  count: number;
}

const isContent = (path: string): boolean =>
  /^(?:problems|guides|messages|wizard|checks|gather)\/./.test(path) &&
  !/^(?:messages|problems)\/index|wizard\/tree/.test(path);

/** What each content page loads at first. */
export const firstLoad = (site: Site): PageLoad[] => loads(site, ({ path }) => isContent(path));

/** What one page loads at first. @throws if there is none */
export function loadOf(site: Site, name: string): PageLoad {
  const [load] = loads(site, ({ path }) => path === name);
  if (!load) throw new Error(`The site has no page ${name}.`);
  return load;
}

function loads({ folder, pages }: Site, asked: (page: Site['pages'][number]) => boolean): PageLoad[] {
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
  return pages.filter(asked).map(({ path, html }) => {
    // All files with what they import, each once.
    const all = new Set(loaded(html).map((file) => file.slice(base.length + 1)));
    for (const file of all) for (const one of read(file).imports) all.add(one);
    const size = [...all].reduce((sum, file) => sum + read(file).size, brotliCompressSync(html).length);
    return { path, size, count: all.size + 1 };
  });
}

export async function checkWeight(site: Site): Promise<CheckResult> {
  const problems: string[] = [];
  let heaviest = { path: '', size: 0 };
  for (const { path, html } of site.pages.filter((page) => isContent(page.path))) {
    const scripts = [...html.matchAll(/<script([^<>]*)>/g)].map(([, attributes = '']) => attributes);
    if (scripts.some((text) => / src=/.test(text) && !text.includes('type="module"')))
      problems.push(`${path}: a script that blocks`);
  }
  const loads = firstLoad(site);
  for (const { path, size } of loads) {
    if (size > heaviest.size) heaviest = { path, size };
    if (size > most) problems.push(`${path}: ${size} bytes (brotli) at first load, more than ${most}`);
  }
  return {
    name: `Weight (heaviest: ${heaviest.path}, ${heaviest.size} bytes brotli)`,
    looked: loads.length,
    problems,
  };
}
