/** What a problem's page shows of its first captured run: lines that are signs of it, from the file that holds them. */
import { describe, expect, test } from 'vitest';
import { runsOf, seenLines } from '../../../src/build/pages/captures.ts';
import { content } from '../../../src/build/pages/content.ts';

const { problems } = content();
const sides = ['client', 'server'] as const;
const shown = problems
  .filter(({ captures }) => captures.length > 0)
  .map((problem) => {
    const [run] = runsOf(problem.captures[0] ?? '');
    return { problem, lines: sides.flatMap((side) => (run && seenLines(run, side, problem)?.lines) ?? []) };
  });

describe('the lines that a page shows', () => {
  test('are there, but for a full disk, a threshold, and a block without a record', () => {
    const silent = shown.filter(({ lines }) => lines.length === 0).map(({ problem }) => problem.id);
    expect(silent.sort()).toEqual(['disk-full', 'log-threshold', 'server-user-missing']);
  });

  test.each(
    shown.filter(({ lines }) => lines.length > 0).map(({ problem, lines }) => ({ id: problem.id, problem, lines })),
  )('have a sign of $id among them', ({ problem, lines }) => {
    const signs = problem.signs.map(({ message }) => message);
    expect(lines.map(({ finding }) => finding.message).filter((id) => id && signs.includes(id))).not.toEqual([]);
  });
});
