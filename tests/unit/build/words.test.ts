/** No word of the content reads as if translated, and a wrong word is told with the one that was probably meant. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { describeMistake } from '../../../src/build/knowledge/files.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { checkPrints } from '../../../src/build/knowledge/prints.ts';
import { nearestWord, thereIsNo } from '../../../src/build/knowledge/suggest.ts';
import { checkWords } from '../../../src/build/knowledge/words.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

test('the content has no word to avoid', () => {
  expect(checkWords(loadKnowledge(root).words, root).map(describeMistake)).toEqual([]);
});

test('a word to avoid is named with its line, wherever prose is, and never in code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'words-'));
  mkdirSync(join(folder, 'src', 'content'), { recursive: true });
  const lines = [
    '- do: Mend it.',
    '  run: |',
    '    mend --now',
    '  prints: mended',
    '  because: "mend" and `mend`',
    '  a: amend',
  ];
  writeFileSync(join(folder, 'src', 'content', 'a.yaml'), `${lines.join('\n')}\n`);
  writeFileSync(
    join(folder, 'src', 'content', 'b.mdx'),
    'Both\n\n```sh\nmend\n```\n\nThis stands, without a\nword. It is mended.\n',
  );
  const words = [
    { avoid: ['mend', 'mended'], write: 'fix', all: false },
    { avoid: ['stands'], write: 'is', all: true },
  ];
  const found = (all: boolean) =>
    checkWords(words, folder, all).map(({ file, line }) => `${file.split('/').at(-1)}:${line}`);
  expect(found(false)).toEqual(['b.mdx:8', 'a.yaml:1']);
  expect(found(true)).toEqual(['b.mdx:7', 'b.mdx:8', 'a.yaml:1']);
  rmSync(folder, { recursive: true });
});

test('the nearest word is meant, if it is near', () => {
  const ids = ['MSG_TCP_BADCONN', 'MSG_TCP_AUTH', 'MSG_TCP_NOAUTH'];
  expect(thereIsNo('message', 'MSG_TCP_BADCON', ids)).toBe(
    'there is no message MSG_TCP_BADCON; did you mean MSG_TCP_BADCONN?',
  );
  expect(nearestWord('MSG_TCP_ATUH', ids)).toBe('MSG_TCP_AUTH');
  expect(thereIsNo('message', 'wrong-password', ids)).toBe('there is no message wrong-password');
});

test('what a command is said to print is captured, or says that it is not', () => {
  const knowledge = loadKnowledge(root);
  expect(checkPrints(knowledge, root).map(describeMistake)).toEqual([]);
  const [problem, ...others] = knowledge.problems;
  if (!problem) throw new Error('no problem');
  const made = (prints: string, captured?: false) => ({
    ...problem,
    cases: [],
    verify: [],
    steps: [{ do: 'x', changes: false, prints, ...(captured === undefined ? {} : { captured }) }],
  });
  const says = (...step: Parameters<typeof made>) =>
    checkPrints({ ...knowledge, problems: [made(...step), ...others] }, root).length;
  expect(says('msg=<Session key negotiated>')).toBe(0);
  expect(says('msg=<Session key never negotiated>')).toBe(1);
  expect(says('msg=<Session key never negotiated>', false)).toBe(0);
  expect(says('msg=<Session key negotiated>', false)).toBe(1);
  expect(says('no line newer than the fix')).toBe(0);
  expect(says('Something else')).toBe(1);
});
