/**
 * A long list (messages, options), filtered as one types. The choice stands in the address, so that it can be sent and
 * reloaded; what is typed, in the part of it that no server sees. Without script the whole list is there, and folds.
 */
import { keepWords, takeWords } from '../search/typed-words.ts';

const form = document.querySelector<HTMLFormElement>('[data-filter]');
const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
/** Parts that fold: open where something in them is left, gone where nothing is. */
const groups = [...document.querySelectorAll<HTMLDetailsElement>('details[data-group]')];
/** What a row is found by: where it lists words, these beside its title and address; else all that it says. */
const textOf = new Map(
  rows.map((row) => {
    const link = row.querySelector('a');
    const { words } = row.dataset;
    const text = words === undefined ? row.textContent : `${link?.textContent} ${link?.getAttribute('href')} ${words}`;
    return [row, text?.toLowerCase() ?? ''];
  }),
);

/** A group has what all its rows have in common. */
const groupOf = new Map(rows.map((row) => [row, row.closest<HTMLElement>('[data-group]')]));

/** What is chosen from a list: each is named as the rows' data that it is compared with. */
const choices = [...(form?.querySelectorAll('select') ?? [])].map(({ name }) => name);

function apply(data: FormData): HTMLElement[] {
  const value = (name: string) => String(data.get(name) ?? '');
  const words = value('words').toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = choices.filter((name) => value(name));
  const left = rows.filter((row) => {
    const has = (name: string) => (row.dataset[name] ?? groupOf.get(row)?.dataset[name] ?? '').split(',');
    const fits =
      chosen.every((name) => has(name).includes(value(name)) || has(name).includes('both')) &&
      words.every((word) => textOf.get(row)?.includes(word));
    row.hidden = !fits;
    return fits;
  });
  const filtered = words.length + chosen.length > 0;
  for (const group of groups) {
    const some = left.some((row) => group.contains(row));
    group.hidden = !some;
    // Unfolded by the filter, folded again with it: what the reader opened by hand stays.
    if (filtered && some && !group.open) {
      group.open = true;
      group.dataset.opened = '';
    } else if (!filtered && 'opened' in group.dataset) {
      group.open = false;
      delete group.dataset.opened;
    }
  }
  return left;
}

if (form) {
  const what = form.dataset.filter;
  const field = (name: string) => form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement | null;
  const query = new URLSearchParams(location.search);
  for (const name of choices) {
    const input = field(name);
    if (input && query.has(name)) input.value = query.get(name) ?? '';
  }
  const words = field('words');
  const typed = takeWords('words');
  if (words && typed) words.value = typed;
  const update = () => {
    const data = new FormData(form);
    const shown = apply(data).length;
    const count = form.querySelector('[data-count]');
    if (count) count.textContent = shown === rows.length ? '' : `${shown} of ${rows.length} ${what}`;
    const kept = new URLSearchParams();
    for (const name of choices) if (data.get(name)) kept.set(name, String(data.get(name)));
    keepWords('words', String(data.get('words') ?? ''), kept);
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => {
    // Enter opens the first that is left: its page, or its place in this one.
    event.preventDefault();
    const first = rows.find((row) => !row.hidden);
    if (first?.id) location.hash = first.id;
    else first?.querySelector('a')?.click();
  });
  update();
}

/** A link to something in a part that is folded unfolds it; not every browser does that by itself. */
function unfold(): void {
  const target = document.getElementById(location.hash.slice(1));
  const group = groups.find((one) => target && one.contains(target));
  if (!target || !group || group.open) return;
  group.open = true;
  target.scrollIntoView();
}

unfold();
addEventListener('hashchange', unfold);
