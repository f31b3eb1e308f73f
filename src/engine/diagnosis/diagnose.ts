/**
 * The judge: from findings to diagnoses. It knows no problem and no message by name;
 * all that is in the content (signs, blocks, consequences, fixedBy, decide of each problem; harmless of each message).
 */
import type { Check, Combination, Problem } from '../../content/schemas.ts';
import { withChecks } from '../checks/judge.ts';
import type { Outputs } from '../checks/recognise.ts';
import { tracesOf } from '../checks/traces.ts';
import { type Configured, isSameHost, statedThresholds, withConfigurations } from '../config/configurations.ts';
import { noSetup, type SetupValues } from '../setup.ts';
import type { Aside, Confidence, Finding, Side, Source } from '../types.ts';
import { clientsOf } from './clients.ts';
import { Coverage } from './coverage.ts';
import { cutEndsOf } from './cut.ts';
import { Endings, type Thresholds } from './endings.ts';
import { collect } from './evidence.ts';
import { kindsOf } from './hosts.ts';
import { type Facts, observe } from './observe.ts';
import { withOffers } from './offers.ts';
import { type End, type LeftOut, Recovery } from './over.ts';
import { Reach } from './reach.ts';
import {
  alternativesOf,
  askFor,
  endGuesses,
  groupByObservation,
  linesOf,
  rankOf,
  resolve,
  type Shared,
  type Verdict,
} from './resolve.ts';
import { shareOf } from './sequence.ts';
import { harmlessLines, stateOf } from './state.ts';
import { decisionCommand } from './steps.ts';
import { Timeline } from './timeline.ts';
import type { BlockEvidence, Client, Diagnosis, Evidence, KnownMessage, Result, Spell } from './types.ts';

/**
 * Judges what was recognised.
 * @param problems in the order in which equals are listed (by step)
 * @param asides explanation blocks and emergency lines; some problems are known by nothing else
 * @param input the setup, whose values stand in commands; whether the findings are of all that was given: what was not
 *   read can hold anything; which options are
 *   thresholds; and the clients of which alone something is said
 */
export function diagnose(
  findings: readonly Finding[],
  problems: readonly Problem[],
  messages: readonly KnownMessage[],
  asides: readonly Aside[] = [],
  input: {
    complete: boolean;
    setup?: SetupValues;
    sources?: readonly Source[];
    thresholds?: Thresholds;
    only?: readonly string[];
    outputs?: Pick<Outputs, 'outcomes' | 'blocks'>;
    checks?: readonly Pick<Check, 'id' | 'traces'>[];
    combinations?: readonly Combination[];
  } & Partial<Configured> = {
    complete: true,
  },
): Result {
  const timeline = new Timeline(observe(findings, asides, factsOf(messages)));
  const cases = collect(problems, timeline);
  const reach = new Reach(timeline.all, problems, messages);
  const recovery = new Recovery(timeline, reach, cases, leftOutOf(findings, input.sources ?? []));
  const episodes = cases.flatMap((one) => recovery.episodes(one, shareOf(cases.length)));
  const { thresholds = {}, only } = input;
  const isAsked = (host: string | undefined) => !only || Boolean(host && only.some((name) => isSameHost(host, name)));
  const traces = tracesOf(timeline, input.outputs ?? { outcomes: [], blocks: [] }, input.checks ?? []);
  const every = endGuesses(resolve(episodes, timeline)).filter(
    ({ host, found }) => isAsked(host) && !found.every(({ it }) => traces.has(it)),
  );
  const resolved = latestOnly(every).sort(inOrder(problems));
  const about =
    only && new Set(timeline.all.filter(({ host }) => isAsked(host)).flatMap((it) => [it.finding, ...it.copies]));
  const coverage = new Coverage(
    { findings, asides, sources: input.sources ?? [] },
    messages,
    statedThresholds(input.settings ?? [], thresholds),
  );
  const given = { problems, messages, timeline, reach, coverage, thresholds, isAsked };
  const endings = new Endings(given, resolved);
  const verdicts = endings.standing(resolved);
  const shared = groupByObservation(verdicts);
  const counted = new Set(verdicts.flatMap(({ found }) => found.map(({ it }) => it)));
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const described = verdicts.map((verdict) => describe(verdict, shared, timeline));
  const firstOf = firstByHost(described);
  const diagnoses = described.map((diagnosis) => {
    const ask = diagnosis.ask.map((one) => {
      const problem = byId.get(one.problem);
      // What another problem asks for is run where its own lines say.
      const its =
        one.problem === diagnosis.problem ? diagnosis : (firstOf.get(diagnosis.host)?.get(one.problem) ?? diagnosis);
      const known = { diagnosis: its, findings, asides };
      return problem
        ? {
            problem: one.problem,
            look: one.look,
            ...decisionCommand({ problem, setup: input.setup ?? noSetup, known }, one),
          }
        : one;
    });
    return { ...diagnosis, ask };
  });
  const left = [...traces].filter((it) => !counted.has(it)).map(({ finding }) => ({ finding, because: leftByCheck }));
  const known = harmlessLines(timeline, messages, counted).filter(({ finding }) => !about || about.has(finding));
  const harmless = [...known.filter(({ finding }) => !left.some((one) => one.finding === finding)), ...left];
  const { complete } = input;
  const state = stateOf({ findings, asides, messages, timeline, complete, about }, { diagnoses, harmless });
  const clients = clientsOf(diagnoses, problems, { timeline, reach }).filter(({ host }) => isAsked(host));
  const healthy = state.state === 'healthy' || state.state === 'reports';
  const spells = isLong(timeline, clients) ? spellsOf(verdicts, every, recovery) : undefined;
  const own = {
    ...state,
    ...(spells ? { spells } : {}),
    excluded: [],
    notJudged: [],
    clients,
    diagnoses,
    harmless,
    cutEnds: cutEndsOf(problems, { findings, asides, setup: input.setup ?? noSetup }),
    healthy,
  };
  const configured = withConfigurations(own, input, { problems, findings });
  const all = only ? onlyOf(configured, own, isAsked) : configured;
  // Where something is diagnosed, what stays unexplained beside it may be as old as that.
  const asked = resolved.length > 0 ? endings : new Endings(given, resolved, state.open);
  const ended = { ...all, ...asked.of(all) };
  const checked = withChecks(ended, input.outputs?.outcomes ?? [], {
    problems,
    findings,
    combinations: input.combinations ?? [],
  });
  return withOffers(checked, { problems, sources: input.sources ?? [], configurations: input.settings ?? [] });
}

