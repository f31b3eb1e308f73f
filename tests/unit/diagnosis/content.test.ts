/** The judge knows no problem and no message by name; what the content says of signs hangs together. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { knowledge } from './judge.ts';

const folder = join(import.meta.dirname, '..', '..', '..', 'src', 'engine', 'diagnosis');

test('no message and no problem is named in the code', () => {
  const ids = knowledge.problems.map(({ id }) => id).filter((id) => id.includes('-'));
  for (const name of readdirSync(folder)) {
    const code = readFileSync(join(folder, name), 'utf8');
    expect(code, name).not.toMatch(/\bMSG_[A-Z]/);
    for (const id of ids) expect(code.includes(`'${id}'`), `${name} names ${id}`).toBe(false);
  }
});

test.each(knowledge.problems)('$id: every partOf names a field of one of its signs', (problem) => {
  const messages = new Map(knowledge.messages.map((message) => [message.id, message]));
  const fields = new Set(problem.signs.flatMap(({ message }) => Object.keys(messages.get(message)?.fields ?? {})));
  const companions = [
    ...problem.consequences,
    ...problem.signs.flatMap((s) => [...(s.with ?? []), ...(s.without ?? [])]),
  ];
  for (const { fields: tests } of companions) {
    for (const test of Object.values(tests ?? {})) {
      if (typeof test !== 'string' && test.partOf) expect(fields).toContain(test.partOf);
    }
  }
});

test.each(knowledge.problems)('$id says what decides', ({ decide }) => {
  expect(decide.length).toBeGreaterThan(0);
});

test('a line that proves one problem proves no other', () => {
  const seen = new Map<string, string>();
  for (const { id, signs } of knowledge.problems) {
    for (const { weight, message, text = [undefined], side, severity, fields, with: companions } of signs) {
      if (weight !== 'proves') continue;
      for (const one of text) {
        const key = JSON.stringify([message, one, side, severity, fields, companions]);
        expect(seen.get(key) ?? id, key).toBe(id);
        seen.set(key, id);
      }
    }
  }
});
