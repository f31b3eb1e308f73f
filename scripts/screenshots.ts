/**
 * Pictures of each kind of page, 360 and 1280 px wide, light and dark: for the README and for review.
 * `npm run screenshots` after a build; `--to FOLDER` writes elsewhere, `--only name,name` takes some.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { findChromium } from './browser.ts';
import { serve } from './serve.ts';

const { values } = parseArgs({
  options: {
    to: { type: 'string', default: 'docs/screenshots' },
    only: { type: 'string' },
    site: { type: 'string', default: 'dist' },
  },
});

interface Shot {
  name: string;
  path: string;
  /** What a person does before the picture is taken. */
  act?: (page: Page) => Promise<void>;
}

const example = (name: string) => async (page: Page) => {
  await page.locator('.paste[data-ready]').waitFor();
  await page.getByRole('button', { name, exact: true }).click();
  await page.locator('.verdict').first().waitFor();
};

const shots: Shot[] = [
  { name: 'home', path: '' },
  { name: 'diagnosis', path: 'diagnose/', act: example('wrong password, both logs') },
  { name: 'diagnosis-undecided', path: 'diagnose/', act: example('refused, the client alone') },
  { name: 'diagnosis-healthy', path: 'diagnose/', act: example('nothing wrong') },
  {
    name: 'clients',
    path: 'diagnose/',
    act: async (page) => {
      await example('one server, 26 clients')(page);
      await page.locator('[data-row="clients"]').click();
      await page.locator('[data-clients]').waitFor();
    },
  },
  { name: 'gather', path: 'gather/' },
  { name: 'walk', path: 'walk/' },
  { name: 'problem', path: 'problems/wrong-password/' },
  { name: 'problems', path: 'problems/' },
  {
    name: 'question',
    path: 'wizard/server-reason/?t=start:session-key',
    act: async (page) => page.locator('.trail').waitFor(),
  },
  { name: 'tree', path: 'wizard/tree/' },
  { name: 'guide', path: 'guides/how-a-connection-is-made/' },
  { name: 'message', path: 'messages/msg-tcp-badconn/session-key-mismatch/' },
  { name: 'messages', path: 'messages/' },
  { name: 'options', path: 'options/' },
  {
    name: 'search',
    path: 'guides/',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('searchbox').fill('session key mismatch');
      await page.locator('.hits li').first().waitFor();
    },
  },
  { name: 'offline', path: 'offline/' },
  { name: 'not-found', path: '404.html' },
];

const wanted = values.only?.split(',');
mkdirSync(values.to, { recursive: true });
const { server, url } = await serve(values.site, 0);
const found = await findChromium();
const browser = await chromium.launch(found.launch);
for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    const context = await browser.newContext({
      colorScheme,
      viewport: { width, height: 800 },
      reducedMotion: 'reduce',
    });
    for (const shot of shots.filter((s) => !wanted || wanted.includes(s.name))) {
      const page = await context.newPage();
      await page.goto(url + shot.path, { waitUntil: 'load' });
      await shot.act?.(page);
      const path = join(values.to, `${shot.name}-${width}-${colorScheme}.png`);
      // Long pages are cut: what matters stands in their first screens.
      const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), 1200);
      await page.setViewportSize({ width, height: shot.name === 'search' ? 800 : height });
      // Few colours: a palette makes the picture a third of its size.
      const picture = await page.screenshot();
      await sharp(picture).png({ palette: true, colours: 32, effort: 8 }).toFile(path);
      await page.close();
    }
    await context.close();
  }
}
await browser.close();
server.close();
console.log(`Pictures are in ${values.to}.`);
