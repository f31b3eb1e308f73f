/**
 * Finds a Chromium for the browser tests and the pictures: CHROMIUM_PATH; on Linux the one that comes with `npm ci`,
 * so that every machine tests in the same browser; Playwright's own download; one of the system.
 */
import { existsSync } from 'node:fs';
import { chromium, type LaunchOptions } from '@playwright/test';
import { packagedChromium } from './packaged-chromium.ts';

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
  /** How Playwright starts it: file, arguments, environment. */
  launch: Pick<LaunchOptions, 'executablePath' | 'args' | 'env'>;
  /** Where it was found, for the report. */
  from: string;
}

/** Playwright's own arguments keep it from calling home, and start it also as root. */
const args = ['--disable-gpu'];

/**
 * CHROMIUM=packaged allows no other browser than the one of the package, as a CI run wants it.
 * @throws with the commands that install a browser, if there is none
 */
export async function findChromium(): Promise<Browser> {
  const only = process.env.CHROMIUM === 'packaged';
  const named = process.env.CHROMIUM_PATH;
  if (named && only) throw new Error(`CHROMIUM=packaged allows no other browser, but CHROMIUM_PATH names ${named}.`);
  if (named) {
    if (!existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, but there is no such file.`);
    return { launch: { executablePath: named, args }, from: `CHROMIUM_PATH, ${named}` };
  }
  try {
    const { path, env, from, version } = await packagedChromium();
    return { launch: { executablePath: path, args, env: { ...process.env, ...env } }, from: `${from}, ${version}` };
  } catch (error) {
    const reason = `The Chromium of @sparticuz/chromium cannot be used: ${error instanceof Error ? error.message : error}.`;
    if (only) throw new Error(reason);
    if (process.platform === 'linux') console.warn(reason);
  }
  const found = [chromium.executablePath(), ...system].find((path) => path && existsSync(path));
  if (found) return { launch: { executablePath: found, args }, from: found };
  throw new Error(
    [
      'No Chromium was found for the browser tests. One of these installs it:',
      '  npx playwright install --with-deps chromium-headless-shell',
      '  sudo apt-get install -y --no-install-recommends chromium-headless-shell',
      'or name one: CHROMIUM_PATH=/path/to/chromium npm test',
    ].join('\n'),
  );
}
