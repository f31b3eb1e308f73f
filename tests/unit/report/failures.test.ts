/** Failures that a user can meet: each has its fixed name, three sentences, a place where it is used, and a row in the documentation. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as table from '../../../src/report/failures.ts';

const root = join(import.meta.dirname, '../../..');
const failures = Object.entries(table).flatMap(([id, one]) => (typeof one === 'object' ? [{ id, ...one }] : []));
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'src'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((name) => /^src\/(?:browser|cli|components|engine|report)\/.*\.(?:tsx?|astro)$/.test(name))
  .filter((name) => name !== 'src/report/failures.ts')
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

test('each has a name of its own, and says what happened, what is safe, and what to do', () => {
  expect(failures.length).toBeGreaterThan(20);
  expect(new Set(failures.map(({ name }) => name)).size).toBe(failures.length);
  for (const { name, happened, safe, next } of failures) {
    expect(name).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    for (const sentence of [safe, next]) expect(sentence, name).toMatch(/^[A-Z].*\.$/);
    expect(happened, name).toMatch(/\.$|^\{reason\}$/);
  }
});

test('each is used where it happens', () => {
  const unused = failures.filter(({ id }) => !sources.some(({ text }) => new RegExp(`\\b${id}\\b`).test(text)));
  // These two are chosen by the kind of the error.
  expect(unused.map(({ id }) => id).sort()).toEqual(['archiveDamaged', 'filePacked']);
});

test('nothing else is said of a failure anywhere', () => {
  // Thrown within, and never shown as they are.
  const within = /service-worker\.ts$|editions\/folder\.ts$/;
  const own = sources.flatMap(({ name, text }) =>
    within.test(name)
      ? []
      : text
          .split('\n')
          .filter((line) => !/^\s*(?:\/\/|\*|\/\*)/.test(line))
          .filter((line) =>
            /['"`>][^'"`]*(?:Cannot (?:read|write|set)|could not be (?:read|written|loaded|unpacked)|cannot be (?:read|loaded|written)|is damaged|has not (?:kept|started)|keeps nothing)/.test(
              line,
            ),
          )
          .map((line) => `${name}: ${line.trim()}`),
  );
  expect(own).toEqual([]);
});

test('in words all that was left open is filled in, and the name is at the end', () => {
  expect(table.failureText(table.fileUnreadable, { file: 'a.log', reason: 'permission denied' })).toBe(
    'Cannot read a.log: permission denied. The file is unchanged. Check its name and permissions, and give it again. [file-unreadable]',
  );
});

test('docs/failures.md lists them as they are', () => {
  const rows = readFileSync(join(root, 'docs/failures.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| `'));
  expect(rows).toEqual(
    failures.map(({ name, happened, safe, next }) => `| \`${name}\` | ${happened} | ${safe} | ${next} |`).sort(),
  );
});
