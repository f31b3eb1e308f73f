/** Messages quoted without their record: in a question, a mail, a search, cut out of a line. */

import { isOwnSentence } from './plainWords.ts';
import { endsCut, isQuoted, lower, matchAt, startsCut, undress, withoutEnd } from './quotation.ts';
import { isSystemText, systemTextAt } from './systemTexts.ts';
import { fitsTakes } from './takes.ts';
import type { Template } from './template.ts';
import { readPattern } from './template.ts';
import type { CatalogueEntry, CatalogueText, Phrase, PhraseKind, Quoted } from './types.ts';

/** Phrases shorter than this are only taken where they stand alone or in quotes. */
const PROSE_WORDS = 3;
const PROSE_LETTERS = 14;
/** Two words are a quotation if nothing else is in the line; one word never is. */
const WHOLE_WORDS = 2;
const LINE_LIMIT = 20_000;

export class Phrases {
  private readonly byWord = new Map<string, Phrase[]>();
  readonly all: Phrase[] = [];
  private readonly seen = new Set<string>();
  /** Words of own sentences that are long enough to be misspelt. */
  private words: Set<string> | undefined;

  add(entry: CatalogueEntry, template: Template): void {
    const msg = template.items.find((item) => item.name === 'msg');
    if (!msg) return;
    const source = msg.pattern.texts
      .map((text, i) => text + (i < msg.pattern.names.length ? `{${msg.pattern.names[i]}}` : ''))
      .join('');
    const free = msg.pattern.names.length === 1 ? msg.pattern.names[0] : undefined;
    if (msg.pattern.weight > 0) this.put(entry, undefined, 'message', source, free);
    for (const text of entry.texts) {
      if (text.text === undefined || readPattern(text.text).weight < 3) continue;
      if (msg.pattern.names.length === 1 && msg.pattern.weight > 0) {
        this.put(
          entry,
          text,
          'message with text',
          source.replace(`{${free}}`, () => text.text ?? ''),
          free,
        );
        this.put(entry, text, 'text', text.text, free);
      } else if (msg.pattern.names.length === 1) this.put(entry, text, 'message', text.text, free);
    }
  }

  private put(
    entry: CatalogueEntry,
    text: CatalogueText | undefined,
    kind: PhraseKind,
    source: string,
    free: string | undefined,
  ): void {
    const pattern = readPattern(source);
    const parts = pattern.texts.map((part) => lower(part.replace(/\s+/g, ' ')));
    parts[0] = (parts[0] ?? '').trimStart();
    parts[parts.length - 1] = (parts.at(-1) ?? '').trimEnd();
    const key = `${entry.id} ${text?.id ?? ''} ${parts.join('{}')}`;
    const word = /[\p{L}\p{N}]+/u.exec(parts[0])?.[0];
    if (word === undefined || this.seen.has(key)) return;
    this.seen.add(key);
    const phrase: Phrase = {
      entry,
      text,
      kind,
      free,
      parts,
      names: pattern.names,
      letters: pattern.weight,
      words: parts.join(' ').match(/[\p{L}\p{N}/]+/gu)?.length ?? 0,
      own: isOwnSentence(parts.join(' ')),
      order: this.all.length,
    };
    this.all.push(phrase);
    this.byWord.set(word, [...(this.byWord.get(word) ?? []), phrase]);
  }

  /**
   * The messages quoted in a line of text, if distinctive enough: alone in the line (two words), in quotes (two words),
   * or amid prose (three words that no other program prints). `careful`: the line may be another program's; only a
   * message alone counts.
   */
  find(line: string, careful = false): Quoted[] {
    const text = line.slice(0, LINE_LIMIT).replace(/\s+/g, ' ').trim();
    const whole = this.whole(text);
    if (whole) return [whole];
    return careful ? [] : this.amid(text);
  }

