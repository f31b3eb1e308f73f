/** Before, after, near: questions about the order of observations, answered without looking at every pair. */
import type { Companion } from '../../content/schemas.ts';
import { comparesWithSign, matches } from './match.ts';
import type { Observation } from './observe.ts';

/** Milliseconds that count as near. */
const nearTime = 10_000;
/** Records that count as near where no time is printed. */
const nearRecords = 20;
/** How many neighbours each way are looked at where each must be compared with the sign; keeps hostile input linear. */
const neighbours = 24;

/** True if `a` happened after `b`: by time if both tell it, else by line within one text. */
export function later(a: Observation, b: Observation): boolean {
  if (a.time !== undefined && b.time !== undefined && a.time !== b.time) return a.time > b.time;
  return a.source === b.source && a.ordinal > b.ordinal;
}

export function near(a: Observation, b: Observation): boolean {
  if (a.time !== undefined && b.time !== undefined) return Math.abs(a.time - b.time) <= nearTime;
  return a.source === b.source && Math.abs(a.ordinal - b.ordinal) <= nearRecords;
}

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

  /** The closest ones before and after `it`, at most `most` each way, as long as they are within reach. */
  *around(it: Observation, reach: Reach = () => true, most = neighbours): Generator<Observation> {
    if (it.time !== undefined) {
      yield* walk(
        this.timed,
        firstIndex(this.timed, (o) => !precedes(o, it)),
        { it, reach, most },
      );
    }
    const list = this.bySource.get(it.source) ?? [];
    yield* walk(
      list,
      firstIndex(list, (o) => o.ordinal >= it.ordinal),
      { it, reach, most },
    );
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
    for (const o of this.around(it)) if (right(o)) return true;
    return false;
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

type Reach = (o: Observation) => boolean;

function* walk(
  list: readonly Observation[],
  from: number,
  { it, reach, most }: { it: Observation; reach: Reach; most: number },
): Generator<Observation> {
  for (const [start, direction] of [
    [from - 1, -1],
    [from, 1],
  ] as const) {
    for (let step = 0; step < most; step++) {
      const o = list[start + step * direction];
      if (!o || !reach(o)) break;
      if (o !== it) yield o;
    }
  }
}

/** All observations that a companion can mean, by client. */
interface Kind {
  all: Sequence;
  byHost: Map<string, Sequence>;
  hostless: Sequence;
}

/** All observations, ready to be asked for companions. */
export class Timeline {
  private readonly byMessage = new Map<string, Observation[]>();
  private readonly kinds = new Map<Companion, Kind>();
  readonly all: readonly Observation[];

  constructor(all: readonly Observation[]) {
    this.all = all;
    for (const it of all) {
      const list = this.byMessage.get(it.message);
      if (list) list.push(it);
      else this.byMessage.set(it.message, [it]);
    }
  }

  /** Records with this catalogue id. */
  of(message: string): readonly Observation[] {
    return this.byMessage.get(message) ?? [];
  }

  /** What a companion can mean for this client, whatever its place; what names no client can be about any. */
  scope(companion: Companion, host: string | undefined): readonly Sequence[] {
    const kind = this.kind(companion);
    if (companion.within === 'input' || host === undefined) return [kind.all];
    return [kind.byHost.get(host), kind.hostless].filter((s) => s !== undefined);
  }

  /** True if there is a companion of this kind for the sign. `accept` narrows further. */
  exists(companion: Companion, sign: Observation, accept?: (it: Observation) => boolean): boolean {
    const sequences = this.scope(companion, sign.host).filter(({ list }) => list.length > 0);
    if (sequences.length === 0) return false;
    const compares = comparesWithSign(companion);
    if (companion.within !== 'near' && !compares && !accept) {
      return sequences.some((s) => s.has(sign, companion.when));
    }
    const reach = companion.within === 'near' ? (it: Observation) => near(it, sign) : undefined;
    return sequences.some((sequence) => {
      for (const it of sequence.around(sign, reach)) {
        if (!inOrder(companion, it, sign)) continue;
        if (compares && !matches(companion, it, sign.values)) continue;
        if (!accept || accept(it)) return true;
      }
      return false;
    });
  }

  private kind(companion: Companion): Kind {
    const known = this.kinds.get(companion);
    if (known) return known;
    const list = this.of(companion.message).filter((it) => matches(companion, it));
    const hosts = new Map<string, Observation[]>();
    for (const it of list) {
      if (it.host === undefined) continue;
      const its = hosts.get(it.host);
      if (its) its.push(it);
      else hosts.set(it.host, [it]);
    }
    const kind = {
      all: new Sequence(list),
      hostless: new Sequence(list.filter((it) => it.host === undefined)),
      byHost: new Map([...hosts].map(([host, its]) => [host, new Sequence(its)] as const)),
    };
    this.kinds.set(companion, kind);
    return kind;
  }
}

/** Near things of one second, in two texts, can have happened in either order. */
export function inOrder(companion: Pick<Companion, 'when' | 'within'>, it: Observation, sign: Observation): boolean {
  if (!companion.when) return true;
  const strict = companion.within !== 'near';
  if (companion.when === 'before') return strict ? later(sign, it) : !later(it, sign);
  return strict ? later(it, sign) : !later(sign, it);
}
