/** A baseline that no server sent: the steps begin on the client, and name its file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stepsOf } from '../../../src/engine/diagnosis/index.ts';
import { judge, knowledge } from './judge.ts';

const wild = join(import.meta.dirname, '..', '..', 'wild-kinds');

test.each(['second-init-start.log', 'second-init-then-check.log', 'block-alone-version.log'])('%s', (name) => {
  const { diagnoses, read } = judge(readFileSync(join(wild, name), 'utf8'));
  const [first] = diagnoses;
  expect(first?.problem).toBe('bad-database');
  const problem = knowledge.problems.find(({ id }) => id === first?.problem);
  if (!first || !problem) throw new Error('no diagnosis');
  const steps = stepsOf(problem, 'fix', { diagnosis: first, findings: read.findings, asides: read.asides });
  expect(steps[0]?.at).toBe('client');
  expect(steps[0]?.commands[0]?.text).toContain('/var/lib/samhain/samhain_file');
  expect(steps[0]?.prints).toContain('exactly 1');
  // What the reader is told to do on the server comes with its condition.
  for (const step of steps.filter(({ at }) => at === 'server')) expect(step.do).toMatch(/^Only if|that copy/);
});
