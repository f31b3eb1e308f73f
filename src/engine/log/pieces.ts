/** What each line is, taken alone. */
import type { Side } from '../types.ts';
import { emergencyLine, endsBlock, startsBlock } from './blocks.ts';
import { crashOf } from './crash.ts';
import { decodeJsonString, decodeLine, plainText } from './decode.ts';
import { BEGINS_JSON, type Envelope, readHeading, readJournalField, readJson } from './envelope.ts';
import { findHead, type Head } from './header.ts';
import { isBlank, type Line } from './lines.ts';
import { type Prefix, readPrefix, readProgram } from './prefix.ts';
import type { TornLine } from './torn.ts';
import { isSignature, isTrailMark, type MailLine, mailLine, opensTrail } from './trail.ts';

export type PieceKind =
  | 'blank'
  | 'trail'
  | 'signature'
  | 'block-start'
  | 'block-end'
  | 'emergency'
  | 'crash'
  | 'mail'
  | 'envelope'
  | 'encoded'
  | 'foreign'
  | 'head'
  | 'rest'
  | 'text';

export interface Piece {
  n: number;
  /** Number of its last line, where it was put together. */
  last: number;
  kind: PieceKind;
  /** The line as given, and decoded. */
  raw: string;
  decoded: string;
  /** The line decoded, from the record's head (or the end of the prefix) on. */
  text: string;
  /** The line decoded, from the end of the prefix on, with a head set by MessageHeader if there is one. */
  full: string;
  prefix: Prefix;
  head?: Head;
  /** Of a crash: whose program was ended. */
  side?: Side;
  mail?: { kind: MailLine; host?: string };
  /** A file's name (heading of tail) or a journal field. */
  field?: { name: string; value: string };
  /** The line ends exactly where a whole value of an export ends: nothing follows on the next line. */
  whole?: boolean;
  opensTrail?: boolean;
  /** A record behind a torn one, in one line with it. */
  torn?: TornLine['torn'];
}

const NOTHING: Prefix = { kind: 'neutral', end: 0 };
const PROMPT = /^(?:\[?[\w.-]{1,40}@[\w.-]{1,80}[^$#%<>]{0,80}[#$%>]|[#$%] )\s?\S/;
const VERBOSE = /^[A-Z][a-z]{2} \d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,9})? \w{1,6} \[s=/;
/** Brackets of pretty JSON, separators of grep, marks of code in a message to others. */
const DRESSING =
  /^(?:[\]})[({,;]{1,4}|--|`{3,4}\w{0,12}|~{3,4}|\{(?:code|noformat|quote)[^{}]{0,40}\}|\[\/?(?:code|quote|pre)\]|<\/?(?:pre|code|samp|blockquote)>)$/i;
const LINES_INSIDE = /\r?\n/;

/** Classifies a line; an export's line can hold several. `page`: the text is a page's source. Never throws. */
export function readPieces(line: TornLine, page = false): Piece[] {
  const raw = line.text;
  if (isBlank(raw)) {
    const decoded = raw.trim();
    return [{ n: line.n, last: line.last ?? line.n, kind: 'blank', raw, decoded, text: '', full: '', prefix: NOTHING }];
  }
  if (BEGINS_JSON.test(raw)) {
    const envelopes = readJson(plainText(raw));
    if (envelopes) return envelopes.flatMap((envelope) => enveloped(line, envelope, envelopes.length > 1));
  }
  const text = decodeLine(raw, page);
  // (Of a cut JSON object the rest can follow: it is no line.)
  const parts = text.includes('\n')
    ? text.split(LINES_INSIDE).filter((part, i) => i === 0 || !/^\s*(?:["',}\]]|$)/.test(part))
    : [text];
  return parts.map((part) => readPiece(line, parts.length > 1 ? part : raw, part));
}

/** @param many the line holds more than this, so that only its own text is shown of it */
function enveloped(line: Line, envelope: Envelope, many: boolean): Piece[] {
  const program = envelope.program === undefined ? undefined : readProgram(envelope.program);
  const prefix: Prefix = {
    kind: envelope.foreign ? 'foreign' : envelope.program === undefined ? 'neutral' : program ? 'ours' : 'foreign',
    end: 0,
    sink: envelope.program === undefined ? undefined : 'journal',
    host: envelope.host,
    pid: envelope.pid,
    program: program === 'unit' ? undefined : program,
  };
  const named = envelope.program !== undefined || envelope.foreign;
  const pieces: Piece[] = [];
  for (const text of envelope.texts) {
    for (const part of text.replace(/\s{1,9}$/, '').split(LINES_INSIDE)) {
      // (Where the export names no program, what was logged may.)
      const piece = readPiece(line, many ? part : line.text, decodeLine(part), named ? prefix : undefined);
      if (!named) piece.prefix = { host: envelope.host, ...piece.prefix };
      piece.whole = true;
      pieces.push(piece);
    }
    if (pieces.some((piece) => piece.kind === 'head' || piece.kind === 'emergency')) break;
  }
  if (pieces.length === 0)
    pieces.push({
      n: line.n,
      last: line.last ?? line.n,
      kind: 'foreign',
      raw: line.text,
      decoded: line.text,
      text: line.text,
      full: line.text,
      prefix,
    });
  return pieces;
}

function readPiece(line: TornLine, raw: string, text: string, outer?: Prefix): Piece {
  const piece: Piece = {
    n: line.n,
    last: line.last ?? line.n,
    kind: 'text',
    raw,
    decoded: text,
    text,
    full: text,
    prefix: outer ?? NOTHING,
    ...(line.torn ? { torn: line.torn } : {}),
  };
  const trimmed = undressed(text);
  if (trimmed === '') return { ...piece, kind: 'blank' };
  if (mark(piece, trimmed)) return piece;
  const head = findHead(text);
  if (head) return headPiece(piece, head, outer);
  const field = readJournalField(text);
  if (field) {
    piece.field = field;
    piece.kind = field.name === 'MESSAGE' ? 'rest' : 'envelope';
    piece.text = field.quoted ? decodeJsonString(field.value) : field.value;
    piece.full = piece.text;
    piece.prefix = { ...NOTHING, sink: 'journal' };
    piece.whole = true;
    return piece;
  }
  const prefix = outer ?? readPrefix(text);
  piece.prefix = prefix;
  if (outer === undefined) piece.text = text.slice(prefix.end);
  piece.full = piece.text;
  const side = crashOf(text, prefix);
  if (side) return { ...piece, kind: 'crash', side };
  if (prefix.kind === 'foreign') return { ...piece, kind: emergencyLine(text) ? 'emergency' : 'foreign' };
  if (prefix.end > 0 && piece.text.trim() !== '' && mark(piece, undressed(piece.text))) return piece;
  if (emergencyLine(text)) return { ...piece, kind: 'emergency', text: emergencyLine(text) ?? text };
  if (prefix.kind === 'ours') return { ...piece, kind: 'rest' };
  if (prefix.end > 0 && piece.text.trim() === '' && /^[\s>|]*$/.test(text)) return { ...piece, kind: 'blank' };
  if (isEncoded(raw)) return { ...piece, kind: 'encoded' };
  if (PROMPT.test(trimmed)) return { ...piece, kind: 'foreign' };
  if (DRESSING.test(trimmed) || VERBOSE.test(trimmed)) return { ...piece, kind: 'envelope' };
  return piece;
}

/** Without the blanks, and the marks with which people close a quotation. */
function undressed(text: string): string {
  return text.trim().replace(/[\s|`*]{1,8}$/, '');
}

