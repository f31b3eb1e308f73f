/**
 * The end of a long file. The engine reads a text as a whole, so that memory sets a limit to it: the last part of a log is
 * read, for what is wrong now stands there, and what was left out is counted, so that nobody takes a part for the whole.
 */
import { firstRecord } from './log/begin.ts';
import { countEnds } from './log/lines.ts';
import type { Source } from './types.ts';

const megabyte = 1024 * 1024;
/** Bytes kept of one file, as they come out of an archive. */
export const mostBytes = 32 * megabyte;
/** Lines kept of one file, blank ones in a row counted once: memory goes by lines as well. */
export const mostLines = 1_000_000;

/** Marks at the start of a file, in bytes. What has none is UTF-8. */
const encodings = new Map([
  ['255 254', 'utf-16le'],
  ['254 255', 'utf-16be'],
]);

/** The mark of UTF-8. */
const MARK = [239, 187, 191];

const LF = 10;
const CR = 13;
/** Bytes of which blank lines are made: line ends, blanks, marks of quotation. */
const BLANK = new Set([9, 11, 12, 13, 32, 62, 124]);

/** Takes a file piece by piece, however long it is, and keeps its end. */
export class Tail {
  private readonly limits: { bytes: number; lines: number };
  /** The first bytes: Windows puts there how a text is encoded. */
  private first: number[] = [];
  private buffer = new Uint8Array(megabyte / 16);
  private used = 0;
  /** Of what was let go. */
  private gone = 0;
  private newlines = 0;
  /** Line ends of a text that has no newline. */
  private others = 0;
  /** The last two bytes that were let go: a line end can have three. */
  private ends = [0, 0];

  constructor(limits = { bytes: mostBytes, lines: mostLines }) {
    this.limits = limits;
  }

  /** Bytes that came so far. */
  get bytes(): number {
    return this.gone + this.used;
  }

  /** What is kept so far, if that is all that came. Valid until more is added. */
  held(): Uint8Array | undefined {
    return this.gone > 0 ? undefined : this.buffer.subarray(0, this.used);
  }

  push(chunk: Uint8Array): void {
    const most = 2 * this.limits.bytes;
    if (this.first.length < MARK.length) this.first.push(...chunk.subarray(0, MARK.length - this.first.length));
    let at = 0;
    while (at < chunk.length) {
      if (this.used === most) this.letGo(this.limits.bytes);
      const piece = chunk.subarray(at, at + most - this.used);
      this.makeRoom(this.used + piece.length, most);
      this.buffer.set(piece, this.used);
      this.used += piece.length;
      at += piece.length;
    }
  }

  /** What is kept as text, from its first whole record on, and what is missing of the file. Nothing can be added after. */
  end(): Pick<Source, 'text' | 'part' | 'mark'> {
    const { bytes } = this;
    this.letGo(this.used - this.limits.bytes);
    const encoding = encodings.get(this.first.slice(0, 2).join(' '));
    if (this.gone > 0 && !encoding) this.letGo(restOfCharacter(this.buffer.subarray(0, this.used)));
    this.letGo(lastLines(this.buffer.subarray(0, this.used), this.limits.lines));
    // A character has two bytes then.
    if (encoding && this.gone % 2 > 0) this.letGo(1);
    const text = new TextDecoder(encoding).decode(this.buffer.subarray(0, this.used));
    this.buffer = new Uint8Array(0);
    const mark = encoding ? 'utf-16' : this.first.join() === MARK.join() ? 'utf-8' : undefined;
    if (this.gone === 0) return { text, ...(mark ? { mark } : {}) };
    const start = firstRecord(text);
    const lineFeeds = this.newlines > 0 || text.includes('\n');
    const skippedLines = (lineFeeds ? this.newlines : this.others) + countEnds(text.slice(0, start), lineFeeds);
    return { text: text.slice(start), part: { skippedLines, bytes } };
  }

  private makeRoom(size: number, most: number): void {
    if (size <= this.buffer.length) return;
    const larger = new Uint8Array(Math.min(most, Math.max(size, 2 * this.buffer.length)));
    larger.set(this.buffer.subarray(0, this.used));
    this.buffer = larger;
  }

  private letGo(size: number): void {
    if (size <= 0) return;
    let newlines = 0;
    let others = 0;
    const { buffer } = this;
    let [first = 0, second = 0] = this.ends;
    for (let i = 0; i < size; i += 1) {
      const byte = buffer[i] ?? 0;
      if (byte === LF) newlines += 1;
      else if (byte === CR || (byte > 0x7f && isOtherEnd(first, second, byte))) others += 1;
      first = second;
      second = byte;
    }
    this.newlines += newlines;
    this.others += others;
    this.ends = [first, second];
    this.buffer.copyWithin(0, size, this.used);
    this.used -= size;
    this.gone += size;
  }
}

/** NEL and the separators of Unicode in UTF-8, by their last bytes. */
function isOtherEnd(first: number, second: number, last: number): boolean {
  return (second === 0xc2 && last === 0x85) || (first === 0xe2 && second === 0x80 && (last === 0xa8 || last === 0xa9));
}

/** Bytes at the start that belong to a character begun before them: it could be a line end. */
function restOfCharacter(bytes: Uint8Array): number {
  let size = 0;
  while (size < 3 && ((bytes[size] ?? 0) & 0xc0) === 0x80) size += 1;
  return size;
}

/** Where the last so many lines begin; blank ones in a row are one. */
function lastLines(bytes: Uint8Array, most: number): number {
  let lines = 0;
  let blank = true;
  for (let i = bytes.length - 1; i >= 0; i -= 1) {
    const byte = bytes[i] ?? 0;
    if (byte !== LF && byte !== CR) {
      blank &&= BLANK.has(byte);
      continue;
    }
    if (!blank) lines += 1;
    blank = true;
    if (lines > most) return i + 1;
  }
  return 0;
}
