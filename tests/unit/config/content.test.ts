/** What the content says of configurations: its expressions are quick, and each of its rules is tried. */
import { expect, test } from 'vitest';
import { knowledge } from '../diagnosis/judge.ts';
import { slowOnes } from '../support/linear.ts';

const expressions = [
  ...knowledge.settings.flatMap(({ form }) => form ?? []),
  ...knowledge.rules.flatMap(({ when }) =>
    Object.values(when).flatMap((one) => (typeof one === 'object' ? (one.matches ?? []) : [])),
  ),
];

test('no expression takes more than linear time, whatever text it is given', async () => {
  expect(expressions.length).toBeGreaterThan(3);
  expect(
    await slowOnes(
      expressions.map((source) => ({ source, flags: '' })),
      'settings',
    ),
  ).toEqual([]);
}, 300_000);
