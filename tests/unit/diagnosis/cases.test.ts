/** The ways into a problem: a line that shows one of them gives its steps alone; else all are there, with their tests. */
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/engine/types.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judgeSources, knowledge, setup } from './judge.ts';

function facesOf(text: string) {
  const sources: Source[] = [{ name: 'text', text }];
  const { read, ...result } = judgeSources(sources);
  return {
    json: jsonOf(reportOf({ read, result, ...knowledge, setup })),
    words: textOf(reportOf({ read, result, ...knowledge, setup })),
  };
}

const casesIn = (id: string) => knowledge.problems.find((problem) => problem.id === id)?.cases ?? [];

/** A line, its problem, and the case that it shows. */
const shown: [string, string, string][] = [
  [
    at('10:00:00', 'ERROR', 'msg=<Encryption mismatch in file download: server: version2 client: none>'),
    'build-mismatch',
    'client',
  ],
  [
    at('10:00:00', 'ERROR', 'msg=<Encryption mismatch in file download: server: none client: version2>'),
    'build-mismatch',
    'server-encryption',
  ],
  [
    at('10:00:00', 'ERROR', 'msg=<No such file or directory>, interface=<chdir>, path=</srv/yule>'),
    'chroot',
    'no-directory',
  ],
  [
    at('10:00:00', 'WARN', 'msg=<Unrecognized section heading in line 6 of configuration file>'),
    'config-errors',
    'heading',
  ],
  [
    at(
      '10:00:00',
      'ERROR',
      'msg=<Network is down, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>',
    ),
    'no-route',
    'own-route',
  ],
  [
    at(
      '10:00:00',
      'ERROR',
      'msg=<The specified host is unknown: true>, subroutine=<gethostbyname>, service=<export>, host=<true>',
    ),
    'server-name-unresolvable',
    'named-true',
  ],
];

describe.each(shown)('%s', (line, problem, id) => {
  const { json, words } = facesOf(`${line}\n`);
  const diagnosis = json.diagnoses.find((one) => one.problem === problem);

  test('gives the steps of its case alone, without the test that chooses it', () => {
    const steps = diagnosis?.steps ?? [];
    expect(steps.length).toBeGreaterThan(0);
    expect([...new Set(steps.flatMap((step) => step.case ?? []))].filter((one) => one !== id)).toEqual([]);
    for (const one of casesIn(problem)) {
      if (one.id === id) expect(words).toContain(one.title);
      else expect(words).not.toContain(one.title);
    }
  });
});

test('a line that shows none of them gives all cases in their order, each test before its steps', () => {
  const line = at(
    '10:00:00',
    'CRIT',
    'msg=<Invalid connection attempt: Session key mismatch>, client=<client1.example.net>',
  );
  const { json, words } = facesOf(`${line}\n`);
  const steps = json.diagnoses[0]?.steps ?? [];
  const cases = casesIn('wrong-password');
  expect(json.diagnoses[0]?.problem).toBe('wrong-password');
  expect([...new Set(steps.flatMap((step) => step.case ?? []))]).toEqual(cases.map(({ id }) => id));
  for (const { id, title, when } of cases) {
    expect(words.indexOf(title)).toBeGreaterThan(-1);
    expect(words.indexOf(when.slice(0, 20).split('`')[0] ?? '')).toBeGreaterThan(-1);
    // The first command of a case is its test, and tests only look.
    expect(steps.find((step) => step.case === id)?.changes).toBe(false);
  }
  // What all have in common comes after the cases.
  const last = steps.findLastIndex((step) => step.case !== undefined);
  expect(steps.slice(last + 1).length).toBeGreaterThan(0);
  expect(steps.slice(0, last).every((step) => step.case !== undefined)).toBe(true);
});

test('no page makes its readers skip: a step that only some need is in a case', () => {
  const alternatives = knowledge.problems.flatMap(({ id, steps: common, cases }) =>
    [...common, ...cases.flatMap(({ steps }) => steps)]
      .filter((step) => /^(?:If|Or|Only if|Where)\b/.test(step.do))
      .map((step) => `${id}: ${step.do}`),
  );
  expect(alternatives).toEqual([]);
});
