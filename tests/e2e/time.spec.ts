/** Time in the workbench: a window that is judged again, bars over days, two clocks. */
import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { expect, openBox, rows, test, verdicts, watch } from './support/site.ts';

const signature = 'A5'.repeat(24);
const line = (severity: string, at: string, rest: string) =>
  `${severity.padEnd(7)}:  [2026-11-${at}+0000] ${rest}\n${signature}\n`;
const mismatch = (at: string, client: string) =>
  line('CRIT', at, `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}.example.net>`);
const letIn = (at: string, client: string) => line('NOTICE', at, `msg=<NEW CLIENT>, client=<${client}.example.net>`);
const relayed = (at: string, client: string, own = at) =>
  `<TCP>  :  [2026-11-${at}+0000] client=<${client}.example.net>, msg=<INFO   :  [2026-11-${own}+0000] msg=<Checking>, path=</etc>>\n${signature}\n`;

const give = (page: Page, name: string, text: string) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
const note = (page: Page) => page.locator('[data-window]');
const sentence = (page: Page) => page.locator('[data-sentence]');

/** Four days of seven clients: web1 is fixed, web2 is not, web3 came back to what it had. */
const week = [
  ...['web1', 'web2', 'web3', 'web4', 'web5', 'web6', 'web7'].flatMap((name) => [
    letIn('17T08:00:00', name),
    relayed('17T08:00:05', name),
  ]),
  mismatch('17T12:00:00', 'web3'),
  letIn('17T18:00:00', 'web3'),
  relayed('17T18:00:02', 'web3'),
  mismatch('18T09:00:00', 'web1'),
  mismatch('18T21:00:00', 'web1'),
  letIn('19T10:00:00', 'web1'),
  relayed('19T10:00:04', 'web1'),
  mismatch('19T20:00:00', 'web2'),
  mismatch('20T06:00:00', 'web3'),
  mismatch('20T09:00:00', 'web2'),
  ...['web1', 'web4', 'web5', 'web6', 'web7'].map((name) => relayed('20T12:00:00', name)),
].join('');

