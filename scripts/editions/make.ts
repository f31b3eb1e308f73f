/**
 * What a build does after the pages and the search index are there: all editions are made from dist/, in this order,
 * and the service worker comes last, for it holds a copy of everything else.
 */
import { parseArgs } from 'node:util';
import { writeDiscovery } from './machine/discovery.ts';
import { writeManifest } from './machine/manifest.ts';
import { writePictures } from './pictures/pictures.ts';
import { readPages, siteUrl } from './site.ts';
import { writePlainPages } from './text/plain-pages.ts';
import { writeServiceWorker } from './worker/pack.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const dist = positionals[0] ?? 'dist';
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;

await writePictures(dist);
await writeManifest(dist);
const pages = readPages(dist);
writeDiscovery(dist, pages);
console.log(`Plain text: ${writePlainPages(dist, pages)} pages as Markdown, and llms.txt.`);
if (!process.env.SITE_URL) {
  console.log(`SITE_URL is not given: sitemap.xml, robots.txt, opensearch.xml and llms.txt say ${siteUrl}.`);
}

const worker = await writeServiceWorker(dist, process.env.SERVICE_WORKER === 'off');
console.log(
  worker
    ? `Service worker: version ${worker.version.slice(0, 8)}, one download of ${megabytes(worker.bytes)} for ${megabytes(worker.unpacked)}.`
    : 'Service worker: switched off; sw.js removes an earlier one.',
);
