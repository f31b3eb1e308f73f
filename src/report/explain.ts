/** What a message or a problem is, for a terminal. */
import type { Message, Problem } from '../content/schemas.ts';
import { stepsOf } from '../engine/diagnosis/steps.ts';
import type { SetupValues } from '../engine/setup.ts';
import { impactWords } from './impact.ts';
import { steps } from './text.ts';

/** What of a message is explained. */
export type ExplainedMessage = Pick<Message, 'id' | 'forms' | 'severity' | 'side' | 'meaning' | 'action' | 'texts'>;

interface Content {
  messages: readonly ExplainedMessage[];
  problems: readonly Problem[];
  setup: SetupValues;
}

/** Its words; undefined where there is no such id. Letters may be large or small, and `MSG_` may be left out. */
export function explained(id: string, content: Content): string | undefined {
  const [name = '', text] = id.split('/');
  const problem = content.problems.find((one) => one.id === name.toLowerCase());
  if (problem) return problemText(problem, content);
  const wanted = name
    .toUpperCase()
    .replaceAll('-', '_')
    .replace(/^(?!MSG_)/, 'MSG_');
  const message = content.messages.find((one) => one.id === wanted);
  if (!message || (text !== undefined && !message.texts.some((one) => one.id === text))) return undefined;
  return messageText(message, text, content);
}

function problemText(problem: Problem, { setup }: Content): string {
  const costs = impactWords(problem.impact).flatMap(({ ask, answers }) =>
    answers.map(({ when, say }) => `   - ${ask} ${when ? `${when}: ` : ''}${say}`),
  );
  const signs = [
    ...problem.signs.map(({ message, because }) => `${message}: ${because}`),
    ...problem.blocks.map(({ because }) => because),
  ];
  return [
    `${problem.title} (${problem.id})`,
    problem.summary,
    '',
    'What shows it',
    ...[...new Set(signs)].map((sign) => `   - ${sign}`),
    '',
    'Until it is fixed',
    ...costs,
    '',
    'How to fix it',
    ...problem.cases.map(({ title, when }) => `   Case: ${title}. This is your case if: ${when}`),
    ...steps(stepsOf(problem, 'steps', setup)),
    '',
    `Page: /problems/${problem.id}/`,
    '',
  ].join('\n');
}

function messageText(message: ExplainedMessage, only: string | undefined, { problems }: Content): string {
  const { id, forms, severity, side, meaning, action } = message;
  const texts = message.texts.filter((one) => only === undefined || one.id === only);
  const of = problems.filter(({ signs }) =>
    signs.some((sign) => sign.message === id && (only === undefined || !sign.text || sign.text.includes(only))),
  );
  return [
    `${id} (${severity}, ${side === 'both' ? 'client and server' : side})`,
    ...forms.map(({ plain }) => `   ${plain}`),
    '',
    meaning,
    ...(action ? [action] : []),
    ...texts.flatMap((one) => [
      '',
      `   ${one.text ?? one.id}: ${one.meaning}`,
      ...(one.action ? [`   ${one.action}`] : []),
    ]),
    ...(of.length > 0 ? ['', 'A sign of', ...of.map((one) => `   - ${one.title} (/problems/${one.id}/)`)] : []),
    '',
    `Page: /messages/${id.toLowerCase().replaceAll('_', '-')}/${only ? `${only}/` : ''}`,
    '',
  ].join('\n');
}
