/** Whose command is it that somebody typed: a check's own, another that is read like it, or one that resembles some. */
import type { Check, ReadCommand } from '../../content/schemas.ts';
import type { ValuesBySide } from './match.ts';

/** How much of a command must be a check's. */
const SAME = 0.75;
const SIMILAR = 0.3;

/** The check that a typed command is. */
export interface Meant {
  check: Check;
  /** Of the check, or of its variant. */
  id: string;
  /** How many typed commands it takes in. */
  count: number;
  /** Values of places that the command itself names. */
  typed: Record<string, string>;
  /** An ordinary user ran it as root. */
  root: boolean;
  /** It was run on another host than the one with the prompt: who asked there is not known. */
  away: boolean;
  /** Who is not that is told nothing. */
  silent?: 'root' | undefined;
  /** Nothing of the check's command is missing in it, and nothing else is there. */
  exact: boolean;
  /** Of the files that the check's search looks into, those that this one does: the lines of one alone come without its name. */
  files?: readonly string[];
  /** Not all of them. */
  isPart?: boolean;
}

interface Command {
  check: Check;
  id: string;
  /** As it is run, the values of tools filled in. */
  run: string;
  words: Set<string>;
  /** Commands that it consists of. */
  parts: number;
  /** Has a place that nothing is known of. */
  open: boolean;
}

/** All commands of the checks, to be compared with what somebody typed. */
export class Commands {
  private readonly all: Command[];
  private readonly checks: readonly Check[];
  private readonly values: ValuesBySide;

  constructor(checks: readonly Check[], values: ValuesBySide) {
    this.checks = checks;
    this.values = values;
    this.all = checks.flatMap((check) => {
      const whole = check.reads.flatMap((one) => ('run' in one ? [{ id: undefined, run: one.run }] : []));
      const own = [{ id: undefined, run: check.run }, ...check.variants, ...whole];
      return own.map(({ id, run }) => command(check, id ?? check.id, run, values[check.on]));
    });
  }

  /** The check of which these are the commands, or the first of them; the more commands it takes in, the better. */
  best(given: readonly string[]): Meant | undefined {
    const [first = '', ...more] = given.map(plainCommand);
    if (first === '') return undefined;
    const root = isElevated(given[0] ?? '');
    const away = AWAY.test((given[0] ?? '').trim());
    const typed = [first, ...more];
    let best: { one: Command; score: number; count: number; text: string } | undefined;
    let tie = false;
    for (const one of this.all) {
      for (let count = 1; count <= Math.min(typed.length, one.parts); count += 1) {
        const some = typed.slice(0, count);
        // (What follows is a part of it only if it is the same program: a place that nobody knows can be any word.)
        if (some.includes('') || (count > 1 && !one.words.has(partsOf(some[count - 1] ?? '')[0] ?? ''))) break;
        // (Of commands with places that nobody knows, the one with as many parts is meant.)
        const text = some.join(' ; ');
        const apart = Math.abs(partsIn(text) - one.parts);
        const score = similarity(text, one) - apart / 100;
        if (score < SAME || (best && score < best.score)) continue;
        tie = best !== undefined && score === best.score && one.check !== best.one.check;
        best = { one, score, count, text };
      }
    }
    // What is read like another command says more of it than how much of its words they share.
    const read = best && best.score === 1 ? undefined : this.read(first);
    if (read) return { ...read, count: 1, root, away, exact: true, ...filesOf(first, read.check) };
    if (!best || tie) return undefined;
    const values = valuesTyped(best.one.run, best.text, this.values[best.one.check.on], this.values.stated);
    const { one, count, score } = best;
    return (
      values && {
        check: one.check,
        id: one.id,
        count,
        typed: values,
        root,
        away,
        exact: score === 1,
        ...filesOf(first, one.check),
      }
    );
  }

