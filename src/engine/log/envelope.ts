/** Exports that carry a record as a value: JSON objects a line (docker, journalctl -o json), journal export, tail's headings. */
import { decodeJsonString } from './decode.ts';

export interface Envelope {
  /** It is the log of another program: structured, and without anything like a record. */
  foreign: boolean;
  /** The strings that may hold records. */
  texts: string[];
  host?: string;
  program?: string;
  pid?: string;
}

const HOST_KEYS = ['_HOSTNAME', 'HOSTNAME', 'hostname', 'host', 'syslog_hostname'];
const TAG_KEYS = [
  'SYSLOG_IDENTIFIER',
  '_COMM',
  'ident',
  'tag',
  'program',
  'appname',
  'app_name',
  'syslog_identifier',
  'process',
];
const PID_KEYS = ['SYSLOG_PID', '_PID', 'pid', 'procid'];
const MESSAGE_KEY = /^(?:MESSAGE|message|msg|log|_raw|original)$/;
const MARKS = /(?:msg|interface)=[<"]|<log |samhain\[\d/i;
const FIELD = /^[ \t]{0,12}"?(_{0,2}[A-Z][A-Z0-9_]{1,60})"?(?:=|[ \t]{0,2}:[ \t]{0,2})(.*)$/;
const FIELD_NAMES =
  /^(?:__?[A-Z]|MESSAGE|PRIORITY|SYSLOG_|CODE_|ERRNO|OBJECT_|COREDUMP_|INVOCATION_ID|UNIT|USER_UNIT|JOB_|N_RESTARTS|SD_|TID$)/;
const HEADING = /^==> (.{1,400}) <==$/;
/** Larger objects are no log lines; parsing them would only cost time. */
const JSON_LIMIT = 1_000_000;

/** What `readJson` may find something in begins so. */
export const BEGINS_JSON = /^[ \t]{0,80}(?:\{|\[[{"']|\[[ub]'|"[\w .-]{1,60}"[ \t]{0,4}:[ \t]{0,4}")/;
const LIST = /^\[[ub]?["']/;
/** A text under a name, as pretty JSON has it. */
const NAMED_TEXT = /^"[\w .-]{1,60}"[ \t]{0,4}:[ \t]{0,4}(?=")/;

/**
 * Reads a line that is a JSON object, or a list of them or of texts, or a text of several lines under a name: what each
 * says. Python's own way of writing them counts, too. Undefined where it is none.
 */
export function readJson(line: string): Envelope[] | undefined {
  const whole = line.trim();
  if (whole.startsWith('"')) return longText(whole);
  if (whole.length <= JSON_LIMIT && MARKS.test(whole)) {
    if (LIST.test(whole)) return textsOf(parse(whole) ?? parse(closed(whole) ?? ''));
    const cut = closed(whole);
    const rest = cut === undefined ? undefined : parse(cut);
    if (rest !== undefined) return entriesOf(rest).map(envelopeOf);
  }
  const text = whole
    .replace(/^\[(?=\{)/, '')
    .replace(/\]$/, '')
    .replace(/,$/, '');
  if (!text.startsWith('{') || !text.endsWith('}') || text.length > JSON_LIMIT) return undefined;
  const value = parse(text) ?? (text === whole ? undefined : parse(whole));
  return value === undefined ? undefined : entriesOf(value).map(envelopeOf);
}

/** A list of texts, each of them what was logged. */
function textsOf(list: unknown): Envelope[] | undefined {
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) return undefined;
  return list.map((text) => ({ texts: [text], foreign: !MARKS.test(text) }));
}

/** A text with lines in it. (One of a single line is read as it stands.) */
function longText(whole: string): Envelope[] | undefined {
  const start = NAMED_TEXT.exec(whole)?.[0].length;
  if (start === undefined || !whole.includes('\\n') || whole.length > JSON_LIMIT || !MARKS.test(whole))
    return undefined;
  const own = whole.slice(start);
  const text = parse(own.replace(/,$/, '')) ?? parse(closed(own) ?? '');
  return typeof text === 'string' ? [{ texts: [text], foreign: false }] : undefined;
}

/** JSON that was cut within a text, with the ends that it lacks; undefined for any other: what is open may go on in the next line. */
function closed(text: string): string | undefined {
  const open: string[] = [];
  let from = -1;
  let at = 0;
  for (; at < text.length; at += 1) {
    const one = text[at];
    if (from >= 0) {
      if (one === '\\') at += text[at + 1] === 'u' ? 5 : 1;
      else if (one === '"') from = -1;
      // (What was cut within an escape ends before it.)
      if (at >= text.length) return finished(text.slice(0, text.lastIndexOf('\\')), open);
    } else if (one === '"') from = at;
    else if (one === '{' || one === '[') open.push(one === '{' ? '}' : ']');
    else if (one === '}' || one === ']') open.pop();
  }
  return from < 0 ? undefined : finished(text, open);
}

const finished = (text: string, open: readonly string[]): string => `${text}"${open.toReversed().join('')}`;

function parse(text: string): unknown {
  for (const read of [(given: string) => given, fromPython]) {
    try {
      return JSON.parse(read(text) ?? '');
    } catch {
      // Nor as the other.
    }
  }
  return undefined;
}

const CONSTANTS: Record<string, string> = { None: 'null', True: 'true', False: 'false' };

/** What Python prints of lists, dictionaries and texts, as JSON. Undefined where a text has no end. */
function fromPython(text: string): string | undefined {
  let json = '';
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const quote = text[at];
    if (quote !== "'" && quote !== '"') continue;
    const before = text.slice(from, at).replace(/[ub]$/, '');
    json += before.replace(/\b(?:None|True|False)\b/g, (word) => CONSTANTS[word] ?? word);
    let end = at + 1;
    while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
    if (end >= text.length) return undefined;
    json += JSON.stringify(decodeJsonString(text.slice(at + 1, end).replaceAll("\\'", "'")));
    from = end + 1;
    at = end;
  }
  return json + text.slice(from);
}

/** Whether a string is what was logged, by its name or by what stands in it. */
const isLogged = (key: string, value: unknown): boolean =>
  typeof value === 'string' && (MESSAGE_KEY.test(key) || MARKS.test(value));

/** What was logged at one time each: an export lists many in one object (`hits`, `events`, `values`), however deep. */
function entriesOf(value: unknown, depth = 0): unknown[] {
  if (typeof value !== 'object' || value === null || depth > 6) return [value];
  const items = Object.entries(value);
  if (items.some(([key, item]) => isLogged(key, item))) return [value];
  const inner = items.map(([, item]) => item).filter((item) => typeof item === 'object' && item !== null);
  if (Array.isArray(value) && inner.length === value.length) return inner.flatMap((item) => entriesOf(item, depth + 1));
  const lists = inner.map((item) => entriesOf(item, depth + 1)).filter(({ length }) => length > 1);
  return lists.length > 0 ? lists.flat() : [value];
}

function envelopeOf(value: unknown): Envelope {
  const texts: string[] = [];
  const named: Record<string, string> = {};
  collect(value, '', 0, texts, named);
  const pick = (keys: string[]) => keys.map((key) => named[key]).find((found) => found !== undefined);
  const foreign =
    pick(TAG_KEYS) === undefined && named.stream === undefined && !texts.some((found) => MARKS.test(found));
  return { texts, foreign, host: pick(HOST_KEYS), program: pick(TAG_KEYS), pid: pick(PID_KEYS) };
}

function collect(value: unknown, key: string, depth: number, texts: string[], named: Record<string, string>): void {
  if (typeof value === 'string') {
    const isMessage = MESSAGE_KEY.test(key);
    if (isLogged(key, value)) {
      if (isMessage) texts.unshift(value);
      else texts.push(value);
    } else named[key] ??= value;
  } else if (typeof value === 'number') named[key] ??= String(value);
  else if (Array.isArray(value)) {
    // The journal prints a message that is no UTF-8 as a list of bytes.
    if (key === 'MESSAGE' && value.every((byte) => typeof byte === 'number')) {
      collect(new TextDecoder().decode(Uint8Array.from(value as number[])), key, depth, texts, named);
    } else if (depth < 6) for (const item of value) collect(item, key, depth + 1, texts, named);
  } else if (typeof value === 'object' && value !== null && depth < 6) {
    for (const [name, item] of Object.entries(value))
      collect(item, name === 'name' ? `${key}` : name, depth + 1, texts, named);
  }
}

/** One `NAME=value` line of a journal export, or `"NAME" : "value",` of its pretty JSON. */
export function readJournalField(line: string): { name: string; value: string; quoted: boolean } | undefined {
  const found = FIELD.exec(line);
  if (!found || !FIELD_NAMES.test(found[1] ?? '')) return undefined;
  const rest = (found[2] ?? '').trim();
  const quoted = rest.startsWith('"');
  return { name: found[1] ?? '', value: quoted ? rest.replace(/^"/, '').replace(/",?$/, '') : rest, quoted };
}

/** The file that tail (or head) announces. */
export function readHeading(line: string): string | undefined {
  return line.startsWith('==> ') ? HEADING.exec(line)?.[1] : undefined;
}
