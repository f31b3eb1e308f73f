/**
 * A record that a full disk tore: the program wrote as much as there was room for, without the line end, and once there was
 * room again the next record behind it, in the same line. Until then the file ends with it.
 *
 * Whoever can choose a value of a record (a name of a file, a line of a watched log) can write a head into it. So a line is
 * taken apart only where nothing but the program's own words stand before the second head.
 */
import type { Line } from './lines.ts';

/** A line of its own, or the part of one that begins with a record behind a torn one. */
export interface TornLine extends Line {
  /** The record begins in the middle of a line; in doubt where words of a message, which can go on with a value, are open. */
  torn?: 'behind' | 'doubtful';
}

const HEAD = /(?:DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|<TCP>) {0,3} : {1,2}\[\d{4}-\d\d-\d\dT[\d:+-]{8,14}\] ?/g;
const FIRST = /^(?:DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|<TCP>) {0,3} : {1,2}\[\d{4}-[\dT:+-]{0,22}\]? ?/;
/** Torn within its head, or in the name of its first item. */
const NAME = /^\w{0,12}=?$/;
/** Torn within the words of its message. */
const WORDS = /^(?:msg|interface)=<[A-Za-z][A-Za-z ,.:'-]{0,80}$/;
/** A line that is shorter holds no two heads. */
const least = 60;

/** The records of a line of which the first is torn; any other line as it is. */
export function tornApart(line: Line): TornLine[] {
  const { text } = line;
  const first = text.length < least ? undefined : FIRST.exec(text)?.[0];
  if (first === undefined) return [line];
  const starts = [...text.matchAll(HEAD)].flatMap(({ index }) => (index > 0 ? [index] : []));
  const [at = 0, other] = starts;
  if (at === 0 || other !== undefined) return [line];
  const before = text.slice(0, at);
  const own = before.slice(Math.min(first.length, at));
  if (!NAME.test(own) && !WORDS.test(own)) return [line];
  return [
    { ...line, text: before },
    { ...line, text: text.slice(at), torn: NAME.test(own) ? 'behind' : 'doubtful' },
  ];
}

/** What a record or its signature begins with, in a log file. */
const BEGINS = /^(?:(?:DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|<TCP>) {0,3} : |<log[ >]|<sig>)/;
/** Less than a whole signature. */
const PART_OF_SIGNATURE = /^(?:<sig>)?[0-9A-FX]{1,47}$/;

/**
 * True if a log file ends within a record or its signature: every line of it has an end, and every record ends with `>`.
 * @param last the last line, of a text that does not end with a line end
 */
export function isTornEnd(last: string): boolean {
  return PART_OF_SIGNATURE.test(last) || (BEGINS.test(last) && !/>\s*$/.test(last));
}
