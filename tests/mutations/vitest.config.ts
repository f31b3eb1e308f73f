/**
 * The tests that mutants of engine and report have to pass: those that speak through the public face in this process,
 * each captured run once. Modules are shared among the files, since reading the content costs more than most of them.
 */
import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.config.ts';

process.env.CAPTURES = 'once';

const merged = mergeConfig(shared, {});
const unit = (folder: string) => `tests/unit/${folder}/**/*.test.ts`;
merged.test = {
  ...merged.test,
  root: process.cwd(),
  isolate: false,
  include: [
    'tests/captures/**/*.test.ts',
    ...['catalogue', 'checks', 'config', 'diagnosis', 'log', 'report', 'sieve'].map(unit),
  ],
  // Long, or in processes of their own, where no mutant is.
  exclude: [
    'tests/unit/checks/evidence.test.ts',
    'tests/unit/config/faces.test.ts',
    'tests/unit/diagnosis/{growth,dressed,hostile-commands,foreign,merged-clients}.test.ts',
    'tests/unit/report/renamed.test.ts',
    // It expects a module of its own.
    'tests/unit/diagnosis/workbench.test.ts',
  ],
};
export default merged;
