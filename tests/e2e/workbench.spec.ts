/** The workbench around the answer: what comes in and how, the list, the checklist, what is judged again. */
import { Buffer } from 'node:buffer';
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { box, expect, holdScripts, openBox, rows, test, verdicts } from './support/site.ts';

const line = (severity: string, at: string, rest: string) => `${severity} :  [2026-11-23T${at}+0000] ${rest}`;
const mismatch = (client: string, at = '15:18:17') =>
  line('CRIT  ', at, `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`);
const refused = (client: string, at = '15:18:20') =>
  line('CRIT  ', at, `msg=<Invalid connection attempt: Not in client list>, client=<${client}>`);
const letIn = (client: string, at = '15:31:04') => line('NOTICE', at, `msg=<NEW CLIENT>, client=<${client}>`);
const chips = (page: Page) => page.locator('[data-source]');
const sheet = (page: Page) => verdicts(page).first();

// (Firefox takes the permission before it has opened a page, and not after.)
test.beforeEach(({ context }) => context.grantPermissions(['clipboard-read', 'clipboard-write']));

/** A paste by the keyboard, into a field or anywhere on the page. (Firefox makes no event of a script a paste of words.) */
async function pasteAt(page: Page, text: string, selector?: string): Promise<void> {
  await page.evaluate((words) => navigator.clipboard.writeText(words), text);
  if (selector) await page.locator(selector).first().focus();
  else await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('ControlOrMeta+V');
}

test.describe('lines come in', () => {
  test('by a paste anywhere: the box gives way to chips and the verdict is in view, on a phone too', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const address of ['/', '/diagnose/']) {
      await openBox(page, address);
      await pasteAt(page, mismatch('web7.corp.example'));
      await expect(sheet(page)).toHaveAttribute('data-problem', 'wrong-password');
      await expect(box(page)).toBeHidden();
      await expect(chips(page)).toHaveCount(1);
      await expect(sheet(page).getByRole('heading', { level: 2 })).toBeInViewport();
      await expect(page.locator('.map-lying .is-break')).toBeInViewport();
      await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    }
  });

  test('not by a paste into a field; a second one stands beside the first, and each can be taken out again', async ({
    page,
  }) => {
    await openBox(page);
    await pasteAt(page, mismatch('web7.corp.example'));
    await sheet(page).waitFor();
    await pasteAt(page, refused('db2.corp.example'), '.value input');
    await expect(chips(page)).toHaveCount(1);
    await pasteAt(page, refused('db2.corp.example'));
    await expect(chips(page)).toHaveCount(2);
    await expect(rows(page)).toHaveText([/db2/, /web7/]);
    await chips(page)
      .nth(1)
      .getByRole('button', { name: /^remove / })
      .click();
    await expect(chips(page)).toHaveCount(1);
    await expect(rows(page)).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(rows(page)).toHaveCount(2);
  });

  test('on a small phone nothing lies over the way to add the other lines', async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 600 });
    await openBox(page);
    await pasteAt(page, mismatch('web7.corp.example'));
    await sheet(page).waitFor();
    const strip = page.locator('.chips-bar');
    const add = await strip.getByRole('button', { name: /^\+? ?Add / }).boundingBox();
    const clear = await strip.getByRole('button', { name: 'Clear' }).boundingBox();
    expect(add?.x).toBeLessThan(260);
    expect(clear?.x).toBeGreaterThanOrEqual((add?.x ?? 0) + (add?.width ?? 0));
    await strip.getByRole('button', { name: 'Clear' }).click();
    await expect(box(page)).toBeVisible();
  });

  test('by a drop anywhere on the window, files or text, with a word where to', async ({ page }) => {
    await openBox(page);
    const drop = (files: string[], text = '') =>
      page.evaluate(
        ([names, words]) => {
          const data = new DataTransfer();
          for (const name of names as string[]) data.items.add(new File([words as string], name));
          if ((names as string[]).length === 0) data.setData('text/plain', words as string);
          const foot = document.querySelector('footer') as HTMLElement;
          const send = (type: string) =>
            foot.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
          send('dragenter');
          const over = !send('dragover');
          return new Promise((done) =>
            setTimeout(() => {
              const shown = document.querySelector('.drop-over') !== null;
              const kept = !send('drop');
              done({ over, shown, kept });
            }, 100),
          );
        },
        [files, text] as const,
      );
    expect(await drop(['server.log'], mismatch('web7.corp.example'))).toEqual({ over: true, shown: true, kept: true });
    await expect(sheet(page)).toHaveAttribute('data-problem', 'wrong-password');
    await expect(page.locator('.drop-over')).toHaveCount(0);
    expect(await drop([], refused('db2.corp.example'))).toEqual({ over: true, shown: true, kept: true });
    await expect(rows(page)).toHaveCount(2);
  });

  test('a chip says what it is; its side can be changed, and the missing side is asked for', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, captured('04a-not-in-client-list', '42-plain', ['client.stderr']));
    await expect(chips(page).first()).toContainText(/\d+ lines · 1\d:\d\d:\d\d/);
    const side = chips(page).first().getByRole('combobox', { name: 'Side of pasted' });
    await expect(side.locator('option')).toHaveText(['client', 'server']);
    await expect(side.locator('option:checked')).toHaveText('client');
    await expect(page.getByRole('button', { name: /Add the server's lines of 1\d:\d\d:\d\d/ })).toBeVisible();
    // What a line means comes first, then what the reader says: here only that tells whose file it is.
    await page.getByRole('button', { name: 'Clear' }).click();
    await pasteAt(page, line('ERROR ', '15:18:17', 'msg=<Could not write PID file>, userid=<0>, path=</run/x.pid>'));
    await expect(sheet(page).locator('.terminal h4', { hasText: 'On both sides' })).not.toHaveCount(0);
    await side.selectOption('server');
    await expect(sheet(page).locator('.terminal h4', { hasText: 'On the server' })).not.toHaveCount(0);
    await expect(sheet(page).locator('.terminal h4', { hasText: 'On both sides' })).toHaveCount(0);
  });

  test('Back finds pasted text again, beside the box too, and names the files to choose again', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, mismatch('web7.corp.example'));
    await sheet(page).waitFor();
    await pasteAt(page, refused('db2.corp.example'));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'yule_log', mimeType: 'text/plain', buffer: Buffer.from(mismatch('ns1.corp.example')) });
    await expect(rows(page)).toHaveCount(3);
    await rows(page).filter({ hasText: 'db2' }).click();
    await sheet(page).getByRole('link', { name: 'Read the page' }).click();
    await expect(page).toHaveURL(/not-in-client-list/);
    await page.goBack();
    await expect(rows(page)).toHaveText([/db2/, /web7/]);
    await expect(sheet(page)).toHaveAttribute('data-problem', 'not-in-client-list');
    await expect(page.locator('.undo')).toContainText('yule_log');
  });
});

