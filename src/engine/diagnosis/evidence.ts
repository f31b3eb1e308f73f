/** Signs of each problem among the observations, collected by client; strangers who come together are one. */
import type { Problem, Sign } from '../../content/schemas.ts';
import type { Weight } from '../types.ts';
import { level, matches, matchesBlock, weigh } from './match.ts';
import type { Timeline } from './timeline.ts';
import type { Observation } from './types.ts';

/** One sign of a problem, found. */
export interface Found {
  it: Observation;
  /** Index into the problem's signs, or its blocks if the observation is a block. */
  index: number;
  weight: Weight;
  rank: number;
}

/** What speaks for one problem of one client. */
export interface Case {
  problem: Problem;
  host?: string;
  found: Found[];
}

/** Rank of a sign that states none. */
const middle = 5;

/** All cases. The same record speaks once for a problem, by its weightiest sign. */
export function collect(problems: readonly Problem[], timeline: Timeline): Case[] {
  const crowds = crowdsOf(problems, timeline);
  const alone = new Set(timeline.all.flatMap(({ host }) => host || [])).size <= 1;
  return problems.flatMap((problem) => {
    const best = new Map<Observation, Found>();
    const add = (it: Observation, index: number, given: Weight, place: number) => {
      const known = best.get(it);
      // Whatever a line would show if it is samhain's, bare words alone show no more than a possibility; but what they
      // would prove comes before what they would fit.
      const weight = it.quoted ? 'fits' : given;
      const rank = it.quoted ? place - 10 * level[given] : place;
      if (known && level[weight] <= level[known.weight] && !(it.quoted && rank < known.rank)) return;
      best.set(it, { it, index, weight, rank });
    };
    problem.signs.forEach((sign, index) => {
      for (const it of timeline.of(sign.message)) {
        const match = matches(sign, it);
        const crowd = crowds.get(it);
        if (!match || (sign.many ? crowd?.sign !== sign : crowd && crowd.problem !== problem)) continue;
        if (sign.with?.some((companion) => !timeline.exists(companion, it))) continue;
        if (sign.without?.some((companion) => timeline.exists(companion, it))) continue;
        add(it, index, weigh(sign.weight, match), sign.rank ?? middle);
      }
    });
    problem.blocks.forEach((block, index) => {
      for (const it of timeline.of('')) {
        const match = matchesBlock(block, it);
        if (!match || block.with?.some((companion) => !timeline.exists(companion, it))) continue;
        add(it, index, weigh(block.weight, match), middle);
      }
    });
    const found = [...best.values()];
    const crowded = found.filter(({ it }) => crowds.get(it)?.problem === problem);
    if (crowded.length === 0) return byHost(problem, found, alone);
    // Those who gave no name belong to it; whoever gave one by itself is a case of its own.
    const nameless = found.filter(({ it }) => !crowds.has(it) && !it.host);
    const others = found.filter(({ it }) => !crowds.has(it) && it.host);
    return [{ problem, found: inPlace([...crowded, ...nameless]) }, ...byHost(problem, others, alone)];
  });
}

/** The lines that only count together, each with the sign that it is. */
function crowdsOf(
  problems: readonly Problem[],
  timeline: Timeline,
): Map<Observation, { problem: Problem; sign: Sign }> {
  const crowds = new Map<Observation, { problem: Problem; sign: Sign }>();
  const signs = problems.flatMap((problem) => problem.signs.map((sign) => ({ problem, sign })));
  let clients: Set<string> | undefined;
  for (const { problem, sign } of signs) {
    if (!sign.many) continue;
    clients ??= clientsIn(timeline);
    const found = timeline.of(sign.message).filter((it) => matches(sign, it));
    for (const it of crowdOf(found, sign.many, clients)) if (!crowds.has(it)) crowds.set(it, { problem, sign });
  }
  return crowds;
}

/** Hosts of which the input holds records of their own, relayed ones too. */
function clientsIn({ all }: Timeline): Set<string> {
  const hosts = new Set<string>();
  for (const { host, side } of all) if (host && side === 'client') hosts.add(host);
  return hosts;
}

const inPlace = (found: Found[]): Found[] => found.sort((a, b) => a.it.index - b.it.index);

