/** What decides between candidates that the same lines fit. */
import type { Problem } from '../../content/schemas.ts';
import type { Verdict } from './settle.ts';
import { sameHost } from './timeline.ts';
import type { Ask } from './types.ts';

/** More questions than this help nobody at once. */
const most = 6;

/** Other cases that stand on some of the same signs. */
export function alternativesOf(verdict: Verdict, verdicts: readonly Verdict[]): Verdict[] {
  if (verdict.confidence === 'certain') return [];
  const signs = new Set(verdict.found.map(({ it }) => it));
  return verdicts.filter(
    (other) =>
      other.problem !== verdict.problem &&
      other.confidence !== 'certain' &&
      sameHost(other.host, verdict.host) &&
      other.found.some(({ it }) => signs.has(it)),
  );
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
