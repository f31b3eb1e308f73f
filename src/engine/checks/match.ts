/**
 * What a command printed → the outcome that it is. Declared in the content (`outcomes` of a check): this code knows no
 * check by name. The words are those of the locale C.
 */
import type { Check, CheckLocale, Condition, LineTest, Outcome, PartTest } from '../../content/schemas.ts';
import { plainText } from '../log/decode.ts';

/** What is known besides the text. */
export interface Known {
  /** Values by the names of the places: `client`, `port`. Without a value, what asks for it does not hold. */
  values?: Readonly<Record<string, string>>;
  /** The command ran, although no command line shows it: then no output at all is an answer. */
  ran?: boolean;
  /** Who asked, where the prompt is not in the text. */
  as?: 'root' | 'user' | undefined;
  /** The text is what the commands printed, and whatever looks like a prompt in it is none. */
  whole?: boolean | undefined;
  /** What other languages print in place of the words of the locale C. */
  locales?: Locales | undefined;
}

/** Words of the locale C, and what other languages print in their place. */
export type Locales = readonly CheckLocale[];

/** Values by side: what the commands and outcomes of a side have in their places. */
export type ValuesBySide = Readonly<Record<'client' | 'server', Readonly<Record<string, string>>>> & {
  /** Places of which a gather block said the value: a command that names another one asked about something else. */
  stated?: readonly string[];
};

/** The output of one check, taken out of what a terminal shows. */
export interface Output {
  lines: string[];
  /** True if the command is known to have run. */
  ran: boolean;
  /** Who asked, by the prompt. */
  as?: 'root' | 'user';
}

/** The outcome that a pasted output is, or undefined: it is no known output of this check, or a value is missing. */
export function matchOutcome(check: Check, text: string, known: Known = {}): Outcome | undefined {
  const output = outputOf(check, text, known);
  const isSo = (when: readonly Condition[]) => when.some((one) => holds(one, output, known.values ?? {}));
  const outcome = check.outcomes.find(({ when }) => isSo(when));
  return outcome?.nothingIf && isSo(outcome.nothingIf) ? { ...outcome, proves: [], points: [], excludes: [] } : outcome;
}

/** True if one of some conditions holds in a text. */
export const isGiven = (when: readonly Condition[], text: string, known: Known): boolean => {
  const output: Output = { lines: text.split('\n'), ran: true, ...(known.as ? { as: known.as } : {}) };
  return when.some((one) => holds(one, output, known.values ?? {}));
};

/**
 * Ends of what a shell writes before a command: `root@yule:~# `, `[root@yule ~]# `, `yule:~ # `, `yule# `. Searched inside
 * the line too: a log whose last line has no end has the prompt glued to it.
 */
