/** WebKitGTK by plain WebDriver: the engine of Epiphany and, near enough, of Safari. Playwright cannot drive it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { webkit } from './engines.ts';
import type { Tab } from './tab.ts';

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** A screen that nobody looks at, unless there is one. @returns its name, and how to end it */
async function screen(): Promise<{ name: string; end: () => void }> {
  if (process.env.DISPLAY) return { name: process.env.DISPLAY, end: () => {} };
  const process_ = spawn(webkit.screen ?? 'Xvfb', ['-displayfd', '3', '-screen', '0', '1280x900x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const name = await new Promise<string>((done, fail) => {
    process_.once('error', fail);
    process_.stdio[3]?.once('data', (text: Buffer) => done(`:${text.toString().trim()}`));
  });
  return { name, end: () => process_.kill() };
}

export interface WebkitTab extends Tab {
  version: string;
  end(): Promise<void>;
}

interface Answer<T> {
  value: T & { error?: string; message?: string };
}

/** Starts a browser with one tab. */
export async function openWebkit(): Promise<WebkitTab> {
  const display = await screen();
  const home = mkdtempSync(join(tmpdir(), 'webkit-'));
  const port = await freePort();
  const driver: ChildProcess = spawn(webkit.driver ?? '', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: display.name,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      GDK_BACKEND: 'x11',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    },
  });
  const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const { value } = (await response.json()) as Answer<T>;
    if (!response.ok) throw new Error(`${path}: ${value?.message ?? value?.error ?? response.status}`);
    return value;
  };
  const capabilities = {
    alwaysMatch: { 'webkitgtk:browserOptions': { binary: webkit.browser, args: ['--automation'] } },
  };
  type Session = { sessionId: string; capabilities: { browserVersion?: string } };
  let session: Session | undefined;
  for (let tries = 0; !session; tries += 1) {
    try {
      session = await call<Session>('POST', '/session', { capabilities });
    } catch (error) {
      // The driver needs a moment to listen.
      if (tries > 50) throw error;
      await new Promise((done) => setTimeout(done, 200));
    }
  }
  const base = `/session/${session.sessionId}`;
  return {
    version: session.capabilities.browserVersion ?? 'of unknown version',
    open: (url) => call('POST', `${base}/url`, { url }),
    run: (expression) => call('POST', `${base}/execute/sync`, { script: `return (${expression});`, args: [] }),
    async end() {
      await call('DELETE', base).catch(() => undefined);
      driver.kill();
      display.end();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
