/** Reads yulerc and samhainrc as samhain does: text to entries, each with the facts that the rules ask for. Pure. */

import { nameFacts, valueFacts } from './values.ts';

export type Build = 'client' | 'server' | 'stand-alone';

/** What the content says of an option. */
export interface OptionFact {
  name: string;
  in: readonly string[];
  builds: readonly Build[];
  /** Kind of value, see values.ts. */
  value: string;
  words?: readonly string[] | undefined;
  form?: string | undefined;
  twice: 'last' | 'first' | 'adds';
  most?: number | undefined;
  /** Published entries that fit no real client, by their sum (values.ts). */
  samples?: readonly string[] | undefined;
  secret?: boolean | undefined;
  /** True if it takes no value. */
  bare?: boolean | undefined;
  module?: boolean | undefined;
  if?: string | undefined;
  default?: string | undefined;
}

/** What the content says of a section. */
export interface SectionFact {
  section: string;
  builds: readonly Build[];
  module?: boolean | undefined;
}

export interface Grammar {
  options: readonly OptionFact[];
  sections: readonly SectionFact[];
}

export type Fact = string | number | boolean | undefined;

/** A line with what the program makes of it. No secret is in it. */
export interface Entry {
  line: number;
  facts: Record<string, Fact>;
}

export interface Settings {
  /** Programs that may read the file. */
  builds: readonly Build[];
  entries: Entry[];
  /** Sections of modules that a build may lack: what stands in them is not judged. */
  modules: { line: number; section: string }[];
  /** Lines that are the rest of an entry above. */
  rests: number[];
  /** False if the text was longer than what is read. */
  complete: boolean;
}

