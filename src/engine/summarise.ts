/**
 * A source of any size becomes an excerpt of bounded size, in one pass over its bytes. What is small stays as it is; the log
 * of a server goes through the sieve; of any other large text the end is kept (tail.ts).
 */

import type { Rules } from './sieve/kinds.ts';
import { isLog } from './sieve/scan.ts';
import { type Limits, Sieve, usualLimits } from './sieve/sieve.ts';
import { mostBytes, mostLines, Tail } from './tail.ts';
import type { Excerpt, Source } from './types.ts';
import type { Slice, Window } from './window.ts';

/** Bytes up to which a source is kept as it is. */
export const wholeBytes = 1 << 20;

/** How much is kept of a source. */
export interface Most {
  /** Bytes up to which it stays as it is. */
  whole: number;
  /** Of a text that is no log of a server: bytes and lines of its end. */
  tail: { bytes: number; lines: number };
  sieve: Limits;
}

export const usualMost: Most = {
  whole: wholeBytes,
  tail: { bytes: mostBytes, lines: mostLines },
  sieve: usualLimits,
};

/** Takes a source in pieces, in whatever sizes they come. */
export class Summary {
  private readonly rules: () => Rules;
  private readonly most: Most;
  private readonly window: Window | undefined;
  private readonly slice: Slice | undefined;
  private tail: Tail | undefined;
  private sieve: Sieve | undefined;
  private size = 0;

  /**
   * @param rules asked for only where the source is long
   * @param window of a long one only what lies in it is kept, milliseconds
   * @param slice the part of a long log that comes, where that is not all of it
   */
  constructor(rules: () => Rules, most: Most = usualMost, window?: Window, slice?: Slice) {
    this.window = window;
    this.rules = rules;
    this.most = most;
    this.slice = slice;
    if (slice) this.sieve = this.newSieve();
    else this.tail = new Tail(most.tail);
  }

  /** Bytes that came so far. */
  get bytes(): number {
    return this.size;
  }

  /** Whether all of it counts, however long: it is the log of a server. */
  get isSieved(): boolean {
    return this.sieve !== undefined;
  }

  push(piece: Uint8Array): void {
    let rest = piece;
    if (this.tail && this.size <= this.most.whole) {
      // Up to the boundary, so that what is judged there does not depend on how the pieces were cut.
      const room = this.most.whole + 1 - this.size;
      const first = rest.subarray(0, room);
      this.tail.push(first);
      this.size += first.length;
      rest = rest.subarray(first.length);
      if (this.size > this.most.whole) this.decide();
    }
    if (rest.length === 0) return;
    this.size += rest.length;
    if (this.sieve) this.sieve.push(rest);
    else this.tail?.push(rest);
  }

  /** The excerpt. Nothing can be added after. */
  end(): Omit<Source, 'name'> {
    if (!this.sieve) return this.tail?.end() ?? { text: '' };
    const { text, lost, ...own } = this.sieve.end();
    const excerpt = this.slice ? beside(own, this.slice) : own;
    return { text, excerpt, ...(lost > 0 ? { part: { skippedLines: 0, bytes: this.size, lostLines: lost } } : {}) };
  }

  private decide(): void {
    const held = this.tail?.held();
    if (!held || !isLog(held)) return;
    this.sieve = this.newSieve();
    this.sieve.push(held);
    this.tail = undefined;
  }

  private newSieve(): Sieve {
    const window = {
      ...(this.window?.from === undefined ? {} : { from: Math.floor(this.window.from / 1000) }),
      ...(this.window?.to === undefined ? {} : { to: Math.ceil(this.window.to / 1000) }),
    };
    return new Sieve(this.rules(), this.most.sieve, window, this.slice);
  }
}

/** The excerpt of a slice as one of the whole: what stands above and below it lies outside. */
function beside(excerpt: Excerpt, { line, lines, bytes }: Slice): Excerpt {
  const { before, after } = excerpt.outside ?? { before: 0, after: 0 };
  const below = lines - excerpt.lines;
  return { ...excerpt, lines, bytes, outside: { before: before + line - 1, after: after + below } };
}
