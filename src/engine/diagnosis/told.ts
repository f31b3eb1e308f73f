/**
 * Whose a client's log is that names nobody. What a client tells the server stands in both their logs, with the client's
 * own stamp; and with a checksum in it, it is no other client's by chance.
 */
import type { Finding } from '../types.ts';

/** What no two clients print alike in one second. */
const checksum = /[\dA-F]{32}/i;

/** What a client says of itself, in a log or to a server. */
export class Told {
  /** By message: its records with a checksum, by stamp. */
  private readonly sums = new Map<string, Map<string, { time: number; values: Set<string> }>>();
  private last = Number.NEGATIVE_INFINITY;

  add({ message, text, record, values, quoted }: Finding): void {
    const { time, stamp = `${time}`, doubtful, truncated } = record;
    if (!message || time === undefined || quoted || doubtful) return;
    this.last = Math.max(this.last, time);
    const all = JSON.stringify(values);
    if (truncated || !checksum.test(all)) return;
    const kind = `${message} ${text ?? ''}`;
    const own = this.sums.get(kind) ?? new Map<string, { time: number; values: Set<string> }>();
    this.sums.set(kind, own);
    const at = own.get(stamp) ?? { time, values: new Set<string>() };
    own.set(stamp, at);
    at.values.add(all);
  }

  /** True if this is what the client told: of one message a record, and no other than that client's. */
  isOf(client: Told): boolean {
    return [...this.sums].some(([kind, own]) => {
      if (!this.shares(client, kind)) return false;
      const all = new Set([...(client.sums.get(kind)?.values() ?? [])].flatMap(({ values }) => [...values]));
      return [...own.values()].every(({ values }) => isWithin(values, all));
    });
  }

  /**
   * True if this log is not that of the client that told a server so much: what is in it of one second is another, or its
   * latest record never came there, though that client told of the like before, and went on to tell later things.
   */
  isNoneOf(client: Told): boolean {
    if (this.sharesWith(client)) return false;
    for (const [kind, own] of this.sums) {
      const theirs = client.sums.get(kind);
      if (!theirs) continue;
      if ([...own.keys()].some((stamp) => theirs.has(stamp))) return true;
      const last = timesOf(own).reduce((a, b) => Math.max(a, b));
      if (timesOf(theirs).every((time) => time < last) && client.last - last > aMoment) return true;
    }
    return false;
  }

  /** True if both hold the same record. */
  sharesWith(client: Told): boolean {
    return [...this.sums.keys()].some((kind) => this.shares(client, kind));
  }

  /** True if both hold the same record of this message. */
  private shares(other: Told, kind: string): boolean {
    const theirs = other.sums.get(kind);
    return [...(this.sums.get(kind) ?? [])].some(([stamp, { values }]) => {
      const at = theirs?.get(stamp)?.values;
      return at !== undefined && [...values].some((one) => at.has(one));
    });
  }
}

/** Stamps are whole seconds, and of one second a log can go back; milliseconds. */
export const aMoment = 1_000;

const timesOf = (records: ReadonlyMap<string, { time: number }>): number[] =>
  [...records.values()].map((it) => it.time);

const isWithin = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean =>
  [...some].every((one) => all.has(one));