const PROMPTS = [
  // Of a prompt of two lines the second, and of shells with a sign of their own.
  /^[└╰]─{1,3}([#$%>]) /,
  /^(?:[~/]\S{0,120} )?❯ /,
  /^➜ {1,3}\S{1,120} (?:git:\(\S{1,80}\) )?(?:✗ )?/,
  /^(?:\d\d:\d\d(?::\d\d)? )?[\w.-]{1,64}@[\w.-]{1,255} [^\s#$%>]{0,255}(?: \[\d{1,3}\])? ?([#$%>]) /,
  // A shell that shows the folder alone.
  /^(?:[\w.-]{1,63} )?[~/][^\s#$%]{0,255} ([#$%]) /,
  /\[[\w.-]{1,64}@[\w.-]{1,255} [^\]\s]{1,255}\]([#$%]) /,
  // From the @ on; the name before it is found from there.
  /@[\w.-]{1,63}:[^\s#$%@]{0,120}(?: \([^()#$%]{1,60}\))? ?([#$%]) /,
  /^[\w.-]{1,255}:[^\s#$%]{1,255} ([#$%]) /,
  // The folder behind the host, with or without the user behind it: a busybox, a Mac.
  /^[\w.-]{1,63}:[~/][^\s#$%]{0,120}(?: [\w.-]{1,64})?([#$%]) /,
  // An arrow, with or without a blank behind it: a tcsh, a SUSE.
  /^(?:[\w.-]{1,64}@)?[\w.-]{1,63}:[~/][^\s#$%<>|=]{0,120}> ?/,
  // Host and folder in brackets, the user behind them.
  /^\[[\w.-]{1,64}:[~/][^\]\s]{0,255}\] ?[\w.-]{1,64}([#$%]) /,
  // No folder at all: a C shell; and a time or a number in brackets behind the host.
  /^[\w.-]{1,64}@[\w.-]{1,255}([#$%>]) /,
  /^[\w.-]{1,63} \[[^\][\s]{1,20}\] ?([#$%>]) /,
  // From where somebody connects: a Windows.
  /^(?:PS )?[A-Za-z]:\\[^<>"|?*]{0,120}> ?/,
  /^[\w.-]{0,255}([#$%]) /,
];

/** A time, an environment: what a prompt can have in front of the user's name. */
const OWN_OF_PROMPT = /^(?:[[(][^\])]{1,40}[\])] ?){1,3}$/;

/** What a terminal shows that no command printed: a question for a password, and the first of a prompt's two lines. */
const OF_TERMINAL =
  /^(?:\[sudo[^\]]{0,40}\] [^:]{0,200}: ?$|doas \([^)]{1,100}\) password: ?$|Password: ?$|Sorry, try again\.$|[┌╭]─)/;

/** A line as the locale C has it. */
function inC(line: string, locales: Locales): string {
  if (line.length > LONGEST) return line;
  let text = line;
  for (const { says, in: others } of locales)
    for (const other of others) if (text.includes(other)) text = text.replace(other, () => says);
  return text;
}

/** A prompt with what stands before it in its line, and the command behind it. */
export interface Prompt {
  before: string;
  command: string;
  /** Who asked; some signs do not tell. */
  as: 'root' | 'user' | undefined;
}

/** The sign with which each prompt ends. */
const SIGN = /[#$%>❯➜](?: |$)|^[A-Za-z]:\\|^[\w.@-]{1,128}:[~/][^\s<>]{0,120}>/;

/** A record ends with a field, `client=<web1>`: what looks like a prompt's sign there closes it. */
const endsWithField = (line: string, sign: number): boolean =>
  sign === line.length - 1 && line[sign] === '>' && line.lastIndexOf('=<') > line.lastIndexOf('>', sign - 1);

/** The prompt in a line, if one is there. */
export function promptIn(line: string): Prompt | undefined {
  const sign = line.search(SIGN);
  if (sign === -1 || endsWithField(line, sign)) return undefined;
  for (const prompt of PROMPTS) {
    // A prompt at which nothing was typed may have lost its blank.
    const found = prompt.exec(`${line} `);
    if (!found) continue;
    const command = line.slice(found.index + found[0].length).trim();
    const before = line.slice(0, startOf(line, found.index));
    const as = found[1] === undefined ? undefined : found[1] === '#' ? 'root' : 'user';
    return { before: OWN_OF_PROMPT.test(before) ? '' : before, command, as };
  }
  return undefined;
}

/** A prompt of a shell with a name before its sign: one that is a sign alone can be a comment. */
export const isTyped = (line: string): boolean => {
  const prompt = promptIn(line);
  if (prompt?.before !== '') return false;
  if (prompt.as === undefined) return true;
  const sign = line.search(/[#$%](?: |$)/);
  return sign > 0 && /[\w\])]/.test(line.slice(Math.max(0, sign - 200), sign));
};

/** Where a prompt begins of which the `@` was found: in front of the user's name. */
function startOf(line: string, at: number): number {
  if (line[at] !== '@') return at;
  let start = at;
  while (start > 0 && at - start < 64 && /[\w.-]/.test(line[start - 1] ?? '')) start -= 1;
  return start;
}

/**
 * The lines that the commands of a check printed: from behind its command line, if there is one, up to the first prompt
 * with another command. Command lines of its own in between, one for each command, are left out.
 */
export function outputOf(check: Pick<Check, 'run' | 'variants'>, text: string, known: Known = {}): Output {
  const own = programsOf(check, known.values ?? {});
  const output: Output = { lines: [], ran: known.ran ?? false, ...(known.as ? { as: known.as } : {}) };
  for (const given of text.replace(/\r\n?/g, '\n').split('\n')) {
    const whole = inC(plainText(given), known.locales ?? []);
    if (OF_TERMINAL.test(whole)) continue;
    const prompt = known.whole ? undefined : promptIn(whole);
    if (!prompt) {
      // The command without a prompt, as it is copied from a page.
      const bare =
        output.lines.length === 0 && [check, ...check.variants].some(({ run }) => run.trim() === whole.trim());
      if (bare) output.ran = true;
      else output.lines.push(whole);
      continue;
    }
    const isOwn = own.has(prompt.command.split(/\s/, 1)[0] ?? '');
    if (isOwn && !output.ran) output.lines = [];
    else if (prompt.before) output.lines.push(prompt.before);
    if (isOwn) {
      output.ran = true;
      if (prompt.as) output.as = prompt.as;
    } else if (output.ran || prompt.command === '') break;
  }
  while (output.lines.at(-1)?.trim() === '') output.lines.pop();
  return output;
}

/** First words of the commands that a check consists of: each may stand behind a prompt of its own. */
function programsOf(
  { run, variants }: Pick<Check, 'run' | 'variants'>,
  values: NonNullable<Known['values']>,
): Set<string> {
  // A tool of the setup begins with a program of its own.
  const filled = (text: string) => text.replace(/\{([a-z_]+)\}/g, (place, name: string) => values[name] ?? place);
  const commands = [run, ...variants.map((one) => one.run)].flatMap((text) => filled(text).split(/\n|; |&& |\|\| /));
  return new Set(commands.map((text) => text.trim().split(/\s/, 1)[0] ?? '').filter((word) => /^[a-z]/.test(word)));
}

type Values = Readonly<Record<string, string>>;

function holds(condition: Condition, output: Output, values: Values): boolean {
  const { empty, has, hasOne, lacks, lines, last, every, status, as, unknown } = condition;
  if (unknown !== undefined && Object.hasOwn(values, unknown)) return false;
  const text = output.lines.join('\n').toLowerCase();
  const occurs = (word: string) => {
    const filled = fill(word, values);
    return filled !== undefined && text.includes(filled.toLowerCase());
  };
  // Without a trace of the command, no output is no answer: it may never have been run.
  if (text.trim() === '' && !output.ran) return false;
  if (empty && text.trim() !== '') return false;
  if (as && as !== output.as) return false;
  if (has && !has.every(occurs)) return false;
  if (hasOne && !hasOne.some(occurs)) return false;
  if (lacks?.some((word) => fill(word, values) === undefined || occurs(word))) return false;
  if (status !== undefined && !output.lines.some((line) => line.trim() === `rc=${status}`)) return false;
  if (lines && !lines.every((test) => hasLines(test, output.lines, values))) return false;
  const content = output.lines.filter((line) => line.trim() !== '' && !/^[0-9A-F]{48}/.test(line));
  if (last && !hasLines(last, content.slice(-1), values)) return false;
  return !every || (content.length > 0 && hasLines({ ...every, times: content.length }, content, values));
}

/** True for a line that one of some conditions asks for by itself: of a long output it is what decides. */
export const decides = (when: readonly Condition[], line: string, values: Values): boolean =>
  when.some(({ has = [], lines = [], last }) => {
    const tests: readonly LineTest[] = last ? [...lines, last] : lines;
    const text = line.toLowerCase();
    return (
      has.some((word) => text.includes(fill(word, values)?.toLowerCase() ?? '\n')) ||
      tests.some((test) => test.times !== 0 && hasLines({ ...test, times: { min: 1 } }, [line], values))
    );
  });

/** A text with known values in its places; undefined where one is not known. */
function fill(text: string, values: Values, write: (value: string) => string = (value) => value): string | undefined {
  if (!text.includes('{')) return text;
  let missing = false;
  const filled = text.replace(/\{([a-z][a-z_]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    missing ||= value === undefined;
    return write(value ?? '');
  });
  return missing ? undefined : filled;
}

const literally = (value: string) => value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** Longer than any line of an output that an expression has to see. */
const LONGEST = 4096;

/** So many are kept: those of the content, with a few values in their places. */
const MOST_COMPILED = 4000;
const expressions = new Map<string, RegExp>();

function compiled(source: string): RegExp {
  const known = expressions.get(source);
  if (known) return known;
  if (expressions.size >= MOST_COMPILED) expressions.clear();
  const made = new RegExp(source, 'i');
  expressions.set(source, made);
  return made;
}

function hasLines({ matches, where = {}, times, of }: LineTest, lines: readonly string[], values: Values): boolean {
  const expressions = [matches].flat().flatMap((one) => {
    const source = fill(one, values, literally);
    return source === undefined ? [] : [compiled(source)];
  });
  if (expressions.length === 0) return false;
  const all = lines.flatMap((line) => {
    for (const expression of expressions) {
      const match = expression.exec(line.slice(0, LONGEST));
      if (match) return [match.groups ?? {}];
    }
    return [];
  });
  const found = of === 'last' ? all.slice(-1) : all;
  const column = (name: string) => found.map((parts) => parts[name]?.toLowerCase());
  const tests = Object.entries(where);
  // A value that nobody knows decides nothing, not even by its absence.
  if (tests.some(([, test]) => namesOf(test).some((text) => fill(text, values) === undefined))) return false;
  const count = found.filter((parts) =>
    tests.every(([name, test]) => partIs(test, parts[name]?.toLowerCase(), column(name), column, values)),
  ).length;
  const { min = 0, max = Number.POSITIVE_INFINITY } =
    times === undefined ? { min: 1 } : typeof times === 'number' ? { min: times, max: times } : times;
  return count >= min && count <= max;
}

const namesOf = ({ is = [], not = [], words = [], short }: PartTest): string[] => [
  ...is,
  ...not,
  ...words,
  ...(short ? [short] : []),
];

function partIs(
  test: PartTest,
  value: string | undefined,
  all: readonly (string | undefined)[],
  column: (name: string) => (string | undefined)[],
  values: Values,
): boolean {
  // A part that is not there is none of those that it must not be.
  if (value === undefined) return test.absent ?? Object.keys(test).every((name) => name === 'not');
  if (test.absent) return false;
  if (
    test.words &&
    !value.split(/[^\w.-]+/).some((one) => test.words?.some((word) => fill(word, values)?.toLowerCase() === one))
  )
    return false;
  if (test.starts && !test.starts.some((one) => value.startsWith(one.toLowerCase()))) return false;
  const equals = (text: string) => fill(text, values)?.toLowerCase() === value;
  if (test.min !== undefined && !(Number(value) >= test.min)) return false;
  if (test.max !== undefined && !(Number(value) <= test.max)) return false;
  if (test.is && !test.is.some(equals)) return false;
  if (test.not?.some(equals)) return false;
  if (test.short && (fill(test.short, values)?.toLowerCase().split('.')[0] !== value || equals(test.short)))
    return false;
  if (test.repeated !== undefined && all.filter((one) => one === value).length > 1 !== test.repeated) return false;
  return !test.notAmong || !column(test.notAmong).includes(value);
}
