/**
 * The service worker, as it runs in the browser. One download holds the whole site (the pack); it is unpacked into a
 * cache of its own, and only a pack that is whole and of this very version is taken. So a visit shows one version or
 * the other, never parts of both.
 *
 * The build sets `VERSION` (hash of the pack's content) and `PACK` (its address below the scope).
 */
declare const VERSION: string;
declare const PACK: string;

/** What is used here of a service worker's own scope; TypeScript's two libraries for it exclude each other. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Asking extends Waiting {
  request: Request;
  respondWith(response: Promise<Response>): void;
}
interface Worker {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: Waiting) => void): void;
  addEventListener(type: 'message', listener: (event: MessageEvent<unknown>) => void): void;
  addEventListener(type: 'fetch', listener: (event: Asking) => void): void;
}
const worker = self as unknown as Worker;

const scope = new URL(worker.registration.scope);
/** Caches are shared by all of a host: the scope tells ours from those of other sites below the same host. */
const ours = `samhain-troubleshooter ${scope.pathname} `;
const cacheName = ours + VERSION;

/** What the server says of every page beside its content; kept for the pages out of the pack. */
const keptHeaders = [
  'content-security-policy',
  'referrer-policy',
  'permissions-policy',
  'x-frame-options',
  'x-content-type-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
];

async function unzipped(bytes: ArrayBuffer): Promise<ArrayBuffer> {
  // A server may have declared the file as compressed: then the browser has unzipped it already.
  const [first, second] = new Uint8Array(bytes);
  if (first !== 0x1f || second !== 0x8b) return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

async function isThisVersion(bytes: ArrayBuffer): Promise<boolean> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .startsWith(VERSION);
}

/** Downloads the pack and fills the cache. @throws if anything at all is missing; then no cache is left */
async function fill(): Promise<void> {
  const response = await fetch(new URL(PACK, scope));
  if (!response.ok) throw new Error(`${PACK}: ${response.status}`);
  const bytes = await unzipped(await response.arrayBuffer());
  if (!(await isThisVersion(bytes))) throw new Error(`${PACK} is damaged, or of another version`);
  // The pack: length of its list (4 bytes, big-endian), the list as JSON, then all files one after the other.
  const listLength = new DataView(bytes).getUint32(0);
  const list = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, listLength))) as [
    path: string,
    type: string,
    size: number,
  ][];
  const headers = keptHeaders.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as [string, string]];
  });
  await caches.delete(cacheName);
  try {
    const cache = await caches.open(cacheName);
    let at = 4 + listLength;
    const puts = list.map(([path, type, size]) => {
      const body = bytes.slice(at, at + size);
      at += size;
      return cache.put(new URL(path, scope), new Response(body, { headers: [['content-type', type], ...headers] }));
    });
    await Promise.all(puts);
  } catch (error) {
    await caches.delete(cacheName);
    throw error;
  }
}

/** Removes the caches of older versions, but for the last: pages still open may ask for their scripts. */
async function tidy(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== cacheName);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

const kept = (path: string): Promise<Response | undefined> => caches.match(new URL(path, scope), { cacheName });

/** The kept file for an address; a page's address without its slash leads to the one with it, as on a server. */
async function fromCache(request: Request, url: URL): Promise<Response | undefined> {
  const path = url.pathname.slice(scope.pathname.length);
  const exact = await kept(path === '' || path.endsWith('/') ? `${path}index.html` : path);
  if (exact) return exact;
  if (request.mode === 'navigate' && !path.endsWith('/') && (await kept(`${path}/index.html`))) {
    return Response.redirect(`${url.origin}${url.pathname}/${url.search}`, 301);
  }
  // Names below _astro/ hold a hash of their content: whatever version asks, there is one right answer.
  return path.startsWith('_astro/') ? caches.match(url) : undefined;
}

async function notFound(): Promise<Response> {
  const page = await kept('404.html').catch(() => undefined);
  return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
}

async function answer(event: Asking, url: URL): Promise<Response> {
  const { request } = event;
  try {
    const found = await fromCache(request, url);
    if (found) return found;
    // The browser or the user may have emptied the cache; it is filled again beside this answer.
    if (request.mode === 'navigate' && !(await caches.has(cacheName))) event.waitUntil(fill().catch(() => {}));
  } catch {
    // Storage refused: as if there were no worker.
  }
  try {
    return await fetch(request);
  } catch (error) {
    if (request.mode === 'navigate') return notFound();
    throw error;
  }
}

worker.addEventListener('install', (event) => event.waitUntil(fill()));
worker.addEventListener('activate', (event) => event.waitUntil(tidy()));
worker.addEventListener('message', ({ data }) => {
  if (data === 'take over') void worker.skipWaiting();
});
worker.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  event.respondWith(answer(event, url));
});
