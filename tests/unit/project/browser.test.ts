/** The packaged Chromium is unpacked whole, privately, for its own process alone; and what stands above it. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findChromium } from '../../../scripts/browser.ts';
import { packagedChromium } from '../../../scripts/packaged-chromium.ts';

const here = process.platform === 'linux' && process.arch === 'x64';

describe('the packaged Chromium', () => {
  let parent = '';
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'chromium-test-'));
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  /** A folder under the name that the browser's will have here. */
  async function already(mode: number): Promise<string> {
    const folder = join(parent, basename(dirname((await packagedChromium()).path)));
    mkdirSync(folder);
    chmodSync(folder, mode);
    return folder;
  }

  test.skipIf(!here)('replaces half a folder, also when two runs come at once', { timeout: 180_000 }, async () => {
    const before = process.env.LD_LIBRARY_PATH;
    const folder = await already(0o700);
    // What a cleaner of the temporary folder leaves: the list of the files, and some of them.
    const stub = '#!/bin/sh\necho Chromium of somebody\n';
    writeFileSync(join(folder, 'chromium'), stub, { mode: 0o700 });
    writeFileSync(join(folder, 'files.json'), JSON.stringify({ chromium: stub.length, 'lib/libnss3.so': 1306720 }));

    const [first, second] = await Promise.all([packagedChromium(parent), packagedChromium(parent)]);
    expect(second).toEqual(first);
    expect(first.path).toBe(join(folder, 'chromium'));
    expect(first.version).toMatch(/^Chromium \d+/);
    expect(readdirSync(parent)).toEqual([basename(folder)]);
    expect(folder).toContain(first.from.split(' ')[1]);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    // The libraries that a small system lacks, for this one process.
    expect(first.env.LD_LIBRARY_PATH?.split(':')[0]).toBe(join(folder, 'lib'));
    expect(process.env.LD_LIBRARY_PATH).toBe(before);
    expect(readdirSync(join(folder, 'lib'))).toEqual(
      expect.arrayContaining(['libnss3.so', 'libnspr4.so', 'libexpat.so.1']),
    );
  });

  test.skipIf(!here)('is not taken from a folder that others can write to', { timeout: 180_000 }, async () => {
    await already(0o777);
    await expect(packagedChromium(parent)).rejects.toThrow(/is not a private folder of this user/);
  });
});

describe('the browser of the tests', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('is the one that CHROMIUM_PATH names, unless only the packaged one is allowed', async () => {
    vi.stubEnv('CHROMIUM_PATH', process.execPath);
    vi.stubEnv('CHROMIUM', undefined);
    expect((await findChromium()).launch.executablePath).toBe(process.execPath);
    vi.stubEnv('CHROMIUM', 'packaged');
    await expect(findChromium()).rejects.toThrow('CHROMIUM=packaged allows no other browser');
  });

  test.skipIf(!here)(
    'is the packaged one before any other, and a run that wants it goes on in no other',
    { timeout: 180_000 },
    async () => {
      vi.stubEnv('CHROMIUM_PATH', undefined);
      vi.stubEnv('CHROMIUM', 'packaged');
      expect((await findChromium()).from).toMatch(/^@sparticuz\/chromium \d+\.\d+\.\d+, Chromium \d+/);
      vi.stubEnv('TMPDIR', '/proc');
      await expect(findChromium()).rejects.toThrow('The Chromium of @sparticuz/chromium cannot be used');
    },
  );
});

describe('the Firefox of the tests', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'firefox-test-'));
    vi.resetModules();
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the tests know of engines where FIREFOX_PATH names a program that calls itself so. */
  async function enginesWith(words: string) {
    const path = join(folder, 'firefox');
    writeFileSync(path, `#!/bin/sh\necho '${words}'\n`, { mode: 0o700 });
    vi.stubEnv('FIREFOX_PATH', path);
    return { path, ...(await import('../../e2e/offline/support/engines.ts')) };
  }

  test('is passed over, and named with the reason, where Playwright cannot drive it', async () => {
    const { path, firefox, why } = await enginesWith('Mozilla Firefox 140.12.0esr');
    expect(firefox).not.toBe(path);
    expect(why.firefox).toMatch(/^Mozilla Firefox 140\.12\.0esr is older than 143,/);
  });

  test.each(['Mozilla Firefox 143.0', 'Mozilla Firefox 153.8.0esr', 'a fork without a number'])(
    'is tried: %s',
    async (words) => {
      const { path, firefox } = await enginesWith(words);
      expect(firefox).toBe(path);
    },
  );
});
