/** What the search takes for a log line: every captured record, and no words that people search for. */
import { describe, expect, test } from 'vitest';
import { looksLikeLogLine } from '../../../src/browser/search/log-line.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';

const { problems, samples } = loadKnowledge();

describe('a query', () => {
  test('is a log line if it is one of the captured lines, plain or XML', () => {
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.filter(({ line }) => !looksLikeLogLine(line))).toEqual([]);
  });

  test.each([
    'Invalid connection attempt: Session key mismatch',
    'expect=<TALK>',
    'path=<(NULL)>',
    'host="client1.example.net"',
    'Nov 23 15:17:24 yule Yule[36]: hello',
  ])('is a log line if it is a part of one: %s', (query) => {
    expect(looksLikeLogLine(query)).toBe(true);
  });

  test('is none if it is a title or a word for a problem', () => {
    const words = problems.flatMap(({ title, also }) => [title, ...also]).filter((word) => !/[=<>"]/.test(word));
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter((word) => looksLikeLogLine(word) && !/^[A-Z].*: /.test(word))).toEqual([]);
    expect(looksLikeLogLine('rc.HOST')).toBe(false);
    expect(looksLikeLogLine('')).toBe(false);
  });
});