/** Lines that are told by their own look. */
function mark(piece: Piece, trimmed: string): boolean {
  const kind = markKind(trimmed);
  if (kind !== undefined) {
    piece.kind = kind;
    piece.opensTrail = kind === 'trail' && opensTrail(trimmed);
    return true;
  }
  const heading = readHeading(trimmed);
  if (heading !== undefined) {
    piece.kind = 'envelope';
    piece.field = { name: 'heading', value: heading };
    return true;
  }
  const mail = mailLine(trimmed);
  if (mail) {
    piece.kind = 'mail';
    piece.mail = mail;
    return true;
  }
  return false;
}

function markKind(trimmed: string): PieceKind | undefined {
  if (isTrailMark(trimmed)) return 'trail';
  if (isSignature(trimmed)) return 'signature';
  if (startsBlock(trimmed)) return 'block-start';
  if (endsBlock(trimmed)) return 'block-end';
  return undefined;
}

function headPiece(piece: Piece, head: Head, outer: Prefix | undefined): Piece {
  const before = piece.text.slice(0, head.start);
  // No value that the program prints has a tab in it: a mail program or a table has made them of blanks.
  let text = piece.text.slice(head.start).replaceAll('\t', ' ');
  const field = readJournalField(piece.text);
  if (field && before.length < 40) {
    if (field.quoted) text = decodeJsonString(text);
    piece.prefix = { ...NOTHING, sink: 'journal' };
    piece.whole = true;
  } else piece.prefix = outer ?? prefixBefore(piece.text, head.start);
  const gap = outer ? before.trim() : before.slice(piece.prefix.end).trim();
  // A syslog tag of another program, with its own words before the record: the record is part of somebody's text.
  if (piece.prefix.kind === 'foreign' && (gap !== '' || !head.standard)) return { ...piece, kind: 'foreign' };
  return {
    ...piece,
    kind: 'head',
    text,
    full: outer || field ? text : piece.text.slice(piece.prefix.end),
    head: { ...head, start: 0, bodyStart: head.bodyStart - head.start },
  };
}

/** What follows a prefix can be a part of its look (grep's file name); it must not be taken for one. */
function prefixBefore(text: string, start: number): Prefix {
  const prefix = readPrefix(text.slice(0, start + 60));
  return prefix.end <= start ? prefix : readPrefix(text.slice(0, start));
}

/**
 * A stealth build XORs its log with a byte above 127: hardly a byte of it is text, whichever way it was read. Read as
 * UTF-8 it is full of replacement characters; read as Latin 1, of letters with accents.
 */
function isEncoded(raw: string): boolean {
  const size = Math.min(raw.length, 400);
  let high = 0;
  let broken = 0;
  for (let i = 0; i < size; i += 1) {
    const code = raw.charCodeAt(i);
    if (code >= 0x80) high += 1;
    if (code === 0xfffd || (code >= 0x80 && code <= 0xff)) broken += 1;
  }
  return size > 3 && high / size > 0.8 && broken / size > 0.2;
}
