/** Problems of which the same lines fit several: one fault was there, and it is counted once. */
import type { Confidence } from '../types.ts';

interface Named {
  problem: string;
  host?: string;
  confidence: Confidence;
}

/**
 * Rows of diagnoses, rivals in one; the order is kept.
 * @param names the problems that a diagnosis calls its alternatives
 * @param endOf says by what it was over, '' if it is not: what is open and what is over are never one row, and neither is
 *   what was over at two records
 */
export function rivalsOf<T extends Named>(
  diagnoses: readonly T[],
  names: (one: T) => readonly string[],
  endOf: (one: T) => string,
): T[][] {
  const groups: T[][] = [];
  const open = new Map<string, T[][]>();
  for (const one of diagnoses) {
    const isGuess = one.confidence !== 'certain';
    const key = `${endOf(one)}\n${one.host ?? ''}`;
    const rivals = open.get(key) ?? [];
    const joins = isGuess
      ? rivals.find(([first]) => first && (names(first).includes(one.problem) || names(one).includes(first.problem)))
      : undefined;
    if (joins && !joins.some(({ problem }) => problem === one.problem)) joins.push(one);
    else {
      const group = [one];
      groups.push(group);
      if (isGuess) open.set(key, [...rivals, group]);
    }
  }
  return groups;
}