test.describe('the list', () => {
  test('has what is live first, one is open at a time, and its keys work only while it has the focus', async ({
    page,
  }) => {
    await openBox(page);
    await pasteAt(
      page,
      [
        mismatch('web7.corp.example'),
        letIn('web7.corp.example'),
        refused('db2.corp.example'),
        refused('ns1.corp.example'),
      ].join('\n'),
    );
    await expect(rows(page)).toHaveText([/db2/, /ns1/, /web7.*fixed 15:31:04/]);
    await expect(page.locator('[data-sentence]')).toContainText('2 to fix');
    await expect(page.locator('[data-sentence]')).toContainText('1 fixed since 15:31:04');
    await page.keyboard.press('j');
    await expect(rows(page).first()).toHaveAttribute('aria-current', 'true');
    await rows(page).first().focus();
    await page.keyboard.press('j');
    await expect(rows(page).nth(1)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(rows(page).nth(2)).toHaveAttribute('aria-current', 'true');
    await expect(verdicts(page)).toHaveCount(1);
    await expect(sheet(page)).toHaveClass(/over/);
  });

  test('of a server with many clients shows those in trouble with no click; all are in one table to filter', async ({
    page,
  }) => {
    await openBox(page);
    await page.getByRole('button', { name: 'one server, 26 clients' }).click();
    await expect(rows(page).first()).toBeVisible();
    await page.locator('[data-row="clients"]').click();
    const clients = page.locator('[data-client]');
    await expect(clients).toHaveCount(26);
    await expect(clients.first()).toContainText('To fix');
    await page.getByRole('searchbox', { name: 'Filter by name or problem' }).fill('web0');
    expect(await clients.count()).toBeLessThan(5);
    await page.getByRole('searchbox', { name: 'Filter by name or problem' }).fill('');
    await page.getByRole('button', { name: /^Fixed \d/ }).click();
    await expect(page.locator('[data-client]:not(.client-fixed)')).toHaveCount(0);
    await clients.first().getByRole('button').click();
    await expect(sheet(page)).toHaveAttribute('data-state', 'fixed');
  });

  test('of thousands of clients the table is quick: a part is shown, and the filter finds the others', async ({
    page,
  }) => {
    await openBox(page);
    // Each tries twice: names that come once, within seconds, are one thing that happened.
    const at = (second: number) => new Date(Date.UTC(2026, 10, 23) + second * 1000).toISOString().slice(11, 19);
    const many = Array.from({ length: 6000 }, (_, i) => refused(`host${Math.floor(i / 2)}.corp.example`, at(i * 10)));
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'yule_log', mimeType: 'text/plain', buffer: Buffer.from(many.join('\n')) });
    await page.locator('[data-row="clients"]').click({ timeout: 30_000 });
    await expect(page.locator('[data-client]')).toHaveCount(100);
    await page.getByRole('searchbox', { name: 'Filter by name or problem' }).fill('host2999.');
    await expect(page.locator('[data-client]')).toHaveCount(1);
    // The last of them opens too, though its verdict was not made with the others.
    await page.locator('[data-client]').getByRole('button').click();
    await expect(sheet(page).locator('.verdict-head')).toContainText('host2999.corp.example', { timeout: 30_000 });
  });
});

