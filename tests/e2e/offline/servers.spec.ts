/** The site on real web servers, with the configurations of docs/deploy.md, and below a path. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { serve } from '../../../scripts/serve.ts';
import { type Build, dist, makeBuild, root } from './support/builds.ts';
import { cases } from './support/cases.ts';
import { webServers } from './support/servers.ts';
import { pageTab } from './support/tab.ts';
import { walk } from './support/walk.ts';

test.use({ serviceWorkers: 'allow', trace: 'off' });
test.describe.configure({ timeout: 240_000 });

/** A copy in the place for temporary files: a server may run as a user who cannot read the project. */
let build: Build;
test.beforeAll(async () => {
  build = await makeBuild('one');
});
test.afterAll(() => build.remove());

for (const { name, installed, configured, start } of webServers) {
  test(`${name}: addresses, types, headers, and the site works`, async ({ page }) => {
    test.skip(!installed, `${name} is not installed`);
    const server = await start(build.folder);
    try {
      const get = (path: string) => fetch(server.url + path, { redirect: 'manual' });
      const found = await get('problems/wrong-password/');
      expect(found.status).toBe(200);
      const slashless = await get('problems/wrong-password');
      expect([301, 302, 307, 308]).toContain(slashless.status);
      expect(new URL(slashless.headers.get('location') ?? '', slashless.url).href).toBe(
        `${server.url}problems/wrong-password/`,
      );
      const missing = await get('no/such/page/');
      expect(missing.status).toBe(404);
      const script = readdirSync(join(dist, '_astro')).find((file) => file.endsWith('.js'));
      if (configured) {
        expect(await missing.text()).toContain('There is no page at this address');
        for (const answer of [found, missing, await get(`_astro/${script}`)]) {
          expect(answer.headers.get('content-security-policy'), answer.url).toBe("frame-ancestors 'none'");
          expect(answer.headers.get('x-content-type-options'), answer.url).toBe('nosniff');
          expect(answer.headers.get('referrer-policy'), answer.url).toBe('no-referrer');
          expect(answer.headers.get('permissions-policy'), answer.url).toContain('camera=()');
        }
        for (const path of ['', 'sw.js', 'problems/wrong-password/']) {
          expect((await get(path)).headers.get('cache-control'), path).toBe('no-cache');
        }
        const kept = (await get(`_astro/${script}`)).headers.get('cache-control');
        expect(kept).toBe('public, max-age=31536000, immutable');
        const types: Record<string, RegExp> = {
          '': /^text\/html; ?charset=utf-8$/i,
          'sw.js': /^(?:text|application)\/javascript/,
          'llms.txt': /^text\/plain; ?charset=utf-8$/i,
          'manifest.webmanifest': /^application\/manifest\+json/,
          'favicon.svg': /^image\/svg\+xml/,
        };
        for (const [path, type] of Object.entries(types))
          expect((await get(path)).headers.get('content-type') ?? '', path).toMatch(type);
        expect(found.headers.get('content-encoding')).toBe('gzip');
      }
      // Scripts, workers, WebAssembly and the service worker run under what this server says of them.
      const address = (path: string) => server.url + path.slice(1);
      expect(await walk(pageTab(page), address, cases.slice(0, 2))).toEqual([]);
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    } finally {
      server.end();
    }
    // And without it.
    expect(await walk(pageTab(page), (path) => server.url + path.slice(1), cases.slice(2, 4))).toEqual([]);
  });
}

test('built for a path: links, machine-readable addresses, service worker, search', async ({ page }) => {
  // A whole build and its checks come before the browser's part.
  test.setTimeout(600_000);
  const place = mkdtempSync(join(tmpdir(), 'samhain-below-'));
  const target = join(place, 'dist');
  const env = { ...process.env, SITE_URL: 'https://help.example.net', BASE_PATH: '/deep/samhain' };
  const run = (...args: string[]) =>
    // (As npm starts a build.)
    execFileSync(process.execPath, ['--max-semi-space-size=64', ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
  run('scripts/build.ts', target);
  // (What a path changes; the rest was checked on the site without one.)
  const checked = run('scripts/check-site.ts', target, 'links', 'addresses', 'policy', 'files');
  expect(checked.match(/^ok /gm)).toHaveLength(4);

  const site = 'https://help.example.net/deep/samhain/';
  const holds = (file: string, text: string) =>
    expect(readFileSync(join(target, file), 'utf8').includes(text), `${file}: ${text}`).toBe(true);
  holds('problems/wrong-password/index.html', `<link rel="canonical" href="${site}problems/wrong-password/"`);
  holds('problems/wrong-password/index.html', `<meta property="og:image" content="${site}og.png"`);
  holds('sitemap.xml', `<loc>${site}problems/wrong-password/</loc>`);
  holds('robots.txt', `Sitemap: ${site}sitemap.xml`);
  holds('llms.txt', `(${site}problems/wrong-password.md)`);
  holds('opensearch.xml', `${site}search/#q={searchTerms}`);
  expect(existsSync(join(place, 'samhain-troubleshooter.html'))).toBe(true);
  // The editions do not know of the path.
  const single = readFileSync(join(place, 'samhain-troubleshooter.html'), 'utf8');
  expect(/ (?:href|src)="?\/deep\//.test(single)).toBe(false);

  const { server, url } = await serve(target, 0, '/deep/samhain');
  const urls: string[] = [];
  page.context().on('request', (request) => urls.push(request.url()));
  const address = (path: string) => url + path.slice(1);
  expect(await walk(pageTab(page), address, cases.slice(0, 2))).toEqual([]);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  expect(await walk(pageTab(page), address, cases.slice(2, 4))).toEqual([]);
  await page.goto(`${url}problems/wrong-password`);
  expect(page.url()).toBe(`${url}problems/wrong-password/`);
  expect(urls.filter((one) => !one.startsWith(url))).toEqual([]);
  rmSync(place, { recursive: true, force: true });
});
