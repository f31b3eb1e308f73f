/** The built site under test: one address of each kind of page, and what all specs ask of a page. */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, test as base, expect, type Locator, type Page } from '@playwright/test';

/** Pages without the service worker of the offline edition: it has tests of its own, and would fetch the whole site here. */
export const test = base.extend({ serviceWorkers: 'block' });
export { expect };

/** One page of each kind. */
export const kinds = {
  start: '/',
  diagnose: '/diagnose/',
  gather: '/gather/',
  wizard: '/wizard/',
  question: '/wizard/server-reason/',
  tree: '/wizard/tree/',
  end: '/ends/start-and-exit/',
  problems: '/problems/',
  problem: '/problems/wrong-password/',
  guides: '/guides/',
  background: '/guides/how-a-connection-is-made/',
  procedure: '/guides/set-password/',
  messages: '/messages/',
  message: '/messages/msg-tcp-badconn/',
  text: '/messages/msg-tcp-badconn/session-key-mismatch/',
  options: '/options/',
  search: '/search/',
  offline: '/offline/',
  about: '/about/',
  missing: '/no/such/page/',
} as const;

/** Addresses of all pages in dist/. */
export function allPages(): string[] {
  const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
  const found = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.html') && !name.startsWith('download'))
    .map((name) => `/${name.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')}`)
    .sort();
  if (found.length < 200) throw new Error(`Only ${found.length} pages in dist/; is the site built?`);
  return found;
}

export interface Watch {
  /** Console errors, uncaught exceptions, violations of the Content-Security-Policy, dialogs. */
  faults: string[];
  requests: { url: string; sent: string }[];
}

/** Notes everything that a page must not do, and all that it sends. */
export async function watch(context: BrowserContext): Promise<Watch> {
  const seen: Watch = { faults: [], requests: [] };
  await context.exposeFunction('reportViolation', (text: string) => seen.faults.push(`CSP: ${text}`));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
      reportViolation(`${violatedDirective} ${blockedURI} on ${location.pathname}`);
    });
  });
  context.on('console', (message) => {
    if (message.type() === 'error') seen.faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => seen.faults.push(`uncaught: ${String(error.error())}`));
  context.on('dialog', (dialog) => {
    seen.faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('request', (request) => {
    const headers = JSON.stringify(request.headers());
    seen.requests.push({ url: request.url(), sent: `${request.url()} ${headers} ${request.postData() ?? ''}` });
  });
  return seen;
}

export const box = (page: Page): Locator => page.getByLabel('Log lines of the client, of the server, or of both');

/** The answer's "12 lines read …". */
export const summary = (page: Page): Locator => page.locator('[data-summary]');

/** The sheet of the problem that is open. */
export const verdicts = (page: Page): Locator => page.locator('.verdict[data-problem]');

/** The rows of the list beside it that are about a problem, live ones first. */
export const rows = (page: Page): Locator =>
  page.locator('[data-row]:not([data-row="clients"]):not([data-row^="file "])');

/** Opens a page with a paste box and waits until its script runs. */
export async function openBox(page: Page, address = '/diagnose/'): Promise<void> {
  await page.goto(address);
  await page.locator('.paste[data-ready]').waitFor();
}

/** Puts a text into the box as a script would: `fill` is slow with megabytes. */
export async function put(page: Page, text: string): Promise<void> {
  await box(page).evaluate((field, value) => {
    (field as HTMLTextAreaElement).value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}

/** Puts a text into the box, in place of what was in it, and waits for its answer. */
export async function paste(page: Page, text: string): Promise<void> {
  await put(page, '');
  await expect(summary(page)).toHaveCount(0);
  await put(page, text);
  await summary(page).waitFor();
}

/** The same lines as a file: where they end, the file does. */
export async function choose(page: Page, text: string): Promise<void> {
  await put(page, '');
  await expect(summary(page)).toHaveCount(0);
  const buffer = Buffer.from(text);
  await page.getByLabel('Choose log files').setInputFiles({ name: 'given.log', mimeType: 'text/plain', buffer });
  await summary(page).waitFor();
}

/** Problem, confidence and whether it was over, of each row, and of the candidates of one. */
export async function diagnoses(page: Page): Promise<{ problem: string; confidence: string; over: boolean }[]> {
  const open = () =>
    verdicts(page).evaluateAll((sheets) =>
      sheets.flatMap((sheet) => {
        const candidates = [...sheet.querySelectorAll<HTMLElement>('[data-candidate]')];
        const of = candidates.length > 0 ? candidates : [sheet as HTMLElement];
        return of.map(({ dataset }) => ({
          problem: dataset.candidate ?? dataset.problem ?? '',
          confidence: dataset.confidence ?? '',
          over: sheet.classList.contains('over'),
        }));
      }),
    );
  const count = await rows(page).count();
  if (count === 0) return open();
  const all = [];
  for (let i = 0; i < count; i++) {
    await rows(page).nth(i).click();
    all.push(...(await open()));
  }
  await rows(page).first().click();
  return all;
}

/** Keeps the site's scripts from being loaded. @returns what lets them come */
export async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  await page.route('**/_astro/*.js', async (route) => {
    await held;
    await route.continue();
  });
  return release;
}
