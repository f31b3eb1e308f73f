/** One browser tab, as little of it as all engines can be asked for: open an address, run a script in the page. */
import type { Page } from '@playwright/test';

export interface Tab {
  open(address: string): Promise<void>;
  /** Runs an expression in the page. @returns its value, which must be plain JSON */
  run<T>(expression: string): Promise<T>;
}

export const pageTab = (page: Page): Tab => ({
  async open(address) {
    // Firefox may still be busy with what was clicked last, and gives up the new address for it.
    await page.goto(address).catch((error: unknown) => {
      if (!/interrupted by another navigation/.test(String(error))) throw error;
      return page.goto(address);
    });
  },
  run: (expression) => page.evaluate(expression),
});

/**
 * Asks until the expression gives something that is true.
 * @throws after 15 s, with what the page showed
 */
export async function waitFor<T>(tab: Tab, expression: string): Promise<T> {
  const end = Date.now() + 15_000;
  let last: unknown;
  for (;;) {
    try {
      last = await tab.run<T>(expression);
    } catch (error) {
      // The page may be on its way to another one.
      last = error;
    }
    if (last && !(last instanceof Error)) return last as T;
    if (Date.now() > end) throw new Error(`${expression} did not come true; last: ${String(last)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}
