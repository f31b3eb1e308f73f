/** The word that was probably meant: what a mistake in the content is told with. */

import { distance } from '../../engine/distance.ts';

/** The nearest of the words, if at most a third of the letters differ; else one that begins with it. */
export function nearestWord(word: string, words: Iterable<string>): string | undefined {
  const all = [...words];
  // The beginning of a longer name.
  const longer = word.length > 3 ? all.find((one) => one.toLowerCase().startsWith(word.toLowerCase())) : undefined;
  let best: string | undefined;
  let least = Math.floor(Math.max(word.length, 3) / 3) + 1;
  for (const one of all) {
    if (Math.abs(one.length - word.length) >= least) continue;
    const far = distance(word.toLowerCase(), one.toLowerCase(), least - 1);
    if (far < least) [best, least] = [one, far];
  }
  return best ?? longer;
}

/** "there is no message X; did you mean Y?" */
export const thereIsNo = (what: string, id: string, known: Iterable<string>): string =>
  `there is no ${what} ${id}${meant(id, known)}`;

/** "MSG_X has no field Y; did you mean Z?" */
export const hasNo = (of: string, what: string, id: string, known: Iterable<string>): string =>
  `${of} has no ${what} ${id}${meant(id, known)}`;

/** "; did you mean Y?", or nothing where no word is near. */
export function meant(word: string, known: Iterable<string>): string {
  const near = nearestWord(word, known);
  return near ? `; did you mean ${near}?` : '';
}
