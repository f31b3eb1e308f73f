/** From text to the terms that are compared: words without endings, each word taken for the one that means the same. */

/** What the content says about words, as it is sent to the browser: lists of words separated by blanks. */
export interface WordLists {
  skip: string;
  weak: string;
  same: string[];
  means: [words: string, means: string][];
  joined: string[];
  negation: string;
  not: [words: string, means: string][];
}

export interface Words {
  skip: ReadonlySet<string>;
  /** The skipped words without their endings: who skips "think" skips "thinks". */
  skipStems: ReadonlySet<string>;
  weak: ReadonlySet<string>;
  /** A word, or a word without its ending → the term that it is taken for. */
  same: ReadonlyMap<string, string>;
  means: ReadonlyMap<string, readonly string[]>;
  /** `log file` → `logfile`. */
  joined: ReadonlyMap<string, string>;
  parts: ReadonlyMap<string, readonly string[]>;
  negation: ReadonlySet<string>;
  /** A term → what it means after a negation. */
  not: ReadonlyMap<string, readonly string[]>;
  /** Terms that were made before: most words of a table come again and again. */
  known: Map<string, string>;
}

const endings: [RegExp, string][] = [
  [/(?<=..)ies$/, 'y'],
  [/(?<=(?:s|x|z|ch|sh))es$/, ''],
  [/(?<=[^su'i])s$/, ''],
  [/(?<=[a-z]{3})ing$/, ''],
  [/(?<=[a-z]{3})ed$/, ''],
  [/(?<=[a-z]{2}[st])ion$/, ''],
  [/(?<=[a-z]{4})[ai]ble$/, ''],
  [/(?<=[a-z]{3})ly$/, ''],
  [/(?<=[a-z]{3})ment$/, ''],
  [/(?<=[a-z]{3})e$/, ''],
];

/** A word without the endings that only grammar asks for: refused, refuses, refusing → refus. */
export function stem(word: string): string {
  if (word.length <= 3 || /[^a-z]/.test(word)) return word;
  let left = word;
  for (const [ending, instead] of endings) left = left.replace(ending, instead);
  // stopped → stop, but not full → ful.
  return left !== word ? left.replace(/([bdgmnprt])\1$/, '$1') : left;
}

const list = (text: string) => text.split(' ').filter(Boolean);

/** Makes the lists ready for use. */
export function readWords(lists: WordLists): Words {
  const same = new Map<string, string>();
  for (const row of lists.same) {
    const all = list(row);
    const first = stem(all[0] ?? '');
    for (const word of all) same.set(word, first);
    for (const word of all) if (!same.has(stem(word))) same.set(stem(word), first);
  }
  const term = (word: string) => same.get(word) ?? same.get(stem(word)) ?? stem(word);
  const pairs = lists.joined.map((pair) => list(pair));
  return {
    skip: new Set(list(lists.skip)),
    skipStems: new Set(
      list(lists.skip)
        .filter((word) => word.length > 3)
        .map(stem),
    ),
    weak: new Set(list(lists.weak).map(term)),
    same,
    means: new Map(lists.means.flatMap(([words, means]) => list(words).map((word) => [word, list(means).map(term)]))),
    joined: new Map(pairs.map((pair) => [pair.map(term).join(' '), term(pair.join(''))])),
    parts: new Map(pairs.map((pair) => [pair.join(''), pair])),
    negation: new Set(list(lists.negation)),
    not: new Map(lists.not.flatMap(([words, means]) => list(words).map((word) => [term(word), list(means).map(term)]))),
    known: new Map(),
  };
}

/** A word of a text as it stands, in small letters, with the parts of a name such as SetClientTimeLimit or rc.HOST. */
export interface Token {
  word: string;
  parts: string[];
}

/** Words, and a single digit where it is the number of something: exit status 3, rc=4, pass 9. */
const word =
  /[\p{L}\p{N}][\p{L}\p{N}_.-]*[\p{L}\p{N}]|(?<=\b(?:status|code|errno|exit|exited with|returned|returns|signal|pass)\W{1,3})\d(?![\p{L}\p{N}_.-])/giu;

/** The words of a text in their order. */
export function tokens(text: string): Token[] {
  const found: Token[] = [];
  for (const [raw] of text.replace(/['’`´]/g, '').matchAll(word)) {
    const word = raw.toLowerCase();
    const parts = raw
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .split(/[ _.-]+/)
      .filter((part) => part.length > 1);
    found.push({ word, parts: parts.length > 1 ? parts : [] });
  }
  return found;
}

/** The term that a word is taken for; empty if it says nothing. */
export function termOf(word: string, { skip, skipStems, same, known }: Words): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const short = stem(word);
  const told = skip.has(word) ? '' : (same.get(word) ?? same.get(short));
  const term = told ?? (skipStems.has(short) ? '' : short);
  known.set(word, term);
  return term;
}

/** What somebody writes as one word, or with a hyphen: stand-alone, standalone. */
export const unhyphened = (word: string): string[] =>
  /^[a-z]{2,}-[a-z]{2,}$/.test(word) ? [word.replace('-', '')] : [];

/** A word that says nothing stands for itself, without its ending, where it is a part of another: coming up. */
const termOrWord = (word: string, words: Words): string => termOf(word, words) || stem(word);

/** All terms of a text that is searched, in order. What is written as one word or as two is there as both. */
export function termsOf(text: string, words: Words): string[] {
  const terms: string[] = [];
  let before = '';
  let wordBefore = '';
  for (const { word, parts } of tokens(text)) {
    const split = words.parts.get(word) ?? parts;
    // "Left over", "time out": the small word by itself says nothing, and is part of this one.
    const whole =
      words.skip.has(word) || words.skip.has(wordBefore)
        ? words.joined.get(`${termOrWord(wordBefore, words)} ${termOrWord(word, words)}`)
        : undefined;
    if (whole) terms.push(whole);
    wordBefore = word;
    for (const one of split.length > 0 ? [word, ...split, ...unhyphened(word)] : [word]) {
      const term = one === word && split.length > 0 && !words.same.has(word) ? word : termOf(one, words);
      // "Name of the server" is no name server.
      if (!term) before = '';
      if (!term) continue;
      terms.push(term);
      const joined = before && words.joined.get(`${before} ${term}`);
      if (joined && joined !== term && joined !== before) terms.push(joined);
      before = term;
    }
  }
  return terms;
}

/** How many words after a negation it reaches: "does not seem to report". */
const reachOfNot = 4;

/** Reads the words of a text one by one, and tells which of them stand behind a negation. */
export class Denial {
  private readonly words: Words;
  private left = 0;

  constructor(words: Words) {
    this.words = words;
  }

  /** What the next word means behind a negation; nothing where none reaches it. */
  next(word: string): readonly string[] {
    const { words } = this;
    if (words.negation.has(word)) {
      this.begin();
      return [];
    }
    const isDenied = this.left > 0;
    if (termOf(word, words)) this.left--;
    return isDenied ? (words.not.get(words.same.get(word) ?? stem(word)) ?? []) : [];
  }

  /** The last word was one, misspelt. */
  begin(): void {
    this.left = reachOfNot;
  }
}

/** What words mean after a negation: "does not start". Names that deny something are found by whoever denies it, too. */
export function deniedIn(text: string, words: Words): string[] {
  const denial = new Denial(words);
  return tokens(text).flatMap(({ word }) => denial.next(word));
}
