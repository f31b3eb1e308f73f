/** When each client had which problem, over the days of a log: the numbers behind the bars, and the words beside them. */
import type { Client, Diagnosis, Result } from '../../engine/diagnosis/types.ts';
import type { Finding } from '../../engine/types.ts';
import { type Times, timeOf } from '../../engine/window.ts';
import type { Clock } from './clock.ts';
import { calmIn, loud } from './log-view.ts';
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
  /** How many records there were when; absent where not all of them were kept. */
  records?: RecordCounts;
}

/** Records in steps of equal length. */
export interface RecordCounts {
  step: number;
  bins: { errors: number; warnings: number; rest: number }[];
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
const mostBins = 60;
const hour = 3_600_000;
const binSteps = [1, 3, 6, 12, 24, 7 * 24].map((hours) => hours * hour);
const order: readonly Client['state'][] = ['to-fix', 'undecided', 'silent', 'fixed', 'fine'];

interface Given {
  times: Times | undefined;
  clock: Clock;
  sieved: boolean;
  /** All records, in the order that the result names them by. */
  findings: readonly Finding[];
}

/** @param groups diagnoses that the same lines fit: the first of them is drawn */
export function makeBars(
  result: Result,
  groups: readonly Diagnosis[][],
  { times, clock, sieved, findings }: Given,
): BarsView | undefined {
  const { spells, clients } = result;
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
    ...(sieved ? {} : { records: countsIn(findings, calmIn(result), times) }),
  };
}

/** Steps begin at a full hour of the log's clock. */
function countsIn(
  findings: readonly Finding[],
  isCalm: ReturnType<typeof calmIn>,
  { first, last, ahead }: Times,
): RecordCounts {
  const step = binSteps.find((one) => (last - first) / one <= mostBins) ?? (last - first) / mostBins;
  const begin = Math.floor((first + ahead) / step) * step - ahead;
  const bins = Array.from({ length: Math.floor((last - begin) / step) + 1 }, () => ({
    errors: 0,
    warnings: 0,
    rest: 0,
  }));
  findings.forEach((finding, index) => {
    const time = timeOf(finding);
    const bin = time === undefined ? undefined : bins[Math.floor((time - begin) / step)];
    if (!bin) return;
    const { severity } = finding.record;
    const calm = isCalm(index, finding);
    bin[!calm && loud.has(severity) ? 'errors' : !calm && severity === 'WARN' ? 'warnings' : 'rest'] += 1;
  });
  return { step, bins };
}
