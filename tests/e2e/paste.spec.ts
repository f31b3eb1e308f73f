/** The paste box: how text gets in, what the answer says, and that it says no more than the lines do. */
import { Buffer } from 'node:buffer';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { captured, problem } from './support/content.ts';
import {
  box,
  diagnoses,
  expect,
  holdScripts,
  openBox,
  paste,
  put,
  rows,
  summary,
  test,
  verdicts,
} from './support/site.ts';

const mismatch = (client: string) =>
  `CRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`;
const named = (page: Page, id: string) => page.locator(`.verdict[data-problem="${id}"]`);

test.describe('text gets in', () => {
  test('typed, letter by letter', async ({ page }) => {
    await openBox(page);
    await box(page).pressSequentially('Session key negotiation failed');
    await expect(page.locator('[data-candidate="wrong-password"]')).toBeVisible();
    // The box does not move under the hand.
    await expect(box(page)).toBeFocused();
  });

  test('pasted from the clipboard', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openBox(page);
    await page.evaluate((text) => navigator.clipboard.writeText(text), mismatch('web7.corp.example'));
    await box(page).focus();
    await page.keyboard.press('ControlOrMeta+V');
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'wrong-password');
  });

  test('typed before the scripts have loaded', async ({ page }) => {
    const release = await holdScripts(page);
    await page.goto('/diagnose/', { waitUntil: 'commit' });
    await box(page).fill(mismatch('web7.corp.example'));
    await expect(page.locator('.paste[data-ready]')).toHaveCount(0);
    release();
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'wrong-password');
    await expect(box(page)).toHaveValue(mismatch('web7.corp.example'));
  });

  test('chosen files of one name are both read; one that has grown can be chosen again', async ({ page }) => {
    await openBox(page);
    const input = page.locator('.paste input[type="file"]');
    const choose = (text: string) =>
      input.setInputFiles({ name: 'client.log', mimeType: 'text/plain', buffer: Buffer.from(text) });
    await choose(`${mismatch('web7.corp.example')}\n`);
    await choose('hello\n');
    await expect(page.locator('.file-list code')).toHaveText(['client.log', 'client.log (2)']);
    // A browser tells of no change where the same name is chosen, unless the choice before was taken away.
    await expect(input).toHaveValue('');
    await choose(`hello\n${mismatch('web8.corp.example')}\n`);
    await expect(rows(page)).toHaveText([/web7/, /web8/]);
    await expect(page.locator('.file-list code')).toHaveText(['client.log', 'client.log (2)']);
  });

  test('dropped files: one of each side', async ({ page }) => {
    await openBox(page);
    const files = ['client.stderr', 'server.log'].map((name) => ({
      name,
      text: captured('03a-password-never-set', '42-plain', [name]),
    }));
    const dropped = await page.evaluateHandle((all) => {
      const transfer = new DataTransfer();
      for (const { name, text } of all) transfer.items.add(new File([text], name));
      return transfer;
    }, files);
    await box(page).dispatchEvent('drop', { dataTransfer: dropped });
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'wrong-password');
    await expect(page.locator('.evidence')).toContainText('server.log, line');
    await expect(page.locator('.file-list code')).toHaveText(['client.stderr', 'server.log']);

    await page.getByRole('button', { name: 'remove server.log' }).click();
    await expect(verdicts(page).first()).not.toHaveAttribute('data-confidence', 'certain');
    await expect(page.locator('.file-list code')).toHaveText(['client.stderr']);
  });

  test('chosen files, a packed one among them, beside what is in the box', async ({ page }) => {
    await openBox(page);
    await box(page).fill('a note of my own');
    const text = (name: string) => Buffer.from(captured('02a-hosts-deny-yule-all', '42-plain', [name]));
    await page.getByLabel('Choose log files').setInputFiles([
      { name: 'client.stderr', mimeType: 'text/plain', buffer: text('client.stderr') },
      { name: 'yule_log.1.gz', mimeType: 'application/gzip', buffer: gzipSync(text('server.log')) },
    ]);
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'refused-by-libwrap');
    await expect(page.locator('.answer-box')).toContainText('yule_log.1.gz, line');
    await page.getByRole('button', { name: 'Unknown 1' }).click();
    await expect(page.locator('[data-line]')).toHaveText([/a note of my own/]);
  });

  test('a file that cannot be read is named, and what was typed stays', async ({ page }) => {
    await openBox(page);
    await box(page).fill(mismatch('web7.corp.example'));
    const broken = { name: 'broken.gz', mimeType: 'application/gzip', buffer: gzipSync('half of it').subarray(0, 10) };
    await page.getByLabel('Choose log files').setInputFiles([broken]);
    await expect(page.getByRole('alert')).toContainText('Cannot read broken.gz: the archive is truncated or damaged');
    await expect(box(page)).toHaveValue(mismatch('web7.corp.example'));
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'wrong-password');
  });

  test('each example with one click, and Clear takes all away', async ({ page }) => {
    await openBox(page, '/');
    const examples = page.locator('.examples button');
    const clear = () => page.getByRole('button', { name: 'Clear' }).click();
    const first = async (name: string) => {
      await examples.getByText(name, { exact: true }).click();
      return page.locator('.answer-box .verdict').first();
    };
    await expect(await first('wrong password, both logs')).toHaveAttribute('data-problem', 'wrong-password');
    await clear();
    await expect(await first('refused by TCP wrappers, both logs')).toHaveAttribute(
      'data-problem',
      'refused-by-libwrap',
    );
    await clear();
    await expect(await first('nothing wrong')).toContainText('Nothing wrong found');
    await expect(verdicts(page)).toHaveCount(0);
    await clear();
    await expect(await first('refused, the client alone')).toBeVisible();
    await clear();
    await expect(await first('one server, 26 clients')).toBeVisible();
    await expect(page.locator('[data-sentence]')).toContainText(/\d+ to fix/);
    await clear();
    await expect(examples).toHaveCount(5);
    await expect(box(page)).toHaveValue('');
    await expect(page.locator('.answer-box')).toBeEmpty();
  });
});

