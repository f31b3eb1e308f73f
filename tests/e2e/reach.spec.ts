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
import { diagnoses, expect, openBox, paste, rows, test, verdicts } from './support/site.ts';

// Recording hundreds of pages costs more than looking at them.
test.use({ trace: 'off' });

async function pasteLeadsTo(page: Page, id: string, { text, from, first }: Pasted): Promise<void> {
  await paste(page, text);
  const found = await diagnoses(page);
  const listed = found.map((d) => d.problem);
  expect.soft(listed, `${id}, from ${from}: is named`).toContain(id);
  if (first) expect.soft(first, `${id}, from ${from}: is named first`).toContain(listed[0]);
  const link = page.locator(`.answer-box .verdict a[href^="/problems/${id}/"]`).first();
  const all = rows(page);
  for (let i = 0; i < (await all.count()) && !(await link.isVisible()); i += 1) await all.nth(i).click();
  await expect.soft(link, `${id}, from ${from}: leads to its page`).toBeVisible();
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
async function answerAll(page: Page, way: Step[], carried: boolean): Promise<void> {
  for (const { question, answer } of way) {
    await page.locator(`a[data-answer="${question}:${answer}"]${carried ? '[href*="?t="]' : ''}`).click();
  }
}

for (const javaScriptEnabled of [true, false]) {
  test(`the questions lead to ${javaScriptEnabled ? 'every problem' : 'the seven of the old HOWTO, scripts off'}`, async ({
    browser,
  }) => {
    test.setTimeout(120_000);
    const context = await browser.newContext({ javaScriptEnabled });
    const page = await context.newPage();
    const all = waysToProblems();
    expect([...all.keys()].sort()).toEqual(problems.map((p) => p.id).sort());
    // Without scripts a way is links only, and another test sees to those of each question.
    const ways = javaScriptEnabled ? all : new Map([...all].filter(([id]) => seven.includes(id)));
    for (const [id, way] of ways) {
      await page.goto('/wizard/');
      await answerAll(page, way, javaScriptEnabled);
      await expect(page.getByRole('heading', { level: 1 }), way.map((s) => s.answer).join(' > ')).toHaveText(
        problem(id).title,
      );
      if (javaScriptEnabled)
        await expect(page.getByRole('navigation', { name: 'Your answers so far' }).locator('li')).toHaveCount(
          way.length,
        );
    }
    await context.close();
  });
}

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
