/** Lines cut at the left are read as what they are; one misspelt word makes a possibility that says what it was taken for. */
import { expect, test } from 'vitest';
import { noSetup } from '../../../src/engine/setup.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judge, knowledge, verdicts } from './judge.ts';

test.each([
  '…attempt: Not in client list>, client=<web1.example.net>',
  '...ion attempt: Not in client list>, client=<web1.example.net>',
  't in client list>, client=<web1.example.net>',
])('cut at the left: %s', (line) => {
  expect(verdicts(judge(line))[0]).toMatch(/^not-in-client-list \w+ @web1\.example\.net$/);
});

const retyped = 'msg=<Invalid connection attempt: Session key missmatch>, client=<web1.example.net>';

test.each([at('10:00:00', 'CRIT', retyped), retyped, 'Cannot remove stlae lock file, PID may be a running process'])(
  'one misspelt word: %s',
  (line) => {
    const result = judge(line);
    expect(result.diagnoses.length).toBeGreaterThan(0);
    expect(new Set(result.diagnoses.map(({ confidence }) => confidence))).toEqual(new Set(['possible']));
    const { read } = result;
    const report = textOf(reportOf({ read, result, ...knowledge, setup: noSetup }));
    expect(report).toMatch(/Read as ".*(?:Session key mismatch|Cannot remove stale lock file).*": one word/);
  },
);

test('two misspelt words, or a short one, make nothing', () => {
  for (const line of [
    'Sesion ky negotiation faild',
    at('10:00:00', 'CRIT', 'msg=<Invald conection attempt: Session key mismatch>'),
    'yes',
  ])
    expect(judge(line).diagnoses, line).toEqual([]);
});
