/** The slots of the gather page: what is pasted is answered in place, and handed to the paste box, which has the fix. */
import { type HandedSource, handOverSources } from '../search/leave-sources.ts';

const given = new Map<string, HandedSource>();
const marker = /== samhain-gather \d{1,2} (client|server) ([a-z]{1,20}) ==/g;

/** What arrived, in words. */
function receipt(text: string, slot: string, parts: number): string {
  const found = [...text.matchAll(marker)];
  const sides = new Set(found.map(([, side]) => side));
  const seen = new Set(found.flatMap(([, side, part]) => (part === 'end' ? [] : [`${side} ${part}`])));
  if (seen.size === 0) return 'Received, but without any marker of the block. It is read like any other text.';
  if (sides.size > 1) return `Received ${seen.size} parts, from both sides.`;
  if (!sides.has(slot))
    return `Received ${seen.size} parts. This is the ${[...sides][0]}'s output, and it is read as that.`;
  const whole = found.some(([, , part]) => part === 'end');
  return `Received ${seen.size} of ${parts} parts.${whole ? '' : ' The end is missing: copy all of the output.'}`;
}

function take(slot: HTMLElement, text: string): void {
  const side = slot.dataset.gatherSlot === 'server' ? 'server' : 'client';
  if (text.trim() === '') given.delete(side);
  else {
    const isMarked = text.search(marker) >= 0;
    given.set(side, { name: `${side}'s output`, text, ...(isMarked ? {} : { side }) });
  }
  const kept = handOverSources([...given.values()]);
  const got = slot.querySelector('[data-gather-got]');
  slot.toggleAttribute('data-taken', kept && given.has(side));
  if (got) {
    got.textContent = given.has(side) && kept ? receipt(text, side, Number(slot.dataset.parts)) : '';
    if (given.has(side) && !kept)
      void import('../../report/failures.ts').then(({ failureText, storageRefused }) => {
        got.textContent = failureText(storageRefused);
      });
  }
  const on = document.querySelector<HTMLElement>('[data-gather-read]');
  if (on) on.hidden = given.size === 0 || !kept;
  void answer();
}

let turn = 0;

/** What judges is loaded when there is something to judge. */
async function answer(): Promise<void> {
  turn += 1;
  const mine = turn;
  const place = document.querySelector<HTMLElement>('[data-gather-answer]');
  const link = document.querySelector('[data-gather-read] a');
  const lists = [...document.querySelectorAll<HTMLElement>('[data-gather-slot]')].flatMap((slot) => {
    const list = slot.querySelector('[data-gather-said]');
    return list ? [{ list, side: slot.dataset.gatherSlot === 'server' ? 'server' : 'client' }] : [];
  });
  const show = (parts: readonly Node[]) => {
    place?.replaceChildren(...parts);
    if (place) place.hidden = parts.length === 0;
  };
  if (given.size === 0) {
    show([]);
    for (const { list } of lists) list.replaceChildren();
    return;
  }
  try {
    const { read, saidOf, answerOf } = await import('../gather/answer.ts');
    // (Those that wait for it go on in any order: the newest alone is to be read.)
    if (mine !== turn) return;
    const view = await read([...given.values()]);
    if (!view || mine !== turn) return;
    for (const { list, side } of lists) list.replaceChildren(...saidOf(view, given.get(side)?.name ?? ''));
    const { parts, fix } = answerOf(view);
    show(parts);
    if (link) link.textContent = fix ? 'Open the fix' : 'See what it says';
  } catch {
    // What it says is on the next page all the same.
    if (mine === turn) show([]);
  }
}

for (const slot of document.querySelectorAll<HTMLElement>('[data-gather-slot]')) {
  const field = slot.querySelector('textarea');
  // A browser that goes back to this page may have filled it already.
  if (field?.value) take(slot, field.value);
  field?.addEventListener('input', () => take(slot, field.value));
}
