/**
 * Lines that a terminal broke at its width, or a mailer at a blank: where that may have been, what they are joined, and which
 * outcome is left where nobody knows whether they were.
 */
import type { Check, CheckValue } from '../../content/schemas.ts';
import type { Commands } from './commands.ts';
import type { FoundOutcome } from './found.ts';
import { isTyped, matchOutcome, promptIn, type ValuesBySide } from './match.ts';

export type Lines = (string | undefined)[];

/** A narrower terminal is none. */
const LEAST_WIDTH = 40;
/** So many lines of a terminal can one command take. */
const MOST_FOLDS = 8;
/** Rows of one list begin alike: so many letters tell. */
const BEGINNING = 4;
/** So many breaks can be chance. */
const FEW = 3;
/** Terminals and windows that people have. */
const USUAL = new Set([60, 72, 80, 90, 100, 120, 132, 160]);

/** A place where a line may go on with the next: no more of it fits into the width of the longest. */
export interface Break {
  at: number;
  /** The line is as long as the longest: a terminal broke it there. Otherwise a mailer did, at a blank. */
  full: boolean;
  /** A blank was at its end. */
  blank: boolean;
  /** The next line begins as others do. */
  starts: boolean;
}

/**
 * Where lines may have been broken; nowhere if the longest is shorter than a terminal is wide.
 * @param lengths of the lines, with the blanks at their ends
 */
export function breaksIn(lines: Lines, lengths: readonly number[], width: number, commands: () => Commands): Break[] {
  if (width < LEAST_WIDTH) return [];
  // A command of which nothing is missing was not broken there.
  const isWhole = (line: string) => {
    const command = promptIn(line)?.command;
    return command !== undefined && commands().best([command])?.exact === true;
  };
  const isLong = (at: number) => {
    const [line, next] = [lines[at], lines[at + 1]];
    if (!line || !next) return false;
    const length = lengths[at] ?? 0;
    const fits = length + (line.length === length ? 1 : 0) + (/^\S+/.exec(next)?.[0].length ?? 0) <= width;
    return (length >= width - 1 || !fits) && !isTyped(next) && !isWhole(line);
  };
  const begins = (at: number) => (lines[at] ?? '').slice(0, BEGINNING);
  const starts = new Set(lines.flatMap((line, at) => (line && at > 0 && !isLong(at - 1) ? [begins(at)] : [])));
  return lines.flatMap((line, at) =>
    isLong(at)
      ? [
          {
            at,
            full: (lengths[at] ?? 0) >= width - 1,
            blank: (lengths[at] ?? 0) > (line?.length ?? 0) || (lengths[at] ?? 0) === width - 1,
            starts: starts.has(begins(at + 1)),
          },
        ]
      : [],
  );
}

/** Undoes breaks. @param by what stood at a break, where nothing tells */
export function joined(lines: Lines, breaks: readonly Break[], by: string): Lines {
  const whole = [...lines];
  for (const { at, blank } of [...breaks].reverse()) {
    whole[at] = `${whole[at]}${blank ? ' ' : by}${whole[at + 1]}`;
    whole[at + 1] = undefined;
  }
  return whole;
}

/** What the breaks of a text tell: it was broken for certain, or they are so few that each can be looked at. */
export function howBroken(breaks: readonly Break[], width: number): { broken: boolean; few: boolean } {
  const sure = breaks.filter(({ starts }) => !starts);
  return {
    broken: sure.length >= 3 || sure.filter(({ full }) => full).length >= 2 || USUAL.has(width),
    few: breaks.length <= FEW,
  };
}

/**
 * Joins the lines that a terminal broke at its width, which a command shows that is a check's only together with the lines
 * below it. What is joined stands in the first of its lines.
 */
export function joinWrapped(lines: Lines, commands: () => Commands): void {
  const width = lines.reduce<number | undefined>((known, line, at) => {
    if (known !== undefined || line === undefined || line.length < LEAST_WIDTH || !isTyped(line)) return known;
    const folds = foldsAt(lines, at, line.length);
    if (folds === 0) return undefined;
    const own = commands().best([promptIn(line)?.command ?? '']);
    const whole = commands().best([promptIn(lines.slice(at, at + folds + 1).join(''))?.command ?? '']);
    return whole && (!own || own.id !== whole.id || (whole.exact && !own.exact)) ? line.length : undefined;
  }, undefined);
  if (width !== undefined) joinAt(lines, width);
}

