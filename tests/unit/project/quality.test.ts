/** docs/quality.md and docs/attacks.md say what is measured and tested; here that both hold together. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { untested } from '../../../scripts/attacks.ts';

const root = join(import.meta.dirname, '../../..');
const rows = readFileSync(join(root, 'docs/quality.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('every attack and fault has a test that is there', () => {
  expect(untested(root)).toEqual([]);
});

test('each of eight qualities has two figures, each with a command that there is', () => {
  const areas = rows.map(([, area = '']) => Number.parseInt(area, 10));
  for (let area = 1; area <= 8; area += 1)
    expect(areas.filter((one) => one === area).length, `${area}`).toBeGreaterThan(1);
  const audit = readFileSync(join(root, 'scripts/audit.ts'), 'utf8');
  const ids = rows.map(
    ([, , , , , command = '']) => /^`npm run --silent audit -- ([\w-]+)`$/.exec(command)?.[1] ?? command,
  );
  expect(ids.filter((id) => !audit.includes(`id: '${id}'`))).toEqual([]);
  expect(rows.filter(([, , , figure = '']) => figure.includes('**failed**'))).toEqual([]);
});
