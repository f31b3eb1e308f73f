/** The state of each client that the lines know: one word each, from what was found about it. */
import type { Problem } from '../../content/schemas.ts';
import { isAnonymous } from './hosts.ts';
import type { Reach } from './reach.ts';
import type { Timeline } from './timeline.ts';
import type { Client, Diagnosis, Observation } from './types.ts';

/**
 * Clients by name: those that a diagnosis names, and those that got as far as to be known to the server.
 * @param diagnoses best first
 */
export function clientsOf(
  diagnoses: readonly Diagnosis[],
  problems: readonly Problem[],
  { timeline, reach }: { timeline: Timeline; reach: Reach },
): Client[] {
  const silence = new Set(problems.filter((problem) => problem.silence).map(({ id }) => id));
  const byHost = new Map<string, Diagnosis[]>();
  for (const diagnosis of diagnoses) {
    if (!diagnosis.host) continue;
    const list = byHost.get(diagnosis.host);
    if (list) list.push(diagnosis);
    else byHost.set(diagnosis.host, [diagnosis]);
  }
  const hosts = new Set([...byHost.keys(), ...working(reach)]);
  const shared = sharedNames(hosts);
  return [...hosts]
    .filter((host) => !shared.has(host) || byHost.has(host))
    .sort((a, b) => (a < b ? -1 : 1))
    .map((host) => {
      const [first, last] = endsOf(timeline.ofHost(host));
      const [, alive] = endsOf(reach.ofHost(host).filter((it) => reach.isAdmitted(it)));
      return {
        host,
        ...stateOf(byHost.get(host) ?? [], silence),
        ...(first === undefined ? {} : { first }),
        ...(last === undefined ? {} : { last }),
        ...(alive === undefined ? {} : { alive }),
      };
    });
}

/** The first and the latest time that a record tells itself. */
function endsOf(records: readonly Observation[]): [first?: number, last?: number] {
  let [first, last]: [number?, number?] = [];
  for (const { time, borrowed } of records) {
    if (time === undefined || borrowed) continue;
    if (first === undefined || time < first) first = time;
    if (last === undefined || time > last) last = time;
  }
  return first === undefined || last === undefined ? [] : [first, last];
}

function stateOf(
  diagnoses: readonly Diagnosis[],
  silence: ReadonlySet<string>,
): Omit<Client, 'host' | 'first' | 'last'> {
  const [live] = diagnoses.filter(({ over }) => !over);
  if (live) {
    const state = silence.has(live.problem) ? 'silent' : live.confidence === 'possible' ? 'undecided' : 'to-fix';
    return { state, problem: live.problem, ...(live.from === undefined ? {} : { since: live.from }) };
  }
  const [first] = diagnoses;
  if (!first) return { state: 'fine' };
  const ends = diagnoses.flatMap(({ over }) => (over && over.time !== undefined ? [over.time] : []));
  const since = ends.length > 0 ? { since: Math.max(...ends) } : {};
  return { state: 'fixed', problem: first.problem, ...since };
}

/** Names of which the lines hold more than their coming. */
function working(reach: Reach): string[] {
  const hosts: string[] = [];
  for (const host of reach.hosts()) {
    if (host && !isAnonymous(host) && reach.ofHost(host).some((it) => reach.isWork(it))) hosts.push(host);
  }
  return hosts;
}

/** First parts that several full names have in common: no client, but one of several. */
function sharedNames(hosts: Iterable<string>): Set<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const host of hosts) {
    const dot = host.indexOf('.');
    if (dot <= 0 || isAnonymous(host)) continue;
    const short = host.slice(0, dot);
    if (seen.has(short)) shared.add(short);
    seen.add(short);
  }
  return shared;
}
