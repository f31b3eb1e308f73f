/**
 * Outputs of checks in a report: which were recognised and what they say, which were not, and what to ask next. And the text
 * that stands for "it printed nothing", which is an answer too.
 */
import type { Check, CheckValue, Problem } from '../content/schemas.ts';
import { type Next, nextOf } from '../engine/checks/next.ts';
import type { CheckKnowledge } from '../engine/checks/recognise.ts';
import { renderCommand } from '../engine/diagnosis/commands.ts';
import type { Result } from '../engine/diagnosis/types.ts';
import { cleanValue, type Slot } from '../engine/diagnosis/values.ts';
import type { Input } from '../engine/input.ts';
import type { SetupValues } from '../engine/setup.ts';
import type { Side } from '../engine/types.ts';

/** Where the blocks are, in the site. */
export const gatherPage = '/gather/';

interface Titled {
  problem: string;
  title: string;
}

/** Where something stands in what was given. */
export interface Place {
  file: string;
  line: number;
}

/** What an output of a check is. */
export interface CheckOutcome extends Place {
  /** As it was run: a variant has an id of its own. */
  check: string;
  /** The check itself. */
  base: string;
  side: Side;
  /** The question that it answers. */
  ask: string;
  outcome: string;
  /** What it printed, in words, and what that means. */
  prints: string;
  means: string;
  proves: Titled[];
  points: Titled[];
  excludes: Titled[];
}

/** A block that a gather script printed. */
export interface ReportBlock extends Place {
  side: Side;
  sections: number;
  user?: string;
  time?: number;
  /** Its end is missing. */
  cut?: true;
}

export interface NextCheck {
  check?: {
    check: string;
    side: Side;
    ask: string;
    /** What is copied; empty where this setup has none. */
    run: string;
    none?: string;
    settles: Titled[];
    candidates: Titled[];
  };
  blocks: { side: Side; settles: Titled[]; candidates: Titled[] }[];
  page: typeof gatherPage;
}

/** An output that is none of the known ones. */
export interface UnknownOutput extends Place {
  command?: string;
  /** Where the command is a check's own: the check, its question, and what its known outputs are. */
  own?: { check: string; ask: string; prints: string[] };
  like: string[];
  /** The command of the check that it resembles most, where it can be typed as it is. */
  run?: string;
}

/** What is said of an output that is not known. */
export const unknownText = ({ own, like }: Pick<UnknownOutput, 'own' | 'like'>): string =>
  own
    ? `this is the command of ${own.check}, but not one of its known outputs: ${own.prints.join('; ')}`
    : `not a known output of a check; it looks like ${like.join(', ')}`;

export interface ReportOutputs {
  checks: CheckOutcome[];
  blocks: ReportBlock[];
  /** Outputs that are none of the known ones, with the checks that they resemble. */
  unknownOutputs: UnknownOutput[];
  /** What would move most of what is not judged; absent where nothing would, or no check is known. */
  next?: NextCheck;
}

/**
 * Problems that outputs point to and that nothing has ruled out: where no fault was found, it is not said that nothing is wrong.
 * @param excluded of a report
 */
export function pointedIn(
  checks: readonly Pick<CheckOutcome, 'points'>[],
  excluded: readonly { problem: string }[],
): Titled[] {
  const out = new Set(excluded.map(({ problem }) => problem));
  const pointed = checks.flatMap(({ points }) => points.filter(({ problem }) => !out.has(problem)));
  return [...new Map(pointed.map((one) => [one.problem, one])).values()];
}

const mostPointed = 3;

/** That nothing is proved, and what outputs point to; nothing where they point to nothing. */
export function pointedText(pointed: readonly Pick<Titled, 'title'>[]): string {
  if (pointed.length === 0) return '';
  const titles = pointed.slice(0, mostPointed).map(({ title }) => title);
  const more = pointed.length - titles.length;
  return `No fault is proved, but an output points to ${titles.join('; or ')}${more > 0 ? `; or ${more} more` : ''}.`;
}

interface Given {
  read: Input;
  result: Result;
  problems: readonly Problem[];
  setup: SetupValues;
  /** Without them nothing is asked next. */
  checking?: CheckKnowledge | undefined;
}

