/** How pages behave on screens of all sizes, by keyboard, in print, without a mouse and without a network of their own. */
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { expect, kinds, openBox, paste, test, verdicts } from './support/site.ts';

/** What sticks out of the page to the right, if the page can be scrolled sideways. */
async function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [...document.querySelectorAll('body *')]
      .filter((node) => node.getBoundingClientRect().right > width + 1 && node.children.length === 0)
      .map((node) => `${node.tagName}.${node.className} ${node.textContent?.slice(0, 40)}`)
      .slice(0, 5)
      .concat(`scrollWidth ${document.documentElement.scrollWidth}`);
  });
}

const sizes = {
  'small phone': { width: 320, height: 600 },
  phone: { width: 360, height: 740 },
  // A screen of 1280 at 200 %.
  zoomed: { width: 640, height: 450 },
  tablet: { width: 768, height: 1024 },
};

test('no kind of page scrolls sideways, nor does an answer', async ({ page }) => {
  const check = async (name: string) => {
    for (const [size, viewport] of Object.entries(sizes)) {
      await page.setViewportSize(viewport);
      expect.soft(await sticksOut(page), `${name}, ${size}`).toEqual([]);
    }
  };
  for (const [kind, address] of Object.entries(kinds)) {
    await page.goto(address);
    // All that unfolds is unfolded.
    await page.evaluate(() => {
      for (const box of document.querySelectorAll('details')) box.open = true;
    });
    await check(kind);
  }
  await openBox(page);
  await paste(
    page,
    captured('03a-password-never-set').replaceAll('client1.example.net', `${'long-name.'.repeat(20)}example.net`),
  );
  await check('an answer with a long name');
  await paste(page, 'Session key negotiation failed');
  await check('an undecided answer');
  // Of a line with a verifier, masked: one word of 256 letters.
  await paste(
    page,
    `${captured('03a-password-never-set')}\nClient=client1.example.net@8F1D3A29B9C7D4E2@${'AB12'.repeat(64)}`,
  );
  await check('an answer beside a masked verifier');
});

test('what says where lines were recorded lies on no text', async ({ page }) => {
  for (const width of [800, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    // A paragraph stands between the heading and the lines; and the lines follow the heading at once.
    for (const id of ['untrusted-path', 'connect-timeout', 'chroot', 'wrong-password', 'stand-alone-build']) {
      await page.goto(`/problems/${id}/`);
      const caption = page.locator('.seen-lines figcaption').first();
      await expect(caption).toBeVisible();
      const covered = await caption.evaluate((node) => {
        const own = node.getBoundingClientRect();
        const range = document.createRange();
        const above = node.closest('.seen-lines')?.previousElementSibling;
        if (!above) return ['nothing above'];
        range.selectNodeContents(above);
        const lies = ({ left, right, top, bottom }: DOMRect) =>
          right > own.left && left < own.right && bottom > own.top + 2 && top < own.bottom - 2;
        return [...range.getClientRects()].filter(lies).map(({ right }) => right - own.left);
      });
      expect.soft(covered, `${id}, ${width}`).toEqual([]);
    }
  }
});

test('on a phone the checks that decide are read without scrolling sideways', async ({ page }) => {
  await page.setViewportSize(sizes['small phone']);
  for (const address of [kinds.problem, '/problems/connection-refused/']) {
    await page.goto(address);
    const box = page.locator('.deciding .table-box');
    expect(await box.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
    await expect(box.locator('td').first()).toBeVisible();
  }
});

test('the skip link is the first stop, can be seen, and leads past header and sidebar to the text', async ({
  page,
}) => {
  for (const address of [kinds.problem, kinds.start, kinds.messages, kinds.question]) {
    await page.goto(address);
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to the text' });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport();
    await page.keyboard.press('Enter');
    // The heading of the page is inside of what has the focus now, the lists of pages are not.
    await expect(page.locator(':focus h1')).toBeVisible();
    await expect(page.locator(':focus nav.side')).toHaveCount(0);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => Boolean(document.activeElement?.closest('main'))), address).toBe(true);
  }
});

