/** The catalogue's templates: `msg=<Connection error: {error}>, port=<{fd}>`, in both forms. */
import { readBody, type Style } from '../log/fields.ts';

/** A value's pattern: literal texts and, between them, what varies. `texts` has one more item than `names`. */
export interface Pattern {
  texts: string[];
  /** The same, folded: lower case, white space gone. */
  folded: string[];
  names: string[];
  /** Letters and digits that are fixed. */
  weight: number;
}

export interface TemplateItem {
  name: string;
  /** The name in lower case. */
  key: string;
  pattern: Pattern;
}

export interface Template {
  style: Style;
  items: TemplateItem[];
  /** Pattern of what follows the last item, e.g. `, {details}`. */
  tail?: Pattern;
  /** More items of any name may follow: the template ends in free text. */
  openEnd: boolean;
  weight: number;
}

const PLACE = /\{[^{}]{0,200}\}/g;

/** Cuts a template's value into literal texts and names. */
export function readPattern(source: string): Pattern {
  const texts = source.split(PLACE);
  const names = (source.match(PLACE) ?? []).map((place) => place.slice(1, -1));
  return { texts, folded: texts.map(fold), names, weight: texts.join('').replace(/[^\p{L}\p{N}]/gu, '').length };
}

/** Lower case (ASCII only, so that nothing changes its length otherwise) and no white space at all. */
export function fold(text: string): string {
  // One value is compared with many patterns in a row.
  if (text !== last.text) {
    last.text = text;
    last.folded = text.replace(/\s+/g, '').replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
  }
  return last.folded;
}

const last = { text: '', folded: '' };

/** Reads a template of the catalogue. */
export function readTemplate(style: Style, source: string): Template {
  const text = source.trimEnd();
  const end = style === 'plain' ? text.lastIndexOf('>') : text.lastIndexOf('"');
  const body = text.slice(0, end + 1);
  const rest = text.slice(end + 1).trim();
  const items = readBody(style, body).fields.map(({ name, value }) => ({
    name,
    key: name.toLowerCase(),
    pattern: readPattern(value),
  }));
  const openEnd = /^,? ?\{[^{}]{1,60}\}$/.test(rest);
  const tail =
    rest === '' || rest.startsWith('>') ? undefined : readPattern(rest.replace(/^, ?/, '').replaceAll('\\r\\n', '\n'));
  return { style, items, tail, openEnd, weight: items.reduce((sum, item) => sum + item.pattern.weight, 0) };
}

/**
 * Matches a value against a pattern and gives what varies, or undefined. Literal texts are found from left to right,
 * the last one at the end. `prefix`: the value was cut, so that the pattern may end early.
 */
export function matchPattern(pattern: Pattern, value: string, prefix = false): string[] | undefined {
  return matchTexts(pattern.texts, value, prefix) ?? matchFolded(pattern, value, prefix);
}

/** Without the blanks of padded columns. A blank behind a backslash belongs to the value. */
function trimmed(value: string): string {
  const text = value.trim();
  return text.endsWith('\\') && /\\\s$/.test(value.trimStart().slice(0, text.length + 1)) ? `${text} ` : text;
}

function matchTexts(texts: string[], value: string, prefix: boolean): string[] | undefined {
  const end = texts.length - 1;
  const first = texts[0] ?? '';
  if (!value.startsWith(first)) return prefix && value.length > 0 && first.startsWith(value) ? [] : undefined;
  if (end === 0) return value.length === first.length ? [] : undefined;
  const found: string[] = [];
  let at = first.length;
  for (let i = 1; i < end; i += 1) {
    const text = texts[i] ?? '';
    const next = value.indexOf(text, at);
    if (next < 0) return prefix ? [...found, value.slice(at)] : undefined;
    found.push(trimmed(value.slice(at, next)));
    at = next + text.length;
  }
  const close = texts[end] ?? '';
  if (value.length - close.length >= at && value.endsWith(close))
    found.push(trimmed(value.slice(at, value.length - close.length)));
  else if (prefix) found.push(trimmed(value.slice(at)));
  else return undefined;
  return found;
}

/** As above, without regard to case and white space; values keep their case, and white space as it stands. */
function matchFolded(pattern: Pattern, value: string, prefix: boolean): string[] | undefined {
  if (value.length > 20_000) return undefined;
  const folded = fold(value);
  const found = matchTexts(pattern.folded, folded, prefix);
  if (!found || found.length === 0) return found;
  // Positions in the folded text are mapped back to the value as printed.
  const places: number[] = [];
  for (let i = 0; i < value.length; i += 1) if (!/\s/.test(value[i] ?? '')) places.push(i);
  const result: string[] = [];
  let at = (pattern.folded[0] ?? '').length;
  for (const [i, part] of found.entries()) {
    const from = places[at] ?? value.length;
    const to = part.length === 0 ? from : (places[at + part.length - 1] ?? value.length - 1) + 1;
    result.push(trimmed(value.slice(from, to)));
    at += part.length + (pattern.folded[i + 1] ?? '').length;
  }
  return result;
}
