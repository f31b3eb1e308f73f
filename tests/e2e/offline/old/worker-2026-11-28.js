/** The service worker as it was on 2026-11-28: visitors of that day meet every later version with it, so it is never changed. */

(() => {
  // src/browser/editions/service-worker.ts
  var worker = self;
  var scope = new URL(worker.registration.scope);
  var ours = `samhain-troubleshooter ${scope.pathname} `;
  var cacheName = ours + '__VERSION__';
  var keptHeaders = [
    'content-security-policy',
    'referrer-policy',
    'permissions-policy',
    'x-frame-options',
    'x-content-type-options',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
  ];
  async function unzipped(bytes) {
    const [first, second] = new Uint8Array(bytes);
    if (first !== 31 || second !== 139) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Response(stream).arrayBuffer();
  }
  async function isThisVersion(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return [...digest]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
      .startsWith('__VERSION__');
  }
  async function fill() {
    const response = await fetch(new URL('__PACK__', scope));
    if (!response.ok) throw new Error(`${'__PACK__'}: ${response.status}`);
    const bytes = await unzipped(await response.arrayBuffer());
    if (!(await isThisVersion(bytes))) throw new Error(`${'__PACK__'} is damaged, or of another version`);
    const listLength = new DataView(bytes).getUint32(0);
    const list = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, listLength)));
    const headers = keptHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value]];
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
  async function tidy() {
    const names = (await caches.keys()).filter((name) => name.startsWith(ours) && name !== cacheName);
    await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
    await worker.clients.claim();
  }
  var kept = (path) => caches.match(new URL(path, scope), { cacheName });
  async function fromCache(request, url) {
    const path = url.pathname.slice(scope.pathname.length);
    const exact = await kept(path === '' || path.endsWith('/') ? `${path}index.html` : path);
    if (exact) return exact;
    if (request.mode === 'navigate' && !path.endsWith('/') && (await kept(`${path}/index.html`))) {
      return Response.redirect(`${url.origin}${url.pathname}/${url.search}`, 301);
    }
    return path.startsWith('_astro/') ? caches.match(url) : void 0;
  }
  async function notFound() {
    const page = await kept('404.html').catch(() => void 0);
    return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
  }
  async function answer(event, url) {
    const { request } = event;
    try {
      const found = await fromCache(request, url);
      if (found) return found;
      if (request.mode === 'navigate' && !(await caches.has(cacheName))) event.waitUntil(fill().catch(() => {}));
    } catch {}
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
    if (event.request.method !== 'GET' || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname))
      return;
    event.respondWith(answer(event, url));
  });
})();
