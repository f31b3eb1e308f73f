/** The search: from every page, by keys alone, for words and for error texts; a log line is offered to the diagnosis. */
import type { Page } from '@playwright/test';
import { captured, problem } from './support/content.ts';
import { box, expect, holdScripts, kinds, test, verdicts } from './support/site.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Search' });
const field = (page: Page) => dialog(page).getByRole('searchbox', { name: 'Search all pages' });
const hits = (page: Page) => dialog(page).locator('.hits a');

test('Ctrl-K and "/" open it on every kind of page, Escape closes it', async ({ page }) => {
  for (const [kind, address] of Object.entries(kinds)) {
    await page.goto(address);
    await page.locator('[data-search]').waitFor();
    for (const key of ['Control+K', '/']) {
      // The search page and the box have fields of their own: "/" is a letter there.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await page.keyboard.press(key);
      await expect(dialog(page), `${kind}: ${key}`).toBeVisible();
      await expect(field(page)).toBeFocused();
      await page.keyboard.press('Escape');
      await expect(dialog(page)).toBeHidden();
    }
  }
});

test('"/" typed into a field stays a letter', async ({ page }) => {
  await page.goto('/diagnose/');
  await box(page).pressSequentially('/var/log');
  await expect(box(page)).toHaveValue('/var/log');
  await expect(dialog(page)).toBeHidden();
});

