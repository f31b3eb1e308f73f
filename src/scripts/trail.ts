/**
 * The wizard's trail: the answers given so far, held in the address (?t=question:answer~question:answer),
 * so that Back, Forward, reload and a sent link work. Every link of an answer carries it on.
 */
import { parseTrail, trailQuery } from '../components/wizard/trail.ts';

const steps = parseTrail(location.search);

for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-answer]')) {
  const [question, answer] = (link.dataset.answer ?? '').split(':');
  if (question && answer) link.search = trailQuery([...steps, { question, answer }]);
}

const box = document.querySelector<HTMLElement>('[data-trail]');
if (box && steps.length > 0) {
  // The titles of all questions are loaded only where there is a trail to show.
  void import('../components/wizard/TrailList.tsx').then(({ showTrail }) => showTrail(box, steps));
}
