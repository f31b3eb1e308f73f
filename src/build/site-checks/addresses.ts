/**
 * Addresses are for ever: every page, file, anchor and answer of the wizard (`?t=question:answer`) that was ever published
 * is in tests/addresses.txt, and is there still or leads on. A new one is added by `npm run addresses`; none is taken out.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { CheckResult, Site } from './site.ts';

const list = 'tests/addresses.txt';
/** What is named after its content, or belongs to a page and not to readers. */
const passing = /^(?:_astro\/|setups\.[0-9a-f]+\.js$)/;
const elements = /<(?:h[1-6]|section|details|li|dt|tr|span|a|div)\b[^<>]*?\sid="([^"]+)"/g;

/** Path → anchors and answers, sorted. Of a page the folder: `problems/x/`. */
type Addresses = Map<string, Set<string>>;

function addressesOf({ pages, files }: Site): Addresses {
  const found: Addresses = new Map();
  const html = new Map(pages.map((page) => [page.path, page.html]));
  for (const path of files) {
    if (passing.test(path)) continue;
    const text = html.get(path) ?? '';
    const inside = text.slice(Math.max(0, text.indexOf('<main')));
    const anchors = [...inside.matchAll(elements)].map(([, id]) => `#${id}`);
    const answers = [...inside.matchAll(/\sdata-answer="([^"]+)"/g)].map(([, answer]) => `?t=${answer}`);
    found.set(path.replace(/(^|\/)index\.html$/, '$1'), new Set([...anchors, ...answers]));
  }
  return found;
}

const read = (): Addresses =>
  new Map(
    readFileSync(list, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('//'))
      .map((line) => {
        const [path = '', ...rest] = line.split(' ');
        return [path === '.' ? '' : path, new Set(rest)];
      }),
  );

export async function checkAddresses(site: Site): Promise<CheckResult> {
  const now = addressesOf(site);
  const problems: string[] = [];
  let looked = 0;
  const known = read();
  for (const [path, parts] of known) {
    looked += 1 + parts.size;
    const there = now.get(path);
    if (!there) problems.push(`/${path}: was published, and is neither there nor leads on`);
    for (const part of parts) {
      if (there && !there.has(part)) problems.push(`/${path}${part}: was published, and the page does not have it`);
    }
  }
  for (const [path, parts] of now) {
    const listed = known.get(path);
    const missing = listed ? [...parts].filter((part) => !listed.has(part)) : [''];
    for (const part of missing) problems.push(`/${path}${part}: is new; "npm run addresses" adds it to ${list}`);
  }
  return { name: 'Addresses', looked, problems };
}

/** Adds what is new to the list. */
export function addAddresses(site: Site): void {
  const known = read();
  for (const [path, parts] of addressesOf(site)) known.set(path, new Set([...(known.get(path) ?? []), ...parts]));
  const order = (a: string, b: string) => (a < b ? -1 : 1);
  const lines = [...known]
    .sort(([a], [b]) => order(a, b))
    .map(([path, parts]) => [path || '.', ...[...parts].sort(order)].join(' '));
  const head =
    '// Every address that was ever published; see src/build/site-checks/addresses.ts. Nothing is taken out of it.';
  writeFileSync(list, `${[head, ...lines].join('\n')}\n`);
}