/** Joins what goes on behind lines of this width. */
function joinAt(lines: Lines, width: number): void {
  for (let at = 0; at < lines.length; at += 1) {
    const folds = foldsAt(lines, at, width);
    if (folds === 0) continue;
    lines[at] = lines.slice(at, at + folds + 1).join('');
    lines.fill(undefined, at + 1, at + folds + 1);
    at += folds;
  }
}

/** How many lines below this one go on with it, in a terminal of this width. */
function foldsAt(lines: Lines, at: number, width: number): number {
  let folds = 0;
  while (folds < MOST_FOLDS && lines[at + folds]?.length === width) {
    const next = lines[at + folds + 1];
    if (next === undefined || next === '' || next.length > width || isTyped(next)) break;
    folds += 1;
  }
  return folds;
}

/** A shorter piece of a line is none. */
const LEAST_PIECE = 16;
/** The weight of an outcome that no broken output of another kind looks like. */
export const SURE = 2;

const brokenOnes = new WeakMap<Check, { as: string; outcomes: ReadonlySet<string> }>();

/** Outcomes of a check that an output of another one can be taken for once its lines are broken: tried on the examples. */
export function looksBroken(
  check: Check,
  values: ValuesBySide,
  checkValues: readonly Pick<CheckValue, 'id' | 'example'>[],
): ReadonlySet<string> {
  const all = {
    ...Object.fromEntries(checkValues.flatMap(({ id, example }) => (example === undefined ? [] : [[id, example]]))),
    ...values[check.on],
  };
  const as = JSON.stringify(all);
  const known = brokenOnes.get(check);
  if (known?.as === as) return known.outcomes;
  const outcomes = new Set<string>();
  for (const { id, shows } of check.outcomes) {
    const is = (text: string) => matchOutcome(check, text, { values: all, ran: true, whole: true })?.id;
    if (shows === undefined || is(shows) !== id) continue;
    const longest = Math.max(...shows.split('\n').map(({ length }) => length));
    for (let width = LEAST_PIECE; width < longest; width += 1) {
      for (const piece of [`.{${width}}(?!\n|$)`, `.{1,${width}} (?=.)`]) {
        const other = is(shows.replace(new RegExp(piece, 'g'), '$&\n'));
        if (other !== undefined && other !== id) outcomes.add(other);
      }
    }
  }
  brokenOnes.set(check, { as, outcomes });
  return outcomes;
}

/** What an output is of which nobody knows whether its lines were broken: what every reading leaves that says anything. */
export function asBroken(
  [plain, hard, soft, ...rest]: readonly (FoundOutcome | undefined)[],
  weight: (one: FoundOutcome) => number,
  { isTyped: atCommand, few, broken }: { isTyped: boolean; few: boolean; broken: boolean },
): FoundOutcome | undefined {
  const [together, alone] = [rest.slice(0, 2), rest.slice(2)];
  const same = (a: FoundOutcome | undefined, b: FoundOutcome | undefined) =>
    a?.check === b?.check && a?.outcome.id === b?.outcome.id;
  const said = [plain, hard, soft].filter((one) => one !== undefined);
  const agree = (some: readonly (FoundOutcome | undefined)[]) =>
    some.every((one) => !one || same(one, some.find(Boolean)));
  const most = Math.max(...said.map(weight));
  const strongest = said.filter((one) => weight(one) === most);
  const [best] = strongest;
  if (!best || !agree(strongest) || (!plain && !hard)) return undefined;
  if (most === SURE)
    return !broken || agree([best, ...together.filter((one) => one && weight(one) === SURE)]) ? best : undefined;
  // (That something is missing in lines that nobody broke together says nothing.)
  const others = !broken && plain && !hard && soft && weight(soft) < weight(plain) ? [plain] : said;
  if (!plain && hard && atCommand && agree(said)) return hard;
  if (!plain || !agree(others)) return undefined;
  if (atCommand || !broken) return plain;
  return few && agree([plain, ...alone]) && together.every((one) => !one || weight(one) < SURE || same(one, plain))
    ? plain
    : undefined;
}
