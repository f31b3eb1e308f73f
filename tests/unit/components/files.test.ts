/** Files are read as text, packed ones unpacked; what cannot be read is named, what is too large is read in part. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { addFiles, readFiles } from '../../../src/components/diagnosis/files.ts';

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

  test('of one name are both kept, unless it is the same file again', async () => {
    const give = async (...files: File[]) => (await readFiles(files)).sources;
    const lines = (host: string, count: number) => `${host} has more to say\n`.repeat(count);
    const first = addFiles([], await give(new File([lines('web1', 2)], 'client.log')));
    const both = addFiles(first, await give(new File([lines('web2', 2)], 'client.log')));
    expect(both.map(({ name, text }) => [name, text])).toEqual([
      ['client.log', lines('web1', 2)],
      ['client.log (2)', lines('web2', 2)],
    ]);
    // Chosen again, one of them has grown since, and a third comes with it.
    const more = [lines('web2', 3), lines('web3', 1), lines('web1', 2)].map((text) => new File([text], 'client.log'));
    const three = addFiles(both, await give(...more, new File([''], 'pasted')));
    expect(three.map(({ name, text }) => [name, text])).toEqual([
      ['client.log', lines('web1', 2)],
      ['client.log (2)', lines('web2', 3)],
      ['client.log (3)', lines('web3', 1)],
      // What is pasted has that name.
      ['pasted (2)', ''],
    ]);
  });

  test('of which only the end is held are known again when they have grown', async () => {
    const text = Array.from({ length: 34 * 1024 }, (_, i) => `${i}`.padEnd(1023, 'x')).join('\n');
    const now = new File([`${text}\nnew\n`], 'a.log');
    const old = addFiles([], (await readFiles([new File([text], 'a.log')])).sources);
    const files = addFiles(old, (await readFiles([now])).sources);
    expect(files.map(({ name }) => name)).toEqual(['a.log']);
    expect(files[0]?.text.endsWith('new\n')).toBe(true);
  });
});
