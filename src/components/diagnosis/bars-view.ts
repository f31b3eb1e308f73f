/** When each client had which problem, over the days of a log: the numbers behind the bars, and the words beside them. */
import type { Client, Diagnosis, Result } from '../../engine/diagnosis/types.ts';
import type { Times } from '../../engine/window.ts';
import type { Clock } from './clock.ts';
import { keyOf } from './verdicts.ts';
import { problemById } from './words.ts';

/** Times are milliseconds since 1970 UTC. */
export interface BarsView {
  from: number;
  to: number;
  /** What the log's zone is ahead of UTC. */
  ahead: number;
  /** Midnights. */
  days: number[];
  /** Those in trouble first; of a great many the first. */
  rows: BarView[];
  more: number;
  /** Some of the records were counted only. */
  sieved: boolean;
}

export interface BarView {
  host: string;
  state: Client['state'];
  /** From its first record to its last. */
  from?: number;
  to?: number;
  spells: SpellView[];
}

export interface SpellView {
  problem: string;
  from: number;
  to: number;
  /** When it was over; absent while it stands. */
  end?: number;
  likely: boolean;
  words: { from: string; to: string; end?: string };
}

const day = 24 * 3_600_000;
const mostRows = 300;
const order: readonly Client['state'][] = ['to-fix', 'undecided', 'silent', 'fixed', 'fine'];

/** @param groups diagnoses that the same lines fit: the first of them is drawn */
export function makeBars(
  { spells, clients }: Result,
  groups: readonly Diagnosis[][],
  { times, clock, sieved }: { times: Times | undefined; clock: Clock; sieved: boolean },
): BarsView | undefined {
  if (!spells || !times) return undefined;
  const at = (time: number) => clock.at(time) ?? '';
  const shown = new Set(groups.flatMap(([top]) => (top ? [keyOf({ ...top, over: false })] : [])));
  const byHost = new Map<string, SpellView[]>();
  for (const { problem, host, from, to, end, likely = false } of spells) {
    if (!shown.has(keyOf({ problem, host, over: false }))) continue;
    const words = { from: at(from), to: at(to), ...(end === undefined ? {} : { end: at(end) }) };
    const title = problemById.get(problem)?.title ?? problem;
    const spell = { problem: title, from, to, ...(end === undefined ? {} : { end }), likely, words };
    byHost.set(host, [...(byHost.get(host) ?? []), spell]);
  }
  const all = clients
    .filter(({ state }) => state !== 'never-seen')
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (b.since ?? 0) - (a.since ?? 0));
  const { first, last, ahead } = times;
  const days: number[] = [];
  for (let time = (Math.floor((first + ahead) / day) + 1) * day - ahead; time <= last; time += day) days.push(time);
  return {
    from: first,
    to: last,
    ahead,
    days,
    rows: all.slice(0, mostRows).map(({ host, state, first: from, last: to }) => ({
      host,
      state,
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      spells: byHost.get(host) ?? [],
    })),
    more: Math.max(0, all.length - mostRows),
    sieved,
  };
}
