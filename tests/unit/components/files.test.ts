/** Files are read as text, packed ones unpacked; what cannot be read is named, what is too large is read in part. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readFiles } from '../../../src/components/diagnosis/files.ts';

const mega = 1024 * 1024;

describe('files', () => {
  test('are read in their order, packed ones unpacked', async () => {
    const { sources, refused } = await readFiles([
      new File(['one\n'], 'client.log'),
      new File([gzipSync('zwei\n')], 'yule_log.1.gz'),
      new File([''], 'empty.log'),
    ]);
    expect(sources).toEqual([
      { name: 'client.log', text: 'one\n' },
      { name: 'yule_log.1.gz', text: 'zwei\n' },
      { name: 'empty.log', text: '' },
    ]);
    expect(refused).toEqual([]);
  });

  test('that cannot be read are named, and count as not read; the others are read', async () => {
    const { sources, refused } = await readFiles([
      new File(['no archive'], 'a.gz'),
      new File([gzipSync('half of it').subarray(0, 10)], 'b.GZ'),
      new File(['fine'], 'c.log'),
    ]);
    expect(sources.map(({ name, text, part }) => [name, text, part?.unreadable ?? false])).toEqual([
      ['a.gz', '', true],
      ['b.GZ', '', true],
      ['c.log', 'fine', false],
    ]);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toContain('a.gz cannot be read');
  });

  test('that are cut archives give what could be unpacked, up to the last line', async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `line ${i} ${Math.sin(i)}\n`).join('');
    const packed = gzipSync(text);
    const { sources, refused } = await readFiles([new File([packed.subarray(0, -1)], 'cut.log.gz')]);
    expect(refused).toEqual([]);
    expect(sources[0]?.text).toBe(text);
    expect(sources[0]?.part).toEqual({ skippedLines: 0, bytes: text.length, broken: true });
  });

  test('larger than 32 MB keep their end, in an archive as well; an archive is known by its bytes', async () => {
    const much = `${'x'.repeat(1023)}\n`.repeat(40 * 1024);
    const { sources } = await readFiles([new File([much], 'big.log'), new File([gzipSync(much)], 'bomb')]);
    for (const { text, part } of sources) {
      expect(text).toHaveLength(32 * mega - 1024);
      expect(part).toEqual({ skippedLines: 8 * 1024 + 1, bytes: 40 * mega });
    }
  });

  test('that are not wanted any more are not read to their end', async () => {
    const wanted = new AbortController();
    wanted.abort(new Error('cleared'));
    const files = [new File([gzipSync('x'.repeat(mega))], 'a.gz'), new File(['x'], 'b.log')];
    for (const file of files) await expect(readFiles([file], wanted.signal)).rejects.toThrow('cleared');
  });
});
