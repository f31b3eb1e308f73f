/** A record's text while lines are joined to it. */

/**
 * Nothing more is joined to a record of this many characters: the longest that samhain sends has 65,280 bytes, and is
 * cut there (sh_tools.c, put_header). What goes on and on is something else. (A line alone may be longer.)
 */
export const RECORD_LIMIT = 65_280;

/** All that is asked of a text before it is whole is its end, at most so much of it. */
const END = 600;

/** Grows by a line in the time that the line takes, however long it is already: its parts are put together once. */
export class GrowingText {
  private readonly parts: string[];
  /** The last characters. */
  end: string;
  length: number;
  /** Length of the line with which it began. */
  readonly begun: number;

  constructor(text: string) {
    this.parts = [text];
    this.end = text.slice(-END);
    this.length = text.length;
    this.begun = text.length;
  }

  /** No more is joined to it. */
  get full(): boolean {
    return this.length >= RECORD_LIMIT;
  }

  append(text: string): void {
    this.parts.push(text);
    this.end = text.length >= END ? text.slice(-END) : (this.end + text).slice(-END);
    this.length += text.length;
  }

  toString(): string {
    return this.parts.join('');
  }
}
