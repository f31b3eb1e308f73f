/** The index of messages, filtered as one types. The choice stands in the address, so that it can be sent and reloaded. */

const form = document.querySelector<HTMLFormElement>('[data-filter]');
const rows = [...document.querySelectorAll<HTMLLIElement>('.message-list > li')];
const names = ['words', 'side', 'severity', 'stage', 'kind'] as const;

function apply(data: FormData): number {
  const value = (name: string) => String(data.get(name) ?? '');
  const words = value('words').toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const row of rows) {
    const { side = '', severity, stage, kind, words: text = '' } = row.dataset;
    const fits =
      (!value('side') || side === value('side') || side === 'both') &&
      (!value('severity') || severity === value('severity')) &&
      (!value('stage') || stage === value('stage')) &&
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
  for (const name of names) {
    const input = field(name);
    if (input && query.has(name)) input.value = query.get(name) ?? '';
  }
  const update = () => {
    const data = new FormData(form);
    const shown = apply(data);
    const count = form.querySelector('[data-count]');
    if (count) count.textContent = shown === rows.length ? '' : `${shown} of ${rows.length} messages`;
    const kept = new URLSearchParams();
    for (const name of names) if (data.get(name)) kept.set(name, String(data.get(name)));
    history.replaceState(null, '', `${location.pathname}${kept.size > 0 ? `?${kept}` : ''}${location.hash}`);
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
