/** Values of options as samhain takes them, by kind; what is secret leaves as length and equality only. */

import type { Entry, Grammar, OptionFact, WordsFact } from './types.ts';

type Facts = Entry['facts'];
type Words = Grammar['words'];

/** Kinds whose value is free text: nothing in it is a comment. */
const FREE = new Set(['text']);

/** True `tail` if more than the option's name stands there. */
export function nameFacts(word: string, name: string): Facts {
  return { tail: word.length > name.length, word: /^[\w-]+$/.test(word) ? word : undefined };
}

/** True if a text holds marks of the usual templates: ERB, Jinja, a shell's here-document. */
export function isTemplate(text: string): boolean {
  return /<%|%>|\{\{|\{%|\$\{/.test(text);
}

/** Where a value stands. */
export interface Place {
  /** The smallest depth that a path can have in its section. */
  least: number;
  words: Words;
  /** Gives equal secrets one token. */
  tokens: Map<string, string>;
}

/** What a value is for its option. */
export function valueFacts(value: string, option: OptionFact, place: Place): Facts {
  if (option.value === 'client') return clientFacts(value, option, place.tokens);
  if (option.secret) return { value: masked(value.length), length: value.length, secret: true };
  const facts: Facts = { value: value.slice(0, 300), refused: refused(value, option, place) };
  if (option.value.endsWith('path') && !facts.refused) facts.path = value.replace(/^[+-]?\d{1,9}/, '').slice(0, 300);
  facts.shell = /^\$\(.*\)$/.test(value);
  if (facts.shell) return { ...facts, refused: false };
  const severity = place.words.get('severity');
  const severe = option.value.startsWith('severit') ? [...(severity?.words ?? []), severity?.none] : undefined;
  facts.words = (option.words ?? severe)?.join(', ');
  facts.template = isTemplate(value);
  if (!FREE.has(option.value)) {
    facts.comment =
      /[ \t](?:#|\/\/)/.test(value) ||
      (option.value !== 'severities' && option.value !== 'classes' && /[ \t];|[;,]$/.test(value));
    facts.nonAscii = option.value !== 'path' && option.value !== 'depth-path' && /[\u0080-\uFFFF]/.test(value);
  }
  if (option.value === 'number' || option.value === 'positive' || option.value === 'port') {
    const parsed = /^[+-]?\d+/.exec(value)?.[0];
    // Only a port is read with regard to its base (strtol with base 0).
    facts.octal = option.value === 'port' && /^0\d/.test(value);
    facts.hex = option.value === 'port' && /^0x[\da-f]/i.test(value);
    facts.number = option.value === 'port' ? portOf(value) : Number(parsed ?? 0);
    facts.unit =
      parsed !== undefined &&
      parsed.length < value.length &&
      !/^\d+(?:[ \t]+[#;/]|[;,]$)/.test(value) &&
      !/^0x/i.test(value);
    facts.noNumber = parsed === undefined;
  }
  if (option.value === 'severities') {
    const { set, negated, above, refused: no, ignored } = severities(value, severity);
    facts.unknownWord = ignored;
    facts.empty = !no && set.size === 0;
    facts.lowest = no ? undefined : lowestOf(set, severity?.words ?? []);
    facts.negated = negated;
    facts.above = above;
  }
  if (option.value === 'classes') {
    const classes = place.words.get('class')?.words ?? [];
    facts.unknownWord = classWords(value).some((word) => !classes.includes(word));
  }
  if (option.value === 'host') facts.port = /^[^:[\]]+:\d+$/.test(value);
  return facts;
}

function masked(length: number): string {
  return `(hidden, ${length} characters)`;
}

function classWords(value: string): string[] {
  return value
    .replace(/["']/g, '')
    .split(/[\s,;]+/)
    .filter((w) => w !== '');
}

/**
 * A list of severities: each word adds, `!` takes away, the word for none empties; only the last decides if it is
 * refused; `ignored` says that a word is no severity, `above` that a `!` took the most severe ones along. Without the words nothing is refused.
 */
export function severities(
  value: string,
  known: WordsFact | undefined,
): { set: Set<string>; negated: boolean; above: boolean; refused: boolean; ignored: boolean } {
  const set = new Set<string>();
  const words = known?.words ?? [];
  let negated = false;
  let ignored = false;
  let took: string | undefined;
  let last = known === undefined;
  for (const word of value
    .split(/[ \t,;]+/)
    .filter((w) => w !== '')
    .slice(0, 100)) {
    const sign = word.startsWith('!=') ? '!=' : word.startsWith('!') ? '!' : word.startsWith('=') ? '=' : '';
    const name = word.slice(sign.length);
    const from = words.findIndex((s) => name.startsWith(s));
    last = true;
    if (name === known?.all && sign === '') for (const s of words) set.add(s);
    else if (name === known?.all && sign === '!') set.clear();
    else if (known?.none && name.startsWith(known.none)) set.clear();
    else if (known?.ignored?.some((one) => name.startsWith(one))) continue;
    else if (from < 0) {
      last = false;
      ignored = true;
    } else {
      const those = sign.endsWith('=') ? words.slice(from, from + 1) : words.slice(from);
      if (sign.startsWith('!')) negated = true;
      if (sign === '!') took = words[from];
      for (const s of those) sign.startsWith('!') ? set.delete(s) : set.add(s);
    }
  }
  // One word was to be taken away, and with it went what is more severe.
  const above = took !== undefined && !set.has(words.at(-1) ?? '') && took !== words.at(-1);
  return { set, negated, above, refused: !last, ignored };
}

/** One severity, as [EventSeverity] and SeverityLookup take it: the beginning of the value, and neither a sign nor "all". */
function isSeverity(value: string, known: WordsFact | undefined): boolean {
  return (
    known === undefined ||
    [...known.words, known.none, ...(known.ignored ?? [])].some((word) => word && value.startsWith(word))
  );
}

/** An IPv4 address, or what can be an IPv6 one: a colon behind an IPv4 address is a port. */
function isAddress(value: string): boolean {
  const parts = value.split('.');
  if (parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return true;
  return /^[\da-f:.]+$/i.test(value) && value.split(':', 3).length > 2;
}

/** The severity from which on all are in the set; none where it has a gap or is empty. */
function lowestOf(set: ReadonlySet<string>, words: readonly string[]): string | undefined {
  const from = words.findIndex((word) => set.has(word));
  return from >= 0 && set.size === words.length - from ? words[from] : undefined;
}

/** The expressions of the content, each made once; that they are quick is proved where the content is tested. */
const forms = new Map<string, RegExp>();

/** True if an expression of the content is found in a text. */
export function hasForm(text: string, form: string): boolean {
  let made = forms.get(form);
  if (!made) {
    made = new RegExp(form);
    forms.set(form, made);
  }
  return made.test(text);
}

function refused(value: string, option: OptionFact, { least, words }: Place): boolean {
  if (option.words && !option.words.includes(value)) return true;
  if (option.also?.includes(value)) return false;
  if (option.form !== undefined && !hasForm(value, option.form)) return true;
  switch (option.value) {
    case 'yes-no':
      return !/^[1yYtT0nNfF]/.test(value);
    case 'severities':
      return severities(value, words.get('severity')).refused;
    case 'severity':
      return !isSeverity(value, words.get('severity'));
    case 'positive':
      return !/^\d*[1-9]/.test(value);
    case 'port':
      return !/^(?:0x[\da-f]+|\d+)/i.test(value) || portOf(value) > 65535;
    case 'address':
      return !isAddress(value);
    case 'plain-path':
    case 'path':
      return !value.startsWith('/');
    case 'depth-path': {
      const depth = /^[+-]?\d{1,9}/.exec(value)?.[0];
      if (value[depth?.length ?? 0] !== '/') return true;
      return depth !== undefined && (Number(depth) < least || Number(depth) > 99);
    }
    default:
      return false;
  }
}

function clientFacts(value: string, option: OptionFact, tokens: Map<string, string>): Facts {
  const first = value.indexOf('@');
  const second = first < 0 ? -1 : value.indexOf('@', first + 1);
  const ats = value.split('@', 5).length - 1;
  // What stands before the first @ is a name only if it looks like one: without @ it may hold the secret.
  const name = first > 0 ? value.slice(0, first) : '';
  const facts: Facts = { ats, refused: second < 0 || first <= 0 };
  if (facts.refused) return { ...facts, value: masked(value.length) };
  const salt = value.slice(first + 1, second);
  const rest = value.slice(second + 1);
  const verifier = rest.replace(/[ \t]/g, '');
  const key = name.toLowerCase();
  facts.key = key.slice(0, 255);
  facts.name = name.trim().slice(0, 255);
  facts.value = `${name.slice(0, 255)}@(hidden, ${salt.length})@(hidden, ${rest.length})`;
  facts.blank = /[ \t\u00A0]/.test(name) || /[ \t\u00A0]/.test(salt);
  facts.nonAscii = /[\u0080-\uFFFF]/.test(name + salt);
  facts.oddName = /[^\w.:%\- \t\u0080-\uFFFF]/.test(name);
  facts.dotted = name.includes('.') || name.includes(':');
  facts.dotAtEnd = name.endsWith('.');
  facts.comment = /[ \t](?:#|\/\/|;|\/\*)/.test(rest);
  facts.hex = /^[0-9A-Fa-f]*$/.test(verifier);
  facts.saltLength = salt.length;
  facts.saltSmall = /[a-f]/.test(salt);
  facts.saltHex = /^[0-9A-Fa-f]*$/.test(salt);
  const zeros = /^0+$/.test(salt);
  const digits = verifier.replace(/^0+/, '').length;
  facts.digits = digits;
  facts.oldStyle = zeros;
  facts.length = verifier.length;
  facts.wrongLength = zeros ? verifier.length !== 48 : digits > 256 || Math.max(digits, verifier.length) < 254;
  const token = (t: string) => {
    const known = tokens.get(t);
    if (known !== undefined) return known;
    const made = `t${tokens.size + 1}`;
    tokens.set(t, made);
    return made;
  };
  facts.token = token(`${salt} ${verifier.toLowerCase()}`);
  facts.sample = option.samples?.includes(sum(`${salt}@${verifier.toUpperCase()}`)) ?? false;
  return facts;
}

/** Tells a published sample from a real entry without holding either. */
export function sum(text: string): string {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h.toString(16);
}

/** The port that the program reads, by the base that the digits begin with. 0 where there is no digit. */
function portOf(value: string): number {
  if (/^0x[\da-f]/i.test(value)) return Number.parseInt(value, 16);
  const [digits = '0'] = (/^0\d/.test(value) ? /^[0-7]+/ : /^[+-]?\d+/).exec(value) ?? [];
  return Number.parseInt(digits, /^0\d/.test(value) ? 8 : 10);
}
