/** Whatever is pasted is shown as text: it adds no element of its own, runs nothing, asks nobody, and the page stays quick. */
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { box, expect, openBox, paste, put, summary, test, verdicts, type Watch, watch } from './support/site.ts';

const mismatch = (client: string) =>
  `CRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`;

/** Markup and addresses, as a stranger could send them in a name. */
const markup = [
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '<a href="javascript:alert(1)">click</a>',
  "javascript:alert('1')",
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<base href="https://evil.example/"><form action="https://evil.example/"><input name=x>',
  '</textarea><style>*{display:none}</style>',
  '&lt;img src=x onerror=alert(1)&gt;',
  '[click](javascript:alert(1))',
  `\${alert(1)} {{alert(1)}} {client}`,
];

/** Elements that only a stranger's markup could have brought, and addresses that run. */
async function foreign(page: Page): Promise<string[]> {
  return page.locator('.paste').evaluate((place) =>
    [...place.querySelectorAll('*')]
      .filter(
        (node) =>
          (/^(?:img|script|iframe|svg|base|form|object|embed|link|meta|style|video|audio)$/i.test(node.tagName) &&
            // The marks of a state are ours: shapes that are hidden from readers, and nothing else.
            !(
              node.matches('svg[aria-hidden="true"]') &&
              [...node.querySelectorAll('*')].every((one) => /^(?:path|circle|rect|line|g)$/.test(one.tagName))
            )) ||
          /^\s*(?:javascript|data|https?):/i.test(node.getAttribute('href') ?? '') ||
          node.getAttributeNames().some((name) => name.startsWith('on') || name === 'srcdoc'),
      )
      .map((node) => node.outerHTML.slice(0, 200)),
  );
}

const asked = (seen: Watch) =>
  seen.requests.map(({ url }) => url).filter((url) => !/\/_astro\/[\w.-]+\.(?:js|css)$/.test(url));

test('markup in lines, names and notes stays text', async ({ page, context }) => {
  const seen = await watch(context);
  await openBox(page);
  expect(await foreign(page)).toEqual([]);
  const requests = asked(seen).length;
  for (const evil of markup) {
    const xml = `<log sev="CRIT" tstamp="2026-11-23T15:18:17+0000" msg="Invalid connection attempt: Not in client list" host="${evil}"  >`;
    // As a name in a record, in the XML form, as a reason nobody knows, as a path, and with no record around it.
    const text = [
      mismatch(evil),
      xml,
      `CRIT   :  [2026-11-23T15:18:18+0000] msg=<Invalid connection attempt: ${evil}>, client=<${evil}>`,
      `ERROR  :  [2026-11-23T15:18:19+0000] msg=<File not accessible>, userid=<65534>, path=<${evil}>`,
      evil,
    ].join('\n');
    await paste(page, text);
    await expect(verdicts(page).first()).toBeVisible();
    expect(await foreign(page), evil).toEqual([]);
  }
  expect(seen.faults).toEqual([]);
  expect(asked(seen).length).toBe(requests);
  await expect(page).toHaveURL(/\/diagnose\/$/);
});

test('a forged record inside a name is no evidence for the machine it names', async ({ page, context }) => {
  const seen = await watch(context);
  await openBox(page);
  const real = captured('04a-not-in-client-list', '42-plain', ['server.log']);
  // The name holds a line break and a whole record that blames another client.
  const line =
    'CRIT   :  [2026-11-23T15:18:51+0000] msg=<Invalid connection attempt: Not in client list>, client=<evil';
  const forged = `${line}\n${mismatch('db2.corp.example')}>\n0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF[2026-11-23T15:18:51+0000]\n`;
  await paste(page, `${real}\n${forged}`);
  const blamed = page.locator('[data-problem="wrong-password"]').filter({ hasText: 'client db2.corp.example' });
  const certain = await blamed.evaluateAll(
    (cards) => cards.filter((c) => c.dataset.confidence === 'certain' && !/forged/.test(c.textContent ?? '')).length,
  );
  expect(certain, 'a forged record is marked, or blames nobody').toBe(0);
  expect(seen.faults).toEqual([]);
});

/** Frames that the page could not draw in time while it was busy: the longest gap between two, in milliseconds. */
async function longestGap(page: Page, work: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const state = window as unknown as { gap: number; stop: boolean };
    state.gap = 0;
    state.stop = false;
    let last = performance.now();
    const beat = () => {
      const now = performance.now();
      state.gap = Math.max(state.gap, now - last);
      last = now;
      if (!state.stop) setTimeout(beat, 20);
    };
    beat();
  });
  await work();
  return page.evaluate(() => {
    const state = window as unknown as { gap: number; stop: boolean };
    state.stop = true;
    return state.gap;
  });
}

