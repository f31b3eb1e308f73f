/** Several records in one line: pasted into a field that takes no line ends, or sent through a chat. */
import { decodeLine } from './decode.ts';
import { BEGINS_JSON, readJson } from './envelope.ts';
import { RAW_ITEM } from './inside.ts';
import type { Line } from './lines.ts';
import { type Piece, readPieces } from './pieces.ts';
import { readPrefix } from './prefix.ts';
import { isSignature } from './trail.ts';

const ANY_HEAD =
  /(?:debug|info|notice|warn|mark|error|crit|alert|<tcp>|<net>)[ \t]{0,9}:[ \t]{0,9}\[\d{4}-|<log[ \t]{1,4}sev=/gi;
const NAME_SIZE = 64;

/** Reads a text of a single line, into which a form field or a chat has put several records. */
export function readSingleLine(line: Line): Piece[] {
  // (An export says where its records end.)
  if (BEGINS_JSON.test(line.text) && readJson(line.text)) return readPieces(line);
  const text = decodeLine(line.text);
  const starts = joinedRecords(text);
  if (starts.length < 2) return readPieces(line);
  return starts.flatMap((start, i) => readPieces({ ...line, text: text.slice(i === 0 ? 0 : start, starts[i + 1]) }));
}

/**
 * Where the records of such a line begin: at a head that follows a closed value, behind a signature or a syslog
 * prefix. Such a head can also be a part of that value, chosen by a client; but a client's name has 64 bytes at most,
 * so that longer parts are records of their own.
 */
function joinedRecords(text: string): number[] {
  const starts = [0];
  let item = itemFrom(text, 0);
  for (const found of text.matchAll(ANY_HEAD)) {
    if (item < 0) break;
    const from = Math.max(0, found.index - 160);
    const end = from + text.slice(from, found.index).lastIndexOf('>') + 1;
    const gap = text.slice(end, found.index);
    // The record before has had an item; a relayed one belongs to the wrapper around it.
    if (end === from || item > end || gap === '' || isRelay(text, end)) continue;
    const between = gap.trim();
    const prefix = readPrefix(gap.trimStart());
    if (between !== '' && !isSignature(between) && (prefix.kind !== 'ours' || prefix.end < gap.trimStart().length))
      continue;
    starts.push(end);
    item = itemFrom(text, end);
  }
  const ends = [...starts.slice(1), text.length];
  // What is short enough to be a name stays with the record before it, if that one has a value of a stranger's.
  return starts.filter(
    (start, i) => i === 0 || (ends[i] ?? 0) - start > NAME_SIZE || !RAW_ITEM.test(text.slice(starts[i - 1], start)),
  );
}

function itemFrom(text: string, start: number): number {
  ITEM.lastIndex = start;
  return ITEM.exec(text)?.index ?? -1;
}

const ITEM = /=[<"]/g;

/** The wrapper of a relayed record ends here. */
function isRelay(text: string, end: number): boolean {
  const before = text.slice(Math.max(0, end - 300), end).trimEnd();
  return before.endsWith('msg=<') || /remote_host="[^"]{0,255}$/i.test(before.replace(/"? ?>$/, ''));
}
