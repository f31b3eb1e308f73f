/** Takes off what terminals, browsers, word processors and exports do to a line. */
import { withBrackets } from './brackets.ts';

const ESC = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
const ESCAPES = new RegExp(
  String.raw`${ESC}(?:\[[0-9;:?]{0,40}[ -/]{0,4}[@-~]|\][^${BELL}${ESC}]{0,400}(?:${BELL}|${ESC}\\)|[()][A-Za-z0-9]|[=>78cDEHM])`,
  'g',
);
/** Colour codes as `cat -v` or a paste shows them. */
const CARET_ESCAPES = /(?:\^\[|\\(?:e|033|x1b)|␛)\[[0-9;]{0,20}[mK]/g;
/** Colour codes that lost their escape character. */
const ORPHAN_ESCAPES = /\[[0-9;]{0,12}[mK]/g;
const INVISIBLE = /\p{Cf}/gu;
const BLANKS = /[\u00a0\u2002-\u200a\u202f\u205f\u3000]/g;
/** Anything but printable ASCII, or a colour code that lost its first character. */
const ODD = /[^\t -~]|\^\[\[|\\(?:e|033|x1b)\[|\[[0-9;]{0,12}m/;
const FOLDED: Record<string, string> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '″': '"',
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '–': '-',
  '—': '--',
  '―': '--',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '‹': '<',
  '›': '>',
  '＜': '<',
  '＝': '=',
  '＞': '>',
};
const FOLDABLE = /[“”„‟″‘’‚‛–—―‐‑‒‹›＜＝＞]/g;

/** Colours, invisible characters, typographic quotes and dashes. Samhain prints none of them: it writes other bytes as octal. */
export function plainText(line: string): string {
  if (!ODD.test(line)) return line;
  let text = line.replace(ESCAPES, '').replace(CARET_ESCAPES, '');
  if (/\[0?m/.test(text)) text = text.replace(ORPHAN_ESCAPES, '');
  return text
    .replace(INVISIBLE, '')
    .replaceAll('\0', '')
    .replace(BLANKS, ' ')
    .replace(FOLDABLE, (char) => FOLDED[char] ?? char);
}

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  num: '#',
  equals: '=',
};
const ENTITY = /&(?:([a-z]{2,6})|#(\d{1,7})|#x([0-9a-f]{1,6}));/gi;

/** Decodes the named entities that XML has, and numbered ones, once. Unknown ones stay. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(ENTITY, (whole: string, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const ESCAPED_HTML = /=&(?:lt|#60|#x3c);|&(?:lt|#60|#x3c);(?:log[ &]|tcp|net|\/?trail|sig&)|sev=&(?:quot|#34|#x22);/i;
const TAG =
  /<\/?(?:a|b|br|code|div|em|font|i|kbd|li|mark|ol|p|pre|samp|span|strong|table|tbody|td|th|tr|tt|ul)(?:[ \t][^<>]{0,400})?\/?>/gi;

/** Elements of any export in XML (events, feeds, reports of tests): their names are not known beforehand. */
const ELEMENT = /<\/?[a-z][\w.:-]{0,60}(?:[ \t][^<>]{0,400})?\/?>/gi;
/** Brackets of a record itself, or of a label: such a line is not escaped as a whole, whatever a value in it holds. */
const OWN_BRACKETS = /=[ \t]{0,2}<|<log[ \t]|<(?:tcp|net)>/i;

const MARKUP = /^[ \t]{0,20}<(?:b|code|div|em|kbd|li|p|pre|samp|span|strong|td|tr|tt)(?:[ \t][^<>]{0,400})?>/i;
const LINE_TAG = /<br[ \t]{0,4}\/?>|<\/(?:div|li|p|tr)>/gi;

/** Whether a text was taken from a page's source. */
export function isHtml(text: string): boolean {
  return text.includes('&') && ESCAPED_HTML.test(text);
}

/**
 * A line of a page's source: tags off (those that break lines become newlines), entities decoded.
 * `page`: the whole text is such a source, so that lines count that do not show it.
 */
export function decodeHtml(line: string, page = false): string {
  let text = line;
  if (text.endsWith('>')) text = text.replace(/<br[ \t]{0,4}\/?>$/i, '');
  const escaped = isHtml(text) || /&amp;(?:lt|#60);/i.test(text) || (page && !/[<>]/.test(text.replace(TAG, '')));
  if (escaped || MARKUP.test(text)) text = text.replace(LINE_TAG, '\n').replace(TAG, '');
  if (escaped && text.includes('<') && !OWN_BRACKETS.test(text)) text = text.replace(ELEMENT, '');
  if (escaped) text = decodeEntities(text);
  for (let round = 0; round < 2 && (isHtml(text) || /&amp;(?:lt|#60);/i.test(text)); round += 1)
    text = decodeEntities(text);
  return text;
}

const JSON_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g;
const CONTROL: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Undoes the escapes of a JSON string, without asking that the whole be valid. */
export function decodeJsonString(text: string): string {
  return text.replace(JSON_ESCAPE, (_, hex?: string, char?: string) =>
    hex !== undefined ? String.fromCharCode(Number.parseInt(hex, 16)) : (CONTROL[char ?? ''] ?? char ?? ''),
  );
}

/** Undoes quoted-printable, as in the source of a mail; bytes above 127 are read as UTF-8. */
export function decodeQuotedPrintable(text: string): string {
  return decodeBytes(text, /(?:=[0-9A-F]{2})+/g);
}

/**
 * Undoes the re-coding that a server applies to relayed records (sh_tools.c, sh_tools_safe_name): `=20` is a blank.
 * Control characters stay coded, so that a value remains one line.
 */
export function decodeRelayed(value: string): string {
  return value.includes('=') ? decodeBytes(value, /(?:=[0-9a-f]{2})+/g) : value;
}

function decodeBytes(text: string, runs: RegExp): string {
  return text.replace(runs, (run) => {
    const bytes = new Uint8Array(run.length / 3);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16);
    if (bytes.some((byte) => byte < 32 || byte === 127)) {
      return Array.from(bytes, (byte, i) =>
        byte < 32 || byte >= 127 ? run.slice(i * 3, i * 3 + 3) : String.fromCharCode(byte),
      ).join('');
    }
    const decoded = new TextDecoder().decode(bytes);
    return decoded.includes('\ufffd') ? run : decoded;
  });
}

const JSON_PARTS = /\\u003[ce]|(?:sev|msg|interface|tstamp)=\\"/i;

/** Brackets that Markdown or a chat has escaped, where a record has them; and underscores inside a name. */
const ESCAPED_PARTS = /msg=\\<|\\<log |\\\[\d{4}-\d\d-\d\dT|\w\\_\w/;
const ESCAPED_MARK = /\\([!-/:-@[-`{-~])/g;

/** A line without what its way here has done to it. It can hold newlines then. */
export function decodeLine(raw: string, page = false): string {
  let text = plainText(raw);
  if (page || text.includes('&') || text.endsWith('>')) text = decodeHtml(text, page);
  if (text.includes('\\') && JSON_PARTS.test(text)) text = decodeJsonString(text);
  if (text.includes('\\') && ESCAPED_PARTS.test(text)) text = text.replace(ESCAPED_MARK, '$1');
  // A record in a CSV column has its quotes doubled.
  if (text.includes('<log sev=""')) text = text.replaceAll('""', '"');
  return withBrackets(text);
}
