/** Which record shows that a step of the verification holds. */
import { expect, test } from 'vitest';
import { provedBy } from '../../../src/engine/diagnosis/verify.ts';
import { at, judge, knowledge } from './judge.ts';

const out = (time: string) =>
  at(
    time,
    'ERROR',
    'msg=<Connection timed out, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>',
  );
const refused = (time: string, name = 'libwrap') =>
  at(time, 'ERROR', `msg=<Refused connection from 192.0.2.7>, subroutine=<${name}>`);

/** The line that shows one of these recoveries for the client that got no answer. */
function lineOf(text: string, ...shows: string[]): number | undefined {
  const { diagnoses, read } = judge(text);
  const diagnosis = diagnoses.find(({ problem }) => problem === 'connect-timeout');
  if (!diagnosis) throw new Error('Nothing was found.');
  const index = provedBy(shows, knowledge.recoveries, { diagnosis, findings: read.findings, asides: read.asides });
  return index === undefined ? undefined : read.findings[index]?.record.line;
}

test('a record with one of the texts that a recovery names shows it, after the last sign only', () => {
  expect(lineOf([out('10:00:00'), refused('10:05:00')].join('\n'), 'turned-away')).toBe(2);
  expect(lineOf([refused('09:00:00'), out('10:00:00')].join('\n'), 'turned-away')).toBeUndefined();
  expect(lineOf([out('10:00:00'), refused('10:05:00', 'other')].join('\n'), 'turned-away')).toBeUndefined();
  expect(lineOf([out('10:00:00'), refused('10:05:00')].join('\n'), 'no-such-recovery')).toBeUndefined();
});