test.describe('the verdict', () => {
  test('has impact, map, closed counts, and the fix open before the evidence', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, captured('03a-password-never-set', '42-plain', ['client.stderr', 'server.log']));
    const card = sheet(page);
    await expect(card.locator('.impact-row dt')).toHaveCount(4);
    const map = card.getByRole('list', { name: 'The steps of the connection' });
    await expect(map.locator('li')).toHaveCount(6);
    await expect(map.locator('.is-break')).toContainText(/Authentication\s*broke 15:18:17/);
    await expect(map.locator('.is-passed')).toHaveCount(3);
    await expect(map.locator('.is-later')).toHaveCount(2);
    await expect(card.locator('[data-endings]')).not.toHaveAttribute('open');
    await expect(card.locator('[data-endings] summary')).toContainText(/1 found · \d+ ruled out · \d+ not judged/);
    const order = await card.locator('[data-section]').evaluateAll((all) => all.map(({ dataset }) => dataset.section));
    expect(order).toEqual(['fix', 'verify', 'evidence', 'similar']);
    await expect(card.locator('.todo pre').first()).toBeVisible();
    await expect(card.locator('.evidence .e-client')).not.toHaveCount(0);
    await expect(card.locator('.evidence .e-server .e-time').first()).toHaveText('15:18:17');
  });

  test('of several candidates is one table with the line once, and one click opens the fix of one', async ({
    page,
  }) => {
    await openBox(page);
    await pasteAt(page, line('ERROR ', '15:18:17', 'msg=<Session key negotiation failed>'));
    const card = sheet(page);
    await expect(card.locator('.log-line', { hasText: 'Session key negotiation failed' })).toHaveCount(1);
    const candidates = card.locator('[data-candidate]');
    expect(await candidates.count()).toBeGreaterThan(3);
    await expect(card.locator('.todo')).toHaveCount(0);
    await expect(card.locator('.map-lying .is-possible').first()).toBeVisible();
    // Nobody knows at which step it was; and each row says what decides that cause alone.
    await expect(page.locator('.log-broke')).toHaveCount(0);
    const decides = card.locator('[data-candidate="not-in-client-list"] td').nth(2);
    await expect(decides).toContainText('Not in client list');
    await expect(decides).not.toContainText('Session key mismatch');
    // On a phone the possible steps are named below the map, where their names have room.
    await page.setViewportSize({ width: 320, height: 700 });
    await expect(card.locator('.map-names')).toContainText('Connect · Client name · Authentication');
    for (const name of await card.locator('.is-possible .stage-name').all())
      expect((await name.boundingBox())?.width).toBeLessThan(3);
    await page.setViewportSize({ width: 1280, height: 720 });
    await card.locator('[data-candidate="not-in-client-list"]').getByRole('button', { name: /^Fix/ }).click();
    await expect(card.locator('[data-section="fix"] h3')).toContainText('not in the server');
    await expect(card.locator('.todo pre').first()).toBeVisible();
  });
});

