/**
 * What a log would have shown: which time it covers, of which side, and down to which severity. That a line is missing
 * says something only where it would have been seen.
 */

import type { StatedThreshold } from '../config/configurations.ts';
import type { Aside, Finding, Severity, Side, Sink, Source } from '../types.ts';
import type { KnownMessage } from './types.ts';

/** From what is written first to what is hidden last, as samhain's thresholds order them. */
const order: readonly Severity[] = ['DEBUG', 'INFO', 'NOTICE', 'WARN', 'MARK', 'ERROR', 'CRIT', 'ALERT'];

/** Milliseconds: a log that says nothing for longer around a time may be two pieces of one, and does not cover it. */
const longestPause = 3_600_000;
/** Of so many records one may be of the other side. */
const fewest = 10;
/** So many different messages are no output of a search for one of them. */
const severalMessages = 3;

/** The records of one program in one sink of one source. */
interface Log {
  side: Side;
  sink: Sink;
  /** Findings with a time, by time. */
  records: { finding: number; time: number; ends: boolean }[];
  /** Place in `order` of the least severe record seen. */
  lowest: number;
  /** The program's start is in it, or the beginning of the file. */
  begins: boolean;
  /** All of it was read, and of records that are alike only some are here: a pause tells nothing. */
  sieved: boolean;
  messages: Set<string>;
}

/** When something went wrong, and the findings that say so. */
export interface Moment {
  time: number;
  findings: ReadonlySet<number>;
}

/** The first and the last record of a log that covers a time. */
export interface Span {
  before: number;
  after: number;
}

/** Covered, or why not: no log of the time, or one that may have hidden records of that severity. */
export type Cover = { span: Span } | { lacks: 'time' } | { lacks: 'severity'; sink: Sink };

/** What the logs of one input cover. */
export class Coverage {
  private readonly logs: readonly Log[];
  private readonly sides: ReadonlySet<Side>;
  private readonly stated: readonly StatedThreshold[];

  /** @param stated thresholds known from a configuration; where there is none, the severities seen tell */
  constructor(
    {
      findings,
      asides,
      sources = [],
    }: { findings: readonly Finding[]; asides: readonly Aside[]; sources?: readonly Source[] },
    messages: readonly KnownMessage[],
    stated: readonly StatedThreshold[] = [],
  ) {
    const starts = new Set(messages.flatMap(({ id, process }) => (process === 'begins' ? [id] : [])));
    const ends = new Set(messages.flatMap(({ id, process }) => (process === 'ends' ? [id] : [])));
    const opened = new Set(asides.flatMap(({ opens, source, origin }) => (opens ? [`${source} ${origin ?? ''}`] : [])));
    const logs = new Map<string, Log>();
    findings.forEach(({ record, side, message, quoted }, finding) => {
      const { source, origin = '', sink, severity, time } = record;
      // A relayed record is the client's, under the client's threshold, in a log of the server: it tells of neither.
      if (!side || record.relay || quoted || record.doubtful || time === undefined) return;
      const key = `${source} ${origin} ${sink} ${side}`;
      let log = logs.get(key);
      if (!log) {
        const known = stated.find((one) => one.side === side && one.sink === sink);
        const lowest = known ? order.indexOf(known.severity) : order.length;
        const begins = sink === 'file' && opened.has(`${source} ${origin}`);
        const sieved = sources[source]?.excerpt !== undefined;
        log = { side, sink, records: [], lowest, begins, sieved, messages: new Set() };
        logs.set(key, log);
      }
      log.records.push({ finding, time, ends: message !== undefined && ends.has(message) });
      if (message) log.messages.add(message);
      if (message && starts.has(message)) log.begins = true;
      if (severity && severity !== 'RECEIVED') log.lowest = Math.min(log.lowest, order.indexOf(severity));
    });
    const other: Record<Side, Side> = { client: 'server', server: 'client' };
    // A few records amid many of the other side are no log of their own: nothing told whose they are.
    const own = [...logs].filter(([key, { side, records }]) => {
      const theirs = logs.get(key.slice(0, -side.length) + other[side])?.records.length ?? 0;
      return records.length * fewest >= theirs;
    });
    this.sides = new Set(own.map(([, { side }]) => side));
    this.logs = own.map(([, log]) => log).filter(isWhole);
    for (const { records } of this.logs) records.sort((a, b) => a.time - b.time || a.finding - b.finding);
    // (A record copied without its signature line looks like one of a terminal.)
    const hasSink = (side: Side, sinks: readonly Sink[]) =>
      own.some(([, log]) => log.side === side && sinks.includes(log.sink));
    this.stated = stated.filter(({ side, sink }) => hasSink(side, sink === 'file' ? ['file', 'terminal'] : [sink]));
  }

  /** Whether there are lines of a program of this side, other than relayed ones. */
  has(side: Side): boolean {
    return this.sides.has(side);
  }

  /**
   * Whether a record of this side and severity would have been seen at that moment, or (without one) in any time that a log
   * covers.
   */
  of(side: Side, severities: readonly Severity[], at: Moment | undefined): Cover {
    const least = Math.min(...severities.map((severity) => order.indexOf(severity)));
    let hidden: Sink | undefined;
    for (const log of this.logs) {
      if (log.side !== side) continue;
      const span = at ? around(log, at) : wholeOf(log);
      if (!span) continue;
      if (log.lowest <= least) return { span };
      hidden ??= log.sink;
    }
    // What the program does not write there is in no other part of that log either.
    hidden ??= this.stated.find((one) => one.side === side && order.indexOf(one.severity) > least)?.sink;
    return hidden === undefined ? { lacks: 'time' } : { lacks: 'severity', sink: hidden };
  }
}

/**
 * Is it a log, and not a few lines picked out of one? In a log file each record has its signature line below it, which a
 * search drops; elsewhere the start of the program stands in it, or several messages do.
 */
function isWhole({ sink, begins, messages }: Log): boolean {
  if (sink === 'file' || begins) return true;
  return (sink === 'syslog' || sink === 'journal') && messages.size >= severalMessages;
}

function wholeOf({ records }: Log): Span | undefined {
  const [first, last] = [records[0], records.at(-1)];
  return first && last && first !== last ? { before: first.finding, after: last.finding } : undefined;
}

/** First and last record of a log that goes on from right before a moment to right after it. */
function around(log: Log, { findings, time }: Moment): Span | undefined {
  const { records, begins, sieved } = log;
  const first = records.findIndex((record) => record.time >= time);
  // Of what stands at the very first second of a part nobody knows what stood above it.
  const before = records[first - 1] ?? (begins && records[0]?.time === time ? records[0] : undefined);
  // The same second in another log may be before it.
  const after = records.find((record) => record.time > time) ?? records.find(({ finding }) => findings.has(finding));
  if (!before || !after) return undefined;
  // Between its end and its next start a program writes nothing.
  if (before.ends || (!sieved && Math.max(time - before.time, after.time - time) > longestPause)) return undefined;
  return { before: records[0]?.finding ?? before.finding, after: records.at(-1)?.finding ?? after.finding };
}
