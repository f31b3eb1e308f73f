/** The browser of these tests is the one that the run names, and it is no cloud function's: its protections are on. */
import { expect, test } from '@playwright/test';
import { findChromium } from '../../scripts/browser.ts';

test('the tests run in the browser that is reported, with our arguments', async ({ browser }) => {
  const { launch, from } = await findChromium();
  const session = await browser.newBrowserCDPSession();
  const { commandLine } = await session.send('SystemInfo.getInfo');
  expect(commandLine).toContain(`${launch.executablePath} `);
  for (const word of launch.args ?? []) expect(commandLine).toContain(word);
  expect(commandLine).not.toMatch(
    /--(?:single-process|no-zygote|in-process-gpu|disable-web-security|allow-running-insecure-content|disable-site-isolation-trials)/,
  );
  if (from.startsWith('@sparticuz/chromium')) expect(from).toContain(browser.version());
});
