import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { knowledgePlugin } from './src/build/knowledge/integration.ts';

export default defineConfig({
  // What the page shows is made from it, too.
  plugins: [knowledgePlugin()],
  test: {
    // Playwright's *.spec.ts are not for vitest.
    include: [
      'tests/unit/**/*.test.ts',
      'tests/captures/**/*.test.ts',
      'tests/fuzz/**/*.test.ts',
      'tests/search/*.test.ts',
    ],
    testTimeout: 90_000,
    // The command line is started some 250 times, each time from its sources.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules/.cache/tests') },
    // The content is read once in a worker, and not once in each of some ninety files. No test changes what others import.
    isolate: false,
    // (By itself it leaves one core to a process that does hardly anything.)
    maxWorkers: availableParallelism(),
  },
});
