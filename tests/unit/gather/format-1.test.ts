/** Blocks of format 1 are read for ever: in each captured state their output alone names the problem that it decides. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { judgeSources } from '../diagnosis/judge.ts';

const states = gunzipSync(readFileSync(new URL('../../checks/blocks-format-1.txt.gz', import.meta.url)))
  .toString()
  .split(/^=== /m)
  .slice(1)
  .map((part) => {
    const [head = '', ...blocks] = part.split(/^--- /m);
    const [state = '', accepted = '', decided = ''] = head.trim().split(' ');
    const sources = blocks.map((block) => {
      const end = block.indexOf('\n');
      return { name: `${block.slice(0, end)}.txt`, text: block.slice(end + 1) };
    });
    return { state, accepted: accepted.split(','), decided: decided === 'decided', sources };
  });

describe('blocks of format 1', () => {
  test('states are there', () => expect(states.filter(({ decided }) => decided).length).toBe(40));

  test.each(states)('$state', ({ accepted, decided, sources }) => {
    const { diagnoses, excluded, read } = judgeSources(sources);
    const standing = diagnoses.filter(({ over }) => !over);
    if (decided) expect(accepted).toContain(standing[0]?.problem);
    if (accepted.includes('healthy')) expect(standing).toEqual([]);
    for (const { problem } of standing.filter(({ confidence }) => confidence === 'certain'))
      expect(accepted).toContain(problem);
    expect(excluded.map(({ problem }) => problem).filter((one) => accepted.includes(one))).toEqual([]);
    expect(read.unrecognised).toEqual([]);
  });
});
