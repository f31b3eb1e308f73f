/** The way into the judge. */
export { diagnose } from './diagnose.ts';
export type { Ask, BlockEvidence, Diagnosis, Evidence, Harmless, Result } from './types.ts';
export { cleanValue, commandValues, fillCommand, shellQuote } from './values.ts';
