/** Which messages a text looks like: for lines that are none. */
import type { Phrase } from './types.ts';

export interface Near {
  message: string;
  text?: string;
  /** 0 (nothing in common) to 1 (the same words). */
  score: number;
}

/** Below this a likeness is chance. */
const LEAST = 0.2;

/** An index of word pieces over all phrases. Words weigh by rarity; pieces of three letters let typing errors pass. */
export function createNearest(phrases: readonly Phrase[]): (text: string, n: number) => Near[] {
  const documents = phrases.map((phrase) => pieces(phrase.parts.join(' ')));
  const postings = new Map<string, number[]>();
  for (const [i, document] of documents.entries()) {
    for (const piece of document) {
      const list = postings.get(piece);
      if (list) list.push(i);
      else postings.set(piece, [i]);
    }
  }
  const weigh = (piece: string) => Math.log(1 + documents.length / (postings.get(piece)?.length ?? 0.5));
  const norms = documents.map(
    (document) => Math.sqrt([...document].reduce((sum, piece) => sum + weigh(piece) ** 2, 0)) || 1,
  );
  return (text, n) => {
    const wanted = pieces(text.slice(0, 2000));
    const sums = new Map<number, number>();
    let norm = 0;
    for (const piece of wanted) {
      const weight = weigh(piece) ** 2;
      // Only what occurs in the catalogue counts against a text: prose around a message must not hide it.
      if (postings.has(piece)) norm += weight;
      for (const i of postings.get(piece) ?? []) sums.set(i, (sums.get(i) ?? 0) + weight);
    }
    const best = new Map<string, Near>();
    for (const [i, sum] of sums) {
      const phrase = phrases[i] as Phrase;
      const score = Math.min(1, sum / ((norms[i] ?? 1) * (Math.sqrt(norm) || 1)));
      const known = best.get(phrase.entry.id);
      if (score < LEAST || (known && known.score >= score)) continue;
      best.set(phrase.entry.id, { message: phrase.entry.id, ...(phrase.text ? { text: phrase.text.id } : {}), score });
    }
    return [...best.values()].sort((a, b) => b.score - a.score).slice(0, n);
  };
}

function pieces(text: string): Set<string> {
  const found = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(/[\p{L}\p{N}]+/gu)) {
    const padded = `^${word}$`;
    for (let i = 0; i + 3 <= padded.length; i += 1) found.add(padded.slice(i, i + 3));
    if (word.length > 3) found.add(word);
  }
  return found;
}