test.describe('the fix', () => {
  test('is ticked, filled and chosen once, and remembers it in this tab until the lines are cleared', async ({
    page,
  }) => {
    await openBox(page);
    await pasteAt(page, mismatch('web7.corp.example'));
    const card = sheet(page);
    await card.locator('[data-case="never-set"]').click();
    const field = card.locator('.value', { hasText: 'my_build_folder' }).getByRole('textbox');
    await expect(card.locator('.value', { hasText: 'my_build_folder' })).toContainText(/Needed for step \d/);
    await field.fill("/usr/src/it's here");
    const filled = card.locator('.todo pre', { hasText: 'my_build_folder=' });
    for (const text of await filled.allTextContents())
      expect(text).toContain("my_build_folder='/usr/src/it'\\''s here'");
    const client = card.locator('.value', { hasText: 'my_client' });
    await client.getByRole('textbox').fill('127.0.0.1; reboot');
    await expect(client).toContainText('does not look like');
    await client.getByRole('textbox').fill('web8.corp.example');
    await expect(client).not.toContainText('does not look like');
    await card.locator('.todo input[type=checkbox]').first().check();
    await expect(card.locator('[data-done]')).toContainText(/^1 of \d+ steps done/);
    await page.reload();
    await expect(card.locator('[data-done]')).toContainText(/^1 of \d+ steps done/);
    await expect(card.locator('[data-case="never-set"] input')).toBeChecked();
    await expect(client.getByRole('textbox')).toHaveValue('web8.corp.example');
    await page.getByRole('button', { name: 'Clear' }).click();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('web8');
  });

  test('copies where the clipboard is refused: the text is selected, and the button says so', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
      document.execCommand = () => false;
    });
    await openBox(page);
    await box(page).fill(mismatch('web7.corp.example'));
    const command = sheet(page).locator('.todo .copy-box').first();
    const before = await command.getByRole('button').boundingBox();
    await command.getByRole('button', { name: /^Copy / }).click();
    await expect(command.getByRole('button', { name: /^Selected/ })).toBeVisible();
    expect((await command.getByRole('button').boundingBox())?.width).toBe(before?.width);
    const text = (await command.locator('code').textContent())?.trim();
    expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe(text);
  });

  test('takes the output of a check beside it: a new chip, and a sharper answer', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, captured('04a-not-in-client-list', '42-plain', ['client.stderr']));
    const card = sheet(page);
    await expect(card).not.toHaveAttribute('data-confidence', 'certain');
    const server = captured('04a-not-in-client-list', '42-plain', ['server.log']).split('\n');
    const shown = server.filter((text) => /Invalid|Refused|mismatch/.test(text)).join('\n');
    await card.locator('.asks .slot textarea').first().fill(shown);
    await card.locator('.asks').getByRole('button', { name: 'Add it' }).first().click();
    await expect(card).toHaveAttribute('data-confidence', 'certain');
    await expect(card).toHaveAttribute('data-problem', 'not-in-client-list');
    await expect(chips(page)).toHaveCount(2);
    await expect(page.locator('.source-new')).toHaveCount(1);
  });

  test('is checked again by new lines: the verification is ticked by the line that shows it', async ({ page }) => {
    await openBox(page);
    const files = ['client.stderr', 'server.log'];
    await pasteAt(page, captured('03a-password-never-set', '42-plain', files));
    await expect(sheet(page)).toHaveAttribute('data-state', 'to-fix');
    await expect(sheet(page).locator('.proof')).toHaveCount(0);
    const later = files.map((name) => `after-fix/${name}`);
    await pasteAt(page, captured('03a-password-never-set', '42-plain', later));
    await expect(sheet(page)).toHaveAttribute('data-state', 'fixed');
    await expect(sheet(page).locator('[data-section="verify"] h3')).toContainText(/\d of \d confirmed by your lines/);
    await expect(sheet(page).locator('.proof').first()).toContainText('Shown by');
    await expect(sheet(page).locator('.is-break')).toHaveCount(0);
  });
});

