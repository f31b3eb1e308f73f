/** What shows that nothing leaves: every request of a browser, and what it answers to a script that tries. */
import { type AddressInfo, createServer } from 'node:net';
import { type BrowserContext, expect, type Page } from '@playwright/test';

export interface Requests {
  /** Requests for files of the edition. */
  files: number;
  /** Requests to anywhere else. There must be none. */
  elsewhere: string[];
  /** Errors of scripts, and what the policy forbade. */
  faults: string[];
}

export function watchRequests(context: BrowserContext): Requests {
  const seen: Requests = { files: 0, elsewhere: [], faults: [] };
  context.on('request', (request) => {
    const url = request.url();
    if (/^(?:file|data|about):|^blob:(?:null|file:)/.test(url)) seen.files += 1;
    else seen.elsewhere.push(url);
  });
  context.on('console', (message) => {
    if (message.type() === 'error') seen.faults.push(message.text());
  });
  context.on('weberror', (error) => seen.faults.push(String(error.error())));
  return seen;
}

/** Somebody who listens, on this machine: what reaches him is counted. */
async function listener(): Promise<{ url: string; visits: () => number; close: () => void }> {
  let visits = 0;
  const server = createServer((socket) => {
    visits += 1;
    socket.destroy();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?line=secret`;
  return { url, visits: () => visits, close: () => server.close() };
}

/** Tries each way in which a script could send something; the policy must forbid it, and nothing may arrive. */
export async function refused(page: Page): Promise<void> {
  const other = await listener();
  const forbidden = await page.evaluate(async (target) => {
    const directives: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
    const ways: (() => unknown)[] = [
      () => fetch(target),
      () => navigator.sendBeacon(target, 'secret'),
      () => new WebSocket(target.replace('http', 'ws')),
      () => new EventSource(target),
      () => {
        const request = new XMLHttpRequest();
        request.open('GET', target);
        request.send();
      },
      () => {
        const image = new Image();
        image.src = target;
      },
      () => {
        const form = document.createElement('form');
        form.action = target;
        document.body.append(form);
        form.submit();
      },
      () => {
        const frame = document.createElement('iframe');
        frame.src = target;
        document.body.append(frame);
      },
      // A worker starts from the page's own text only, and no text becomes markup or a script.
      () => new Worker(target),
      () => {
        document.createElement('script').src = target;
      },
      () => {
        document.createElement('div').innerHTML = `<img src="${target}">`;
      },
    ];
    for (const way of ways) {
      try {
        await way();
      } catch {
        // Refused by an exception.
      }
    }
    await new Promise((done) => setTimeout(done, 500));
    return directives;
  }, other.url);
  // Fetch, beacon, socket, event stream and XMLHttpRequest; then picture, form and frame.
  expect(forbidden.filter((name) => name === 'connect-src').length).toBeGreaterThanOrEqual(4);
  for (const name of ['img-src', 'form-action', 'frame-src']) expect(forbidden).toContain(name);
  // A worker, a script's address and markup: each is asked for a type that no text has.
  if (await page.evaluate(() => 'trustedTypes' in globalThis))
    expect(forbidden.filter((name) => name === 'require-trusted-types-for')).toHaveLength(3);
  expect(other.visits()).toBe(0);
  // The listener does hear: an address that a person opens is no script's.
  await page
    .context()
    .newPage()
    .then((tab) => tab.goto(other.url).catch(() => undefined));
  expect(other.visits()).toBeGreaterThan(0);
  other.close();
}
