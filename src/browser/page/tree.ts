/** The tree of all questions: the way that the address holds is marked and unfolded. */
import type { TrailStep } from '../wizard/trail.ts';

/** Marks these answers, and no others. */
export function markWay(steps: readonly TrailStep[]): void {
  for (const old of document.querySelectorAll('[data-way].taken')) old.classList.remove('taken');
  for (const { question, answer } of steps) {
    const taken = document.querySelector(`[data-way="${question}:${answer}"]`);
    if (!taken) continue;
    taken.classList.add('taken');
    for (let at = taken.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
    const below = taken.querySelector('details');
    if (below) below.open = true;
  }
}
