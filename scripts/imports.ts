/**
 * Which file of the project imports which, and the picture of it in docs/architecture.md.
 * `node scripts/imports.ts` writes the picture anew; tests/unit/project/imports.test.ts fails where it is out of date.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const begin = '<!-- Written by `npm run picture`, from the imports. -->';
const end = '<!-- End of the picture. -->';
export const pictureFile = join(root, 'docs/architecture.md');

/** Each script, page and component with those of its kind that it imports, types among them. @param below folders */
export function importsOf(...below: string[]): Map<string, string[]> {
  const files = execFileSync('git', ['ls-files', ...below], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => /\.(?:tsx?|astro)$/.test(name));
  const all = new Set(files);
  const found = (file: string) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^(?:import|export)\s[^;]*?from '(\.[^']+)';/gm)]
      .map(([, to = '']) => normalize(join(dirname(file), to.split('?')[0] ?? '')).replaceAll('\\', '/'))
      .filter((to) => all.has(to));
  return new Map(files.map((file) => [file, found(file)]));
}

/** Rooms by the folders that are in them: of the whole project, and of the engine. */
const houses: Record<string, string[]>[] = [
  {
    'pages, layouts': ['src/pages/', 'src/layouts/'],
    components: ['src/components/'],
    browser: ['src/browser/'],
    build: ['src/build/'],
    cli: ['src/cli/'],
    report: ['src/report/'],
    engine: ['src/engine/'],
    'schemas of the content': ['src/content/'],
  },
  {
    sieve: ['src/engine/sieve/'],
    checks: ['src/engine/checks/'],
    config: ['src/engine/config/'],
    diagnosis: ['src/engine/diagnosis/'],
    catalogue: ['src/engine/catalogue/'],
    log: ['src/engine/log/'],
  },
];

/** The imports between rooms as a flow chart (Mermaid): an arrow leads to what is used. */
function chart(rooms: Record<string, string[]>, imports: ReadonlyMap<string, string[]>): string {
  const names = Object.keys(rooms);
  const roomOf = (file: string) => names.findIndex((name) => rooms[name]?.some((folder) => file.startsWith(folder)));
  const arrows = new Set<string>();
  for (const [file, list] of imports) {
    for (const to of list) {
      const [from, target] = [roomOf(file), roomOf(to)];
      if (from >= 0 && target >= 0 && from !== target) arrows.add(`  r${from} --> r${target}`);
    }
  }
  return [
    '```mermaid',
    'flowchart TD',
    ...names.map((name, i) => `  r${i}["${name}"]`),
    ...[...arrows].sort(),
    '```',
  ].join('\n');
}

/** The page with the picture as the imports are now. @throws where its place is not marked */
export function withPicture(page: string): string {
  const [before, rest] = page.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined)
    throw new Error(`docs/architecture.md has no place for the picture: ${begin}`);
  const imports = importsOf('src');
  const charts = houses.map((rooms) => chart(rooms, imports));
  return `${before}${begin}\n\n${charts.join('\n\n')}\n\n${end}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(pictureFile, withPicture(readFileSync(pictureFile, 'utf8')));
