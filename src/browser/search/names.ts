/** Ranks the table of names for what a person types: plain TypeScript, the same on the site, in a folder and in one file. */

import MiniSearch from 'minisearch';
import { distance } from '../../engine/distance.ts';
import { Denial, deniedIn, readWords, termOf, termsOf, tokens, unhyphened, type WordLists } from './terms.ts';

export type RowKind =
  | 'end'
  | 'problem'
  | 'guide'
  | 'procedure'
  | 'message'
  | 'report'
  | 'trace'
  | 'option'
  | 'check'
  | 'question'
  | 'page';

/** One page, or one place on a page, and the words by which it is asked for. */
export interface Row {
  /** Below the site's root. */
  path: string;
  kind: RowKind;
  title: string;
  /** What is shown below the title. */
  note: string;
  /** Where it belongs: a step, a section, a side and an id. */
  place?: string;
  severity?: string;
  /** Other names. */
  names?: string;
  /** Lines as they are printed. */
  lines?: string;
  /** Terms of the page's further text, each once, parted by blanks. */
  text?: string;
  /** The problem that this line proves. */
  proves?: string;
  /** One of its places holds marks such as C-------TS. */
  marks?: true;
}

export interface NamesTable {
  rows: Row[];
  words: WordLists;
  /** Paths of the problems that an empty field shows. */
  common: string[];
}

export interface Found {
  row: Row;
  score: number;
  /** Where the words stand: in what a page is called, or only in its text. */
  inText: boolean;
}

export interface Answer {
  /** Best first. */
  found: Found[];
  /** Words as typed that stand nowhere, and were left out. */
  unknown: string[];
  /** The terms that were looked for. */
  terms: ReadonlySet<string>;
  /** The message whose own words these are, or the option that the line sets. */
  exact?: Row;
}

export interface Names {
  find(query: string): Answer;
  /** A text in parts; `hit` where a word of the query stands. */
  marks(text: string, answer: Answer): { text: string; hit: boolean }[];
  row(path: string): Row | undefined;
}

/** Whoever searches is in trouble: pages that fix come before pages that explain a line. */
const usual: Record<RowKind, number> = {
  problem: 1.6,
  procedure: 1.1,
  guide: 1,
  end: 1,
  message: 0.9,
  option: 0.8,
  report: 0.75,
  check: 0.5,
  question: 0.5,
  page: 0.7,
  trace: 0.35,
};

const boost = { title: 5, names: 4, lines: 1.5, note: 2, text: 0.6 };
type Field = keyof typeof boost;
const fields = Object.keys(boost) as Field[];

/** What somebody wants to be done to an option; no page is told by it. */
const change = /^\W*(?:change|increase|raise|lower|reduce|(?:turn|switch) (?:on|off))\s+(?=\S)/i;

/** Words by which somebody asks for an option; they are on the pages of many, and tell none. */
const optionWords =
  /(?<![-\w])(?:configure )?(?:options?|settings?|parameters?|directives?|switch|flags?|keywords?)(?![-\w])/gi;

/** "Is it normal that …": what follows is what is seen, and these words tell no page. */
const wonders =
  /^\W*(?:is|was|are|would|should) (?:it|this|that|there)(?: be)? (?:a |an |any |really |still |quite )?(?:normal|ok|okay|fine|expected|usual|harmless|bad|dangerous|alright|correct|intended|problem|bug|reason|worry|concern)s?(?: behaviou?r)?(?: (?:that|if|when|for|to|have|with)\b)?/i;

/** The many ways to write the exit status of a program before its number: rc=3, exited with code 3, $? = 3. */
const exitStatus =
  /(?:\b(?:rc|ret|retval|retcode|errorlevel|(?:exit|return)(?:s|ed)?(?: with)?(?: code| status| value)?)|\$\?)\s{0,9}(?:[=:]{1,2}|is|was)?\s{0,9}(?=\d)/gi;

/** The same said at the end: "…, is that dangerous?" */
const wondersAfter =
  /(?:[,;.:?!]|\s-)\s*(?:and )?(?:is|was|are|should) (?:it|this|that|these|they|i)(?: be| an?| any)?(?: really| still)? (?:normal|ok|okay|fine|expected|usual|harmless|bad|dangerous|correct|intended|problem|bug|attack|worried|concerned|alarmed)\W*$/i;

