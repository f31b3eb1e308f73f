/** No file of the site is empty: what was cut off while it was written is found before it is served. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult, Site } from './site.ts';

export async function checkFiles({ folder, files }: Site): Promise<CheckResult> {
  const empty = [...files].filter((path) => statSync(join(folder, path)).size === 0);
  return { name: 'Files', looked: files.size, problems: empty.map((path) => `${path}: is empty`) };
}