test.describe('what was pasted', () => {
  test('is there again after Back and after a reload, but not on a fresh visit or in another tab', async ({
    page,
    context,
  }) => {
    await openBox(page);
    await paste(page, mismatch('web7.corp.example'));
    await verdicts(page).first().getByRole('link', { name: 'Read the page' }).click();
    await expect(page).toHaveURL(/\/problems\/wrong-password\//);
    await page.goBack();
    await expect(verdicts(page).first()).toContainText('web7.corp.example');
    await page.reload();
    await expect(verdicts(page).first()).toContainText('web7.corp.example');

    await openBox(page, '/');
    await expect(box(page)).toHaveValue('');
    const other = await context.newPage();
    await openBox(other);
    await expect(box(other)).toHaveValue('');
  });

  test('is gone once the box is cleared', async ({ page }) => {
    await openBox(page);
    await paste(page, mismatch('web7.corp.example'));
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect(page.locator('.answer-box')).toBeEmpty();
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toContain('web7');
    await page.reload();
    await page.locator('.paste[data-ready]').waitFor();
    await expect(box(page)).toHaveValue('');
  });
});

test.describe('the answer', () => {
  test('names the line of the evidence and puts each line into the lane of its side', async ({ page }) => {
    await openBox(page);
    const text = captured('03a-password-never-set', '42-plain', ['client.stderr', 'server.log']);
    const line = text.split('\n').findIndex((l) => l.includes('Session key mismatch')) + 1;
    await paste(page, text);
    await expect(verdicts(page).first()).toHaveAttribute('data-confidence', 'certain');
    const proof = page.locator('.evidence li', { hasText: 'Session key mismatch' });
    await expect(proof).toContainText(`line ${line}`);

    const lane = (of: string) => page.locator(`.evidence .e-cell.e-at-${of}`).first().boundingBox();
    const [client, server] = await Promise.all([lane('client'), lane('server')]);
    if (!client || !server) throw new Error('a lane is not shown');
    expect(client.x + client.width).toBeLessThanOrEqual(server.x);
  });

  test('of a client alone claims no more than its lines say', async ({ page }) => {
    await openBox(page);
    const cases = [
      // Every captured run with PARP was the password.
      { scenario: '03a-password-never-set', first: 'wrong-password', confidence: 'likely', also: [] },
      // INIT without a reset: the name is missing, or its line cannot be read.
      {
        scenario: '04a-not-in-client-list',
        first: 'not-in-client-list',
        confidence: 'likely',
        also: ['client-line-malformed'],
      },
      // INIT after a reset: the wrappers, or any service that closes at once.
      {
        scenario: '02a-hosts-deny-yule-all',
        first: 'refused-by-libwrap',
        confidence: 'likely',
        also: ['not-yule-on-port'],
      },
    ];
    for (const { scenario, first, confidence, also } of cases) {
      await paste(page, captured(scenario, '42-plain', ['client.stderr']));
      const found = await diagnoses(page);
      expect(found[0], scenario).toEqual({ problem: first, confidence, over: false });
      expect(
        found.map((d) => d.confidence),
        scenario,
      ).not.toContain('certain');
      expect(
        found.map((d) => d.problem),
        scenario,
      ).toEqual(expect.arrayContaining(also));
      await expect(page.locator('.asks li').first(), 'what decides').toBeVisible();
    }
  });

  test('of "Session key negotiation failed" alone is a short list, what decides, and one click to its question', async ({
    page,
  }) => {
    await openBox(page);
    await paste(page, 'ERROR  :  [2026-11-23T15:18:17+0000] msg=<Session key negotiation failed>');
    const found = await diagnoses(page);
    expect(found.length).toBeGreaterThanOrEqual(4);
    expect([...new Set(found.map((d) => d.confidence))]).toEqual(['possible']);
    const wanted = ['wrong-password', 'not-in-client-list', 'refused-by-libwrap'];
    expect(found.map((d) => d.problem)).toEqual(expect.arrayContaining(wanted));

    await expect(page.locator('.asks')).toContainText('on the server');
    await expect(page.locator('.verdict.undecided')).toContainText(`These lines fit ${found.length} problems`);
    await page.locator('[data-carry-on]').click();
    await expect(page).toHaveURL(/\/wizard\/[a-z-]+\/\?t=lines:given/);
    const links = await page.locator('.answers a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    expect(new Set(links).size).toBeGreaterThanOrEqual(3);
  });

  test('of bare words says "if this is samhain\'s", and shows no command that changes anything', async ({ page }) => {
    await openBox(page);
    await paste(page, 'Invalid connection attempt: Session key mismatch');
    const card = named(page, 'wrong-password');
    await expect(card).toHaveAttribute('data-confidence', 'possible');
    await expect(card.locator('.verdict-head')).toContainText("if this is samhain's");
    await expect(card.locator('.asks')).toContainText('Paste the whole record');
    await expect(card.locator('pre').filter({ hasText: /kill|samhain st|\bmv / })).toHaveCount(0);
    await paste(page, 'Session key negotiation failed');
    await expect(page.locator('.verdict.undecided')).toContainText("If this is samhain's, it fits");
  });

  test('of words that every program prints is the page of the message, and no diagnosis', async ({ page }) => {
    await openBox(page);
    await paste(page, 'db_1  | Address already in use\nError: dump.tar (checksum mismatch)');
    const alike = page.locator('.verdict.nothing [data-alike]');
    await expect(alike.getByRole('link')).toHaveCount(2);
    await expect(alike.getByRole('link').first()).toHaveAttribute('href', '/messages/msg-exit-aborts/address-in-use/');
    await expect(verdicts(page)).toHaveCount(0);
  });

  test('of a fault that was mended later says that it is over, and when', async ({ page }) => {
    await openBox(page);
    const files = ['client.stderr', 'server.log'];
    const fault = captured('03a-password-never-set', '42-plain', files);
    const later = captured(
      '03a-password-never-set',
      '42-plain',
      files.map((name) => `after-fix/${name}`),
    );
    await paste(page, `${fault}\n${later}`);
    const card = named(page, 'wrong-password');
    await expect(card.getByRole('heading', { level: 2 })).toContainText('Fixed since 15:18:1');
    await expect(card.locator('details[data-section="fix"]')).not.toHaveAttribute('open');
    expect((await diagnoses(page)).filter((d) => !d.over)).toEqual([]);
  });

  test('of a working session is quiet: what looks bad is excused, what the file check reports is left to a person', async ({
    page,
  }) => {
    await openBox(page);
    await paste(page, captured('06n-rc-host-specific-healthy'));
    await expect(page.locator('.answer-box .verdict').first()).toContainText('Nothing wrong found');
    await expect(verdicts(page)).toHaveCount(0);
    await paste(page, captured('13a-healthy-full-session-policy'));
    await expect(page.locator('.answer-box .verdict').first()).toContainText('The file check reports changes');
    await expect(verdicts(page)).toHaveCount(0);
    // One file for all clients: the server looks for the client's own first, and warns that there is none.
    await paste(page, captured('09c-server-restarted-client-running'));
    await expect(page.getByText('Looks alarming, but is normal')).toBeVisible();
  });

  test('of lines that nobody knows leads to the nearest messages, the search and the questions', async ({ page }) => {
    await openBox(page);
    await paste(page, '[12] the connexion attempt was invalid: session key mismatched somehow');
    const nothing = page.locator('.verdict.nothing');
    await expect(nothing.getByRole('link', { name: /Session key mismatch/ })).toHaveAttribute('href', /^\/messages\//);
    await expect(nothing.getByRole('link', { name: 'answer a few questions' })).toHaveAttribute(
      'href',
      '/wizard/start/',
    );
    await nothing.getByRole('link', { name: 'Search all pages' }).click();
    await expect(page.getByRole('dialog', { name: 'Search' })).toBeVisible();
  });

  test('names no nearest message twice, where several have the same words', async ({ page }) => {
    await openBox(page);
    await paste(
      page,
      'Nov 23 15:18:51 db2 kernel: foo bar connection lost\nsshd[123]: Accepted publickey for root\nsome text I have no idea about',
    );
    const titles = await page.locator('.verdict.nothing li a').allTextContents();
    expect(titles.length).toBeGreaterThan(2);
    expect(titles).toEqual([...new Set(titles)]);
  });

  test('fills the values of the lines into the commands, quoted for the shell', async ({ page }) => {
    await openBox(page);
    await paste(page, mismatch('web7.corp.example'));
    await page.locator('[data-case="cut-line"]').click();
    const commands = page.locator('.todo pre');
    const filled = commands.filter({ hasText: 'printf' }).first();
    await expect(filled).toContainText('web7.corp.example');
    await expect(filled).not.toContainText('client1.example.net');
    await expect(page.locator('.todo .copy')).toHaveCount(await commands.count());

    for (const evil of ["web'; reboot #", '$(reboot)', '`reboot`', 'a b&&reboot']) {
      await paste(page, mismatch(evil));
      await page.locator('[data-case="cut-line"]').click();
      // No name of a host: the place is left open, and the command stops.
      await expect(filled).toContainText("my_client=''");
      await expect(filled).not.toContainText('reboot');
    }
  });

  test('leaves a path of the log out of a command that changes something, until the reader takes it over', async ({
    page,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await openBox(page);
    await paste(
      page,
      'Nov 23 15:18:17 web7 Samhain[12]: ERROR  :  [2026-11-23T15:18:17+0000] msg=<Could not write PID file>, userid=<0>, path=</srv/odd place/y.pid>',
    );
    const card = named(page, 'pid-file').first();
    await expect(card.locator('pre', { hasText: 'namei' }).first()).toContainText("my_pidfile='/srv/odd place/y.pid'");
    await card.locator('[data-case="no-directory"]').click();
    const step = card.locator('.todo > li', { hasText: 'mkdir' }).first();
    await expect(step).toContainText('changes something');
    await expect(step.locator('pre')).toContainText("my_pidfile=''");
    await expect(step.locator('pre')).not.toContainText('odd place');
    await expect(card.locator('.values')).toContainText('/srv/odd place/y.pid');
    await card.getByRole('button', { name: 'use it in my_pidfile' }).click();
    await step.getByRole('button', { name: 'Copy' }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')[0]).toBe("my_pidfile='/srv/odd place/y.pid'");
    expect(copied).toBe((await step.locator('pre').textContent())?.trim());
  });

  test('takes from several clients each its own diagnosis', async ({ page }) => {
    await openBox(page);
    await paste(page, [mismatch('web7.corp.example'), mismatch('db2.corp.example')].join('\n'));
    await expect(rows(page)).toHaveCount(2);
    for (const client of ['web7.corp.example', 'db2.corp.example']) {
      await rows(page)
        .filter({ hasText: client.split('.')[0] ?? '' })
        .click();
      const card = named(page, 'wrong-password');
      await expect(card.locator('.verdict-head')).toContainText(client);
      await expect(card.locator('pre', { hasText: 'my_client' }).first()).toContainText(`my_client='${client}'`);
    }
  });

  test('is not overtaken by the answer to what stood there before', async ({ page }) => {
    await openBox(page);
    // Two megabytes take a while, for which the box has given way; it is cleared and filled anew meanwhile.
    await put(page, `${mismatch('web7.corp.example')}\n`.repeat(18_000));
    await expect(box(page)).toBeHidden();
    await page.getByRole('button', { name: 'Clear' }).click();
    await box(page).fill(captured('02a-hosts-deny-yule-all', '42-plain', ['client.stderr']));
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'refused-by-libwrap');
    await page.waitForTimeout(1500);
    await expect(named(page, 'wrong-password')).toHaveCount(0);
    await expect(summary(page)).toContainText(/^\d lines read/);
  });

  test('without scripts says what it needs and where to go instead', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto('/diagnose/');
    await expect(box(page)).toBeHidden();
    const note = page.locator('noscript p');
    await expect(note).toBeVisible();
    await expect(note).toContainText('needs JavaScript');
    await note.locator('a', { hasText: 'the list of all messages' }).click();
    // Folded by topic; a fold opens without a script.
    const words = { hasText: /Session key mismatch/ };
    const fold = page.locator('details.fold', { has: page.locator('a', words) }).first();
    await fold.locator('summary').click();
    await expect(fold.locator('a', words).first()).toBeVisible();
    await context.close();
  });
});

test.describe('no false all-clear:', () => {
  const good = 'MARK   :  [2026-11-23T15:00:00+0000] msg=<File check starting.>\n';
  const changed = 'CRIT   :  [2026-11-23T15:00:31+0000] msg=<POLICY [ReadOnly] C-------TS>, path=</usr/sbin/sshd>\n';
  const answer = (page: Page) => page.locator('.answer-box');
  const kind = (name: string) => readFileSync(new URL(`../wild-kinds/${name}.log`, import.meta.url), 'utf8');
  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.getByLabel('Choose log files').setInputFiles([{ name, mimeType: 'application/octet-stream', buffer }]);

  test('an unknown record, an empty file and another log are nothing, and said to be', async ({ page }) => {
    await openBox(page);
    await paste(page, 'INFO   : [2026-01-01T00:00:00+0000] msg=<user logged in>, user=<bob>');
    await expect(answer(page)).toContainText('No line of samhain or yule found');
    await expect(answer(page)).toContainText('match none of its messages');
    await expect(answer(page)).not.toContainText('Nothing wrong');
    await put(page, '');
    await expect(summary(page)).toHaveCount(0);
    await choose(page, 'empty.log', Buffer.alloc(0));
    await expect(answer(page)).toContainText('It is empty.');
    await expect(answer(page)).not.toContainText('Nothing wrong');
  });

  test('a long log is read as a whole; of a long text of another kind the end is, and a fault before it is not denied', async ({
    page,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'large-'));
    const long = `INFO   :  [2026-11-23T15:00:00+0000] msg=<Checking>, path=</srv/${'x'.repeat(8000)}>\n`.repeat(6000);
    const other = `Nov 23 15:20:33 web1 sshd[812]: ${'x'.repeat(8000)}\n`.repeat(6000);
    const fault = mismatch('web7.corp.example');
    const files = Object.entries({
      first: `${fault}\n${long}`,
      last: `${long}${fault}\n`,
      other: `${fault}\n${other}`,
    }).map(([name, text]) => {
      const path = join(folder, `${name}.log`);
      writeFileSync(path, text);
      return path;
    });
    const [first = '', last = '', foreign = ''] = files;

    await openBox(page);
    const input = page.getByLabel('Choose log files');
    for (const [path, place] of [
      [first, 'first.log, line 1'],
      [last, 'last.log, line 6001'],
    ] as const) {
      await input.setInputFiles([path]);
      await expect(named(page, 'wrong-password')).toContainText(place);
      await expect(named(page, 'wrong-password').locator('.evidence')).toContainText('Session key mismatch');
      await expect(summary(page)).toContainText('6,001 lines read');
      await expect(page.locator('[data-not-read]')).toHaveCount(0);
      await page.getByRole('button', { name: 'Clear' }).click();
    }

    await input.setInputFiles([foreign]);
    await expect(answer(page).locator('.verdict')).toContainText('no line of samhain or yule');
    await expect(page.locator('[data-not-read]')).toContainText('other.log is 46 MB long: only its end was read');
    await expect(verdicts(page)).toHaveCount(0);
    await expect(answer(page)).not.toContainText('Nothing wrong');
    rmSync(folder, { recursive: true });
  });

  test('a reading that takes long says how far it is, and can be ended: what was read stays', async ({ page }) => {
    test.setTimeout(120_000);
    const folder = mkdtempSync(join(tmpdir(), 'large-'));
    const path = join(folder, 'week.log');
    const part = `${mismatch('web7.corp.example')}\n${`${'x'.repeat(8000)}\n`.repeat(500)}`;
    writeFileSync(path, part);
    for (let i = 0; i < 79; i++) appendFileSync(path, part);

    await openBox(page);
    await page.getByLabel('Choose log files').setInputFiles([path]);
    const progress = page.locator('[data-progress]');
    await expect(progress).toContainText(/\d+ of 30\d MB/);
    await progress.getByRole('button').click();
    await expect(page.locator('[data-not-read]')).toContainText(/You stopped reading week\.log at \d+ MB of 30\d MB/);
    await expect(progress).toHaveCount(0);
    rmSync(folder, { recursive: true });
  });

  test('a cut archive is a part, and so is what cannot be read beside what can', async ({ page }) => {
    await openBox(page);
    const checked = Array.from(
      { length: 20_000 },
      (_, i) => `INFO   :  [2026-11-23T15:00:00+0000] msg=<Checking>, path=</srv/${Math.sin(i)}>\n`,
    );
    const text = checked.join('') + changed;
    await choose(page, 'cut.gz', gzipSync(text).subarray(0, -2));
    await expect(answer(page)).toContainText('No fault in the part that was read');
    await expect(page.locator('[data-not-read]')).toContainText('cut.gz could be unpacked only in part');
    // All that came out counts, up to the last line.
    await expect(summary(page)).toContainText('20,001 lines read');
    await expect(page.locator('[data-reports]')).toContainText('/usr/sbin/sshd');

    await page.getByRole('button', { name: 'Clear' }).click();
    await put(page, good);
    await expect(answer(page)).toContainText('Nothing wrong found');
    await choose(page, 'broken.gz', gzipSync('half of it').subarray(0, 10));
    await expect(answer(page)).toContainText('No fault in the part that was read');
    await page.getByRole('button', { name: 'remove broken.gz' }).click();
    await expect(answer(page)).toContainText('Nothing wrong found');
  });

  test('a small archive that unpacks to very much does not end the page', async ({ page }) => {
    await openBox(page);
    await choose(page, 'newlines.gz', gzipSync(Buffer.alloc(80 * 1024 * 1024, '\n')));
    await expect(page.locator('[data-not-read]')).toContainText('newlines.gz is 80 MB long', { timeout: 30_000 });
    await expect(answer(page)).toContainText('no line of samhain or yule');
  });

  test('a changed file is named beside an error, a diagnosis, and alone', async ({ page }) => {
    await openBox(page);
    const reports = page.locator('[data-reports]');
    await paste(page, kind('reports-beside-module-error'));
    await expect(answer(page).locator('.verdict').first()).toContainText('An error, but no known problem');
    await expect(reports).toContainText('/usr/sbin/sshd');
    await paste(page, `${mismatch('web7.corp.example')}\n${changed}`);
    await expect(named(page, 'wrong-password')).toBeVisible();
    await expect(reports).toContainText('/usr/sbin/sshd');
    await paste(page, changed);
    await expect(reports).toContainText('/usr/sbin/sshd');
    await expect(reports).toHaveClass(/verdict/);
  });

  test('a second init, and the explanation that it leads to, are a broken baseline', async ({ page }) => {
    await openBox(page);
    for (const [name, words] of [
      ['second-init-start', 'appended the new one to it'],
      ['second-init-then-check', 'it is the local baseline'],
      ['block-alone-version', 'it is the local baseline'],
    ] as const) {
      await paste(page, kind(name));
      await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'bad-database');
      await expect(verdicts(page).first().locator('.evidence')).toContainText(words);
    }
  });
});

test('a page of a problem shows its captured lines in both lanes', async ({ page }) => {
  await page.goto('/problems/wrong-password/');
  const lanes = page.locator('.seen .lanes').first();
  await expect(lanes.getByLabel('Lines of the client')).toContainText('expect=<PARP>');
  await expect(lanes.getByLabel('Lines of the server')).toContainText('Session key mismatch');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(problem('wrong-password').title);
});
