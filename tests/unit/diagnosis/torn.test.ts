/** A log file that ends within a record, or goes on behind half of one: never "nothing wrong", and never certain. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judge, judgeSources, verdicts } from './judge.ts';

const log = (variant: string) =>
  readFileSync(join(import.meta.dirname, '../../captures/14a-server-disk-full', variant, 'server.log'), 'utf8');
/** Up to the last whole record and its signature. */
const whole = (text: string) => text.slice(0, text.search(/\n.*(?:\n[0-9A-F]{1,47})?$/) + 1);

describe.each(['26-plain', '42-plain', '42-xml'])('a disk that filled: %s', (variant) => {
  const text = log(variant);

  test('the log ends torn: possibly a full disk, and nothing is left over', () => {
    const answer = judge(text);
    expect(verdicts(answer)).toEqual(['disk-full possible']);
    expect(answer.read.unrecognised).toEqual([]);
  });

  test('up to its last whole record, and without the signatures that only a file has, it is as any other', () => {
    const { diagnoses, excluded } = judge(whole(text));
    expect(diagnoses).toEqual([]);
    // (A disk can be full at the end of a record, too.)
    expect(excluded.map(({ problem }) => problem)).not.toContain('disk-full');
    const unsigned = text.replace(/\n(?:<sig>.*|[0-9A-F]{20,}.*)(?=\n|$)/g, '');
    expect(judge(unsigned).diagnoses).toEqual([]);
  });
});

describe('room again', () => {
  const text = log('42-plain');
  const signature = 'A'.repeat(48);
  const later = (words: string) => `${words}\n${signature}\n`;
  const record = '[2026-11-23T15:40:00+0000] msg=<New connection>, socket_id=<4>';

  test('the next record stands behind half of one, in its line: it is over', () => {
    const half = `${whole(text)}INFO   :  [2026-11-23T15:26:33+0000] msg=<N`;
    const answer = judge(half + later(`INFO   :  ${record}`) + later(`INFO   :  ${record.replace('40:00', '40:09')}`));
    expect(verdicts(answer)).toEqual(['disk-full possible over']);
    expect(answer.read.unrecognised).toEqual([]);
  });

  test('a record on the terminal is none in the file', () => {
    expect(verdicts(judge(`${text}\n\nINFO   :  ${record}\n`))).not.toContain('disk-full possible over');
  });
});

test('an archive that broke off, or a reading that was ended, says nothing of the end of the file', () => {
  const text = log('42-plain');
  const ended = (part: object) =>
    judgeSources([{ name: 'log', text, part: { skippedLines: 0, bytes: text.length, ...part } }]).diagnoses;
  expect(ended({ broken: true })).toEqual([]);
  expect(ended({ readBytes: text.length })).toEqual([]);
  expect(ended({})).toHaveLength(1);
});
