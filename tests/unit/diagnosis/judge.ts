/** The judge with the real content, for tests: what page and command line do with a text. */

import { thresholdsOf } from '../../../src/build/knowledge/compile.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { compileSecrets } from '../../../src/build/knowledge/secrets.ts';
import { compileSettings } from '../../../src/build/knowledge/settings.ts';
import { createCatalogue } from '../../../src/engine/catalogue/catalogue.ts';
import { createGrammar } from '../../../src/engine/config/grammar.ts';
import type { Result } from '../../../src/engine/diagnosis/index.ts';
import type { Input } from '../../../src/engine/input.ts';
import { type JudgeRules, judge as judgeAll } from '../../../src/engine/judge.ts';
import { valuesOf } from '../../../src/engine/setup.ts';
import type { Side, Source } from '../../../src/engine/types.ts';

export const knowledge = loadKnowledge();
const compiled = compileSettings(knowledge);
export const { rules } = compiled;
/** The source build. */
export const setup = valuesOf(knowledge);
/** What a face gives to judge. */
export const content: JudgeRules = {
  catalogue: createCatalogue(knowledge.messages),
  problems: knowledge.problems,
  messages: knowledge.messages,
  secrets: compileSecrets(knowledge),
  grammar: createGrammar(compiled),
  rules,
  thresholds: thresholdsOf(knowledge),
  checks: knowledge,
};

export function judgeSources(sources: readonly Source[]): Result & { read: Input } {
  const { read, result } = judgeAll(sources, content, { setup });
  return { ...result, read };
}

/** Judges one text, as pasted. */
export function judge(text: string, side?: Side): Result & { read: Input } {
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
