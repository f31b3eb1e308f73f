/** Lines around one: of what was read last, without its secrets; of a long file those that the excerpt left out, too. */
import { lineEnd } from '../../engine/log/lines.ts';
import { isGzip, packingBytes, packingOf } from '../../engine/packed.ts';
import type { Source } from '../../engine/types.ts';

/** Which lines, by the numbers that records have. */
export interface AroundWish {
  /** The source, as the answer counts them. */
  source: number;
  from: number;
  to: number;
  /** Where its text is an excerpt: the file itself. */
  file?: File;
}

export interface Around {
  lines: { n: number; text: string }[];
  /** Some of them are not there. */
  missing: boolean;
}

/** No more is shown of one line, or of all. */
const mostLine = 2000;
const mostBytes = 1_000_000;

/** The wanted lines that a text has. */
export function linesOf({ text, part, excerpt }: Source, from: number, to: number): Around {
  const gaps = excerpt?.gaps ?? [{ after: 0, skipped: part?.skippedLines ?? 0 }];
  const newlines = text.includes('\n');
  const lines: Around['lines'] = [];
  let n = 0;
  let own = 0;
  let gap = 0;
  let missing = false;
  for (let at = 0; at < text.length; ) {
    for (let next = gaps[gap]; next && next.after <= own; next = gaps[++gap]) {
      missing ||= next.skipped > 0 && n + 1 <= to && n + next.skipped >= from;
      n += next.skipped;
    }
    if (n >= to) break;
    const end = lineEnd(text, at, newlines);
    own += 1;
    n += 1;
    if (n >= from && n <= to) lines.push({ n, text: withoutReturn(text.slice(at, Math.min(end, at + mostLine))) });
    at = end + 1;
  }
  return { lines, missing };
}

/** Of a file whose lines end with CR LF. */
const withoutReturn = (line: string) => (line.endsWith('\r') ? line.slice(0, -1) : line);

/** Reads a file as far as the last line that is wanted; undefined where it cannot be read as lines. */
async function linesOfFile(file: File, from: number, to: number): Promise<Around['lines'] | undefined> {
  const packing = packingOf(new Uint8Array(await file.slice(0, packingBytes).arrayBuffer()));
  if (packing && !isGzip(packing)) return undefined;
  const plain = file.stream();
  const reader = (packing ? plain.pipeThrough(new DecompressionStream('gzip')) : plain).getReader();
  const kept: Uint8Array[] = [];
  let bytes = 0;
  let n = 1;
  for (let piece = await reader.read(); !piece.done && n <= to && bytes < mostBytes; piece = await reader.read()) {
    const { value } = piece;
    let begin = n >= from ? 0 : -1;
    let end = value.length;
    for (let at = value.indexOf(10); at >= 0; at = value.indexOf(10, at + 1)) {
      n += 1;
      if (n === from) begin = at + 1;
      if (n > to) {
        end = at;
        break;
      }
    }
    if (begin < 0) continue;
    kept.push(value.slice(begin, end));
    bytes += end - begin;
  }
  await reader.cancel().catch(() => {});
  const text = await new Blob(kept as BlobPart[]).text();
  return text.split('\n').map((line, i) => ({ n: from + i, text: withoutReturn(line.slice(0, mostLine)) }));
}

/**
 * The wanted lines, from the file where the text has not all of them.
 * @param mask takes the secrets out of lines that come from the file
 */
export async function readAround(
  source: Source,
  { from: wanted, to, file }: AroundWish,
  mask: (text: string) => string,
): Promise<Around> {
  const from = Math.max(1, wanted);
  const known = linesOf(source, from, to);
  if (!known.missing || !file || source.mark === 'utf-16') return known;
  const read = await linesOfFile(file, from, to).catch(() => undefined);
  if (!read) return known;
  const masked = mask(read.map(({ text }) => text).join('\n')).split('\n');
  const lines = read.map(({ n }, i) => ({ n, text: masked[i] ?? '' }));
  // A file that has changed since has other lines there: they would be shown as what they are not.
  const texts = new Map(lines.map(({ n, text }) => [n, text]));
  return known.lines.every(({ n, text }) => texts.get(n) === text) ? { lines, missing: false } : known;
}
