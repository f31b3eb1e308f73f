/**
 * The index of messages, filtered as one types. The choice stands in the address, so that it can be sent and reloaded;
 * what is typed, in the part of it that no server sees.
 */
import { keepWords, takeWords } from '../search/typed-words.ts';

const form = document.querySelector<HTMLFormElement>('[data-filter]');
const rows = [...document.querySelectorAll<HTMLLIElement>('.message-list > li')];
/** What is chosen from a list. */
const choices = ['side', 'severity', 'step', 'kind'] as const;

function apply(data: FormData): number {
  const value = (name: string) => String(data.get(name) ?? '');
  const words = value('words').toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const { side = '', severity, step, kind, words: text = '' } = row.dataset;
    const fits =
      (!value('side') || side === value('side') || side === 'both') &&
      (!value('severity') || severity === value('severity')) &&
      (!value('step') || step === value('step')) &&
      (!value('kind') || kind === value('kind')) &&
      words.every((word) => text.includes(word));
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  return shown;
}

if (form) {
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
    const shown = apply(data);
    const count = form.querySelector('[data-count]');
    if (count) count.textContent = shown === rows.length ? '' : `${shown} of ${rows.length} messages`;
    const kept = new URLSearchParams();
    for (const name of choices) if (data.get(name)) kept.set(name, String(data.get(name)));
    keepWords('words', String(data.get('words') ?? ''), kept);
  };
  form.addEventListener('input', update);
  form.addEventListener('submit', (event) => {
    // Enter opens the first message that is left.
    event.preventDefault();
    const first = rows.find((row) => !row.hidden)?.querySelector('a');
    first?.click();
  });
  update();
}
