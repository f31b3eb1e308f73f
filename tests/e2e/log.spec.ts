/** "Your log, explained": one row a record, its filters, and the ways from evidence to row to text and back. */
import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { expect, openBox, put, rows, test, verdicts } from './support/site.ts';

const at = (severity: string, time: string, rest: string) => `${severity} :  [2026-11-23T${time}] ${rest}`;
const log = (page: Page) => page.locator('[data-log]');
const lines = (page: Page) => log(page).locator('[data-line]');
const filter = (page: Page) => log(page).getByRole('searchbox', { name: 'Filter the lines' });
const choice = (page: Page, name: RegExp) => log(page).getByRole('button', { name });

test.describe('a row', () => {
  test('is a record: its time, side, severity and meaning; an ordinary ALERT alarms nobody', async ({ page }) => {
    await openBox(page);
    await put(page, captured('03a-password-never-set', '42-plain', ['client.stderr', 'server.log']));
    await expect(lines(page)).toHaveCount(9);
    const proof = lines(page).filter({ hasText: 'Session key mismatch' });
    await expect(proof.locator('td').nth(0)).toHaveText('15:18:17');
    await expect(proof.locator('td').nth(1)).toHaveText('server');
    await expect(proof.locator('td').nth(2)).toHaveText('CRIT');
    await expect(proof.locator('td').nth(3)).toContainText('The server knows the client');
    await expect(proof).toHaveClass(/is-evidence/);
    await expect(log(page).locator('.log-broke')).toHaveText(/It broke here: Authentication/);
    const ink = (message: string) =>
      (message ? log(page).locator(`[data-message="${message}"] .sev`) : log(page).locator('.sev', { hasText: 'INFO' }))
        .first()
        .evaluate((word) => getComputedStyle(word).color);
    const calm = await ink('');
    expect(await ink('MSG_START_1H')).toBe(calm);
    expect(await ink('MSG_EXIT_NORMAL')).toBe(calm);
    expect(await ink('MSG_TCP_BADCONN')).not.toBe(calm);
    await expect(log(page).locator('[data-message="MSG_START_1H"] .sev')).toHaveText('ALERT');
  });

  test('has the time as its log has it; where two zones meet, it says so, and the order is that of one clock', async ({
    page,
  }) => {
    await openBox(page);
    const client = at('ERROR ', '16:18:18+0100', 'msg=<Session key negotiation failed>');
    const server = at(
      'CRIT  ',
      '15:18:17+0000',
      'msg=<Invalid connection attempt: Session key mismatch>, client=<a.x.y>',
    );
    await put(page, client);
    await expect(log(page).locator('[data-zones]')).toHaveCount(0);
    await put(page, `${client}\n${server}`);
    await expect(log(page).locator('[data-zones]')).toContainText('+00:00 and +01:00');
    await expect(lines(page).locator('time')).toHaveText(['15:18:17 +00:00', '16:18:18 +01:00']);
  });
});

test('filters: problems, unknown, side, severity, client and text, each with its count', async ({ page }) => {
  await openBox(page);
  const failed = captured('03a-password-never-set', '42-plain', ['client.stderr', 'server.log']);
  const other = at('CRIT  ', '15:19:17+0000', 'msg=<Invalid connection attempt: Not in client list>, client=<db2.x.y>');
  await put(page, `${failed}\n${other}\nno line that anybody knows`);
  await expect(choice(page, /^All 11$/)).toHaveAttribute('aria-pressed', 'true');
  // (The errors of the client, and what the server says of both; no START, no EXIT.)
  await choice(page, /^Problems 5$/).click();
  await expect(lines(page)).toHaveCount(5);
  await expect(log(page).locator('[data-message^="MSG_START"], [data-message^="MSG_EXIT"]')).toHaveCount(0);
  await choice(page, /^Unknown 1$/).click();
  await expect(lines(page)).toHaveText([/no line that anybody knows/]);
  await choice(page, /^All/).click();
  await choice(page, /^Server$/).click();
  await expect(lines(page).locator('.log-side', { hasText: 'client' })).toHaveCount(0);
  await log(page).getByRole('combobox', { name: 'Severity' }).selectOption('CRIT');
  await expect(lines(page)).toHaveCount(2);
  await log(page).getByRole('combobox', { name: 'Client' }).selectOption('db2.x.y');
  await expect(lines(page)).toHaveText([/Not in client list/]);
  await filter(page).fill('session key');
  await expect(log(page)).toContainText('No line matches.');
});

