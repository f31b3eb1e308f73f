/** Outputs on the page to walk: pasted, read by the engine, and shown at their steps. */
import setups from 'virtual:setups';
import type { WalkView } from '../../components/diagnosis/view.ts';
import { withCode } from '../setup/apply.ts';
import { readChoice } from '../setup/choice.ts';
import { readOutputs } from '../workbench/engine-client.ts';

/** A host's name or address: it becomes a word of a command. */
const isHost = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9.:_-]{0,252}$/.test(text);
const words = {
  good: 'good',
  breaks: 'breaks',
  unclear: 'not decided',
  unread: 'not recognized',
  out: 'ruled out',
  open: '',
} as const;

/** Checks that ran and printed nothing. */
const silent = new Set<string>();
let asked = 0;

/** What was typed for the places in commands. */
function given(page: Element): Record<string, string> {
  const names: Record<string, string> = {};
  for (const field of page.querySelectorAll<HTMLInputElement>('[data-w-for]')) {
    const value = field.value.trim();
    const good = isHost(value);
    field.setAttribute('aria-invalid', String(value !== '' && !good));
    const text = good ? value : field.placeholder;
    if (good) names[field.dataset.wFor ?? ''] = value;
    for (const place of page.querySelectorAll(`var[data-w="${field.dataset.wFor}"]`)) {
      place.textContent = text;
      place.classList.toggle('own', good);
    }
  }
  return names;
}

/** Something was typed, pasted or pressed. */
export async function answer(target: HTMLElement): Promise<void> {
  const page = target.closest('[data-walk-page]');
  const step = target.closest<HTMLElement>('[data-walk]');
  if (!page) return;
  const id = step?.dataset.walk ?? '';
  const field = step?.querySelector('textarea');
  if (target.closest('[data-walk-nothing]')) {
    silent.add(id);
    if (field) field.value = '';
  } else if (target.closest('[data-walk-remove]')) {
    silent.delete(id);
    if (field) field.value = '';
    step?.querySelector<HTMLElement>('summary')?.focus();
  } else if (step) silent.delete(id);
  const outputs = [...page.querySelectorAll<HTMLElement>('[data-walk]')].flatMap((one) => {
    const check = one.dataset.walk ?? '';
    const text = one.querySelector('textarea')?.value ?? '';
    return silent.has(check) || text.trim() !== '' ? [{ check, text: silent.has(check) ? '' : text }] : [];
  });
  const turn = ++asked;
  const view = await readOutputs({ outputs, given: given(page), choice: readChoice(setups) }).catch(() => undefined);
  if (turn === asked && view) show(page, view);
}

function show(page: Element, { states, proved, excluded, open }: WalkView): void {
  const next = states.find(({ state }) => state === 'open' || state === 'unread')?.check;
  const number = (check: string) => states.findIndex((one) => one.check === check) + 1;
  for (const { check, state, means, excludes, by, to } of states) {
    const step = page.querySelector<HTMLElement>(`[data-walk="${check}"]`);
    const mark = page.querySelector<HTMLElement>(`[data-walk-mark="${check}"]`);
    if (!step || !mark) continue;
    const word = state === 'open' && check === next ? 'next' : words[state];
    step.dataset.state = state;
    mark.dataset.state = state;
    const place = mark.querySelector('span');
    if (place) place.textContent = word;
    const lines: (string | Node)[][] = [];
    if (state === 'out') lines.push([`Ruled out by check ${by?.map(number).join(' and ')}: nothing to ask here.`]);
    if (state === 'unread')
      lines.push([
        'This output of the check is not known here. Fill in the names at the top, if it contains one, or see all outputs.',
      ]);
    if (means)
      lines.push([
        bold(state === 'breaks' ? 'This is where it breaks. ' : state === 'good' ? 'Good. ' : ''),
        ...withCode(means),
      ]);
    const link =
      to &&
      [...step.querySelectorAll<HTMLAnchorElement>('.walk-not a')].find((a) =>
        a.parentElement?.textContent?.startsWith(to.say),
      );
    if (state === 'breaks' && link) {
      const fix = document.createElement('a');
      fix.href = link.getAttribute('href') ?? '';
      fix.className = 'button primary';
      fix.textContent = to?.problem ? `Open the fix: ${link.textContent}` : (link.textContent ?? '');
      lines.push([fix]);
    }
    if (excludes && excludes.length > 0) lines.push([`Rules out ${excludes.length}: ${excludes.join(', ')}.`]);
    if (means || state === 'unread') {
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.dataset.walkRemove = '';
      remove.textContent = 'Remove';
      remove.setAttribute('aria-label', `Remove the output of check ${number(check)}`);
      lines.push([remove]);
    }
    step.querySelector('.walk-result')?.replaceChildren(
      ...lines.map((parts) => {
        const line = document.createElement('p');
        line.append(...parts);
        return line;
      }),
    );
  }
  const sums = page.querySelector('[data-walk-sums]');
  if (sums) sums.textContent = `${proved} proved · ${excluded} ruled out · ${open} not judged`;
}

function bold(text: string): HTMLElement {
  const made = document.createElement('b');
  made.textContent = text;
  return made;
}
