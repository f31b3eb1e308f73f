/** The wizard holds its state in the address: a trail of answers that can be changed, sent, reloaded, gone back over. */
import type { Locator, Page } from '@playwright/test';
import { type Way, waysOut } from '../../src/build/knowledge/compile.ts';
import { valuesOf } from '../../src/engine/setup.ts';
import { knowledge, problem, questions } from './support/content.ts';
import { expect, test } from './support/site.ts';

/** What commands of the pages are built with. */
const source = valuesOf(knowledge);
/** The page to which an answer leads. */
const addressOf = ({ next, problem: fault, end }: Way) =>
  fault ? `/problems/${fault}/` : end ? `/ends/${end}/` : `/wizard/${next}/`;
const trail = (page: Page) => page.getByRole('navigation', { name: 'Your answers so far' });
const question = (page: Page) => page.getByRole('heading', { level: 1 });
const ask = (id: string) => questions.find((q) => q.id === id)?.ask ?? id;
/** Chooses an answer, once its link carries the trail. */
const choose = (page: Page, name: string) => page.locator(`a[data-answer="${name}"][href*="?t="]`).click();

test('the trail shows each answer, and each can be changed', async ({ page }) => {
  await page.goto('/wizard/');
  await expect(trail(page)).toHaveCount(0);
  await choose(page, 'start:session-key');
  await choose(page, 'server-reason:name');
  await choose(page, 'name-entry:no');
  await expect(question(page)).toHaveText(problem('not-in-client-list').title);

  const steps = trail(page).getByRole('listitem');
  await expect(steps).toHaveCount(3);
  await expect(steps.nth(1)).toContainText(ask('server-reason'));
  await expect(steps.nth(1)).toContainText('The name is not in the list');

  await steps.nth(1).getByRole('link', { name: 'change this answer' }).click();
  await expect(question(page)).toHaveText(ask('server-reason'));
  await expect(steps).toHaveCount(1);
  await choose(page, 'server-reason:password');
  await expect(question(page)).toHaveText(problem('wrong-password').title);
  await expect(steps).toHaveCount(2);

  await trail(page).getByRole('link', { name: 'Start again' }).click();
  await expect(question(page)).toHaveText(ask('start'));
  await expect(trail(page)).toHaveCount(0);
});

test('Back, Forward, reload and a sent link keep the trail', async ({ page, browser }) => {
  await page.goto('/wizard/');
  await choose(page, 'start:no-connection');
  await choose(page, 'reach:refused');
  const steps = trail(page).getByRole('listitem');
  await expect(steps).toHaveCount(2);

  await page.goBack();
  await expect(question(page)).toHaveText(ask('reach'));
  await expect(steps).toHaveCount(1);
  await page.goForward();
  await expect(question(page)).toHaveText(ask('refused'));
  await expect(steps).toHaveCount(2);
  await page.reload();
  await expect(steps).toHaveCount(2);

  const other = await browser.newContext();
  const theirs = await other.newPage();
  await theirs.goto(page.url());
  await expect(question(theirs)).toHaveText(ask('refused'));
  await expect(trail(theirs).getByRole('listitem')).toHaveCount(2);
  await other.close();
});

test('every question works without scripts: words, command, a link for each answer, a way on for "I don\'t know"', async ({
  browser,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const one of questions) {
    const { id, ask: words, answers, run, unknown } = one;
    await page.goto(`/wizard/${id}/`);
    await expect(question(page)).toHaveText(words);
    const command = run?.trim().replace(/\{([a-z_]+)\}/g, (place, name: string) => source.of(name)?.text ?? place);
    if (command) await expect(page.locator('.how pre')).toHaveText(command);
    // Nothing is left over that only a script would fill or answer.
    await expect(page.locator('main button:visible')).toHaveCount(0);

    const hrefs = (all: Locator) => all.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    expect(await hrefs(page.locator('.answers > li > a')), id).toEqual(answers.map(addressOf));
    const out = waysOut(one).filter(({ problems: left }) => !left);
    expect(await hrefs(page.locator('.ways-out > li > a')), id).toEqual(out.map(addressOf));
    if (unknown.next) continue;
    const rest = page.locator('.ways-out details a[data-answer]');
    await expect(rest.first()).toBeHidden();
    await page.getByText("I don't know").click();
    await expect(rest.first()).toBeVisible();
    await expect(rest).toHaveText((unknown.problems ?? []).map((p) => problem(p).title));
  }
  await context.close();
});

test('a made-up trail in the address shows nothing of it and breaks nothing', async ({ page }) => {
  const steps = trail(page).getByRole('listitem');
  await page.goto(
    `/wizard/reach/?t=${encodeURIComponent('<img src=x>:a~start:no-connection~nobody:knows~constructor:name')}`,
  );
  await expect(steps).toHaveCount(1);
  await expect(page.locator('main img')).toHaveCount(0);
  await choose(page, 'reach:timeout');
  await expect(question(page)).toHaveText(problem('connect-timeout').title);
});

test('the tree has every question once, folded, and marks the way taken', async ({ page }) => {
  await page.goto('/wizard/tree/?t=start:session-key~server-reason:name');
  for (const { id, ask: words } of questions) {
    const place = page.locator(`[id="${id}"]`);
    await expect(place.locator('> details > summary')).toHaveText(words);
  }
  const taken = page.locator('.taken > .tree-answer');
  await expect(taken).toHaveCount(2);
  await expect(taken.last()).toBeVisible();
  await expect(taken.last()).toHaveText('The name is not in the list');
  // What was not taken stays folded.
  await expect(page.locator('[data-way="reach:timeout"]')).toBeHidden();
  await expect(trail(page).getByRole('listitem')).toHaveCount(2);

  await page.goto('/wizard/name-entry/?t=start:session-key~server-reason:name');
  await expect(page.getByRole('link', { name: 'Show these answers in the tree' })).toHaveAttribute('href', /\?t=/);
});

test('where all is well the wizard says so, with the way taken', async ({ page }) => {
  await page.goto('/wizard/');
  await choose(page, 'start:it-works');
  await choose(page, 'wonder:key');
  await expect(question(page)).toContainText('No fault');
  await expect(trail(page).getByRole('listitem')).toHaveCount(2);
  await expect(trail(page)).toContainText('It works');
});

test('a question that ends a program says so, and how many more there are', async ({ page }) => {
  for (const { id, stops } of questions) {
    await page.goto(`/wizard/${id}/`);
    await expect(page.locator('.stops')).toHaveCount(stops ? 1 : 0);
    await expect(page.getByRole('region', { name: 'How far it is' })).toContainText(/more question|last question/);
  }
});

test('the map beside a question has every step, and marks those where the cause can still be', async ({ page }) => {
  const marked = async () => {
    const far = page.getByRole('region', { name: 'How far it is' });
    await expect(far.locator('.map:visible')).toHaveCount(1);
    return far.locator('.map:visible .is-possible .stage-name').allTextContents();
  };
  await page.goto('/wizard/');
  const all = await marked();
  await page.goto('/wizard/name-entry/');
  const few = await marked();
  expect(few).toEqual(['Client name', 'Authentication']);
  expect(all.length).toBeGreaterThan(few.length);
  // On a phone the same, lying; and the page is no wider.
  await page.setViewportSize({ width: 320, height: 700 });
  expect((await marked()).map((name) => name.replace(/:.*/, ''))).toEqual(few);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
