/** The configurations that the tests have hold no output of a check: none may be read out of them. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { judge } from '../diagnosis/judge.ts';

// (Of the captured logs each is asked in tests/captures.)
test('no check is claimed of configurations', () => {
  const claimed: string[] = [];
  const root = new URL('../../configs/', import.meta.url);
  for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
    if (/\.(?:json|md|tsv|gz)$/.test(name) || !statSync(new URL(name, root)).isFile()) continue;
    const text = readFileSync(new URL(name, root), 'utf8');
    if (text.length > 100_000) continue;
    claimed.push(...judge(text).read.outputs.outcomes.map(({ check }) => `${name}: ${check}`));
  }
  expect(claimed).toEqual([]);
}, 120_000);
