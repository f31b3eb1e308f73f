/** Reads docs/attacks.md: each attack or fault with the test that holds what must hold. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Rows of the table. @param root the project's folder */
export function attacks(root: string): string[] {
  const rows = readFileSync(join(root, 'docs/attacks.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| what'));
  if (rows.length === 0) throw new Error('docs/attacks.md has no rows');
  return rows;
}

/** Rows whose test is not there. */
export const untested = (root: string): string[] =>
  attacks(root).filter((row) => {
    const [file = '', ...words] = (row.split('|').at(-2) ?? '').trim().split(': ');
    const title = words.join(': ');
    const path = join(root, file);
    return title === '' || !existsSync(path) || !readFileSync(path, 'utf8').replaceAll("\\'", "'").includes(title);
  });