/**
 * One case a client. What names no client joins the only one that has the problem, unless the server, which knows more
 * clients than that one, wrote it of somebody.
 * @param alone true if the input is about one client at most
 */
function byHost(problem: Problem, found: readonly Found[], alone: boolean): Case[] {
  const groups = new Map<string | undefined, Found[]>();
  for (const one of found) {
    const group = groups.get(one.it.host);
    if (group) group.push(one);
    else groups.set(one.it.host, [one]);
  }
  const nameless = groups.get(undefined);
  const [only, second] = [...groups.keys()].filter((host) => host !== undefined);
  if (nameless && only !== undefined && second === undefined) {
    const anyones = alone ? [] : nameless.filter(({ it }) => it.side === 'server');
    groups.delete(undefined);
    groups.get(only)?.push(...nameless.filter((one) => !anyones.includes(one)));
    if (anyones.length > 0) groups.set(undefined, anyones);
  }
  return [...groups].map(([host, its]) => ({
    problem,
    ...(host === undefined ? {} : { host }),
    found: inPlace(its),
  }));
}

type Many = NonNullable<Sign['many']>;

/** Lines of one name that are no further apart are one try: two connections, or two records of one. */
const oneTry = 2_000;
/** A client that is refused pauses 34 minutes and its loop time at most; what comes back later is another visit. */
const rest = 2 * 3_600_000;
/** Names found to be no part of it change who else is near; after so many rounds what is left counts. */
const rounds = 8;

/**
 * Those of a sign's lines that are a crowd.
 * @param clients keys of hosts of which the input holds records of their own: they are no strangers
 */
export function crowdOf(
  found: readonly Observation[],
  { field, values, seconds }: Many,
  clients: ReadonlySet<string>,
): Set<Observation> {
  const named = (it: Observation) => it.values[field]?.trim().toLowerCase() ?? '';
  const timed = found
    .filter((it) => it.time !== undefined && named(it) !== '' && !(it.host && clients.has(it.host)))
    .sort((a, b) => timeOf(a) - timeOf(b) || a.index - b.index);
  const again = triedAgain(timed, named);
  let left = timed.filter((it) => !again.has(named(it)));
  let crowd = new Set<Observation>();
  for (let round = 0; round < rounds; round++) {
    const runs = runsOf(left, seconds * 1000).filter((run) => isCrowd(run, { named, values, width: seconds * 1000 }));
    crowd = new Set(runs.flat());
    // A name that is also refused by itself has a rhythm of its own.
    const alone = new Set(left.filter((it) => !crowd.has(it)).map(named));
    const stay = left.filter((it) => !crowd.has(it) || !alone.has(named(it)));
    if (stay.length === left.length) break;
    left = stay;
    crowd = new Set([...crowd].filter((it) => !alone.has(named(it))));
  }
  return crowd;
}

const timeOf = ({ time }: Observation): number => time ?? 0;

/** Names that come back after a pause, as a client does. */
function triedAgain(timed: readonly Observation[], named: (it: Observation) => string): Set<string> {
  const last = new Map<string, number>();
  const again = new Set<string>();
  for (const it of timed) {
    const name = named(it);
    const pause = timeOf(it) - (last.get(name) ?? Number.NEGATIVE_INFINITY);
    if (pause > oneTry && pause < rest) again.add(name);
    last.set(name, timeOf(it));
  }
  return again;
}

/** Stretches without a longer pause than this. */
function runsOf(timed: readonly Observation[], pause: number): Observation[][] {
  const runs: Observation[][] = [];
  for (const it of timed) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && timeOf(it) - timeOf(before) <= pause) run.push(it);
    else runs.push([it]);
  }
  return runs;
}

/** True if so many different names stand within the width anywhere in the run. */
function isCrowd(
  run: readonly Observation[],
  { named, values, width }: { named: (it: Observation) => string; values: number; width: number },
): boolean {
  const within = new Map<string, number>();
  let from = 0;
  for (const it of run) {
    within.set(named(it), (within.get(named(it)) ?? 0) + 1);
    for (let first = run[from]; first && timeOf(it) - timeOf(first) > width; first = run[++from]) {
      const left = (within.get(named(first)) ?? 1) - 1;
      if (left > 0) within.set(named(first), left);
      else within.delete(named(first));
    }
    if (within.size >= values) return true;
  }
  return false;
}
