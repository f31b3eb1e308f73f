/** The steps of a problem as they are shown: which commands on which side, with which values. */
import type { FixStep, Pattern, Problem } from '../../content/schemas.ts';
import type { SetupValues } from '../setup.ts';
import type { Aside, Finding, Side } from '../types.ts';
import { type Command, type Filling, type Piece, renderCommand, renderText } from './commands.ts';
import { matches } from './match.ts';
import { readShell } from './shell.ts';
import type { Diagnosis } from './types.ts';
import { commandValues, dependsOnSide, type Known, placesOf, type Use } from './values.ts';

/** A diagnosis with what it was made from. */
export interface Case extends Known {
  diagnosis: Diagnosis;
  asides: readonly Aside[];
}

export interface SideCommand extends Command {
  /** Where to run it; absent where the step does not say. */
  at?: Side | 'both';
}

export interface ShownStep {
  do: string;
  at?: Side | 'both';
  changes: boolean;
  /** None for a step without a command; two where client and server need different ones and nobody knows which it is. */
  commands: SideCommand[];
  /** True if there is a command, but these lines are too little to show one that changes something. */
  withheld: boolean;
  /** Which terminal there: steps with the same number share a shell. */
  terminal?: number;
  /** False where no captured run shows that it prints this. */
  captured?: false;
  prints?: Piece[];
  procedure?: string;
  /** Of a verification: names of the recoveries whose records show that it holds. */
  shows?: readonly string[];
}

/** One of the ways into a problem: its test, and what fixes it. */
export interface ShownCase {
  id: string;
  title: string;
  when: string;
  /** The evidence shows that it is this one: nobody has to find out. */
  shown?: true;
  /** None where it is that of the case before, or the evidence shows the case. */
  test?: ShownStep;
  steps: ShownStep[];
  /** An anchor that leads here, beside its own. */
  formerly?: string;
}

/**
 * The steps of a fix that all cases have in common, or those of its verification.
 * @param setup where things are on this system
 * @param known the diagnosis that they are for; absent on a page that speaks to everybody
 */
export function stepsOf(problem: Problem, part: 'steps' | 'verify', setup: SetupValues, known?: Case): ShownStep[] {
  return shownSteps({ problem, setup, known }, problem[part]);
}

/**
 * The cases of a problem; only the one that the evidence shows, if it shows one.
 * @param setup where things are on this system
 * @param known the diagnosis that they are for; absent on a page that speaks to everybody
 * @param every all of them, and their tests, though the evidence shows one
 */
export function casesOf(problem: Problem, setup: SetupValues, known?: Case, every = false): ShownCase[] {
  const chosen = known && !every ? caseOf(problem, known.diagnosis) : undefined;
  const source = { problem, setup, known };
  return problem.cases
    .filter(({ id }) => chosen === undefined || id === chosen)
    .map(({ id, title, when, test, steps, formerly }) => {
      const [shownTest] = test && chosen === undefined ? shownSteps(source, [test]) : [];
      return {
        id,
        title,
        when,
        ...(chosen === undefined ? {} : { shown: true as const }),
        ...(shownTest ? { test: shownTest } : {}),
        steps: shownSteps(source, steps),
        ...(formerly ? { formerly } : {}),
      };
    });
}

/** All steps in the order in which they are done: those of the cases, those that follow in any case, the verification. */
export function allSteps(problem: Problem, setup: SetupValues, known?: Case): (ShownStep & { case?: string })[] {
  return inOrder(
    casesOf(problem, setup, known),
    stepsOf(problem, 'steps', setup, known),
    stepsOf(problem, 'verify', setup, known),
  );
}

/** The same of steps that are there already. */
export function inOrder(
  cases: readonly ShownCase[],
  ...following: (readonly ShownStep[])[]
): (ShownStep & { case?: string })[] {
  return [
    ...cases.flatMap(({ id, test, steps }) =>
      [...(test ? [test] : []), ...steps].map((step) => ({ ...step, case: id })),
    ),
    ...following.flat(),
  ];
}

/** The case that the evidence shows; none if its lines show several or do not say. */
export function caseOf(
  problem: Problem,
  { evidence, blocks, settings = [], checks = [] }: Diagnosis,
): string | undefined {
  // A line of the file itself says more than what a log tells of it.
  const written = new Set(settings.flatMap((one) => one.case ?? []));
  if (written.size === 1) return [...written][0];
  // And an output shows how things are now.
  const seen = new Set(
    checks.flatMap((one) => (problem.cases.some(({ id }) => id === one.case) ? one.case : []) ?? []),
  );
  if (seen.size === 1) return [...seen][0];
  const shown = new Set([
    ...evidence.flatMap(({ sign }) => problem.signs[sign]?.case ?? []),
    ...blocks.flatMap(({ block }) => problem.blocks[block]?.case ?? []),
  ]);
  return shown.size === 1 ? [...shown][0] : undefined;
}

