/**
 * Secrets in what is pasted: passwords, a client's salt and verifier, keys of logs. They are masked before anything else
 * reads the text, so that no part of an answer can show one. What holds a secret is knowledge of the content.
 */
import type { Source } from '../types.ts';
import { plainText } from './decode.ts';
import { seenEnd } from './lines.ts';

/** The content's share (src/build/knowledge/secrets.ts). */
export interface Secrets {
  /** Options and variables by their names in small letters. */
  settings: {
    name: string;
    /** As it is called in words. */
    label: string;
    /** value: all of it; rest: what stands behind the host's name, as in `name@salt@verifier`. */
    part: 'value' | 'rest';
    /** Another word that begins with the name means it, too, as for samhain's own parser. */
    begins: boolean;
  }[];
  /** Words of a command, or of what one prints, that a secret follows. */
  words: { word: string; label: string }[];
  /** Fields of records, reached from word to word. */
  fields: SecretField[];
}

export interface SecretField {
  label: string;
  /** Fixed words of the record in their order, the last one just before the secret; each with how far it may be. */
  words: { word: string; reach: number }[];
  /** The word before the name of a setting: the field is a secret as far as the value of that setting is one. */
  setting?: string;
}

export interface Masked {
  sources: Source[];
  /** How many places were masked, and what they belong to. */
  count: number;
  labels: string[];
}

/** Each character of a secret becomes this one: its length stays, as a mistake may lie in it. */
const MASK = 'X';
/** Digits of the checksums and keys that samhain uses (TIGER192). */
const DIGEST = 48;
/** Digits of checksums: MD5, SHA-1, TIGER192, SHA-256, SHA-384, SHA-512. What has more is none. */
const SUMS: readonly number[] = [32, 40, DIGEST, 64, 96, 128];
const LONGEST_SUM = 128;
/** A value is looked at so far: the longest is a name of 255 characters, a salt of 16 and a verifier of 256 digits. */
const VALUE_LIMIT = 1000;

