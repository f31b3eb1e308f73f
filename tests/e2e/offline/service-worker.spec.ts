/** After one visit the browser keeps the whole site; a new version is taken whole or not at all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { type Build, makeBuild, markOf } from './support/builds.ts';
import { cases, quarter } from './support/cases.ts';
import { firefox, oneEngine, why } from './support/engines.ts';
import { FaultyServer } from './support/server.ts';
import { pageTab } from './support/tab.ts';
import { paste, walk } from './support/walk.ts';

test.use({ serviceWorkers: 'allow', trace: 'off' });
test.skip(({ browserName }) => browserName === 'firefox' && !firefox, why.firefox);
test.describe.configure({ timeout: 180_000 });

const builds: Record<string, Build> = {};
test.beforeAll(async () => {
  for (const version of ['one', 'two']) builds[version] = await makeBuild(version, { small: true });
});
test.afterAll(() => {
  for (const build of Object.values(builds)) build.remove();
});
const build = (version: string): Build => builds[version] as Build;

/** Waits until this visit has kept the site. */
const kept = async (page: Page): Promise<void> => {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  // A page asks the worker only once it has been taken over by it, which is a moment after the worker is ready.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
};

/** Which version each page of the site is, asked for as a page of the site would. */
async function versionsShown(page: Page, pages: readonly string[]): Promise<Record<string, number>> {
  return page.evaluate(
    async ([names, marks]) => {
      const counts: Record<string, number> = {};
      const left = [...(names ?? [])];
      const ask = async () => {
        for (let name = left.pop(); name !== undefined; name = left.pop()) {
          const answer = await fetch(`/${name}`);
          const text = answer.ok ? await answer.text() : `status ${answer.status}`;
          const version = marks?.find((mark) => text.includes(mark)) ?? text.slice(0, 60);
          counts[version] = (counts[version] ?? 0) + 1;
        }
      };
      // (Each waits for the worker; a few at once, as a page asks.)
      await Promise.all(Array.from({ length: 6 }, ask));
      return counts;
    },
    [[...pages], [markOf('one'), markOf('two')]],
  );
}

const shownVersion = async (page: Page): Promise<string> => (await page.locator('footer.foot').textContent()) ?? '';

/** Every address that the context asks for. */
function record(context: BrowserContext): string[] {
  const urls: string[] = [];
  context.on('request', (request) => urls.push(request.url()));
  return urls;
}

test('with the server stopped everything works: pages, 404, wizard, paste box, search', async ({
  context,
  page,
  browserName,
}) => {
  // All pages there are: one as large as the site. Firefox, which takes half a minute for them, gets them in the audit.
  const isWhole = browserName === 'chromium' || Boolean(process.env.EVERY_ENGINE);
  const whole = await makeBuild('one', isWhole ? {} : { small: true });
  const server = new FaultyServer(whole.folder);
  await server.start();
  const urls = record(context);
  await page.goto(server.url);
  await kept(page);
  await server.stop();

  const { pages } = whole;
  expect(pages.length).toBeGreaterThan(isWhole ? 2 * build('one').pages.length : 200);
  expect(await versionsShown(page, pages)).toEqual({ [markOf('one')]: pages.length });
  for (const address of [
    '',
    'problems/wrong-password/',
    'guides/set-password/',
    'wizard/tree/',
    'offline/',
    'messages/?words=mismatch',
  ]) {
    const answer = await page.goto(server.url + address);
    expect(answer?.status(), address).toBe(200);
    expect(await shownVersion(page), address).toContain(markOf('one'));
  }
  // An address without its slash, as people type it.
  await page.goto(`${server.url}problems/wrong-password`);
  expect(page.url()).toBe(`${server.url}problems/wrong-password/`);
  const missing = await page.goto(`${server.url}no/such/page/`);
  expect(missing?.status()).toBe(404);
  await expect(page.locator('h1')).toHaveText('There is no page at this address');

  const clicked = browserName === 'chromium' ? cases : quarter;
  expect(await walk(pageTab(page), (path) => server.url + path.slice(1), cases, clicked)).toEqual([]);
  expect(urls.filter((url) => !url.startsWith(server.url))).toEqual([]);
  expect(urls.length).toBeGreaterThan(50);
  whole.remove();
});

