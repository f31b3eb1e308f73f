/**
 * Whose a client's log is that names nobody. What a client tells the server stands in both their logs, with the client's
 * own stamp; and with a checksum in it, it is no other client's by chance.
 */
import type { Finding } from '../types.ts';

/** What no two clients print alike in one second. */
const checksum = /[\dA-F]{32}/i;

/** Stamps are whole seconds, and of one second a log can go back; milliseconds. */
export const aMoment = 1_000;

/** The records of one message that hold a checksum. */
interface Kind {
  records: Set<string>;
  stamps: Set<string>;
  values: Set<string>;
  last: number;
}

const meet = (some: ReadonlySet<string>, others: ReadonlySet<string>) => [...some].some((one) => others.has(one));

/** What a client says of itself, in a log or to a server. */
export class Told {
  private readonly kinds = new Map<string, Kind>();
  private last = Number.NEGATIVE_INFINITY;

  add({ message, text, record, values: given, quoted }: Finding): void {
    const { time, stamp = `${time}`, doubtful, truncated } = record;
    if (!message || time === undefined || quoted || doubtful) return;
    this.last = Math.max(this.last, time);
    const all = JSON.stringify(given);
    if (truncated || !checksum.test(all)) return;
    const key = `${message} ${text}`;
    const kind = this.kinds.get(key) ?? { records: new Set(), stamps: new Set(), values: new Set(), last: time };
    this.kinds.set(key, kind);
    kind.records.add(`${stamp} ${all}`);
    kind.stamps.add(stamp);
    kind.values.add(all);
    kind.last = Math.max(kind.last, time);
  }

  /** True if this is what the client told: of one message a record, and no other than that client's. */
  isOf(client: Told): boolean {
    return this.some(client, (a, b) => meet(a.records, b.records) && [...a.values].every((one) => b.values.has(one)));
  }

  /**
   * True if this log is not that of the client that told a server so much: what is in it of one second is another, or its
   * latest record never came there, though that client told of the like before, and went on to tell later things.
   */
  isNoneOf(client: Told): boolean {
    const other = (a: Kind, b: Kind) => meet(a.stamps, b.stamps) || (b.last < a.last && client.last - a.last > aMoment);
    return !this.sharesWith(client) && this.some(client, other);
  }

  /** True if both hold the same record. */
  sharesWith(client: Told): boolean {
    return this.some(client, (a, b) => meet(a.records, b.records));
  }

  private some(client: Told, test: (mine: Kind, theirs: Kind) => boolean): boolean {
    return [...this.kinds].some(([key, mine]) => {
      const theirs = client.kinds.get(key);
      return theirs !== undefined && test(mine, theirs);
    });
  }
}