test.describe('ways', () => {
  test('lead from evidence to row to the lines around it, and back, and take the focus along', async ({ page }) => {
    await openBox(page);
    const neighbour = 'Nov 23 15:18:17 gate sshd[811]: Connection closed by 192.0.2.9';
    const [client, server] = ['client.stderr', 'server.log'].map((name) =>
      captured('03a-password-never-set', '42-plain', [name]),
    );
    await put(page, `${client}\n${neighbour}\n${server}`);
    const cell = verdicts(page).locator('.evidence .e-cell', { hasText: 'Session key mismatch' });
    await choice(page, /^Unknown/).click();
    await cell.getByRole('button', { name: /^line \d+/ }).click();
    // A filter that hides the row gives way.
    const row = lines(page).filter({ hasText: 'Session key mismatch' });
    await expect(row.getByRole('button')).toBeFocused();
    await expect(row).toBeInViewport();
    await expect(row.getByRole('button')).toHaveAttribute('aria-expanded', 'true');
    const opened = log(page).locator('.log-open');
    await expect(opened).toContainText('msg=<Invalid connection attempt: Session key mismatch>');
    await expect(opened).not.toContainText('sshd');
    await opened.getByRole('button', { name: 'Show the lines around it' }).click();
    await expect(opened.locator('.log-around')).toContainText('sshd[811]');
    await expect(opened.locator('.is-own').first()).toContainText('Session key mismatch');
    await opened.getByRole('button', { name: 'Back to the evidence' }).click();
    await expect(cell).toBeFocused();
    await expect(cell).toBeInViewport();
    await cell.getByRole('button', { name: /^line \d+/ }).click();
    await expect(row.getByRole('button')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(row.getByRole('button')).toHaveAttribute('aria-expanded', 'false');
    await expect(row.getByRole('button')).toBeFocused();
    // One stop of the Tab key for all rows; the arrows go from one to the next.
    await page.keyboard.press('ArrowUp');
    await expect(row.getByRole('button')).not.toBeFocused();
    await expect(lines(page).getByRole('button').and(page.locator(':focus'))).toHaveCount(1);
    await expect(log(page).locator('[data-toggle][tabindex="0"]')).toHaveCount(1);
  });

  test('from a line to the evidence of a problem that is not open opens it', async ({ page }) => {
    await openBox(page);
    const refused = (client: string, time: string) =>
      at('CRIT  ', time, `msg=<Invalid connection attempt: Not in client list>, client=<${client}>`);
    await put(page, `${refused('db2.x.y', '15:18:20+0000')}\n${refused('ns1.x.y', '15:19:20+0000')}`);
    await expect(rows(page)).toHaveCount(2);
    const [first = '', second = ''] = await page
      .locator('[data-row*="not-in-client-list"]')
      .evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.row ?? ''));
    await page.locator(`[data-row="${first}"]`).click();
    const host = second.split(' ')[1] ?? '';
    const row = lines(page).filter({ hasText: host });
    await row.getByRole('button').click();
    await log(page).getByRole('button', { name: 'Back to the evidence' }).click();
    await expect(page.locator(`[data-row="${second}"]`)).toHaveAttribute('aria-current', 'true');
    await expect(page.locator('.e-cell:focus')).toContainText(host);
  });

  test('the lines around one have no secret in them', async ({ page }) => {
    await openBox(page);
    const verifier = '5E6A8FE804428E8ECD1E4594C6E0C2F4EA56A7F0992849E7'.repeat(4);
    const entry = `Client=web1.x.y@0123456789ABCDEF@${verifier}`;
    await put(
      page,
      `${entry}\n${at('CRIT  ', '15:18:17+0000', 'msg=<Invalid connection attempt: Session key mismatch>, client=<web1.x.y>')}`,
    );
    await lines(page).first().getByRole('button').click();
    await log(page).getByRole('button', { name: 'Show the lines around it' }).click();
    await expect(log(page).locator('.log-around')).toContainText('Client=web1.x.y@');
    expect(await page.locator('.answer-box').textContent()).not.toContain(verifier.slice(0, 32));
  });

  test('of a long file lines that no excerpt keeps are read from the file', async ({ page }) => {
    await openBox(page);
    const day = (n: number) => new Date(Date.UTC(2026, 10, 1) + n * 1000).toISOString().slice(0, 19);
    const text = Array.from({ length: 30_000 }, (_, n) =>
      n === 20_000
        ? `CRIT   :  [${day(n)}+0000] msg=<Invalid connection attempt: Not in client list>, client=<new.x.y>`
        : `INFO   :  [${day(n)}+0000] msg=<New connection>, socket_id=<${n}>`,
    ).join('\n');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'yule_log', mimeType: 'text/plain', buffer: Buffer.from(text) });
    const row = lines(page).filter({ hasText: 'Not in client list' });
    await row.getByRole('button').click({ timeout: 30_000 });
    await log(page).getByRole('button', { name: 'Show the lines around it' }).click();
    const around = log(page).locator('.log-around');
    await expect(around).toContainText('socket_id=<19985>');
    await expect(around).toContainText('socket_id=<20015>');
    await expect(around.locator('span')).toHaveCount(41);
  });
});

test('of thousands of rows a part is on the page, and each is found', async ({ page }) => {
  await openBox(page);
  const clock = (n: number) => new Date(Date.UTC(2026, 10, 23) + n * 1000).toISOString().slice(11, 19);
  const many = Array.from({ length: 4000 }, (_, n) =>
    at('INFO  ', `${clock(n)}+0000`, `msg=<New connection>, socket_id=<${n}>`),
  );
  many.push(at('CRIT  ', '23:18:17+0000', 'msg=<Invalid connection attempt: Not in client list>, client=<last.x.y>'));
  await put(page, many.join('\n'));
  await expect(choice(page, /^All 4,001$/)).toBeVisible({ timeout: 30_000 });
  await expect(lines(page)).toHaveCount(50);
  await log(page).getByRole('button', { name: 'Show 200 more' }).click();
  await expect(lines(page)).toHaveCount(250);
  await filter(page).fill('socket_id=3999');
  await expect(lines(page)).toHaveCount(1);
  await filter(page).fill('');
  await verdicts(page).locator('.e-place').first().click();
  await expect(lines(page).filter({ hasText: 'Not in client list' }).getByRole('button')).toBeFocused();
  expect(await lines(page).count()).toBeLessThan(100);
  await log(page).getByRole('button', { name: 'Show 200 earlier' }).click();
  await expect(lines(page)).toHaveCount(201);
});
