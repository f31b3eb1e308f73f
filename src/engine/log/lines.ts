/** A text cut into lines, numbered as an editor numbers them. */

export interface Line {
  /** Counted from 1. */
  n: number;
  /** Where several lines were one before something broke them: the number of the last. */
  last?: number;
  text: string;
}

const NEWLINE = /\r\n|\n/;
/** Line ends of texts that hold no newline at all: old Macintosh files, text taken from documents. */
const OTHER_ENDS = /[\r\u0085\u2028\u2029]/;
/** Line ends that word processors and JSON leave inside a numbered line. */
const INNER_ENDS = /[\u0085\u2028\u2029\v\f]/;

/**
 * Cuts a text into lines. CR LF and LF end a line; CR and the Unicode separators do so only where neither occurs.
 * A Unicode separator inside a line cuts it too, but both parts keep the line's number.
 */
export function splitLines(text: string): Line[] {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const parts = start.includes('\n') ? start.split(NEWLINE) : start.split(OTHER_ENDS);
  if (parts.length > 1 && parts[parts.length - 1] === '') parts.pop();
  const lines: Line[] = [];
  for (const [index, part] of parts.entries()) {
    const bare = part.endsWith('\r') ? part.replace(/\r{1,8}$/, '') : part;
    if (!INNER_ENDS.test(bare)) lines.push({ n: index + 1, text: bare });
    else for (const inner of bare.split(INNER_ENDS)) lines.push({ n: index + 1, text: inner });
  }
  return lines;
}