test('wherever the focus goes it can be seen', async ({ page }) => {
  for (const address of [kinds.start, kinds.problem, kinds.question, kinds.messages]) {
    await page.goto(address);
    for (let i = 0; i < 18; i++) {
      await page.keyboard.press('Tab');
      const seen = await page.evaluate(() => {
        const node = document.activeElement;
        if (!node || node === document.body) return undefined;
        // A file field is shown by the label around it.
        const shown = node.matches('input[type=file]') ? (node.closest('label') ?? node) : node;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(shown);
        const ring = (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
        return { ring, what: `${node.tagName} ${node.textContent?.slice(0, 40)}` };
      });
      expect.soft(seen?.ring ?? true, `${address}: ${seen?.what}`).toBe(true);
    }
  }
});

test.describe('the theme', () => {
  const theme = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

  for (const system of ['light', 'dark'] as const) {
    test(`follows the system (${system}) until the switch says otherwise, and is remembered`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme: system });
      const page = await context.newPage();
      await page.goto('/');
      const first = await paper(page);
      const button = page.getByRole('button', { name: 'Dark theme' });
      await expect(button).toHaveAttribute('aria-pressed', String(system === 'dark'));
      await button.focus();
      await page.keyboard.press('Enter');
      await expect(button).toHaveAttribute('aria-pressed', String(system !== 'dark'));
      expect(await paper(page)).not.toBe(first);
      const chosen = await paper(page);

      await page.goto('/problems/disk-full/');
      expect(await paper(page)).toBe(chosen);
      expect(await theme(page)).toBe(system === 'dark' ? 'light' : 'dark');
      await page.getByRole('button', { name: 'Dark theme' }).click();
      expect(await paper(page)).toBe(first);
      await page.reload();
      expect(await paper(page)).toBe(first);
      await context.close();
    });
  }

  test('is there before the first paint: no flash of the other one', async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: 'light' });
    const page = await context.newPage();
    await page.goto('/');
    await page.getByRole('button', { name: 'Dark theme' }).click();
    // From here on, no file of ours but the page and its styles arrives; the theme needs none.
    await page.route('**/_astro/*.js', (route) => route.abort());
    await page.addInitScript(() => {
      const seen: (string | undefined)[] = [];
      Object.assign(window, { themesSeen: seen });
      new MutationObserver(() => {
        if (document.body) seen.push(document.documentElement.dataset.theme);
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto('/problems/wrong-password/');
    const seen = await page.evaluate(() => (window as unknown as { themesSeen: string[] }).themesSeen);
    expect(seen.length).toBeGreaterThan(0);
    expect([...new Set(seen)]).toEqual(['dark']);
    await context.close();
  });
});

