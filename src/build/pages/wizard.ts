/** What pages compute from questions: where an answer leads, how far it still is, and which problems and steps still fit. */

import { href, problemHref, questionHref } from '../../browser/paths.ts';
import { endRoute } from '../../browser/routes.ts';
import type { Check, Outcome, Problem, Question, Step } from '../../content/schemas.ts';
import { endTitle, type Way, waysFrom } from '../knowledge/compile.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { decidingChecks } from './checks.ts';
import { byId } from './content.ts';

type Content = Pick<Knowledge, 'questions' | 'problems' | 'ends' | 'steps' | 'checks'>;

/** Address of what an answer leads to. */
export const wayHref = ({ next, problem, end }: Way): string =>
  problem ? problemHref(problem) : end ? href(endRoute(end)) : questionHref(next ?? '');

const count = (n: number) => `${n} more question${n === 1 ? '' : 's'}`;

/** What is said of a way: the title where it ends, else how far it still is. */
export function wayWords({ next, problem, end }: Way, content: Content): string {
  if (problem) return byId(content.problems, problem).title;
  if (end) return endTitle(byId(content.ends, end));
  const most = questionsFrom(next ?? '', content);
  return most > 1 ? `At most ${count(most)}` : count(most);
}

/** How many questions the longest way has from this one on, itself included. */
export function questionsFrom(id: string, content: Pick<Content, 'questions'>): number {
  const ways = waysFrom(byId(content.questions, id));
  return 1 + Math.max(0, ...ways.map(({ next }) => (next ? questionsFrom(next, content) : 0)));
}

/** Problems that answers from this question on can lead to. */
function problemsFrom(id: string, content: Content, seen = new Set<string>()): Set<string> {
  const found = new Set<string>();
  if (seen.has(id)) return found;
  seen.add(id);
  for (const { next, problem } of waysFrom(byId(content.questions, id))) {
    if (problem) found.add(problem);
    if (next) for (const one of problemsFrom(next, content, seen)) found.add(one);
  }
  return found;
}

/** How far it is from a question, and what still fits. */
export interface Progress {
  /** Questions after this one, at most. */
  more: number;
  fits: number;
  of: number;
  /** Every step, and whether a problem that still fits is there. */
  steps: { step: Step; fits: boolean }[];
}

export function progressOf(question: Question, content: Content): Progress {
  const fits = problemsFrom(question.id, content);
  const steps = new Set(content.problems.filter(({ id }) => fits.has(id)).map(({ step }) => step));
  return {
    more: questionsFrom(question.id, content) - 1,
    fits: fits.size,
    of: content.problems.length,
    steps: content.steps.map((step) => ({ step, fits: steps.has(step.id) })),
  };
}

/** What decides whether it is a problem: a check with the output that proves it or rules it out, or a line to look for. */
export interface Decider {
  check?: Check;
  proves?: Outcome | undefined;
  excludes?: Outcome | undefined;
  look?: Problem['decide'][number] | undefined;
}

/** The check that decides about a problem, best one that can prove it; where there is none, what to look for. */
export function deciderOf(problem: Problem, content: Pick<Content, 'checks'>): Decider {
  const [best] = decidingChecks(problem.id, content);
  if (!best) return { look: problem.decide[0] };
  return { check: best.check, proves: best.proves[0]?.outcome, excludes: best.excludes[0]?.outcome };
}
