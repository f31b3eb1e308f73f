/**
 * A text that was copied, and ends within a record: either the copy was cut there or the log itself. What a problem asks for
 * that would leave such a log is what tells; none is diagnosed by it.
 */
import type { Problem } from '../../content/schemas.ts';
import type { SetupValues } from '../setup.ts';
import type { Aside, Finding } from '../types.ts';
import { decisionCommand } from './steps.ts';
import type { CutEnd, Diagnosis } from './types.ts';

/** Such texts, each with what tells. */
export function cutEndsOf(
  problems: readonly Problem[],
  { findings, asides, setup }: { findings: readonly Finding[]; asides: readonly Aside[]; setup: SetupValues },
): CutEnd[] {
  return asides.flatMap(({ kind }, aside): CutEnd[] => {
    if (kind !== 'cut') return [];
    const ask = problems.flatMap((problem) => {
      const block = problem.blocks.findIndex((one) => one.kind === 'torn');
      if (block < 0) return [];
      // The command goes by whose log it is, and that by the half record.
      const diagnosis: Diagnosis = {
        problem: problem.id,
        confidence: 'possible',
        quoted: false,
        over: false,
        evidence: [],
        blocks: [{ aside, block, weight: 'fits' }],
        explains: [],
        alternatives: [],
        ask: [],
      };
      const known = { diagnosis, findings, asides };
      return problem.decide.map((one) => ({
        problem: problem.id,
        look: one.look,
        ...decisionCommand({ problem, setup, known }, one),
      }));
    });
    return [{ aside, ask }];
  });
}
