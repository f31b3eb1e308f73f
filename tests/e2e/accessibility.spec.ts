/** axe finds nothing on any kind of page, in both themes, on a desktop and on a phone, with and without an answer shown. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { captured } from './support/content.ts';
import { expect, kinds, openBox, paste, test } from './support/site.ts';

// Recording hundreds of pages costs more than looking at them.
test.use({ trace: 'off' });

const desktop = { width: 1280, height: 900 };
const phone = { width: 360, height: 740 };
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe's own idea of a page: the same class, from its own copy of the library. */
type AxePage = ConstructorParameters<typeof AxeBuilder>[0]['page'];

/** Rules broken on the page as it is now, with the elements that break them. */
async function broken(page: Page): Promise<string[]> {
  // No frames here, so that nothing need be gathered in a second page; of what is well only the rules' names.
  const axe = new AxeBuilder({ page: page as unknown as AxePage })
    .setLegacyMode(true)
    .withTags(tags)
    .options({ resultTypes: ['violations'] });
  const { violations, passes } = await axe.analyze();
  // A run that looked at nothing finds nothing.
  expect(passes.length).toBeGreaterThan(10);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Of hundreds of rows made alike some are enough. */
async function shorten(page: Page): Promise<void> {
  await page.evaluate(() => {
    const rest =
      '.message-list > li:nth-child(n + 40), .fold .option:nth-of-type(n + 5), .tree-picture g.edge:nth-child(n + 40)';
    for (const node of document.querySelectorAll(rest)) node.remove();
  });
}

async function brokenOnBoth(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries({ desktop, phone })) {
    await page.setViewportSize(viewport);
    expect.soft(await broken(page), `${name}, ${size}`).toEqual([]);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every kind of page, ${colorScheme}`, async ({ browser }) => {
    test.setTimeout(150_000);
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    for (const [kind, address] of Object.entries(kinds)) {
      await page.goto(address);
      await shorten(page);
      await brokenOnBoth(page, kind);
    }
    await context.close();
  });

  test(`an answer, a search, a trail, ${colorScheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await openBox(page);
    await paste(page, captured('03a-password-never-set'));
    await brokenOnBoth(page, 'a certain diagnosis');
    await paste(page, 'Session key negotiation failed');
    await brokenOnBoth(page, 'an undecided one');
    await paste(page, 'nothing that samhain prints');
    await brokenOnBoth(page, 'nothing found');

    await page.goto('/problems/');
    await page.keyboard.press('Control+K');
    await page.getByRole('dialog', { name: 'Search' }).getByRole('searchbox').fill('password');
    await page.locator('.hits li').first().waitFor();
    await brokenOnBoth(page, 'the search dialog');

    await page.goto('/wizard/reach/?t=start:no-connection');
    await page.getByRole('navigation', { name: 'Your answers so far' }).waitFor();
    await brokenOnBoth(page, 'a question with its trail');
    await context.close();
  });
}
