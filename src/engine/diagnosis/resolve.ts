/**
 * Which cases stand: the strongest first; what it explains is no sign of a weaker one.
 */
import type { Confidence } from '../types.ts';
import { consequences } from './consequences.ts';
import type { Found } from './evidence.ts';
import { level } from './match.ts';
import type { End, Episode } from './over.ts';
import { later, shareOf } from './sequence.ts';
import type { Timeline } from './timeline.ts';
import type { Observation } from './types.ts';

/** A case that stands. */
export interface Verdict extends Episode {
  confidence: Confidence;
  explained: Observation[];
}

interface Standing {
  episode: Episode;
  explained: Set<Observation>;
  /** Signs that nothing stronger has explained so far; the figures are of these. */
  found: Found[];
  strength: number;
  lines: number;
  rank: number;
}

/** Up to which level each observation is accounted for. */
type Claims = Map<Observation, number>;

const strength = (found: readonly Found[]): number =>
  found.reduce((top, { weight }) => Math.max(top, level[weight]), 0);

/** The cases that stand, strongest first. */
export function resolve(episodes: readonly Episode[], timeline: Timeline): Verdict[] {
  const claims: Claims = new Map();
  const most = shareOf(episodes.length);
  const waiting = episodes.map((episode) => standing(episode, consequences(episode, timeline, most), episode.found));
  const verdicts: Verdict[] = [];
  // Strongest last, so that taking one is cheap.
  waiting.sort((a, b) => compare(b, a));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { episode, explained } = next;
    const found = unclaimed(next.found, claims).filter((one) => !fallsWith(one, claims, timeline));
    if (found.length === 0) continue;
    const left = standing(episode, explained, found);
    if (left.strength < next.strength) {
      waiting.splice(placeOf(left, waiting), 0, left);
      continue;
    }
    claim(left, claims);
    verdicts.push({ ...episode, found, explained: [...explained], confidence: confidenceOf(found) });
  }
  return verdicts;
}

/**
 * A guess of which no later record shows an end is over with the other guess at the same lines: whichever of the two it
 * was, the client that they are about came back.
 */
export function endGuesses(verdicts: readonly Verdict[]): Verdict[] {
  const ends = new Map<Observation, End>();
  for (const { confidence, over, found } of verdicts)
    if (over && confidence === 'possible') for (const { it } of found) ends.set(it, over);
  return verdicts.map((verdict) => {
    const { confidence, over, problem, found } = verdict;
    if (over || confidence !== 'possible' || problem.stops !== undefined || problem.fixedBy.length > 0) return verdict;
    let end: End | undefined;
    for (const { it } of found) {
      const own = ends.get(it);
      if (!own) return verdict;
      if (!end || later(own.it, end.it)) end = own;
    }
    return end ? { ...verdict, over: { it: end.it, likely: true } } : verdict;
  });
}

/** Where a case belongs among those that wait, the strongest of which is the last. */
function placeOf(one: Standing, waiting: readonly Standing[]): number {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(one, waiting[middle] as Standing) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Signs that nothing stronger accounts for. Blocks stand beside records, and fall with them. */
function unclaimed(found: readonly Found[], claims: Claims): Found[] {
  const left = found.filter(({ it, weight }) => (claims.get(it) ?? 0) < level[weight]);
  const record = ({ it }: Found) => it.finding >= 0;
  return found.some(record) && !left.some(record) ? [] : left;
}

/**
 * What a program explains in words is about the records around it: where a certain case accounts for one of them, it is no
 * sign of anything weaker.
 */
function fallsWith({ it, weight }: Found, claims: Claims, timeline: Timeline): boolean {
  if (it.finding >= 0 || it.crash || level[weight] >= level.proves) return false;
  return timeline.beside(it).some((record) => (claims.get(record) ?? 0) >= level.proves);
}

function standing(episode: Episode, explained: Set<Observation>, found: Found[]): Standing {
  const lines = linesOf(found, explained.size);
  return { episode, explained, found, strength: strength(found), lines, rank: rankOf(found) };
}

function confidenceOf(found: readonly Found[]): Confidence {
  return (['possible', 'possible', 'likely', 'certain'] as const)[strength(found)] ?? 'possible';
}

function claim({ found, explained, strength: own }: Standing, claims: Claims): void {
  const raise = (it: Observation, to: number) => claims.set(it, Math.max(claims.get(it) ?? 0, to));
  for (const it of explained) raise(it, own);
  // A certain case takes its lines from the guesses; a guess leaves them to other guesses.
  if (own < level.proves) return;
  for (const { it, weight } of found) raise(it, weight === 'proves' ? level.proves : level.points);
}

/** Stronger first; then what accounts for more of the lines. */
function compare(a: Standing, b: Standing): number {
  return b.strength - a.strength || b.lines - a.lines || a.rank - b.rank;
}

/** How many records a case accounts for. Blocks do not count: they stand beside a record that does. */
export function linesOf(found: readonly Found[], explained: number): number {
  return found.filter(({ it }) => it.finding >= 0).length + explained;
}

/** The best rank among the weightiest signs. */
export function rankOf(found: readonly Found[]): number {
  const top = strength(found);
  return found.reduce((best, { weight, rank }) => (level[weight] === top ? Math.min(best, rank) : best), 99);
}
