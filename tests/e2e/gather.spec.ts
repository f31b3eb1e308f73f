// The page of the gather blocks, with and without a script, and what the paste box says of their output.
import { expect, openBox, paste, test } from './support/site.ts';

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });

  test('both blocks and what they run are there', async ({ page }) => {
    await page.goto('/gather/');
    await expect(page.locator('.gather-sides pre')).toHaveCount(2);
    for (const side of ['client', 'server']) {
      await expect(page.locator(`.lane-${side} pre`)).toContainText(`say "== samhain-gather 2 ${side} end =="`);
      await expect(page.locator(`#${side}-parts`)).toBeVisible();
    }
    await expect(page.locator('.gather-parts tbody tr').first()).toBeVisible();
  });
});

test('the blocks follow the setup; one that a system lacks says why', async ({ page }) => {
  await page.goto('/gather/?setup=freebsd');
  await expect(page.locator('.lane-server pre')).toContainText('CONF=/usr/local/etc/yulerc');
  // A client of the ports has no configuration of its own: the block stays, with an empty name.
  await expect(page.locator('.lane-client pre')).toContainText('CONF= LOG=');
  await page.goto('/gather/?setup=debian');
  await expect(page.locator('.lane-server pre')).toBeHidden();
  await expect(page.locator('.lane-server .no-command')).toContainText('stand-alone');
});

test('an output is named with what it says, and the next check is asked for', async ({ page }) => {
  await openBox(page);
  await paste(
    page,
    'ERROR  :  [2026-11-23T03:10:20+0000] msg=<Session key negotiation failed>\nroot@yule:~# ss -ltnp\nLISTEN 0 64 0.0.0.0:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))\nroot@yule:~# ',
  );
  await expect(page.locator('[data-check="server.listening-all"]')).toContainText('Rules out');
  await expect(page.locator('[data-next-check] pre')).not.toBeEmpty();
  await expect(page.locator('[data-next-check] a[href$="/gather/#client"]')).toBeVisible();
});

test('evidence out of a long part of a block is the line that decides, not the first that are there', async ({
  page,
}) => {
  await openBox(page);
  const clients = Array.from(
    { length: 20 },
    (_, i) => `${i + 17}: Client=web${i} fields=3 salt=16 verifier=256 in [Clients]`,
  );
  await paste(
    page,
    [
      'CRIT   :  [2026-11-27T03:14:23+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<client1.example.net>',
      '== samhain-gather 2 server config ==',
      '-rw------- 1 yule yule 451 Nov 27 03:14 /etc/yulerc',
      '3: [Log]',
      '4: MailSeverity=none',
      '5: LogSeverity=info',
      '16: [Clients]',
      ...clients,
      '40: Client=client1.example.net fields=3 salt=16 verifier=216 in [Clients]',
      '== samhain-gather 2 server end ==',
    ].join('\n'),
  );
  const proof = page.locator('.evidence .e-cell', { hasText: 'The salt or the verifier is incomplete' });
  await expect(proof.locator('pre')).toHaveText(
    /== samhain-gather 2 server config ==\n40: Client=client1\.example\.net .*verifier=216/,
  );
  await expect(proof.locator('pre')).not.toContainText('MailSeverity');
});

test('a long output is answered on a page that has read nothing yet', async ({ page }) => {
  await page.goto('/gather/');
  // The browser tells of each line that is put in: as many questions wait for what answers them, and the last one counts.
  const lines = Array.from({ length: 150 }, (_, i) => `line ${i}`).join('\n');
  await page
    .getByLabel("Paste the server's output here")
    .fill(
      `== samhain-gather 2 server host ==\n${lines}\n== samhain-gather 2 server listening ==\nLISTEN 0 64 127.0.0.1:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))\n== samhain-gather 2 server end ==`,
    );
  await expect(page.locator('.lane-server [data-said="proves"]')).toContainText('only for its own host');
});

test('an output pasted on the page goes on beside what the box has, and says at once how much of it arrived', async ({
  page,
}) => {
  const output = (side: string, ...lines: string[]) =>
    [`== samhain-gather 2 ${side} host ==`, 'user root', ...lines, `== samhain-gather 2 ${side} end ==`].join('\n');
  const server = output(
    'server',
    '== samhain-gather 2 server listening ==',
    'LISTEN 0 64 127.0.0.1:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))',
  );
  await openBox(page);
  await paste(
    page,
    'ERROR  :  [2026-11-23T03:10:20+0000] msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>',
  );
  await page.goto('/gather/');
  const on = page.locator('[data-gather-read] a');
  await expect(on).toBeHidden();
  const slot = (side: string) => page.getByLabel(`Paste the ${side}'s output here`);
  await slot('client').fill(server);
  await expect(page.locator('.lane-client [data-gather-got]')).toContainText("server's output");
  await slot('client').fill('');
  await expect(on).toBeHidden();
  await slot('client').fill(output('client').replace(/.*end ==$/, ''));
  await expect(page.locator('.lane-client [data-gather-got]')).toContainText('The end is missing');
  await slot('server').fill(server);
  await expect(page.locator('.lane-server [data-gather-got]')).toContainText(/Received 2 of \d+ parts\.$/);
  // It is answered in place: what it says below its slot, and what it decides below both.
  await expect(page.locator('.lane-server [data-said="proves"]')).toContainText('only for its own host');
  await expect(page.locator('.lane-client [data-gather-said]')).toBeEmpty();
  await expect(page.locator('[data-gather-answer]')).toContainText('To fix');
  await expect(page.locator('[data-gather-answer]')).toContainText('ruled out');
  await expect(on).toHaveText('Open the fix');
  await on.click();
  await expect(page.locator('[data-check="server.listening"]')).toContainText('127.0.0.1');
  await expect(page.getByText("server's output").first()).toBeVisible();
  // What was in the box before is still read.
  await expect(page.locator('[data-problem="connection-refused"]').first()).toBeVisible();
  // Taken once.
  await page.goto('/diagnose/');
  await expect(page.getByText("server's output")).toHaveCount(0);
});

test('an output pasted at the check that is asked for is answered there', async ({ page }) => {
  await openBox(page);
  await paste(page, 'ERROR  :  [2026-11-23T03:10:20+0000] msg=<Session key negotiation failed>');
  const slot = page.locator('[data-next-check]');
  await slot.getByRole('button', { name: 'Paste the output here' }).click();
  await slot.locator('textarea').fill('something that this command never prints');
  await slot.getByRole('button', { name: 'Add it' }).click();
  await expect(slot.locator('[data-slot-said]')).toContainText('Not recognized');
  await expect(slot).toBeInViewport();
});
