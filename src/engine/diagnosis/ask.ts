/** What decides between candidates that the same lines fit. */
import type { Problem } from '../../content/schemas.ts';
import type { Observation } from './observe.ts';
import type { Verdict } from './settle.ts';
import type { Ask } from './types.ts';

/** More questions than this help nobody at once. */
const most = 6;

/** By observation: the cases that stand on it. */
export type Shared = ReadonlyMap<Observation, readonly Verdict[]>;

/** Which cases stand on which observation, certain ones left out: they share nothing with a guess. */
export function shareOut(verdicts: readonly Verdict[]): Shared {
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

/** Other problems whose cases stand on some of the same signs. */
export function alternativesOf(verdict: Verdict, shared: Shared): Verdict[] {
  if (verdict.confidence === 'certain') return [];
  const others = new Map<Problem, Verdict>();
  for (const { it } of verdict.found) for (const other of shared.get(it) ?? []) others.set(other.problem, other);
  others.delete(verdict.problem);
  return [...others.values()];
}

/** What to look for: all that the case itself names, then the first thing of each alternative; each thing once. */
export function askFor(verdict: Verdict, alternatives: readonly Verdict[]): Ask[] {
  if (verdict.confidence === 'certain' || verdict.over) return [];
  const others = alternatives.flatMap(({ problem }) => asksOf(problem).slice(0, 1));
  const seen = new Set<string>();
  return [...asksOf(verdict.problem), ...others]
    .filter(({ look, run }) => {
      const key = run ?? look;
      return !seen.has(key) && seen.add(key);
    })
    .slice(0, most);
}

function asksOf(problem: Problem): Ask[] {
  return problem.decide.map(({ on, look, run }) => ({
    on,
    look,
    ...(run === undefined ? {} : { run }),
    problem: problem.id,
  }));
}
