/**
 * Serves a folder as a plain web server does, with the headers and the compression that docs/deploy.md recommends.
 * `node scripts/serve.ts [folder] [--port N] [--base /path]`; used by `npm start` and by the browser tests.
 */
import { readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { contentTypes } from './content-types.ts';

const headers = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "frame-ancestors 'none'",
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

async function fileFor(root: string, path: string): Promise<string | undefined> {
  const wanted = resolve(join(root, normalize(decodeURIComponent(path))));
  if (wanted !== root && !wanted.startsWith(root + sep)) return undefined;
  for (const candidate of [wanted, join(wanted, 'index.html')]) {
    const info = await stat(candidate).catch(() => undefined);
    if (info?.isFile()) return candidate;
  }
  return undefined;
}

/** What is text, by its type: the rest is compressed already. */
const isText = (type: string): boolean => /^text\/|json|xml/.test(type);
const compress = promisify(gzip);
/** By path: what a file became, as long as it is the same. (The largest take a tenth of a second.) */
const compressed = new Map<string, { changed: number; bytes: Buffer }>();

async function gzipped(path: string): Promise<Buffer> {
  const { mtimeMs: changed } = await stat(path);
  const known = compressed.get(path);
  if (known?.changed === changed) return known.bytes;
  const bytes = await compress(await readFile(path));
  compressed.set(path, { changed, bytes });
  return bytes;
}

/**
 * Starts the server.
 * @param base path below which the folder stands, '' for the root
 * @param port 0 takes a free one
 */
export async function serve(folder: string, port: number, base = ''): Promise<{ server: Server; url: string }> {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    // (`//` is an address to Node and none to a URL.)
    const path = (request.url ?? '/').split(/[?#]/, 1)[0]?.replace(/^\/{2,}/, '/') ?? '/';
    const inside = path.startsWith(base) ? path.slice(base.length) || '/' : undefined;
    const file = inside === undefined ? undefined : await fileFor(root, inside).catch(() => undefined);
    const page = file ?? (await fileFor(root, '/404.html'));
    if (!page) {
      response.writeHead(404, headers).end('Not found');
      return;
    }
    const hashed = page.includes(`${sep}_astro${sep}`);
    const type = contentTypes[extname(page)] ?? 'application/octet-stream';
    const packed = isText(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    // (The folder may be built anew, or go away, while it is read.)
    const bytes = await (packed ? gzipped(page) : readFile(page)).catch(() => undefined);
    if (!bytes) {
      response.writeHead(404, headers).end('Not found');
      return;
    }
    response.writeHead(file ? 200 : 404, {
      ...headers,
      'Content-Type': type,
      'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      ...(isText(type) ? { Vary: 'Accept-Encoding' } : {}),
      ...(packed ? { 'Content-Encoding': 'gzip' } : {}),
    });
    response.end(bytes);
  });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(port, '127.0.0.1', done);
  });
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}${base}/` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: process.env.PORT ?? '4321' }, base: { type: 'string', default: '' } },
  });
  try {
    const { url } = await serve(positionals[0] ?? 'dist', Number(values.port), values.base);
    console.log(`\nSamhain Troubleshooter: ${url}\n(Ctrl-C ends it)`);
  } catch (error) {
    const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    console.error(busy ? `Port ${values.port} is taken. Another one: PORT=4322 npm start` : String(error));
    process.exit(1);
  }
}