  /** The message that a text is, without anything around it. Cut ends are understood if the rest tells only one. */
  whole(given: string, least = WHOLE_WORDS): Quoted | undefined {
    const text = undress(given);
    const low = lower(text);
    let best: Quoted | undefined;
    for (const phrase of this.starting(low, 0)) {
      if (phrase.words < least) continue;
      const end = matchAt(phrase, text, low, 0, true);
      if (end && !fitsPhrase(phrase, end.values)) continue;
      if (end && (end.at === low.length || /^[\s.,;:!?)>'"]*$/.test(low.slice(end.at)))) {
        best = better(best, { phrase, values: end.values, words: text, whole: true, own: phrase.own });
      }
    }
    if (best) return best;
    return this.leading(text, low) ?? this.cut(text, low);
  }

  /** `Connection refused` for `Connection refused, address {server}`: all that is fixed before the first value. */
  private leading(text: string, low: string): Quoted | undefined {
    let best: Quoted | undefined;
    for (const phrase of this.starting(low, 0)) {
      if (phrase.names.length === 0) continue;
      const lead = withoutEnd(phrase.parts[0] ?? '', ' ,:(');
      if (lead !== low || !/ /.test(lead)) continue;
      best = better(best, { phrase, values: {}, words: text, whole: true, own: isOwnSentence(lead) });
    }
    return best;
  }

  /** A phrase cut at one end by copying, if only one entry has it. */
  private cut(text: string, low: string): Quoted | undefined {
    const remnant = low.replace(/\s?(?:\.\.\.|…)$/, '').replace(/^(?:\.\.\.|…)\s?/, '');
    if (remnant.length < 12 || !remnant.includes(' ') || systemTextAt(remnant) !== undefined) return undefined;
    const found = this.all.filter(
      (phrase) => phrase.kind !== 'text' && (startsCut(phrase, remnant) || endsCut(phrase, remnant)),
    );
    const ids = new Set(found.map((phrase) => phrase.entry.id));
    if (ids.size !== 1) return undefined;
    const texts = new Set(found.filter((phrase) => phrase.text).map((phrase) => phrase.text?.id));
    const one = found.find((phrase) => (texts.size === 1 ? phrase.text : !phrase.text)) ?? {
      ...(found[0] as Phrase),
      text: undefined,
    };
    const phrase = texts.size > 1 ? { ...one, text: undefined } : one;
    return { phrase, values: {}, words: text, whole: true, own: isOwnSentence(remnant) };
  }

  /** Phrases whose last words are these, for records that lost their beginning; each with the message made whole. */
  ending(remnant: string): { phrase: Phrase; message: string }[] {
    const low = lower(remnant.replace(/\s+/g, ' ')).trimStart();
    if (low.length < 4) return [];
    return this.all.flatMap((phrase) => {
      if (phrase.kind === 'text') return [];
      if (endsCut(phrase, low)) return [{ phrase, message: phrase.parts.join(' ') }];
      // Cut before its last value: what is left of the words in front of that, the value, the words behind it.
      const [before = '', behind, more] = phrase.parts;
      if (behind === undefined || more !== undefined) return [];
      const from = Array.from(before, (_, i) => i).find(
        (i) => before.length - i >= 8 && low.startsWith(before.slice(i)),
      );
      if (from === undefined || !low.endsWith(behind) || !before.slice(from).trim().includes(' ')) return [];
      const value = low.slice(before.length - from, low.length - behind.length);
      return value === '' ? [] : [{ phrase, message: before + value + behind }];
    });
  }

  /**
   * Messages that a text is if one word is put right. Only of sentences that no other program prints, with words that are
   * long enough to be told from others.
   */
  corrected(given: string): Quoted[] {
    const text = undress(given);
    if (text.length > 200) return [];
    this.words ??= new Set(this.all.flatMap(({ own, parts }) => (own ? (parts.join(' ').match(LONG_WORD) ?? []) : [])));
    const wrong = [...lower(text).matchAll(LONG_WORD)].filter(([word]) => !this.words?.has(word));
    const found = new Map<string, Quoted>();
    // Where many words are unknown it is another text; a host's name may be one.
    for (const { 0: word, index } of wrong.slice(0, 3)) {
      for (const meant of this.words) {
        if (!isTypo(word, meant)) continue;
        const words = text.slice(0, index) + meant + text.slice(index + word.length);
        const quoted = this.whole(words, PROSE_WORDS);
        if (quoted?.own) found.set(quoted.phrase.entry.id + (quoted.phrase.text?.id ?? ''), quoted);
      }
    }
    return [...found.values()];
  }

  private amid(text: string): Quoted[] {
    const low = lower(text);
    const found: { quoted: Quoted; from: number; to: number }[] = [];
    for (const word of low.matchAll(/[\p{L}\p{N}]+/gu)) {
      for (const phrase of this.byWord.get(word[0]) ?? []) {
        const from = word.index - (phrase.parts[0] ?? '').indexOf(word[0]);
        if (phrase.words < WHOLE_WORDS || from < 0 || /[\p{L}\p{N}_/-]/u.test(low.charAt(from - 1))) continue;
        const end = matchAt(phrase, text, low, from, false);
        if (!end || !fitsPhrase(phrase, end.values)) continue;
        const common =
          phrase.words < PROSE_WORDS || phrase.letters < PROSE_LETTERS || isSystemText(phrase.parts.join(' '));
        if (common && !isQuoted(low, from, end.at)) continue;
        found.push({
          quoted: { phrase, values: end.values, words: text.slice(from, end.at), whole: false, own: phrase.own },
          from,
          to: end.at,
        });
      }
    }
    for (const stretch of text.matchAll(STRETCH)) {
      const inner = stretch[2] ?? '';
      const quoted = this.whole(inner);
      const from = stretch.index + 1;
      if (quoted && !found.some((other) => other.from < from + inner.length && other.to > from)) {
        found.push({ quoted: { ...quoted, whole: false }, from, to: from + inner.length });
      }
    }
    return withoutOverlap(found);
  }

  private starting(low: string, at: number): Phrase[] {
    const word = /[\p{L}\p{N}]+/u.exec(low.slice(at))?.[0];
    return word === undefined ? [] : (this.byWord.get(word) ?? []);
  }
}

/** The entry's own texts are phrases by themselves: no other words stand for one. */
function fitsPhrase({ entry }: Phrase, values: Record<string, string>): boolean {
  const found = Object.entries(values).map(([name, value]) => ({ name, value }));
  return fitsTakes(entry, [], found);
}

const KINDS: PhraseKind[] = ['message', 'message with text', 'text'];
const ENTRY_KINDS = ['path', 'report', 'trace'];

/** More fixed letters; then the more telling kind of phrase, of entry, and the order of the catalogue. */
function better(a: Quoted | undefined, b: Quoted): Quoted {
  if (!a) return b;
  const [p, q] = [a.phrase, b.phrase];
  if (p.letters !== q.letters) return p.letters > q.letters ? a : b;
  if (p.kind !== q.kind) return KINDS.indexOf(p.kind) < KINDS.indexOf(q.kind) ? a : b;
  if (p.entry.kind !== q.entry.kind)
    return ENTRY_KINDS.indexOf(p.entry.kind) < ENTRY_KINDS.indexOf(q.entry.kind) ? a : b;
  return p.order <= q.order ? a : b;
}

/** The better one of any two that share words, in the order of the line. */
function withoutOverlap(found: { quoted: Quoted; from: number; to: number }[]): Quoted[] {
  const ranked = found.sort((a, b) => (a.quoted === better(a.quoted, b.quoted) ? -1 : 1));
  const kept: typeof found = [];
  for (const one of ranked.slice(0, 200)) {
    if (!kept.some((other) => one.from < other.to && one.to > other.from)) kept.push(one);
  }
  return kept.sort((a, b) => a.from - b.from).map((one) => one.quoted);
}

/** Words that are long enough for one wrong letter to leave no doubt. */
const LONG_WORD = /\p{L}{5,30}/gu;

/** One letter more, less, other, or two of them swapped. */
function isTypo(word: string, meant: string): boolean {
  const [short, long] = word.length < meant.length ? [word, meant] : [meant, word];
  if (long.length - short.length > 1 || word === meant) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = (a: string, from: number) => a.slice(from);
  if (short.length < long.length) return rest(short, at) === rest(long, at + 1);
  const swapped =
    short[at] === long[at + 1] && short[at + 1] === long[at] && rest(short, at + 2) === rest(long, at + 2);
  return swapped || rest(short, at + 1) === rest(long, at + 1);
}

/** What stands in quotes. */
const STRETCH = /(["`*])([^"`*<>]{6,200})\1/g;
