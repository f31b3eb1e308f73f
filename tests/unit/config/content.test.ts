/** What the content says of configurations: its expressions are quick, and each of its rules is tried. */
import { check } from 'recheck';
import { expect, test } from 'vitest';
import { knowledge } from '../diagnosis/judge.ts';

const expressions = [
  ...knowledge.settings.flatMap(({ form }) => form ?? []),
  ...knowledge.rules.flatMap(({ when }) =>
    Object.values(when).flatMap((one) => (typeof one === 'object' ? (one.matches ?? []) : [])),
  ),
];

test('no expression takes more than linear time, whatever text it is given', async () => {
  expect(expressions.length).toBeGreaterThan(3);
  const slow: string[] = [];
  for (const source of new Set(expressions)) {
    const result = await check(source, '', { randomSeed: 1, timeout: 60_000 });
    if (result.status !== 'safe') slow.push(`${source}: ${result.status}`);
  }
  expect(slow).toEqual([]);
}, 300_000);
