/** The way to a question of the wizard, as the workbench tells it to who comes from an answer. */
import { expect, test } from 'vitest';
import { wayTo } from '../../../src/engine/diagnosis/question.ts';
import { knowledge } from './judge.ts';

const { questions } = knowledge;
const byId = new Map(questions.map((one) => [one.id, one]));

test('each question has a way, of answers that lead from the first question to it, and none is shorter', () => {
  const lengths = new Map<string, number>();
  for (const { id } of questions) {
    const way = wayTo(questions, id);
    let at = questions[0]?.id;
    for (const { question, answer } of way) {
      expect(question, id).toBe(at);
      at = byId.get(question)?.answers.find((one) => one.id === answer)?.next;
    }
    // (Some are reached by None of these alone, which is no answer.)
    if (way.length > 0 || id === questions[0]?.id) {
      expect(at).toBe(id);
      lengths.set(id, way.length);
    }
  }
  expect(lengths.size).toBeGreaterThan(questions.length / 3);
  for (const [id, length] of lengths)
    for (const { next } of byId.get(id)?.answers ?? [])
      if (next !== undefined) expect(lengths.get(next), `${id} leads to ${next}`).toBeLessThanOrEqual(length + 1);
  expect(wayTo(questions, 'no-such-question')).toEqual([]);
});
