/**
 * Finds a Chromium for the browser tests: CHROMIUM_PATH, Playwright's own download, one of the system,
 * and at last the one that the npm package @sparticuz/chromium carries (Linux), unpacked into a folder of its own.
 */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const system = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

export interface Browser {
  path: string;
  args: string[];
  /** Where it was found, for the report. */
  from: string;
}

/** What keeps Chromium from calling home, and what it needs where it runs as root. */
const args = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** @throws with the commands that install a browser, if there is none */
export async function findChromium(): Promise<Browser> {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, but there is no such file.`);
    return { path: named, args, from: 'CHROMIUM_PATH' };
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { path: own, args, from: "Playwright's own" };
  const found = system.find((path) => existsSync(path));
  if (found) return { path: found, args, from: 'the system' };
  const packed = await unpackShipped();
  if (packed) return packed;
  throw new Error(
    [
      'No Chromium was found for the browser tests. One of these installs it:',
      '  npx playwright install --with-deps chromium-headless-shell',
      '  sudo apt-get install -y --no-install-recommends chromium-headless-shell',
      'or name one: CHROMIUM_PATH=/path/to/chromium npm test',
    ].join('\n'),
  );
}

async function unpackShipped(): Promise<Browser | undefined> {
  if (process.platform !== 'linux') return undefined;
  try {
    const { default: shipped } = await import('@sparticuz/chromium');
    const path = await shipped.executablePath();
    return {
      path,
      args: [...shipped.args.filter((arg) => !arg.startsWith('--headless')), ...args],
      from: '@sparticuz/chromium',
    };
  } catch (error) {
    console.warn(`The Chromium of @sparticuz/chromium cannot be used: ${String(error)}`);
    return undefined;
  }
}
