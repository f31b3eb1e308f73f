/**
 * The end of a long file. The engine reads a text as a whole, so that memory sets a limit to it: the last part of a log is
 * read, for what is wrong now stands there, and what was left out is counted, so that nobody takes a part for the whole.
 */
import { firstRecord } from './log/begin.ts';
import type { Part, Source } from './types.ts';

const megabyte = 1024 * 1024;
/** Bytes kept of one file, as they come out of an archive. */
export const mostBytes = 32 * megabyte;
/** Lines kept of one file, blank ones in a row counted once: memory goes by lines as well. */
export const mostLines = 1_000_000;

const LF = 10;
const CR = 13;

/** Takes a file piece by piece, however long it is, and keeps its end. */
export class Tail {
  private readonly limits: { bytes: number; lines: number };
  private buffer = new Uint8Array(megabyte / 16);
  private used = 0;
  /** Of what was let go. */
  private gone = 0;
  private newlines = 0;
  private returns = 0;

  constructor(limits = { bytes: mostBytes, lines: mostLines }) {
    this.limits = limits;
  }

  /** Bytes that came so far. */
  get bytes(): number {
    return this.gone + this.used;
  }

  push(chunk: Uint8Array): void {
    const most = 2 * this.limits.bytes;
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
  end(): { text: string; part?: Part } {
    const { bytes } = this;
    this.letGo(this.used - this.limits.bytes);
    this.letGo(lastLines(this.buffer.subarray(0, this.used), this.limits.lines));
    const text = new TextDecoder().decode(this.buffer.subarray(0, this.used));
    this.buffer = new Uint8Array(0);
    if (this.gone === 0) return { text };
    const start = firstRecord(text);
    const lineFeeds = this.newlines > 0 || text.includes('\n');
    const skippedLines =
      (lineFeeds ? this.newlines : this.returns) + count(text.slice(0, start), lineFeeds ? '\n' : '\r');
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
    let returns = 0;
    const { buffer } = this;
    for (let i = 0; i < size; i += 1) {
      const byte = buffer[i];
      if (byte === LF) newlines += 1;
      else if (byte === CR) returns += 1;
    }
    this.newlines += newlines;
    this.returns += returns;
    this.buffer.copyWithin(0, size, this.used);
    this.used -= size;
    this.gone += size;
  }
}

/** Where the last so many lines begin. */
function lastLines(bytes: Uint8Array, most: number): number {
  let lines = 0;
  for (let i = bytes.length - 1; i >= 0; i -= 1) {
    if (bytes[i] !== LF && bytes[i] !== CR) continue;
    const before = bytes[i - 1];
    if (before !== LF && before !== CR) lines += 1;
    if (lines > most) return i + 1;
  }
  return 0;
}

function count(text: string, mark: string): number {
  let found = 0;
  for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) found += 1;
  return found;
}

/** A sentence for each file that was not read, or only in part. */
export function notRead(sources: readonly Source[]): string[] {
  return sources.flatMap(({ name, part }) => {
    if (!part) return [];
    if (part.unreadable) return [`${name} could not be read.`];
    const from = `from line ${(part.skippedLines + 1).toLocaleString('en')} on`;
    const all = `${Math.max(1, Math.round(part.bytes / megabyte)).toLocaleString('en')} MB`;
    const long =
      part.skippedLines > 0 || !part.broken ? [`${name} is ${all} long: only its end was read, ${from}.`] : [];
    const cut = part.broken
      ? [`${name} could be unpacked only in part: the archive is cut, damaged, or several in one file.`]
      : [];
    return [...long, ...cut];
  });
}
