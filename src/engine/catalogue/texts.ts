/** Which of an entry's texts a record has: the reason inside a generic carrier. */

import type { Severity, Side } from '../types.ts';
import { testField } from './fieldTest.ts';
import { isSystemText } from './systemTexts.ts';
import { fold, matchPattern, type Pattern, readPattern } from './template.ts';
import type { CatalogueEntry, CatalogueText } from './types.ts';

export interface CompiledText {
  text: CatalogueText;
  pattern?: Pattern;
}

export function compileTexts(entry: CatalogueEntry): CompiledText[] {
  return entry.texts.map((text) => ({ text, pattern: text.text === undefined ? undefined : readPattern(text.text) }));
}

interface Facts {
  /** Value of the template's free part of msg, or the whole msg. */
  reason: string | undefined;
  message: string | undefined;
  values: Record<string, string>;
  severity?: Severity;
  side?: Side;
  truncated: boolean;
}

/**
 * The text that fits best: most fixed letters, then most tests passed. A text that is nothing but a placeholder needs
 * a test that holds. A value that the record lacks (a quoted message) does not fail a test, but it proves nothing.
 */
export function findText(
  texts: CompiledText[],
  facts: Facts,
): { id: string; values: Record<string, string> } | undefined {
  let best: { id: string; values: Record<string, string>; score: number } | undefined;
  for (const { text, pattern } of texts) {
    const passed = testsPassed(text, facts);
    if (passed === undefined) continue;
    const found = pattern ? matchReason(pattern, facts) : [];
    if (!found) continue;
    const weight = pattern?.weight ?? 0;
    if (weight === 0 && passed === 0) continue;
    if (pattern && passed === 0 && !systemTextsFit(pattern, found)) continue;
    let score = weight * 100 + passed * 10;
    if (text.severity !== undefined && text.severity === facts.severity) score += 2;
    if (text.side !== undefined && text.side === facts.side) score += 1;
    if (best && best.score >= score) continue;
    const values: Record<string, string> = {};
    for (const [i, name] of (pattern?.names ?? []).entries()) if (found[i] !== undefined) values[name] ??= found[i];
    best = { id: text.id, values, score };
  }
  return best ?? (facts.truncated ? cutText(texts, facts) : undefined);
}

/** The reason was cut in copying: the one text that begins so. */
function cutText(texts: CompiledText[], facts: Facts): { id: string; values: Record<string, string> } | undefined {
  const reason = fold(facts.reason ?? '');
  if (reason.length < 3) return undefined;
  const found = texts.filter(
    ({ text, pattern }) => pattern?.folded[0]?.startsWith(reason) && testsPassed(text, facts) !== undefined,
  );
  return found.length === 1 && found[0] ? { id: found[0].text.id, values: {} } : undefined;
}

function testsPassed(text: CatalogueText, facts: Facts): number | undefined {
  let passed = 0;
  for (const [name, test] of Object.entries(text.where ?? {})) {
    const value = facts.values[name];
    if (value === undefined && facts.truncated) continue;
    if (!testField(test, value)) return undefined;
    passed += 1;
  }
  if (text.side && text.side !== 'both' && facts.side && text.side !== facts.side) return undefined;
  return passed;
}

function matchReason(pattern: Pattern, facts: Facts): string[] | undefined {
  for (const value of [facts.reason, facts.message]) {
    if (value === undefined) continue;
    const found = matchPattern(pattern, value);
    if (found) return found;
  }
  return undefined;
}

/** Where no test tells texts apart, a system's error must be one that is known, and of the right sort. */
function systemTextsFit(pattern: Pattern, found: string[]): boolean {
  return pattern.names.every(
    (name, i) => !/strerror text$/.test(name) || isSystemText(found[i] ?? '', name.startsWith('gai')),
  );
}
