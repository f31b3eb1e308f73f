/** Where a text that was cut somewhere begins to make sense. */
import { plainText } from './decode.ts';
import { findHead } from './header.ts';
import { lineEnd } from './lines.ts';
import { isSignature } from './trail.ts';

/** Lines among which it is looked for: no record is longer, with all its pieces. */
const reach = 2000;
/** More of a line tells no more. */
const widest = 4000;

/**
 * The index from which on the records are whole. In a log file that is a signature, which stays at the start to show that a
 * record begins behind it: what looks like a record before it can be a part of the one whose beginning is missing.
 * Elsewhere it is the first line with a head. Where there is neither, it is the second line, for the first may be a rest.
 */
export function firstRecord(text: string): number {
  const newlines = text.includes('\n');
  const first = lineEnd(text, 0, newlines);
  const second = first === text.length ? 0 : first + 1;
  let head = -1;
  let at = second;
  for (let n = 0; n < reach && at < text.length; n += 1) {
    const end = lineEnd(text, at, newlines);
    const line = plainText(text.slice(at, Math.min(end, at + widest)));
    if (isSignature(line.trim())) return at;
    if (head < 0 && findHead(line)?.standard) head = at;
    at = end + 1;
  }
  return head < 0 ? second : head;
}
