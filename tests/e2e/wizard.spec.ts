/** The wizard holds its state in the address: a trail of answers that can be changed, sent, reloaded, gone back over. */
import type { Page } from '@playwright/test';
import { valuesOf } from '../../src/engine/setup.ts';
import { knowledge, problem, problems, questions } from './support/content.ts';
import { expect, test } from './support/site.ts';

/** What commands of the pages are built with. */
const source = valuesOf(knowledge);
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
  for (const { id, ask: words, answers, run, unknown } of questions) {
    await page.goto(`/wizard/${id}/`);
    await expect(question(page)).toHaveText(words);
    const command = run?.trim().replace(/\{([a-z_]+)\}/g, (place, name: string) => source.of(name)?.text ?? place);
    if (command) await expect(page.locator('.how pre')).toHaveText(command);
    // Nothing is left over that only a script would fill or answer.
    await expect(page.locator('main button:visible')).toHaveCount(0);

    const links = await page.locator('.answers > li > a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    const targets = answers.map((a) => (a.problem ? `/problems/${a.problem}/` : `/wizard/${a.next}/`));
    expect(links, id).toEqual(unknown.next ? [...targets, `/wizard/${unknown.next}/`] : targets);
    if (unknown.next) continue;
    const rest = page.locator('details ol a');
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

test('the page of the whole tree has it as a picture and as a list', async ({ page }) => {
  await page.goto('/wizard/tree/');
  const picture = page.getByRole('region', { name: 'Picture of the decision tree' });
  await expect(picture.getByRole('group', { name: /decision tree/ })).toBeVisible();
  // A node of the picture for each question and each problem; each leads somewhere.
  const links = await picture.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
  for (const { id } of questions) expect(links).toContain(`/wizard/${id}/`);
  for (const { id } of problems) expect(links).toContain(`/problems/${id}/`);

  const list = page.locator('.outline > li');
  await expect(list).toHaveCount(knowledge.questions.length);
  for (const [i, { ask: words, answers }] of questions.entries()) {
    await expect(list.nth(i).locator('b').first()).toHaveText(words);
    await expect(list.nth(i).locator('ul > li')).toHaveCount(answers.length);
  }
});
