/**
 * Which cases stand: the strongest first; what it explains is no sign of a weaker one. And what decides between those that
 * the same lines fit.
 */

import type { Problem } from '../../content/schemas.ts';
import type { Confidence } from '../types.ts';
import { consequences } from './consequences.ts';
import type { Found } from './evidence.ts';
import { level, matches } from './match.ts';
import type { End, Episode } from './over.ts';
import { later, shareOf } from './sequence.ts';
import type { Timeline } from './timeline.ts';
import type { Ask, Observation } from './types.ts';

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
  // (Of equals the last one first.)
  const waiting = episodes
    .map((episode) => standing(episode, consequences(episode, timeline, most), episode.found))
    .reverse();
  const verdicts: Verdict[] = [];
  for (let now = level.proves; now >= level.fits; now -= 1) {
    for (const { episode, explained, found: all } of waiting.filter((one) => one.strength === now).sort(compare)) {
      const found = unclaimed(all, claims).filter((one) => !fallsWith(one, claims, timeline));
      if (found.length === 0) continue;
      const left = standing(episode, explained, found);
      // What is left is weaker: its turn comes among those that are.
      if (left.strength < now) {
        waiting.push(left);
        continue;
      }
      claim(left, claims);
      verdicts.push({ ...episode, found, explained: [...explained], confidence: confidenceOf(found) });
    }
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
  if (it.finding >= 0 || it.told || level[weight] >= level.proves) return false;
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

/** Of those that are as strong: what accounts for more of the lines comes first. */
function compare(a: Standing, b: Standing): number {
  return b.lines - a.lines || a.rank - b.rank;
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

/** More questions than this help nobody at once. */
const most = 6;

/** By observation: the cases that stand on it. */
export type Shared = ReadonlyMap<Observation, readonly Verdict[]>;

/** Which cases stand on which observation, certain ones left out: they share nothing with a guess. */
export function groupByObservation(verdicts: readonly Verdict[]): Shared {
  const shared = new Map<Observation, Verdict[]>();
  for (const verdict of verdicts) {
    if (verdict.confidence === 'certain') continue;
    for (const { it } of verdict.found) {
      const list = shared.get(it);
      if (list) list.push(verdict);
      else shared.set(it, [verdict]);
    }
  }
  return shared;
}

/** Other problems whose cases stand on at least half of the same signs: a line among many that fits elsewhere is no rival. */
export function alternativesOf(verdict: Verdict, shared: Shared): Verdict[] {
  if (verdict.confidence === 'certain') return [];
  const others = new Map<Problem, { other: Verdict; signs: number }>();
  for (const { it } of verdict.found) {
    for (const other of shared.get(it) ?? []) {
      const known = others.get(other.problem);
      if (known) known.signs++;
      else others.set(other.problem, { other, signs: 1 });
    }
  }
  others.delete(verdict.problem);
  return [...others.values()].filter(({ signs }) => signs * 2 >= verdict.found.length).map(({ other }) => other);
}

/**
 * What to look for: all that the case itself names, then the first thing of each alternative. Each command once, with
 * what its lines mean for each of them; nothing that the lines given hold already (a quotation is no line).
 */
export function askFor(verdict: Verdict, alternatives: readonly Verdict[], timeline: Timeline): Ask[] {
  if (verdict.confidence === 'certain' || verdict.over) return [];
  const others = alternatives.flatMap(({ problem }) => asksOf(problem, timeline).slice(0, 1));
  const asks = new Map<string, Ask>();
  for (const ask of [...asksOf(verdict.problem, timeline), ...others]) {
    const key = ask.run ?? ask.look;
    const known = asks.get(key);
    if (!known) asks.set(key, ask);
    else if (!known.look.includes(ask.look)) known.look = `${known.look} ${ask.look}`;
  }
  return [...asks.values()].slice(0, most);
}

function asksOf(problem: Problem, timeline: Timeline): Ask[] {
  return problem.decide
    .filter(
      ({ unless }) =>
        !unless?.some((known) => timeline.of(known.message).some((it) => !it.quoted && matches(known, it))),
    )
    .map(({ on, look, run }) => ({ on, look, ...(run === undefined ? {} : { run }), problem: problem.id }));
}
