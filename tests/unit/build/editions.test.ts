/** What the editions without a web server are made from. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

test('their one script has the scripts of every page', () => {
  const scripts = (text: string) =>
    [...text.matchAll(/^\s*import '\S*\/page\/(\S+)';$/gm)].map(([, name = '']) => name);
  const pages = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.astro'))
    .flatMap((name) => scripts(readFileSync(join('src', name), 'utf8')));
  const own = scripts(readFileSync('src/browser/editions/pages.ts', 'utf8'));
  expect(own.toSorted()).toEqual([...new Set(pages)].toSorted());
});
