/** Writes the service worker and the one download that holds the whole site for it. The last step of a build. */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { build } from 'esbuild';
import { contentTypes } from '../../../../scripts/content-types.ts';
import { filesOf } from '../site.ts';

/** Not needed to use the site: other editions of it, what only crawlers and installers read, and the pack itself. */
const leftOut =
  /^(?:downloads?|screenshots)\/|\.md$|\.map$|^(?:sw\.js|og\.png|sitemap\.xml|robots\.txt|llms\.txt|opensearch\.xml)$|\.pack$/;

/** The files of the site in one: length of the list, list (path, content type, size), contents. */
function packed(folder: string): Buffer {
  const files = filesOf(folder).filter((file) => !leftOut.test(file));
  const contents = files.map((file) => readFileSync(join(folder, file)));
  const list = Buffer.from(
    JSON.stringify(
      files.map((file, i) => [file, contentTypes[extname(file)] ?? 'application/octet-stream', contents[i]?.length]),
    ),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32BE(list.length);
  return Buffer.concat([length, list, ...contents]);
}

/** A worker that takes itself and its caches away: how a site that no longer wants one gets rid of it. */
const goodbye = `const leave = async () => {
  const ours = 'samhain-troubleshooter ' + new URL(self.registration.scope).pathname + ' ';
  for (const name of await caches.keys()) if (name.startsWith(ours)) await caches.delete(name);
  await self.registration.unregister();
};
// At once: an open page may hold back the turn of a new worker for long.
self.addEventListener('install', (event) => event.waitUntil(leave()));
self.addEventListener('activate', (event) => event.waitUntil(leave()));
`;

export interface PackReport {
  version: string;
  /** Size of the download, and of what it unpacks to, in bytes. */
  bytes: number;
  unpacked: number;
}

/** @param off writes a worker that removes itself instead (SERVICE_WORKER=off) */
export async function writeServiceWorker(folder: string, off = false): Promise<PackReport | undefined> {
  for (const file of filesOf(folder).filter((name) => name.endsWith('.pack'))) rmSync(join(folder, file));
  if (off) {
    writeFileSync(join(folder, 'sw.js'), goodbye);
    return undefined;
  }
  const content = packed(folder);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 32);
  const pack = `_astro/site-${version}.pack`;
  const zipped = await promisify(gzip)(content, { level: 9 });
  writeFileSync(join(folder, pack), zipped);
  await build({
    entryPoints: [join(import.meta.dirname, '../../../browser/editions/service-worker.ts')],
    outfile: join(folder, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    logLevel: 'error',
    define: { VERSION: JSON.stringify(version), PACK: JSON.stringify(pack) },
  });
  return { version, bytes: zipped.length, unpacked: content.length };
}