/** All that a report says of outputs. */
export function outputsOf({ read, result, problems, setup, checking: known }: Given): ReportOutputs {
  const titles = new Map(problems.map(({ id, title }) => [id, title]));
  const titled = (ids: readonly string[]): Titled[] =>
    ids.map((one) => {
      const [problem = '', side] = one.split('@');
      const title = titles.get(problem) ?? problem;
      return { problem, title: side === undefined ? title : `${title} (on the ${side})` };
    });
  const file = (source: number) => read.sources[source]?.name ?? '';
  const next =
    known && result.state !== 'nothing'
      ? nextOf(result, { ...known, problems, gathered: new Set(read.outputs.blocks.map(({ side }) => side)) })
      : undefined;
  return {
    checks: (result.checks ?? []).map(({ source, line, check, base, side, outcome }) => ({
      file: file(source),
      line,
      check,
      base,
      side,
      ask: known?.checks.find(({ id }) => id === base)?.ask ?? '',
      outcome: outcome.id,
      prints: outcome.prints,
      means: outcome.means,
      proves: titled(outcome.proves),
      points: titled(outcome.points),
      excludes: titled(outcome.excludes),
    })),
    blocks: read.outputs.blocks.map(({ source, line, side, sections, user, time, cut }) => ({
      file: file(source),
      line,
      side,
      sections: sections.length,
      ...(user === undefined ? {} : { user: cleanValue(user) }),
      ...(time === undefined ? {} : { time }),
      ...(cut ? { cut } : {}),
    })),
    unknownOutputs: read.outputs.unknown.map(({ source, line, command, check: id, like }) => {
      const own = known?.checks.find((check) => check.id === id);
      const most = own ? undefined : known?.checks.find((check) => check.id === like[0]);
      // (What changes something is not asked for on a likeness.)
      const run = most && !most.changes ? typedCommand(most, setup) : undefined;
      return {
        file: file(source),
        line,
        ...(command === undefined ? {} : { command: cleanValue(command) }),
        ...(own
          ? { own: { check: own.id, ask: own.ask, prints: [...new Set(own.outcomes.map(({ prints }) => prints))] } }
          : {}),
        like,
        ...(run === undefined ? {} : { run }),
      };
    }),
    ...(next && known ? { next: nextCheck(next, { known, setup, titled }) } : {}),
  };
}

function nextCheck(
  { check: best, blocks }: Next,
  { known, setup, titled }: { known: CheckKnowledge; setup: SetupValues; titled: (ids: readonly string[]) => Titled[] },
): NextCheck {
  const check = known.checks.find(({ id }) => id === best?.id);
  const command =
    check && renderCommand(check.run, { slots: slotsOf(known.checkValues), setup, side: check.on }, false);
  return {
    ...(best && check && command
      ? {
          check: {
            check: check.id,
            side: check.on,
            ask: check.ask,
            run: command.text,
            ...(command.none === undefined ? {} : { none: command.none }),
            settles: titled(best.settles),
            candidates: titled(best.candidates),
          },
        }
      : {}),
    blocks: blocks.map(({ side, settles, candidates }) => ({
      side,
      settles: titled(settles),
      candidates: titled(candidates),
    })),
    page: gatherPage,
  };
}

/** What only the reader knows is set above a command. */
export function slotsOf(values: readonly Pick<CheckValue, 'id' | 'what' | 'example'>[]): Record<string, Slot> {
  return Object.fromEntries(
    values.map(({ id, what, example }) => [
      id,
      { name: id, found: false, what: `${what}, such as ${String(example)}`, fixed: false },
    ]),
  );
}

/** A check's command as one line that can be typed; nothing, where it needs more lines or a value that only the reader knows. */
export function typedCommand({ on, run }: Pick<Check, 'on' | 'run'>, setup: SetupValues): string | undefined {
  const filled = run.trim().replace(/\{([a-z][a-z_]*)\}/g, (place, name: string) => setup.of(name, on)?.text ?? place);
  return filled.includes('\n') || /\{[a-z][a-z_]*\}/.test(filled) ? undefined : filled;
}

/**
 * The text that says that the command of a check was run and printed nothing: its command lines behind a prompt, as a terminal
 * shows them. Given as one more source, it is read as that outcome where the check has one.
 * @param as who ran it
 */
export function printedNothing(
  { on, run }: Pick<Check, 'on' | 'run'>,
  {
    setup,
    checkValues,
    as = 'root',
  }: { setup: SetupValues; checkValues: CheckKnowledge['checkValues']; as?: 'root' | 'user' },
): string {
  const examples = new Map(checkValues.map(({ id, example }) => [id, String(example)]));
  const filled = run.trim().replace(/\{([a-z][a-z_]*)\}/g, (place, name: string) => {
    const { text } = setup.of(name, on) ?? {};
    return text ?? examples.get(name) ?? place;
  });
  const prompt = as === 'root' ? `root@${on}:~# ` : `user@${on}:~$ `;
  return [...filled.split('\n').map((line) => `${prompt}${line}`), prompt, ''].join('\n');
}

/** Whether nothing is one of a check's answers. */
export const canPrintNothing = ({ outcomes }: Pick<Check, 'outcomes'>): boolean =>
  outcomes.some(({ when }) => when.some(({ empty }) => empty));

/** One line for what an output proves, points to and rules out. */
export function effectText({ proves, points, excludes }: Pick<CheckOutcome, 'proves' | 'points' | 'excludes'>): string {
  const list = (words: string, its: readonly Titled[]) =>
    its.length > 0 ? `${words} ${its.map(({ title }) => title).join('; ')}.` : '';
  return [list('Proves:', proves), list('Points to:', points), list('Rules out:', excludes)].filter(Boolean).join(' ');
}

/** `can decide up to 7 of the 29 problems not judged yet` */
export function settlesText(
  { settles, candidates }: { settles: readonly Titled[]; candidates: readonly Titled[] },
  of: number,
): string {
  const tells =
    candidates.length > 0
      ? [candidates.length === 1 ? '1 possible cause' : `${candidates.length} possible causes`]
      : [];
  const others = settles.length > 0 ? [`${settles.length} of the ${of} problems not judged yet`] : [];
  return `can decide up to ${[...tells, ...others].join(' and ')}`;
}
