/** The judge with the real content, for tests. */
import { createCatalogue } from '../../../src/engine/catalogue/catalogue.ts';
import { type Recognised, recognise } from '../../../src/engine/catalogue/recognise.ts';
import { diagnose, type Result } from '../../../src/engine/diagnosis/index.ts';
import type { Side, Source } from '../../../src/engine/types.ts';
import { loadKnowledge } from '../../../src/knowledge/load.ts';

export const knowledge = loadKnowledge();
const catalogue = createCatalogue(knowledge.messages);

export function judgeSources(sources: readonly Source[]): Result & { read: Recognised } {
  const read = recognise(sources, catalogue);
  return { ...diagnose(read.findings, knowledge.problems, knowledge.messages, read.asides), read };
}

/** Judges one text, as pasted. */
export function judge(text: string, side?: Side): Result & { read: Recognised } {
  return judgeSources([{ name: 'text', text, ...(side ? { side } : {}) }]);
}

/** `problem confidence [@host] [over]` of each diagnosis, best first. */
export function verdicts({ diagnoses }: Result): string[] {
  return diagnoses.map(
    ({ problem, confidence, host, over }) =>
      `${problem} ${confidence}${host ? ` @${host}` : ''}${over === false ? '' : ' over'}`,
  );
}

/** A record with a time of day, as in a terminal. */
export function at(time: string, severity: string, body: string): string {
  return `${severity.padEnd(7)}:  [2026-11-23T${time}+0000] ${body}`;
}
