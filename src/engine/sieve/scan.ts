/**
 * The shape of a line: all its bytes but those that differ from record to record of one kind. What is skipped is listed.
 * It knows where values and time stamps begin and end, in either form and any nesting, and nothing of what they mean.
 */

const LF = 10;
const CR = 13;
const QUOTE = 34;
const LESS = 60;
const EQUALS = 61;
const MORE = 62;
const BLANK = 32;
const COMMA = 44;
const BRACKET = 91;
const COLON = 58;
const MINUS = 45;
const SLASH = 47;

/** More values than this has no record. */
const mostValues = 64;
/** A longer shape is no record's that one would see twice. */
const longest = 4000;

/** 1: may stand in a value that is skipped. A value with any other byte is a part of the shape: then the reader decides. */
const plainByte = new Uint8Array(256);
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:@%+,~#()-=[]|*?!^$;{}') {
  plainByte[c.charCodeAt(0)] = 1;
}
plainByte[BLANK] = 1;
const digit = new Uint8Array(256);
for (let i = 48; i < 58; i++) digit[i] = 1;
/** Both at once: 0 for what may not stand in a value, else 2, and 3 for a digit. */
const classes = plainByte.map((plain, i) => (plain === 1 ? 2 | (digit[i] as number) : 0));
const hex = new Uint8Array(256);
for (const c of '0123456789ABCDEF') hex[c.charCodeAt(0)] = 1;
/** Two bytes at once, as a number. */
const hexPair = new Uint8Array(1 << 16);
for (let i = 0; i < 256; i++)
  for (let k = 0; k < 256; k++) hexPair[i * 256 + k] = (hex[i] as number) & (hex[k] as number);
const wordByte = new Uint8Array(256);
for (const c of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.') wordByte[c.charCodeAt(0)] = 1;

/** Names of items whose values are a part of the shape: they say what the record is. */
const shaping = new Set(['msg', 'sev', 'program', 'subroutine', 'interface'].map(hashOf));

function hashOf(word: string): number {
  let hash = 7;
  for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, 31) + word.charCodeAt(i)) | 0;
  return hash;
}

/**
 * What stands in a shape for what was skipped. No byte of a line is one of these, or it has no shape: so a shape tells
 * where what was skipped stands, and two lines of one shape have the same values at the same places.
 */
const emptyValue = 1;
const numberValue = 2;
const pathValue = 3;
const otherValue = 4;
const bracketStamp = 5;
const quotedStamp = 6;
const lastForm = 6;

/** Bytes, and the same ones to be read four at a time: half of the time of a long log goes into comparing them. */
export interface Bytes {
  bytes: Uint8Array;
  view: DataView;
}

/** A shape, kept: its bytes, and where in them something stands for what was skipped. */
export interface Known extends Bytes {
  marks: Int32Array;
}

export const viewed = (bytes: Uint8Array): Bytes => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
});

/** What was seen in the line that was read last: reused, so that nothing is made for each line. */
export class Scan {
  /** The bytes that make the shape. */
  readonly shape = new Uint8Array(longest + 16);
  size = 0;
  hash = 0;
  /** Begin and end of each value that was skipped, as places in the bytes. */
  readonly from = new Int32Array(mostValues);
  readonly to = new Int32Array(mostValues);
  values = 0;
  /** Seconds since 1970 of the first time stamp, by its own zone. */
  time = 0;
  /** The same of the time stamp that was read last. */
  private read = 0;
  /** Where the line that was read ends: at its line feed. */
  end = 0;
  private lastDate = -1;
  private lastDay = 0;
  /** The last time stamp with a zone of four digits, by fours: most are of the same minute. */
  private readonly words = new Int32Array(5);
  private lastZone = -1;
  /** Seconds since 1970 of its minute, by its own zone. */
  private minute = 0;

