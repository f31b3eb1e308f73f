/**
 * Outputs of checks as evidence: what they prove is a diagnosis, what they exclude on every side is ruled out, what they
 * point to comes first among what is open and is never a diagnosis by itself.
 */
import type { Combination, Problem } from '../../content/schemas.ts';
import type { CheckEvidence, Diagnosis, Need, Result } from '../diagnosis/types.ts';
import type { Finding, Side } from '../types.ts';
import type { FoundOutcome } from './found.ts';

interface Given {
  problems: readonly Problem[];
  findings: readonly Finding[];
  combinations: readonly Combination[];
}

/** More than these would ask for more than helps. */
const mostNeeds = 3;

/** What outputs say of one problem. */
interface Said {
  proves: CheckEvidence[];
  points: CheckEvidence[];
  /** Outputs by the side on which they exclude it. */
  excludes: Map<Side | 'everywhere', number[]>;
}

/** The result of lines and configurations with what the outputs add. */
export function withChecks(
  result: Result,
  given: readonly FoundOutcome[],
  { problems, findings, combinations }: Given,
): Result {
  if (given.length === 0) return result;
  const checks = [...given].sort((a, b) => a.source - b.source || a.line - b.line);
  const said = sayingsOf(checks, combinations);
  const saysOf = (problem: string) => said.get(problem);
  const isOut = (problem: string) =>
    ruledOut(
      problems.find(({ id }) => id === problem),
      saysOf(problem),
    );

  const known = result.diagnoses.map((one): Diagnosis => {
    const { proves = [], points = [] } = saysOf(one.problem) ?? {};
    const its = [...proves, ...points];
    if (one.over || its.length === 0) return one;
    return { ...one, checks: its, ...(proves.length > 0 ? { confidence: 'certain', quoted: false, ask: [] } : {}) };
  });
  const has = new Set(known.map(({ problem }) => problem));
  // (Records in an output are lines of a log, and were judged as such.)
  const isRecords = (index: number) => {
    const { source, line, endLine } = checks[index] as FoundOutcome;
    return findings.some(({ record }) => record.source === source && record.line >= line && record.line <= endLine);
  };
  const added = problems.flatMap(({ id }): Diagnosis[] => {
    const { proves = [], points = [] } = saysOf(id) ?? {};
    const own = proves.filter((one) => !one.checks.every(isRecords));
    return own.length === 0 || has.has(id) ? [] : [fromChecks(id, [...own, ...points])];
  });
  const all = [...known, ...added].filter(({ over }) => !over);
  // A guess that the outputs rule out is none, as long as something is left.
  const left = all.filter(({ problem, confidence }) => confidence !== 'possible' || isOut(problem) === undefined);
  const standing = (left.length > 0 ? left : all)
    .map((one, place) => ({ one, place }))
    .sort((a, b) => rank(a.one) - rank(b.one) || a.place - b.place)
    .map(({ one }) => one);
  const names = new Set(standing.map(({ problem }) => problem));
  const diagnoses = [...standing, ...known.filter(({ over }) => over)].map((one) => ({
    ...one,
    alternatives: one.alternatives.filter((other) => names.has(other)),
    ask: one.ask.filter(({ problem }) => names.has(problem)),
  }));

  const found = new Set(diagnoses.map(({ problem }) => problem));
  const excluded = result.excluded.filter(({ problem }) => !found.has(problem));
  const out = new Set(excluded.map(({ problem }) => problem));
  const notJudged = result.notJudged.filter(({ problem }) => !found.has(problem));
  for (const { id } of problems) {
    const outputs = found.has(id) || out.has(id) ? undefined : isOut(id);
    if (outputs) excluded.push({ problem: id, because: [{ kind: 'check', checks: outputs }] });
  }
  const ruled = new Set(excluded.map(({ problem }) => problem));
  const answered = new Set(checks.flatMap(({ check, base }) => [check, base]));
  const open = notJudged
    .filter(({ problem }) => !ruled.has(problem))
    .map((one) => {
      const problem = problems.find(({ id }) => id === one.problem);
      return problem ? { ...one, needs: needsOf(problem, one.needs, { answered, said: saysOf(one.problem) }) } : one;
    });
  const pointed = (problem: string) => Number((saysOf(problem)?.points.length ?? 0) === 0);
  open.sort((a, b) => pointed(a.problem) - pointed(b.problem));

  const state = added.length > 0 ? 'diagnosed' : result.state === 'nothing' ? 'read' : result.state;
  return {
    ...result,
    checks,
    diagnoses,
    excluded,
    notJudged: open,
    state,
    healthy: state === 'healthy' || state === 'reports',
  };
}

