/** The page to walk: outputs pasted at their steps, without scripts, and on one sheet of paper. */
import { loadKnowledge } from '../../src/build/knowledge/load.ts';
import { expect, test } from './support/site.ts';

const { walk } = loadKnowledge();
const step = (check: string) => `[data-walk="${check}"]`;

test('a pasted output breaks the way, is led to its fix, and what it rules out is not asked', async ({ page }) => {
  await page.goto('/walk/');
  await page.getByLabel('the log server, as the client names it').fill('log.example.org');
  await expect(page.locator(`${step('client.reach')} pre code`).first()).toContainText('log.example.org 49777');
  await page.locator(step('client.reach')).getByText('Paste the output').click();
  await page
    .getByLabel('Output of: Can the client open the port?')
    .fill('nc: connect to log.example.org (198.51.100.10) port 49777 (tcp) failed: Connection refused');
  const result = page.locator(`${step('client.reach')} .walk-result`);
  // (The engine is loaded with the first output.)
  await expect(result).toContainText('This is where it breaks', { timeout: 30_000 });
  await expect(result.getByRole('link', { name: /Open the fix/ })).toHaveAttribute(
    'href',
    '/problems/connection-refused/',
  );
  await expect(page.locator(`${step('server.wrappers')} pre`).first()).toBeHidden();
  await expect(page.locator(step('server.wrappers'))).toContainText('Ruled out by check 2');
  await expect(page.locator('[data-walk-sums]')).toContainText('1 proved');

  await page.locator(step('server.refusals')).getByRole('button', { name: 'It prints nothing' }).click();
  await expect(page.locator(`${step('server.refusals')} .walk-result`)).toContainText('Good');
  await page.getByRole('button', { name: 'Remove the output of check 2' }).click();
  await expect(page.locator(`${step('server.wrappers')} pre`).first()).toBeVisible();
});

test('without scripts each step has its command, what good looks like and where to go', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/walk/');
  const steps = page.locator('.walk-steps > li');
  await expect(steps).toHaveCount(walk.length);
  for (const [i, { ask, ifNot }] of walk.entries()) {
    await expect(steps.nth(i).getByRole('heading')).toHaveText(ask);
    await expect(steps.nth(i).locator('pre').first()).toBeVisible();
    await expect(steps.nth(i).locator('.walk-not a')).toHaveCount(ifNot.length);
  }
  await expect(page.locator('main button:visible')).toHaveCount(0);
  await context.close();
});

test('it is one sheet of A4, and 320 pixels are enough', async ({ page }) => {
  await page.goto('/walk/');
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.setViewportSize({ width: 320, height: 700 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
