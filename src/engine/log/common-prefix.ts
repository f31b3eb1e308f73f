/** What a program that is not known has put before every line: told by the records, which have it as well. */
import { plainText } from './decode.ts';
import { BEGINS_JSON } from './envelope.ts';
import type { Line } from './lines.ts';
import { type Prefix, readPrefix } from './prefix.ts';

const HEAD =
  /(?:debug|info|notice|warn|mark|error|crit|alert|<tcp>|<net>)[ \t]{0,9}:[ \t]{0,9}\[\d|<log[ \t]|\bmsg=[<"]/i;
/** So far a record may stand to the right. */
const FARTHEST = 300;
/** Of what stands before a known prefix. */
const MOST_WORDS = 6;
/** Lines between two records: an explanation of samhain's has a dozen. */
const MOST_BETWEEN = 40;

/**
 * Takes off lines that are no record what the record above them has before its own words, if that is no prefix that is
 * known by itself: `[yule-0] `, a name and a bar. Numbers in it may be others. Where a known one follows, it goes from
 * records as well.
 */
export function withoutCommonPrefix(lines: Line[]): Line[] {
  let common = '';
  let left = 0;
  return lines.map((line, i) => {
    const text = plainText(line.text);
    const at = text.slice(0, FARTHEST).search(HEAD);
    if (at >= 0) {
      const before = text.slice(0, at);
      left = MOST_BETWEEN;
      const prefix = readPrefix(text);
      // What markup or an object has around a record is taken off with it; in another program's line a record is its words.
      if (/[<{]/.test(before) || BEGINS_JSON.test(before) || prefix.kind === 'foreign' || covers(prefix, before)) {
        common = '';
        return line;
      }
      const known = knownFrom(text, at);
      common = before.slice(0, known);
      if (known === undefined) return line;
      // (What stands before one line only can be somebody's words, too.)
      const isShared = [lines[i - 1], lines[i + 1]].some(
        (one) => one && endOf(plainText(one.text), common) !== undefined,
      );
      return isShared ? { ...line, text: text.slice(known) } : line;
    }
    left -= 1;
    const end = common === '' || left < 0 ? undefined : endOf(text, common);
    return end === undefined ? line : { ...line, text: text.slice(end) };
  });
}

const covers = ({ end }: Prefix, before: string): boolean => end >= before.trimEnd().length;

/** Where behind a word the prefix of a log begins that goes on to the record. */
function knownFrom(text: string, at: number): number | undefined {
  let words = 0;
  for (let from = text.indexOf(' ') + 1; from > 0 && from < at && words < MOST_WORDS; words += 1) {
    const rest = text.slice(from, from + FARTHEST);
    const prefix = readPrefix(rest);
    if (prefix.kind === 'ours' && covers(prefix, rest.slice(0, at - from))) return from;
    from = text.indexOf(' ', from) + 1;
  }
  return undefined;
}

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
};

/** Where in a text ends what looks like the prefix; blanks at a line's end may be lost. */
function endOf(text: string, prefix: string): number | undefined {
  let at = 0;
  for (let i = 0; i < prefix.length; i += 1) {
    if (isDigit(prefix, i)) {
      if (!isDigit(text, at)) return undefined;
      while (isDigit(prefix, i + 1)) i += 1;
      while (isDigit(text, at)) at += 1;
    } else if (text[at] === prefix[i]) at += 1;
    else return at === text.length && prefix.slice(i).trim() === '' ? at : undefined;
  }
  return at;
}
