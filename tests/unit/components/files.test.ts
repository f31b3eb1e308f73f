/** Files are read as text, packed ones unpacked; what cannot be read is named, what is too large is cut and said so. */
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

  test('that cannot be read are named, the others are read', async () => {
    const { sources, refused } = await readFiles([
      new File(['no archive'], 'a.gz'),
      new File([gzipSync('half of it').subarray(0, 15)], 'b.GZ'),
      new File(['fine'], 'c.log'),
    ]);
    expect(sources.map(({ name }) => name)).toEqual(['c.log']);
    expect(refused).toHaveLength(2);
    expect(refused[0]).toContain('a.gz cannot be read');
  });

  test('larger than 32 MB are cut, a small archive that holds as much as well', async () => {
    const much = 'x'.repeat(40 * mega);
    const { sources, refused } = await readFiles([new File([much], 'big.log'), new File([gzipSync(much)], 'bomb.gz')]);
    for (const { text } of sources) {
      expect(text.length).toBeGreaterThanOrEqual(32 * mega);
      expect(text.length).toBeLessThan(34 * mega);
    }
    expect(refused.map((line) => line.split(' ')[0])).toEqual(['big.log', 'bomb.gz']);
  });
});
