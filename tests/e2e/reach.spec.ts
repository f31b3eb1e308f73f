/** Every problem is reached in the three ways: by its lines, by questions, by words. */
import type { Page } from '@playwright/test';
import {
  knowledge,
  type Pasted,
  pasteFor,
  problem,
  problems,
  type Step,
  seven,
  waysToProblems,
} from './support/content.ts';
import { choose, diagnoses, expect, openBox, paste, rows, test, verdicts } from './support/site.ts';

// Recording hundreds of pages costs more than looking at them.
test.use({ trace: 'off' });

async function pasteLeadsTo(page: Page, id: string, { text, from, first, asFile }: Pasted): Promise<void> {
  await (asFile ? choose : paste)(page, text);
  const found = await diagnoses(page);
  const listed = found.map((d) => d.problem);
  expect.soft(listed, `${id}, from ${from}: is named`).toContain(id);
  if (first) expect.soft(first, `${id}, from ${from}: is named first`).toContain(listed[0]);
  const link = page.locator(`.answer-box .verdict a[href^="/problems/${id}/"]`).first();
  const all = rows(page);
  for (let i = 0; i < (await all.count()) && !(await link.isVisible()); i += 1) await all.nth(i).click();
  await expect.soft(link, `${id}, from ${from}: leads to its page`).toBeVisible();
  // (An empty box leaves a file where it is.)
  if (asFile) await page.getByRole('button', { name: 'Clear', exact: true }).click();
}

test('the seven of the old HOWTO are named first by a paste on the start page, and lead to their pages', async ({
  page,
}) => {
  for (const id of seven) {
    await openBox(page, '/');
    await paste(page, pasteFor(problem(id)).text);
    await expect(verdicts(page).first()).toHaveAttribute('data-problem', id);
    await verdicts(page).first().getByRole('heading').getByRole('link').first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(problem(id).title);
  }
});

// In two parts, so that two workers share them.
for (const part of [0, 1]) {
  test(`a paste of its lines leads to each problem, part ${part + 1}`, async ({ page }) => {
    await openBox(page);
    const mine = problems.filter((_, i) => i % 2 === part);
    for (const one of mine) {
      const pasted = pasteFor(one);
      if (pasted.text) await pasteLeadsTo(page, one.id, pasted);
      else console.log(`skipped: ${one.id} has neither a captured run nor lines.`);
    }
  });
}

/** @param carried with scripts, the links carry the trail: the click waits for that */
const linkOf = (page: Page, { question, answer }: Step, carried: boolean) =>
  page.locator(`a[data-answer="${question}:${answer}"]${carried ? '[href*="?t="]' : ''}`);
const trail = (page: Page) => page.getByRole('navigation', { name: 'Your answers so far' }).locator('li');
const named = (way: readonly Step[]): string => way.map(({ answer }) => answer).join(' > ');

// In two parts, so that two workers share them.
for (const part of [0, 1]) {
  test(`the questions lead to every problem, part ${part + 1}`, async ({ page }) => {
    test.setTimeout(120_000);
    const all = waysToProblems();
    expect([...all.keys()].sort()).toEqual(problems.map(({ id }) => id).sort());
    // Sorted, those next to each other begin alike. What two have in common is walked once: the address holds the answers.
    const ways = [...all].sort(([, a], [, b]) => (named(a) < named(b) ? -1 : 1));
    const half = Math.ceil(ways.length / 2);
    const addresses = new Map([['', '/wizard/']]);
    for (const [id, way] of ways.slice(part * half, (part + 1) * half)) {
      let known = way.length - 1;
      while (!addresses.has(named(way.slice(0, known)))) known -= 1;
      await page.goto(addresses.get(named(way.slice(0, known))) ?? '');
      for (const [i, step] of way.entries()) {
        if (i < known) continue;
        const link = linkOf(page, step, true);
        addresses.set(named(way.slice(0, i + 1)), (await link.getAttribute('href')) ?? '');
        await link.click();
      }
      await expect(page.getByRole('heading', { level: 1 }), named(way)).toHaveText(problem(id).title);
      await expect(trail(page), named(way)).toHaveCount(way.length);
    }
  });
}

test('the questions lead to the seven of the old HOWTO, scripts off', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  const all = waysToProblems();
  // Without scripts a way is links only, and another test sees to those of each question.
  for (const id of seven) {
    const way = all.get(id) ?? [];
    await page.goto('/wizard/');
    for (const step of way) await linkOf(page, step, false).click();
    await expect(page.getByRole('heading', { level: 1 }), named(way)).toHaveText(problem(id).title);
  }
  await context.close();
});

test('from the start page, the questions are one click away', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Answer a few questions' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(knowledge.questions[0]?.ask ?? '');
});

// In two parts, so that two workers share them.
for (const part of [0, 1]) {
  test(`the search finds each problem by its title and by what people call it, part ${part + 1}`, async ({ page }) => {
    await page.goto('/search/');
    const field = page.getByRole('searchbox', { name: 'Search all pages' });
    const hits = page.locator('.hits a');
    for (const { id, title, also } of problems.filter((_, i) => i % 2 === part)) {
      const address = `/problems/${id}/`;
      const place = () =>
        hits.evaluateAll((links, to) => links.findIndex((a) => a.getAttribute('href') === to), address);
      await field.fill(title);
      await expect
        .soft(async () => expect([0, 1, 2]).toContain(await place()), `"${title}" finds ${id} among the first three`)
        .toPass({ timeout: 3000 });
      await field.fill(also[0] ?? id);
      await expect
        .soft(page.locator(`.hits a[href="${address}"]`), `"${also[0]}" finds ${id}`)
        .toBeVisible({ timeout: 3000 });
    }
  });
}
