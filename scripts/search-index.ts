/** Makes the Pagefind index of dist/ after the build, and removes the ready-made interfaces that the site does not use. */
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
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
const written = await index.writeFiles({ outputPath: join(dist, 'pagefind') });
if (written.errors.length > 0) throw new Error(written.errors.join('\n'));
for (const file of readdirSync(join(dist, 'pagefind'))) {
  if (/^pagefind-(?:ui|modular-ui|component-ui|highlight)/.test(file)) rmSync(join(dist, 'pagefind', file));
}
await pagefind.close();
console.log(`Search index: ${added.page_count} pages.`);
