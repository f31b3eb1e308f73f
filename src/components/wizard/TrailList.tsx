/** The trail as a list: each answer with a link that goes back to its question. */

import titles from 'virtual:question-titles';
import { render } from 'preact';
import { markWay } from '../../browser/page/tree.ts';
import { href, questionHref } from '../../browser/paths.ts';
import { fromLines, type TrailStep, trailQuery } from '../../browser/wizard/trail.ts';

/** An address may hold any words: `constructor` is no question. */
const isKnown = ({ question, answer }: TrailStep): boolean => {
  const entry = Object.hasOwn(titles, question) ? titles[question] : undefined;
  return entry !== undefined && Object.hasOwn(entry.answers, answer);
};

const isFromLines = ({ question }: TrailStep): boolean => question === fromLines.question;

function TrailList({ steps }: { steps: TrailStep[] }) {
  const known = steps.filter(isKnown);
  const [first] = steps;
  const begin = first && isFromLines(first) ? [fromLines] : [];
  return (
    <nav class="trail" aria-label="Your answers so far">
      <ol>
        {begin.length > 0 && (
          <li>
            <b>From your lines</b> <a href={href('/diagnose/#lines')}>back to their answer</a>
          </li>
        )}
        {known.map((step, i) => (
          <li key={step.question}>
            <span class="quiet">{titles[step.question]?.ask}</span> <b>{titles[step.question]?.answers[step.answer]}</b>{' '}
            <a href={questionHref(step.question) + trailQuery([...begin, ...known.slice(0, i)])}>
              change<span class="hidden-text"> this answer</span>
            </a>
          </li>
        ))}
      </ol>
      <a class="small" href={questionHref(known[0]?.question ?? 'start')}>
        Start again
      </a>
      {' · '}
      <a class="small" href={href('/wizard/tree/') + trailQuery(known)}>
        Show these answers in the tree of all questions
      </a>
    </nav>
  );
}

/** Shows the steps in `box`. Steps that no question has are left out; without any, the box is emptied. */
export function showTrail(box: HTMLElement, steps: TrailStep[]): void {
  markWay(steps);
  render(steps.some((step) => isKnown(step) || isFromLines(step)) ? <TrailList steps={steps} /> : null, box);
}
