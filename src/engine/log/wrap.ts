/** Lines that a screen, a mailer or a browser has broken. */

import { startsBlock } from './blocks.ts';
import { decodeLine } from './decode.ts';
import type { GrowingText } from './growing.ts';
import { findHead, type Head } from './header.ts';
import type { Line } from './lines.ts';
import type { Piece } from './pieces.ts';
import { type Prefix, readPrefix } from './prefix.ts';
import { isSignature, isTrailMark, mailLine } from './trail.ts';

/** A record as far as it has been read. */
interface Begun {
  head: Head;
  text: GrowingText;
}

const RECORD_MARK =
  /(?:debug|info|notice|warn|mark|error|crit|alert|<tcp>|<net>)[ \t]{0,9}:[ \t]{0,9}(?:\[\d|$)|<log[ \t]|(?:samhain|yule)\[|msg=[<"]/i;
/** Screens are so wide; samhain's mails break lines after 998 characters. */
const USUAL = new Set([80, 100, 120, 132, 140, 150, 160, 180, 200, 211, 220, 237, 240, 998]);
/** No record is longer; what goes on and on is something else. */
const LONGEST = 20_000;
/** A record written down without its head; the next one begins the same. */
const HEADLESS = /^[ \t]{0,8}msg=[<"]/i;
const CONTINUATION = /^(?:,[ \t]|,?[ \t]{0,4}[A-Za-z_]\w{0,31}=[<"]|[ \t]{0,4}\/?>)/;

/** A record as it stands in the lines, with those that go on with it at a screen's edge. */
interface Strip {
  from: number;
  /** Index of its last line. */
  to: number;
  /** Length of its longest line. */
  width: number;
  /** How many of its lines are as long as that, and go on. */
  breaks: number;
  /** A shorter line is unfinished, too: not a screen has broken it, but a mailer. */
  soft: boolean;
}

/** Records on either side that tell how wide the screen was. */
const NEIGHBORS = 4;

/**
 * Puts the lines together again that a screen broke at its edge. Such a screen shows in a record and in its neighbors:
 * several unfinished lines are just as long, and none of what goes on with them is longer (or one is, and the width is a
 * usual one). Whatever else stands in the text, however long, tells nothing of it.
 */
export function joinBrokenLines(lines: Line[]): Line[] {
  const strips = readStrips(lines);
  if (!strips.some(({ breaks }) => breaks > 0)) return lines;
  const joined: Line[] = [];
  let at = 0;
  for (const [i, strip] of strips.entries()) {
    if (!isScreen(strips, i)) continue;
    for (; at < strip.from; at += 1) joined.push(lines[at] as Line);
    const whole = { ...(lines[at] as Line) };
    for (; at < strip.to && lines[at]?.text.length === strip.width; at += 1) {
      const next = lines[at + 1] as Line;
      whole.text += (hasLostBlank(whole.text, next.text) ? ' ' : '') + next.text;
      whole.last = next.last ?? next.n;
    }
    joined.push(whole);
    at += 1;
  }
  for (; at < lines.length; at += 1) joined.push(lines[at] as Line);
  return joined;
}

/** All records of the lines, each once. */
function readStrips(lines: readonly Line[]): Strip[] {
  const strips: Strip[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    const strip = readStrip(lines, i);
    if (!strip) continue;
    strips.push(strip);
    i = strip.to;
  }
  return strips;
}

function readStrip(lines: readonly Line[], from: number): Strip | undefined {
  let { text } = lines[from] as Line;
  if (!RECORD_MARK.test(text.slice(0, 2000))) return undefined;
  const strip: Strip = { from, to: from, width: text.length, breaks: 0, soft: false };
  const goesOn = () => text.length < LONGEST && belongs(text, lines[strip.to + 1]?.text ?? '');
  for (let { length } = text; goesOn(); ) {
    // (Copying takes a blank off a line's end.)
    if (length < strip.width - 1) {
      strip.soft = true;
      break;
    }
    const next = (lines[strip.to + 1] as Line).text;
    if (next.length > strip.width + (strip.to === from ? 1 : 0)) break;
    if (next.length > strip.width) {
      strip.width = next.length;
      strip.breaks = 0;
    } else if (length === strip.width) strip.breaks += 1;
    text += next;
    length = next.length;
    strip.to += 1;
  }
  return strip;
}

/** Whether the record was broken at the edge of a screen, as it shows itself and as those around it do. */
function isScreen(strips: readonly Strip[], i: number): boolean {
  const { width, breaks } = strips[i] as Strip;
  if (breaks === 0 || width < 20) return false;
  const isLonger = (at: number) => strips[at]?.breaks === 0 && (strips[at]?.width ?? 0) > width;
  // A record in one longer line was not on this screen: it ends what is near.
  let from = i;
  while (from > Math.max(0, i - NEIGHBORS) && !isLonger(from - 1)) from -= 1;
  let to = i;
  while (to < i + NEIGHBORS && to + 1 < strips.length && !isLonger(to + 1)) to += 1;
  const near = strips.slice(from, to + 1);
  const count = (wanted: number) =>
    near.reduce((sum, strip) => sum + (strip.width === wanted && !strip.soft ? strip.breaks : 0), 0);
  // The screen was wider by the blanks that copying took off.
  if (count(width + 1) > 0) return false;
  const against = near.filter(
    (strip) => strip.soft || (strip.breaks === 1 && !USUAL.has(strip.width) && count(strip.width) < 2),
  );
  const usual = USUAL.has(width) && !isLonger(i - 1) && !isLonger(i + 1);
  const votes = count(width) + (usual ? 1 : 0);
  return votes > 1 && votes > against.length;
}

/** Between items there always is a blank; copying takes it off a line's end. */
function hasLostBlank(above: string, line: string): boolean {
  return above.endsWith(',') ? !/^\s/.test(line) : /[>"]$/.test(above) && /^[A-Za-z_]\w{0,31}=[<"]/.test(line);
}

/** Whether a line goes on with the one above: it begins nothing itself, and that one is not at its end. */
function belongs(above: string, line: string): boolean {
  if (line.trim() === '' || (QUOTED.test(above) && QUOTED.test(line))) return false;
  if (HEADLESS.test(above) && HEADLESS.test(line)) return false;
  if (/(?:msg=<|remote_host="[^"]{0,255}"? ?>? ?)$/.test(above.slice(-300))) return true;
  const end = decodeLine(above.slice(-400));
  if (endsValue(end) && !HALF_XML.test(end.slice(-120)) && !CONTINUATION.test(line)) return false;
  return !begins(decodeLine(line));
}

const QUOTED = /^[ \t]{0,4}[>|]/;

/** The line is the beginning of something, and not only a rest. */
function begins(text: string): boolean {
  const prefix = readPrefix(text);
  if (prefix.kind !== 'neutral' || text.startsWith('{')) return true;
  const bare = text.slice(prefix.end).trim();
  if (isSignature(bare) || isTrailMark(bare) || startsBlock(bare) || mailLine(bare)) return true;
  const head = findHead(text);
  return head?.standard === true && text.slice(prefix.end, head.start).trim() === '';
}

const HALF_PLAIN =
  /(?:^|[\s"'>])(?:debug|info|notice|warn|mark|error|crit|alert|<tcp>|<net>)[ \t]{0,9}(?::[ \t]{0,9}(?:\[[\dT:+-]{0,30}\]?)?)?$/i;
const HALF_XML = /<log(?:[ \t][^<>]{0,60})?$/i;
/** Lines over which a head can reach, on the narrowest screen. */
const HEAD_LINES = 4;

/** A wrap inside a head hides it: its parts are looked at as one line. */
export function joinHalfHeads(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (let i = 0; i < pieces.length; i += 1) {
    const found = joinHead(pieces, i);
    joined.push(found?.piece ?? (pieces[i] as Piece));
    i = found?.last ?? i;
  }
  return joined;
}

function joinHead(pieces: Piece[], i: number): { piece: Piece; last: number } | undefined {
  const first = pieces[i] as Piece;
  if (first.whole || !isHalf(first)) return undefined;
  let text = first.text;
  for (let j = i + 1; j < i + HEAD_LINES; j += 1) {
    const next = pieces[j];
    if (
      !next ||
      (next.kind !== 'text' && next.kind !== 'head') ||
      (next.kind === 'head' && next.prefix.kind === 'ours')
    )
      return undefined;
    const before = pieces[j - 1] as Piece;
    const seen = text.trim() !== '';
    text +=
      /\s$/.test(text) || /^\s/.test(next.decoded) || /[\d:+-]$/.test(text) ? next.full.trimStart() : ` ${next.full}`;
    const head = findHead(text);
    if (head?.standard && head.start <= (seen ? first.text.length : text.length)) {
      const { start } = head;
      const piece: Piece = {
        ...first,
        kind: 'head',
        last: next.last,
        raw: next.raw,
        text: text.slice(start),
        head: { ...head, start: 0, bodyStart: head.bodyStart - start },
      };
      return { piece, last: j };
    }
    if (before.kind === 'blank' || !(HALF_PLAIN.test(text.slice(-120)) || HALF_XML.test(text.slice(-120))))
      return undefined;
  }
  return undefined;
}

/** The line ends before the head does: it has a syslog prefix and nothing more, or part of a head. */
function isHalf(piece: Piece): boolean {
  const end = piece.text.slice(-120);
  if (piece.kind === 'head') return !piece.head?.standard && HALF_XML.test(end);
  if (piece.kind !== 'text' && piece.kind !== 'rest') return false;
  if (piece.prefix.kind === 'ours' && /^[A-Z]{0,6}$/.test(piece.text.trim())) return true;
  return HALF_PLAIN.test(end) || HALF_XML.test(end);
}

/**
 * What a line adds to the one above: a mailer repeats its quote mark, nothing else is repeated by a break.
 * @param end of what stands above, all of it that is looked at
 */
export function addition(end: string, above: Prefix, next: Piece): string {
  if (!above.quoted) return next.decoded;
  const rest = next.decoded.replace(/^[ \t]{0,4}(?:> ?|\| ){1,8}/, '');
  // A `>` before an item or at the end closes the value above.
  return openValue(end) !== undefined && /^(?:,|[A-Za-z_]\w{0,31}=[<"]|\s{0,9}$)/.test(rest) ? next.decoded : rest;
}

/**
 * What is put behind a text whose next line a mailer broke at a blank, or a screen whose width is not known. The blank
 * comes back between items and inside most values; names and paths have none.
 */
export function joint(end: string, before: Piece, next: Piece): string {
  const added = addition(end, before.prefix, next);
  if (/\s$/.test(end)) return added.trimStart();
  if (/^[\s,]/.test(added) || end.endsWith('=')) return added;
  if (/[>"],? \w{1,31}$/.test(end.slice(-60)) && /^\w{0,31}=?[<"]/.test(added)) return added;
  const name = openValue(end);
  return name !== undefined && SOLID.test(name) ? added : ` ${added}`;
}

/** Items whose values have no blanks: names, addresses, escaped paths, sums. */
const SOLID =
  /^(?:client|host|remote_host|peer|ip|obj|dir|path|path_data|linked_path|hash|hash_data|userid|expect|received|request|chksum_\w{1,8}|program|status|module|return_code|socket_id|port)$/;

/** Name of the item whose value is not at its end yet. */
function openValue(end: string): string | undefined {
  const at = Math.max(end.lastIndexOf('=<'), end.lastIndexOf('="'));
  if (at < 0 || end.includes(end[at + 1] === '<' ? '>' : '"', at + 2)) return undefined;
  let from = at;
  while (from > 0 && /\w/.test(end[from - 1] ?? '')) from -= 1;
  return end.slice(from, at).toLowerCase() || undefined;
}

/** A value's closing mark stands at the end, but for what an export or a person puts behind it. */
export function endsValue(text: string): boolean {
  return /[>]["'`,;)\]}\s]{0,6}$/.test(text.slice(-40));
}

export function isClosed(draft: Begun): boolean {
  const end = draft.text.end.slice(-60).trimEnd();
  return />["'`,;)\]}]{0,6}$/.test(end) && draft.text.length > draft.head.bodyStart + 3;
}

/** The record broke off where only more of it can follow. */
export function awaits(draft: Begun): boolean {
  const end = draft.text.end.slice(-300).trimEnd();
  return (
    draft.text.length <= draft.head.bodyStart + 1 ||
    AWAITS.test(end) ||
    (draft.head.style === 'xml' && end.endsWith('"'))
  );
}

/** What follows must be a relayed record, whole with its own head. */
export function awaitsHead(draft: Begun): boolean {
  return /(?:msg=<|remote_host="[^"]{0,255}(?:"(?: ?>)?)?)$/i.test(draft.text.end.slice(-300).trimEnd());
}

const HALF = String.raw`(?:(?:[A-Z]{1,6}|<\w{0,3}>?)(?:[ \t]{0,9}:[ \t]{0,9}(?:\[[\dT:+-]{0,30}\]?)?)?|<log(?: [^<>]{0,60})?)`;
const AWAITS = new RegExp(`(?:,|msg=<${HALF}?|remote_host="[^"]{0,255}"(?: ?>(?: ?${HALF})?)?)$`, 'i');

/** The line goes on with the items of a record. */
export function continues(piece: Piece | undefined): boolean {
  return piece?.kind === 'text' && /^[ \t]{0,8},? ?[A-Za-z_]\w{0,31}=[<"]|^[ \t]{0,8}, /.test(piece.full);
}
