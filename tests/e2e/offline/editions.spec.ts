/** The editions as files: whole, with every link leading somewhere, and what machines read of the site. No browser. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { inflateText } from '../../../src/browser/editions/inflate-text.ts';
import { deflateText } from '../../../src/build/editions/parts/deflate-text.ts';
import { filesOf } from '../../../src/build/editions/site.ts';
import { problems } from '../support/content.ts';
import { dist, file, folder, root } from './support/builds.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const decode = (text: string) => decodeURIComponent(text.replaceAll('&amp;', '&'));
const idsOf = (html: string) => new Set([...html.matchAll(/\sid=(?:"([^"]*)"|([^\s>]+))/g)].map(([, a, b]) => a ?? b));

test('in the folder every link is relative and leads to a file, and to an anchor in it', () => {
  const files = new Set(filesOf(folder));
  const pages = [...files].filter((name) => name.endsWith('.html'));
  expect(pages.length).toBe(
    filesOf(dist).filter((name) => name.endsWith('.html') && !name.startsWith('download/')).length,
  );
  const ids = new Map(pages.map((name) => [name, idsOf(read(join(folder, name)))]));
  const faults: string[] = [];
  let looked = 0;
  for (const name of pages) {
    const html = read(join(folder, name));
    const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    if (!policy.startsWith("default-src 'none'") || /connect-src|unsafe-inline|unsafe-eval/.test(policy)) {
      faults.push(`${name}: ${policy}`);
    }
    if (/type="module"|<astro-island|data-edition/.test(html)) faults.push(`${name}: something of the site is left`);
    for (const [, value = ''] of html.matchAll(/<[a-z][^>]*?\s(?:href|src)="([^"]*)"/g)) {
      looked += 1;
      if (/^(?:https?:|mailto:)/.test(value) && html.includes(`<a href="${value}"`)) continue;
      const [path = '', anchor] = decode(value).split('#');
      const target = path === '' ? name : normalize(join(dirname(name), path.split('?')[0] ?? ''));
      if (path.startsWith('/') || !files.has(target)) faults.push(`${name}: ${value}`);
      else if (anchor && !ids.get(target)?.has(anchor)) faults.push(`${name}: ${value} has no such anchor`);
    }
  }
  expect(looked).toBeGreaterThan(5000);
  expect(faults.slice(0, 20)).toEqual([]);
});

test('in the single file every link leads to a place in it', () => {
  const own = read(file);
  const packed = /<script type="text\/plain" id="reference">([^<]*)<\/script>/.exec(own)?.[1] ?? '';
  const html = own.replace(packed, inflateText(packed));
  expect(html.length - own.length).toBeGreaterThan(500_000);
  const markup = html.slice(0, html.lastIndexOf('<script>'));
  const ids = idsOf(markup);
  const links = [...markup.matchAll(/<a\b[^>]*?\shref=(?:"([^"]*)"|([^\s>]+))/g)].map(([, a, b]) =>
    decode(a ?? b ?? ''),
  );
  expect(links.length).toBeGreaterThan(1000);
  const lost = links.filter((link) => !(link.startsWith('#') && ids.has(link.slice(1).split('?')[0])));
  expect(lost.filter((link) => !/^https?:/.test(link)).slice(0, 20)).toEqual([]);
  const policy = /content-security-policy" content="([^"]*)"/.exec(markup)?.[1] ?? '';
  expect(policy).not.toMatch(/connect-src|'self'|unsafe/);
});

test('each edition has the licenses of what is bundled in it', () => {
  const notices = read(join(dist, 'THIRD-PARTY.txt'));
  // What stands in the scripts, by words of their own.
  const scripts = filesOf(dist)
    .filter((name) => name.endsWith('.js') && name.startsWith('_astro/'))
    .map((name) => read(join(dist, name)))
    .join('\n');
  for (const [name, word] of [
    ['preact', '__preactattr_|diffed'],
    ['minisearch', 'MiniSearch'],
    ['fflate', 'invalid gzip data|unexpected EOF'],
  ] as const) {
    expect(scripts, name).toMatch(new RegExp(word));
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(MIT\\)$`, 'm'));
  }
  expect(notices.match(/Permission is hereby granted/g)?.length).toBeGreaterThanOrEqual(4);
  expect(read(join(folder, 'THIRD-PARTY.txt'))).toBe(notices);
  expect(read(file)).toContain('preact 10');
  expect(existsSync(join(root, 'dist-cli/THIRD-PARTY.txt'))).toBe(true);
});

test('the zip holds the folder, byte for byte', () => {
  const bytes = readFileSync(join(root, 'dist-offline.zip'));
  const found = new Map<string, Buffer>();
  for (let at = 0; bytes.readUInt32LE(at) === 0x04034b50; ) {
    const size = bytes.readUInt32LE(at + 18);
    const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
    found.set(bytes.toString('utf8', at + 30, nameEnd), inflateRawSync(bytes.subarray(nameEnd, nameEnd + size)));
    at = nameEnd + size;
  }
  const files = filesOf(folder);
  expect([...found.keys()]).toEqual(files.map((name) => `samhain-troubleshooter/${name}`));
  for (const name of files) {
    expect(found.get(`samhain-troubleshooter/${name}`)?.equals(readFileSync(join(folder, name))), name).toBe(true);
  }
  expect(readFileSync(join(dist, 'download/samhain-troubleshooter-offline.zip')).equals(bytes)).toBe(true);
  expect(readFileSync(join(dist, 'download/samhain-troubleshooter.html')).equals(readFileSync(file))).toBe(true);
});

test('the service worker keeps the site, byte for byte, and names its hash', () => {
  const worker = read(join(dist, 'sw.js'));
  const pack = /_astro\/site-([0-9a-f]{32})\.pack/.exec(worker);
  const bytes = gunzipSync(readFileSync(join(dist, pack?.[0] ?? '')));
  expect(createHash('sha256').update(bytes).digest('hex').slice(0, 32)).toBe(pack?.[1]);
  const length = bytes.readUInt32BE(0);
  const list = JSON.parse(bytes.toString('utf8', 4, 4 + length)) as [string, string, number][];
  let at = 4 + length;
  for (const [name, , size] of list) {
    expect(bytes.subarray(at, at + size).equals(readFileSync(join(dist, name))), name).toBe(true);
    at += size;
  }
  const names = new Set(list.map(([name]) => name));
  const pages = filesOf(dist).filter((name) => /\.html$/.test(name) && !name.startsWith('download/'));
  expect(pages.filter((name) => !names.has(name))).toEqual([]);
  for (const name of ['404.html', 'manifest.webmanifest', 'favicon.svg']) expect(names.has(name), name).toBe(true);
  console.log(
    `Service worker: one download of ${statSync(join(dist, pack?.[0] ?? '')).size} bytes for ${list.length} files.`,
  );
});

test('each page is there as Markdown, and llms.txt lists them all', () => {
  const pages = filesOf(dist).filter((name) => /(?:^|\/)index\.html$/.test(name));
  const list = read(join(dist, 'llms.txt'));
  for (const page of pages) {
    const name = page === 'index.html' ? 'index.md' : page.replace(/\/index\.html$/, '.md');
    const text = read(join(dist, name));
    expect(text.startsWith('# '), name).toBe(true);
    expect(/<(?:p|div|span|script)\b/.test(text.replace(/`[^`]*`/g, '')), name).toBe(false);
    expect(list.includes(`/${name})`), name).toBe(true);
    for (const [, to = ''] of text.replace(/```[\s\S]*?```|`[^`]*`/g, '').matchAll(/\]\(([^)#?\s]+\.md)[^)]*\)/g)) {
      expect(existsSync(join(dist, dirname(name), to)), `${name}: ${to}`).toBe(true);
    }
  }
  for (const { id, title, summary } of problems) {
    const text = read(join(dist, 'problems', `${id}.md`));
    expect(text.startsWith(`# ${title}`), id).toBe(true);
    const plain = (value: string) => value.replace(/[\\`*\s]/g, '');
    expect(plain(text).includes(plain(summary)), id).toBe(true);
  }
});

test('sitemap, robots, OpenSearch and structured data are whole', () => {
  const map = read(join(dist, 'sitemap.xml'));
  const pages = filesOf(dist).filter((name) => /(?:^|\/)index\.html$/.test(name));
  expect(map.match(/<loc>/g)?.length).toBe(pages.length);
  expect(map).toMatch(/<loc>[^<]*\/problems\/wrong-password\/<\/loc><lastmod>\d{4}-\d\d-\d\d</);
  expect(read(join(dist, 'robots.txt'))).toMatch(/^Sitemap: https?:\/\/.*\/sitemap\.xml$/m);
  expect(read(join(dist, 'opensearch.xml'))).toMatch(/template="https?:\/\/[^"]*\/search\/#q=\{searchTerms\}"/);
  for (const page of ['index.html', 'problems/wrong-password/index.html', 'messages/msg-tcp-badconn/index.html']) {
    const text = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(read(join(dist, page)))?.[1] ?? '';
    const data = JSON.parse(text) as { '@graph': { '@type': string; headline?: string }[] };
    expect(data['@graph'][0]?.['@type'], page).toBe(page === 'index.html' ? 'WebSite' : 'TechArticle');
  }
  expect(/rel="canonical"/.test(read(join(dist, '404.html')))).toBe(false);
});

test('the site can be installed: name, icons of the sizes that are named, shortcuts to pages, screenshots', async () => {
  const manifest = JSON.parse(read(join(dist, 'manifest.webmanifest'))) as {
    name: string;
    icons: { src: string; sizes: string; purpose?: string }[];
    screenshots: { src: string; sizes: string; form_factor: string }[];
    shortcuts: { url: string }[];
  };
  expect(manifest.name).toBe('Samhain Troubleshooter');
  expect(manifest.icons.map(({ sizes }) => sizes)).toEqual(expect.arrayContaining(['192x192', '512x512']));
  expect(manifest.icons.some(({ purpose }) => purpose === 'maskable')).toBe(true);
  for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
    const { width, height } = await sharp(join(dist, src)).metadata();
    if (sizes !== 'any') expect(`${width}x${height}`, src).toBe(sizes);
  }
  expect(manifest.screenshots.map((shot) => shot.form_factor)).toEqual(expect.arrayContaining(['wide', 'narrow']));
  for (const { url } of manifest.shortcuts) expect(existsSync(join(dist, url, 'index.html')), url).toBe(true);
  expect(manifest.shortcuts[0]?.url).toBe('./diagnose/');
  const { width, height } = await sharp(join(dist, 'og.png')).metadata();
  expect([width, height]).toEqual([1200, 630]);
});

test('what is squeezed comes out again', () => {
  const texts = [
    '',
    'a',
    '~',
    '~~~~~~~~~~~~~~~~~~~~',
    'abcdefg'.repeat(300),
    'ä… and “quotes” \\ " ` $ {x} </script>'.repeat(9),
  ];
  for (const text of texts) expect(inflateText(deflateText(text))).toBe(text);
});