test.describe('a time that is chosen', () => {
  test('is judged again, says what was not judged, and is no all-clear', async ({ page }) => {
    await openBox(page);
    await give(page, 'yule_log', week);
    await expect(rows(page)).toHaveText([/web2/, /web3/, /web1/]);
    await expect(note(page)).toHaveCount(0);
    await page.getByRole('button', { name: /^Time: Nov 17 to Nov 20/ }).click();
    await page.getByRole('button', { name: /^The last day/ }).click();
    await expect(rows(page)).toHaveText([/web2/, /web3/]);
    await expect(note(page)).toContainText('Nov 20, 00:00:00 to Nov 20, 12:00:00');
    await expect(note(page)).toContainText(/\d+ lines before Nov 20, 00:00:00 were not judged\./);
    // What was given is still told as a whole.
    await expect(page.locator('[data-source]')).toContainText('Nov 17 to Nov 20');
    await page.getByRole('button', { name: /^Since the last fix.*web1\.example\.net was fixed/ }).click();
    await expect(note(page)).toContainText('Nov 19, 10:00:00 to');
    await page.getByLabel('From', { exact: true }).fill('2026-11-20T10:00');
    await page.getByLabel('To', { exact: true }).fill('2026-11-20T13:00');
    await page.getByRole('button', { name: 'Judge this time' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Nothing wrong found in that time' })).toBeVisible();
    await expect(note(page)).toContainText('were not judged');
    // The report says so too, and so does the same after Back.
    await page.getByRole('button', { name: 'Hand it on' }).click();
    await expect(page.locator('[data-hand-on] textarea').first()).toHaveValue(
      /Judged: only what happened from 2026-11-20T10:00:00Z to 2026-11-20T13:00:(?:00|59)Z\. \d+ lines before/,
    );
    await note(page).getByRole('button', { name: 'Judge the whole log' }).click();
    await expect(rows(page)).toHaveCount(3);
    await expect(note(page)).toHaveCount(0);
  });

  test('of a long file is read again, where it lies, and of a window without a record nothing is said', async ({
    page,
  }) => {
    await openBox(page);
    // A fault every minute, of one client in the first days, of another one on the last: more than is kept of either.
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 17) + minute * 60_000).toISOString().slice(8, 19);
    const many = Array.from({ length: 5600 }, (_, i) =>
      i === 3000 ? letIn(at(i), 'web9') : mismatch(at(i), i < 5000 ? 'web1' : 'web2'),
    );
    await give(page, 'yule_log', `[SOF]\n${many.join('')}`);
    await expect(rows(page)).toHaveText([/web/, /web/], { timeout: 30_000 });
    await page.locator('[data-time]').click();
    await page.getByLabel('From', { exact: true }).fill('2026-11-18T06:00');
    await page.getByLabel('To', { exact: true }).fill('2026-11-18T07:59:59');
    await page.getByRole('button', { name: 'Judge this time' }).click();
    await expect(note(page)).toContainText('Nov 18, 06:00:00 to Nov 18, 07:59:59', { timeout: 30_000 });
    await expect(rows(page)).toHaveCount(0);
    await expect(verdicts(page).first()).toContainText('web1');
    // Two hours, a fault a minute: in the first reading only the first and the last few of all were kept.
    await expect(verdicts(page).locator('.facts')).toContainText('in 120 lines');
    await expect(note(page)).toContainText('3,601 lines before Nov 18, 06:00:00 and 7,360 lines after');
    await page.getByLabel('From', { exact: true }).fill('2026-11-25T06:00');
    await page.getByLabel('To', { exact: true }).fill('2026-11-26T06:00');
    await page.getByRole('button', { name: 'Judge this time' }).click();
    await expect(sentence(page)).toContainText('No line of samhain or yule is from that time');
  });

  test('starts where the reader ticked the last step, once there are lines after it', async ({ page }) => {
    const now = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString().slice(8, 19);
    const month = new Date().toISOString().slice(0, 8);
    const log = (text: string) => text.replaceAll('2026-11-', month);
    await openBox(page);
    await give(page, 'yule_log', log(mismatch(now(-7200), 'web1') + mismatch(now(-3600), 'web2')));
    await verdicts(page).first().locator('.todo.changes input, .todo input[type=checkbox]').first().waitFor();
    for (const box of await verdicts(page).first().locator('.todo input[type=checkbox]').all()) await box.check();
    await give(page, 'later', log(mismatch(now(3600), 'web1')));
    await page.locator('[data-time]').click();
    await page.getByRole('button', { name: /^Since the last fix.*your last step/ }).click();
    await expect(note(page)).toContainText('Since the last fix');
    await expect(verdicts(page).first()).toContainText('web1');
    await expect(rows(page)).toHaveCount(0);
  });
});

