/** The steps of a connection as the map shows them: from the content, with what a page adds to them. */
import { href, messageHref, problemHref } from '../../browser/paths.ts';
import { type Stage, statesAround } from '../../components/map/Map.tsx';
import type { Message, Problem } from '../../content/schemas.ts';
import { messageWords } from '../../report/message-words.ts';
import type { Knowledge } from '../knowledge/types.ts';

const stepHref = (id: string) => `${href('/problems/')}#${id}`;

/** All steps, those of the connection first; each leads to its problems. */
export const stagesOf = ({ steps }: Knowledge): Stage[] =>
  steps.map(({ id, title, arrow, around }) => ({ id, title, arrow, around, href: stepHref(id) }));

/** Where a problem belongs: the steps of a connection, and what is around it only if the problem arises there. */
export const placeOf = (problem: Problem, knowledge: Knowledge): Stage[] =>
  statesAround(
    stagesOf(knowledge).filter((stage) => !stage.around || stage.id === problem.step),
    problem.step,
  ).map((stage, _, all) =>
    // What is around the connection says nothing about how far it came.
    all.some(({ around }) => around) && stage.id !== problem.step ? { ...stage, state: undefined } : stage,
  );

/** The steps of the connection at which a fix leads to this guide, and of how many problems. */
export const stepsThatNeed = (guide: string, { steps, problems }: Knowledge) =>
  steps.flatMap((step) => {
    const its = problems.filter(
      (problem) =>
        problem.step === step.id &&
        [
          ...problem.steps,
          ...problem.verify,
          ...problem.cases.flatMap((one) => [...one.steps, ...(one.test ? [one.test] : [])]),
        ].some(({ procedure }) => procedure?.split('#')[0] === guide),
    );
    return its.length > 0 ? [{ step, problems: its.length }] : [];
  });

/** The map of all problems: how many each step has, and the names of those beside the one that is shown. */
export const problemStages = (here: Problem, knowledge: Knowledge): Stage[] =>
  stagesOf(knowledge).map((stage) => {
    const problems = knowledge.problems.filter(({ step }) => step === stage.id);
    return {
      ...stage,
      note: String(problems.length),
      links:
        stage.id === here.step
          ? problems.map(({ id, title }) => ({ href: problemHref(id), title, current: id === here.id }))
          : undefined,
    };
  });

/** The map of all messages of the client/server path: how many each step has, and those beside the one that is shown. */
export const messageStages = (here: Message, knowledge: Knowledge): Stage[] =>
  stagesOf(knowledge).map((stage) => {
    const messages = knowledge.messages.filter(({ step, kind }) => step === stage.id && kind === 'path');
    return {
      ...stage,
      href: `${href('/messages/')}#step-${stage.id}`,
      note: String(messages.length),
      links:
        stage.id === here.step
          ? messages.map((one) => ({
              href: messageHref(one.id),
              title: messageWords(one),
              current: one.id === here.id,
            }))
          : undefined,
    };
  });
