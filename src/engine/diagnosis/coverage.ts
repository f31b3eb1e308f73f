/**
 * What a log would have shown: which time it covers, of which side, and down to which severity. That a line is missing
 * says something only where it would have been seen.
 */

import type { StatedThreshold } from '../config/configurations.ts';
import type { Aside, Finding, Severity, Side, Sink } from '../types.ts';
import type { KnownMessage } from './harmless.ts';

/** From what is written first to what is hidden last, as samhain's thresholds order them. */
const order: readonly Severity[] = ['DEBUG', 'INFO', 'NOTICE', 'WARN', 'MARK', 'ERROR', 'CRIT', 'ALERT'];

/** Milliseconds: a log that says nothing for longer around a time may be two pieces of one, and does not cover it. */
const longestPause = 3_600_000;
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
  messages: Set<string>;
}

/** When something went wrong, and the findings that say so. */
export interface Moment {
  time: number;
  findings: ReadonlySet<number>;
}

/** The records between which a log covers a time. */
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

  /** @param stated thresholds known from a configuration; where there is none, the severities seen tell */
  constructor(
    { findings, asides }: { findings: readonly Finding[]; asides: readonly Aside[] },
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
        log = { side, sink, records: [], lowest, begins, messages: new Set() };
        logs.set(key, log);
      }
      log.records.push({ finding, time, ends: message !== undefined && ends.has(message) });
      if (message) log.messages.add(message);
      if (message && starts.has(message)) log.begins = true;
      if (severity && severity !== 'RECEIVED') log.lowest = Math.min(log.lowest, order.indexOf(severity));
    });
    this.sides = new Set([...logs.values()].map(({ side }) => side));
    this.logs = [...logs.values()].filter(isWhole);
    for (const { records } of this.logs) records.sort((a, b) => a.time - b.time || a.finding - b.finding);
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

/** The records right before and right after a moment, if the log goes on from the one to the other. */
function around({ records, begins }: Log, { findings, time }: Moment): Span | undefined {
  const first = records.findIndex((record) => record.time >= time);
  // Of what stands at the very first second of a part nobody knows what stood above it.
  const before = records[first - 1] ?? (begins && records[0]?.time === time ? records[0] : undefined);
  // The same second in another log may be before it.
  const after = records.find((record) => record.time > time) ?? records.find(({ finding }) => findings.has(finding));
  // Between its end and its next start a program writes nothing.
  if (!before || !after || before.ends || time - before.time > longestPause || after.time - time > longestPause)
    return undefined;
  return { before: before.finding, after: after.finding };
}