/** A setting with its value behind it. The lookbehind makes each word be tried once. */
const ASSIGNMENT = /(?:(?<![\w-])|(?<=\\[nrt]))-{0,2}([A-Za-z][\w-]{1,60})[ \t]{0,20}=(?:3D)?[ \t]{0,20}/g;
/** Whatever the program. */
const PASSWORD = /(?:passw(?:or)?d|passphrase|(?:^|_)pw)$/;
/** A salt. */
const ROW = 16;
const HEX = /^[0-9A-Fa-f]+$/;
const HEX_PART = /[0-9A-Fa-f]{6}/;
const WORD = /[^\s"'`<>\\;]{1,1000}/y;
const PART = /[^\s"'`<>\\;@:,|]{1,1000}/y;
const BLANKS = /[ \t]{0,80}/y;
/** What stands between the name of a field and its value, however it was encoded on its way. */
const OPENING = /(?:&\w{2,6};|\\u00[0-9A-Fa-f]{2}|=3D|\W){0,24}/y;
const TOKEN = /[0-9A-Za-z]{4,1000}/y;
/** What can stand behind a secret that goes on in the next line. */
const LINE_REST = /^[\s="'`\\]{0,40}$/;
/** The next line of one: quotation marks, the file and number of grep or cat, digits, and nothing else that is a word. */
const NEXT =
  /^([ \t>|]{0,20}(?:[\w./-]{1,200}[:-](?=\d{1,7}[:-]))?(?:\d{1,7}[:\t-][ \t]{0,20})?)([0-9A-Fa-f@](?:[0-9A-Fa-f@ \t]*[0-9A-Fa-f@])?)[^\w\s]{0,3}(?:\s{1,20}#.*)?$/;
/** The secret stands alone in its line, but for a prompt or a quotation mark. */
const ALONE_BEFORE = /^(?:[\w./-]{1,40}[:-]\d{1,7}[:-])?[ \t>|$#"'`*-]{0,20}(?:\d{1,7}[:\t -][ \t]{0,20})?$/;

/** Masks all that the content calls a secret. Sources without one are given back as they are. */
export function maskSecrets(sources: readonly Source[], secrets: Secrets): Masked {
  let count = 0;
  const labels = new Set<string>();
  const masked = sources.map((source) => {
    const text = withPlainSecrets(source.text, secrets);
    const found = new Finder(text, secrets).find();
    if (found.length === 0) return source;
    count += found.length;
    for (const { label } of found) labels.add(label);
    return { ...source, text: cover(text, found) };
  });
  return { sources: masked, count, labels: [...labels] };
}

interface Range {
  from: number;
  to: number;
  label: string;
}

function cover(text: string, ranges: readonly Range[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to } of ranges) {
    parts.push(text.slice(done, from), text.slice(from, to).replace(/[^\s@]/g, MASK));
    done = to;
  }
  parts.push(text.slice(done));
  return parts.join('');
}

/** Lines with colours or invisible characters in them, made plain where a secret hides behind these. */
function withPlainSecrets(text: string, secrets: Secrets): string {
  if (plainText(text) === text) return text;
  const newlines = text.includes('\n');
  const parts: string[] = [];
  for (let at = 0; at < text.length; ) {
    const end = seenEnd(text, at, newlines);
    const line = text.slice(at, end);
    const plain = plainText(line);
    const changes = plain !== line && new Finder(plain, secrets).find().length > 0;
    parts.push(changes ? plain : line, text.slice(end, end + 1));
    at = end + 1;
  }
  return parts.join('');
}

class Finder {
  private readonly text: string;
  private readonly secrets: Secrets;
  private readonly newlines: boolean;
  /** Whose the digits of a verifier are, where nothing else tells. */
  private readonly pair: string;
  private readonly found: Range[] = [];
  /** The line looked at last: a line may be megabytes long, and hold thousands of names. */
  private line = { from: 0, end: -1 };
  /** How far a secret has been followed from line to line. */
  private followed = 0;

  constructor(text: string, secrets: Secrets) {
    this.text = text;
    this.secrets = secrets;
    this.newlines = text.includes('\n');
    this.pair = secrets.settings.find(({ part }) => part === 'rest')?.label ?? ALONE;
  }

  /** The places of all secrets, in order, none of them twice. */
  find(): Range[] {
    this.settings();
    for (const { word, label } of this.secrets.words) this.fromStart(() => this.behind(word, label));
    for (const field of this.secrets.fields) this.fromStart(() => this.field(field));
    this.fromStart(() => this.pairs());
    this.fromStart(() => this.digits());
    this.found.sort((a, b) => a.from - b.from || b.to - a.to);
    const merged: Range[] = [];
    for (const range of this.found) {
      const last = merged[merged.length - 1];
      if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
      else merged.push({ ...range });
    }
    return merged;
  }

  private fromStart(find: () => void): void {
    this.followed = 0;
    find();
  }

  private add(from: number, to: number, label: string): void {
    if (to > from) this.found.push({ from, to, label });
  }

  private lineEnd(from: number): number {
    if (from < this.line.from || from > this.line.end) {
      this.line = { from, end: seenEnd(this.text, from, this.newlines) };
    }
    return this.line.end;
  }

  /** What the expression finds exactly there; empty where it finds nothing. */
  private at(expression: RegExp, from: number, end: number): string {
    expression.lastIndex = from;
    return (expression.exec(this.text)?.[0] ?? '').slice(0, Math.max(0, end - from));
  }

  private settings(): void {
    for (const found of this.text.matchAll(ASSIGNMENT)) {
      const name = (found[1] ?? '').toLowerCase();
      const setting = this.settingOf(name);
      if (!setting && !PASSWORD.test(name)) continue;
      const from = found.index + found[0].length;
      // A record has an item of the same name: client=<…>.
      if (/[<\\&]/.test(this.text[from] ?? '')) continue;
      const end = this.valueEnd(from);
      if (setting?.part === 'rest') this.rest(from, end, setting.label);
      else if (setting) this.whole(from, end, setting.label);
      else if (!/^\$[({A-Z]/i.test(this.text.slice(from, from + 2)))
        this.add(from, from + this.at(WORD, from, end).length, `${found[1]}=`);
    }
  }

  private settingOf(name: string): Secrets['settings'][number] | undefined {
    return this.secrets.settings.find((one) => (one.begins ? name.startsWith(one.name) : name === one.name));
  }

  /** A value in quotation marks ends with them. */
  private valueEnd(from: number): number {
    const end = Math.min(this.lineEnd(from), from + VALUE_LIMIT);
    const quote = this.text[from] ?? '';
    const close = /["'`]/.test(quote) ? this.text.slice(from + 1, end).indexOf(quote) : -1;
    return close >= 0 ? from + 1 + close : end;
  }

  private whole(from: number, end: number, label: string): void {
    let to = end;
    while (to > from && /[\s"'`]/.test(this.text[to - 1] ?? '')) to -= 1;
    this.add(from, to, label);
  }

  /** `name@salt@verifier`, and whatever a person makes of it: parts apart by other characters, one missing, cut. */
  private rest(given: number, end: number, label: string): void {
    const start = /["'`]/.test(this.text[given] ?? '') ? given + 1 : given;
    const at = this.text.slice(start, end).indexOf('@');
    const second = at < 0 ? -1 : this.text.slice(start + at + 1, end).indexOf('@');
    let place = start + this.at(BLANKS, start, end).length;
    place += this.at(PART, place, end).length;
    let last = -1;
    if (second >= 0) {
      const salt = start + at + 1;
      const verifier = salt + second + 1;
      this.add(salt, salt + second, label);
      const word = verifier + this.at(BLANKS, verifier, end).length;
      last = word + this.at(WORD, word, end).length;
      this.add(word, last, label);
      place = last;
    }
    // Digits behind that go on with it; before it, or without its signs, only what is long enough to be one.
    for (;;) {
      while (place < end && /[^\w.-]/.test(this.text[place] ?? '')) place += 1;
      const part = this.at(PART, place, end);
      if (part === '') break;
      const behind = at >= 0 && place > start + at;
      const isSecret = HEX.test(part)
        ? last >= 0 || behind || part.length === 16 || part.length >= 40
        : behind && HEX_PART.test(part);
      if (isSecret) {
        last = place + part.length;
        this.add(place, last, label);
      } else if (last >= 0 || !HEX.test(part)) break;
      place += part.length;
    }
    if (last >= 0) this.goOn(last, end, label);
    else if (at >= 0 && this.isLineRest(start + at + 1, end)) this.goOn(start + at + 1, end, label);
  }

  private isLineRest(from: number, to: number): boolean {
    return to - from <= 40 && LINE_REST.test(this.text.slice(from, to));
  }

  /** The lines onto which the secret was wrapped. */
  private goOn(from: number, end: number, label: string): void {
    if (from < this.followed) return;
    let last = from;
    let lineEnd = this.lineEnd(end);
    while (lineEnd < this.text.length && this.isLineRest(last, lineEnd)) {
      const start = lineEnd + 1;
      lineEnd = this.lineEnd(start);
      if (lineEnd - start > VALUE_LIMIT) return;
      const next = NEXT.exec(this.text.slice(start, lineEnd).trimEnd());
      if (!next) return;
      const begin = start + (next[1] ?? '').length;
      last = begin + (next[2] ?? '').length;
      this.followed = last;
      this.add(begin, last, label);
    }
  }

  /** The digits in one of the next words behind a word of a command, or of its output. */
  private behind(word: string, label: string): void {
    for (let found = this.text.indexOf(word); found >= 0; found = this.text.indexOf(word, found + word.length)) {
      let place = found + word.length;
      if (/[\w-]/.test(this.text[found - 1] ?? '') || !/[\s=:]/.test(this.text[place] ?? '')) continue;
      const end = Math.min(this.lineEnd(place), place + 400);
      for (let n = 0; n < 3; n += 1) {
        while (place < end && /[\s=:"'`]/.test(this.text[place] ?? '')) place += 1;
        const part = this.at(PART, place, end);
        if (HEX.test(part) && part.length >= 16) {
          this.add(place, place + part.length, label);
          this.goOn(place + part.length, end, label);
          break;
        }
        place += this.at(WORD, place, end).length;
      }
    }
  }

  /** A field of a record, as it was printed or encoded, in one line or wrapped. */
  private field({ words, setting: named, label }: SecretField): void {
    const [first] = words;
    if (!first) return;
    const { text } = this;
    for (let found = text.indexOf(first.word); found >= 0; found = text.indexOf(first.word, found + 1)) {
      let place = found + first.word.length;
      let setting: Secrets['settings'][number] | undefined;
      let reached = true;
      for (const { word, reach } of words.slice(1)) {
        const step = text.slice(place, place + reach + word.length).indexOf(word);
        reached = step >= 0;
        if (!reached) break;
        place += step + word.length;
        if (word === named) setting = this.settingOf(this.at(TOKEN, this.opened(place), text.length).toLowerCase());
      }
      if (!reached || (named !== undefined && !setting)) continue;
      const from = this.opened(place);
      if (setting) {
        const end = Math.min(this.lineEnd(from), from + text.slice(from, from + 2000).search(/[<>"&]|$/));
        if (setting.part === 'rest') this.rest(from, end, setting.label);
        else this.whole(from, end, setting.label);
        continue;
      }
      const token = this.at(TOKEN, from, text.length);
      // A time stamp follows some keys without a blank.
      const size = text[from + token.length] === '-' && token.length > DIGEST ? DIGEST : token.length;
      this.add(from, from + size, label);
      if (size < DIGEST || size > LONGEST_SUM) this.goOn(from + size, from + size, label);
    }
  }

  private opened(place: number): number {
    return place + this.at(OPENING, place, this.text.length).length;
  }

  /** `salt@verifier` wherever it stands: a line may have lost its beginning. */
  private pairs(): void {
    const { text } = this;
    const digit = (place: number) => isDigit(text.charCodeAt(place));
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      if (!digit(at - 1) || !digit(at + 1)) continue;
      let from = at;
      let to = at + 1;
      while (digit(from - 1)) from -= 1;
      while (digit(to)) to += 1;
      if (at - from < 8 || to - at <= 8) continue;
      this.add(from, to, this.pair);
      this.goOn(to, to, this.pair);
    }
  }

  /** Digits that are too many for a checksum, and those of a password alone in their line. */
  private digits(): void {
    const { text } = this;
    let before: { from: number; to: number } | undefined;
    // (Of so many digits in a row one stands at a multiple of that number: the others need not be looked at.)
    for (let at = ROW - 1; at < text.length; at += ROW) {
      if (!isDigit(text.charCodeAt(at))) continue;
      let from = at;
      let to = at + 1;
      while (isDigit(text.charCodeAt(from - 1))) from -= 1;
      while (isDigit(text.charCodeAt(to))) to += 1;
      const size = to - from;
      at += ROW * Math.floor((to - at) / ROW);
      if (size < ROW) continue;
      if (size > LONGEST_SUM) {
        // A part of a path or of another word.
        if (/[\w/.+-]/.test(`${text[from - 1] ?? ''}${text[to] ?? ''}`)) continue;
        this.add(from, to, this.pair);
        this.goOn(to, to, this.pair);
        // The salt, however it is parted from the verifier.
        if (before && before.to - before.from === 16 && from - before.to < 4)
          this.add(before.from, before.to, this.pair);
      } else if ((size === 16 || (size > 64 && !SUMS.includes(size))) && this.isAlone(from, to))
        this.add(from, to, ALONE);
      before = { from, to };
    }
  }

  private isAlone(from: number, to: number): boolean {
    const before = this.text.slice(Math.max(0, from - 60), from);
    let start = 0;
    for (let end = seenEnd(before, 0, this.newlines); end < before.length; end = seenEnd(before, start, this.newlines))
      start = end + 1;
    if (start === 0 && from > 60) return false;
    return ALONE_BEFORE.test(before.slice(start)) && this.isLineRest(to, this.lineEnd(to));
  }
}

/** A hexadecimal digit, by its code. */
function isDigit(code: number): boolean {
  return (code >= 48 && code < 58) || (code >= 65 && code < 71) || (code >= 97 && code < 103);
}

/** What digits alone in a line are called. */
const ALONE = 'password';
