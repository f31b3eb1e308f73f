/** The edition in a folder, opened by file://: nothing but a browser, and a policy under which nothing can leave. */

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { filesOf } from '../../../src/build/editions/site.ts';
import { folder } from './support/builds.ts';
import { cases, clickedIn } from './support/cases.ts';
import { firefox, why } from './support/engines.ts';
import { refused, watchRequests } from './support/proof.ts';
import { pageTab } from './support/tab.ts';
import { paste, walk } from './support/walk.ts';

test.use({ trace: 'off' });
test.skip(({ browserName }) => browserName === 'firefox' && !firefox, why.firefox);
test.describe.configure({ timeout: 180_000 });

/** As it lies on a stick, below a name with a blank and letters that addresses escape. */
let stick = '';
test.beforeAll(() => {
  stick = mkdtempSync(join(tmpdir(), 'a stick, 100% offline-'));
  cpSync(folder, join(stick, 'samhain-troubleshooter'), { recursive: true });
});
test.afterAll(() => rmSync(stick, { recursive: true, force: true }));
const address = (path: string) =>
  pathToFileURL(join(stick, 'samhain-troubleshooter', path.endsWith('/') ? `${path}index.html` : path)).href;

test('paste, wizard and search, with no request at all', async ({ context, page, browserName }) => {
  const seen = watchRequests(context);
  expect(await walk(pageTab(page), address, cases, clickedIn(browserName))).toEqual([]);
  expect(seen.elsewhere).toEqual([]);
  expect(seen.faults).toEqual([]);
  // The watch sees what is loaded; Firefox tells its driver of everything but files.
  if (browserName !== 'firefox') expect(seen.files).toBeGreaterThan(100);
});

test('every page shows itself with its style, and breaks no policy', async ({ context, page, browserName }) => {
  const seen = watchRequests(context);
  const pages = filesOf(folder).filter((name) => name.endsWith('.html'));
  expect(pages.length).toBeGreaterThan(200);
  // Each kind whole, of the many messages some; in the second engine of each kind some.
  const every = browserName === 'firefox' ? 10 : 1;
  for (const name of pages.filter((one, i) => i % (one.startsWith('messages/') ? 25 : every) === 0)) {
    await page.goto(address(`/${name}`));
    const page1 = await page.evaluate(() => ({
      styled: getComputedStyle(document.body).margin,
      headings: document.querySelectorAll('h1').length,
    }));
    expect.soft(page1, name).toEqual({ styled: '0px', headings: 1 });
  }
  expect(seen.elsewhere).toEqual([]);
  expect(seen.faults).toEqual([]);
});

test('what is pasted is read in a worker, which the page made of its own text', async ({ page, browserName }) => {
  test.skip(browserName === 'firefox', 'its driver does not tell of workers');
  await page.goto(address('/diagnose/'));
  expect(await paste(pageTab(page), 'msg=<Session key mismatch>, client=<client1.example.net>')).toBe('wrong-password');
  expect(page.workers().map((worker) => worker.url())).toEqual([expect.stringMatching(/^blob:/)]);
});

test('the browser refuses every way out', async ({ page }) => {
  await page.goto(address('/diagnose/'));
  await refused(page);
});

test('the list of messages filters, the theme is remembered, the offline page tells how to see the proof', async ({
  page,
}) => {
  await page.goto(address('/messages/'));
  await page.getByLabel('Words').fill('session key mismatch');
  await expect(page.locator('[data-count]')).toHaveText(/^[1-9]\d* of \d+ messages$/);
  await page.goto(address('/offline/'));
  await expect(page.locator('h2#proof')).toBeVisible();
  await expect(page.getByText('In this browser')).toHaveCount(0);
  await expect(page.getByText('This is the edition in one file')).toHaveCount(0);
});
