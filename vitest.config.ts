import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Playwright's *.spec.ts are not for vitest.
    include: ['tests/unit/**/*.test.ts', 'tests/captures/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