test('asks for the command of an output that came without it, and reads it then', async ({ page }) => {
  await openBox(page);
  const sockets = [
    'State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process',
    'LISTEN 0      128          0.0.0.0:22         0.0.0.0:*    users:(("sshd",pid=711,fd=3))',
    'LISTEN 0      64         127.0.0.1:49777      0.0.0.0:*    users:(("yule",pid=925,fd=3))',
  ];
  await pasteAt(page, sockets.join('\n'));
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['This looks like the output of a check']);
  await expect(verdicts(page)).toHaveCount(0);
  await page.locator('.which button', { hasText: 'ss -ltnp' }).click();
  await expect(sheet(page)).toHaveAttribute('data-problem', 'connection-refused');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  // Lines of other programs are no sentence of somebody who describes something.
  await page.getByRole('button', { name: 'Clear' }).click();
  await pasteAt(page, 'Nov 23 15:18:17 web1 sshd[812]: Accepted publickey for root\nand some more words');
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('No line of samhain or yule found');
});

test('leads on into the wizard at the question that splits the candidates', async ({ page }) => {
  await openBox(page);
  await pasteAt(page, line('ERROR ', '15:18:17', 'msg=<Session key negotiation failed>'));
  await page.locator('[data-carry-on]').click();
  await expect(page).toHaveURL(/\/wizard\/[a-z-]+\//);
  // What the lines have answered is not asked again, and the way back is there.
  const trail = page.getByRole('navigation', { name: 'Your answers so far' });
  await expect(trail).toContainText('From your lines');
  await trail.getByRole('link', { name: 'back to their answer' }).click();
  await expect(sheet(page).locator('[data-candidate]').first()).toBeVisible();
});

test.describe('the first screen', () => {
  test('has the map below the headline, four short answers, and the fix; the reasons are behind them', async ({
    page,
  }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await openBox(page);
    await pasteAt(page, captured('03a-password-never-set', '42-plain', ['client.stderr', 'server.log']));
    const card = sheet(page);
    const top = async (place: string) => (await card.locator(place).first().boundingBox())?.y ?? Number.NaN;
    const begin = (await card.boundingBox())?.y ?? Number.NaN;
    expect(await top('[data-section="fix"]')).toBeLessThan(begin + 650);
    await expect(card.locator('[data-section="fix"] h3').first()).toBeInViewport();
    expect(await top('.map-box')).toBeLessThan(await top('.impact-row'));
    for (const answer of await card.locator('.impact-row dd b').allTextContents())
      expect(answer.length, answer).toBeLessThan(42);
    const reason = card.locator('[data-why] li').first();
    await expect(reason).toBeHidden();
    await card.locator('[data-why] summary').click();
    await expect(reason).toContainText('must be started again');
    // The sentence has the width of the sheet.
    const [wide = 0, whole = 0] = [
      (await card.locator('.verdict-summary').boundingBox())?.width,
      (await card.boundingBox())?.width,
    ];
    expect(wide).toBeGreaterThan(whole * 0.9);
  });

  test('on a phone has headline, sentence and the way to the fix', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openBox(page, '/');
    await pasteAt(page, mismatch('web7.corp.example'));
    await expect(sheet(page).locator('.verdict-summary')).toBeInViewport({ ratio: 1 });
    // The bar stands at the lower edge until its place is reached.
    const fix = sheet(page).getByRole('navigation').getByRole('button', { name: 'Fix' });
    await expect(fix).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await fix.click();
    await expect(sheet(page).locator('[data-section="fix"]')).toBeFocused();
    await expect(sheet(page).locator('[data-section="fix"] h3').first()).toBeInViewport();
  });

  test('is there for text that was filled in, too; what is typed leaves the box alone', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openBox(page);
    await box(page).pressSequentially('msg=<Session key negotiation failed>');
    await sheet(page).waitFor();
    await expect(box(page)).toBeFocused();
    // Filled in at once, as a keyboard's clipboard does it: it has the type of a letter.
    await box(page).fill(mismatch('web7.corp.example'));
    await expect(box(page)).toBeHidden();
    await expect(sheet(page).getByRole('heading', { level: 2 })).toBeInViewport();
  });

  test('is there whatever stands behind the text: a line end, Enter; and for text that was there before the script', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const text = `${mismatch('web7.corp.example')}\n${refused('db2.corp.example')}`;
    const isThere = async () => {
      await expect(box(page)).toBeHidden();
      await expect(sheet(page).getByRole('heading', { level: 2 })).toBeInViewport();
      // The focus went on with it, and not back to the top of the page.
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    };
    await openBox(page);
    // Line by line in one moment, the last ones short.
    await box(page).fill(`${text}\n[Misc]\n[EOF]\n`);
    await isThere();
    await openBox(page);
    await box(page).fill(`${text}\n`);
    await isThere();
    await openBox(page);
    await page.evaluate((words) => navigator.clipboard.writeText(words), text);
    await box(page).focus();
    await page.keyboard.press('ControlOrMeta+V');
    await page.keyboard.press('Enter');
    await isThere();
    const release = await holdScripts(page);
    await page.goto('/diagnose/', { waitUntil: 'commit' });
    await box(page).fill(text);
    release();
    await isThere();
    await page.getByRole('button', { name: 'pasted lines, edit' }).click();
    await expect(box(page)).toHaveValue(text);
    // Edited letter by letter it stays, however the text came into it.
    await box(page).pressSequentially('# a word', { delay: 50 });
    await expect(box(page)).toHaveValue(/# a word/);
    await page.waitForTimeout(1000);
    await expect(box(page)).toBeVisible();
  });

  test('has the focus when what had it goes away', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, mismatch('web7.corp.example'));
    await sheet(page).waitFor();
    await pasteAt(page, refused('db2.corp.example'));
    await expect(chips(page)).toHaveCount(2);
    const take = chips(page)
      .nth(1)
      .getByRole('button', { name: /^remove / });
    await take.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(take).toBeFocused();
    await page.getByRole('button', { name: 'Clear' }).press('Enter');
    await expect(box(page)).toBeFocused();
    await page.getByRole('button', { name: 'wrong password, both logs' }).press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  });
});

