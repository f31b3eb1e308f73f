/**
 * Which single check, or which side's block, would move most of what is not judged to one of the other two endings. While the
 * cause is undecided, what tells its candidates apart comes first, those that an output points to among them. A check that is answered is not asked again.
 */
import type { Check, GatherReading, Outcome, Problem } from '../../content/schemas.ts';
import type { Result } from '../diagnosis/types.ts';
import type { Side } from '../types.ts';

/** What could be settled, as ids of problems: `candidates` fit the lines or an output, `settles` are those else not judged. */
export interface Settles {
  settles: string[];
  candidates: string[];
}

export interface Next {
  /** Absent where no check that is left settles anything. */
  check?: Settles & { id: string; side: Side };
  /** The block of a side, where it settles anything and was not given. */
  blocks: (Settles & { side: Side })[];
}

interface Given {
  problems: readonly Problem[];
  checks: readonly Check[];
  gather: readonly GatherReading[];
  /** Sides of which a block was given. */
  gathered: ReadonlySet<Side>;
}

/** Undefined where nothing is left to settle. */
export function nextOf(result: Result, { problems, checks, gather, gathered }: Given): Next | undefined {
  const answered = new Set((result.checks ?? []).map(({ base }) => base));
  const open = checks.filter(({ id, changes }) => !changes && !answered.has(id));
  const standing = result.diagnoses.filter(({ over }) => !over);
  const decided = standing.some(({ confidence }) => confidence === 'certain');
  const fit = standing.flatMap(({ problem, alternatives }) => [problem, ...alternatives]);
  const left = result.notJudged.map(({ problem }) => problem);
  const given = (result.checks ?? []).map(({ outcome }) => outcome);
  const pointed = new Set(given.flatMap(({ points }) => points.map((one) => one.split('@')[0] ?? '')));
  const candidates = decided ? [] : [...new Set([...fit, ...left.filter((id) => pointed.has(id))])];
  const notJudged = left.filter((id) => !candidates.includes(id));
  /** Where an output leads on: of checks that can decide as much, that one. */
  const leads = new Set(given.flatMap(({ points, next }) => (points.length > 0 && next ? [next] : [])));
  const cleared = clearedBy(result);
  const byId = new Map(problems.map((problem) => [problem.id, problem]));

  /** What these outcomes together prove or rule out, of some problems. */
  const settled = (those: readonly Outcome[], of: readonly string[]): string[] => {
    const says = new Map<string, Set<string>>();
    for (const { proves, excludes } of those) {
      for (const one of proves) note(says, one.split('@')[0] ?? '', 'proves');
      for (const one of excludes) note(says, one.split('@')[0] ?? '', one.split('@')[1] ?? 'everywhere');
    }
    return of.filter((id) => {
      const said = says.get(id);
      if (!said) return false;
      if (said.has('proves') || said.has('everywhere')) return true;
      return sidesOf(byId.get(id)).every((side) => said.has(side) || cleared.get(id)?.has(side));
    });
  };
  const of = (those: readonly Outcome[]): Settles => ({
    settles: settled(those, notJudged),
    candidates: settled(those, candidates),
  });
  const worth = ({ settles, candidates: its }: Settles) => its.length * 1000 + settles.length;
  // An output has one outcome: what it can settle is what its best one does.
  const bestOf = ({ outcomes }: Check): Outcome[] =>
    outcomes.reduce<Outcome[]>((known, one) => (worth(of([one])) > worth(of(known)) ? [one] : known), []);

  const rank = (one: NonNullable<Next['check']>) => worth(one) + (leads.has(one.id) ? 500 : 0);
  let best: NonNullable<Next['check']> | undefined;
  for (const check of open) {
    const one = { id: check.id, side: check.on, ...of(bestOf(check)) };
    if (worth(one) > 0 && (!best || rank(one) > rank(best))) best = one;
  }
  const blocks = (['server', 'client'] as const).flatMap((side) => {
    if (gathered.has(side)) return [];
    const read = new Set(gather.filter((one) => one.side === side).map(({ check }) => check));
    const one = { side, ...of(open.filter(({ id }) => read.has(id)).flatMap(bestOf)) };
    return worth(one) > 0 ? [one] : [];
  });
  blocks.sort((a, b) => worth(b) - worth(a));
  return best || blocks.length > 0 ? { ...(best ? { check: best } : {}), blocks } : undefined;
}

function note(says: Map<string, Set<string>>, id: string, what: string): void {
  const known = says.get(id);
  if (known) known.add(what);
  else says.set(id, new Set([what]));
}

const sidesOf = (problem: Problem | undefined): readonly Side[] =>
  !problem || problem.local || problem.decisiveSide === 'both' ? ['client', 'server'] : [problem.decisiveSide];

/** Sides on which outputs have ruled a problem out already. */
function clearedBy({ checks = [] }: Result): Map<string, Set<string>> {
  const cleared = new Map<string, Set<string>>();
  for (const { outcome } of checks)
    for (const one of outcome.excludes) note(cleared, one.split('@')[0] ?? '', one.split('@')[1] ?? 'everywhere');
  return cleared;
}
