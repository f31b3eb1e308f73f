/** The way through the site: header, map, sidebar, contents, the order of a problem's page, the first page. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { problems } from './support/content.ts';
import { expect, kinds, test } from './support/site.ts';

/** What is in the header and can be seen, with its place. */
const inHeader = (page: Page) =>
  page.evaluate(() => {
    const header = document.querySelector('header.top') as HTMLElement;
    const parts = header.querySelectorAll<HTMLElement>(
      '.logo, .top-ways a, .tools > button, .search-open, .menu > summary',
    );
    return {
      height: header.getBoundingClientRect().height,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      parts: [...parts]
        .filter((part) => part.checkVisibility())
        .map((part) => ({ what: part.textContent?.trim().slice(0, 20), ...part.getBoundingClientRect().toJSON() })),
    };
  });

test('the header is one slim row without overflow at every width from 320 to 1920 px, and stays in view', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.goto(`${kinds.problem}?setup=freebsd`);
  for (let width = 320; width <= 1920; width += 20) {
    await page.setViewportSize({ width, height: 800 });
    const { height, wide, parts } = await inHeader(page);
    expect.soft(height, `height at ${width}`).toBeLessThanOrEqual(58);
    expect.soft(wide, `sticks out at ${width}`).toBe(0);
    expect.soft(parts.length).toBeGreaterThanOrEqual(3);
    let end = 0;
    for (const part of parts) {
      expect.soft(part.top, `${part.what} at ${width}`).toBeGreaterThanOrEqual(0);
      expect.soft(part.bottom, `${part.what} at ${width}`).toBeLessThanOrEqual(58);
      expect.soft(part.left + 0.5, `${part.what} over its neighbor at ${width}`).toBeGreaterThanOrEqual(end);
      end = part.right;
    }
    expect.soft(end, `the end of the row at ${width}`).toBeLessThanOrEqual(width);
  }
  await page.evaluate(() => scrollTo(0, 3000));
  await expect(page.getByRole('banner')).toBeInViewport();
});

