/** Which browser engines are here. One that is not is said to be skipped, and never counts as passed. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const firstOf = (paths: (string | undefined)[]): string | undefined => paths.find((path) => path && existsSync(path));

export const firefox = firstOf([
  process.env.FIREFOX_PATH,
  '/usr/bin/firefox-esr',
  '/usr/bin/firefox',
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
]);

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

export const why = {
  firefox: 'Firefox is not installed (apt-get install -y --no-install-recommends firefox-esr)',
  webkit: 'WebKitGTK is not installed (apt-get install -y --no-install-recommends webkit2gtk-driver xvfb)',
};

function version(path: string): string {
  try {
    return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return path;
  }
}

/** What the run says first: the engines of the offline editions' tests. */
export function engineReport(): string {
  return [
    `Firefox: ${firefox ? version(firefox) : `SKIPPED, ${why.firefox}`}.`,
    `WebKitGTK: ${hasWebkit && webkit.driver ? version(webkit.driver) : `SKIPPED, ${why.webkit}`}.`,
  ].join('\n');
}
