/**
 * The wizard's trail: the answers given so far, held in the address (?t=question:answer~question:answer),
 * so that Back, Forward, reload and a sent link work. Every link of an answer carries it on.
 */
import { parseTrail } from '../wizard/read-trail.ts';

function followTrail(): void {
  const steps = parseTrail(globalThis.samhainEdition?.query() ?? location.search);
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-answer]')) {
    const [page] = (link.getAttribute('href') ?? '').split('?');
    // An answer names itself as it stands in an address.
    const all = [...steps.map(({ question, answer }) => `${question}:${answer}`), link.dataset.answer];
    link.setAttribute('href', `${page}?t=${all.join('~')}`);
  }
  // Where one file holds all pages, each has its place for the trail; only the page that is shown needs it.
  const box = [...document.querySelectorAll<HTMLElement>('[data-trail]')].find((place) => !place.closest('[hidden]'));
  if (!box || (steps.length === 0 && !box.hasChildNodes())) return;
  // The titles of all questions are loaded only where there is a trail to show.
  void import('../../components/wizard/TrailList.tsx').then(({ showTrail }) => showTrail(box, steps));
}

followTrail();
addEventListener('hashchange', followTrail);