  /** Checks with similar commands. */
  like(typed: string): string[] {
    const plain = plainCommand(typed);
    const [first = ''] = wordsOf(plain);
    const answers = this.checks.filter(({ reads, resembles }) =>
      [...resembles, ...reads.flatMap((one) => ('first' in one ? one.first : []))].includes(first),
    );
    const given = new Set(partsOf(plain));
    const scored = this.all.map((one) => ({
      id: one.id,
      // A place that nobody knows can be anything, and then the program alone says little enough.
      score: one.open && !given.has(partsOf(one.run)[0] ?? '') ? 0 : similarity(plain, one),
    }));
    const near = scored.filter(({ score }) => score > SIMILAR).sort((a, b) => b.score - a.score);
    return [...new Set([...answers.map(({ id }) => id), ...near.map(({ id }) => id)])].slice(0, 3);
  }

  /** The check that reads this command too; undefined where several do. */
  private read(typed: string): Pick<Meant, 'check' | 'id' | 'typed' | 'silent'> | undefined {
    const found = this.checks.flatMap((check) => {
      const one = check.reads.find((read) => isRead(typed, read, this.values[check.on]));
      return one && 'first' in one ? [{ check, id: check.id, typed: {}, silent: one.silent }] : [];
    });
    return found.length === 1 ? found[0] : undefined;
  }
}

/** What makes another run a command, or run it in another language, changes nothing of what it prints here. */
const WRAPPED = /^(?:(?:sudo|doas)(?: -[A-Za-z]{1,8})* (?!-)|env |command |time |LC_ALL=\S* |LANG=\S* |\\)/;

