/** What does not come, comes late, or comes damaged: each is said, with what is still safe and what to do. */
import { box, expect, kinds, openBox, test, verdicts } from './support/site.ts';

const line =
  'CRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<web1>';

test('where no script comes the box says so and leads on', async ({ page }) => {
  await page.route(/\/_astro\/.*\.js$/, (route) => route.fulfill({ status: 404, body: '' }));
  await page.clock.install();
  await page.goto(kinds.diagnose);
  const note = page.locator('.not-running');
  await expect(note).toBeHidden();
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await expect(note).toBeVisible();
  await expect(note).toContainText('has not started');
  await expect(note.getByRole('link', { name: 'the list of all messages' })).toBeVisible();
});

test('with its scripts the page says no such thing, however long it is open', async ({ page }) => {
  await openBox(page);
  await page.evaluate(() => {
    for (const animation of document.getAnimations()) animation.finish();
  });
  await expect(page.locator('.not-running')).toBeHidden();
});

test("a worker's script that is slow to come loses nothing", async ({ page }) => {
  let come = () => {};
  const coming = new Promise<void>((done) => {
    come = done;
  });
  await page.route(/\/worker[^/]*\.js$/, async (route) => {
    await coming;
    await route.continue();
  });
  await openBox(page);
  await box(page).fill('something else');
  await expect(page.locator('.busy')).toBeVisible();
  await box(page).fill(line);
  await page.waitForTimeout(500);
  await expect(box(page)).toHaveValue(line);
  come();
  await expect(verdicts(page).first()).toBeVisible();
  await expect(page.locator('.busy')).toHaveCount(0);
});

for (const [how, answer] of [
  ['missing', { status: 404, body: '' }],
  ['damaged', { contentType: 'text/javascript', body: 'export default JSON.parse("{\\"na' }],
] as const) {
  test(`a search whose table cannot be loaded says so (${how})`, async ({ page }) => {
    await page.route(/_virtual_names[^/]*\.js$/, (route) => route.fulfill(answer));
    await page.goto(kinds.problems);
    await page.keyboard.press('Control+K');
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await dialog.getByRole('searchbox').fill('password');
    await expect(dialog).toContainText(/cannot be loaded/);
    await expect(dialog).not.toContainText('Nothing found');
  });
}

test.describe('offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the offline page says when the site could not be kept', async ({ page, context }) => {
    await context.route(/\.pack$/, (route) => route.abort());
    await page.clock.install();
    await page.goto(kinds.offline);
    const said = page.locator('[data-offline-state]');
    await expect(said).toContainText('fetching');
    await page.clock.fastForward(31_000);
    await expect(said).toContainText('has not kept the site');
  });
});