test('what the server says of its pages is kept with them', oneEngine, async ({ page }) => {
  const server = new FaultyServer(build('one').folder);
  await server.start();
  await page.goto(server.url);
  await kept(page);
  await server.stop();
  const headers = await page.evaluate(async () => {
    const answer = await fetch('/problems/wrong-password/');
    return { type: answer.headers.get('content-type'), policy: answer.headers.get('referrer-policy') };
  });
  expect(headers).toEqual({ type: 'text/html; charset=utf-8', policy: 'no-referrer' });
});

test('a new version: the old one whole until the new one is whole, then the new one', async ({ context }) => {
  const server = new FaultyServer(build('one').folder);
  await server.start();
  const { pages } = build('one');
  const visit = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(server.url);
    return page;
  };
  let page = await visit();
  await kept(page);
  await page.close();

  // The new version is there, but the line breaks while it is fetched.
  server.folder = build('two').folder;
  server.cut = /\.pack$/;
  page = await visit();
  await expect.poll(() => server.asked.filter((path) => path.endsWith('.pack')).length).toBeGreaterThan(1);
  expect(await versionsShown(page, pages)).toEqual({ [markOf('one')]: pages.length });
  await expect(page.locator('.update-note')).toHaveCount(0);
  await page.close();
  await server.stop();
  page = await visit();
  expect(await shownVersion(page)).toContain(markOf('one'));
  expect(await versionsShown(page, pages)).toEqual({ [markOf('one')]: pages.length });
  await page.close();

  // The line holds: this visit is still the old version, and says that a new one waits.
  server.cut = undefined;
  await server.start();
  page = await visit();
  expect(await shownVersion(page)).toContain(markOf('one'));
  await expect(page.locator('.update-note')).toContainText('A new version of this site is ready', { timeout: 30_000 });
  expect(await versionsShown(page, pages)).toEqual({ [markOf('one')]: pages.length });
  await page.close();

  // The server is cut again; the next visit is the new version, all of it.
  await server.stop();
  await expect
    .poll(
      async () => {
        page = await visit();
        const version = await shownVersion(page);
        if (!version.includes(markOf('two'))) await page.close();
        return version;
      },
      { timeout: 30_000 },
    )
    .toContain(markOf('two'));
  expect(await versionsShown(page, build('two').pages)).toEqual({ [markOf('two')]: pages.length });
});

test('the button takes the new version at once, and what was pasted stays', oneEngine, async ({ context, page }) => {
  const server = new FaultyServer(build('one').folder);
  await server.start();
  await page.goto(`${server.url}diagnose/`);
  await kept(page);
  server.folder = build('two').folder;
  const second = await context.newPage();
  await second.goto(`${server.url}diagnose/`);
  const line =
    'CRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<client1.example.net>';
  expect(await paste(pageTab(second), line)).toBe('wrong-password');
  await second.getByRole('button', { name: 'Use it now' }).click({ timeout: 30_000 });
  await expect(second.locator('footer.foot')).toContainText(markOf('two'));
  await expect(second.locator('#paste')).toHaveValue(line);
  await expect(second.locator('.verdict[data-problem="wrong-password"]')).toBeVisible();
  await expect(second.locator('.update-note')).toHaveCount(0);
  await server.stop();
  expect(await versionsShown(second, build('two').pages)).toEqual({ [markOf('two')]: build('two').pages.length });
  // The other tab keeps the page that it shows, and what it loads later is still there.
  expect(await shownVersion(page)).toContain(markOf('one'));
  expect(await paste(pageTab(page), line)).toBe('wrong-password');
});