test('on a phone the ways of the site, the theme and the setup are behind the menu, without a script too', async ({
  page,
  browser,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(kinds.problem);
  const ways = page.getByRole('navigation', { name: 'Menu' });
  await expect(ways).toHaveCount(0);
  const menu = page.locator('.menu > summary');
  await menu.focus();
  await page.keyboard.press('Enter');
  await expect(ways.getByRole('link')).toHaveCount(6);
  await expect(page.getByRole('button', { name: 'Dark theme' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(ways).toHaveCount(0);
  await expect(menu).toBeFocused();
  await menu.click();
  await page.getByRole('banner').getByRole('button', { name: 'Your setup' }).click();
  await expect(page.getByRole('region', { name: 'Your setup' })).toBeInViewport();
  await expect(ways).toHaveCount(0);

  const plain = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const without = await plain.newPage();
  await without.goto(kinds.problem);
  await without.locator('.menu > summary').click();
  await without.getByRole('navigation', { name: 'Menu' }).getByRole('link', { name: 'Messages' }).click();
  await expect(without.getByRole('heading', { level: 1 })).toHaveText('All messages');
  await plain.close();
});

test('the fix begins on the first screen of most problems, and the page has its parts in order', async ({ page }) => {
  test.setTimeout(180_000);
  await page.setViewportSize({ width: 1280, height: 900 });
  const low: string[] = [];
  for (const { id } of problems) {
    await page.goto(`/problems/${id}/`);
    const [means = 0, verify = 0, fix = 0, see = 0] = await page.evaluate(
      (names) =>
        names.map((name) => (document.getElementById(name)?.getBoundingClientRect().top ?? Number.NaN) + scrollY),
      ['what-it-means', 'verify', 'fix-it', 'what-you-see'],
    );
    if (fix > 750) low.push(`${id}: ${Math.round(fix)}`);
    expect.soft(see, id).toBeLessThan(fix);
    expect.soft(verify, id).toBeGreaterThan(fix);
    expect.soft(means, id).toBeGreaterThan(verify);
  }
  expect(low.length, low.join('\n')).toBeLessThanOrEqual(problems.length / 2);
});

test('a side that no run or template shows is not said to print nothing', async ({ page }) => {
  const lanes = page.locator('#what-you-see ~ .seen-lines .seen').first().locator('.lane-name');
  // No client was recorded with it, and one gets Connection refused.
  await page.goto('/problems/port-in-use/');
  await expect(lanes).toHaveText([/^\s*Server/]);
  await page.goto('/problems/console-not-writable/');
  await expect(lanes).toHaveText([/^\s*Server/]);
  // The server has the client's lines inside of its own.
  await page.goto('/problems/client-file-errors/');
  await expect(lanes).toHaveText([/^\s*Client/, /^\s*Server/]);
  await expect(page.getByText('No line of its own in this run.').first()).toBeVisible();
});

test('a problem shows its place on the map, and the sidebar has its section open with the page in view', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  await page.goto('/problems/mail-relay/');
  const map = page.getByRole('list', { name: 'Where this problem arises' });
  await expect(map.getByRole('link', { name: /^Other services\s?: here$/ })).toHaveAttribute(
    'href',
    '/problems/#services',
  );
  const side = page.getByRole('navigation', { name: 'All problems' });
  await expect(side.locator('.stage-links')).toHaveCount(1);
  await expect(side.locator('[aria-current="page"]')).toBeInViewport({ ratio: 1 });
  await side.getByRole('link', { name: /^Connect/ }).click();
  await expect(page).toHaveURL(/\/problems\/#connect$/);

  // On a narrow map only the step that matters keeps its label; the others are there for who listens.
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/problems/wrong-password/');
  const names = map.locator('.stage-name');
  await expect(names).toHaveCount(6);
  expect((await names.nth(3).boundingBox())?.width).toBeGreaterThan(60);
  expect((await names.nth(1).boundingBox())?.width).toBeLessThan(3);
});

test('Fix and Verify stay at hand, the contents knows where one is, and a section gives its address', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/problems/wrong-password/');
  const bar = page.getByRole('navigation', { name: 'Fix and verify' });
  await expect(bar).toBeHidden();
  const toc = page.getByRole('navigation', { name: 'On this page' });
  await toc.getByRole('link', { name: 'Verify' }).click();
  await expect(bar).toBeInViewport();
  await expect(bar.getByRole('link', { name: 'Verify' })).toHaveAttribute('aria-current', 'true');
  await expect(toc.getByRole('link', { name: 'Verify' })).toHaveAttribute('aria-current', 'true');
  // The heading is not under header and bar.
  const below = (await bar.boundingBox())?.y ?? 0;
  const heading = page.getByRole('heading', { level: 2, name: 'Verify' });
  await expect.poll(async () => ((await heading.boundingBox())?.y ?? 0) > below + 40).toBe(true);
  await bar.getByRole('link', { name: 'Fix' }).click();
  await expect(page).toHaveURL(/#fix-it$/);
  await expect(bar.getByRole('link', { name: 'Fix' })).toHaveAttribute('aria-current', 'true');

  await page.getByRole('link', { name: 'Copy the address of “Verify”' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\/problems\/wrong-password\/#verify$/);
  await toc.getByRole('link', { name: 'Back to top' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeInViewport();

  await page.setViewportSize({ width: 390, height: 800 });
  await expect(toc).toBeHidden();
  const box = await bar.boundingBox();
  expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(800);
  await page.locator('.contents > summary').click();
  await page.locator('.contents').getByRole('link', { name: 'Versions' }).click();
  await expect(page.getByRole('heading', { name: 'Versions' })).toBeInViewport();
});

test('the first page says what it is, and leads from what people see to the question that goes on', async ({
  page,
}) => {
  await page.goto('/');
  await expect(page.locator('.hero .lead')).toContainText('samhain checks the files of a host');
  const tiles = page.locator('.tile');
  await expect(tiles).toHaveCount(6);
  for (const tile of await tiles.all()) {
    await expect(tile.locator('.log-line')).toContainText('msg=<');
    await expect(tile).toContainText(/· \d+\sproblems?$/);
  }
  // Counted, not written: as many runs as there are recorded.
  const captures = join(import.meta.dirname, '../captures');
  const runs = readdirSync(captures, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('meta.json'),
  );
  await expect(page.locator('.figures')).toContainText(`${runs.length}`);
  const fixed = runs.filter((name) => JSON.parse(readFileSync(join(captures, name), 'utf8')).fix_worked === true);
  await page.getByRole('link', { name: 'How it was tested' }).click();
  await expect(page).toHaveURL(/\/about\/#tested$/);
  await expect(page.locator('main')).toContainText(`in ${fixed.length} of them the fix`);
  await page.goto('/');
  await tiles.nth(1).getByRole('link').click();
  await expect(page).toHaveURL(/\/wizard\/server-reason\/$/);
});

test('the message index is short, and what it folds is found, printed and there without a script', async ({
  page,
  browser,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('/messages/');
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(3000);
  await page.getByRole('searchbox', { name: 'Words' }).fill('session key mismatch');
  await expect(page.locator('.message-list > li:visible').first()).toContainText('Session key mismatch');
  await page.getByRole('searchbox', { name: 'Words' }).fill('');
  await expect(page.locator('.message-list > li:visible')).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.message-list > li').last()).toBeVisible();

  const plain = await browser.newContext({ javaScriptEnabled: false });
  const without = await plain.newPage();
  await without.goto('/messages/');
  await without.locator('details.fold > summary').first().click();
  await expect(without.locator('.message-list > li').first()).toBeVisible();
  await plain.close();
});

test('inline code breaks at spaces only', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 740 });
  for (const address of ['/problems/wrong-password/', '/guides/set-password/', '/problems/config-errors/']) {
    await page.goto(address);
    const torn = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('.prose :not(pre) > code')].flatMap((code) => {
        const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
        const found: string[] = [];
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          for (const match of (node.textContent ?? '').matchAll(/\S+/g)) {
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + match[0].length);
            const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
            if (lines.size > 1 && match[0].length <= 30) found.push(match[0]);
          }
        }
        return found;
      }),
    );
    expect.soft(torn, address).toEqual([]);
  }
});

test('colors follow the theme in browsers that know no light-dark()', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(kinds.problem);
  const style = join(import.meta.dirname, '../../dist/_astro');
  const sheets = readdirSync(style).filter((name) => name.endsWith('.css'));
  for (const name of sheets) expect(readFileSync(join(style, name), 'utf8'), name).not.toContain('light-dark(');
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const set = (theme: string) =>
    page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
  expect(await paper()).toBe('rgb(250, 247, 241)');
  await set('dark');
  expect(await paper()).toBe('rgb(24, 21, 17)');
  await page.emulateMedia({ colorScheme: 'dark' });
  await set('light');
  expect(await paper()).toBe('rgb(250, 247, 241)');
  // Paper is white for everybody.
  await set('dark');
  await page.emulateMedia({ media: 'print' });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('light');
});

test('the ways into a problem are folded but for the first; an address opens its own, an old one too', async ({
  page,
}) => {
  const open = page.locator('.case[open] h3');
  await page.goto('/problems/wrong-password/');
  await expect(open).toHaveText(['Set a new password on both sides']);
  await page.goto('/problems/wrong-password/#case-other-binary');
  await expect(open).toHaveCount(2);
  await page.goto('/problems/wrong-password/?#if-only-the-line-is-at-fault');
  await expect(open.last()).toHaveText('The line was cut or wrapped when it was pasted');
  await expect(page.locator('#if-only-the-line-is-at-fault pre').first()).toBeInViewport();
});

test('the bar of a problem marks Fix or Verify while that part is in view, and neither elsewhere', async ({ page }) => {
  await page.goto('/problems/wrong-password/');
  const marked = page.locator('.bar-ways a[aria-current]');
  await expect(marked).toHaveCount(0);
  for (const [id, name] of [
    ['fix-it', 'Fix'],
    ['verify', 'Verify'],
  ] as const) {
    await page.evaluate((of) => document.getElementById(of)?.scrollIntoView({ behavior: 'instant' }), id);
    await expect(marked).toHaveText(name);
  }
  await page.locator('#versions').evaluate((heading) => heading.scrollIntoView({ behavior: 'instant' }));
  await expect(marked).toHaveCount(0);
});