/** What would judge it yet: a check that is answered is not asked for again, and a side that is cleared neither. */
function needsOf(
  { checks, local, decisiveSide }: Problem,
  needs: readonly Need[],
  { answered, said }: { answered: ReadonlySet<string>; said: Said | undefined },
): Need[] {
  const unasked = needs.filter((one) => !('check' in one && answered.has(one.check)));
  const sides: readonly Side[] = local || decisiveSide === 'both' ? ['server', 'client'] : [decisiveSide];
  const cleared = sides.filter((side) => said?.excludes.has(side));
  const left = sides.filter((side) => !cleared.includes(side)).map((side) => ({ side }));
  if (cleared.length > 0 && left.length > 0) {
    const others = unasked.filter((one) => !('side' in one));
    return [...left, ...others].slice(0, mostNeeds);
  }
  if (unasked.length > 0) return unasked;
  const more = checks.filter((check) => !answered.has(check)).map((check) => ({ check }));
  return (more.length > 0 ? more : left).slice(0, mostNeeds);
}

/** What stands for certain, then what is likely; of guesses those first to which an output points. */
function rank({ confidence, checks = [] }: Diagnosis): number {
  if (confidence === 'certain') return 0;
  if (confidence === 'likely') return 1;
  return checks.length > 0 ? 2 : 3;
}

function sayingsOf(checks: readonly FoundOutcome[], combinations: readonly Combination[]): Map<string, Said> {
  const said = new Map<string, Said>();
  const of = (id: string): Said => {
    const known = said.get(id) ?? { proves: [], points: [], excludes: new Map() };
    said.set(id, known);
    return known;
  };
  const problemOf = (one: string) => one.split('@')[0] ?? '';
  const exclude = (one: string, outputs: readonly number[]) => {
    const side = one.split('@')[1];
    const key = side === 'client' || side === 'server' ? side : 'everywhere';
    const { excludes } = of(problemOf(one));
    excludes.set(key, [...(excludes.get(key) ?? []), ...outputs]);
  };
  checks.forEach(({ outcome }, index) => {
    const its = { checks: [index], because: outcome.means };
    const which = outcome.case === undefined ? {} : { case: outcome.case };
    for (const one of outcome.proves) of(problemOf(one)).proves.push({ ...its, ...which, weight: 'proves' });
    for (const one of outcome.points) of(problemOf(one)).points.push({ ...its, weight: 'points' });
    for (const one of outcome.excludes) exclude(one, [index]);
  });
  for (const { all, proves, points, excludes, because } of combinations) {
    const parts = all.map((some) => checks.findIndex(({ base, outcome }) => some.includes(`${base}=${outcome.id}`)));
    if (parts.includes(-1)) continue;
    for (const one of proves) of(problemOf(one)).proves.push({ checks: parts, because, weight: 'proves' });
    for (const one of points) of(problemOf(one)).points.push({ checks: parts, because, weight: 'points' });
    for (const one of excludes) exclude(one, parts);
  }
  return said;
}

/** The outputs that rule a problem out on every side where it can be; undefined where one is left, or something proves it. */
function ruledOut(problem: Problem | undefined, said: Said | undefined): number[] | undefined {
  if (!problem || !said || said.proves.length > 0 || said.excludes.size === 0) return undefined;
  const { excludes } = said;
  const everywhere = excludes.get('everywhere');
  if (everywhere) return [...new Set(everywhere)];
  const sides: readonly Side[] = problem.local
    ? ['client', 'server']
    : problem.decisiveSide === 'both'
      ? ['client', 'server']
      : [problem.decisiveSide];
  const each = sides.map((side) => excludes.get(side));
  return each.every((one) => one !== undefined) ? [...new Set(each.flatMap((one) => one ?? []))] : undefined;
}

function fromChecks(problem: string, checks: CheckEvidence[]): Diagnosis {
  return {
    problem,
    confidence: 'certain',
    quoted: false,
    over: false,
    evidence: [],
    blocks: [],
    checks,
    explains: [],
    alternatives: [],
    ask: [],
  };
}
