/** Which engines, web servers and text browsers are here. One that is not is said to be skipped, and never counts as passed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { webServers } from './servers.ts';

const firstOf = (paths: (string | undefined)[]): string | undefined => paths.find((path) => path && existsSync(path));

const firefoxes = [
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
].filter((path) => path !== undefined && existsSync(path)) as string[];

/**
 * Playwright opens no page in an older one: its driver begins with network.addDataCollector, which Firefox has from 143 on
 * (the ESR 140 answers "unknown command", 153 runs).
 */
export const oldestDrivenFirefox = 143;

/** One whose version cannot be read is tried: a failure is seen, a test that is left out is not. */
const tooOld = (path: string): boolean =>
  Number(/\bFirefox (\d+)\./.exec(version(path))?.[1] ?? oldestDrivenFirefox) < oldestDrivenFirefox;

export const firefox = firefoxes.find((path) => !tooOld(path));

/** WebKitGTK's driver with the small browser that comes with the library. */
export const webkit = {
  driver: firstOf([process.env.WEBKIT_DRIVER, '/usr/bin/WebKitWebDriver']),
  browser: firstOf([
    process.env.WEBKIT_BROWSER,
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.0/MiniBrowser',
    '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
    '/usr/lib/aarch64-linux-gnu/webkit2gtk-4.0/MiniBrowser',
  ]),
  screen: firstOf(['/usr/bin/Xvfb']),
};

export const hasWebkit = Boolean(webkit.driver && webkit.browser && (webkit.screen || process.env.DISPLAY));

/** Text browsers, each with what makes it print a page. */
export const textBrowsers = [
  {
    name: 'lynx',
    path: firstOf(['/usr/bin/lynx']),
    args: ['-dump', '-nolist', '-width=200', '-assume_charset=utf-8', '-display_charset=utf-8'],
  },
  {
    name: 'w3m',
    path: firstOf(['/usr/bin/w3m']),
    args: ['-dump', '-cols', '200', '-I', 'UTF-8', '-O', 'UTF-8'],
  },
];

export const why = {
  firefox: firefoxes[0]
    ? `${version(firefoxes[0])} is older than ${oldestDrivenFirefox}, the first that Playwright can drive (apt-get update, then apt-get install -y --no-install-recommends firefox-esr)`
    : 'Firefox is not installed (apt-get install -y --no-install-recommends firefox-esr)',
  webkit: 'WebKitGTK is not installed (apt-get install -y --no-install-recommends webkit2gtk-driver xvfb)',
};

function version(path: string): string {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return path;
  }
}

/** Of a test whose second engine runs in the audit only: what it shows is the server's part, or a button's. */
export const oneEngine = { tag: '@one-engine' };

/** The audit asks every engine for all. */
const everyEngine = Boolean(process.env.EVERY_ENGINE);

/** What the run says first, beside its Chromium: what else the tests of the editions run in, and what they skip. */
export function engineReport(): string {
  const list = (what: string, all: { name: string; here: boolean }[]) => {
    const names = (here: boolean) => all.flatMap((one) => (one.here === here ? one.name : [])).join(', ');
    return `${what}: ${names(true) || 'none'}.${names(false) && ` SKIPPED, not installed: ${names(false)}.`}`;
  };
  return [
    `Firefox: ${firefox ? `${version(firefox)}${everyEngine ? '' : `, without the tests marked ${oneEngine.tag}: npm run audit`}` : `SKIPPED, ${why.firefox}`}.`,
    `WebKitGTK: ${everyEngine ? (hasWebkit && webkit.driver ? version(webkit.driver) : `SKIPPED, ${why.webkit}`) : 'in npm run audit'}.`,
    list(
      'Web servers',
      webServers.map(({ name, installed }) => ({ name, here: installed })),
    ),
    list(
      'Text browsers',
      textBrowsers.map(({ name, path }) => ({ name, here: Boolean(path) })),
    ),
  ].join('\n');
}
