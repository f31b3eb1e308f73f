/** What stands between a record and its signature. */
import { readBody } from './fields.ts';
import type { Head } from './header.ts';
import type { Piece } from './pieces.ts';

/** Raw text of others in a value: a client's name has 64 bytes at most, a datagram of syslog 1047 (format.md, 9 and 10). */
export const FORGED_LIMIT = 1200;
/** Names of items whose values come raw from the network: only there can a newline be somebody else's. */
const RAW_NAMES = /^(?:client|host|peer|obj|ip|syslog_msg|msg|request|received|option|service|remote_host)$/;
/** Such an item, but for the message, which is the program's own text. */
export const RAW_ITEM = /\b(?:client|host|peer|obj|ip|syslog_msg|request|received|option|service|remote_host)=[<"]/i;

/**
 * Whether lines can follow that somebody else has written: one of the record's values comes raw from the network. (It can
 * hold what looks like the items after it; a message is text of the program's own but at the end.)
 */
export function holdsName(record: { head: Head; text: string }): boolean {
  const { fields } = readBody(record.head.style, record.text.slice(record.head.bodyStart));
  return fields.some(
    ({ name }, i) => RAW_NAMES.test(name.toLowerCase()) && (i === fields.length - 1 || !/^msg$/i.test(name)),
  );
}

/**
 * Indices of the pieces that stand between a record and its signature. In a log file each record is followed by its
 * signature, so that whatever looks like a record there was written by whoever chose a value of the first. A record
 * begins behind the signature before it; an excerpt may begin with the text, with a file of it, or with a blank line.
 */
export function insideRecords(pieces: Piece[]): Set<number> {
  const inside = new Set<number>();
  /** Index of what stands before the record; undefined where its beginning is not known. */
  let boundary: number | undefined = -1;
  /** The boundary is a signature: a blank line further on is a part of the record. */
  let signed = false;
  for (const [i, piece] of pieces.entries()) {
    // The torn record has no signature of its own: the one below is that of the record behind it.
    if (piece.torn) boundary = i - 1;
    const ends = piece.kind === 'signature';
    if (ends && boundary !== undefined) markGroup(pieces, boundary + 1, i, inside);
    if (ends || piece.opensTrail) {
      boundary = i;
      signed = true;
    } else if (
      piece.kind === 'foreign' ||
      piece.kind === 'block-start' ||
      piece.kind === 'mail' ||
      piece.prefix.sink !== undefined
    )
      boundary = undefined;
    else if (
      (piece.kind === 'blank' || piece.field?.name === 'heading') &&
      (!signed || boundary === undefined || i === boundary + 1)
    ) {
      boundary = i;
      signed = false;
    }
  }
  return inside;
}

function markGroup(pieces: Piece[], from: number, to: number, inside: Set<number>): void {
  const first = pieces[from];
  if (first?.kind !== 'head' || to - from < 2 || !first.head) return;
  const rest = pieces.slice(from + 1, to);
  const size = rest.reduce((sum, piece) => sum + piece.raw.length + piece.last - piece.n + 1, 0);
  if (size > FORGED_LIMIT) return;
  if (rest.some((piece) => piece.kind === 'head')) {
    if (!holdsName({ head: first.head, text: first.text })) return;
  }
  for (let i = from + 1; i < to; i += 1) inside.add(i);
}
