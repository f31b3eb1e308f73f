/**
 * What changed since the last run: what the lines say now beside what was said before. Nothing here reads or prints; the
 * memory that is given is brought up to date.
 */
import { isSameHost } from '../../engine/config/configurations.ts';
import type { Diagnosis } from '../../engine/diagnosis/index.ts';
import type { Judged } from '../../engine/judge.ts';
import type { Finding } from '../../engine/types.ts';
import { hashOf, type Memory, type Trouble } from './memory.ts';

/** Something that is said once. */
export type Change =
  /** It stands; `problems` are several where it is one of them. `over`: it came and went between two runs. */
  | ({ event: 'problem'; over?: End } & Trouble)
  /** What stood is over. */
  | ({ event: 'fixed'; over: End } & Trouble)
  /** What stood is not what the lines show any more: another cause is, or they are gone. */
  | ({ event: 'withdrawn' } & Trouble)
  /** The file check reports, or an error that no problem explains. */
  | { event: 'report'; finding: Finding; more: number }
  | { event: 'unexplained'; finding: Finding; more: number }
  /** At the first run: so many were over already. */
  | { event: 'before'; count: number };

/** When it ended, as far as a record tells. */
interface End {
  stamp?: string;
  time?: number;
  probably?: true;
}

/** Hashes of records and ends of problems that are remembered. */
const most = 5000;
/** Clients of which the last sign of life is remembered. */
const mostAlive = 20_000;

export interface Since {
  /** True for a record that was not there at the last run. */
  isNew: (finding: Finding) => boolean;
  /** Not all lines of earlier runs are kept. */
  reduced: boolean;
}