/** By client and problem: the first diagnosis. Of thousands of clients each asks for some of its own. */
function firstByHost(described: readonly Diagnosis[]): Map<string | undefined, Map<string, Diagnosis>> {
  const all = new Map<string | undefined, Map<string, Diagnosis>>();
  for (const one of described) {
    const its = all.get(one.host) ?? new Map<string, Diagnosis>();
    if (!its.has(one.problem)) its.set(one.problem, one);
    all.set(one.host, its);
  }
  return all;
}

/** When each problem of a client came and went matters where several days and clients are looked over. */
const [longerThan, moreThan] = [24 * 3_600_000, 5];
/** More are drawn by nobody. */
const mostSpells = 2000;

function isLong({ all }: Timeline, clients: readonly Client[]): boolean {
  if (clients.length <= moreThan) return false;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { time } of all) {
    if (time === undefined) continue;
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return to - from > longerThan;
}

/** @param every all that was resolved, with what was over before it came again */
function spellsOf(verdicts: readonly Verdict[], every: readonly Verdict[], recovery: Recovery): Spell[] {
  const key = ({ problem, host }: Verdict) => `${problem.id} ${host}`;
  const wanted = new Map<string, Verdict[]>();
  for (const one of verdicts) if (one.host && wanted.size < mostSpells) wanted.set(key(one), []);
  for (const one of every) wanted.get(key(one))?.push(one);
  const most = shareOf(wanted.size);
  return [...wanted.values()].flatMap((parts) => {
    const [first] = parts;
    if (!first?.host) return [];
    const { problem, host } = first;
    const spells = recovery.spells({ ...first, found: parts.flatMap(({ found }) => found) }, most);
    // How the last one ended was judged with more than these records.
    const standing = parts.some(({ over }) => !over);
    const end = largest(parts.flatMap(({ over }) => over?.it.time ?? []));
    const likely = parts.some(({ over }) => over?.likely);
    return spells.map(({ from, to, end: own }, i) => {
      const until = i < spells.length - 1 ? own : standing ? undefined : (end ?? own);
      return {
        problem: problem.id,
        host,
        from,
        to,
        ...(until === undefined ? {} : { end: until }),
        ...(likely && i === spells.length - 1 ? { likely } : {}),
      };
    });
  });
}

const leftByCheck = 'Left by a check that was run at that time: it opens the port and closes it again.';

/** Without what a configuration says of other clients. */
function onlyOf(all: Result, own: Result, isAsked: (host: string | undefined) => boolean): Result {
  const diagnoses = all.diagnoses.filter(({ host }) => isAsked(host));
  const { state, healthy } = diagnoses.length > 0 || all.state !== 'diagnosed' ? all : own;
  return { ...all, state, healthy, diagnoses, clients: all.clients.filter(({ host }) => isAsked(host)) };
}

/** What excerpts say of the records that they leave out, by the findings beside which they say it. */
function leftOutOf(findings: readonly Finding[], sources: readonly Source[]): LeftOut {
  const pauses = new Map<number, number>();
  const tries = new Map<number, ReadonlyMap<string, readonly number[]>>();
  if (sources.every(({ excerpt }) => !excerpt)) return { pauses, tries };
  const behind = sources.map(({ excerpt }) => new Map(excerpt?.pauses.map(({ to, second }) => [to, second])));
  findings.forEach(({ record }, i) => {
    const second = behind[record.source]?.get(record.line);
    if (second !== undefined) pauses.set(i, second);
    const own = sources[record.source]?.excerpt?.tries.get(record.line);
    if (own) tries.set(i, own);
  });
  return { pauses, tries };
}

