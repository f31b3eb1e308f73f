/** The picture in docs/architecture.md is what the imports are. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { importsOf, pictureFile, withPicture } from '../../../scripts/imports.ts';

test('the picture of the rooms is made from the imports as they are: npm run picture', () => {
  const page = readFileSync(pictureFile, 'utf8');
  expect(page).toBe(withPicture(page));
  expect(page).toContain('r0["pages, layouts"]');
});

test('engine and report use nothing of pages, browser, build or command line', () => {
  const beyond = [...importsOf('src')].flatMap(([file, to]) =>
    /^src\/(?:engine|report)\//.test(file)
      ? to.filter((other) => !/^src\/(?:engine|report|content)\//.test(other)).map((other) => `${file} uses ${other}`)
      : [],
  );
  expect(beyond).toEqual([]);
});
