/** What stands between a record and its signature. */
import { readBody } from './fields.ts';
import type { Head } from './header.ts';
import type { Piece } from './pieces.ts';

/** Raw text of others in a value: a client's name has 64 bytes at most, a datagram of syslog 1047 (format.md, 9 and 10). */
export const FORGED_LIMIT = 1200;
/** Names of items whose values come raw from the network: only there can a newline be somebody else's. */
const RAW_NAMES = /^(?:client|host|peer|obj|ip|syslog_msg|msg|request|received|option|service|remote_host)$/;

export function endsInName(record: { head: Head; text: string }): boolean {
  const { fields } = readBody(record.head.style, record.text.slice(record.head.bodyStart));
  return RAW_NAMES.test(fields.at(-1)?.name.toLowerCase() ?? '');
}

/**
 * Indices of the pieces that stand between a record and its signature. In a log file each record is followed by its
 * signature, so that whatever looks like a record there was written by whoever chose a value of the first.
 */
export function insideRecords(pieces: Piece[]): Set<number> {
  const inside = new Set<number>();
  let boundary = -1;
  for (const [i, piece] of pieces.entries()) {
    const ends = piece.kind === 'signature';
    if (ends && boundary >= 0) markGroup(pieces, boundary + 1, i, inside);
    if (ends || piece.opensTrail) boundary = i;
    else if (
      piece.kind === 'foreign' ||
      piece.kind === 'block-start' ||
      piece.kind === 'mail' ||
      piece.prefix.sink !== undefined
    )
      boundary = -1;
    else if (piece.kind === 'blank' && i === boundary + 1) boundary = -1;
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
    if (!endsInName({ head: first.head, text: first.text })) return;
  }
  for (let i = from + 1; i < to; i += 1) inside.add(i);
}