  /**
   * Reads the line that begins at `at`.
   * @returns false if it is none that a record begins with; `end` is right in any case
   */
  line(text: Bytes, at: number, end: number): boolean {
    const { bytes } = text;
    this.size = 0;
    this.values = 0;
    this.end = end;
    let stop = end;
    if (bytes[stop - 1] === CR) stop -= 1;
    if (!isRecordHead(bytes, at)) return false;
    const { shape } = this;
    let size = 0;
    let hash = 17;
    let stamps = 0;
    let i = at;
    while (i < stop) {
      const c = bytes[i] as number;
      if (size >= longest || c <= lastForm) return false;
      if (c === BRACKET && digit[bytes[i + 1] as number] === 1 && bytes[i + 5] === MINUS) {
        const past = this.stamp(text, i + 1);
        if (past === 0 || bytes[past] !== 93) return false;
        if (stamps === 0) this.time = this.read;
        stamps += 1;
        shape[size++] = bracketStamp;
        hash = (Math.imul(hash, 31) + bracketStamp) | 0;
        i = past;
        continue;
      }
      shape[size++] = c;
      hash = (Math.imul(hash, 31) + c) | 0;
      i += 1;
      if (c !== EQUALS) continue;
      const mark = bytes[i] as number;
      if (mark !== LESS && mark !== QUOTE) continue;
      let name = i - 2;
      while (name >= at && wordByte[bytes[name] as number] === 1) name -= 1;
      let nameHash = 7;
      for (let k = name + 1; k < i - 1; k++) nameHash = (Math.imul(nameHash, 31) + (bytes[k] as number)) | 0;
      const begin = i + 1;
      // A record inside: its head is read as this one's was.
      if (isRecordHead(bytes, begin)) continue;
      let close = begin;
      if (nameHash === stampName) {
        const past = this.stamp(text, begin);
        if (past === 0 || bytes[past] !== QUOTE) return false;
        if (stamps === 0) this.time = this.read;
        stamps += 1;
        shape[size++] = quotedStamp;
        hash = (Math.imul(hash, 31) + quotedStamp) | 0;
        i = past;
        continue;
      }
      if (shaping.has(nameHash)) continue;
      const last = mark === LESS ? MORE : QUOTE;
      let isPlain = 1;
      let digits = 1;
      let before = 0;
      while (close < stop) {
        const b = bytes[close] as number;
        if (b === last) break;
        isPlain &= plainByte[b] as number;
        digits &= digit[b] as number;
        // Two blanks stand in the head of a record.
        if (b === BLANK && before === BLANK) isPlain = 0;
        before = b;
        close += 1;
      }
      if (close >= stop || isPlain === 0 || this.values >= mostValues) continue;
      const after = bytes[close + 1] as number;
      if (close + 1 < stop && after !== BLANK && after !== COMMA && after !== MORE) return false;
      this.from[this.values] = begin;
      this.to[this.values] = close;
      this.values += 1;
      const form = formOf(bytes, begin, close, digits);
      shape[size++] = form;
      hash = (Math.imul(hash, 31) + form) | 0;
      i = close;
    }
    this.size = size;
    this.hash = hash;
    return stamps > 0;
  }

  /** The shape of the line that was read last, to be kept. */
  known(): Known {
    const bytes = this.shape.slice(0, this.size);
    return { ...viewed(bytes), marks: Int32Array.from([...bytes].flatMap((byte, i) => (byte <= lastForm ? [i] : []))) };
  }

  /**
   * Whether the line that begins at `at` is of this shape: the same as if it were read and compared, in one pass and
   * without a look for its end. Of the text what stands before `used` counts.
   */
  isLike({ bytes: shape, view: like, marks }: Known, text: Bytes, at: number, used: number): boolean {
    const { bytes, view } = text;
    let i = at;
    let p = 0;
    let stamps = 0;
    let values = 0;
    for (let m = 0; m <= marks.length; m++) {
      const mark = m < marks.length ? (marks[m] as number) : shape.length;
      if (i + mark - p >= used) return false;
      for (; p + 4 <= mark; p += 4, i += 4) if (view.getInt32(i) !== like.getInt32(p)) return false;
      while (p < mark) if (bytes[i++] !== shape[p++]) return false;
      if (m === marks.length) break;
      p += 1;
      const form = shape[mark] as number;
      const opening = bytes[i++] as number;
      if (form >= bracketStamp) {
        if (opening !== (form === bracketStamp ? BRACKET : QUOTE)) return false;
        i = this.stamp(text, i);
        if (i === 0) return false;
        if (stamps === 0) this.time = this.read;
        stamps += 1;
        continue;
      }
      const last = opening === LESS ? MORE : opening;
      if (shape[p] !== last) return false;
      const begin = i;
      let digits = 1;
      let before = 0;
      for (; i < used; i++) {
        const b = bytes[i] as number;
        if (b === last) break;
        const of = classes[b] as number;
        if (of === 0 || (b === BLANK && before === BLANK)) return false;
        digits &= of;
        before = b;
      }
      if (form !== formOf(bytes, begin, i, digits & 1)) return false;
      this.from[values] = begin;
      this.to[values] = i;
      values += 1;
    }
    if (bytes[i] === CR) i += 1;
    if (bytes[i] !== LF || i >= used) return false;
    this.end = i;
    this.values = values;
    return true;
  }

