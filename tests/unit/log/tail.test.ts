/** The end of a long file: what is read of it is read as it would be within the whole. */
import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readRecords } from '../../../src/engine/index.ts';
import { Tail } from '../../../src/engine/tail.ts';

const captures = join(import.meta.dirname, '..', '..', 'captures');

function tailOf(bytes: Uint8Array, limits: { bytes: number; lines: number }, piece = 37) {
  const tail = new Tail(limits);
  for (let at = 0; at < bytes.length; at += piece) tail.push(bytes.subarray(at, at + piece));
  return tail.end();
}

function records(text: string, part?: { skippedLines: number; bytes: number }) {
  const read = readRecords([{ name: 'x', text, ...(part ? { part } : {}) }]);
  return {
    ...read,
    all: read.records.map(({ line, endLine, body, suspicious }) => JSON.stringify([line, endLine, body, suspicious])),
  };
}

/** A client's name that holds a record and looks like its signature. */
const mark = (n: string) => n.repeat(48).slice(0, 48);
const forged = [
  '[SOF]',
  ...Array.from({ length: 6 }, (_, i) => [
    `CRIT   :  [2026-11-23T15:18:5${i}+0000] msg=<Invalid connection attempt: Not in client list>, client=<evil${'x'.repeat(30)}`,
    'CRIT   :  [2026-11-23T15:18:50+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<db2>',
    `>${i}`,
    mark(`${i}A`),
  ]).flat(),
  '',
].join('\n');

describe('the end of a file', () => {
  test.each([
    ['a signed log', read('13a-healthy-full-session-policy/42-plain/server.log')],
    ['a signed XML log', read('13a-healthy-full-session-policy/42-xml/server.log')],
    ['a terminal with explanations', read('11v-not-root/42-plain/server.stderr')],
    ['syslog with long messages in pieces', read('13k-long-messages-syslog-split/42-plain/client.syslog')],
    ['forged records in names', Buffer.from(forged)],
    [
      'lines that end in CR',
      Buffer.from(read('03a-password-never-set/42-plain/server.log').toString().replaceAll('\n', '\r')),
    ],
  ])('of %s, wherever it is cut', (_, bytes) => {
    const whole = records(bytes.toString());
    expect(whole.all.length).toBeGreaterThan(3);
    for (let limit = 40; limit < bytes.length; limit += 61) {
      const { text, part } = tailOf(bytes, { bytes: limit, lines: 1000 });
      const read = records(text, part);
      const known = new Set(whole.all);
      expect(
        read.all.filter((record) => !known.has(record)),
        `the last ${limit} bytes`,
      ).toEqual([]);
      expect(part?.bytes).toBe(bytes.length);
      expect(read.lines + (part?.skippedLines ?? 0)).toBe(whole.lines);
      // Of what was kept no more than the half record and its signature is left out.
      expect(text.length).toBeGreaterThan(limit - 3500);
    }
  });

  test('is bounded in lines, blank ones in a row counted once', () => {
    const lines = 'a\n\n\n\nb\n'.repeat(1000);
    const { text, part } = tailOf(Buffer.from(lines), { bytes: 1_000_000, lines: 100 });
    expect(text.split('\n').filter(Boolean).length).toBeLessThanOrEqual(100);
    expect(text.split('\n').filter(Boolean).length).toBeGreaterThan(95);
    expect(part?.skippedLines).toBe(5000 - (text.split('\n').length - 1));
  });

  test('begins at the signature, but only if that stands among its first 2000 lines', () => {
    const record = (n: number) =>
      `NOTICE :  [2026-11-23T10:00:00+0000] msg=<NEW CLIENT>, client=<web${n}.example.net>\n`;
    const log = (before: number) => {
      const rest = Array.from({ length: before }, (_, n) => record(n)).join('');
      return Buffer.from(`${'x'.repeat(50)}\n${rest}${mark('A')}\n${record(9999)}`);
    };
    const begin = (bytes: Buffer) => tailOf(bytes, { bytes: bytes.length - 10, lines: 9999 }, 5000).text.slice(0, 48);
    expect(begin(log(1900))).toBe(mark('A'));
    expect(begin(log(2100))).toBe(record(0).slice(0, 48));
  });

  test('loses no more than the rest of one character at its beginning, whatever its letters are', () => {
    const { text } = tailOf(Buffer.alloc(100, 0xa0), { bytes: 50, lines: 10 });
    expect(text).toHaveLength(47);
  });

  test('is the whole of a file that is short enough', () => {
    expect(tailOf(Buffer.from('a\nb\n'), { bytes: 4, lines: 2 })).toEqual({ text: 'a\nb\n' });
    expect(tailOf(Buffer.alloc(0), { bytes: 4, lines: 2 })).toEqual({ text: '' });
  });
});

function read(path: string): Buffer {
  return readFileSync(join(captures, path));
}
