/** How a phrase stands in somebody's text: where it matches, whether it is marked as a quotation, what is around it. */
import type { Phrase } from './types.ts';

const VALUE_LIMIT = 200;

export function matchAt(
  phrase: Phrase,
  text: string,
  low: string,
  from: number,
  whole: boolean,
): { at: number; values: Record<string, string> } | undefined {
  const { parts, names } = phrase;
  if (!low.startsWith(parts[0] ?? '', from)) return undefined;
  const values: Record<string, string> = {};
  let at = from + (parts[0] ?? '').length;
  for (const [i, name] of names.entries()) {
    const next = parts[i + 1] ?? '';
    let end: number;
    if (next.trim() === '' || (i === names.length - 1 && next === '')) end = valueEnd(low, at, whole);
    else {
      end = low.slice(at, at + VALUE_LIMIT + next.length).indexOf(next);
      if (end < 0) return undefined;
      end += at;
    }
    values[name] ??= text.slice(at, end).trim();
    at = end + (low.startsWith(next, end) ? next.length : 0);
  }
  if (names.length === 0 && /[\p{L}\p{N}]/u.test(low[at] ?? '') && /[\p{L}\p{N}]$/u.test(parts.at(-1) ?? ''))
    return undefined;
  return { at, values };
}

/** A value at the end: the whole rest if the text is nothing else, else one word. */
function valueEnd(low: string, at: number, whole: boolean): number {
  if (whole) return low.length;
  const rest = /^\s?[^\s"'`<>;]{0,200}/.exec(low.slice(at))?.[0] ?? '';
  return at + withoutEnd(rest, '.,;:!?)]').length;
}

const OPEN = /["'`<(*[|]$/;
const CLOSE = /^[.,]?["'`>)*\]|]/;

export function isQuoted(low: string, from: number, to: number): boolean {
  return OPEN.test(low.slice(Math.max(0, from - 1), from)) && CLOSE.test(low.slice(to, to + 2));
}

const DRESS = /^(?:[-*•+>#|"'`(<[]{1,3}|\d{1,3}[.)])\s?/;
const LABEL =
  /^(?:debug|info|notice|warn|warning|mark|error|err|crit|critical|alert|msg|message|client|server|samhain|yule)\s?[:=]{1,2}\s?<?/i;

/** Without these characters at its end. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** Without bullets, quotes, and a label such as `ERROR:` or `msg=`. */
export function undress(text: string): string {
  let bare = text.trim();
  for (let round = 0; round < 4; round += 1) {
    const before = bare;
    bare = withoutEnd(bare.replace(DRESS, '').replace(LABEL, ''), ' "\'`)>]*|.');
    if (bare === before) break;
  }
  return bare;
}

export function startsCut(phrase: Phrase, remnant: string): boolean {
  const first = phrase.parts[0] ?? '';
  return first.length >= remnant.length && first.startsWith(remnant);
}

export function endsCut(phrase: Phrase, remnant: string): boolean {
  const last = phrase.parts.at(-1) ?? '';
  return last.length >= remnant.length && last.endsWith(remnant);
}

/** Lower case without change of length. */
export function lower(text: string): string {
  const low = text.toLowerCase();
  return low.length === text.length ? low : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
