/** What the search takes for a log line: every captured record, and no words that people search for. */
import { describe, expect, test } from 'vitest';
import { looksLikeLine } from '../../../src/browser/search/typed-line.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';

const { problems, samples } = loadKnowledge();

describe('a query', () => {
  test('is a log line if it is one of the captured lines, plain or XML', () => {
    expect(samples.length).toBeGreaterThan(100);
    expect(samples.filter(({ line }) => !looksLikeLine(line))).toEqual([]);
  });

  test.each([
    'Invalid connection attempt: Session key mismatch',
    'expect=<TALK>',
    'path=<(NULL)>',
    'host="client1.example.net"',
    'Nov 23 15:17:24 yule Yule[36]: hello',
    'LISTEN 0 64 0.0.0.0:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))',
    'nc: connect to yule.example.net port 49777 (tcp) failed: Connection refused',
    '[STATUS:] client1.example.net FILE_TRANSFER',
    '198.51.100.10   yule.example.net',
    '-rw-r----- 1 root yule 1361 Nov 27 03:10 /var/lib/yule/rc',
    'root@yule:~# pgrep -a yule',
    'LogSeverity = none',
  ])('is a log line if it is a part of one: %s', (query) => {
    expect(looksLikeLine(query)).toBe(true);
  });

  test('is none if it is a title or a word for a problem', () => {
    const words = problems.flatMap(({ title, also }) => [title, ...also]).filter((word) => !/[=<>"]/.test(word));
    expect(words.length).toBeGreaterThan(200);
    expect(words.filter((word) => looksLikeLine(word) && !/^[A-Z].*: /.test(word))).toEqual([]);
    for (const word of [
      'rc.HOST',
      '127.0.1.1',
      'tcp wrappers',
      'listen',
      'connection to the server',
      '/var/lib/yule',
      'a-z',
    ])
      expect(looksLikeLine(word), word).toBe(false);
    expect(looksLikeLine('')).toBe(false);
  });
});
