/** Before, after, near: the order of observations, searched without looking at every pair. */
import type { Companion } from '../../content/schemas.ts';
import type { Observation } from './types.ts';

/** Milliseconds that count as near. */
export const nearTime = 10_000;
/** Records that count as near where no time is printed. */
const nearRecords = 20;
/** How many neighbours each way are looked at where each must be compared with the sign; keeps hostile input linear. */
const neighbours = 24;

/** Pairs of a case and a record that are looked at, all cases together. */
const pairs = 1_000_000;

/**
 * How many records each of so many cases may look at one by one. Where there are more, those nearest to its signs are
 * looked at: the lines of thousands of clients, or of thousands of forged names, must not cost each times each.
 */
export function shareOf(cases: number): number {
  return Math.max(50, Math.floor(pairs / Math.max(1, cases)));
}

/** True if `a` happened after `b`: by time if both tell it, else by line within one log. */
export function later(a: Observation, b: Observation): boolean {
  if (a.time !== undefined && b.time !== undefined) {
    if (a.time !== b.time) return a.time > b.time;
    if (a.segment !== b.segment && a.segment >= 0 && b.segment >= 0) return false;
    if (a.writer && b.writer && a.writer !== b.writer) return false;
  }
  return a.source === b.source && a.ordinal > b.ordinal;
}

export function near(a: Observation, b: Observation): boolean {
  if (a.time !== undefined && b.time !== undefined) return Math.abs(a.time - b.time) <= nearTime;
  return a.source === b.source && Math.abs(a.ordinal - b.ordinal) <= nearRecords;
}

/** One try to connect: the next one is seconds away. */
const [tryTime, tryRecords] = [1_000, 4];

/** True if both are of one try. */
export function isOneTry(a: Observation, b: Observation): boolean {
  if (a.time !== undefined && b.time !== undefined) return Math.abs(a.time - b.time) <= tryTime;
  return a.source === b.source && Math.abs(a.ordinal - b.ordinal) <= tryRecords;
}

/** How near a companion has to be; undefined where its place does not matter. */
export const reachOf = ({
  within,
}: {
  within?: Companion['within'] | undefined;
}): ((a: Observation, b: Observation) => boolean) | undefined =>
  within === 'near' ? near : within === 'try' ? isOneTry : undefined;

/**
 * False where a client ended in between: it was another run. Of several logs in one text each has its own; within one second
 * the end may be that of another client, whose log stands in the same text.
 */
export const isOneRun = (a: Observation, b: Observation): boolean =>
  a.run === b.run ||
  (a.time !== undefined && a.time === b.time) ||
  a.source !== b.source ||
  a.segment !== b.segment ||
  a.host !== b.host ||
  a.writer !== 'client' ||
  b.writer !== 'client';

/** Observations of one kind, sorted for searching. */
export class Sequence {
  /** With a time stamp: by time, source, place. */
  private readonly timed: Observation[] = [];
  /** By source: all of them, by place. */
  private readonly bySource = new Map<number, Observation[]>();
  readonly list: readonly Observation[];

