/** The way into the judge. */
export { diagnose } from './diagnose.ts';
export type { Thresholds } from './endings.ts';
export { allSteps, type Case, casesOf, type ShownCase, type ShownStep, type SideCommand, stepsOf } from './steps.ts';
export type {
  Ask,
  Because,
  BlockEvidence,
  Client,
  ClientState,
  Diagnosis,
  Evidence,
  Excluded,
  Harmless,
  Need,
  NotJudged,
  Result,
  State,
} from './types.ts';
export { cleanValue } from './values.ts';