  /** Place behind a time stamp, or 0; its time is in `read`. */
  private stamp({ bytes: b, view }: Bytes, at: number): number {
    const { words } = this;
    if (
      at + 24 <= b.length &&
      view.getInt32(at + 12) === words[3] &&
      view.getInt32(at + 8) === words[2] &&
      view.getInt32(at + 4) === words[1] &&
      view.getInt32(at) === words[0] &&
      view.getInt32(at + 19) === words[4] &&
      b[at + 23] === this.lastZone &&
      b[at + 16] === COLON &&
      digit[b[at + 17] as number] === 1 &&
      digit[b[at + 18] as number] === 1
    ) {
      this.read = this.minute + two(b, at + 17);
      return at + 24;
    }
    const past = pastStamp(b, at);
    if (past === 0) return 0;
    const date = (two(b, at) * 100 + two(b, at + 2)) * 10000 + two(b, at + 5) * 100 + two(b, at + 8);
    if (date !== this.lastDate) {
      this.lastDate = date;
      const days = Date.UTC(two(b, at) * 100 + two(b, at + 2), two(b, at + 5) - 1, two(b, at + 8)) / 86_400_000;
      this.lastDay = Math.floor(days);
    }
    let zone = 0;
    if (past > at + 19) {
      const minutes = two(b, at + 20) * 60 + two(b, past - 2);
      zone = b[at + 19] === MINUS ? -minutes * 60 : minutes * 60;
    }
    const minute = (this.lastDay * 86_400 + two(b, at + 11) * 3600 + two(b, at + 14) * 60 - zone) | 0;
    this.read = minute + two(b, at + 17);
    if (past === at + 24) {
      for (let k = 0; k < 4; k++) words[k] = view.getInt32(at + 4 * k);
      words[4] = view.getInt32(at + 19);
      this.lastZone = b[at + 23] as number;
      this.minute = minute;
    }
    return past;
  }
}

/** What a value is, as far as the shape says it. */
function formOf(bytes: Uint8Array, begin: number, close: number, digits: number): number {
  if (close === begin) return emptyValue;
  if (digits === 1) return numberValue;
  return bytes[begin] === SLASH ? pathValue : otherValue;
}

/** Place behind the time stamp that begins at `at`, with its zone if it has one: `+0000`, `-03-30`. 0 if none is there. */
function pastStamp(b: Uint8Array, at: number): number {
  if (
    b[at + 4] !== MINUS ||
    b[at + 7] !== MINUS ||
    (b[at + 10] !== 84 && b[at + 10] !== BLANK) ||
    b[at + 13] !== COLON ||
    b[at + 16] !== COLON
  )
    return 0;
  for (let i = 0; i < 19; i++) {
    if (i !== 4 && i !== 7 && i !== 10 && i !== 13 && i !== 16 && digit[b[at + i] as number] !== 1) return 0;
  }
  const past = at + 19;
  if (b[past] !== 43 && b[past] !== MINUS) return past;
  const wide = b[past + 3] === COLON || b[past + 3] === MINUS ? 1 : 0;
  for (let i = 1; i < 5; i++) if (digit[b[past + i + (i > 2 ? wide : 0)] as number] !== 1) return 0;
  return past + 5 + wide;
}

const stampName = hashOf('tstamp');

const two = (b: Uint8Array, at: number): number => ((b[at] as number) - 48) * 10 + (b[at + 1] as number) - 48;

