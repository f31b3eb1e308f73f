/** What the checks hand to the diagnosis, which they know: a file of its own, so that neither leads back to itself. */
import type { Outcome } from '../../content/schemas.ts';
import type { Side } from '../types.ts';

/** The output of a check, recognised. */
export interface FoundOutcome {
  source: number;
  /** First and last line: the command line, where there is one, and what it printed. */
  line: number;
  endLine: number;
  /** Id of the check, or of the variant that was run. */
  check: string;
  /** Id of the check itself: combinations name it. */
  base: string;
  side: Side;
  outcome: Outcome;
  /** What was typed in the places of its command, or the block names: `server`, `client`. */
  values?: Readonly<Record<string, string>>;
}