/** That all is well: whoever says so wonders about a line. */
const allIsWell =
  /\b(?:nothing (?:is|seems|looks) (?:broken|wrong|affected|lost|missing)|(?:everything|all)(?: else)? (?:still )?(?:works?(?: fine| well)?|is (?:fine|ok|okay|good|green|up|working)|runs(?: fine| well)?))\b/i;

/** A query without the words that only say that something is to be changed, that it is an option, or is wondered at. */
const reduced = (query: string): string => {
  const left = query
    .replace(change, '')
    .replace(optionWords, '')
    .replace(wonders, '')
    .replace(wondersAfter, '')
    .replace(allIsWell, '');
  return /[\p{L}\p{N}]{3}/u.test(left) ? left : query;
};

/** Its words in small letters, with one blank between them. */
const plainWords = (text: string): string =>
  tokens(text)
    .map(({ word }) => word)
    .join(' ');

/** Whether a name stands in what was typed, word for word and in order; of a longer one two words may come between. */
function saidAs(typed: readonly string[], name: string): boolean {
  const said = name.split(' ');
  const between = said.length > 2 ? 2 : 0;
  return typed.some((word, start) => {
    if (word !== said[0]) return false;
    let next = 0;
    for (const one of typed.slice(start, start + said.length + between)) if (one === said[next]) next++;
    return next === said.length;
  });
}