/** Whether the head of a record begins here, as the program itself writes it: `INFO   :  [` or `<log sev="`. */
export function isRecordHead(b: Uint8Array, at: number): boolean {
  if (b[at + 7] === COLON && b[at + 8] === BLANK && b[at + 9] === BLANK && b[at + 10] === BRACKET) {
    const c = b[at] as number;
    return c === LESS || (c >= 65 && c <= 90);
  }
  // <log sev="
  return (
    b[at] === LESS &&
    b[at + 1] === 108 &&
    b[at + 2] === 111 &&
    b[at + 3] === 103 &&
    b[at + 4] === BLANK &&
    b[at + 5] === 115
  );
}

/** Bytes that are looked at from a line's begin on, to guess its shape. */
export const guessBytes = 256;

/** Lines of one shape have mostly the same number, below `slots`: some letters of its label and of its words. */
export function guess(b: Uint8Array, at: number, slots: number): number {
  const xml = b[at] === LESS && b[at + 1] === 108;
  // Behind the time stamp, if its zone has four digits.
  let i = at + (xml ? 50 : 37);
  let key = (b[at + (xml ? 11 : 0)] as number) * 31 + (b[at + (xml ? 13 : 1)] as number);
  // Relayed: behind the client's name, and the head inside.
  const mark = xml ? QUOTE : MORE;
  const relayed = b[i] === (xml ? 114 : 99) && b[i + 3] === (xml ? 111 : 101);
  if (relayed) {
    i += xml ? 13 : 8;
    for (const stop = i + 64; i < stop && b[i] !== mark; i++);
    i += 3;
    key = key * 31 + (b[i + 6] as number) * 7 + (b[i + 13] as number);
    i += 42;
  }
  // What is said is a part of the shape, to its end: reports differ only there.
  for (let k = 5; k < 48 && b[i + k] !== mark; k++) key = (Math.imul(key, 31) + (b[i + k] as number)) | 0;
  return (key ^ (key >>> 11)) & (slots - 1);
}

/**
 * Whether a line that ends at `end` is a signature and no more, in either form; the first one of a log has a time stamp
 * behind it.
 */
export function isSignatureLine(b: Uint8Array, at: number, end: number): boolean {
  let i = at;
  const xml = b[at] === LESS && b[at + 1] === 115 && b[at + 2] === 105 && b[at + 3] === 103 && b[at + 4] === MORE;
  if (xml) i += 5;
  for (const stop = i + 48; i < stop; i++) if (hex[b[i] as number] !== 1) return false;
  let stop = end;
  if (b[stop - 1] === CR) stop -= 1;
  const marked = !xml && b[i] === BRACKET;
  if (i < stop && (marked || digit[b[i] as number] === 1)) {
    i = pastStamp(b, marked ? i + 1 : i);
    if (i === 0 || (marked && b[i++] !== 93)) return false;
  }
  if (!xml) return i === stop;
  const tail = '</sig></log>';
  if (stop - i !== tail.length) return false;
  for (let k = 0; k < tail.length; k++) if (b[i + k] !== tail.charCodeAt(k)) return false;
  return true;
}

/** Where a signature that begins at `at` ends, of the usual form; -1 if none stands there. */
export function signatureEnd({ bytes: b, view }: Bytes, at: number, used: number): number {
  let end = at + 48;
  if (b[end] === CR) end += 1;
  if (end >= used || b[end] !== LF) return -1;
  for (let i = at; i < at + 48; i += 2) if (hexPair[view.getUint16(i)] !== 1) return -1;
  return end;
}

/** Where the line ends that begins at `at`: its line feed, or -1 if none is there yet. */
export const lineFeed = (bytes: Uint8Array, at: number, used: number): number => {
  const end = bytes.indexOf(LF, at);
  return end < 0 || end >= used ? -1 : end;
};

/** Whether a text is the log of a server, as yule writes it: most of its lines are the heads of records, or signatures. */
export function isLog(bytes: Uint8Array): boolean {
  let lines = 0;
  let ours = 0;
  for (
    let at = 0, end = lineFeed(bytes, 0, bytes.length);
    end >= 0;
    at = end + 1, end = lineFeed(bytes, at, bytes.length)
  ) {
    lines += 1;
    if (isRecordHead(bytes, at) || isSignatureLine(bytes, at, end)) ours += 1;
  }
  return ours > lines / 2;
}
