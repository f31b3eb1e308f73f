/** The reader's setup: chosen once, in every command from then on, before the page is painted. */
import type { Page } from '@playwright/test';
import { expect, openBox, paste, test } from './support/site.ts';

const problem = '/problems/wrong-password/';
const commands = (page: Page) => page.locator('pre[data-copy]:visible');
/** The reload that all its cases have in common. */
const reload = (page: Page) => commands(page).filter({ hasText: 'kill -HUP' }).first();

async function choose(page: Page, name: string): Promise<void> {
  await page.locator('.setup-line').getByRole('button', { name: 'change' }).first().click();
  await page.getByRole('radio', { name }).check();
}

test('the commands of a page follow it, the next page too, and a reload', async ({ page }) => {
  await page.goto(problem);
  await expect(reload(page)).toContainText('runuser -u yule -- test -r /etc/yulerc');
  await choose(page, 'FreeBSD ports');
  const freebsd = 'chroot -u yule -g yule -G yule / test -r /usr/local/etc/yulerc';
  await expect(reload(page)).toContainText(freebsd);
  await expect(page.locator('header [data-setup-name]')).toHaveText('FreeBSD ports');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.reload();
  await expect(reload(page)).toContainText(freebsd);
  await page.goto('/guides/start-stop-reload/');
  await expect(commands(page).filter({ hasText: 'service yule onereload' })).toBeVisible();
  await page.goto('/wizard/');
  await page.goto('/');
  await expect(page.locator('header [data-setup-name]')).toHaveText('FreeBSD ports');
});

test('a value that a system does not have is told in place of the command, and comes back with another', async ({
  page,
}) => {
  await page.goto(`${problem}?setup=debian`);
  await expect(reload(page)).toHaveCount(0);
  await expect(page.locator('.no-command').first()).toContainText('No command here. The package has no yule');
  // There is nothing to copy either.
  await expect(page.getByRole('button', { name: 'Copy' })).toHaveCount(await commands(page).count());
  await choose(page, 'Arch');
  await expect(page.locator('.no-command')).toHaveCount(0);
  await expect(commands(page).filter({ hasText: 'systemctl status samhain || systemctl start samhain' })).toBeVisible();
});

test('a setup in an address holds for the tab, and changes nothing that is remembered', async ({ page, context }) => {
  await page.goto(problem);
  await choose(page, 'Arch');
  await page.goto(`${problem}?setup=freebsd`);
  await expect(reload(page)).toContainText('/usr/local/etc/yulerc');
  await page.goto(problem);
  await expect(reload(page)).toContainText('/usr/local/etc/yulerc');
  const other = await context.newPage();
  await other.goto(problem);
  await expect(reload(other)).toContainText('/run/yule/yule.pid');
});

test('it is there before the first paint', async ({ page }) => {
  // What a command says whenever the browser is about to paint it.
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(globalThis, { seen });
    const look = () => {
      const text = [...document.querySelectorAll('pre[data-copy]')].find((pre) =>
        pre.textContent?.includes('kill -HUP'),
      );
      if (text?.textContent) seen.push(text.textContent);
      if (seen.length < 20) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(`${problem}?setup=freebsd`);
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen.length)).toBe(20);
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
  for (const text of seen) expect(text).not.toContain(' /etc/yulerc');
});

test('a value of the reader stands in every command, as one word', async ({ page }) => {
  await page.goto('/problems/not-in-client-list/');
  await page.locator('header').getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('button', { name: 'Change Log, On the server' }).click();
  const field = page.getByRole('textbox', { name: 'Log, On the server' });
  await field.fill('../log; reboot');
  await field.press('Enter');
  await expect(page.getByRole('alert')).toContainText('A full path');
  await field.fill("/data/it's a log; reboot");
  await field.press('Enter');
  const first = commands(page).filter({ hasText: 'Not in client list' }).first();
  await expect(first).toHaveText("grep 'Not in client list' '/data/it'\\''s a log; reboot' | tail -n 3");
  await page.reload();
  await expect(first).toContainText("'/data/it'\\''s a log; reboot'");
  await page.locator('header').getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('button', { name: 'Reset' }).click();
  await expect(first).toContainText('/var/log/yule/yule_log');
});

test('the diagnosis of pasted lines uses it, and changes with it', async ({ page }) => {
  await openBox(page);
  await paste(
    page,
    'CRIT   :  [2026-11-23T15:18:51+0000] msg=<Invalid connection attempt: Not in client list>, client=<web1.example.net>',
  );
  await page.locator('[data-case="missing"]').click();
  const fix = page.locator('.verdict pre.command').filter({ hasText: 'kill -HUP' }).first();
  await expect(fix).toContainText('/etc/yulerc');
  await page.locator('header').getByRole('button', { name: 'Setup' }).click();
  await page.getByRole('radio', { name: 'FreeBSD ports' }).check();
  await expect(page.locator('.verdict pre.command').filter({ hasText: 'kill -HUP' }).first()).toContainText(
    '/usr/local/etc/yulerc',
  );
});

test.describe('copy', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] });
  test('takes what is shown', async ({ page }) => {
    await page.goto(`${problem}?setup=freebsd`);
    const box = page.locator('.copy-box').filter({ hasText: 'kill -HUP' }).first();
    await box.getByRole('button', { name: 'Copy' }).click();
    await expect(box.getByRole('button', { name: 'Copied' })).toBeVisible();
    const shown = await box.locator('pre').textContent();
    expect(shown).toContain('/usr/local/etc/yulerc');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(shown?.trimEnd());
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the source build stands, and nothing offers another', async ({ page }) => {
    await page.goto(`${problem}?setup=freebsd`);
    await expect(reload(page)).toContainText('runuser -u yule -- test -r /etc/yulerc');
    await expect(page.locator('[data-setup]:visible')).toHaveCount(0);
  });
});