/** A part of a record asks for messages, a line of a configuration for options. */
function rankOfKinds(query: string): Record<RowKind, number> {
  if (/\b[a-z_]{2,}=[<"]|>, [a-z_]+=/.test(query)) return { ...usual, message: 1.6, report: 1.2 };
  if (/^\s*-{0,2}[A-Za-z][\w-]*\s*=|^\s*--?[a-z]/.test(query)) return { ...usual, option: 2 };
  // Who wants to change something asks for the option that does.
  if (change.test(query)) return { ...usual, problem: 0.9, procedure: 1.2, option: 2.5 };
  if (/^\W*(?:set|disable|enable|limit|specify|choose)\s/i.test(query))
    return { ...usual, problem: 1.1, procedure: 1.3, option: 1.5 };
  if (query.replace(optionWords, '') !== query) return { ...usual, problem: 1.1, option: 2.5 };
  if (wonders.test(query)) return { ...usual, end: 2.2, problem: 1.3, guide: 1.2 };
  if (wondersAfter.test(query) || allIsWell.test(query)) return { ...usual, end: 1.8 };
  // Who asks how to do something is not in trouble yet, who asks what something means has it before the eyes.
  if (/^\W*(?:how\b(?! come)|where\b|which\b|(?:can|may|do|must|should) (?:i|we|you)\b|is (?:it|there)\b)/i.test(query))
    return { ...usual, problem: 1.3, procedure: 1.7, guide: 1.4, option: 1.1 };
  if (/\bmean(?:s|ing)?\b/i.test(query)) return { ...usual, message: 1.4, report: 1.3, trace: 0.6 };
  if (/\b(?:reported|reports|detected|flagged|finds|found|appeared)\b/i.test(query)) return { ...usual, report: 1.3 };
  return usual;
}

/** Who asks where something is has no trouble with it. */
const asksWhere = /^\W*(?:where(?! from)\b|in which (?:file|directory|folder)\b|which (?:path|directory|folder)\b)/i;

/** What a name that does not ask for a place counts in a question that does. */
const elsewhere = 0.7;

/** Places of which each stands for something, a letter where it changed. */
const placesOfMarks = /(?:^|\s)(?=\S*--)(?=\S*[A-Z])[A-Z-]{4,32}(?=[\s>"]|$)/;

/** What is found through a word for it counts less than what is named; a word that names no page is said aside. */
const weights = { itself: 1, part: 0.5, alone: 0.9, means: 0.6, not: 0.8, weak: 0.35, aside: 0.4, works: 0.15 };

/** "ssh works, but …": what works is only said to set it apart from what does not. */
const worksBut =
  /^(.{3,200}?\b(?:works?|working|fine|ok|okay|good|possible|succeeds?|(?:is|are) (?:up|running|open|alive|reachable))\b.{0,60}?)\b(?:but|yet|however|still|only)\b/i;

/** "…, inside the network all is ok": the same said last. @returns the query without it */
function withoutWorking(query: string): string {
  const clauses = query.split(/[,;.]/).filter((clause) => /\w/.test(clause));
  const last = clauses.at(-1) ?? '';
  const words = last.toLowerCase().match(/[a-z]+/g) ?? [];
  const works =
    clauses.length > 1 &&
    words.length < 15 &&
    words.slice(-4, -1).some((word) => /^(?:works?|is|are)$/.test(word)) &&
    /^(?:works?|fine|ok|okay|good|possible)$/.test(words.at(-1) ?? '');
  return works ? query.slice(0, query.lastIndexOf(last)) : query;
}

/** A row that has few of the words keeps this share of its score; the rest grows with what it has. */
const floor = 0.1;
const power = 2;

/** Less than this for several words, or for guesses and what is left beside words that nobody knows, is no answer: of 1,600 recorded queries none loses a right page by it. */
const leastScore = { several: 8, guessed: 60 };

/** What a further place of the same page counts. */
const again = 0.6;

/** A share of the words, by what they tell. */
const nearlyAll = 0.6;

/** What a name counts that means all that was typed, one that means a part of it or more, and one that is it word for word. */
const asName = 2.5;
const inName = 1.8;
const toTheLetter = 1.6;

/** What it adds at most that one of its names is alike: has nearly all the words that were typed, and few others. */
const asAlike = 8;

/** What a row has at least, as a share of the best one's score, if a name of it is said word for word. */
const leastCalled = 0.9;

/** A hit with less than this share of the best one's score says nothing; the first few are seen at a glance, and need less. */
const leastShare = 0.22;
const leastShareOfFirst = 0.025;

/** A word as typed, with all terms that may stand for it. */
interface Asked {
  word: string;
  terms: Map<string, number>;
  /** It stands on the site as it was typed. */
  sure: boolean;
  /** How much it tells, from how few rows have it. */
  worth: number;
}

/** 4.4.3, 2.6: no address has so few parts. */
const numberOfVersion = /^\d{1,2}(?:\.\d{1,2}){1,2}$/;

/** A full host name (three parts and more, none a bare number) or an IPv4 address. */
const nameOfHost = /^(?!.*(?:^|\.)\d+(?:\.|$))[\p{L}\d-]+(?:\.[\p{L}\d-]+){2,}$|^\d{1,3}(?:\.\d{1,3}){3}$/u;

/** A word with all that belongs to it: dots, hyphens and underscores. */
const wholeWord = /[\p{L}\d_.-]+/gu;

/** Nobody types more than this; of a pasted log the rest tells no page. */
const mostRead = 1000;

/** Its letters, in the order of the alphabet. */
const sorted = (word: string): string => [...word].sort().join('');

/** How many letters may be wrong in a word of this length. */
const mistakes = (word: string): number => (word.length < 4 ? 0 : word.length < 6 ? 1 : word.length < 10 ? 2 : 3);

/** The index of all rows, ready to be asked. */
export function createNames(table: NamesTable): Names {
  const making = index(table);
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
  }
}

/** How long the page waits for it at a time, in milliseconds: a phone takes some six times as long. */
const turn = 8;

/** The same, made in turns, between which the page can do something else. */
export async function createNamesInTurns(table: NamesTable): Promise<Names> {
  const making = index(table);
  let begun = performance.now();
  for (;;) {
    const { done, value } = making.next();
    if (done) return value;
    if (performance.now() - begun < turn) continue;
    await new Promise((go) => setTimeout(go));
    begun = performance.now();
  }
}

/** Makes the index, and can be left after each row. */
function* index({ rows, words: lists }: NamesTable): Generator<void, Names, void> {
  const words = readWords(lists);
  const df = new Map<string, number>();
  /** Terms that stand in more than a page's further text. */
  const telling = new Set<string>();
  const surface = new Set<string>();
  /** Names of several parts, in small letters: setlooptime. */
  const named = new Set<string>();
  const phrases: { title: string; names: string[]; said: string[]; written: Set<string> }[] = [];
  /** Of each row, the terms of its title and of its other names, without those that are a word such as "client". */
  const termsOfNames: ReadonlySet<string>[][] = [];
  /** Those of them that ask where something is. */
  const ofPlaces = new Set<ReadonlySet<string>>();
  const rowIndex = new MiniSearch<Record<Field, string> & { id: number }>({
    fields,
    tokenize: (text) => text.split(' '),
    processTerm: (term) => term || null,
  });
  for (const [id, row] of rows.entries()) {
    const title = termsOf(row.title, words);
    const written = (row.names ?? '').split(', ');
    const names = written.map((name) => termsOf(name, words));
    const told = names.filter((terms) => terms.length > 1 || terms.some((term) => !words.weak.has(term)));
    const denied = written.map((name) => deniedIn(name, words));
    const sets = [title, ...told].map((terms) => new Set([...terms, ...(denied[names.indexOf(terms)] ?? [])]));
    termsOfNames.push(sets);
    for (const [i, name] of written.entries())
      if (asksWhere.test(name)) {
        const set = sets[1 + told.indexOf(names[i] ?? [])];
        if (set) ofPlaces.add(set);
      }
    phrases.push({
      title: title.join(' '),
      names: names.map((terms) => terms.join(' ')).filter(Boolean),
      said: saidIn(row),
      written: new Set([row.title, ...written].map(plainWords).filter(Boolean)),
    });
    const terms: Record<Field, string[]> = {
      title,
      names: [...names, ...denied].flat(),
      note: termsOf(row.note, words),
      lines: termsOf(row.lines ?? '', words),
      text: row.text?.split(' ') ?? [],
    };
    for (const term of [...title, ...terms.names, ...terms.note]) telling.add(term);
    for (const term of new Set(fields.flatMap((field) => terms[field]))) df.set(term, (df.get(term) ?? 0) + 1);
    for (const text of [row.title, row.names ?? '', row.note])
      for (const { word, parts } of tokens(text)) {
        surface.add(word);
        if (parts.length > 0 && !words.same.has(word)) named.add(word);
      }
    const joined = fields.map((field) => [field, terms[field].join(' ')]);
    rowIndex.add({ id, ...(Object.fromEntries(joined) as Record<Field, string>) });
    yield;
  }
  const idf = (term: string): number => Math.log(1 + rows.length / (df.get(term) ?? rows.length));
  const worths = new Map<string, number>();
  /** How much a term of a name tells. */
  const worthOf = (term: string): number => {
    const known = worths.get(term);
    if (known !== undefined) return known;
    const worth = idf(term) * (words.weak.has(term) ? weights.weak : 1);
    worths.set(term, worth);
    return worth;
  };
  /** Words as they are written right, with which a misspelt one is compared. */
  const written = [
    ...new Set([
      ...surface,
      ...words.same.keys(),
      ...words.means.keys(),
      ...words.parts.keys(),
      ...words.skip,
      ...df.keys(),
    ]),
  ].filter((word) => word.length > 2);

  /** Names that consist mostly of words that say nothing by themselves, as they are written: "how many clients". */
  function saidIn({ names = '' }: Row): string[] {
    return names.split(', ').flatMap((name) => {
      const said = plainWords(name);
      const all = said.split(' ');
      return all.length > 1 && all.some((word) => words.skip.has(word)) ? [said] : [];
    });
  }

  /** Whether a name of several terms tells a page from others: "server log" does not. */
  const tells = (name: string): boolean => name.includes(' ') && name.split(' ').some((term) => !words.weak.has(term));

  /** A host or an address that is on no page, and is no file of a host such as rc.HOST. */
  const isForeignHost = (word: string): boolean => {
    if (!nameOfHost.test(word) || surface.has(word) || df.has(word)) return false;
    const first = `${word.split('.')[0]}.`;
    return /^\d/.test(word) || ![...surface].some((one) => one.startsWith(first));
  };

  /** The terms that a word of the site stands for, and how well. */
  function standsFor(word: string, parts: readonly string[]): Map<string, number> {
    const terms = new Map<string, number>();
    const put = (term: string, weight: number) => {
      if (df.has(term)) terms.set(term, Math.max(terms.get(term) ?? 0, weight));
    };
    // A name such as SetLoopTime is in the index as it is written, and is found in small letters too.
    put(named.has(word) || (parts.length > 0 && df.has(word)) ? word : termOf(word, words), weights.itself);
    for (const whole of unhyphened(word)) put(termOf(whole, words), weights.itself);
    for (const part of words.parts.get(word) ?? parts)
      put(termOf(part, words), terms.size > 0 ? weights.part : weights.alone);
    // Who types a number of a version asks about versions, whichever it is.
    if (numberOfVersion.test(word)) put(termOf('version', words), weights.alone);
    // A word that is on no page stands for the others alone.
    const means = terms.size > 0 ? weights.means : weights.alone;
    for (const key of [word, ...parts]) for (const term of words.means.get(key) ?? []) put(term, means);
    return terms;
  }

  /** The terms of the words that were probably meant by one that stands nowhere; and the likeliest of these words. */
  function meant(word: string): { terms: Map<string, number>; likely?: string } {
    const terms = new Map<string, number>();
    const put = (other: string, weight: number) => {
      for (const [term, one] of standsFor(other, [])) terms.set(term, Math.max(terms.get(term) ?? 0, weight * one));
    };
    // A name such as getpwnam_r is right or wrong, but SetLokfilePath is not a word.
    if (!/^[\p{L}_.-]+$/u.test(word) || word.length < 3) return { terms };
    const begun = written.filter((one) => one.startsWith(word));
    for (const one of begun.slice(0, 12)) put(one, one.length - word.length < 3 ? 0.8 : 0.6);
    if (begun.length > 0) return { terms, likely: begun[0] };
    const most = mistakes(word);
    let nearest: string[] = [];
    let least = most + 1;
    for (const one of written) {
      const far = distance(word, one, Math.min(least, most));
      if (far < least) [nearest, least] = [[one], far];
      else if (far === least && far <= most) nearest.push(one);
    }
    // Two words written as one are a better guess than two wrong letters, and a worse one than a single one: missmatch.
    for (let cut = 3; least > 1 && cut <= word.length - 3; cut++) {
      const halves = [word.slice(0, cut), word.slice(cut)];
      if (!halves.every((half) => df.has(termOf(half, words)))) continue;
      for (const half of halves) put(half, 0.7);
      return { terms };
    }
    // The first letter is seldom the wrong one, and who searches names something: "realy" is "relay".
    const same = nearest.filter((one) => one[0] === word[0]);
    // Two letters the wrong way round are the commonest slip: "strat" is "start", and not "stray".
    const letters = sorted(word);
    const turned = same.filter((one) => sorted(one) === letters);
    // Of a short word with another first letter too little is left.
    const likely = [turned, same, word.length < 5 ? [] : nearest].find((some) => some.length > 0) ?? [];
    // "Dosnt" denies what follows, and names nothing.
    const denial = likely.find((one) => words.negation.has(one) && words.skip.has(one));
    if (denial) return { terms, likely: denial };
    const telling = likely.filter((one) => !words.skip.has(one));
    const taken = (telling.length > 0 ? telling : likely).slice(0, 6);
    for (const one of taken) put(one, 0.9 * (1 - least / word.length));
    return { terms, likely: taken[0] };
  }

  function ask(text: string): { asked: Asked[]; unknown: string[]; phrase: string; spelled: string } {
    const asked: Asked[] = [];
    const unknown: string[] = [];
    // What the parts of somebody's host mean by themselves is no answer: web1.prod.example.com.
    const query = text.replace(wholeWord, (word) => {
      // (The full stop of a sentence is no part of it.)
      const host = word.endsWith('.') ? word.slice(0, -1) : word;
      if (!isForeignHost(host.toLowerCase())) return word;
      unknown.push(host);
      return ' ';
    });
    const said = new Set<string>();
    /** Misspelt words, and the terms that they were taken for. */
    const read = new Map<string, string>();
    const spelled = new Map<string, string>();
    const works = tokens(worksBut.exec(query)?.[1] ?? '').length;
    const wellFrom = tokens(withoutWorking(query)).length;
    const denial = new Denial(words);
    for (const [place, { word, parts }] of tokens(query).entries()) {
      const denied = denial.next(word);
      if (said.has(word)) continue;
      said.add(word);
      const terms = standsFor(word, parts);
      // "Does not report": asked for by what it means, even if the word by itself says nothing.
      for (const term of denied) if (df.has(term)) terms.set(term, Math.max(terms.get(term) ?? 0, weights.not));
      const sure = terms.size > 0;
      // A misspelt SetLokfilePath has parts that are right.
      if ((terms.size === 0 || (parts.length > 0 && !df.has(word))) && termOf(word, words)) {
        const wrong = parts.filter((part) => termOf(part, words) && standsFor(part, []).size === 0);
        const whole = meant(word);
        if (whole.likely) spelled.set(word, whole.likely);
        if (words.negation.has(whole.likely ?? '')) denial.begin();
        const guesses = [
          ...(whole.terms.size > 0 ? whole.terms : wrong.flatMap((part) => [...meant(part).terms])),
        ].sort(([, a], [, b]) => b - a);
        for (const [term, weight] of guesses) terms.set(term, Math.max(terms.get(term) ?? 0, weight));
        if (guesses[0]) read.set(termOf(word, words), guesses[0][0]);
        // A misspelt "which" is not unknown; it says as little as the right one, and as the numbers of a clock.
        if (terms.size === 0 && /\p{L}/u.test(word) && !words.skip.has(whole.likely ?? '')) unknown.push(word);
      }
      if (terms.size === 0) continue;
      const worths = [...terms].map(([term, weight]) => weight * idf(term) * (telling.has(term) ? 1 : weights.aside));
      // A weak word that means another one after a negation is as strong as that one.
      const weak = words.weak.has(termOf(word, words)) && terms.size < 2;
      const factor = (weak ? weights.weak : 1) * (place < works || place >= wellFrom ? weights.works : 1);
      asked.push({ word, terms, sure, worth: Math.max(...worths) * factor });
    }
    const typed = termsOf(query, words).map((term) => read.get(term) ?? term);
    // What two words are together, such as "log file" or "left over".
    const single = new Set(asked.flatMap(({ terms }) => [...terms.keys()]));
    for (const [i, term] of typed.entries()) {
      const joined = words.joined.get(`${typed[i - 1] ?? ''} ${term}`) ?? term;
      if (single.has(joined) || !df.has(joined)) continue;
      single.add(joined);
      asked.push({ word: joined, terms: new Map([[joined, 1]]), sure: true, worth: idf(joined) });
    }
    const right = tokens(query).map(({ word }) => spelled.get(word) ?? word);
    return { asked, unknown, phrase: typed.join(' '), spelled: right.join(' ') };
  }

  function find(text: string): Answer {
    const query = text.slice(0, mostRead).replace(exitStatus, 'exit status ');
    const kinds = rankOfKinds(query);
    const where = asksWhere.test(query);
    const { asked, unknown, phrase, spelled } = ask(reduced(query));
    const weightOf = new Map<string, number>();
    for (const { terms, worth } of asked) {
      const strongest = Math.max(...[...terms.keys()].map((term) => idf(term)));
      for (const [term, weight] of terms)
        weightOf.set(term, Math.max(weightOf.get(term) ?? 0, (weight * worth) / Math.max(strongest, 0.1)));
    }
    const looked = new Set(weightOf.keys());
    const exact = optionsTyped(query, spelled) ?? ownWords(query, unknown.length === 0 ? phrase : '') ?? quoted(query);
    // Nothing but small words, which may be what a page is called all the same: what is samhain?
    if (looked.size === 0) {
      const typed = spelled.split(' ');
      const found = rows.filter((_, i) => phrases[i]?.said.some((name) => saidAs(typed, name)));
      return { found: found.map((row) => ({ row, score: 1, inText: false })), unknown, terms: looked, exact };
    }
    const total = asked.reduce((sum, { worth }) => sum + worth, 0);
    const results = rowIndex.search([...weightOf.keys()].join(' '), {
      boost,
      tokenize: (text) => text.split(' '),
      prefix: false,
      fuzzy: false,
      // A page that has many other names is no worse for it.
      bm25: { k: 1.2, b: 0.7, d: 0.5 },
      boostTerm: (term) => weightOf.get(term) ?? 1,
    });
    // As it was meant: "wich clients are conected" says a name word for word, too.
    const typedWords = spelled.split(' ');
    /** Rows that have nearly all the words that stand anywhere. */
    const complete = new Set<Row>();
    /** Rows of which a name is in the query word for word. */
    const called = new Set<Row>();
    /** How alike a name is to what was typed, in whatever order: from the share of the words, and of the name, that both have. */
    const alike = (name: ReadonlySet<string>): number => {
      let both = 0;
      for (const term of name) if (looked.has(term)) both += worthOf(term);
      // Nearly all names have no word of the query.
      if (both === 0) return 0;
      let all = 0;
      for (const term of name) all += worthOf(term);
      let meant = 0;
      for (const { terms, worth } of asked) {
        let best = 0;
        for (const [term, weight] of terms) if (weight > best && name.has(term)) best = weight;
        meant += best * worth;
      }
      const [ofQuery, ofName] = [meant / total, both / all];
      return (2 * ofQuery * ofName) / (ofQuery + ofName);
    };
    const found = results.map(({ id, score, match }): Found => {
      const row = rows[id as number] as Row;
      const has = (term: string) => match[term];
      let covered = 0;
      let named = false;
      for (const { terms, worth } of asked) {
        let best = 0;
        for (const [term, weight] of terms) {
          const where = has(term);
          if (!where) continue;
          const only = where.every((field) => field === 'text');
          if (!only) named = true;
          best = Math.max(best, weight * (only ? 0.6 : 1));
        }
        covered += best * worth;
      }
      if (covered / total > nearlyAll) complete.add(row);
      const { title, names, said, written } = phrases[id as number] as (typeof phrases)[number];
      let factor = floor + (1 - floor) * (covered / total) ** power;
      let nearest = 0;
      for (const one of termsOfNames[id as number] ?? []) {
        const near = alike(one);
        nearest = Math.max(nearest, where && !ofPlaces.has(one) ? near * elsewhere : near);
      }
      factor *= 1 + asAlike * nearest ** 2;
      const word = said.some((name) => saidAs(typedWords, name));
      const whole = ` ${phrase} `;
      const several = phrase.includes(' ');
      if (title === phrase || names.includes(phrase)) factor *= asName;
      else if (several && [title, ...names].some((name) => ` ${name} `.includes(whole))) factor *= inName;
      else if (word) factor *= asName;
      else if (names.some((name) => tells(name) && whole.includes(` ${name} `))) factor *= inName;
      // Of several that mean it, the one that is called so to the letter.
      if (written.has(spelled) || (word && names.includes(phrase))) factor *= toTheLetter;
      if (word) called.add(row);
      return { row, score: score * factor * kinds[row.kind], inText: !named };
    });
    found.sort((a, b) => b.score - a.score);
    // Who says a name word for word wants to see it, among whatever else the other words find.
    for (const one of found)
      if (called.has(one.row)) one.score = Math.max(one.score, leastCalled * (found[0]?.score ?? 0));
    found.sort((a, b) => b.score - a.score);
    // Of the many texts of one message the best stands for the others.
    const shown = new Set<string>();
    for (const one of found) {
      const page = one.row.path.split('/').slice(0, 3).join('/');
      if (!one.row.path.startsWith('/options') && shown.has(page)) one.score *= again;
      shown.add(page);
    }
    found.sort((a, b) => b.score - a.score);
    const [first] = found;
    // Of half the words nobody knows anything, and the rest stands only somewhere in a text: a list would be senseless.
    const senseless =
      !first ||
      (unknown.length >= asked.length &&
        asked.every(({ terms }) => [...terms.keys()].every((term) => words.weak.has(term)))) ||
      (unknown.length >= asked.length &&
        (first.inText || !complete.has(first.row) || asked.some(({ sure }) => !sure))) ||
      (asked.length > 1 && first.score < leastScore.several) ||
      ((unknown.length > 0 || asked.every(({ sure }) => !sure)) && first.score < leastScore.guessed);
    const least = (place: number): number =>
      senseless ? Number.POSITIVE_INFINITY : first.score * (place < 3 ? leastShareOfFirst : leastShare);
    return {
      found: found.filter(({ score }, place) => score >= least(place)),
      unknown,
      terms: looked,
      exact,
    };
  }

  /**
   * The option of a command line that is nothing but a program and its options, `yule -j -L FILE`; or the one of which this
   * is the name, with a letter wrong.
   */
  function optionsTyped(query: string, spelled: string): Row | undefined {
    const typed = query.trim().split(/\s+/);
    const option = (is: (title: string) => boolean) => rows.find(({ kind, title }) => kind === 'option' && is(title));
    // Misspelt: written right it has been found by its own words.
    const [name = ''] = spelled.split(' ');
    if (/^\w{6,}(?:=\S*)?$/.test(query.trim())) return option((title) => title.toLowerCase() === name);
    const first = typed[0]?.startsWith('-') ? 0 : 1;
    const belongs = typed.every(
      (word, i) => i < first || word.startsWith('-') || (i > first && /^-[^=]*$/.test(typed[i - 1] ?? '')),
    );
    if (!belongs || typed.length > 20) return undefined;
    const names = typed.filter((word) => word.startsWith('-')).map((word) => word.split('=')[0] ?? '');
    for (const one of names) {
      const row = option((title) => title.split(', ').includes(one));
      if (row) return row;
    }
    return undefined;
  }

  /** The message that a question quotes: why is the log full of "New connection" lines? */
  function quoted(query: string): Row | undefined {
    const line = /["“„]([^"“”„]{4,200})["”“]/.exec(query)?.[1];
    return line ? ownWords(line, termsOf(line, words).join(' ')) : undefined;
  }

  /**
   * The option that a line of a configuration sets; else, of the messages and texts whose words begin or end with these,
   * the one that says most: `Session key mismatch`.
   */
  function ownWords(query: string, phrase: string): Row | undefined {
    const set = /^\s*(?:(\w+)\s*=[^<"]*|(--?[a-z][\w-]*)(?:[\s=].{0,60})?)$/i.exec(query);
    const name = (set?.[1] ?? set?.[2])?.toLowerCase();
    const called = (title: string) => title.toLowerCase().split(/,? (?=-)|$/);
    const option = name && rows.find(({ kind, title }) => kind === 'option' && called(title).includes(name));
    if (option) return option;
    if (placesOfMarks.test(query)) return rows.find(({ marks }) => marks);
    // Of a question only a part are words of a message, and one word is no quotation, even where it stands for two.
    const said = tokens(query).filter(({ word }) => termOf(word, words));
    if (!phrase || said.length < 2 || tokens(query).length - said.length > said.length) return undefined;
    const like = rows.flatMap((row, i) => {
      const title = phrases[i]?.title ?? '';
      const fits = title === phrase || title.endsWith(` ${phrase}`) || title.startsWith(`${phrase} `);
      return (row.kind === 'message' || row.kind === 'report') && fits ? [{ row, whole: title === phrase }] : [];
    });
    return (like.find(({ whole }) => whole) ?? like.find(({ row }) => row.proves) ?? like[0])?.row;
  }

  function marks(text: string, { terms }: Answer): { text: string; hit: boolean }[] {
    const parts: { text: string; hit: boolean }[] = [];
    for (const piece of text.split(/([\p{L}\p{N}][\p{L}\p{N}_.-]*)/u)) {
      const [token] = tokens(piece);
      const hit = token ? [token.word, ...token.parts].some((word) => terms.has(termOf(word, words))) : false;
      const last = parts.at(-1);
      if (last && last.hit === hit) last.text += piece;
      else if (piece) parts.push({ text: piece, hit });
    }
    return parts;
  }

  const byPath = new Map(rows.map((row) => [row.path, row]));
  return { find, marks, row: (path) => byPath.get(path) };
}

/** The rows of the commonest problems; no index is needed for them. */
export const commonOf = ({ rows, common }: NamesTable): Row[] =>
  common.flatMap((path) => rows.find((row) => row.path === path) ?? []);
