/** Texts → records: the first half of the engine. */
import type { Aside, LogRecord, Sink, Source } from '../types.ts';
import { withoutCommonPrefix } from './common-prefix.ts';
import { decodeQuotedPrintable, decodeRelayed, isHtml } from './decode.ts';
import { readBody } from './fields.ts';
import { GrowingText } from './growing.ts';
import type { Head } from './header.ts';
import { type Line, missingIn, splitLines } from './lines.ts';
import { readPieces } from './pieces.ts';
import type { Prefix } from './prefix.ts';
import { unwrap, type Wrapper } from './relay.ts';
import { readSingleLine } from './singleLine.ts';
import { type Draft, stitch } from './stitch.ts';
import { isTornEnd, tornApart } from './torn.ts';
import { joinBrokenLines } from './wrap.ts';

/** A line that is no record by its form. Its words may still be a message (catalogue/phrases). */
export interface LeftoverLine {
  source: number;
  line: number;
  endLine: number;
  text: string;
  prefix: Prefix;
  origin?: string;
  mail: boolean;
}

export interface Records {
  records: LogRecord[];
  asides: Aside[];
  leftover: LeftoverLine[];
  /** Over all sources. */
  lines: number;
  bytes: number;
}

/** A server may itself report to a server. More levels than this nobody runs. */
const RELAY_LIMIT = 4;

/** Reads all records of all sources, in their order. Never throws; time and memory grow linearly with the input. */
export function readRecords(sources: readonly Source[]): Records {
  const all: Records = { records: [], asides: [], leftover: [], lines: 0, bytes: 0 };
  for (const [source, { text, part, excerpt, toEnd }] of sources.entries()) {
    const lines = text === '' ? [] : splitLines(text, missingIn({ part, excerpt }));
    const page = isHtml(text);
    const logical = withoutCommonPrefix(joinBrokenLines(joinSoftBreaks(lines)));
    const torn: Line[] = [];
    const apart = (line: Line) => {
      const parts = tornApart(line);
      if (parts.length > 1) torn.push(line);
      return parts;
    };
    const { drafts, asides, leftover } = stitch(
      logical.length === 1
        ? logical.flatMap(readSingleLine)
        : logical.flatMap(apart).flatMap((line) => readPieces(line, page)),
    );

    const last = lines.at(-1);
    // (Only a log file has signatures, and is written line by line.)
    const isFile = drafts.some(({ signed }) => signed);
    // (Where the reading or an archive ended early, so does the text.)
    const isEnd = !part?.broken && part?.readBytes === undefined;
    const half = last && isFile && isEnd && !/[\n\r]$/.test(text) && isTornEnd(last.text) ? [last] : [];
    const aside = (kind: 'torn' | 'cut', { n, last: endLine = n, text: words }: Line): Aside & { source: number } => ({
      source,
      kind,
      line: n,
      endLine,
      text: words,
    });
    if (isFile) all.asides.push(...torn.map((line) => aside('torn', line)));
    all.asides.push(...half.map((line) => aside(toEnd ? 'torn' : 'cut', line)));
    all.lines += excerpt?.lines ?? (last ? (last.last ?? last.n) - (part?.skippedLines ?? 0) : 0);
    all.bytes += excerpt?.bytes ?? byteLength(text);
    for (const draft of drafts) all.records.push(readRecord(source, draft));
    for (const aside of asides) all.asides.push({ source, ...aside });
    for (const line of leftover) all.leftover.push({ source, ...line });
  }
  return all;
}

/** Bytes of a text as UTF-8, counted without making a copy. */
function byteLength(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3;
  }
  return bytes;
}

/** The source of a mail: quoted-printable, with lines cut by a `=` at their end. */
function joinSoftBreaks(lines: Line[]): Line[] {
  if (!lines.some((line) => /=3D[<"]/.test(line.text))) return lines;
  const joined: { line: Line; text: GrowingText }[] = [];
  let soft = false;
  for (const line of lines) {
    const last = joined.at(-1);
    const breaks = line.text.endsWith('=');
    const text = breaks ? line.text.slice(0, -1) : line.text;
    if (soft && last && !last.text.full) {
      last.text.append(text);
      last.line.last = line.last ?? line.n;
    } else joined.push({ line: { ...line }, text: new GrowingText(text) });
    soft = breaks;
  }
  return joined.map(({ line, text }) => ({ ...line, text: decodeQuotedPrintable(text.toString()) }));
}

function readRecord(source: number, draft: Draft): LogRecord {
  let head: Head = draft.head;
  let body = draft.text.toString().slice(head.bodyStart);
  let relay: Wrapper | undefined;
  for (let level = 0; level < RELAY_LIMIT; level += 1) {
    const inner = unwrap(head.style, body);
    if (!inner) break;
    relay = { client: inner.client, severity: head.severity, time: head.time, stamp: head.stamp };
    head = inner.head;
    body = inner.body;
  }
  const parsed = readBody(head.style, body);
  const bare =
    !relay && !head.standard && head.severity === undefined && head.stamp === undefined && draft.prefix.kind !== 'ours';
  const record: LogRecord = {
    source,
    line: draft.line,
    endLine: draft.endLine,
    sink: sinkOf(draft, relay !== undefined, bare),
    form: bare ? 'bare' : head.style,
    body: parsed.text + keptTail(parsed.tail),
    fields: relay ? parsed.fields.map(({ name, value }) => ({ name, value: decodeRelayed(value) })) : parsed.fields,
  };
  if (head.severity) record.severity = head.severity;
  if (head.time !== undefined) record.time = head.time;
  if (head.stamp !== undefined) record.stamp = head.stamp;
  if (head.debug) record.debug = head.debug;
  const host = draft.prefix.host ?? draft.mail?.host;
  if (host !== undefined) record.loggingHost = host;
  if (draft.prefix.wall !== undefined) record.wall = draft.prefix.wall;
  if (draft.prefix.program) record.program = draft.prefix.program;
  if (draft.prefix.pid !== undefined) record.pid = draft.prefix.pid;
  if (draft.origin !== undefined) record.origin = draft.origin;
  if (relay) record.relay = relay;
  if (draft.suspicious !== undefined) record.suspicious = draft.suspicious;
  if (draft.doubtful) record.doubtful = true;
  if (head.strange && draft.prefix.kind !== 'ours') record.strange = true;
  if (parsed.open || parsed.fields.length === 0) record.truncated = true;
  return record;
}

/**
 * The mailed LOGKEY record goes on behind its last item, and a few reports end in unnamed text (`, …`). Anything else
 * there is an export's or a person's.
 */
function keptTail(tail: string): string {
  const text = tail.trim();
  if (text.startsWith('-----BEGIN LOGKEY-----')) {
    const lines = text.replaceAll('\r\n', '\n');
    return `\n${lines.endsWith('/>') ? lines.slice(0, -2).trimEnd() : lines}`;
  }
  return tail.length < 4000 && /^, [\w\\/]/.test(tail) ? tail : '';
}

function sinkOf(draft: Draft, relayed: boolean, bare: boolean): Sink {
  if (relayed) return 'relayed';
  if (draft.prefix.sink) return draft.prefix.sink;
  if (draft.mail) return 'mail';
  if (draft.signed) return 'file';
  return bare ? 'unknown' : 'terminal';
}
