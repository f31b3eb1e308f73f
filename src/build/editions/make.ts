/**
 * What a build does after the pages are there: all editions are made from dist/, in this order,
 * and the service worker comes last, for it holds a copy of everything else.
 * `node src/build/editions/make.ts [dist]`; the folder edition, its zip, the single file and the
 * command line are written beside dist.
 */
import { copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeExports } from '../exports/write.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { notices, noticesFile, takeBundled } from '../third-party.ts';
import { makeFile } from './file/file.ts';
import { makeFolder } from './folder/folder.ts';
import { writeDiscovery } from './machine/discovery.ts';
import { writeManifest } from './machine/manifest.ts';
import { bundleCommandLine } from './package/command-line.ts';
import { writePictures } from './pictures/pictures.ts';
import { readPages, siteUrl } from './site.ts';
import { finishSite, megabytes } from './site-edition.ts';
import { writePlainPages } from './text/plain-pages.ts';
import { writeServiceWorker } from './worker/pack.ts';
import { writeZip } from './zip.ts';

const dist = resolve(parseArgs({ allowPositionals: true }).positionals[0] ?? 'dist');
if (existsSync(join(dist, 'sw.js'))) {
  console.error('The editions of this build are made already. For new ones, build anew: npm run build');
  process.exit(1);
}
const beside = (name: string) => join(dirname(dist), name);
const folder = beside('dist-offline');
const zip = beside('dist-offline.zip');
const file = beside('samhain-troubleshooter.html');

// (After the pages, in the same process, it has been read already; what is bundled for the editions has the same.)
globalThis.samhainContent ??= loadKnowledge();
const content = globalThis.samhainContent;
const pictures = writePictures(dist);
console.log(`For other programs: downloads/ with ${writeExports(dist, content).join(', ')}.`);
await pictures;
await writeManifest(dist);
const pages = readPages(dist);

takeBundled(dist);
// The folder edition holds what its pages name, the command line among it.
await bundleCommandLine(beside('dist-cli/samhain-diagnose.mjs'), content);
copyFileSync(beside('dist-cli/samhain-diagnose.mjs'), join(dist, 'downloads/samhain-diagnose.mjs'));

await makeFolder(dist, folder, pages);
for (const place of [dist, folder, beside('dist-cli')]) writeFileSync(join(place, noticesFile), notices());
const zipped = writeZip(folder, 'samhain-troubleshooter', zip);
console.log(`Single file: samhain-troubleshooter.html, ${megabytes(await makeFile(dist, file, pages))}.`);
await zipped;
console.log(`Folder edition: dist-offline/, zipped ${megabytes(statSync(zip).size)}.`);
mkdirSync(join(dist, 'download'), { recursive: true });
copyFileSync(zip, join(dist, 'download/samhain-troubleshooter-offline.zip'));
copyFileSync(file, join(dist, 'download/samhain-troubleshooter.html'));

const finished = finishSite(dist, pages);
writeDiscovery(dist, finished);
console.log(`Plain text: ${writePlainPages(dist, finished)} pages as Markdown, and llms.txt.`);
if (!process.env.SITE_URL) {
  console.log(`SITE_URL is not given: sitemap.xml, robots.txt, opensearch.xml and llms.txt say ${siteUrl}.`);
}

const worker = await writeServiceWorker(dist, process.env.SERVICE_WORKER === 'off');
console.log(
  worker
    ? `Service worker: one download of ${megabytes(worker.bytes)} for the ${megabytes(worker.unpacked)} of the site.`
    : 'Service worker: switched off; sw.js removes an earlier one.',
);
