/** The decisive line makes the answer certain wherever it is pasted: alone, and below what the client said. */
import { describe, expect, test } from 'vitest';
import type { Problem, Sample } from '../../../src/content/schemas.ts';
import { judge, knowledge } from './judge.ts';

type Sign = Problem['signs'][number];

const isOf =
  ({ message, text }: Sign) =>
  (sample: Sample) =>
    sample.message === message && (text === undefined || sample.text === text);

const certain = (id: string, text: string) =>
  judge(text).diagnoses.some(({ problem, confidence }) => problem === id && confidence === 'certain');

/** Lines of the client that are weaker signs of the same problem. */
function ofClient({ signs }: Problem): string[] {
  const weak = signs.filter(({ side, weight }) => side === 'client' && weight !== 'proves');
  const lines = weak.flatMap((sign) => knowledge.samples.find((s) => s.form === 'plain' && isOf(sign)(s))?.line ?? []);
  return [...new Set(lines)];
}

const cases = knowledge.problems.flatMap((problem) => {
  const proofs = problem.signs.filter(({ weight }) => weight === 'proves');
  const lines = knowledge.samples
    .filter((sample) => sample.form === 'plain' && proofs.some((sign) => isOf(sign)(sample)))
    .map(({ line }) => line)
    .filter((line) => certain(problem.id, line));
  return [...new Set(lines)].map((line) => ({ id: problem.id, line, client: ofClient(problem) }));
});

test('there are samples of decisive lines', () => {
  expect(cases.length).toBeGreaterThan(20);
});

describe.each(cases)('$id: $line', ({ id, line, client }) => {
  test.each(client)('stays certain below %s', (above) => {
    expect(certain(id, `${above}\n${line}`)).toBe(true);
    expect(certain(id, `${above}\n\n${line}`)).toBe(true);
  });

  test('stays certain below a bare failure', () => {
    expect(certain(id, `Session key negotiation failed\n${line}`)).toBe(true);
  });
});

test.each([
  'Refused connection from 10.9.8.7, subroutine=<libwrap>',
  'ERROR  :  [2026-11-23T10:00:00+0000] msg=<Refused connection from 10.9.8.7>, subroutine=<libwrap>',
  'subroutine=<libwrap>',
])('a refusal below what the client said: %s', (line) => {
  const [first] = judge(`Session key negotiation failed\n${line}`).diagnoses;
  expect(first).toMatchObject({ problem: 'refused-by-libwrap', confidence: 'certain' });
});
