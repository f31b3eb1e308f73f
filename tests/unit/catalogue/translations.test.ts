/** The system's error texts in other languages: a table in which a slip of the keyboard would be seen by no reader of English. */
import { expect, test } from 'vitest';
import { isSystemText } from '../../../src/engine/catalogue/systemTexts.ts';
import { inEnglish, translations } from '../../../src/engine/catalogue/translations.ts';

const rows = Object.entries(translations);

test('each text is words, stands for one English text alone, and that is one that a system prints', () => {
  const seen = new Map<string, string>();
  for (const [english, others] of rows) {
    expect(isSystemText(english), english).toBe(true);
    expect(others.length, english).toBeGreaterThan(5);
    for (const other of others) {
      expect(other, english).toMatch(/^\S.{4,}\S$/u);
      expect(seen.get(other.toLowerCase()) ?? english, other).toBe(english);
      seen.set(other.toLowerCase(), english);
    }
  }
  expect(seen.size).toBeGreaterThan(250);
});

test('a text is found alone, behind a colon, and before a comma', () => {
  for (const [english, others] of rows)
    for (const other of others.filter((one) => one.includes(' '))) {
      expect(inEnglish(other)).toBe(english);
      expect(inEnglish(`Connection error: ${other}`)).toBe(`Connection error: ${english}`);
      expect(inEnglish(`${other}, address yule.example.net`)).toBe(`${english}, address yule.example.net`);
    }
});
