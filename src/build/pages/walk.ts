/** What the page to walk computes from content: its steps with their commands, each place an element that a script can fill. */
import { checkHref, problemHref } from '../../browser/paths.ts';
import type { Check, WalkStep } from '../../content/schemas.ts';
import { escapeHtml } from '../escape-html.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { byId } from './content.ts';
import { commandHtml } from './setup.ts';

export interface WalkRow {
  step: WalkStep;
  check: Check;
  html: string;
  /** The same for another system. */
  others: { system: string; html: string }[];
  ifNot: { say: string; href: string; title: string }[];
}

/** Rows of the page, in the order of the content. */
export function walkRows(knowledge: Knowledge): WalkRow[] {
  const { walk, checks, problems } = knowledge;
  return walk.map((step) => {
    const check = byId(checks, step.check);
    return {
      step,
      check,
      html: walkCommand(check.run, knowledge),
      others: check.variants.flatMap(({ system, run }) =>
        system ? [{ system: system === 'freebsd' ? 'FreeBSD' : 'Linux', html: walkCommand(run, knowledge) }] : [],
      ),
      ifNot: step.ifNot.map(({ say, problem, check: other }) =>
        problem
          ? { say, href: problemHref(problem), title: byId(problems, problem).title }
          : {
              say,
              href: `#${checkHref(other ?? '').replace(/^.*\/checks\/|\/$/g, '')}`,
              title: `Check ${walk.findIndex((one) => one.check === other) + 1}`,
            },
      ),
    };
  });
}

/** HTML of a command: values of the setup, and of what only the reader knows the example, to be replaced. */
const walkCommand = (run: string, { checkValues }: Pick<Knowledge, 'checkValues'>): string =>
  commandHtml(run, (name) => {
    const own = checkValues.find(({ id }) => id === name);
    return own && `<var data-w="${name}">${escapeHtml(String(own.example))}</var>`;
  });