/** A command that is given to a shell of its own, perhaps on another host. */
const SHELL =
  /^(?:ssh (?:-[A-Za-z46] ?(?:\d{1,5} )?){0,4}(?:[\w.-]{1,64}@)?[\w.:-]{1,255} |(?:\/bin\/)?(?:ba|da|z|k)?sh -c (?=['"]))(?=[^-])/;
const AWAY = /^ssh /;

const isElevated = (typed: string): boolean =>
  /^(?:sudo|doas) (?!-u)/.test(typed.trim()) || /^ssh (?:-\S{1,20} ){0,4}root@/.test(typed.trim());

/** A command without the quotes in which a shell was given it. */
function unquoted(text: string): string {
  const single = /^'(.*)'$/.exec(text)?.[1];
  if (single !== undefined) return single.replaceAll("'\\''", "'");
  const double = /^"(.*)"$/.exec(text)?.[1];
  return double === undefined ? text : double.replace(/\\(["$\\`])/g, '$1');
}

function unwrapped(typed: string): string {
  let text = typed;
  for (let n = 0; n < 4 && WRAPPED.test(text) && !/^(?:sudo|doas) (?:-[A-Za-z]+ )*-u/.test(text); n += 1)
    text = text.replace(WRAPPED, '');
  return text;
}

/** A command without what is around it, and its program without its folder. */
export function plainCommand(typed: string): string {
  let text = unwrapped(typed.trim().replace(/\s+/g, ' ').slice(0, 1000));
  // What a shell is given can be wrapped again.
  if (SHELL.test(text)) text = unwrapped(unquoted(text.replace(SHELL, '').trim()));
  return text.replace(/^(?:\.{1,2}\/|\/[\w.-]{1,40}\/)(?:[\w.-]{1,40}\/){0,4}(?=[\w.-]{1,40}(?: |$))/, '');
}

/** The files into which a search looks; nothing for what is no search, or one of another file. */
function filesOf(typed: string, { run }: Check): Pick<Meant, 'files' | 'isPart'> {
  const searched = (text: string) =>
    /^[ef]?grep /.test(text) ? wordsOf(text).filter((word) => word.startsWith('/')) : [];
  const [own, files] = [searched(run), searched(typed)];
  if (own.length < 2 || files.length === 0 || files.some((file) => !own.includes(file))) return {};
  return { files, isPart: own.some((file) => !files.includes(file)) };
}

/** Programs behind a pipe that leave the lines as they are. */
const FILTERS = new Set(['grep', 'egrep', 'fgrep', 'less', 'more', 'cat', 'sort', 'head', 'tail', 'column']);

/** Words of a command without their quotes. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/["'()\\]/g, '')
    .split(' ')
    .filter(Boolean);

/** True for a command with such a program and such words, and nothing behind it but filters. */
function isRead(typed: string, read: ReadCommand, values: Readonly<Record<string, string>>): boolean {
  if ('run' in read) return false;
  const whole = typed.replace(/ ?; ?echo "?(?:rc=)?\$\?"?$/, '');
  if (/[;&<>`]|\|\||\$\(/.test(whole)) return false;
  const fill = (text: string) =>
    text.replace(/\{([a-z][a-z_]*)\}/g, (_, name: string) => (values[name] ?? '\0').replace(/[^\w]/g, '\\$&'));
  const rest = new RegExp(`^(?:${fill(read.rest)})$`);
  const needs = read.needs === undefined ? undefined : new RegExp(`^(?:${fill(read.needs)})$`);
  const [own = [], ...filters] = whole.split('|').map((part) => wordsOf(part.trim()));
  const fits = (words: readonly string[]) => words.every((word) => word.startsWith('-') || rest.test(word));
  if (!read.first.includes(own[0] ?? '') || !fits(own.slice(1))) return false;
  const behind = filters.every(
    ([program = '', ...words]) =>
      FILTERS.has(program) && fits(words.filter((word) => !(/^(?:head|tail)$/.test(program) && /^\d+$/.test(word)))),
  );
  return behind && (!needs || [own, ...filters].some((words) => words.some((word) => needs.test(word))));
}

/**
 * Values of a command's places as they were typed, where both have as many words; undefined where a number, or what a block said, was
 * typed otherwise: then it is asked of something else.
 */
function valuesTyped(
  run: string,
  typed: string,
  known: Readonly<Record<string, string>>,
  stated: readonly string[] = [],
): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  const filled = run.replace(/\{([a-z][a-z_]*)\}/g, (place, name: string) =>
    /\s/.test(known[name] ?? '') ? (known[name] ?? '') : place,
  );
  const split = (text: string) =>
    text
      .replace(/\n| ?; /g, ' ; ')
      .trim()
      .split(/\s+/);
  const [own, given] = [split(filled), split(typed)];
  if (own.length !== given.length) return values;
  for (const [i, word] of own.entries()) {
    const [, name = ''] = /\{([a-z][a-z_]*)\}/.exec(word) ?? [];
    if (name === '' || word.split('{').length > 2) continue;
    const [before = '', after = ''] = word.split(`{${name}}`).map((part) => part.replace(/[^\w]/g, '\\$&'));
    const [, value] = new RegExp(`^["']?${before}([\\w.:/@-]{1,255})${after}["']?$`).exec(given[i] ?? '') ?? [];
    if (value === undefined) continue;
    const fixed = /^\d+$/.test(known[name] ?? '') || stated.includes(name);
    const already = values[name] ?? (fixed ? known[name] : undefined);
    if (already !== undefined && already !== value) return undefined;
    values[name] = value;
  }
  return values;
}

const partsIn = (text: string): number => text.split(/\n|; |&& |\|\| /).length;

/** A word of a command: a name, a path's part, an option. Short options are one word in any order. */
const partsOf = (text: string): string[] =>
  (text.match(/-?[A-Za-z0-9_.:]{1,80}/g) ?? []).map((word) =>
    /^-[A-Za-z]{2,8}$/.test(word) ? `-${[...word.slice(1)].sort().join('')}` : word,
  );

function command(check: Check, id: string, run: string, values: Readonly<Record<string, string>>): Command {
  let open = false;
  const fill = (text: string) =>
    text.replace(/\{([a-z][a-z_]*)\}/g, (_, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      open ||= value === undefined;
      return value ?? ' ';
    });
  // (A tool can have a place in it.)
  const literal = fill(fill(run.trim()));
  return { check, id, run: run.trim(), words: new Set(partsOf(literal)), parts: partsIn(run.trim()), open };
}

/** From 0 to 1: what both have of all that one of them has. */
function similarity(typed: string, { words, open }: Command): number {
  const given = new Set(partsOf(typed));
  let common = 0;
  for (const word of given) if (words.has(word)) common += 1;
  const extra = open ? Math.max(0, given.size - common - 2) : given.size - common;
  const all = words.size + extra;
  return all === 0 ? 0 : common / all;
}
