/**
 * A log file that ends within a record, or goes on behind half of one: never "nothing wrong", and never certain. Of a pasted text
 * the end is only where somebody stopped copying: no problem, and not "nothing wrong" either.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonOf } from '../../../src/report/json.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { judge as judgePasted, judgeSources, knowledge, setup, verdicts } from './judge.ts';

/** Judges a text, as the whole of a file. */
const judge = (text: string) => judgeSources([{ name: 'file', text, toEnd: true }]);

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
    judgeSources([{ name: 'log', text, toEnd: true, part: { skippedLines: 0, bytes: text.length, ...part } }])
      .diagnoses;
  expect(ended({ broken: true })).toEqual([]);
  expect(ended({ readBytes: text.length })).toEqual([]);
  expect(ended({})).toHaveLength(1);
});

describe('pasted', () => {
  test.each(['26-plain', '42-plain', '42-xml'])(
    '%s: said to end within a record, in every face; no problem, and no all-clear',
    (variant) => {
      const { read, ...result } = judgePasted(log(variant));
      expect(result.diagnoses).toEqual([]);
      expect([result.state, result.healthy]).toEqual(['part', false]);
      expect(read.unrecognised).toEqual([]);
      const report = reportOf({ read, result, ...knowledge, setup });
      const [{ file = '', line = 0, ask = [] } = {}] = report.input.cutEnds;
      expect([file, line]).toEqual(['text', log(variant).split('\n').length]);
      // One command, of the program whose log it is, as the problem asks for it that leaves such a log.
      expect(ask).toMatchObject([{ on: 'server', run: expect.stringContaining('/var/log/yule/yule_log') }]);
      const [run = ''] = ask.flatMap((one) => one.run ?? []);
      const title = knowledge.problems.find(({ id }) => id === 'disk-full')?.title ?? 'no such problem';
      for (const said of [textOf(report), markdownOf(report)]) {
        const [head = ''] = said.split(/\nOf all known problems|\n## What else/);
        expect(head).toContain(`The text ends within a record (text, line ${line}): the copy was cut there`);
        expect(head).toContain(run);
        expect(head).not.toContain(title);
        expect(head).not.toContain('Nothing wrong');
      }
      expect(jsonOf(report).input.cutEnds?.[0]?.ask.join()).toContain(run);
    },
  );

  test('up to a whole record, or as a file, nothing of the copy is said', () => {
    expect(judgePasted(whole(log('42-plain'))).cutEnds).toEqual([]);
    expect(judge(log('42-plain')).cutEnds).toEqual([]);
  });

  test('a fault above the end is the headline', () => {
    const fault = `CRIT   :  [2026-11-23T15:10:00+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<a.example.net>\n${'B'.repeat(48)}\n`;
    const { diagnoses, cutEnds } = judgePasted(fault + log('42-plain'));
    expect(diagnoses[0]?.problem).toBe('wrong-password');
    expect(diagnoses.map(({ problem }) => problem)).not.toContain('disk-full');
    expect(cutEnds).toHaveLength(1);
  });
});
