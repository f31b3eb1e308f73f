import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/browser.ts';
import { engineReport, firefox, oneEngine } from './tests/e2e/offline/support/engines.ts';

const browser = await findChromium();
if (!process.env.TEST_WORKER_INDEX) {
  console.log(`Browser tests run in ${browser.from}.\n${engineReport()}`);
}

/** The audit asks every engine for what `npm test` asks the first. */
const inAudit = Boolean(process.env.EVERY_ENGINE);

// Another port lets two runs stand beside each other: TEST_PORT=4330 npm run test:e2e
const port = process.env.TEST_PORT ?? '4329';
const site = `http://localhost:${port}/`;

const inFirefox = {
  ...devices['Desktop Firefox'],
  channel: 'moz-firefox',
  launchOptions: { executablePath: firefox ?? 'firefox is not installed' },
};

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // Real browsers on a shared machine stumble now and then; a test that needed its second try is reported as flaky.
  retries: process.env.CI ? 1 : 0,
  reporter: process.env.CI ? 'dot' : 'list',
  timeout: 60_000,
  use: {
    baseURL: site,
    launchOptions: browser.launch,
    // (To record every test, and throw away what was recorded, takes about a third of the processor's time.)
    trace: process.env.CI ? 'on-first-retry' : 'retain-on-failure',
  },
  webServer: {
    command: `node scripts/serve.ts dist --port ${port}`,
    url: site,
    reuseExistingServer: false,
  },
  projects: [
    {
      // Only what differs between engines: the editions that work without a network. First, for some of these take most of a
      // minute: at the end of a run they would leave the other worker idle.
      name: 'firefox',
      testMatch: 'offline/{service-worker,folder,file}.spec.ts',
      ...(inAudit ? {} : { grepInvert: new RegExp(oneEngine.tag) }),
      use: inFirefox,
    },
    {
      name: 'chromium',
      // WebKitGTK walks in the audit: two minutes of a run, for what the folder and the file show in two other engines.
      testIgnore: inAudit ? [] : ['offline/webkit.spec.ts'],
      use: { ...devices['Desktop Chrome'] },
    },
    // The core of all others, for the audit: they would double the time of every run.
    ...(firefox && inAudit
      ? [{ name: 'firefox-core', testMatch: '{paste,search,wizard,walk,setup,workbench}.spec.ts', use: inFirefox }]
      : []),
  ],
});
