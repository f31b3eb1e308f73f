/** Nothing that is done with this project is told to the makers of its tools. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'samhain-telemetry-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What Astro asks of the network while it looks at an empty project, as a user whom nothing has asked yet. */
function asked(script: string, does: string, ...given: string[]): string[] {
  const home = mkdtempSync(join(folder, 'home-'));
  mkdirSync(join(home, 'site/src/pages'), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(home, 'site/package.json'));
  symlinkSync(join(root, 'node_modules'), join(home, 'site/node_modules'));
  const trap = join(home, 'trap.mjs');
  writeFileSync(trap, "globalThis.fetch = async (url) => { console.log('asked ' + url); return new Response(''); };");
  const { CI: _, ASTRO_TELEMETRY_DISABLED: __, TELEMETRY_DISABLED: ___, ...rest } = process.env;
  const env = { ...rest, HOME: home, XDG_CONFIG_HOME: home, APPDATA: home };
  const words = ['--import', trap, join(root, script), ...given];
  const { stdout: out } = spawnSync(process.execPath, words, { cwd: join(home, 'site'), env, encoding: 'utf8' });
  expect(out).toContain(does);
  return out.split('\n').filter((line) => line.startsWith('asked '));
}

test("Astro's telemetry is off", () => {
  expect(asked('scripts/astro.ts', 'Generated', 'sync')).toEqual([]);
  expect(asked('scripts/build.ts', 'Pages: made in')).toEqual([]);
  // That it would be seen otherwise.
  expect(asked('node_modules/astro/bin/astro.mjs', 'Generated', 'sync')).toEqual([
    'asked https://telemetry.astro.build/api/v1/record',
  ]);
}, 120_000);

test('every script of npm runs Astro that way', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const direct = Object.entries(scripts).filter(([, command]) => /(?<!scripts\/|check:)\bastro\b/.test(command));
  expect(direct).toEqual([]);
  expect(
    Object.values(scripts).filter((command) => /scripts\/(?:astro|build)\.ts/.test(command)).length,
  ).toBeGreaterThan(2);
});
