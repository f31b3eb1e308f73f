/** What outputs of checks said, as the answer shows it: recognised and not, and what to ask next. Plain data. */
import knowledge from 'virtual:knowledge';
import { checkHref, href, problemHref } from '../../browser/paths.ts';
import type { Result } from '../../engine/diagnosis/types.ts';
import type { Input } from '../../engine/input.ts';
import type { SetupValues } from '../../engine/setup.ts';
import type { Side } from '../../engine/types.ts';
import {
  type CheckOutcome,
  outputsOf,
  pointedIn,
  pointedText,
  settlesText,
  typedCommand,
} from '../../report/outputs.ts';
import { blockText } from '../../report/words.ts';

interface Linked {
  href: string;
  title: string;
}

export interface OutputView {
  /** Name of the source that it is in. */
  source: string;
  where: string;
  side: Side;
  check: string;
  href: string;
  ask: string;
  prints: string;
  means: string;
  /** Proves, points to, rules out: each with its problems. */
  says: { word: string; problems: Linked[] }[];
}

/** An output that is none of the known ones. */
export interface UnknownView {
  source: string;
  where: string;
  own?: Linked & { prints: string[] };
  /** Checks by their ids, with what they ask, and the command that may have printed it where none was typed above it. */
  like: (Linked & { ask: string; run?: string })[];
}

export interface OutputsView {
  /** Those that say something of a problem. */
  telling: OutputView[];
  /** Those that say nothing of any. */
  others: OutputView[];
  /** What they point to, in words; empty where they point to nothing, or it was ruled out. */
  pointed: string;
  /** Gather blocks, in words. */
  blocks: { where: string; text: string }[];
  unknown: UnknownView[];
  next?: {
    check?: { side: Side; ask: string; href: string; run: string; none?: string; settles: string };
    /** `most`: how many problems it can decide, candidates and others. */
    blocks: { side: Side; href: string; most: number }[];
    /** Something is certain: then it is a detail. */
    certain: boolean;
  };
}

/** So many outputs are shown that say nothing about a problem, where no other does. */
const mostFirst = 3;
const mostShown = 60;

const idOf = (id: string): string =>
  knowledge.checks.checks.find((one) => one.id === id || one.variants.some((variant) => variant.id === id))?.id ?? id;

/** A check that an output resembles. */
function likeOf(id: string, setup: SetupValues | undefined): UnknownView['like'][number] {
  const check = knowledge.checks.checks.find((one) => one.id === idOf(id));
  const run = check && setup ? typedCommand(check, setup) : undefined;
  return { href: checkHref(idOf(id)), title: id, ask: check?.ask ?? id, ...(run ? { run } : {}) };
}

/**
 * The part of the answer that outputs make; absent where there is nothing to say.
 * @param asked commands that stand in the answer already, as what decides: they are not asked for once more
 */
export function makeOutputs(
  read: Input,
  result: Result,
  setup: SetupValues,
  asked: ReadonlySet<string>,
): OutputsView | undefined {
  const { problems, checks: checking } = knowledge;
  const { checks, blocks, unknownOutputs, next } = outputsOf({ read, result, problems, setup, checking });
  const where = ({ file, line }: { file: string; line: number }) =>
    read.sources.length > 1 ? `${file}, line ${line}` : `line ${line}`;
  const all = checks.slice(0, mostShown).map(
    (one): OutputView => ({
      source: one.file,
      where: where(one),
      side: one.side,
      check: one.check,
      href: checkHref(one.base),
      ask: one.ask,
      prints: one.prints,
      means: one.means,
      says: saysOf(one),
    }),
  );
  const of = result.notJudged.length;
  // (Where none says anything about a problem, what a few of them mean is the answer.)
  const some = all.filter(({ says }) => says.length > 0);
  const telling = some.length > 0 ? some : all.slice(0, mostFirst);
  if (all.length + blocks.length + unknownOutputs.length === 0 && !next) return undefined;
  return {
    telling,
    others: all.filter((one) => !telling.includes(one)),
    pointed: pointedText(pointedIn(checks, result.excluded)),
    blocks: blocks.map((one) => ({ where: where(one), text: blockText(one) })),
    unknown: unknownOutputs.slice(0, mostShown).map((one) => ({
      source: one.file,
      where: where(one),
      ...(one.own ? { own: { href: checkHref(one.own.check), title: one.own.ask, prints: one.own.prints } } : {}),
      like: one.like.map((id) => likeOf(id, one.command === undefined ? setup : undefined)),
    })),
    ...(next
      ? {
          next: {
            ...(next.check && !asked.has(next.check.run)
              ? {
                  check: {
                    side: next.check.side,
                    ask: next.check.ask,
                    href: checkHref(next.check.check),
                    run: next.check.run,
                    ...(next.check.none === undefined ? {} : { none: next.check.none }),
                    settles: settlesText(next.check, of),
                  },
                }
              : {}),
            blocks: next.blocks.map((one) => ({
              side: one.side,
              href: `${href(next.page)}#${one.side}`,
              most: one.candidates.length + one.settles.length,
            })),
            certain: result.diagnoses.some(({ confidence, over }) => confidence === 'certain' && !over),
          },
        }
      : {}),
  };
}

const linked = (list: CheckOutcome['proves']): Linked[] =>
  list.map(({ problem, title }) => ({ href: problemHref(problem), title }));

function saysOf({ proves, points, excludes }: CheckOutcome): OutputView['says'] {
  return [
    { word: 'Proves', problems: linked(proves) },
    { word: 'Points to', problems: linked(points) },
    { word: 'Rules out', problems: linked(excludes) },
  ].filter(({ problems }) => problems.length > 0);
}
