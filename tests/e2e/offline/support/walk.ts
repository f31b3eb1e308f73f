/** Paste, wizard and search, done by scripts in the page: the same steps in every engine and every edition. */
import { type Case, cases } from './cases.ts';
import { type Tab, waitFor } from './tab.ts';

/** The address of a page, given from the site's root, in one edition. */
export type Address = (path: string) => string;

const text = (value: string) => JSON.stringify(value);
/** An element of what is shown; in the single file all other pages are there too, hidden. */
const shown = (selector: string) =>
  `[...document.querySelectorAll(${text(selector)})].find((e) => !e.closest('[hidden]'))`;
const fill = (field: string, value: string) =>
  `(() => { const field = ${field}; field.value = ${text(value)}; field.dispatchEvent(new Event('input', { bubbles: true })); return true; })()`;

/** The box of what is shown; it stays there when an answer folds it. */
const box = `${shown('.paste[data-ready]')}.querySelector('textarea')`;

/** Pastes the lines. @returns the problem that is named first */
export async function paste(tab: Tab, lines: string): Promise<string> {
  await waitFor(tab, `Boolean(${shown('.paste[data-ready]')})`);
  await tab.run(fill(box, ''));
  await waitFor(tab, `!${shown('[data-summary]')}`);
  await tab.run(fill(box, lines));
  return waitFor<string>(tab, `${shown('.verdict[data-problem]')}?.dataset.problem`);
}

/** Follows a link as soon as it is there. The click comes after the answer: a driver may lose what a leaving page says. */
const follow = (tab: Tab, link: string) =>
  waitFor(tab, `(() => { const link = ${link}; setTimeout(() => link?.click()); return Boolean(link); })()`);

async function answer(tab: Tab, { answers, title }: Case): Promise<void> {
  for (const [i, { question, answer: id }] of answers.entries()) {
    await follow(tab, shown(`a[data-answer="${question}:${id}"]`));
    // The trail shows each answer given so far.
    await waitFor(tab, `${shown('.trail')}?.querySelectorAll('li').length === ${i + 1}`);
  }
  await waitFor(tab, `${shown('h1')}?.textContent === ${text(title)}`);
}

async function search(tab: Tab, { words, title }: Case): Promise<void> {
  await waitFor(tab, `document.title === 'Samhain Troubleshooter'`);
  await tab.run(`${shown('[data-search]')}.click()`);
  await waitFor(tab, `Boolean(document.querySelector('dialog[open] input'))`);
  await tab.run(fill(`document.querySelector('dialog[open] input')`, words));
  await follow(
    tab,
    `[...document.querySelectorAll('dialog[open] .hits a')].find((a) => a.textContent.includes(${text(title)}))`,
  );
  await waitFor(tab, `${shown('h1')}?.textContent === ${text(title)}`);
}

/**
 * Reaches every problem by paste, by wizard and by search.
 * @param clicked those that are looked for by wizard and by search as well
 * @returns a sentence for each that was not reached
 */
export async function walk(
  tab: Tab,
  address: Address,
  some: readonly Case[] = cases,
  clicked: readonly Case[] = some,
): Promise<string[]> {
  const faults: string[] = [];
  const attempt = async (name: string, work: () => Promise<void>) => {
    try {
      await work();
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  await tab.open(address('/diagnose/'));
  for (const one of some) {
    await attempt(`${one.problem} by paste`, async () => {
      const first = await paste(tab, one.paste);
      if (!one.first.includes(first)) throw new Error(`named ${first} first, not ${one.first.join(' or ')}`);
    });
  }
  for (const one of clicked) {
    await attempt(`${one.problem} by wizard`, async () => {
      await tab.open(address('/wizard/'));
      await answer(tab, one);
    });
    await attempt(`${one.problem} by search`, async () => {
      await tab.open(address('/'));
      await search(tab, one);
    });
  }
  return faults;
}
