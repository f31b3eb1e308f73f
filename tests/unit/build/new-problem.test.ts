/** The skeleton of a problem passes every check but for its TBDs, and a full question or a wrong name writes nothing. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { checkWords } from '../../../src/build/knowledge/words.ts';
import { mostAnswers } from '../../../src/content/schemas.ts';

const project = fileURLToPath(new URL('../../../', import.meta.url));
let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'new-problem-'));
  for (const name of ['src', 'scripts', 'package.json'])
    cpSync(join(project, name), join(root, name), { recursive: true });
  for (const name of ['tests', 'node_modules']) symlinkSync(join(project, name), join(root, name), 'junction');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const make = (...words: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts', 'new-problem.ts'), ...words], { encoding: 'utf8' });

test('a wrong name and a full question write nothing', () => {
  const before = loadKnowledge(root);
  const full = before.questions.find(({ answers }) => answers.length === mostAnswers)?.id ?? '';
  const wrong = make('clock-skew', 'MSG_TCP_TIMEX', full);
  expect([wrong.status, wrong.stderr.split('\n')[0]]).toEqual([
    2,
    'there is no message MSG_TCP_TIMEX; did you mean MSG_TCP_TIMEXC?',
  ]);
  expect(make('clock-skew', 'MSG_TCP_TIMEXC', full).stderr).toContain(
    `${full} has ${mostAnswers} answers already. Those with room: `,
  );
  expect(loadKnowledge(root).problems).toEqual(before.problems);
});

test('the skeleton is whole but for what says TBD', () => {
  const { status, stdout } = make('clock-skew', 'MSG_TCP_TIMEXC', 'hang');
  expect(status).toBe(0);
  expect(stdout).toContain('MSG_TCP_TIMEXC is a sign of client-silent too');
  const { problems, questions, words } = loadKnowledge(root);
  expect(problems.find(({ id }) => id === 'clock-skew')?.lines).toHaveLength(1);
  expect(questions.find(({ id }) => id === 'hang')?.answers.at(-1)).toMatchObject({ problem: 'clock-skew' });
  const left = checkWords(words, root);
  expect(left.length).toBeGreaterThan(8);
  expect(left.every(({ reason }) => reason.startsWith('"TBD"'))).toBe(true);
  // What stands there already is not written over.
  expect(make('clock-skew', 'MSG_TCP_TIMEXC', 'hang').status).toBe(2);
});
