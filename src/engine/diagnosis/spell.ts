/**
 * When a fault that stops nothing has gone: its client was heard of without a sign for longer than the signs were apart. The
 * judge asks it of the signs in a text, the sieve of those that come by: both must say the same.
 */

import { nearTime } from './sequence.ts';

/** Milliseconds within which signs are of one try. */
export const oneTry = 2_000;
/** Signs further apart than so many times the distance of those that follow them are another spell of the same fault. */
const spell = 4;

/** Of more tries the last ones tell how far they are apart. */
export const mostTries = 256;

/**
 * How long nothing must be heard of it after its last sign: milliseconds, or places in a text.
 * @param places of its signs, in their order
 * @param timed whether the places are times
 * @param distance between two of them
 */
export function quietTime(
  places: readonly number[],
  timed: boolean,
  distance: (a: number, b: number) => number = (a, b) => b - a,
): number {
  const tries = oneEach(places, timed ? oneTry : 0).slice(-mostTries);
  return apart(tries, timed ? nearTime : 1, distance);
}

/** What both sides wrote of one try, or two records of it, is one sign: the last place of each. */
function oneEach(places: readonly number[], width: number): number[] {
  return places.filter((place, i) => i === places.length - 1 || (places[i + 1] ?? 0) - place > width);
}

/** How far the signs of the last spell were apart. */
function apart(places: readonly number[], least: number, distance: (a: number, b: number) => number): number {
  let most = 0;
  // A client that is turned away tries again after twice the time: the next sign is not awaited before.
  const [third, second, last] = [undefined, undefined, ...places].slice(-3);
  const grows = second !== undefined && last !== undefined && (third === undefined || last - second > second - third);
  for (let i = places.length - 1; i > 0; i--) {
    const gap = distance(places[i - 1] ?? 0, places[i] ?? 0);
    if (i < places.length - 1 && gap > spell * Math.max(most, least)) break;
    most = Math.max(most, gap);
  }
  return grows ? 2 * most : most;
}
