/** The server of `npm start` answers whatever it is asked, and only from its folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { serve } from '../../../scripts/serve.ts';

/** The first line of the answer to a request that no browser would send. */
const ask = (port: number, path: string): Promise<string> =>
  new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET ${path} HTTP/1.0\r\n\r\n`));
    let text = '';
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('end', () => done(text));
    socket.on('error', fail);
  });

test('odd addresses get an answer, and the server goes on', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'served-'));
  mkdirSync(join(folder, 'site/problems'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site/index.html'), 'first page');
  writeFileSync(join(folder, 'site/404.html'), 'no such page');
  const { server, url } = await serve(join(folder, 'site'), 0);
  try {
    const port = Number(new URL(url).port);
    for (const path of ['//', '//x', '///', '/%', '/%00', '/%2e%2e/secret.txt', '/../secret.txt', '*', 'http://x/'])
      expect(await ask(port, path), path).not.toContain('secret');
    expect(await ask(port, '//')).toMatch(/^HTTP\/1\.1 200[\s\S]*first page$/);
    expect(await ask(port, '/none')).toMatch(/^HTTP\/1\.1 404[\s\S]*no such page$/);
    expect(await ask(port, '/?q=1')).toContain('first page');
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});

test('text comes compressed to who asks for it, and the file that is there now', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'served-'));
  writeFileSync(join(folder, 'index.html'), 'first page');
  writeFileSync(join(folder, 'a.png'), 'picture');
  const { server, url } = await serve(folder, 0);
  try {
    const page = await fetch(url);
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(await page.text()).toBe('first page');
    writeFileSync(join(folder, 'index.html'), 'second page');
    expect(await (await fetch(url)).text()).toBe('second page');
    expect(await ask(Number(new URL(url).port), '/')).toMatch(/second page$/);
    expect((await fetch(`${url}a.png`)).headers.get('content-encoding')).toBeNull();
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
