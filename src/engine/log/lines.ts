/** A text cut into lines, numbered as an editor numbers them. */

export interface Line {
  /** Counted from 1. */
  n: number;
  /** The number of the last, where several lines are one: they were so before something broke them, or are all blank. */
  last?: number;
  text: string;
}

/** Line ends of texts that hold no newline at all: old Macintosh files, text taken from documents. */
const OTHER_ENDS = /[\r\u0085\u2028\u2029]/g;
/** Line ends that word processors and JSON leave inside a numbered line. */
const INNER_ENDS = /[\u0085\u2028\u2029\v\f]/;

/**
 * Cuts a text into lines. CR LF and LF end a line; CR and the Unicode separators do so only where neither occurs.
 * A Unicode separator inside a line cuts it too, but both parts keep the line's number. Blank lines in a row are one: a
 * small archive can hold millions of them.
 * @param before lines of the file that stand before the text: the numbers go on from there
 */
export function splitLines(text: string, before = 0): Line[] {
  const start = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  const lines: Line[] = [];
  let n = before;
  let blanks: Line | undefined;
  for (const part of parts(start)) {
    n += 1;
    const bare = part.endsWith('\r') ? part.replace(/\r{1,9}$/, '') : part;
    if (bare.trim() === '') {
      if (blanks) blanks.last = n;
      else {
        blanks = { n, text: bare };
        lines.push(blanks);
      }
      continue;
    }
    blanks = undefined;
    if (!INNER_ENDS.test(bare)) lines.push({ n, text: bare });
    else for (const inner of bare.split(INNER_ENDS)) lines.push({ n, text: inner });
  }
  return lines;
}

/** One after the other, so that no list of all of them is needed. */
function* parts(text: string): Generator<string> {
  const newlines = text.includes('\n');
  let at = 0;
  while (at < text.length || at === 0) {
    OTHER_ENDS.lastIndex = at;
    const end = newlines ? text.indexOf('\n', at) : (OTHER_ENDS.exec(text)?.index ?? -1);
    yield end < 0 ? text.slice(at) : text.slice(at, end);
    if (end < 0) return;
    at = end + 1;
  }
}