test('on a phone, the list of pages opens and is walked by keyboard', async ({ page }) => {
  await page.setViewportSize(sizes.phone);
  await page.goto('/problems/wrong-password/');
  const side = page.getByRole('navigation', { name: 'All problems' });
  const current = side.getByRole('link', { name: 'Wrong password or verifier' });
  await expect(current).toBeHidden();
  const handle = side.locator('summary');
  await handle.focus();
  await page.keyboard.press('Enter');
  await expect(current).toBeVisible();
  await expect(current).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('Tab');
  await expect(side.getByRole('link').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/problems\/#server-start$/);
});

test('on a wide screen the sidebar and the table of contents stand beside the text', async ({ page }) => {
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.goto('/problems/wrong-password/');
  await expect(page.getByRole('navigation', { name: 'All problems' }).getByRole('link').first()).toBeVisible();
  const toc = page.getByRole('navigation', { name: 'On this page' });
  await toc.getByRole('link', { name: 'Fix it' }).click();
  await expect(page).toHaveURL(/#fix-it$/);
  await expect(page.getByRole('heading', { name: 'Fix it' })).toBeInViewport();
  await page.getByRole('navigation', { name: 'Previous and next page' }).getByRole('link').last().click();
  await expect(page).toHaveURL(/\/problems\/[a-z-]+\/$/);
});

test('copy buttons copy the command, on pages and in answers', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.goto('/problems/wrong-password/');
  const box = page.locator('.steps .copy-box').first();
  await box.getByRole('button', { name: 'Copy' }).click();
  await expect(box.getByRole('button', { name: 'Copied' })).toBeVisible();
  expect(await copied()).toBe((await box.locator('pre').textContent())?.trim());

  await openBox(page);
  await paste(page, captured('03a-password-never-set'));
  const filled = verdicts(page).first().locator('.copy-box', { hasText: 'my_client' }).first();
  await filled.getByRole('button', { name: 'Copy' }).click();
  expect(await copied()).toContain('client1.example.net');
});

test('an address that does not exist says so, with 404, and leads on', async ({ page }) => {
  const answer = await page.goto('/problems/no-such-problem/deep/');
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no page at this address');
  // Styles are found from any depth.
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).not.toBe(
    'rgba(0, 0, 0, 0)',
  );
  await page.locator('main').getByRole('link', { name: 'Paste a log line' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Diagnose a log');
});

test('print leaves the navigation away and keeps every word of the page', async ({ page }) => {
  await page.goto('/problems/wrong-password/');
  await page.emulateMedia({ media: 'print' });
  for (const name of ['Main', 'All problems', 'On this page', 'Fix and verify', 'Previous and next page']) {
    const ways = await page.getByRole('navigation', { name, includeHidden: true }).all();
    expect(ways.length, name).toBeGreaterThan(0);
    for (const way of ways) await expect(way, name).toBeHidden();
  }
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Fix it' })).toBeVisible();
  // What is folded on the screen is printed.
  for (const folded of await page.locator('.prose details').all()) {
    await expect(folded.locator(':scope > :not(summary)').first()).toBeVisible();
  }
});

test.describe('the list of messages', () => {
  const shown = (page: Page) => page.locator('.message-list > li:visible');

  test('is filtered by keyboard alone; Enter opens the first that is left', async ({ page }) => {
    await page.goto('/messages/');
    // Folded by topic until something is typed or chosen.
    await expect(shown(page)).toHaveCount(0);
    const all = await page.locator('.message-list > li').count();
    const words = page.getByRole('searchbox', { name: 'Words' });
    await words.focus();
    await page.keyboard.type('session key');
    await expect(page.locator('[data-count]')).toHaveText(/^\d+ of \d+ messages$/);
    const some = await shown(page).count();
    expect(some).toBeGreaterThan(0);
    expect(some).toBeLessThan(all / 4);
    await page.keyboard.press('Tab');
    await expect(page.getByRole('combobox', { name: 'Side' })).toBeFocused();
    await page.keyboard.type('server');
    await expect.poll(() => shown(page).count()).toBeLessThan(some);
    for (const row of await shown(page).all()) {
      expect(['server', 'both']).toContain(await row.getAttribute('data-side'));
    }
    const first = (await shown(page).first().getByRole('link').getAttribute('href')) ?? '';
    await words.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`${first}$`));
  });

  test('keeps the choice in the address: reload, Back and a sent link show the same', async ({ page }) => {
    await page.goto('/messages/?words=libwrap&side=server&severity=');
    await expect(page.getByRole('searchbox', { name: 'Words' })).toHaveValue('libwrap');
    await expect(page.getByRole('combobox', { name: 'Side' })).toHaveValue('server');
    const count = await shown(page).count();
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(10);
    await shown(page).first().getByRole('link').click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goBack();
    await expect(shown(page)).toHaveCount(count);
    await page.reload();
    await expect(shown(page)).toHaveCount(count);
    await page.getByRole('searchbox', { name: 'Words' }).fill('');
    await expect(page).toHaveURL(/\/messages\/\?side=server$/);
    await page.getByRole('searchbox', { name: 'Words' }).fill('libwrap');
    await page.goto(page.url().replace('?', '?kind=&'));
    await expect(shown(page)).toHaveCount(count);
  });
});

test.describe('the options', () => {
  const shown = (page: Page) => page.locator('[data-row]:visible');

  test('fold by topic; a link unfolds its own, and the filter leaves what fits', async ({ page }) => {
    await page.goto('/options/');
    await expect(shown(page)).toHaveCount(0);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(3000);
    await page.goto('/options/#setclienttimelimit');
    await expect(page.locator('#setclienttimelimit')).toBeInViewport();
    await page.goto('/options/?program=server');
    const words = page.getByRole('searchbox', { name: 'Words' });
    await words.fill('timelimit');
    await expect(page.locator('[data-count]')).toHaveText(/^\d+ of \d+ options$/);
    await expect(page.locator('#setclienttimelimit')).toBeVisible();
    for (const row of await shown(page).all()) expect(await row.getAttribute('data-program')).toContain('server');
    await words.fill('');
    await page.getByRole('combobox', { name: 'Program' }).selectOption('any');
    await expect(shown(page)).toHaveCount(0);
  });

  test('are all there without a script', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/options/');
    await expect(page.getByRole('search', { name: 'Filter the options' })).toBeHidden();
    const group = page.locator('#in-server');
    await group.locator('summary').click();
    await expect(page.locator('#client')).toBeVisible();
    await context.close();
  });
});
