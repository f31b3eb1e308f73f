/** No page breaks its own Content-Security-Policy, and nothing that is pasted, asked or searched for leaves the machine. */
import { captured } from './support/content.ts';
import { allPages, box, expect, kinds, openBox, paste, test, verdicts, watch } from './support/site.ts';

// Recording hundreds of pages costs more than looking at them.
test.use({ trace: 'off' });

const parts = 2;
/**
 * Of the hundreds of pages of messages and texts, which one template makes, every eighth; all of them with ALL_PAGES=1, as
 * the audit has it. What the policy says on each page is checked by test:site.
 */
const wanted = (address: string, i: number) =>
  process.env.ALL_PAGES || !address.startsWith('/messages/') || i % 8 === 0;

for (let part = 0; part < parts; part++) {
  test(`every page loads without a violation or an error, part ${part + 1} of ${parts}`, async ({ browser }) => {
    test.setTimeout(180_000);
    const context = await browser.newContext();
    const seen = await watch(context);
    const page = await context.newPage();
    const mine = allPages()
      .filter(wanted)
      .filter((_, i) => i % parts === part);
    expect(mine.length).toBeGreaterThan(60);
    for (const address of mine) {
      const answer = await page.goto(address, { waitUntil: 'load' });
      expect.soft(answer?.status(), address).toBe(200);
    }
    expect(seen.faults).toEqual([]);
    expect(seen.requests.length).toBeGreaterThan(mine.length);
    await context.close();
  });
}

test('the policy is strict, stands on every kind of page, and is kept by the browser', async ({ page, context }) => {
  const seen = await watch(context);
  for (const address of Object.values(kinds)) {
    await page.goto(address);
    const policy = (await page.locator('meta[http-equiv="content-security-policy" i]').getAttribute('content')) ?? '';
    expect(policy, address).toContain("default-src 'none'");
    expect(policy, address).toContain("connect-src 'self'");
    expect(policy, address).toContain("require-trusted-types-for 'script';trusted-types own-scripts own-markup");
    expect(policy, address).not.toMatch(/'unsafe-inline'|'unsafe-eval'|https?:|\*/);
  }
  seen.faults.length = 0;
  // The watch itself works: what a page must not do is refused, and noticed.
  await page.goto('/diagnose/');
  await page.evaluate(async () => {
    await fetch('https://elsewhere.example/').catch(() => undefined);
    const script = document.createElement('script');
    try {
      script.textContent = 'document.title = "ran"';
    } catch {
      // Where the browser has Trusted Types, no text becomes a script; elsewhere it is refused when it is to run.
    }
    document.head.append(script);
  });
  await expect.poll(() => seen.faults.filter((fault) => fault.startsWith('CSP: ')).length).toBeGreaterThanOrEqual(2);
  await expect(page).not.toHaveTitle('ran');
});

test('a session that pastes, asks and searches talks to the site alone, and never of the text', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext();
  const seen = await watch(context);
  const page = await context.newPage();
  const secret = 'host-9f3c27.corp.example';
  const text = captured('03a-password-never-set').replaceAll('client1.example.net', secret);

  await openBox(page, '/');
  await paste(page, text);
  await expect(verdicts(page).first()).toContainText(secret);
  await verdicts(page).first().getByRole('link', { name: 'Read the page' }).click();
  await page.getByRole('heading', { name: 'Fix it' }).waitFor();

  await openBox(page);
  await page
    .getByLabel('Choose log files')
    .setInputFiles({ name: `${secret}.log`, mimeType: 'text/plain', buffer: Buffer.from(text) });
  await expect(verdicts(page).first()).toContainText(secret);

  await page.keyboard.press('Control+K');
  const field = page.getByRole('dialog', { name: 'Search' }).getByRole('searchbox');
  await field.fill(`CRIT : msg=<Session key mismatch>, client=<${secret}>`);
  await page.getByRole('link', { name: 'Diagnose it' }).click();
  await expect(box(page)).toHaveValue(new RegExp(secret));

  await page.goto('/wizard/');
  await page.locator('a[data-answer="start:session-key"]').click();
  await page.goto('/search/');
  await page.getByRole('searchbox', { name: 'Search all pages' }).fill(`password ${secret}`);
  await page.getByText(/pages? found|Nothing found/).waitFor();

  expect(seen.requests.length).toBeGreaterThan(10);
  const origin = new URL(baseURL ?? '').origin;
  expect(
    seen.requests.filter(({ url }) => new URL(url).origin !== origin && !url.startsWith('blob:')).map(({ url }) => url),
  ).toEqual([]);
  // Neither in an address nor in a header nor in a body, plain or encoded.
  const leaks = seen.requests.filter(
    ({ sent }) => sent.includes('9f3c27') || sent.includes('Session%20key%20mismatch'),
  );
  expect(leaks).toEqual([]);
  expect(page.url()).not.toContain('9f3c27');
  expect(seen.faults).toEqual([]);
  // The box is kept for Back in this tab alone; nothing of it outlives the tab.
  const kept = await page.evaluate(async () => [
    JSON.stringify({ ...localStorage }),
    document.cookie,
    JSON.stringify(await indexedDB.databases()),
    JSON.stringify(await caches.keys()),
  ]);
  expect(kept.join()).not.toContain('9f3c27');
  expect(kept).toEqual(['{}', '', '[]', '[]']);
  await context.close();
});
