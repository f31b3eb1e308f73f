/** Makes the Pagefind index of dist/ after the build, without the ready-made interfaces that the site does not use. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as pagefind from 'pagefind';

const dist = process.argv[2] ?? 'dist';

const { index, errors } = await pagefind.createIndex({
  // Error texts are searched as they are printed: path=<(NULL)>, rc.HOST, expect=<TALK>.
  includeCharacters: '_-./[]<>=()',
});
if (!index) throw new Error(errors.join('\n'));
const added = await index.addDirectory({ path: dist });
if (added.errors.length > 0) throw new Error(added.errors.join('\n'));
if (added.page_count < 10) throw new Error(`Only ${added.page_count} pages were indexed; is ${dist} a built site?`);
// Pagefind's own writeFiles answers before the last bytes are on the disk, and close() ends the process that writes them.
const { files, errors: unread } = await index.getFiles();
if (unread.length > 0) throw new Error(unread.join('\n'));
const folder = join(dist, 'pagefind');
rmSync(folder, { recursive: true, force: true });
for (const { path, content } of files) {
  if (/^pagefind-(?:ui|modular-ui|component-ui|highlight)/.test(path)) continue;
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
await pagefind.close();
console.log(`Search index: ${added.page_count} pages.`);
