/** What the browser needs of the content: the catalogue for recognition, the problems for judging, titles for showing. */
import type {
  End,
  Message,
  Problem,
  Question,
  Recovery,
  Setup,
  Step,
  Variable,
  WalkStep,
} from '../../content/schemas.ts';
import type { CheckKnowledge } from '../../engine/checks/recognise.ts';
import type { CompiledSettings } from '../../engine/config/types.ts';
import type { Thresholds } from '../../engine/diagnosis/index.ts';
import type { Secrets } from '../../engine/log/secrets.ts';
import { compileSecrets } from './secrets.ts';
import { compileSettings } from './settings.ts';
import type { Knowledge } from './types.ts';

/** The browser's share. Fields that only pages show stay out of it. */
export interface CompiledKnowledge {
  messages: Omit<Message, 'source' | 'build' | 'versions' | 'secrets' | 'unnamed'>[];
  problems: Problem[];
  questions: Pick<Question, 'id' | 'ask' | 'answers'>[];
  recoveries: Recovery[];
  steps: Step[];
  secrets: Secrets;
  settings: CompiledSettings;
  thresholds: Thresholds;
  checks: CheckKnowledge;
  walk: WalkStep[];
  variables: Variable[];
  setups: Setup[];
}

/** Picks the browser's share; plain JSON. */
export function compileKnowledge(knowledge: Knowledge): CompiledKnowledge {
  const { messages, problems, questions, recoveries, steps } = knowledge;
  const { variables, setups } = compileSetups(knowledge);
  return {
    messages: messages.map(({ source: _s, build: _b, versions: _v, secrets: _secrets, unnamed: _u, ...rest }) => rest),
    // What only pages show is emptied, not left out: one type for all readers.
    problems: problems.map((problem) => ({ ...problem, captures: [], lines: [], also: [] })),
    // Their commands and ways out stand on their pages.
    questions: questions.map(({ id, ask, answers }) => ({ id, ask, answers })),
    recoveries,
    steps,
    secrets: compileSecrets(knowledge),
    settings: compileSettings(knowledge),
    thresholds: thresholdsOf(knowledge),
    checks: compileChecks(knowledge),
    walk: knowledge.walk,
    variables,
    setups,
  };
}

/** Checks without what only their pages show. */
function compileChecks({ checks, combinations, gather, checkValues, checkLocales }: Knowledge): CheckKnowledge {
  return {
    checks: checks.map(({ note: _note, leaves: _leaves, secrets: _secrets, ...check }) => check),
    combinations,
    gather,
    checkLocales,
    checkValues: checkValues.map(({ id, host, found, names, what, example }) => ({
      id,
      host,
      found,
      names,
      what,
      example,
    })),
  };
}

/** Variables and setups without what only the build checks. */
export function compileSetups({ variables, setups }: Knowledge): Pick<Knowledge, 'variables' | 'setups'> {
  return {
    variables: variables.map((variable) => ('either' in variable ? variable : { ...variable, literals: [] })),
    setups: setups.map((setup) => ({ ...setup, known: '' })),
  };
}

/** The option that says down to which severity records are written, by the place to which they are. */
export function thresholdsOf({ options }: Pick<Knowledge, 'options'>): Thresholds {
  return Object.fromEntries(options.flatMap(({ thresholdOf, name }) => (thresholdOf ? [[thresholdOf, name]] : [])));
}

/** Words of a question and of its answers by id, for the wizard's trail. */
export type QuestionTitles = Record<string, { ask: string; answers: Record<string, string> }>;

/** Where an answer leads: a question, a problem or an end. */
export interface Way {
  next?: string | undefined;
  problem?: string | undefined;
  end?: string | undefined;
}

/** The three ways out of a question: their names in an address, and their words. */
const outNames = {
  none: { id: 'none-of-these', label: 'None of these' },
  fine: { id: 'it-works', label: 'It works, I only wonder about this line' },
  unknown: { id: 'unknown', label: "I don't know" },
};

export interface WayOut extends Way {
  kind: keyof typeof outNames;
  id: string;
  label: string;
  say?: string | undefined;
  /** What remains for who does not know, where no question follows. */
  problems?: readonly string[] | undefined;
}

/** The ways out that a question has. */
export function waysOut({ none, fine, unknown }: Question): WayOut[] {
  return [
    ...(none ? [{ kind: 'none' as const, ...outNames.none, ...defined(none) }] : []),
    ...(fine ? [{ kind: 'fine' as const, ...outNames.fine, ...defined(fine) }] : []),
    { kind: 'unknown' as const, ...outNames.unknown, ...unknown },
  ];
}

const defined = <T extends { id?: string | undefined }>({ id, ...rest }: T) => (id ? { id, ...rest } : rest);

/** Every way on from a question: its answers, and the ways out. */
export function waysFrom(question: Question): (Way & { id: string; field: string })[] {
  const out = waysOut(question).flatMap((one) => [
    ...(one.problems ?? []).map((problem) => ({ id: one.id, problem })),
    ...(one.problems ? [] : [one]),
  ]);
  return [
    ...question.answers.map((answer) => ({ ...answer, field: `answers.${answer.id}` })),
    ...out.map((one) => ({ ...one, field: 'kind' in one ? one.kind : 'unknown' })),
  ];
}

/** The three kinds of end, as a title begins with them. */
const endKinds: Record<End['kind'], string> = {
  'no-fault': 'No fault',
  elsewhere: 'Not between client and server',
  open: 'Not decided',
};

/** Title of an end with the words of its kind. */
export const endTitle = ({ kind, title }: Pick<End, 'kind' | 'title'>): string => `${endKinds[kind]}: ${title}`;

/** The trail's share: titles alone. */
export function questionTitles({ questions }: Knowledge): QuestionTitles {
  const plain = (text: string) => text.replaceAll('`', '').replaceAll('**', '');
  return Object.fromEntries(
    questions.map((q) => [
      q.id,
      {
        ask: q.ask,
        answers: Object.fromEntries([...waysOut(q), ...q.answers].map(({ id, label }) => [id, plain(label)])),
      },
    ]),
  );
}
