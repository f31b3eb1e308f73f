/** What `npm ci` on another machine needs, and what no file of the project may hold. */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dated } from '../../../scripts/release.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

type Versions = Record<string, string>;
interface Locked {
  version?: string;
  dependencies?: Versions;
  optionalDependencies?: Versions;
  devDependencies?: Versions;
}

const manifest = JSON.parse(read('package.json')) as Locked & { scripts: Versions };
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const own = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };

/** Where npm would find a package asked for by the one at `path`: beside it, or in a folder above. */
function entryFor(name: string, path: string): Locked | undefined {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const found = lock.packages[`${at ? `${at}/` : ''}node_modules/${name}`];
    if (found || !at) return found;
  }
}

describe('dependencies', () => {
  test('have exact versions, and the lock file has the same', () => {
    const loose = Object.entries(own).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version));
    expect(loose).toEqual([]);
    const asked = lock.packages[''];
    expect({ ...asked?.dependencies, ...asked?.devDependencies, ...asked?.optionalDependencies }).toEqual(own);
    for (const [name, version] of Object.entries(own)) expect(entryFor(name, '')?.version, name).toBe(version);
  });

  test('name no optional package for a platform that the lock file lacks', () => {
    const wanted = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).map((name) => ({ name, path })),
    );
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter(({ name, path }) => !entryFor(name, path))).toEqual([]);
  });

  test('need no script at their installation', () => {
    const scripts = Object.entries(lock.packages as Record<string, { hasInstallScript?: boolean }>);
    const running = scripts.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => path);
    // Each has its binary in an optional package of its own, and works without its script.
    expect(running.filter((path) => !/node_modules\/(?:esbuild|fsevents|sharp)$/.test(path))).toEqual([]);
  });

  // .npmrc keeps npm from warning of the user's Node, on which no script runs. What npm says of the one they run on counts.
  test.skipIf(process.platform !== 'linux')('give npm nothing to warn of: engines, deprecated packages, peers', () => {
    const copy = mkdtempSync(join(tmpdir(), 'dependencies-'));
    for (const name of ['package.json', 'package-lock.json']) cpSync(join(root, name), join(copy, name));
    const words = ['ci', '--dry-run', '--offline', '--loglevel=warn', '--prefix', copy, '--cache', join(copy, 'cache')];
    const { status, stderr } = spawnSync('npm', words, { cwd: copy, encoding: 'utf8' });
    rmSync(copy, { recursive: true, force: true });
    expect(stderr.match(/^.*(?:EBADENGINE|deprecated|ERESOLVE).*$/gm) ?? []).toEqual([]);
    expect(status).toBe(0);
  });
});

/** Files of the project: those that git has or would take; without git, all but what is built or installed. */
function files(): string[] {
  try {
    const list = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 64 * 1024 * 1024,
    });
    return list.split('\0').filter((name) => name && existsSync(join(root, name)));
  } catch {
    const left = /^(?:node_modules|dist|dist-offline|\.git|\.astro|test-results)(?:\/|$)/;
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
      .filter((name) => !left.test(name));
  }
}

describe('files', () => {
  const texts = files().filter((name) =>
    /\.(?:ts|tsx|mjs|js|astro|mdx?|ya?ml|json|css|svg|html|txt|sh)$|(?:^|\/)\.\w+rc$|^\.ci\/|LICENSE/.test(name),
  );

  test('name no folder of the machine that they were written on', () => {
    expect(texts.length).toBeGreaterThan(200);
    // A folder such as /srv is named by what the pages say of samhain; two levels are somebody's own.
    const places = [root.replace(/[\\/]$/, ''), homedir()].filter((place) => place.split(/[\\/]/).length > 2);
    // Captured runs show the paths of the machines that were watched; those are facts.
    const known = /^(?:tests\/captures\/[^/]+\/|src\/content\/samples\.yaml$)/;
    const found = texts
      .filter((name) => !known.test(name))
      .flatMap((name) => {
        const text = read(name);
        const named = [
          ...places.filter((place) => text.includes(place)),
          ...(text.match(/(?:\/home\/|\/Users\/|C:\\\\?Users\\\\?)[a-z]\w*/g) ?? []),
        ];
        return named.map((place) => `${name}: ${place}`);
      });
    expect(found).toEqual([]);
  });

  test('leave nothing undone in the code', () => {
    // Put together, so that this file does not hold the words.
    const words = new RegExp(
      `\\b(?:${['TO', 'FIX'].map((a, i) => a + ['DO', 'ME'][i]).join('|')})\\b|\\.only\\(|describe\\.skip`,
    );
    const found = texts
      .filter(
        (name) => /^(?:src|scripts|tests)\/.*\.(?:ts|tsx|astro|mjs)$/.test(name) && !name.endsWith('package.test.ts'),
      )
      .filter((name) => words.test(read(name)));
    expect(found).toEqual([]);
  });
});

test('a release dates what is unreleased, once, and takes it as its notes', () => {
  const before = read('CHANGELOG.md');
  const { changelog, notes } = dated(before, '9.9.9', '2030-01-02');
  expect(changelog.replace('\n## 9.9.9 – 2030-01-02\n', '')).toBe(before);
  expect(changelog.indexOf('## 9.9.9')).toBeGreaterThan(changelog.indexOf('## Unreleased'));
  expect(before).toContain(notes.trim());
  expect(notes).not.toMatch(/^## /m);
  expect(() => dated(changelog, '9.9.9', '2030-01-02')).toThrow('already');
  expect(() => dated('# Changelog\n\n## Unreleased\n', '1.0.0', '2030-01-02')).toThrow('nothing');
});