/** @param memory is brought up to date */
export function changesOf({ read, result }: Judged, memory: Memory, since: Since): Change[] {
  const changes: Change[] = [];
  const standing: Trouble[] = [];
  const ended = new Map(Object.entries(memory.ended));
  const key = (problem: string, host: string | undefined) => `${problem} ${host?.toLowerCase() ?? ''}`;
  const stampOf = (finding: number | undefined) => {
    const record = finding === undefined ? undefined : read.findings[finding]?.record;
    return record?.relay?.stamp ?? record?.stamp;
  };
  const timeOf = (finding: number) => {
    const record = read.findings[finding]?.record;
    return record?.relay?.time ?? record?.time;
  };
  /** Signs of what ended before are no beginning of what stands now. */
  const troubleOf = ({ problem, host, from, to, evidence }: Diagnosis): Trouble => {
    const end = ended.get(key(problem, host)) ?? Number.NEGATIVE_INFINITY;
    let first: { finding: number; time: number } | undefined;
    for (const { finding } of evidence) {
      const time = timeOf(finding);
      if (time !== undefined && time > end && time < (first?.time ?? Number.POSITIVE_INFINITY))
        first = { finding, time };
    }
    const stamp = stampOf(first?.finding);
    const time = first?.time ?? from;
    return {
      ...(host === undefined ? {} : { host }),
      problems: [problem],
      ...(stamp === undefined ? {} : { stamp }),
      ...(time === undefined ? {} : { since: time }),
      ...(to === undefined ? {} : { to }),
    };
  };
  // (Of a client that was away for long the kept lines tell too little to say whose an address was.)
  const isOver = ({ over }: Diagnosis) => over !== false && !(over.likely && since.reduced);
  const endOf = ({ over }: Diagnosis): End => {
    if (over === false) return {};
    const stamp = stampOf(over.finding);
    return {
      ...(stamp === undefined ? {} : { stamp }),
      ...(over.time === undefined ? {} : { time: over.time }),
      ...(over.likely ? { probably: true as const } : {}),
    };
  };
  const known = (trouble: Trouble): Trouble | undefined => {
    const same = memory.troubles.filter(
      ({ problems }) =>
        (problems.length === 1) === (trouble.problems.length === 1) &&
        (problems.length > 1 || problems[0] === trouble.problems[0]),
    );
    const exact = same.find(({ host }) => host?.toLowerCase() === trouble.host?.toLowerCase());
    if (exact || trouble.host === undefined) return exact;
    const alike = same.filter(({ host }) => host !== undefined && isSameHost(host, trouble.host ?? ''));
    return alike.length === 1 ? alike[0] : undefined;
  };
  const taken = new Set<Trouble>();
  const stand = (trouble: Trouble) => {
    const before = known(trouble);
    if (before && !taken.has(before)) {
      taken.add(before);
      // Since when it stands was said; which ones it can be may be fewer now.
      standing.push({
        ...trouble,
        ...(before.stamp === undefined ? {} : { stamp: before.stamp }),
        ...(before.since === undefined ? {} : { since: before.since }),
      });
      return;
    }
    standing.push(trouble);
    changes.push({ event: 'problem', ...trouble });
  };

  const certain = result.diagnoses.filter((one) => !isOver(one) && one.confidence !== 'possible');
  for (const one of certain) {
    const trouble = troubleOf(one);
    const end = ended.get(key(one.problem, one.host));
    // Signs that were over at an earlier run are so still, though their end is no longer among the lines.
    if (end !== undefined && (one.to ?? 0) <= end) continue;
    stand(trouble);
  }
  // Guesses about one client are one thing that is said, and nothing beside what is known.
  const guesses = new Map<string, Trouble>();
  for (const one of result.diagnoses) {
    if (isOver(one) || one.confidence !== 'possible') continue;
    if (certain.some(({ host }) => host === one.host)) continue;
    if ((one.to ?? 0) <= (ended.get(key(one.problem, one.host)) ?? -1)) continue;
    const trouble = troubleOf(one);
    const same = guesses.get(one.host ?? '');
    if (!same) guesses.set(one.host ?? '', trouble);
    else {
      same.problems.push(one.problem);
      if (trouble.since !== undefined && trouble.since < (same.since ?? Number.POSITIVE_INFINITY)) {
        same.since = trouble.since;
        if (trouble.stamp !== undefined) same.stamp = trouble.stamp;
      }
      if (trouble.to !== undefined && trouble.to > (same.to ?? 0)) same.to = trouble.to;
    }
  }
  for (const trouble of guesses.values()) stand(trouble);

  // What is over: of several times the last one.
  const over = new Map<string, Diagnosis>();
  for (const one of result.diagnoses) {
    if (!isOver(one)) continue;
    const id = key(one.problem, one.host);
    if ((over.get(id)?.to ?? -1) <= (one.to ?? 0)) over.set(id, one);
  }
  const told = new Set<Trouble>();
  for (const [id, one] of over) {
    const trouble = troubleOf(one);
    const before = memory.troubles.find(
      (old) =>
        !taken.has(old) &&
        old.problems.includes(one.problem) &&
        (old.host === one.host || (old.host !== undefined && one.host !== undefined && isSameHost(old.host, one.host))),
    );
    const end = ended.get(id);
    const isNews = (one.to ?? 0) > (end ?? -1);
    ended.delete(id);
    ended.set(id, Math.max(one.to ?? 0, end ?? 0));
    if (before) {
      if (!told.has(before)) changes.push({ event: 'fixed', ...before, over: endOf(one) });
      told.add(before);
    } else if (isNews && one.confidence !== 'possible')
      changes.push({ event: 'problem', ...trouble, over: endOf(one) });
  }
  for (const old of memory.troubles) {
    if (taken.has(old) || told.has(old)) continue;
    const now = changes.some((one) => one.event === 'problem' && !one.over && one.host === old.host);
    // Guesses of which one is known now, or a cause in the place of another: the new one says it.
    if (!now) changes.push({ event: 'withdrawn', ...old });
  }
  memory.troubles = standing;
  memory.ended = Object.fromEntries([...ended].slice(-most));

  const before = new Set(memory.told);
  for (const [event, list] of [
    ['report', result.reports],
    ['unexplained', result.open],
  ] as const) {
    for (const index of list) {
      const finding = read.findings[index];
      if (!finding || !since.isNew(finding)) continue;
      const { record } = finding;
      const hash = hashOf(`${record.relay?.stamp ?? ''} ${record.stamp ?? ''} ${record.body}`).slice(0, 16);
      if (before.has(hash)) continue;
      before.add(hash);
      const more = read.sources[record.source]?.excerpt?.stands.get(record.line) ?? 0;
      changes.push({ event, finding, more });
      if (event === 'report') memory.reports += 1 + more;
    }
  }
  memory.told = [...before].slice(-most);
  // (A name from a log is a key of a map, never of an object that has others.)
  const alive = new Map(Object.entries(memory.alive));
  for (const { host, alive: time } of result.clients) {
    if (time !== undefined) alive.set(host, Math.max(time, alive.get(host) ?? 0));
  }
  memory.alive = Object.fromEntries([...alive].sort((a, b) => a[1] - b[1]).slice(-mostAlive));
  memory.known ||= read.findings.some(({ message, quoted }) => message !== undefined && !quoted);
  return changes;
}