function shownSteps(source: Source, steps: readonly FixStep[]): ShownStep[] {
  const { problem, known } = source;
  const side = problem.local && known ? writerOf(problem, known) : undefined;
  return steps
    .filter((step) => !side || !step.at || step.at === 'both' || step.at === side)
    .filter((step) => !step.if || !known || step.if.some((one) => isThere(one, known.findings)))
    .map((step) => shown(source, step, side));
}

/** What the commands of a problem are filled from. */
interface Source {
  problem: Problem;
  setup: SetupValues;
  known?: Case | undefined;
}

/** The command that shows what decides, for the side whose lines were read. */
export function decisionCommand(
  source: Source & { known: Case },
  { on, run }: Pick<Problem['decide'][number], 'on' | 'run'>,
): { on: Side | 'both'; run?: string; none?: string } {
  const { problem, known } = source;
  const side = problem.local ? writerOf(problem, known) : undefined;
  const [at, ...others] = sidesOf(source, { at: on, run }, side);
  // Both sides' commands do not stand in one block: then the page of the problem has them.
  if (run === undefined || others.length > 0) return { on };
  const { text, none } = commandAt(source, { run, changes: false }, at);
  return { on: at ?? on, ...(none === undefined ? { run: text } : { none }) };
}

function shown(source: Source, step: FixStep, side: Side | undefined): ShownStep {
  const withheld = step.run !== undefined && step.changes && source.known?.diagnosis.quoted === true;
  const sides = sidesOf(source, step, side);
  const at = sides.length === 1 ? sides[0] : step.at;
  const run = withheld ? undefined : step.run;
  return {
    do: step.do,
    ...(at ? { at } : {}),
    changes: step.changes,
    commands: run === undefined ? [] : sides.map((one) => commandAt(source, { ...step, run }, one)),
    withheld,
    ...(step.prints === undefined ? {} : { prints: renderText(step.prints, fillingOf(source, step, sides[0])) }),
    ...(step.terminal === undefined ? {} : { terminal: step.terminal }),
    ...(step.captured === undefined ? {} : { captured: step.captured }),
    ...(step.procedure === undefined ? {} : { procedure: step.procedure }),
    ...('shows' in step ? { shows: step.shows as string[] } : {}),
  };
}

/** Where a step's command is run: on each side apart if its paths differ there and nobody knows which side it is. */
function sidesOf(
  { problem, setup }: Source,
  { at, run = '' }: Pick<FixStep, 'at' | 'run'>,
  side: Side | undefined,
): (Side | 'both' | undefined)[] {
  if (at !== 'both') return [at];
  if (side) return [side];
  const { places } = readShell(run);
  const names = places.map(({ name }) => name);
  return dependsOnSide(problem.values, setup, names) ? ['client', 'server'] : ['both'];
}

function commandAt(
  source: Source,
  step: Pick<FixStep, 'changes'> & { run: string },
  at: Side | 'both' | undefined,
): SideCommand {
  const command = renderCommand(step.run, fillingOf(source, step, at), step.changes);
  return { ...command, ...(at ? { at } : {}) };
}

function fillingOf(
  { problem, setup, known }: Source,
  step: Pick<FixStep, 'changes'>,
  at: Side | 'both' | undefined,
): Filling {
  const use = useOf(step, at);
  return { slots: commandValues(problem, use, setup, known), setup, ...(use.side ? { side: use.side } : {}) };
}

function useOf({ changes }: Pick<FixStep, 'changes'>, at: Side | 'both' | undefined): Use {
  return { changes, ...(at ? { at } : {}), ...(at === 'client' || at === 'server' ? { side: at } : {}) };
}

/** Whether any record is what a step asks for. */
function isThere(pattern: Pattern, findings: readonly Finding[]): boolean {
  return placesOf(pattern.message, findings).some((place) => isOne(pattern, findings[place] as Finding));
}

/** Whether a record is what a step asks for. Of a side that nobody knows, it may be. */
function isOne(pattern: Pattern, { message, text, values, side, record, quoted }: Finding): boolean {
  const { severity, sink, relay } = record;
  const own = relay ? 'client' : side;
  return (
    !quoted &&
    matches(pattern, {
      message: message ?? '',
      values,
      sinks: [sink],
      opens: false,
      ...(text === undefined ? {} : { text }),
      ...(severity ? { severity } : {}),
      ...(own ? { side: own } : {}),
    }) !== false
  );
}

/**
 * The side of the program that has the fault, if all lines whose side is known say the same: it wrote them, apart from
 * those that only show its effect on the other program.
 */
function writerOf(problem: Problem, { diagnosis, findings, asides }: Case): Side | undefined {
  const sides = new Set<Side | undefined>([
    ...diagnosis.evidence.map(({ finding, sign }) => {
      const side = sideOf(findings[finding]);
      return problem.signs[sign]?.effect && side ? other[side] : side;
    }),
    ...diagnosis.blocks.map(({ aside }) => asides[aside]?.side),
  ]);
  sides.delete(undefined);
  return sides.size === 1 ? [...sides][0] : undefined;
}

const other: Record<Side, Side> = { client: 'server', server: 'client' };

function sideOf(finding: Finding | undefined): Side | undefined {
  return finding?.record.relay ? 'client' : finding?.side;
}
