/** The way into the judge. */
export { diagnose } from './diagnose.ts';
export { allSteps, type Case, casesOf, type ShownCase, type ShownStep, type SideCommand, stepsOf } from './steps.ts';
export type { Ask, BlockEvidence, Client, ClientState, Diagnosis, Evidence, Harmless, Result, State } from './types.ts';
export { cleanValue } from './values.ts';