test('arrows walk over the pages found, Enter opens one, the focus returns after Escape', async ({ page }) => {
  await page.goto('/guides/');
  const opener = page.getByRole('link', { name: /^Search/ });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await page.keyboard.press('Control+K');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('stale lock');
  await expect(hits(page).first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(hits(page).nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(hits(page).nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(field(page)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const target = (await hits(page).first().getAttribute('href')) ?? '';
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`${target}$`));
});

test('Enter in the field opens the first page found', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('Control+K');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(problem('wrong-password').title);
  await expect(hits(page).first()).toHaveAttribute('href', '/problems/wrong-password/');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(problem('wrong-password').title);
});

test('Enter pressed before the answer is there opens the page for these words, not for the ones before', async ({
  page,
}) => {
  await page.goto('/search/');
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  await box.fill('libwrap');
  await expect(page.locator('.hits a').first()).toBeVisible();
  await box.fill(problem('queue-full').title);
  await box.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(problem('queue-full').title);
});

test('error texts are found as they are printed, and the words of the query are marked', async ({ page }) => {
  await page.goto('/search/');
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  const queries = {
    'path=<(NULL)>': '/problems/file-not-served/',
    'rc.HOST': '/guides/files-the-server-serves/',
    'expect=<TALK>': '/problems/second-instance/',
    'Session key mismatch': '/problems/wrong-password/',
    MSG_TCP_BADCONN: '/messages/msg-tcp-badconn/',
  };
  for (const [query, target] of Object.entries(queries)) {
    await box.fill(query);
    await expect.soft(page.locator(`.hits a[href^="${target}"]`).first(), query).toBeVisible();
    await expect.soft(page.locator('.hits mark').first(), query).toBeVisible();
  }
});

test('what the engine recognises comes first, of a line and of a part of one', async ({ page }) => {
  await page.goto('/search/');
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  const first = page.locator('.hits a').first();
  const line = captured('02a-hosts-deny-yule-all', '42-plain', ['server.log'])
    .split('\n')
    .find((l) => l.includes('libwrap'));
  for (const [query, target] of [
    [line ?? '', '/problems/refused-by-libwrap/'],
    ['expect=<PARP>', '/problems/wrong-password/'],
    ['Session key mismatch', '/problems/wrong-password/'],
    ['SetClientTimeLimit = 3600', '/options/#setclienttimelimit'],
    ['--set-log-severity=info', '/options/#set-log-severity'],
    ['LISTEN 0 64 0.0.0.0:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))', '/checks/server-listening/'],
    ['nc: connect to yule.example.net port 49777 (tcp) failed: Connection refused', '/problems/connection-refused/'],
    ['[STATUS:] client1.example.net FILE_TRANSFER', '/checks/server-registered/'],
    ['198.51.100.10   yule.example.net', '/checks/client-server-lookup/'],
    ['-rw-r----- 1 root yule 1361 Nov 27 03:10 /var/lib/yule/rc', '/checks/server-data-files/'],
    ['LogSeverity="none"', '/problems/config-errors/'],
  ] as const) {
    await box.fill(query);
    await expect(page.locator('[data-recognised]'), query).toHaveAttribute('href', target);
    await expect(first, query).toHaveAttribute('href', target);
  }
});

test('opened empty it shows the commonest problems; the two ways on are always last, one link in each item', async ({
  page,
}) => {
  await page.goto('/problems/disk-full/');
  await page.keyboard.press('Control+K');
  await expect(hits(page).first()).toHaveAttribute('href', '/problems/wrong-password/');
  for (const words of ['', 'wrong pasword', 'qqqzzzxxv', 'what does it mean']) {
    await field(page).fill(words);
    await expect(dialog(page).getByText('Searching…')).toHaveCount(0);
    await expect(hits(page).nth(-2)).toContainText('Answer a few questions');
    await expect(hits(page).last()).toContainText('Paste your log');
    const items = await dialog(page).locator('.hits > li').count();
    expect(await dialog(page).locator('.hits > li:has(> a:only-child)').count(), words).toBe(items);
  }
  await expect(page.getByRole('listitem').filter({ hasText: 'Paste your log' })).toBeVisible();
});

test('whatever is typed, there is something to click, and nothing is opened by itself', async ({ page }) => {
  await page.goto('/search/');
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  for (const words of [
    'asdf',
    'x',
    'я',
    'сервер не отвечает',
    '?!…',
    '<b>"\\',
    'ab'.repeat(500),
    '無効な接続',
    '%00',
  ]) {
    await box.fill(words);
    await expect(page.locator('.search-status'), words).toHaveText(/found/);
    await expect(page.locator('.hits a[href*="/problems/"], .hits a[href*="/options/"]').first(), words).toBeVisible();
    await expect(page.locator('.hits a').nth(-2), words).toContainText('Answer a few questions');
  }
  await box.fill('qqqzzzxxv');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await box.press('Enter');
  await expect(page).toHaveURL(/\/search\//);
});

test('a word that stands nowhere is named and empties nothing', async ({ page }) => {
  await page.goto('/search/');
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  await box.fill('kubernetes xyzzyqq connection refused');
  await expect(page.locator('.search-status')).toContainText('Nothing here names “xyzzyqq”');
  await expect(page.locator('.hits a[href="/problems/connection-refused/"]').first()).toBeVisible();
  // No stop in between that cannot be seen.
  await box.press('Tab');
  await expect(page.locator('.hits a').first()).toBeFocused();
});

test('a sentence in the paste box leads to pages and to the wizard', async ({ page }) => {
  await page.goto('/diagnose/');
  await page.locator('.paste[data-ready]').waitFor();
  await box(page).fill('my client does not report any more since the reboot');
  const answer = page.locator('[data-in-words]');
  await expect(answer.locator('ol a').first()).toBeVisible();
  await expect(answer.getByRole('link', { name: 'Answer a few questions' })).toBeVisible();
  await answer.getByRole('link', { name: 'see all search results' }).click();
  await expect(page).toHaveURL(/\/search\/#q=/);
  await expect(page.locator('.hits a').first()).toBeVisible();
});

test('a log line is offered to the diagnosis, and arrives there whole', async ({ page }) => {
  const line = captured('02a-hosts-deny-yule-all', '42-plain', ['server.log'])
    .split('\n')
    .find((l) => l.includes('libwrap'));
  await page.goto('/problems/disk-full/');
  await page.keyboard.press('Control+K');
  await field(page).fill(line ?? '');
  await dialog(page).getByRole('link', { name: 'Diagnose it' }).click();
  await expect(page).toHaveURL(/\/diagnose\/$/);
  await expect(box(page)).toHaveValue(line ?? '');
  await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'refused-by-libwrap');
  // Taken once: it does not come back on the next visit.
  await page.goto('/diagnose/');
  await page.locator('.paste[data-ready]').waitFor();
  await expect(box(page)).toHaveValue('');
  // A few words are no log line.
  await page.keyboard.press('Control+K');
  await field(page).fill('wrong password');
  await expect(hits(page).first()).toBeVisible();
  await expect(dialog(page).getByRole('link', { name: 'Diagnose it' })).toHaveCount(0);
});

test('what finds nothing says so; what is typed fast shows the last words', async ({ page }) => {
  await page.goto('/search/');
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  await box.fill('qqqzzzxxv');
  await expect(page.getByText('Nothing found')).toBeVisible();
  for (const query of ['disk', 'libwrap', 'hosts.deny', problem('queue-full').title]) await box.fill(query);
  await expect(page.locator('.hits a').first()).toHaveAttribute('href', '/problems/queue-full/');
});

test('words typed before the scripts have loaded are searched for, and so are those of an address', async ({
  page,
}) => {
  const release = await holdScripts(page);
  await page.goto('/search/', { waitUntil: 'commit' });
  const box = page.getByRole('searchbox', { name: 'Search all pages' });
  await box.fill(problem('queue-full').title);
  release();
  await expect(page.locator('.hits a').first()).toHaveAttribute('href', '/problems/queue-full/');
  await expect(box).toHaveValue(problem('queue-full').title);

  await page.goto('/search/?q=libwrap');
  await expect(box).toHaveValue('libwrap');
  await expect(page.locator('.hits a[href="/problems/refused-by-libwrap/"]')).toBeVisible();
  // As the browser's own search field asks, on any page and again on this one.
  await page.goto(`/search/#q=${encodeURIComponent(problem('queue-full').title)}`);
  await expect(box).toHaveValue(problem('queue-full').title);
  await page.goto('/search/#q=libwrap');
  await expect(box).toHaveValue('libwrap');
});