  constructor(list: readonly Observation[]) {
    this.list = list;
    for (const it of list) {
      if (it.time !== undefined) this.timed.push(it);
      const list = this.bySource.get(it.source);
      if (list) list.push(it);
      else this.bySource.set(it.source, [it]);
    }
    this.timed.sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.source - b.source || a.ordinal - b.ordinal);
  }

  /**
   * Whether `test` holds for one of the closest ones before and after `it`, at most `most` each way, as long as they are
   * within reach. (No generator: it is asked of up to a million pairs.)
   */
  around(it: Observation, test: Test, reach?: Test, most = neighbours): boolean {
    if (it.time !== undefined) {
      const from = firstIndex(this.timed, (o) => !precedes(o, it));
      if (walk(this.timed, from, { it, test, reach, most })) return true;
    }
    const list = this.bySource.get(it.source) ?? [];
    const from = firstIndex(list, (o) => o.ordinal >= it.ordinal);
    return walk(list, from, { it, test, reach, most });
  }

  /** All that are near any of the others. */
  *nearTo(others: Sequence): Generator<Observation> {
    yield* inReach(this.timed, others.timed, (o) => o.time ?? 0, nearTime);
    for (const [source, list] of this.bySource) {
      const untimed = (o: Observation) => o.time === undefined;
      const theirs = others.bySource.get(source) ?? [];
      // Where one side has no time, the place counts.
      yield* inReach(list.filter(untimed), theirs, (o) => o.ordinal, nearRecords);
      yield* inReach(list, theirs.filter(untimed), (o) => o.ordinal, nearRecords);
    }
  }

  /** Those of one source next to a place, before and after it. */
  beside({ source, ordinal }: Observation): Observation[] {
    const list = this.bySource.get(source) ?? [];
    const after = firstIndex(list, (o) => o.ordinal > ordinal);
    return list.slice(Math.max(0, after - 1), after + 1);
  }

  /** The first one after `it`. */
  next(it: Observation): Observation | undefined {
    const list = this.bySource.get(it.source) ?? [];
    const from = firstIndex(list, (o) => o.ordinal > it.ordinal);
    const near = list.slice(from, from + neighbours).find((o) => later(o, it));
    if (near || it.time === undefined) return near;
    return this.timed[firstIndex(this.timed, (o) => (o.time ?? 0) > (it.time ?? 0))];
  }

  /** The last one before `it`. */
  previous(it: Observation): Observation | undefined {
    const list = this.bySource.get(it.source) ?? [];
    const to = firstIndex(list, (o) => o.ordinal >= it.ordinal);
    const near = list.slice(Math.max(0, to - neighbours), to).findLast((o) => later(it, o));
    if (near || it.time === undefined) return near;
    return this.timed[firstIndex(this.timed, (o) => (o.time ?? 0) >= (it.time ?? 0)) - 1];
  }

  /** True if any other one stands before (after) `it`. */
  has(it: Observation, when: 'before' | 'after' | undefined): boolean {
    if (!when) return [...this.bySource.values()].some((list) => list.length > 1 || list[0] !== it);
    const right = (o: Observation | undefined) => o !== undefined && (when === 'before' ? later(it, o) : later(o, it));
    const list = this.bySource.get(it.source) ?? [];
    const ends = when === 'before' ? [this.timed[0], list[0]] : [this.timed.at(-1), list.at(-1)];
    if (ends.some(right)) return true;
    // The end of the times can be the same second in another text; then a neighbour decides.
    return this.around(it, right);
  }
}

function precedes(a: Observation, b: Observation): boolean {
  const [x, y] = [a.time ?? 0, b.time ?? 0];
  return x < y || (x === y && (a.source < b.source || (a.source === b.source && a.ordinal < b.ordinal)));
}

/** Index of the first element for which `test` holds; the list must be sorted by it. */
function firstIndex(list: readonly Observation[], test: (o: Observation) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const o = list[middle];
    if (o && test(o)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Of a sorted list those that are at most `width` away from one of the others, which are sorted alike. */
function* inReach(
  list: readonly Observation[],
  others: readonly Observation[],
  place: (o: Observation) => number,
  width: number,
): Generator<Observation> {
  let from = 0;
  for (const it of list) {
    while (from < others.length && place(others[from] ?? it) < place(it) - width) from++;
    const next = others[from];
    if (!next) return;
    if (place(next) <= place(it) + width) yield it;
  }
}

type Test = (o: Observation) => boolean;

function walk(
  list: readonly Observation[],
  from: number,
  { it, test, reach, most }: { it: Observation; test: Test; reach: Test | undefined; most: number },
): boolean {
  for (const [start, direction] of [
    [from - 1, -1],
    [from, 1],
  ] as const) {
    for (let step = 0; step < most; step++) {
      const o = list[start + step * direction];
      if (!o || (reach && !reach(o))) break;
      if (o !== it && test(o)) return true;
    }
  }
  return false;
}
