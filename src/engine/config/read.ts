/** Reads yulerc and samhainrc as samhain does: text to entries, each with the facts that the rules ask for. Pure. */

import { distance } from '../distance.ts';
import { expression } from './expression.ts';
import type { Build, Entry, FileFacts, Grammar, OptionFact, Settings } from './types.ts';
import { isTemplate, nameFacts, valueFacts } from './values.ts';

/** Samhain cuts a line here and reads the rest as another; and where 2.6 did. */
const LINE = 16381;
const OLD_LINE = 511;
const MAX_LINES = 100_000;
const MAX_SIZE = 8_000_000;
/** White space as C's isspace has it. */
const SPACE = ' \t\v\f\r';
const COMMENT = /^(?:[#;]|\/\/)/;
const HEX_LINE = /^[0-9A-Fa-f \t@\\=>]{4,}$/;
/** Salt and verifier. */
const ENTRY = /@[0-9A-Fa-f]{8,32}@[0-9A-Fa-f]{40}/;
const HAS_HEX = /[0-9A-Fa-f]{4}/;
const END = /^[@$]\s{0,99}(?:end|fi)(?:\s|$)/i;
/** What looks like an end and is none. */
const BAD_END = /^(?:end[_-]?(?:if|host|system)\b|(?:end|fi)[^\w\s.-])/i;
const ELSE = /^@\s{0,99}else(?:\s|$)/i;
const ARMOR = /^(?:-----BEGIN PGP SIGNED|Hash:)/;
/** What a program with GnuPG takes for the end of what counts; any other reads it line by line, and refuses each. */
const SIGNATURE = /^-----(BEGIN|END) PGP SIGNATURE-----/;
/** So many conditions are compared with so many names. */
const MAX_CONDITIONS = 300;
/** Characters of a condition. */
const MAX_CONDITION = 300;
const MAX_NAMES = 1000;
/** First parts of names that nobody chose: what matches these as well means no one host. */
const ANYBODY = ['x', 'zq9k'];

interface Block {
  entry: Entry;
  /** The expression after @, if it is one about the host. */
  matches?: ((name: string) => boolean) | undefined;
  /** Its last line. */
  until?: number;
  section: string | undefined;
  known: boolean;
  /** undefined: cannot be known. */
  holds: boolean | undefined;
}

/** Reads a file as its program does. Never throws on any text. */
export function readSettings(
  given: string,
  grammar: Grammar,
  builds: readonly Build[],
  { host, copied = false, part, mark }: FileFacts = {},
): Settings {
  const text = mark === 'utf-8' && !given.startsWith('\uFEFF') ? `\uFEFF${given}` : given;
  const { lines, ended, all } = physicalLines(text.slice(0, MAX_SIZE));
  // A few lines out of a file: the headings stand above them.
  let fragment = copied && (part === 'end' || part === 'lines' || !lines.some((line) => trim(line).startsWith('[')));
  const complete = text.length <= MAX_SIZE && all && !fragment && part !== 'beginning';
  const lowered = grammar.options.map((option) => ({ option, name: option.name.toLowerCase() }));
  const byWord = new Map<string, OptionFact[]>();
  const entries: Entry[] = [];
  const modules: Settings['modules'] = [];
  const blocks: Block[] = [];
  const conditions: Block[] = [];
  const rests: number[] = [];
  const long: number[] = [];
  const counts = new Map<string, number>();
  const keys = new Map<string, Entry>();
  const firsts = new Map<string, number>();
  const tokens = new Map<string, string>();
  let section: string | undefined;
  let other: string | undefined;
  let known = false;
  let seen = false;
  let end = false;
  let marked = false;
  if (fragment) [seen, known] = [true, true];
  const alone = builds.length === 1 && builds[0] === 'stand-alone';
  /** Clients that a line is written for, whether it is read or not. */
  const named = new Set<string>();
  let previous: Entry | undefined;
  let guarded = false;
  /** In a signature: no line of it is a setting for any program. */
  let signature = false;
  let falseBlocks = 0;
  /** So many of the open blocks are followed by a wrong end. */
  let wrongly = 0;
  let guesses = 0;
  let run: { kind: string; entry: Entry } | undefined;
  /** The line under an unknown heading, and the last line without an end. */
  let lost: Entry | undefined;
  let last: string | undefined;

  const find = (word: string): OptionFact[] => {
    let found = byWord.get(word);
    if (!found) {
      if (byWord.size > 2000) byWord.clear();
      found = lowered.filter(({ name }) => word.startsWith(name)).map(({ option }) => option);
      byWord.set(word, found);
    }
    return found;
  };
  const best = (word: string): OptionFact | undefined => longest(find(word));
  const add = (line: number, facts: Entry['facts']): Entry => {
    const entry = { line, facts };
    entries.push(entry);
    return entry;
  };
  /** A line that is not read: only what would count were it read, and of its neighbors the first, with the names in all. */
  const skip = (line: number, reason: string, raw: string): void => {
    const option = best(wordOf(raw));
    const equals = raw.includes('=');
    if (!(raw.startsWith('[') || (option && (equals || option.bare)))) return;
    const kind = `${reason} ${option?.value ?? ''} ${option?.builds.join() ?? ''}`;
    const name = option?.value === 'client' ? nameIn(raw) : undefined;
    if (!reason.startsWith('lost') && run?.kind === kind) {
      about(run.entry, name);
      return;
    }
    const entry = add(line, {
      what: 'skipped',
      reason,
      option: option?.name,
      heading: raw.startsWith('['),
      here: option?.builds.some((b) => builds.includes(b)) ?? false,
      client: option?.value === 'client' && (raw.match(/@/g)?.length ?? 0) > 1,
    });
    about(entry, name);
    run = { kind, entry };
  };

  if (mark === 'utf-16' || (text.includes('\0') && /^(?:\uFEFF|\uFFFD|.?\0.\0)/.test(text)))
    return {
      builds,
      entries: [{ line: 1, facts: { what: 'file', encoding: 'utf-16' } }],
      modules,
      rests,
      named,
      complete,
    };
  if (!text.includes('\n') && /\r[^\r]/.test(text)) add(1, { what: 'file', encoding: 'cr-only' });

  for (let i = 0; i < lines.length; i += 1) {
    const number = i + 1;
    const full = lines[i] ?? '';
    const line = trim(full);
    if (full.length > OLD_LINE && !end) long.push(number);
    if (i === 0 && line.startsWith('\uFEFF')) {
      const rest = line.slice(1).trim();
      marked = rest.startsWith('[');
      if (marked) add(1, { what: 'file', encoding: 'mark', heading: rest.slice(0, 40) });
      continue;
    }
    if (line === '' || COMMENT.test(line)) continue;
    const client = best(wordOf(line))?.value === 'client' ? nameIn(line) : undefined;
    if (client !== undefined) named.add(client);
    if (!ended && complete && i === lines.length - 1) {
      // (What follows the end is lost anyway.)
      if (!end && (seen || !marked)) last = line;
      if (!copied) {
        if (last) skip(number, 'lost', last);
        continue;
      }
    }
    if (end) {
      skip(number, 'after-end', line);
      continue;
    }
    const off = falseBlocks > 0;
    if (/^\[eof\]/i.test(line)) {
      // In a block that nobody knows to be read, it may be skipped with the rest of it.
      if (!off && blocks.every(({ holds }) => holds !== undefined)) {
        end = true;
        run = undefined;
      }
      continue;
    }
    if (previous?.line === number - 1 && /^@?[0-9A-Fa-f]{16}/.test(line) && HEX_LINE.test(line)) {
      previous.facts.continued = true;
      rests.push(number);
      // To the program, what begins with @ is a condition, and no host has such a name.
      if (line.startsWith('@')) {
        previous.facts.opens = true;
        blocks.push({ entry: { line: number, facts: {} }, section, known, holds: false });
        falseBlocks += 1;
      }
      previous = { line: number, facts: previous.facts };
      continue;
    }
    if (/^!?[@$]/.test(line)) {
      if (END.test(line)) {
        const block = blocks.pop();
        if (!block) add(number, { what: 'unmatched' });
        else {
          if (block.holds === false) falseBlocks -= 1;
          block.entry.facts.closed = true;
          block.until = number;
          other = section;
          section = block.section;
          known = block.known;
        }
        continue;
      }
      if (ELSE.test(line)) {
        const block = blocks.at(-1);
        if (!block) add(number, { what: 'unmatched' });
        else if (block.holds !== undefined) {
          block.holds = !block.holds;
          falseBlocks += block.holds ? -1 : 1;
        }
        continue;
      }
      const { facts, holds, matches } = condition(line, grammar, host);
      if (facts.test === 'bad-end') wrongly = Math.max(wrongly, blocks.length);
      if (holds === false) falseBlocks += 1;
      const block = { entry: add(number, facts), section, known, holds, matches };
      if (matches && conditions.length < MAX_CONDITIONS) conditions.push(block);
      blocks.push(block);
      continue;
    }
    if (line.startsWith('%') || line.startsWith('!%')) {
      guarded = !/^!?%\s*(?:end|fi)/i.test(line) && !/^!?%schedule_two/i.test(line);
      if (guarded) add(number, { what: 'percent', text: line.slice(0, 80) });
      continue;
    }
    if (off) continue;
    const mark = seen ? SIGNATURE.exec(line)?.[1] : undefined;
    if (mark === 'BEGIN' && known) add(number, { what: 'signature' });
    if (mark) signature = mark === 'BEGIN';
    if (mark || signature) continue;
    if (line.startsWith('[')) {
      if (part === 'lines') continue;
      fragment = false;
      run = undefined;
      seen = true;
      marked = false;
      const lower = line.toLowerCase();
      const fact = grammar.sections.find((s) => lower.startsWith(`[${s.section.toLowerCase()}]`));
      const here = fact?.builds.some((b) => builds.includes(b)) ?? false;
      known = here;
      section = fact?.section;
      other = undefined;
      const network = fact !== undefined && !fact.builds.includes('stand-alone');
      const heading = line.slice(0, 40);
      const elsewhere = fact !== undefined;
      lost = add(number, { what: 'heading', heading, known: here, section, elsewhere, network, alone, loses: false });
      if (here && fact?.module) modules.push({ line: number, section: fact.section });
      continue;
    }
    if (!seen) {
      if (!marked && !ARMOR.test(line)) skip(number, 'before-heading', line);
      continue;
    }
    if (!known && other === undefined) {
      if (lost && best(wordOf(line))?.builds.some((b) => builds.includes(b))) {
        lost.facts.loses = true;
        if (client !== undefined) lost.facts.client = true;
        about(lost, client);
      }
      continue;
    }
    const at = line.indexOf('=');
    const word = wordOf(line);
    const value = at < 0 ? '' : trim(line.slice(at + 1));
    const places = [section, other];
    const fits = find(word);
    const mine = fits.filter((o) => o.builds.some((b) => builds.includes(b)));
    const inModule = grammar.sections.some((s) => s.module && s.section === section);
    const taking = mine.filter((o) => fragment || o.in.some((s) => places.includes(s)));
    // (In which order a module tries its own is not known.)
    const option = inModule ? longest(taking) : taking[0];
    const maybe = blocks.length > 0;
    const inSection = grammar.sections.filter((s) => fragment || s.section === section);
    const least = Math.min(0, ...inSection.map((s) => s.least ?? 0));
    if (!option || (value === '' && !option.bare)) {
      // The rest of a line that a mail program broke.
      if (previous?.line === number - 1 && HEX_LINE.test(line) && HAS_HEX.test(line)) {
        previous.facts.continued = true;
        rests.push(number);
        previous = { line: number, facts: previous.facts };
        continue;
      }
      const any = longest(mine) ?? longest(fits);
      const reason =
        at < 0 || value === ''
          ? any
            ? 'no-equals'
            : 'text'
          : mine.length > 0
            ? 'elsewhere'
            : any
              ? 'other-build'
              : 'unknown';
      const facts: Entry['facts'] = {
        what: 'invalid',
        reason,
        section,
        option: any?.name,
        maybe,
        module: inModule,
        alone,
      };
      facts.client = (any ?? best(word.replace(/^[\u0080-\uFFFF]{1,20}/, '')))?.value === 'client';
      facts.word =
        /^[\w.+\- ]{1,60}$/.test(word) && !any?.secret && any?.value !== 'client'
          ? line.slice(0, at < 0 ? 0 : at).trim()
          : undefined;
      guesses += reason === 'unknown' ? 1 : 0;
      if (reason === 'unknown' && guesses <= 100)
        facts.nearest = nearest(
          word,
          grammar.options.filter((o) => o.builds.some((b) => builds.includes(b))),
        );
      if (any) facts.right = any.in.join('], [');
      facts.template = isTemplate(line);
      facts.nonAscii = at >= 0 && /[\u0080-\uFFFF]/.test(line.slice(0, at));
      previous = undefined;
      // (Whatever word stands before it.)
      facts.entry = !facts.client && ENTRY.test(line);
      about(add(number, facts), facts.client || facts.entry ? nameIn(line) : undefined);
      continue;
    }
    const facts: Entry['facts'] = {
      what: 'option',
      option: option.name,
      section,
      maybe,
      guarded,
      kind: option.value,
      network: !option.builds.includes('stand-alone'),
      ...nameFacts(word, option.name),
      ...valueFacts(value, option, { least, words: grammar.words, tokens }),
    };
    const entry = add(number, facts);
    const name = option.name.toLowerCase();
    const count = (counts.get(name) ?? 0) + (maybe ? 0 : 1);
    counts.set(name, count);
    facts.count = count;
    if (option.twice === 'first' && !facts.refused && !maybe) {
      const first = firsts.get(name);
      if (first === undefined) firsts.set(name, number);
      else facts.first = first;
    }
    facts.overMost = option.most !== undefined && count > option.most;
    const same = facts.key ?? facts.path;
    if (typeof same === 'string' && !maybe) {
      const key = `${name} ${same.length > 1 && same.endsWith('/') ? same.slice(0, -1) : same}`;
      const before = keys.get(key);
      if (before) {
        facts.replaces = before.line;
        facts.same = before.facts.token === facts.token;
      }
      keys.set(key, entry);
    }
    previous = option.value === 'client' ? entry : undefined;
  }
  for (const [i, { entry }] of blocks.entries()) {
    // (An end may stand in what was not read.)
    entry.facts.closed = !complete;
    entry.facts.badEnd = i < wrongly;
  }
  for (const line of long.slice(0, 20)) add(line, { what: 'long' });
  if (copied && !fragment && last !== undefined) skip(lines.length, 'lost-if', last);
  aboutNames(entries, conditions);
  for (const { facts } of entries)
    for (const [name, fact] of Object.entries(facts)) if (typeof fact === 'string') facts[name] = hidden(fact);
  return { builds, entries, modules, rests, named, complete };
}

/** The client that an entry is for: what stands between the option and the first @, where there is one. */
function nameIn(line: string): string | undefined {
  const from = line.indexOf('=') + 1;
  const to = line.indexOf('@', from);
  // (Without = the name follows a blank.)
  const name = to < 0 ? '' : trim(line.slice(from === 0 ? line.search(/[ \t:]/) + 1 : from, to));
  return name === '' ? undefined : name.slice(0, 255).toLowerCase();
}

/** Notes that a line is about this client. */
function about(entry: Entry, name: string | undefined): void {
  // (What may hold a salt is no name.)
  if (name === undefined || /[0-9a-f]{16}/.test(name) || (entry.hosts?.length ?? 0) >= MAX_NAMES) return;
  if (entry.hosts) entry.hosts.push(name);
  else entry.hosts = [name];
}

/** Whatever else looks like a salt or a verifier, wherever it stands. */
function hidden(text: string): string {
  return text.replace(/[0-9A-Fa-f]{16,}/g, '(hidden)');
}

/** What can be said of a name only when all are known. */
function aboutNames(entries: readonly Entry[], conditions: readonly Block[]): void {
  const named = entries.filter((e) => typeof e.facts.key === 'string');
  const dotted = named.some((e) => String(e.facts.key).includes('.'));
  for (const e of named) e.facts.othersDotted = dotted;
  const names = named.slice(0, MAX_NAMES).map(({ line, facts }) => ({ line, name: String(facts.key) }));
  const known = new Set(names.flatMap(({ name }) => [name, firstPart(name)]));
  for (const { entry, matches, until } of conditions) {
    const within = names.filter(({ line }) => line > entry.line && (until === undefined || line < until));
    for (const { name } of within) about(entry, name);
    entry.facts.namesKey =
      known.has(plainName(String(entry.facts.text)).toLowerCase()) ||
      (within.length > 0 && matches !== undefined && within.every(({ name }) => means(matches, name)));
  }
}

const firstPart = (name: string) => name.split('.')[0] ?? name;
const plainName = (text: string) => text.replace(/[\^$\\]/g, '');

/** True if the expression means this host, and not anybody. */
function means(matches: (name: string) => boolean, name: string): boolean {
  const rest = name.slice(firstPart(name).length);
  return matches(name) && !ANYBODY.some((other) => matches(other + rest));
}

/** Without a regular expression: one that looks for blanks at the end takes long on many of them. */
function trim(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && SPACE.includes(text[from] ?? '')) from += 1;
  while (to > from && SPACE.includes(text[to - 1] ?? '')) to -= 1;
  return text.slice(from, to);
}

function physicalLines(text: string): { lines: string[]; ended: boolean; all: boolean } {
  const lines: string[] = [];
  let from = 0;
  while (from < text.length && lines.length < MAX_LINES) {
    const to = text.indexOf('\n', from);
    const stop = to < 0 ? text.length : to;
    for (let at = from; ; ) {
      const cut = lineCut(text, at, stop);
      lines.push(text.slice(at, cut));
      if (cut >= stop) break;
      at = cut;
    }
    if (to < 0) return { lines, ended: false, all: true };
    from = to + 1;
  }
  return { lines, ended: true, all: from >= text.length };
}

/** Where samhain ends a line: it counts bytes. (A character that does not fit is given to the next line as a whole.) */
function lineCut(text: string, from: number, stop: number): number {
  if (stop - from <= LINE / 3) return stop;
  let bytes = 0;
  for (let at = from; at < stop; at += 1) {
    const code = text.charCodeAt(at);
    const half = code >= 0xd800 && code < 0xe000;
    bytes += code < 0x80 ? 1 : code < 0x800 || half ? 2 : 3;
    if (bytes > LINE) return at;
  }
  return stop;
}

function wordOf(line: string): string {
  const at = line.indexOf('=');
  return trim((at < 0 ? line : line.slice(0, at)).slice(0, 200)).toLowerCase();
}

function longest(options: readonly OptionFact[]): OptionFact | undefined {
  return options.reduce<OptionFact | undefined>((a, b) => (a && a.name.length >= b.name.length ? a : b), undefined);
}

/** A line that opens a block: what it asks, and whether that holds where it is known. */
function condition(
  line: string,
  { words }: Grammar,
  host: string | undefined,
): { facts: Entry['facts']; holds: boolean | undefined; matches?: (name: string) => boolean } {
  const negated = line.startsWith('!');
  const sign = line[negated ? 1 : 0];
  let rest = trim(line.slice(negated ? 2 : 1)).slice(0, MAX_CONDITION);
  const facts: Entry['facts'] = { what: 'condition', text: rest, test: sign === '$' ? 'system' : 'host', closed: true };
  if (BAD_END.test(rest) || (negated && END.test(`@${rest}`)))
    return { facts: { ...facts, test: 'bad-end', negated }, holds: negated };
  let no = negated;
  if (sign === '@' && isWord(rest, 'if') && rest.length > 2) {
    rest = trim(rest.slice(2));
    no = isWord(rest, 'not') || rest.startsWith('!');
    if (no) rest = trim(rest.slice(rest.startsWith('!') ? 1 : 3));
    const tests = words.get('test')?.words ?? [];
    const test = tests.find((word) => isWord(rest, word));
    if (test === undefined) return { facts: { ...facts, test: 'unsupported' }, holds: false };
    if (test !== tests[0]) return { facts: { ...facts, test: 'other' }, holds: undefined };
    rest = trim(rest.slice(test.length));
    facts.text = rest;
  } else if (sign === '$') return { facts, holds: undefined };
  facts.negated = no;
  const found = expression(rest);
  if (found === 'bad') return { facts: { ...facts, test: 'bad-expression' }, holds: false };
  if (found === 'open') return { facts, holds: undefined };
  const matches = (name: string) => rest.startsWith(name) || found(name);
  if (host === undefined) return { facts, holds: undefined, matches };
  const holds = matches(host) !== no;
  facts.holds = holds;
  return { facts, holds, matches };
}

/** True if the text begins with the word, in any case, and a blank or nothing follows. */
function isWord(text: string, word: string): boolean {
  const next = text[word.length];
  return text.slice(0, word.length).toLowerCase() === word && (next === undefined || SPACE.includes(next));
}

/** The option whose name is at most three letters away, and at most a third of the word. */
function nearest(word: string, options: readonly OptionFact[]): string | undefined {
  if (word.length > 40) return undefined;
  let found: string | undefined;
  let least = Math.min(3, Math.ceil(word.length / 3)) + 1;
  for (const { name } of options) {
    const d = distance(word, name.toLowerCase(), least - 1);
    if (d < least) {
      least = d;
      found = name;
    }
  }
  return found;
}

/** So much is looked at to know whose a configuration is. */
const LOOK = 200_000;

/** Whose configuration a text is, by what only one of them knows; undefined where it could be either's. */
export function sideOfConfiguration(text: string, grammar: Grammar): 'client' | 'server' | undefined {
  let [client, server] = [0, 0];
  for (const given of text
    .slice(0, LOOK)
    .split(/\r\n?|\n/)
    .slice(0, 3000)) {
    const line = given.replace(/^\uFEFF/, '').trim();
    if (line === '' || COMMENT.test(line) || /^!?[@$%]/.test(line)) continue;
    const lower = line.toLowerCase();
    const builds = line.startsWith('[')
      ? grammar.sections.find((s) => lower.startsWith(`[${s.section.toLowerCase()}]`))?.builds
      : line.includes('=')
        ? longest(grammar.options.filter((o) => wordOf(line).startsWith(o.name.toLowerCase())))?.builds
        : undefined;
    if (!builds) continue;
    const weight = line.startsWith('[') ? 1 : 2;
    if (!builds.includes('client') && !builds.includes('stand-alone')) server += weight;
    else if (!builds.includes('server')) client += weight;
  }
  return server > client ? 'server' : client > server ? 'client' : undefined;
}
