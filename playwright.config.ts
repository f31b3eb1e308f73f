import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/browser.ts';

const browser = await findChromium();
if (!process.env.TEST_WORKER_INDEX) console.log(`Browser tests run in ${browser.path} (${browser.from}).`);

export default defineConfig({
  testDir: 'tests/e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? 'dot' : 'list',
  timeout: 60_000,
  use: {
    baseURL: 'http://localhost:4329/',
    launchOptions: { executablePath: browser.path, args: browser.args },
    trace: 'retain-on-failure',
  },
  webServer: {
    command: 'node scripts/serve.ts dist --port 4329',
    url: 'http://localhost:4329/',
    reuseExistingServer: false,
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
});
