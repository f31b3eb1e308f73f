/** The folder and the single file in WebKitGTK, opened by file://, where it is installed. */
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { fileAddress } from '../../../src/build/editions/file/names.ts';
import { file, folder } from './support/builds.ts';
import { cases, quarter } from './support/cases.ts';
import { hasWebkit, why } from './support/engines.ts';
import { waitFor } from './support/tab.ts';
import { walk } from './support/walk.ts';
import { openWebkit, type WebkitTab } from './support/webkit.ts';

test.skip(!hasWebkit, why.webkit);
test.describe.configure({ mode: 'serial', timeout: 240_000 });

let tab: WebkitTab;
test.beforeAll(async () => {
  tab = await openWebkit();
  console.log(`WebKitGTK ${tab.version}`);
});
test.afterAll(() => tab?.end());

const inFolder = (path: string) => pathToFileURL(join(folder, `${path}index.html`)).href;
const inFile = (path: string) => pathToFileURL(file).href + fileAddress(path, '', '');

/** Everything that the page has loaded, by the browser's own book. */
const loaded = `performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => !/^(?:file|data):/.test(name))`;

for (const [name, address] of [
  ['folder', inFolder],
  ['single file', inFile],
] as const) {
  test(`the ${name}: paste, wizard and search`, async () => {
    expect(await walk(tab, address, cases, quarter)).toEqual([]);
    expect(await tab.run(loaded)).toEqual([]);
  });

  test(`the ${name}: the browser refuses every way out`, async () => {
    let visits = 0;
    const other = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const target = `http://127.0.0.1:${(other.address() as AddressInfo).port}/?line=secret`;
    await tab.open(address('/diagnose/'));
    await tab.run(`(() => {
      window.forbidden = [];
      document.addEventListener('securitypolicyviolation', (event) => forbidden.push(event.effectiveDirective));
      const quietly = (way) => { try { way()?.catch?.(() => {}); } catch {} };
      quietly(() => fetch('${target}'));
      quietly(() => void navigator.sendBeacon('${target}', 'secret'));
      quietly(() => void new WebSocket('${target.replace('http', 'ws')}'));
      quietly(() => void new EventSource('${target}'));
      quietly(() => { new Image().src = '${target}'; });
      return true;
    })()`);
    await waitFor(tab, `forbidden.includes('connect-src') && forbidden.includes('img-src')`);
    expect(visits).toBe(0);
    other.close();
  });
}
