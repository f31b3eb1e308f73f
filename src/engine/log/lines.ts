/** A text cut into lines, numbered as an editor numbers them. Whatever cuts or counts lines of a log does it by this file. */
import type { Gap, Source } from '../types.ts';

export interface Line {
  /** Counted from 1. */
  n: number;
  /** The number of the last, where several lines are one: they were so before something broke them, or are all blank. */
  last?: number;
  text: string;
}

/** Lines of a file that its text does not have: so many before it, or gaps in it. */
export type Missing = number | readonly Gap[];

/** Line ends of texts that hold no newline at all: old Macintosh files, text taken from documents. */
const OTHER_ENDS = /[\r\u0085\u2028\u2029]/g;
/** Line ends that word processors and JSON leave inside a numbered line. */
const INNER_ENDS = /[\u0085\u2028\u2029\v\f]/;
/** Any of them ends what is one line for a reader. */
const ALL_ENDS = { newlines: /[\n\u0085\u2028\u2029\v\f]/g, others: /[\r\u0085\u2028\u2029\v\f]/g };
/** A line that holds nothing, or nothing but the marks with which mails quote. */
const BLANK = /^[\s>|]*$/;

/** Whether there is nothing in a line but blanks and marks of quotation. */
export function isBlank(line: string): boolean {
  return BLANK.test(line);
}

/**
 * Cuts a text into lines. CR LF and LF end a line; CR and the Unicode separators do so only where neither occurs.
 * A Unicode separator inside a line cuts it too, but both parts keep the line's number. Blank lines in a row are one: a
 * small archive can hold millions of them.
 * @param missing lines of the file that the text does not have: the numbers count them
 */
export function splitLines(text: string, missing: Missing = 0): Line[] {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines: Line[] = [];
  const gaps = typeof missing === 'number' ? [{ after: 0, skipped: missing }] : missing;
  let gap = 0;
  let own = 0;
  let n = 0;
  let blanks: Line | undefined;
  for (const part of numbered(start)) {
    for (let next = gaps[gap]; next && next.after <= own; next = gaps[++gap]) {
      n += next.skipped;
      blanks = undefined;
    }
    own += 1;
    n += 1;
    const bare = part.endsWith('\r') ? part.replace(/\r{1,9}$/, '') : part;
    if (isBlank(bare)) {
      if (blanks) blanks.last = n;
      else {
        blanks = { n, text: bare };
        lines.push(blanks);
      }
      continue;
    }
    blanks = undefined;
    if (!INNER_ENDS.test(bare)) lines.push({ n, text: bare });
    else for (const inner of bare.split(INNER_ENDS)) lines.push({ n, text: inner });
  }
  return lines;
}

/** The numbered lines, one after the other, so that no list of all of them is needed. */
function* numbered(text: string): Generator<string> {
  const newlines = text.includes('\n');
  let at = 0;
  while (at < text.length || at === 0) {
    const end = lineEnd(text, at, newlines);
    yield text.slice(at, end);
    if (end === text.length) return;
    at = end + 1;
  }
}

/**
 * Where the numbered line ends in which an index lies: at its mark, or at the end of the text.
 * @param newlines whether the text has any, so that nothing else ends a line
 */
export function lineEnd(text: string, from: number, newlines = text.includes('\n')): number {
  OTHER_ENDS.lastIndex = from;
  const end = newlines ? text.indexOf('\n', from) : (OTHER_ENDS.exec(text)?.index ?? -1);
  return end < 0 ? text.length : end;
}

/** Where what a reader sees as one line ends: at any mark, those inside a numbered line included. */
export function seenEnd(text: string, from: number, newlines: boolean): number {
  const ends = newlines ? ALL_ENDS.newlines : ALL_ENDS.others;
  ends.lastIndex = from;
  return ends.exec(text)?.index ?? text.length;
}

/** How many numbered lines end in a text. */
export function countEnds(text: string, newlines: boolean): number {
  let count = 0;
  for (let at = lineEnd(text, 0, newlines); at < text.length; at = lineEnd(text, at + 1, newlines)) count += 1;
  return count;
}

/** How many numbered lines a text has. */
export function countLines(text: string): number {
  const newlines = text.includes('\n');
  const ends = countEnds(text, newlines);
  return text === '' || lineEnd(text, text.length - 1, newlines) < text.length ? ends : ends + 1;
}

/**
 * Gives the lines of a text by the numbers that records have, each whole.
 * @param missing lines of the file that the text does not have
 */
export function lineLookup(text: string, missing: Missing = 0): (n: number) => string {
  const lines = new Map<number, string>();
  for (const { n, text: part } of splitLines(text, missing)) {
    const known = lines.get(n);
    lines.set(n, known === undefined ? part : `${known} ${part}`);
  }
  return (n) => lines.get(n) ?? '';
}

/** The lines of its file that a source does not have. */
export const missingIn = ({ excerpt, part }: Pick<Source, 'excerpt' | 'part'>): Missing =>
  excerpt?.gaps ?? part?.skippedLines ?? 0;
