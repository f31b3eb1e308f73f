/** Names of what was given, each used once: an answer names its lines by them. */
import type { Source } from './types.ts';

/** Name of what is typed or pasted; no file has it. */
export const pasted = 'pasted';

/** A name that none of the others is: `client.log (2)`. */
export function uniqueName(name: string, others: Iterable<string>): string {
  const used = new Set(others);
  let unique = name;
  for (let n = 2; used.has(unique); n += 1) unique = `${name} (${n})`;
  return unique;
}

/** Whether a text is that of the same file, read again: nothing of it has changed, it can only have grown. */
export function isGrown(old: Source, now: Source): boolean {
  if (old.part?.unreadable || now.text.startsWith(old.text)) return true;
  const { excerpt } = old;
  if (excerpt && now.excerpt) {
    return now.excerpt.bytes >= excerpt.bytes && now.text.slice(0, START) === old.text.slice(0, START);
  }
  // Of a long file only the end is held, and the beginning of that moves on.
  return now.part !== undefined && old.text.length > END && now.text.includes(old.text.slice(-END));
}

/** The first record of a log with its signature has so many characters, and no other log begins with it. */
const START = 200;
/** So many characters in a row, time stamps and all, are in no two logs. */
const END = 4000;
