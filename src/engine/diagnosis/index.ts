/** The way into the judge. */
export { diagnose } from './diagnose.ts';
export type { Ask, BlockEvidence, Diagnosis, Evidence, Harmless, Result, State } from './types.ts';
export { cleanValue, commandValues, commandWords, fillCommand, shellQuote } from './values.ts';