test.describe('bars over days', () => {
  test('show each client with its faults and recoveries, by shape, with the same as a table', async ({ page }) => {
    const seen = await watch(page.context());
    await openBox(page);
    await give(page, 'yule_log', week);
    await page.locator('[data-row="clients"]').click();
    const bar = (name: string) => page.locator(`[data-bar="${name}.example.net"]`);
    await expect(page.locator('[data-bar]')).toHaveCount(3);
    await expect(bar('web1').locator('.span-over')).toHaveCount(1);
    await expect(bar('web1').locator('.span-tick')).toHaveCount(1);
    await expect(bar('web2').locator('.span-standing')).toHaveCount(1);
    // Over, and back again.
    await expect(bar('web3').locator('.span-over')).toHaveCount(1);
    await expect(bar('web3').locator('.span-standing')).toHaveCount(1);
    await expect(bar('web3').getByRole('img')).toHaveAccessibleName(
      /web3\.example\.net: .* from Nov 17, 12:00:00, over at Nov 17, 18:00:00; .* since Nov 20, 06:00:00/,
    );
    // How many records there were when, the errors apart from the rest.
    await expect(page.locator('.span-counts')).toHaveAccessibleName(
      /^\d+ records, of these 6 errors and 0 warnings; most errors/,
    );
    await expect(page.locator('.span-counts .count-errors').first()).toBeVisible();
    // In the place of its time: the whole is 76 hours long.
    const x = await bar('web2').locator('.span-standing').getAttribute('x');
    expect(Number.parseFloat(x ?? '')).toBeCloseTo((60 / 76) * 100, 1);
    await page.locator('[data-bars] summary').click();
    await expect(page.locator('[data-bars] tbody tr')).toHaveCount(4);
    await expect(page.locator('[data-bars] tbody tr', { hasText: 'web1' })).toContainText('Nov 19, 10:00:00');
    await page.getByRole('button', { name: 'Show the 4 without a fault' }).click();
    await expect(page.locator('[data-bar]')).toHaveCount(7);
    expect(await page.locator('[style]').count()).toBe(0);
    expect(seen.faults).toEqual([]);
  });

  test('set the time and the client, by keyboard alone', async ({ page }) => {
    await openBox(page);
    await give(page, 'yule_log', week);
    await page.locator('[data-row="clients"]').click();
    await page.locator('[data-bar="web2.example.net"] button').focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-client]')).toHaveCount(1);
    await page.keyboard.press('Enter');
    await expect(page.locator('[data-client]')).toHaveCount(7);
    const [from, to] = [page.getByRole('slider', { name: 'From' }), page.getByRole('slider', { name: 'To' })];
    await to.focus();
    await page.keyboard.press('Home');
    await expect(from).toHaveAttribute('aria-valuetext', /Nov 17, 08:00/);
    for (let i = 0; i < 8; i++) await page.keyboard.press('PageUp');
    await expect(to).not.toHaveAttribute('aria-valuetext', /Nov 17, 08/);
    await expect(page.locator('.span-window').first()).toBeVisible();
    const judge = page.getByRole('button', { name: /^Judge Nov 17, 08:00 to / });
    await judge.focus();
    await page.keyboard.press('Enter');
    await expect(note(page)).toContainText(/Nov 17, 08:00:00 to/);
    await expect(note(page)).toContainText('were not judged');
    // The picture stays that of the whole log; what is judged is shaded.
    await expect(page.locator('[data-bar="web2.example.net"] .span-standing')).toHaveCount(1);
    await expect(page.locator('.span-window').first()).toBeVisible();
  });

  test('are not loaded for a log of minutes', async ({ page }) => {
    const seen = await watch(page.context());
    await openBox(page);
    await give(page, 'yule_log', captured('20a-many-clients', '42-plain', ['server.log']));
    await page.locator('[data-row="clients"]').click();
    await expect(page.locator('[data-client]')).toHaveCount(26);
    await expect(page.locator('[data-bars]')).toHaveCount(0);
    expect(seen.requests.filter(({ url }) => /Bars/.test(url))).toEqual([]);
  });
});

test('two clocks: the difference is said, and the lines of both sides stand beside each other by it', async ({
  page,
}) => {
  await openBox(page);
  // web1's clock is 100 s ahead, as its relayed records show; the fifth one makes it steady.
  const clock = (n: number) => `2${n}T10:01:4${n}`;
  const server = [1, 2, 3, 4, 5].map((n) => relayed(`2${n}T10:00:0${n}`, 'web1', clock(n)));
  const fault = mismatch('26T12:00:00', 'web1');
  const own = line(
    'ERROR',
    '26T12:01:40',
    'msg=<Invalid connection state>, expect=<PARP>, received=<\\073\\145\\157\\043>',
  );
  const log = (lines: readonly string[]) => `[SOF]\n${letIn('21T09:00:00', 'web1')}${lines.join('')}${fault}`;
  await give(page, 'yule_log', log(server));
  await give(page, 'terminal', own.replace(`${signature}\n`, ''));
  const evidence = verdicts(page).first().locator('[data-section="evidence"]');
  await expect(page.locator('[data-source]')).toHaveCount(2);
  await expect(evidence.locator('[data-clock]')).toHaveText(
    "web1.example.net's clock is 1 min 40 s ahead of the server's. Its lines are matched to the server's time.",
  );
  const pair = evidence.locator('.e-pair');
  await expect(pair).toHaveCount(1);
  await expect(pair.locator('.e-at-client')).toContainText('12:01:40 by the client');
  await expect(pair.locator('.e-at-server')).toContainText('Session key mismatch');
  await expect(pair.locator('.e-time')).toContainText('12:00:00');
  const [left, right] = [
    await pair.locator('.e-at-client').boundingBox(),
    await pair.locator('.e-at-server').boundingBox(),
  ];
  expect(Math.abs((left?.y ?? 0) - (right?.y ?? 99))).toBeLessThan(2);
});
