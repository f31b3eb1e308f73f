/** What decides between candidates that the same lines fit. */
import type { Problem } from '../../content/schemas.ts';
import { matches } from './match.ts';
import type { Verdict } from './resolve.ts';
import type { Timeline } from './timeline.ts';
import type { Ask, Observation } from './types.ts';

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