test('has what judges loaded before something is pasted', async ({ page }) => {
  for (const address of ['/', '/diagnose/']) {
    const loaded = page.waitForEvent('worker');
    await openBox(page, address);
    if (address === '/') await box(page).focus();
    await loaded;
    await expect(page.locator('[data-summary]')).toHaveCount(0);
  }
});

test.describe('the first thing that is read', () => {
  const first = (page: Page) => page.locator('.wb-sheet h2').first();

  test('of lines of both sides in one paste: the chip says so', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, captured('03a-password-never-set', '42-plain', ['client.stderr', 'server.log']));
    await expect(chips(page).first().getByRole('combobox').locator('option:checked')).toHaveText('both sides');
  });

  test('of reports of the file check is what they are, before what was ruled out', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, captured('13a-healthy-full-session-policy', '42-plain', ['server.log']));
    await expect(first(page)).toHaveText('The file check reports changes');
  });

  test('of a configuration is what its mistake leads to, and no count', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, '[Clients]\n[Misc]\nClient=client1.example.net@0123456789ABCDEF@0123456789ABCDEF\n[EOF]\n');
    await expect(first(page)).toHaveText("Client not in the server's list");
    await expect(page.locator('[data-configuration]')).toContainText('mistake');
  });

  test('of two configurations is the one with a mistake, and the sentence above counts', async ({ page }) => {
    await openBox(page);
    const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await page
      .locator('input[type=file]')
      .setInputFiles([
        file('samhainrc', '[Log]\nLogSeverity=warn\n[Misc]\nSetLogServer=yule.example.net\n[EOF]\n'),
        file('yulerc', '[Misc]\nClient=client1.example.net@0123456789ABCDEF@0123456789ABCDEF\n[Clients]\n[EOF]\n'),
      ]);
    await expect(first(page)).toHaveText("Client not in the server's list");
    await expect(page.locator('[data-configuration]')).toContainText(['yulerc', 'samhainrc']);
    await expect(page.locator('[data-sentence]')).toContainText('1 mistake');
  });

  test('of what is over is that it was, not that it is: nothing says that steps are left', async ({ page }) => {
    await openBox(page);
    await pasteAt(page, `${mismatch('web7.corp.example')}\n${letIn('web7.corp.example')}`);
    await expect(page.locator('.verdict-summary')).toHaveText('It was: Wrong password or verifier.');
    await expect(page.locator('[data-done]')).toHaveCount(0);
  });
});
