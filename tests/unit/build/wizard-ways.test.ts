/** The wizard's ways: told stories come to a right end, nothing is asked for ever, and who does not know gets little to try. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { waysFrom, waysOut } from '../../../src/build/knowledge/compile.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { deciderOf, questionsFrom, wayWords } from '../../../src/build/pages/wizard.ts';
import { mostQuestions, mostUnknown } from '../../../src/content/schemas.ts';

const knowledge = loadKnowledge();
const { questions, problems, ends } = knowledge;
const question = (id: string) => questions.find((one) => one.id === id);

interface Story {
  story: string;
  right: string[];
  way: string[];
}
const storiesOf = (file: string) => parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8')) as Story[];
const stories = storiesOf('wizard-stories.yaml');

/** Where a way ends: each step must be an answer of the question to which the one before leads. */
function walk(way: readonly string[]): string {
  let at = questions[0]?.id;
  let reached = '';
  for (const step of way) {
    const [asked, answer] = step.split(':');
    expect(asked, `${way.join(' > ')}: ${step}`).toBe(at);
    const taken = waysFrom(question(asked ?? '') as (typeof questions)[number]).find(({ id }) => id === answer);
    if (!taken) throw new Error(`${step} is no answer.`);
    at = taken.next;
    reached = taken.problem ?? taken.end ?? '';
  }
  expect(at, `${way.join(' > ')} does not end`).toBeUndefined();
  return reached;
}

describe('told stories', () => {
  test.each([
    ...stories,
    ...storiesOf('wizard-stories-told.yaml'),
    ...storiesOf('wizard-stories-aside.yaml'),
    ...storiesOf('wizard-stories-fresh.yaml'),
  ])('$story', ({ right, way }) => {
    for (const id of right)
      expect(
        [...problems, ...ends].some((one) => one.id === id),
        `${id} is a problem or an end`,
      ).toBe(true);
    expect(right).toContain(walk(way));
  });

  test('those without a fault come to an end that says so', () => {
    const kinds = stories.slice(0, 8).map(({ way }) => ends.find(({ id }) => id === walk(way))?.kind);
    expect(kinds.filter((kind) => kind === 'no-fault' || kind === 'elsewhere')).toHaveLength(8);
  });
});

test('every way of every question leads to something that is there, in at most so many questions', () => {
  for (const one of questions) {
    for (const way of waysFrom(one)) expect(wayWords(way, knowledge), `${one.id}:${way.id}`).not.toBe('');
    expect(new Set(waysFrom(one).map(({ id, problem }) => `${id} ${problem}`)).size).toBe(waysFrom(one).length);
  }
  expect(questionsFrom(questions[0]?.id ?? '', knowledge)).toBeLessThanOrEqual(mostQuestions);
});

test('who does not know is left with few problems, and each has what decides about it', () => {
  for (const one of questions) {
    const left = waysOut(one).find(({ kind }) => kind === 'unknown')?.problems ?? [];
    expect(left.length, one.id).toBeLessThanOrEqual(mostUnknown);
    for (const id of left) {
      const problem = problems.find((each) => each.id === id);
      if (!problem) throw new Error(id);
      const { check, look } = deciderOf(problem, knowledge);
      expect(check ?? look, `${one.id}: ${id}`).toBeDefined();
    }
  }
});

test('each of the lines that worry people in vain is asked about, and has its end', () => {
  const words = ['START', 'EXIT', 'reload', 'Force authentication', 'POLICY', 'SUSPEND'];
  const asked = questions.flatMap(({ answers }) => answers.filter(({ end }) => end));
  for (const word of words)
    expect(
      asked.find(({ label }) => label.includes(word)),
      word,
    ).toBeDefined();
});
