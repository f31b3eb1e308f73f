/**
 * The log diagnosis in a terminal. What it needs is loaded when it is needed: `--help` and `--version` need nothing.
 * Exit status: 0 nothing wrong found, 1 problems found (those that were over later count too) or an error that no problem
 * explains, 2 cannot read, cannot write or bad usage, 3 nothing could be judged.
 */
import * as modules from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import about from '../../package.json' with { type: 'json' };
import { visibleLine } from '../report/visible.ts';
import { readArguments, UsageFault, usage } from './arguments.ts';

/** Run from its sources, it keeps what the compiler made of them, in the project's own tree: a third of a second each time. */
if (import.meta.url.endsWith('.ts'))
  modules.enableCompileCache?.(join(import.meta.dirname, '../../node_modules/.cache/samhain-diagnose/code'));

/** Runs the command. @returns the exit status */
async function main(words: readonly string[]): Promise<number> {
  const args = readArguments(words);
  if (args.help || args.version) {
    console.log(args.help ? usage : about.version);
    return 0;
  }
  // What is read is dropped soon after: where new objects get no more room than at the start, the same work takes a hundred
  // megabytes less, and no more time. (The V8 of Node 20 to 24 has the flag; one without would say so on every run.)
  setFlagsFromString('--semi-space-growth-factor=1');
  const { run } = await import('./run.ts');
  return run(args);
}

// The reader of a pipe may stop early (head); that is no fault. A report that could not be written is none.
process.stdout.on('error', async (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.once('exit', () => {
    process.exitCode = 2;
  });
  const { failureText, reportUnwritten } = await words();
  const reason = error.code === 'ENOSPC' ? 'no space left' : error.message;
  console.error(`samhain-diagnose: ${visibleLine(failureText(reportUnwritten, { reason }))}`);
});

/** Those of failures, where there is one. */
const words = () => import('../report/failures.ts');

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const reason = visibleLine(error instanceof Error ? error.message : String(error));
  if (error instanceof UsageFault) {
    const { failureText, usageWrong } = await words();
    console.error(`samhain-diagnose: ${failureText(usageWrong, { reason })}`);
  } else console.error(`samhain-diagnose: ${reason}`);
  process.exitCode = 2;
}
