/** The way into the judge. */
export { diagnose } from './diagnose.ts';
export type { Thresholds } from './endings.ts';
export { allSteps, casesOf } from './steps.ts';
export type { Client, ClientState, Diagnosis, Result, State } from './types.ts';
export { cleanValue } from './values.ts';
