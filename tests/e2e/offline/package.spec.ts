/** The project as a package: what `npm pack` gives, and the layout of a Debian package. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { serve } from '../../../scripts/serve.ts';
import { installTree } from '../../../src/build/editions/package/install.ts';
import { root } from './support/builds.ts';
import { cases } from './support/cases.ts';
import { watchRequests } from './support/proof.ts';
import { pageTab } from './support/tab.ts';
import { walk } from './support/walk.ts';

test.describe.configure({ timeout: 180_000 });

let place = '';
test.beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'samhain-package-'));
});
test.afterEach(() => rmSync(place, { recursive: true, force: true }));

/** Runs the installed command far from the project. */
function diagnose(command: string): { problem: string | undefined; status: number | null } {
  cpSync(join(root, 'tests/captures/03a-password-never-set/42-plain/server.log'), join(place, 'yule_log'));
  const { stdout, status } = spawnSync(process.execPath, [command, '--json', 'yule_log'], {
    cwd: place,
    encoding: 'utf8',
  });
  const { diagnoses } = JSON.parse(stdout) as { diagnoses: { problem: string }[] };
  return { problem: diagnoses[0]?.problem, status };
}

/** What it says of its own use: as one called it. */
const help = (program: string) => execFileSync(process.execPath, [program, '--help'], { encoding: 'utf8' });

test('npm pack: the command line and the offline edition', () => {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  execFileSync(npm, ['pack', '--ignore-scripts', '--pack-destination', place], {
    cwd: root,
    stdio: 'pipe',
    shell: process.platform === 'win32',
  });
  const archive = readdirSync(place).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['-xzf', archive], { cwd: place });
  const unpacked = join(place, 'package');
  for (const name of [
    'README.md',
    'LICENSE',
    'dist-offline/index.html',
    'samhain-troubleshooter.html',
    'docs/deploy.md',
  ]) {
    expect(existsSync(join(unpacked, name)), name).toBe(true);
  }
  for (const name of ['tests', 'src', 'node_modules', 'dist'])
    expect(existsSync(join(unpacked, name)), name).toBe(false);
  expect(diagnose(join(unpacked, 'dist-cli/samhain-diagnose.mjs'))).toEqual({ problem: 'wrong-password', status: 1 });
  expect(help(join(unpacked, 'dist-cli/samhain-diagnose.mjs'))).toMatch(/^Usage: node samhain-diagnose\.mjs \[/);
});

test("a Debian package's layout: by file://, by an alias of a web server, and the command", async ({
  context,
  page,
}) => {
  const tree = join(place, 'root');
  installTree(tree);
  const command = join(tree, 'usr/bin/samhain-diagnose');
  expect(lstatSync(command).isSymbolicLink()).toBe(true);
  expect(diagnose(command)).toEqual({ problem: 'wrong-password', status: 1 });
  expect(help(command)).toMatch(/^Usage: samhain-diagnose \[/);
  expect(existsSync(join(tree, 'usr/share/doc-base/samhain-troubleshooter.samhain-troubleshooter'))).toBe(true);

  const html = join(tree, 'usr/share/doc/samhain-troubleshooter/html');
  const seen = watchRequests(context);
  expect(
    await walk(pageTab(page), (path) => pathToFileURL(join(html, path, 'index.html')).href, cases.slice(0, 2)),
  ).toEqual([]);
  expect(seen.elsewhere).toEqual([]);

  const { server, url } = await serve(html, 0, '/doc/samhain-troubleshooter/html');
  expect(await walk(pageTab(page), (path) => url + path.slice(1), cases.slice(2, 4))).toEqual([]);
  expect(seen.elsewhere.filter((one) => !one.startsWith(url))).toEqual([]);
  expect(seen.faults).toEqual([]);
  server.closeAllConnections();
  server.close();
});
