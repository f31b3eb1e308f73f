/** Lines that a screen, a mailer or a browser has broken. */
import { findHead, type Head } from './header.ts';
import type { Piece } from './pieces.ts';

/** A record as far as it has been read. */
interface Begun {
  head: Head;
  text: string;
}

const HALF_HEAD =
  /(?:^|[\s"'>])(?:debug|info|notice|warn|mark|error|crit|alert|<tcp>|<net>)[ \t]{0,9}(?::[ \t]{0,9}(?:\[[\dT:+-]{0,30}\]?)?)?$|<log[ \t][^<>]{0,60}$/i;

/** A wrap inside a head hides it: the two halves are looked at as one line. */
export function joinHalfHeads(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let i = 0; i < pieces.length; i += 1) {
    const piece = pieces[i] as Piece;
    const next = pieces[i + 1];
    const half =
      (piece.kind === 'text' || piece.kind === 'rest') &&
      !piece.whole &&
      next &&
      HALF_HEAD.test(piece.text.slice(-120));
    if (
      half &&
      (next.kind === 'text' || (next.kind === 'head' && !next.head?.standard && next.prefix.kind !== 'ours'))
    ) {
      const blank = /[\s]$/.test(piece.text) || /^\s/.test(next.raw) || /[\d+-]$/.test(piece.text) ? '' : ' ';
      const text = piece.text + blank + next.full.trimStart();
      const head = findHead(text);
      if (head?.standard && head.start < piece.text.length) {
        const start = head.start;
        joined.push({
          ...piece,
          kind: 'head',
          raw: next.raw,
          text: text.slice(start),
          head: { ...head, start: 0, bodyStart: head.bodyStart - start },
        });
        i += 1;
        continue;
      }
    }
    joined.push(piece);
  }
  return joined;
}

/**
 * Joins two lines. A screen breaks anywhere, a mailer at a blank, which is then gone: between items and inside msg
 * the blank comes back unless the line was as wide as the screen; other values have none.
 */
export function joinLines(text: string, before: Piece, next: Piece, width: number): string {
  const added = before.prefix.end > 0 && next.prefix.end > 0 ? next.full : next.decoded;
  if (/\s$/.test(text)) return text + added.trimStart();
  if (/^\s/.test(added)) return text + added;
  if (text.endsWith(',')) return `${text} ${added}`;
  const hard = before.raw.length === width || before.raw.length === 998;
  const name = openValue(text);
  return hard || (name !== undefined && name !== 'msg') ? text + added : `${text} ${added}`;
}

/** Name of the item whose value is not at its end yet. */
function openValue(text: string): string | undefined {
  const end = text.slice(-600);
  return /([A-Za-z_]\w{0,31})=(?:<[^<>]{0,500}|"[^"]{0,500})$/.exec(end)?.[1]?.toLowerCase();
}

/** A value's closing mark stands at the end, but for what an export or a person puts behind it. */
export function endsValue(text: string): boolean {
  return /[>]["'`,;)\]}\s]{0,6}$/.test(text.slice(-40));
}

export function isClosed(draft: Begun): boolean {
  const end = draft.text.slice(-60).trimEnd();
  return />["'`,;)\]}]{0,6}$/.test(end) && draft.text.length > draft.head.bodyStart + 3;
}

/** The record broke off where only more of it can follow. */
export function awaits(draft: Begun): boolean {
  return (
    draft.text.length <= draft.head.bodyStart + 1 ||
    /(?:,|msg=<|=<(?:\w{4,6}|<\w{3}>)[ \t]{0,9}:[ \t]{0,9})$/i.test(draft.text.slice(-60).trimEnd())
  );
}

export function continues(piece: Piece | undefined): boolean {
  return piece?.kind === 'text' && /^[ \t]{0,8},? ?[A-Za-z_]\w{0,31}=<|^[ \t]{0,8}, /.test(piece.raw);
}

/** The width at which lines break, if several of them are as long as the longest one. */
export function wrapWidth(pieces: Piece[]): number {
  const counts = new Map<number, number>();
  let longest = 0;
  for (const { raw } of pieces) {
    counts.set(raw.length, (counts.get(raw.length) ?? 0) + 1);
    longest = Math.max(longest, raw.length);
  }
  if ((counts.get(longest) ?? 0) > 1 || longest % 10 === 0 || longest === 132) return longest;
  return -1;
}