test('five megabytes in one line, and NUL bytes, are answered while the page stays usable', async ({
  page,
  context,
}) => {
  const seen = await watch(context);
  await openBox(page);
  const mega = 1024 * 1024;
  const texts = {
    'one line of 5 MB': 'A'.repeat(5 * mega),
    'one name of 5 MB': mismatch('a.'.repeat(2.5 * mega)),
    'fields without end': `CRIT : msg=<${'x=<'.repeat(mega / 2)}`,
    'opened markup': '<log sev="'.repeat(mega / 10),
    'NUL bytes': `\0\0${mismatch('web\0.example')}\0\n\0${'\0'.repeat(mega)}`,
    'lines of nothing': '\n'.repeat(mega / 2),
  };
  // Given as files: the box itself is the browser's, and slow with such a line.
  for (const [name, text] of Object.entries(texts)) {
    await put(page, '');
    await expect(summary(page)).toHaveCount(0);
    const gap = await longestGap(page, async () => {
      await page.locator('input[type=file]').evaluate(
        (field, [file, body]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([body ?? ''], file ?? ''));
          (field as HTMLInputElement).files = transfer.files;
          field.dispatchEvent(new Event('change', { bubbles: true }));
        },
        [`${name}.log`, text],
      );
      await summary(page).waitFor({ timeout: 20_000 });
    });
    expect.soft(gap, `${name}: the page answers`).toBeLessThan(1500);
    // The answer is a page that can be read, not the input again.
    expect((await page.locator('.answer-box').innerText()).length, name).toBeLessThan(60_000);
    await page.getByRole('button', { name: 'Clear' }).click();
  }
  await box(page).fill(mismatch('web7.corp.example'));
  await expect(verdicts(page).first()).toHaveAttribute('data-problem', 'wrong-password');
  expect(seen.faults).toEqual([]);
});

test.describe('an engine that is slow, fails or does not start', () => {
  /** Puts a script before the engine's own, in each worker that starts. */
  async function workersBeginWith(page: Page, script: string): Promise<() => number> {
    let started = 0;
    await page.route(/\/worker[^/]*\.js$/, async (route) => {
      started += 1;
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: `${script}\n${await answer.text()}` });
    });
    return () => started;
  }

  const told = (page: Page) => page.locator('.paste [role=alert]');

  test('a line pasted after Clear, or over a slow text, does not wait for the old answer', async ({ page }) => {
    const started = await workersBeginWith(
      page,
      `addEventListener('message', ({ data }) => { if (data.sources[0].text.includes('for ever')) for (;;); });`,
    );
    await openBox(page);
    for (const clear of [true, false]) {
      await put(page, 'for ever');
      await expect(page.locator('.busy')).toBeVisible();
      if (clear) await page.getByRole('button', { name: 'Clear' }).click();
      await put(page, mismatch(`web${Number(clear)}.corp.example`));
      await expect(verdicts(page).first()).toContainText(`web${Number(clear)}.corp.example`, { timeout: 5000 });
      await expect(page.locator('.busy')).toHaveCount(0);
    }
    expect(started()).toBeGreaterThan(1);
    // Those that were overtaken do not go on beside it.
    await expect.poll(() => page.workers().length).toBe(1);
  });

  test("an engine's error is told once, and the same text is not tried again in the page", async ({ page }) => {
    const started = await workersBeginWith(
      page,
      `addEventListener('message', (event) => {
        if (!event.data.sources[0].text.includes('a fault')) return;
        event.stopImmediatePropagation();
        postMessage({ error: 'it fell over' });
      });`,
    );
    await openBox(page);
    const engine = page.waitForRequest(/view[^/]*\.js$/, { timeout: 3000 }).then(
      () => 'loaded',
      () => 'not loaded',
    );
    await box(page).fill('a fault');
    await expect(told(page)).toHaveText(/failed: it fell over\. What you gave is still there/);
    await expect(told(page)).toHaveCount(1);
    await expect(summary(page)).toHaveCount(0);
    expect(await engine, "the engine on the page's own thread").toBe('not loaded');
    // The next text is read by the same worker, and the word of the fault goes.
    await box(page).fill(mismatch('web3.corp.example'));
    await expect(verdicts(page).first()).toBeVisible();
    await expect(told(page)).toHaveCount(0);
    expect(started()).toBe(1);
  });

  test('a worker that breaks down is told, and replaced for the next text', async ({ page }) => {
    const started = await workersBeginWith(
      page,
      `addEventListener('message', (event) => {
        if (!event.data.sources[0].text.includes('a fault')) return;
        event.stopImmediatePropagation();
        throw new Error('out of memory');
      });`,
    );
    await openBox(page);
    await box(page).fill('a fault');
    await expect(told(page)).toHaveText(/failed: .*out of memory/);
    await box(page).fill(mismatch('web4.corp.example'));
    await expect(verdicts(page).first()).toBeVisible();
    await expect(told(page)).toHaveCount(0);
    expect(started()).toBe(2);
  });

  test('where no worker starts, the page reads what it can read in some seconds', async ({ page }) => {
    await page.route(/\/worker[^/]*\.js$/, (route) => route.abort());
    await openBox(page);
    await box(page).fill(mismatch('web5.corp.example'));
    await expect(verdicts(page).first()).toBeVisible();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'long.log', mimeType: 'text/plain', buffer: Buffer.from('x\n'.repeat(200_000)) });
    await expect(told(page)).toHaveText(/you gave 200,0\d\d lines/);
    await expect(verdicts(page)).toHaveCount(0);
  });
});
