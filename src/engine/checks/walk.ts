/**
 * Checks in an order, with the outputs that are there: what each is, where the way breaks, and what need not be asked any more.
 * Which checks, in which order, is content.
 */
import type { Check, Outcome, WalkStep } from '../../content/schemas.ts';
import { type Locales, matchOutcome } from './match.ts';

/** What was printed at a check; empty where it ran and printed nothing. */
export interface WalkOutput {
  check: string;
  text: string;
}

/** Values of places, by side. */
export type WalkValues = Readonly<Record<'client' | 'server', Readonly<Record<string, string>>>>;

export interface WalkState {
  check: string;
  /** out: earlier outputs exclude all that it could show. unread: an output that is none of this check's. unclear: neither good nor bad. */
  state: 'good' | 'breaks' | 'unclear' | 'unread' | 'out' | 'open';
  outcome?: Outcome;
  /** Checks whose outputs rule it out. */
  by?: string[];
  /** Where the content sends who has this outcome. */
  to?: WalkStep['ifNot'][number];
}

const problemOf = (one: string): string => one.split('@')[0] ?? '';

/** The state of each step, in their order. */
export function walkStates(
  steps: readonly WalkStep[],
  checks: readonly Check[],
  outputs: readonly WalkOutput[],
  values: WalkValues,
  locales: Locales = [],
): WalkState[] {
  const read = new Map<string, Outcome | undefined>();
  for (const { check: id, text } of outputs) {
    const check = checks.find((one) => one.id === id);
    if (check) read.set(id, matchOutcome(check, text, { values: values[check.on], ran: true, locales }));
  }
  const said = (field: 'proves' | 'points' | 'excludes', problem: string) =>
    [...read].filter(([, outcome]) => outcome?.[field].some((one) => problemOf(one) === problem)).map(([id]) => id);
  return steps.map((step): WalkState => {
    const { check } = step;
    if (read.has(check)) {
      const outcome = read.get(check);
      if (!outcome) return { check, state: 'unread' };
      const to = step.ifNot.find(({ outcomes }) => outcomes.includes(outcome.id));
      if (to) return { check, state: 'breaks', outcome, to };
      return { check, state: step.good.includes(outcome.id) ? 'good' : 'unclear', outcome };
    }
    const problems = [...new Set(step.ifNot.flatMap(({ problem }) => (problem ? [problem] : [])))];
    const by = problems.map((problem) => said('excludes', problem));
    const suspected = problems.some((problem) => [...said('proves', problem), ...said('points', problem)].length > 0);
    if (problems.length > 0 && !suspected && by.every((one) => one.length > 0))
      return { check, state: 'out', by: [...new Set(by.flat())] };
    return { check, state: 'open' };
  });
}

/** Problems that the outputs prove and rule out, those of one side left open. */
export function walkSums(states: readonly WalkState[]): { proved: string[]; excluded: string[] } {
  const of = (field: 'proves' | 'excludes') =>
    new Set(states.flatMap(({ outcome }) => outcome?.[field].filter((one) => !one.includes('@')).map(problemOf) ?? []));
  const proved = of('proves');
  return { proved: [...proved], excluded: [...of('excludes')].filter((id) => !proved.has(id)) };
}
