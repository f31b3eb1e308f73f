/** The decisive line makes the answer certain wherever it is pasted: alone, and below what the client said. */
import { describe, expect, test } from 'vitest';
import type { Problem, Sample } from '../../../src/content/schemas.ts';
import { testFields } from '../../../src/engine/catalogue/fieldTest.ts';
import { judge, judgeSources, knowledge } from './judge.ts';

type Sign = Problem['signs'][number];

/** A sample that is what the sign asks for: told from the record and the content, whatever the judge makes of it. */
const isOf = (sign: Sign) => (sample: Sample) => {
  if (sample.message !== sign.message) return false;
  if (sign.text && !(sample.text && sign.text.includes(sample.text))) return false;
  const [finding] = judge(sample.line).read.findings;
  if (!finding || (sign.side && finding.side && sign.side !== finding.side)) return false;
  if (sign.severity && finding.record.severity !== sign.severity) return false;
  if (sign.sink && finding.record.sink !== sign.sink) return false;
  return testFields(sign.fields ?? {}, finding.values);
};

const certainOf = (id: string, { diagnoses }: ReturnType<typeof judgeSources>) =>
  diagnoses.some(({ problem, confidence }) => problem === id && confidence === 'certain');
const certain = (id: string, text: string) => certainOf(id, judge(text));

/** Lines of the client that are weaker signs of the same problem. */
function ofClient({ signs }: Problem): string[] {
  const weak = signs.filter(({ side, weight }) => side === 'client' && weight !== 'proves');
  const lines = weak.flatMap((sign) => knowledge.samples.find((s) => s.form === 'plain' && isOf(sign)(s))?.line ?? []);
  return [...new Set(lines)];
}

const cases = knowledge.problems.flatMap((problem) => {
  // What counts only beside another record, or among many, is no proof by itself.
  const proofs = problem.signs.filter((sign) => sign.weight === 'proves' && !sign.with && !sign.many);
  const found = proofs.flatMap((sign) =>
    knowledge.samples
      .filter((sample) => sample.form === 'plain' && isOf(sign)(sample))
      .map(({ line }) => ({ line, sign })),
  );
  const lines = new Map(found.map((one) => [one.line, one]));
  return [...lines.values()].map(({ line, sign: { side } }) => {
    // Of some lines only the file tells which program wrote them.
    const told = side === undefined || judge(line).read.findings[0]?.side === side;
    return { id: problem.id, line, side, told, client: ofClient(problem) };
  });
});

test('there are samples of decisive lines', () => {
  expect(cases.length).toBeGreaterThan(20);
  expect(cases.filter(({ told }) => told).length).toBeGreaterThan(20);
});

describe.each(cases)('$id: $line', ({ id, line, side, told, client }) => {
  const given = (above: string) => [
    { name: 'a', text: above, side: 'client' as const },
    { name: 'b', text: line, ...(side ? { side } : {}) },
  ];

  test('is certain by itself', () => {
    expect(certainOf(id, judge(line, side))).toBe(true);
  });

  test.each([...client, 'Session key negotiation failed'])('stays certain beside %s', (above) => {
    expect(certainOf(id, judgeSources(given(above)))).toBe(true);
    if (!told) return;
    expect(certain(id, `${above}\n${line}`)).toBe(true);
    expect(certain(id, `${above}\n\n${line}`)).toBe(true);
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
