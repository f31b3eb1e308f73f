/**
 * A record that a full disk tore: the program wrote as much as there was room for, without the line end, and once there was
 * room again the next record behind it, in the same line.
 */
import { RAW_ITEM } from './inside.ts';
import type { Line } from './lines.ts';

/** A line of its own, or the part of one that begins with a record behind a torn one. */
export interface TornLine extends Line {
  /** The record begins in the middle of a line; in doubt where a value of a stranger's may be open before it. */
  torn?: 'behind' | 'doubtful';
}

const HEAD = /(?:DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|<TCP>) {0,3} : {1,2}\[\d{4}-\d\d-\d\dT[\d:+-]{8,14}\] ?/g;
const FIRST = /^(?:DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|<TCP>) {0,3} : {1,2}\[\d{4}-/;
/** Where a record is inside another one by right: the wrapper of a relayed record. */
const WRAPPED = /msg=<$/;
/** A line that is shorter holds no two heads. */
const least = 60;

/** The records of a line of which the first is torn; any other line as it is. */
export function tornApart(line: Line): TornLine[] {
  const { text } = line;
  if (text.length < least || !FIRST.test(text)) return [line];
  const starts = [...text.matchAll(HEAD)].flatMap(({ index }) =>
    index > 0 && !WRAPPED.test(text.slice(Math.max(0, index - 5), index)) && !isClosedAt(text, index) ? [index] : [],
  );
  if (starts.length !== 1) return [line];
  const [at = 0] = starts;
  const before = text.slice(0, at);
  return [
    { ...line, text: before },
    { ...line, text: text.slice(at), torn: RAW_ITEM.test(before) ? 'doubtful' : 'behind' },
  ];
}

/** A closed value stands before it: two whole records, which are told apart elsewhere. */
function isClosedAt(text: string, at: number): boolean {
  return /[>"]\s{0,9}$/.test(text.slice(Math.max(0, at - 10), at));
}
