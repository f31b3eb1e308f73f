/** The answer handed on: a report with and without names, what was hidden, and a reply with the real names. */
import { readFileSync } from 'node:fs';
import { expect, openBox, paste, test, verdicts } from './support/site.ts';

const lines = [
  'CRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<web7.corp.test>',
  'CRIT   :  [2026-11-23T15:18:20+0000] msg=<Refused connection from 10.20.30.40>, subroutine=<libwrap>',
  'another program said that zebra has the password of 10.20.30.41',
].join('\n');

test('a report hides names until the switch is off, lists what it hid, and is read back with them', async ({
  page,
}) => {
  await openBox(page);
  await paste(page, lines);
  const hand = page.locator('[data-hand-on]');
  await hand.locator('summary').first().click();
  const report = hand.locator('[data-report]');
  await expect(report).toHaveValue(/# Samhain diagnosis/);
  await expect(report).toHaveValue(/host-1\.example\.org/);
  for (const name of ['web7', 'corp.test', '10.20.30', 'zebra']) expect(await report.inputValue()).not.toContain(name);

  await hand.locator('.hand-on-hidden summary').click();
  await expect(hand.locator('.hand-on-hidden tr', { hasText: 'web7.corp.test' })).toContainText('host-1.example.org');

  await hand.locator('.hand-on-reply summary').click();
  await hand
    .locator('.hand-on-reply textarea')
    .fill('Run samhain_setpwd on HOST-1 again, then restart host-1.example.org.');
  await expect(hand.locator('[data-restored]')).toHaveText(
    'Run samhain_setpwd on web7 again, then restart web7.corp.test.',
  );

  await hand.getByLabel('Hide these words too').fill('session');
  await expect(report).not.toHaveValue(/session/i);
  await hand.getByLabel(/Hide hosts/).uncheck();
  await expect(report).toHaveValue(/web7\.corp\.test/);
  // Lines of other programs are nobody's business.
  expect(await report.inputValue()).not.toContain('zebra');
});

test('a report is copied, saved, and given back says the same', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openBox(page);
  await paste(page, lines);
  const problems = () => verdicts(page).evaluateAll((all) => all.map((one) => one.getAttribute('data-problem')));
  const before = await problems();
  const hand = page.locator('[data-hand-on]');
  await hand.locator('summary').first().click();
  await hand.getByRole('button', { name: 'Copy as Markdown' }).click();
  await expect(hand.getByRole('status')).toHaveText('Copied.');
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    hand.getByRole('button', { name: 'Save' }).click(),
  ]);
  expect(readFileSync(await download.path(), 'utf8')).toBe(copied);
  await paste(page, copied);
  await expect(page.locator('[data-problem]').first()).toBeVisible();
  expect(await problems()).toEqual(before);
  await expect(page.locator('.paste')).toContainText('host-1.example.org');
});

test('where the clipboard is refused, the report is selected', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.execCommand = () => false;
  });
  await openBox(page);
  await paste(page, lines);
  const hand = page.locator('[data-hand-on]');
  await hand.locator('summary').first().click();
  await hand.getByRole('button', { name: 'Copy as text' }).click();
  await expect(hand.getByRole('status')).toContainText('Press Ctrl+C or Cmd+C');
  const selected = await hand
    .locator('[data-report]')
    .evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
  expect(selected).toContain('host-1.example.org');
});