/** Samhain cuts a line here and reads the rest as another. */
const LINE = 16381;
const MAX_LINES = 100_000;
const MAX_SIZE = 8_000_000;
/** White space as C's isspace has it. */
const SPACE = ' \t\v\f\r';
const COMMENT = /^(?:[#;]|\/\/)/;
const HEX_LINE = /^[0-9A-Fa-f \t@\\=>]{4,}$/;
const HAS_HEX = /[0-9A-Fa-f]{4}/;
const END = /^[@$](?:end|fi)(?:\s|$)/i;
const ARMOR = /^(?:-----BEGIN PGP SIGNED|Hash:)/;
const TESTS = /^(?:hostname_matches|system_matches|file_exists|interface_exists|command_succeeds)(?:\s|$)/i;

interface Block {
  entry: Entry;
  section: string | undefined;
  known: boolean;
  /** undefined: cannot be known. */
  holds: boolean | undefined;
}

/** @param host the full name of the machine that reads the file, where it is known */
export function readSettings(text: string, grammar: Grammar, builds: readonly Build[], host?: string): Settings {
  const { lines, ended, all } = physicalLines(text.slice(0, MAX_SIZE));
  const complete = text.length <= MAX_SIZE && all;
  const lowered = grammar.options.map((option) => ({ option, name: option.name.toLowerCase() }));
  const byWord = new Map<string, OptionFact[]>();
  const entries: Entry[] = [];
  const modules: Settings['modules'] = [];
  const blocks: Block[] = [];
  const rests: number[] = [];
  const counts = new Map<string, number>();
  const keys = new Map<string, Entry>();
  const tokens = new Map<string, string>();
  let section: string | undefined;
  let other: string | undefined;
  let known = false;
  let seen = false;
  let end = false;
  let marked = false;
  const alone = builds.length === 1 && builds[0] === 'stand-alone';
  let previous: Entry | undefined;
  let guarded = false;
  let falseBlocks = 0;
  /** So many of the open blocks are followed by a wrong end. */
  let wrongly = 0;
  let guesses = 0;
  let run: string | undefined;

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
  /** A line that is not read: only what would count were it read, and of its neighbors the first. */
  const skip = (line: number, reason: string, raw: string): void => {
    const option = best(wordOf(raw));
    const equals = raw.includes('=');
    if (!(raw.startsWith('[') || (option && (equals || option.bare)))) return;
    const kind = `${reason} ${option?.value ?? ''} ${option?.builds.join() ?? ''}`;
    if (reason !== 'lost' && run === kind) return;
    run = kind;
    add(line, {
      what: 'skipped',
      reason,
      option: option?.name,
      heading: raw.startsWith('['),
      here: option?.builds.some((b) => builds.includes(b)) ?? false,
      client: option?.value === 'client' && (raw.match(/@/g)?.length ?? 0) > 1,
    });
  };

  if (lines.length > 0 && text.includes('\0') && /^(?:\uFEFF|\uFFFD|.?\0.\0)/.test(text))
    return { builds, entries: [{ line: 1, facts: { what: 'file', encoding: 'utf-16' } }], modules, rests, complete };
  if (!text.includes('\n') && /\r[^\r]/.test(text)) add(1, { what: 'file', encoding: 'cr-only' });

  for (let i = 0; i < lines.length; i += 1) {
    const number = i + 1;
    const full = lines[i] ?? '';
    const line = trim(full);
    if (i === 0 && line.startsWith('\uFEFF')) {
      const rest = line.slice(1).trim();
      marked = rest.startsWith('[');
      if (marked) add(1, { what: 'file', encoding: 'mark', heading: rest.slice(0, 40) });
      continue;
    }
    if (line === '' || COMMENT.test(line)) continue;
    if (!ended && complete && i === lines.length - 1) {
      // (What follows the end is lost anyway.)
      if (!end && (seen || !marked)) skip(number, 'lost', line);
      continue;
    }
    if (end) {
      skip(number, 'after-end', line);
      continue;
    }
    const off = falseBlocks > 0;
    if (/^\[eof\]/i.test(line)) {
      if (!off) {
        end = true;
        run = undefined;
      }
      continue;
    }
    if (previous?.line === number - 1 && /^@?[0-9A-Fa-f]{16}/.test(line) && HEX_LINE.test(line)) {
      previous.facts.continued = true;
      rests.push(number);
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
          other = section;
          section = block.section;
          known = block.known;
        }
        continue;
      }
      if (/^@else(?:\s|$)/i.test(line)) {
        const block = blocks.at(-1);
        if (!block) add(number, { what: 'unmatched' });
        else if (block.holds !== undefined) {
          block.holds = !block.holds;
          falseBlocks += block.holds ? -1 : 1;
        }
        continue;
      }
      const { facts, holds } = condition(line, host);
      if (facts.test === 'bad-end') wrongly = Math.max(wrongly, blocks.length);
      if (holds === false) falseBlocks += 1;
      blocks.push({ entry: add(number, facts), section, known, holds });
      continue;
    }
    if (line.startsWith('%') || line.startsWith('!%')) {
      guarded = !/^!?%\s*(?:end|fi)/i.test(line) && !/^!?%schedule_two/i.test(line);
      if (guarded) add(number, { what: 'percent', text: line.slice(0, 80) });
      continue;
    }
    if (off) continue;
    if (line.startsWith('[')) {
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
      add(number, {
        what: 'heading',
        heading: line.slice(0, 40),
        known: here,
        section,
        elsewhere: fact !== undefined,
        network,
        alone,
      });
      if (here && fact?.module) modules.push({ line: number, section: fact.section });
      continue;
    }
    if (!seen) {
      if (!marked && !ARMOR.test(line)) skip(number, 'before-heading', line);
      continue;
    }
    if (!known && other === undefined) continue;
    const at = line.indexOf('=');
    const word = wordOf(line);
    const value = at < 0 ? '' : trim(line.slice(at + 1));
    const places = [section, other];
    const fits = find(word);
    const mine = fits.filter((o) => o.builds.some((b) => builds.includes(b)));
    const option = mine.find((o) => o.in.some((s) => places.includes(s)));
    const maybe = blocks.length > 0;
    if (!option || (value === '' && !option.bare)) {
      // The rest of a line that a mail program broke.
      if (previous?.line === number - 1 && HEX_LINE.test(line) && HAS_HEX.test(line)) {
        previous.facts.continued = true;
        rests.push(number);
        previous = { line: number, facts: previous.facts };
        continue;
      }
      const any = longest(mine) ?? longest(fits);
      const inModule = grammar.sections.some((s) => s.module && s.section === section);
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
      facts.client = any?.value === 'client';
      facts.word =
        /^[\w.\- ]{1,60}$/.test(word) && !any?.secret && any?.value !== 'client'
          ? line.slice(0, at < 0 ? 0 : at).trim()
          : undefined;
      guesses += reason === 'unknown' ? 1 : 0;
      if (reason === 'unknown' && guesses <= 100)
        facts.nearest = nearest(
          word,
          grammar.options.filter((o) => o.builds.some((b) => builds.includes(b))),
        );
      if (any) facts.right = any.in.join('], [');
      facts.nonAscii = /[\u0080-\uFFFF]/.test(line.slice(0, at < 0 ? 200 : at));
      previous = undefined;
      add(number, facts);
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
      ...valueFacts(value, option, section, tokens),
    };
    const entry = add(number, facts);
    const name = option.name.toLowerCase();
    const count = (counts.get(name) ?? 0) + (maybe ? 0 : 1);
    counts.set(name, count);
    facts.count = count;
    facts.overMost = option.most !== undefined && count > option.most;
    if (typeof facts.key === 'string' && !maybe) {
      const key = `${name} ${facts.key}`;
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
  aboutNames(entries);
  for (const { facts } of entries)
    for (const [name, fact] of Object.entries(facts)) if (typeof fact === 'string') facts[name] = hidden(fact);
  return { builds, entries, modules, rests, complete };
}

/** Whatever else looks like a salt or a verifier, wherever it stands. */
function hidden(text: string): string {
  return text.replace(/[0-9A-Fa-f]{16,}/g, '(hidden)');
}

/** What can be said of a name only when all are known. */
function aboutNames(entries: readonly Entry[]): void {
  const named = entries.filter((e) => typeof e.facts.key === 'string');
  const dotted = named.some((e) => String(e.facts.key).includes('.'));
  const names = new Set(named.map((e) => String(e.facts.key)));
  for (const e of named) e.facts.othersDotted = dotted;
  const short = new Set([...names].map((n) => n.split('.')[0] ?? n));
  for (const { facts } of entries) {
    if (facts.what !== 'condition' || facts.test !== 'host') continue;
    const plain = String(facts.text)
      .replace(/[\^$\\]/g, '')
      .toLowerCase();
    facts.namesKey = plain !== '' && (names.has(plain) || short.has(plain));
  }
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
    if (stop - from <= LINE) lines.push(text.slice(from, stop));
    else for (let at = from; at < stop; at += LINE) lines.push(text.slice(at, Math.min(at + LINE, stop)));
    if (to < 0) return { lines, ended: false, all: true };
    from = to + 1;
  }
  return { lines, ended: true, all: from >= text.length };
}

function wordOf(line: string): string {
  const at = line.indexOf('=');
  return (at < 0 ? line : line.slice(0, at)).slice(0, 200).trim().toLowerCase();
}

function longest(options: readonly OptionFact[]): OptionFact | undefined {
  return options.reduce<OptionFact | undefined>((a, b) => (a && a.name.length >= b.name.length ? a : b), undefined);
}

function condition(line: string, host: string | undefined): { facts: Entry['facts']; holds: boolean | undefined } {
  const negated = line.startsWith('!');
  const sign = line[negated ? 1 : 0];
  const rest = line
    .slice(negated ? 2 : 1)
    .trim()
    .slice(0, 300);
  const facts: Entry['facts'] = { what: 'condition', text: rest, test: sign === '$' ? 'system' : 'host', closed: true };
  if (/^endif(?:\s|$)/i.test(rest)) return { facts: { ...facts, test: 'bad-end' }, holds: false };
  const asked = /^if\s+(not\s+|!\s*)?(.*)$/i.exec(rest);
  let name = rest;
  let no = negated;
  if (asked && sign === '@') {
    no = Boolean(asked[1]);
    const test = asked[2] ?? '';
    if (!TESTS.test(test)) return { facts: { ...facts, test: 'unsupported' }, holds: false };
    if (!/^hostname_matches/i.test(test)) return { facts: { ...facts, test: 'other' }, holds: undefined };
    name = test.slice('hostname_matches'.length).trim();
    facts.text = name;
  } else if (sign === '$') return { facts, holds: undefined };
  facts.negated = no;
  if (host === undefined) return { facts, holds: undefined };
  // (A pattern of somebody else is never run as an expression: plain names are compared, others stay open.)
  const plain = name.replace(/^\^/, '').replace(/\$$/, '').replace(/\\\./g, '.');
  if (!/^[\w.-]+$/.test(plain)) return { facts, holds: undefined };
  const holds = (name.startsWith('^') ? host.startsWith(plain) : host.includes(plain)) !== no;
  facts.holds = holds;
  return { facts, holds };
}

/** The option whose name is at most two letters away. */
function nearest(word: string, options: readonly OptionFact[]): string | undefined {
  if (word.length > 40) return undefined;
  let found: string | undefined;
  let least = 4;
  for (const { name } of options) {
    const d = distance(word, name.toLowerCase(), least);
    if (d < least) {
      least = d;
      found = name;
    }
  }
  return found;
}

function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)),
      );
    row = next;
  }
  return row[b.length] ?? limit;
}

/** So much is looked at to know a configuration. */
const LOOK = 200_000;

/** Whose configuration a text is; `both` where it could be either's. */
export function isConfiguration(text: string, grammar: Grammar): 'client' | 'server' | 'both' | 'no' {
  let [client, server, known, others] = [0, 0, 0, 0];
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
    if (!builds) {
      if (!lower.startsWith('[eof]')) others += 1;
      continue;
    }
    known += 1;
    const weight = line.startsWith('[') ? 1 : 2;
    if (!builds.includes('client') && !builds.includes('stand-alone')) server += weight;
    else if (!builds.includes('server')) client += weight;
  }
  if (known < 2 || known < others) return 'no';
  return server > client ? 'server' : client > server ? 'client' : 'both';
}