const factsMade = new WeakMap<readonly KnownMessage[], Facts>();

/** What observing asks of the catalogue: with every text, and the catalogue stays the same. */
function factsOf(messages: readonly KnownMessage[]): Facts {
  const known = factsMade.get(messages) ?? factsIn(messages);
  factsMade.set(messages, known);
  return known;
}

function factsIn(messages: readonly KnownMessage[]): Facts {
  // The wrapper is what is received and names a client; syslog from elsewhere is received too, and names an address.
  const wrapper = messages.find(({ severity, fields }) => severity === 'RECEIVED' && 'client' in fields)?.id;
  const session = new Map(messages.flatMap((one) => (one.session ? [[one.id, one.session] as const] : [])));
  const sideOfText = new Map<string, Side>();
  for (const { id, texts } of messages) {
    for (const { id: text, side } of texts) if (side && side !== 'both') sideOfText.set(`${id} ${text}`, side);
  }
  const ends = new Set(messages.flatMap(({ id, process }) => (process === 'ends' ? [id] : [])));
  return { ...kindsOf(messages), ends, session, sideOfText, ...(wrapper === undefined ? {} : { wrapper }) };
}

/** Of two episodes of one problem and client the one that still stands. */
function latestOnly(verdicts: readonly Verdict[]): Verdict[] {
  const key = ({ problem, host }: Verdict) => `${problem.id} ${host ?? ''}`;
  const standing = new Set(verdicts.filter(({ over }) => !over).map(key));
  return verdicts.filter((verdict) => !verdict.over || !standing.has(key(verdict)));
}

const steps: readonly `${Problem['urgency']} ${Confidence}`[] = [
  'fault certain',
  'fault likely',
  'warning certain',
  'warning likely',
  'fault possible',
  'warning possible',
];

/** What stands before what is over; then by urgency and confidence, lines explained, rank, and step. */
function inOrder(problems: readonly Problem[]) {
  const place = new Map(problems.map((problem, i) => [problem, i]));
  const step = ({ problem, confidence }: Verdict) => steps.indexOf(`${problem.urgency} ${confidence}`);
  return (a: Verdict, b: Verdict): number => {
    const lines = linesOf(b.found, b.explained.length) - linesOf(a.found, a.explained.length);
    const rank = rankOf(a.found) - rankOf(b.found);
    return (
      Number(Boolean(a.over)) - Number(Boolean(b.over)) ||
      step(a) - step(b) ||
      // Guesses on the same line explain the same; then only the rank tells them apart.
      (a.confidence === 'possible' ? rank || lines : lines || rank) ||
      (place.get(a.problem) ?? 0) - (place.get(b.problem) ?? 0) ||
      // In whatever order the sources were given: the latest first.
      latestOf(b) - latestOf(a) ||
      ((a.host ?? '') < (b.host ?? '') ? -1 : 1)
    );
  };
}

/** Time of the last sign; what has none comes last. */
const latestOf = ({ found }: Verdict): number => largest(found.flatMap(({ it }) => it.time ?? [])) ?? 0;

function describe(verdict: Verdict, shared: Shared, timeline: Timeline): Diagnosis {
  const { problem, confidence, host, over, found, explained } = verdict;
  const alternatives = alternativesOf(verdict, shared);
  const times = found.map(({ it }) => it.time).filter((time) => time !== undefined);
  const [from, to] = [smallest(times), largest(times)];
  const evidence: Evidence[] = [];
  const blocks: BlockEvidence[] = [];
  for (const { it, index, weight } of found) {
    if (it.finding < 0) blocks.push({ aside: it.aside, block: index, weight });
    else evidence.push({ finding: it.finding, sign: index, weight, copies: it.copies });
  }
  return {
    problem: problem.id,
    confidence,
    quoted: found.every(({ it }) => it.quoted),
    ...(host ? { host } : {}),
    over: over ? endOf(over) : false,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    evidence,
    blocks,
    explains: explained.filter(({ finding }) => finding >= 0).flatMap(({ finding, copies }) => [finding, ...copies]),
    alternatives: alternatives.map(({ problem: { id } }) => id),
    ask: askFor(verdict, alternatives, timeline),
  };
}

function endOf({ it: { finding, time }, likely, back }: End): Exclude<Diagnosis['over'], false> {
  return {
    finding,
    ...(time === undefined ? {} : { time }),
    ...(likely ? { likely } : {}),
    ...(back ? { back } : {}),
  };
}

// Spreading a long list into Math.min overflows the stack.
const smallest = (list: readonly number[]) => (list.length ? list.reduce((a, b) => Math.min(a, b)) : undefined);
const largest = (list: readonly number[]) => (list.length ? list.reduce((a, b) => Math.max(a, b)) : undefined);
