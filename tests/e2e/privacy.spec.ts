/** Nothing that is typed or pasted stands in an address that is sent, however often the page is loaded again; secrets are never shown. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { expect, openBox, paste, test } from './support/site.ts';

const typed = 'Xq7 zbqkwv.corp.example';
const traces = /Xq7|zbqkwv/;

/** What really goes over the wire: a server before the site's that notes each request, its first line and its headers. */
async function noted(site: string): Promise<{ url: string; lines: string[]; stop: () => void }> {
  const lines: string[] = [];
  const server = createServer((request: IncomingMessage, answer) => {
    lines.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    fetch(new URL(request.url ?? '/', site)).then(
      async (from) => {
        answer.writeHead(from.status, { 'content-type': from.headers.get('content-type') ?? 'text/plain' });
        answer.end(Buffer.from(await from.arrayBuffer()));
      },
      () => answer.destroy(),
    );
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}/`, lines, stop: () => server.close() };
}

/** Loads the page again, in each way there is. */
async function again(page: Page): Promise<void> {
  await page.reload();
  const address = page.url();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link').first().click();
  await page.goBack();
  await page.goto('about:blank');
  await page.goto(address);
}

test('what is typed into a filter, a search or the box is in no request', async ({ page, baseURL }) => {
  const { url, lines, stop } = await noted(baseURL ?? '');

  await page.goto(`${url}messages/`);
  const words = page.getByRole('searchbox', { name: 'Words' });
  await words.fill(typed);
  await expect(page.locator('[data-count]')).toHaveText(/^0 of/);
  await page.getByRole('combobox', { name: 'Side' }).selectOption('server');
  await again(page);
  // It is still there, and so is the choice.
  await expect(words).toHaveValue(typed);
  await expect(page.getByRole('combobox', { name: 'Side' })).toHaveValue('server');
  await words.press('Enter');

  await page.goto(`${url}search/`);
  await page.getByRole('searchbox', { name: 'Search all pages' }).fill(typed);
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  await again(page);
  await page.goto(`${url}search/`);
  await page.getByRole('searchbox', { name: 'Search all pages' }).fill(typed);
  // (Enter before the script is there is a form that the policy sends nowhere.)
  await expect(page.getByRole('main').getByRole('listitem').first()).toBeVisible();
  // (Enter follows a hit; where nothing was found it follows none of what is offered instead.)
  await page.keyboard.press('Enter');
  // What stands there before the answer looks the same, and a link in it is gone when the answer comes.
  await expect(page.getByText('Nothing found for these words.')).toBeVisible();
  await page.getByRole('main').getByRole('listitem').getByRole('link').first().click();
  await page.waitForURL((address) => !address.pathname.startsWith('/search'));
  await again(page);
  await page.goto(`${url}search/#q=${encodeURIComponent(typed)}`);
  await expect(page.getByRole('searchbox', { name: 'Search all pages' })).toHaveValue(typed);
  await again(page);

  await openBox(page, `${url}diagnose/`);
  await paste(page, typed);
  await again(page);

  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => traces.test(line))).toEqual([]);
  stop();
});

test('an old address with words is read once; loaded again, it sends them no more', async ({ page, baseURL }) => {
  const { url, lines, stop } = await noted(baseURL ?? '');
  for (const [address, field] of [
    [`messages/?words=${encodeURIComponent(typed)}&side=server`, 'Words'],
    [`search/?q=${encodeURIComponent(typed)}`, 'Search all pages'],
  ] as const) {
    await page.goto(url + address);
    await expect(page.getByRole('searchbox', { name: field })).toHaveValue(typed);
    await expect.poll(() => new URL(page.url()).search).not.toMatch(traces);
    lines.length = 0;
    await again(page);
    await expect(page.getByRole('searchbox', { name: field })).toHaveValue(typed);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.filter((line) => traces.test(line))).toEqual([]);
  }
  stop();
});

test('a configuration is shown with its findings, and its secrets are masked', async ({ page }) => {
  const text = readFileSync(new URL('../wild-kinds/configuration-instead-of-log.log', import.meta.url), 'utf8');
  await openBox(page);
  await paste(page, text);
  await expect(page.locator('[data-configuration] [data-rule]')).toHaveAttribute('data-line', '3');
  await expect(page.locator('[data-configuration]')).toContainText('web5.example.net@XXXXXXXXXXXXXXXX@XXXXXXXXXX');
  await expect(page.locator('[data-masked]')).toContainText('Client= holds a secret');
  await expect(page.getByText('The nearest messages')).toHaveCount(0);
  await expect(page.locator('[data-problem]')).toHaveCount(0);
  // Beside lines of a log it is shown as well.
  await paste(
    page,
    `${text}\nCRIT   :  [2026-11-23T15:18:17+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<web5.example.net>`,
  );
  await expect(page.locator('.verdict[data-problem="wrong-password"]')).toBeAttached();
  await page.locator('[data-row^="file "]').click();
  await expect(page.locator('[data-configuration] .config-file')).toBeVisible();
  const answer = await page.locator('.answer-box').evaluate((place) => place.textContent ?? '');
  expect(answer).toContain('web5.example.net@XXXXXXXXXXXXXXXX@XXXXXXXXXX');
  expect(answer).not.toMatch(/8C1F0B2D|5B0E7F3A/);
});
