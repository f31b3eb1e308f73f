/**
 * Makes a release without a network: `npm run release -- 0.2.0`. Sets the version, dates the changelog, builds, and puts
 * the editions, their checksums and the notes into release/. What is left to do by hand stands at its end.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The changelog with its first section dated, and that section.
 * @throws if there is nothing under "Unreleased", or the version stands there already
 */
export function dated(changelog: string, version: string, day: string): { changelog: string; notes: string } {
  const title = '## Unreleased\n';
  const at = changelog.indexOf(title);
  if (at < 0) throw new Error('CHANGELOG.md has no section "## Unreleased".');
  if (changelog.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md has a section ${version} already.`);
  const start = at + title.length;
  const end = changelog.indexOf('\n## ', start);
  const notes = changelog.slice(start, end < 0 ? undefined : end).trim();
  if (!notes) throw new Error('CHANGELOG.md says nothing under "## Unreleased".');
  const rest = changelog.slice(start);
  return { changelog: `${changelog.slice(0, start)}\n## ${version} – ${day}\n${rest}`, notes: `${notes}\n` };
}

/** `name  sha256`, as `sha256sum -c` reads it. */
const sum = (file: string) => `${createHash('sha256').update(readFileSync(file)).digest('hex')}  ${basename(file)}`;

function release(version: string): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const run = (command: string, ...words: string[]) =>
    execFileSync(command, words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (run('git', 'status', '--porcelain').trim()) throw new Error('There are changes that are not committed.');
  const { changelog, notes } = dated(
    readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
    version,
    new Date().toISOString().slice(0, 10),
  );
  run('npm', 'version', version, '--no-git-tag-version', '--offline');
  writeFileSync(join(root, 'CHANGELOG.md'), changelog);
  run('npm', 'run', '--silent', 'build');
  const target = join(root, 'release');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  const packed = run(
    'npm',
    'pack',
    '--ignore-scripts',
    '--silent',
    '--offline',
    '--pack-destination',
    'release',
  ).trim();
  copyFileSync(join(root, 'dist-offline.zip'), join(target, `samhain-troubleshooter-${version}-offline.zip`));
  copyFileSync(join(root, 'samhain-troubleshooter.html'), join(target, `samhain-troubleshooter-${version}.html`));
  const files = [packed, `samhain-troubleshooter-${version}-offline.zip`, `samhain-troubleshooter-${version}.html`];
  writeFileSync(join(target, 'SHA256SUMS'), `${files.map((name) => sum(join(target, name))).join('\n')}\n`);
  writeFileSync(join(target, 'NOTES.md'), notes);
  console.log(
    `release/ has ${files.join(', ')}, SHA256SUMS and NOTES.md.\nTry them. Then: git commit -am "Release ${version}", git tag v${version}, and upload release/.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [version = ''] = process.argv.slice(2);
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    console.error('usage: npm run release -- 1.2.3');
    process.exit(2);
  }
  try {
    release(version);
  } catch (error) {
    console.error(`release: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
