/**
 * The licenses of what is really in the scripts that we hand out. The two builders tell which files they put in; nothing is
 * listed by hand.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Name of the file in each edition. */
export const noticesFile = 'THIRD-PARTY.txt';

/** Folders of packages, by name. */
const packages = new Map<string, string>();
/** Where the site's build leaves what it bundled, for the editions: they can be made by themselves. */
const handOver = '.third-party.json';

/** Notes a file that was bundled, if it is a package's. @param file path, with a query or a leading NUL of a plugin or not */
export function noteBundled(file: string): void {
  const path = file.replace(/^\0/, '').split('?')[0] ?? '';
  const at = path.lastIndexOf('node_modules/');
  if (at < 0) return;
  const [first = '', second = ''] = path.slice(at + 'node_modules/'.length).split('/');
  const name = first.startsWith('@') ? `${first}/${second}` : first;
  packages.set(name, join(path.slice(0, at), 'node_modules', name));
}

/** Leaves what was noted beside the built site. */
export function leaveBundled(dist: string): void {
  writeFileSync(join(dist, handOver), JSON.stringify([...packages]));
}

/** Takes what the site's build has left. */
export function takeBundled(dist: string): void {
  const file = join(dist, handOver);
  if (!existsSync(file)) return;
  for (const [name, folder] of JSON.parse(readFileSync(file, 'utf8'))) packages.set(name, folder);
  rmSync(file);
}

/** The notices of all packages noted so far. @throws if one of them has no license to quote */
export function notices(): string {
  const parts = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => noticeOf(name, folder));
  return ['Parts of the scripts of this product are from these packages, under their licenses.\n', ...parts].join(
    `\n${'-'.repeat(72)}\n\n`,
  );
}

function noticeOf(name: string, folder: string): string {
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${dirname(folder)}: ${name} has no license file; THIRD-PARTY.txt would be wrong.`);
  return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}