test('a visitor with the worker of November 2026 meets this version: never a part of each, and no dead page', async ({
  context,
}) => {
  const worker = readFileSync(join(import.meta.dirname, 'old/worker-2026-11-28.js'), 'utf8');
  // Of what the old version knew nothing its worker has nothing.
  const old = await makeBuild('one', { older: { worker, without: ['walk'] }, small: true });
  const server = new FaultyServer(old.folder);
  await server.start();
  const visit = async (path = ''): Promise<Page> => {
    const page = await context.newPage();
    expect((await page.goto(server.url + path))?.status(), path).toBe(200);
    return page;
  };
  await kept(await visit());
  server.folder = build('two').folder;

  const page = await visit();
  expect(await shownVersion(page)).toContain(markOf('one'));
  expect(await versionsShown(page, old.pages)).toEqual({ [markOf('one')]: old.pages.length });
  const later = await visit('walk/');
  expect(await shownVersion(later)).toContain(markOf('two'));
  const unstyled = () =>
    [...document.querySelectorAll('link[rel=stylesheet]')].filter((link) => !(link as HTMLLinkElement).sheet);
  expect(await later.evaluate(`(${unstyled})().length`)).toBe(0);

  await page.getByRole('button', { name: 'Use it now' }).click({ timeout: 30_000 });
  await expect(page.locator('footer.foot')).toContainText(markOf('two'));
  const { pages } = build('two');
  expect(await versionsShown(page, pages)).toEqual({ [markOf('two')]: pages.length });
  await server.stop();
  expect(await versionsShown(page, pages)).toEqual({ [markOf('two')]: pages.length });
  old.remove();
});

test(
  'with storage refused or full, the site works as if there were none',
  oneEngine,
  async ({ context, page, browserName, playwright }) => {
    const server = new FaultyServer(build('one').folder);
    await server.start();
    const address = (path: string) => server.url + path.slice(1);
    let full = page;
    let close = async () => {};
    if (browserName === 'chromium') {
      const session = await context.newCDPSession(page);
      await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 500_000 });
    } else {
      const browser = await playwright.firefox.launch({
        executablePath: firefox as string,
        channel: 'moz-firefox',
        firefoxUserPrefs: { 'dom.serviceWorkers.enabled': false, 'dom.caches.enabled': false },
      });
      full = await browser.newPage();
      close = () => browser.close();
    }
    const faults: string[] = [];
    full.on('pageerror', (error) => faults.push(String(error)));
    await full.goto(address('/offline/'));
    if (browserName === 'chromium')
      await expect.poll(() => server.asked.some((path) => path.endsWith('.pack'))).toBe(true);
    await full.waitForTimeout(1500);
    const caches = () => full.evaluate(async () => ('caches' in self ? await self.caches.keys().catch(() => []) : []));
    await expect.poll(caches).toEqual([]);
    expect(await walk(pageTab(full), address, cases.slice(0, 2))).toEqual([]);
    expect(faults).toEqual([]);
    expect(await shownVersion(full)).toContain(markOf('one'));
    await close();
    await server.stop();
  },
);

test('a build without a service worker takes an earlier one away', oneEngine, async ({ page }) => {
  const server = new FaultyServer(build('one').folder);
  await server.start();
  await page.goto(server.url);
  await kept(page);
  const { writeServiceWorker } = await import('../../../src/build/editions/worker/pack.ts');
  const off = await makeBuild('two', { small: true });
  await writeServiceWorker(off.folder, true);
  expect(readFileSync(join(off.folder, 'sw.js'), 'utf8')).toContain('unregister');
  server.folder = off.folder;
  await page.goto(server.url);
  await expect.poll(() => page.evaluate(() => caches.keys()), { timeout: 30_000 }).toEqual([]);
  await page.goto(server.url);
  expect(await shownVersion(page)).toContain(markOf('two'));
  await server.stop();
  off.remove();
});
