/**
 * Was it over later? A case is cut where the problem was fixed: what stands now, and what was before.
 *
 * What stops a connection is over when the same client comes further; what does not, when the client's records go on
 * without a sign for longer than the signs were apart; and what the content names (`over`) ends it in any case.
 */
import type { RecoveryPattern } from '../../content/schemas.ts';
import type { Case, Found } from './evidence.ts';
import { isAnonymous } from './hosts.ts';
import { comparesWithSign, level, matches } from './match.ts';
import type { Reach } from './reach.ts';
import { later, near, nearTime, Sequence } from './sequence.ts';
import { oneTry, quietTime } from './spell.ts';
import type { Timeline } from './timeline.ts';
import type { Back, Observation } from './types.ts';

/** The record that shows an end. */
export interface End {
  it: Observation;
  /** Nothing names the client in it: who was known by an address only has probably come back under a name. */
  likely?: true;
  /** Who came back, where names were heard. */
  back?: Back;
}

/** A case with its end, if it has one. */
export interface Episode extends Case {
  over?: End;
}

interface Candidate {
  pattern?: RecoveryPattern;
  it: Observation;
}

/** Pairs of a case and a record that are looked at for who came back; beyond that nothing is said. */
const mostPairs = 20_000_000;

/** A relayed record that comes in so much later than others was kept by its client; stamps are whole seconds. */
const late = 5_000;

/** By the finding that stands behind the longest pause of a client: how long the next longest was, milliseconds. */
export type Pauses = ReadonlyMap<number, number>;

/** By the finding of a problem's last sign: the times of all its signs, of those that were left out too, milliseconds. */
export type Tries = ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;

/** What is known of records that were left out. */
export interface LeftOut {
  pauses: Pauses;
  tries: Tries;
}

const nothingLeftOut: LeftOut = { pauses: new Map(), tries: new Map() };

/** Finds the ends of cases. */
export class Recovery {
  private readonly timeline: Timeline;
  private readonly reach: Reach;
  private readonly cases: readonly Case[];
  private readonly leftOut: LeftOut;
  /** Findings that are a sign of anything: the wrapper around a relayed sign is no clean record either. */
  private readonly signs = new Set<number>();
  private readonly cleanOf = new Map<string | undefined, readonly Observation[]>();
  private readonly names: string[];
  private namesByAddress: Map<string, string | null> | undefined;
  /** Time of the last record of a server. */
  private end: number | undefined;
  private returned: ReadonlyMap<string, End> | undefined;

  constructor(timeline: Timeline, reach: Reach, cases: readonly Case[], leftOut: LeftOut = nothingLeftOut) {
    this.timeline = timeline;
    this.leftOut = leftOut;
    this.reach = reach;
    this.cases = cases;
    for (const { found } of cases) {
      for (const { it } of found) for (const finding of [it.finding, ...it.copies]) this.signs.add(finding);
    }
    this.names = [...reach.hosts()].filter((host) => host !== undefined && host !== '') as string[];
  }

  /**
   * One episode, or two: an earlier one that was fixed, and the latest.
   * @param most where more than so many records could have ended it, those nearest to its last signs are looked at (shareOf)
   */
  episodes(one: Case, most: number): Episode[] {
    const last = latest(one.found);
    const torn = last.find(({ told }) => told === 'torn');
    const behind = torn && this.behind(torn);
    if (behind) return this.endedAt(one, behind, most);
    const recoveries = [...this.named(one, last, most), ...this.further(one, last, most)];
    const end = earlier(this.first(recoveries, last), one.problem.stops === false ? this.faded(one) : undefined);
    if (end) return this.endedAt(one, end, most);
    const between = this.lastBetween(recoveries, one.found, last);
    const before = between && one.found.filter(({ it }) => later(between, it));
    const now = between && one.found.filter(({ it }) => !later(between, it));
    // Fixed once, and back again: only what came after the last fix stands.
    if (before?.length && now?.length) {
      return [
        { ...one, found: now },
        { ...one, found: before, over: { it: between as Observation } },
      ];
    }
    const likely = this.likely(one, last, most);
    return [likely ? { ...one, over: likely } : one];
  }

  /** Each time that it came: first and last sign, and the first record after it that shows its end. By time. */
  spells(one: Case, most: number): { from: number; to: number; end?: number }[] {
    const times = (all: readonly Observation[]) =>
      all.flatMap(({ time }) => (time === undefined ? [] : [time])).sort((a, b) => a - b);
    const last = latest(one.found);
    const recoveries = [...this.named(one, last, most), ...this.further(one, last, most)].filter(({ pattern, it }) =>
      this.timeline.allows(pattern, it),
    );
    const ends = times(recoveries.map(({ it }) => it));
    const all: { from: number; to: number; end?: number }[] = [];
    let next = 0;
    for (const time of times(one.found.map(({ it }) => it))) {
      const open = all.at(-1);
      // (Within one second nothing tells the order.)
      while (next < ends.length && (ends[next] ?? 0) <= (open?.to ?? time)) next += 1;
      const end = ends[next];
      if (open && (end === undefined || end >= time)) open.to = time;
      else {
        if (open && end !== undefined) open.end = end;
        all.push({ from: time, to: time });
      }
    }
    const open = all.at(-1);
    const end = open && ends.find((time) => time > open.to);
    if (open && end !== undefined) open.end = end;
    return all;
  }

  /** The file that ended within a record went on. (That others go on shows nothing: what did not fit into a file is printed all the same.) */
  private behind({ source, ordinal }: Observation): Observation | undefined {
    return this.timeline.all.find((it) => it.finding >= 0 && it.source === source && it.ordinal > ordinal);
  }

  /** Weaker signs that come after the end are a matter of their own. */
  private endedAt(one: Case, it: Observation, most: number): Episode[] {
    const after = one.found.filter((found) => later(found.it, it));
    if (after.length === 0 || after.length === one.found.length) return [{ ...one, over: { it } }];
    const before = one.found.filter((found) => !later(found.it, it));
    return [...this.episodes({ ...one, found: after }, most), { ...one, found: before, over: { it } }];
  }

  /** Records that the content names as its end. */
  private named({ problem, host, found }: Case, last: readonly Observation[], most: number): Candidate[] {
    // What is fixed where it was printed is not ended by what the other program prints.
    const sides = new Set(problem.local ? found.flatMap(({ it }) => it.side ?? []) : []);
    const counts = (pattern: RecoveryPattern, it: Observation) =>
      !it.quoted &&
      (sides.size === 0 || !it.side || sides.has(it.side)) &&
      (!comparesWithSign(pattern) || found.some((sign) => matches(pattern, it, sign.it.values)));
    return problem.fixedBy.flatMap((pattern) =>
      this.timeline
        .scope(pattern, host)
        .flatMap((candidates) => nearest(candidates, last, most))
        .flatMap((it) => (counts(pattern, it) ? [{ pattern, it }] : [])),
    );
  }

  /** Records that show the client at a later step. */
  private further(one: Case, last: readonly Observation[], most: number): Candidate[] {
    const whose = one.problem.stops ? this.whose(one) : undefined;
    if (!whose) return [];
    return nearest(this.reach.beyond(one.problem.step, whose), last, most).map((it) => ({ it }));
  }

  /** Whose success ends it: the client's of that name; of a case without a name, never that of a client with one. */
  private whose({ problem, host, found }: Case): { host: string | undefined } | 'all' | undefined {
    if (host !== undefined) return host === '' ? undefined : { host: (isAnonymous(host) && this.nameOf(host)) || host };
    if (this.names.length <= 1) return 'all';
    const sides = new Set(found.map(({ it }) => it.side));
    // Before a client has said its name, the server's own lines are about the server.
    if (sides.has('server')) return this.reach.isNameless(problem.step) ? 'all' : undefined;
    return sides.has('client') || !this.reach.isNameless(problem.step) ? { host } : 'all';
  }

  /** The client's records go on without a sign for longer than the signs were apart: the first one beyond that. */
  private faded(one: Case): Observation | undefined {
    const whose = this.whose(one);
    if (!whose) return undefined;
    const top = one.found.reduce((most, { weight }) => Math.max(most, level[weight]), 0);
    const signs = one.found.filter(({ weight }) => level[weight] === top).map(({ it }) => it);
    const clean = this.clean(whose);
    const timed = signs.every(({ time }) => time !== undefined);
    const [{ source } = { source: -1 }] = signs;
    // Without times the place in the text counts.
    if (!timed && signs.some((it) => it.source !== source)) return undefined;
    const place = timed ? (it: Observation) => it.time ?? 0 : (it: Observation) => it.ordinal;
    const good = clean.filter((it) => (timed ? it.time !== undefined : it.source === source)).map(place);
    const places = signs.map(place).sort((a, b) => a - b);
    const lastly = places.at(-1) ?? 0;
    const all = (timed && this.triesAt(one, signs, lastly)) || places;
    const quiet = quietTime(all, timed, one.problem.silence ? (a, b) => b - a - spanWithin(good, a, b) : undefined);
    return clean.find((it) => (timed ? it.time !== undefined : it.source === source) && place(it) > lastly + quiet);
  }

  /** The times of all its signs, where some of them were left out. */
  private triesAt({ problem }: Case, signs: readonly Observation[], last: number): readonly number[] | undefined {
    for (const { time, finding, copies } of signs) {
      if (time !== last) continue;
      for (const one of [finding, ...copies]) {
        const tries = this.leftOut.tries.get(one)?.get(problem.id);
        if (tries) return tries;
      }
    }
    return undefined;
  }

  /** Records that show a client at work, of which no problem makes anything, by time. */
  private clean(whose: { host: string | undefined } | 'all'): readonly Observation[] {
    const key = whose === 'all' ? '' : whose.host;
    const known = this.cleanOf.get(key);
    if (known) return known;
    const hosts = whose === 'all' ? [...this.reach.hosts()] : [whose.host];
    const clean = hosts
      .flatMap((host) => this.reach.ofHost(host))
      .filter(
        (it) =>
          !it.borrowed &&
          !this.reach.isNamelessRecord(it) &&
          !this.signs.has(it.finding) &&
          !this.reach.isTrouble(it.finding),
      )
      .sort((a, b) => (a.time ?? 0) - (b.time ?? 0) || a.index - b.index);
    this.cleanOf.set(key, clean);
    return clean;
  }

  /** The latest record of a recovery that stands before one of the last signs, with its companions after the sign before it. */
  private lastBetween(
    recoveries: readonly Candidate[],
    found: readonly Found[],
    last: readonly Observation[],
  ): Observation | undefined {
    const signs = new Sequence(found.map(({ it }) => it));
    let between: Observation | undefined;
    for (const { pattern, it } of recoveries) {
      if (between && !later(it, between)) continue;
      if (!last.some((sign) => later(sign, it))) continue;
      const before = signs.previous(it);
      const after = (c: Observation) => !before || later(c, before);
      if (this.timeline.allows(pattern, it, after)) between = it;
    }
    return between;
  }

  /** The earliest record of a recovery that is later than all last signs. */
  private first(recoveries: readonly Candidate[], last: readonly Observation[]): Observation | undefined {
    const after = (it: Observation) => last.every((sign) => later(it, sign) || unordered(it, sign));
    const counts = (it: Observation) => after(it) && last.some((sign) => later(it, sign));
    let end: Observation | undefined;
    for (const { pattern, it } of recoveries) {
      if (!counts(it) || (end && !later(end, it))) continue;
      if (!this.timeline.allows(pattern, it, counts)) continue;
      end = it;
    }
    return end;
  }

  /** The record with which a client that was known by its address only came back, as far as that can be told. */
  private likely({ problem, host, found }: Case, last: readonly Observation[], most: number): End | undefined {
    if (!problem.stops || host === '') return undefined;
    // The client's own lines, which name nobody, count as this client's; then so does what they say later.
    if (host && found.some(({ it }) => it.host === undefined && it.side === 'client')) {
      const own = nearest(this.reach.beyond(problem.step, { host: undefined }), last, most);
      const end = this.first(
        own.map((it) => ({ it })),
        last,
      );
      if (end) return { it: end, likely: true };
    }
    this.returned ??= this.returns();
    return this.returned.get(keyOf({ problem, host }));
  }

  /** Known by an address, or met by the server after its name was told, in a record that does not name it. */
  private isUnnamed({ problem, host, found }: Case): boolean {
    if (host !== undefined) return isAnonymous(host);
    return !this.reach.isNameless(problem.step) && found.every(({ it }) => it.side === 'server');
  }

  /** The one name that the server itself puts beside an address, if it puts no other there. */
  private nameOf(address: string): string | undefined {
    if (!this.namesByAddress) {
      this.namesByAddress = new Map();
      for (const { host, side, writer, values } of this.timeline.all) {
        if (!host || isAnonymous(host) || side !== 'server' || writer !== 'server') continue;
        for (const value of Object.values(values)) {
          if (!isAnonymous(value)) continue;
          const known = this.namesByAddress.get(value);
          this.namesByAddress.set(value, known === undefined || known === host ? host : null);
        }
      }
    }
    return this.namesByAddress.get(address) ?? undefined;
  }

  /**
   * For each case of an address, or of somebody whom the server does not name, the client that can be meant: it kept what it
   * had to tell for as long as it was turned away; or was silent so long, and there afterwards. Where several can be meant
   * nothing tells which is which; but where they are as many as were turned away, and each of these can be one of them, all
   * of these have come back with the last of them, if nobody was turned away in the time after it.
   */
  private returns(): ReadonlyMap<string, End> {
    const found = new Map<string, End>();
    const waiting = this.cases.filter((one) => one.problem.stops && this.isUnnamed(one));
    const names = this.names.filter((host) => !isAnonymous(host));
    const ways = names.map((host) => new Way(host, this.timeline.ofHost(host), this.reach, this.leftOut.pauses));
    if (waiting.length * this.timeline.all.length > mostPairs) return found;
    const returning = waiting.flatMap((one): Returning[] => {
      const [from, to] = rangeOf(one.found);
      const backBy = (when: (way: Way) => Observation | undefined) =>
        new Map(
          ways.flatMap((way) => {
            const it = when(way);
            return it ? [[way, it] as const] : [];
          }),
        );
      const waited = backBy((way) => way.waited(from, to, one.problem.step));
      const back = waited.size > 0 ? waited : backBy((way) => way.after(from, to, one.problem.step));
      // Who comes within seconds of it has a time of its own: nobody fixes anything so fast.
      const soon = waited.size === 0 && [...back.values()].some(({ time = 0 }) => time - to <= nearTime);
      return back.size > 0 ? [{ one, to, back, soon }] : [];
    });
    for (const group of together(returning)) {
      for (const { one, back, to } of this.told(group)) {
        const it = latestOf([...back.values()]);
        const missed = [...back.keys()].every((way) => way.wasHeard(to));
        const clients = [...back.keys()].map(({ host }) => host).sort();
        if (it) found.set(keyOf(one), { it, likely: true, back: { clients, missed } });
      }
    }
    return found;
  }

  /** Those of whom it can be told that they came back: all at once, or each that can be one client only. */
  private told(group: readonly Returning[]): readonly Returning[] {
    const hosts = new Map(group.map((each) => [each.one.host ?? '', each.back]));
    const clients = new Map(group.flatMap(({ back }) => [...back]));
    if (hosts.size > 1 && hosts.size <= mostTogether && clients.size === hosts.size) {
      const all = group.every(
        (each) => !each.soon && ([...each.back.keys()].every((way) => way.wasHeard(each.to)) || this.isQuiet(each)),
      );
      if (all && canBeAll([...hosts.values()])) {
        const back = (each: Returning) => new Map([...each.back].length === 1 ? each.back : clients);
        return group.map((each) => ({ ...each, back: back(each) }));
      }
    }
    const only = group.filter(({ back, soon }) => back.size === 1 && !soon);
    const turnedAway = (way: Way | undefined) =>
      new Set(only.flatMap(({ one, back }) => (way && back.has(way) ? [one.host] : [])));
    return only.filter(({ back }) => turnedAway([...back.keys()][0]).size === 1);
  }

  /** The server's log goes on after its last sign for longer than any client that is turned away waits for its next try. */
  private isQuiet({ one, to }: Returning): boolean {
    const times = one.found.flatMap(({ it }) => (it.time === undefined ? [] : [it.time])).sort((a, b) => a - b);
    const all =
      this.triesAt(
        one,
        one.found.map(({ it }) => it),
        to,
      ) ?? times;
    this.end ??= this.timeline.all.reduce(
      (end, { time, side, quoted }) => (side === 'server' && !quoted && time !== undefined && time > end ? time : end),
      Number.NEGATIVE_INFINITY,
    );
    return this.end - to > quietTime(all, true);
  }
}

/** A case of somebody whom the server knows by an address only, with the clients that can be meant. */
interface Returning {
  one: Case;
  /** Its last sign. */
  to: number;
  back: ReadonlyMap<Way, Observation>;
  /** One of these came so soon that nobody can have fixed anything. */
  soon: boolean;
}

/** So many are told at once; where more were turned away nobody could look at them either. */
const mostTogether = 50;

/** Those of whom the same clients can be meant: what is said of one depends on the others. */
function together(all: readonly Returning[]): Returning[][] {
  const heads = new Map<Way | string, Way | string>();
  const headOf = (key: Way | string): Way | string => {
    let head = key;
    for (let next = heads.get(head); next !== undefined; next = heads.get(head)) head = next;
    if (head !== key) heads.set(key, head);
    return head;
  };
  const hostOf = ({ one }: Returning) => one.host ?? '';
  for (const each of all) {
    for (const way of each.back.keys()) {
      const [from, to] = [headOf(way), headOf(hostOf(each))];
      if (from !== to) heads.set(from, to);
    }
  }
  const groups = new Map<Way | string, Returning[]>();
  for (const each of all) groups.set(headOf(hostOf(each)), [...(groups.get(headOf(hostOf(each))) ?? []), each]);
  return [...groups.values()];
}

/** True if each can be another one of the clients, all at once. */
function canBeAll(backs: readonly ReadonlyMap<Way, Observation>[]): boolean {
  const taken = new Map<Way, number>();
  const place = (i: number, seen: Set<Way>): boolean => {
    for (const way of backs[i]?.keys() ?? []) {
      if (seen.has(way)) continue;
      seen.add(way);
      const other = taken.get(way);
      if (other !== undefined && !place(other, seen)) continue;
      taken.set(way, i);
      return true;
    }
    return false;
  };
  return backs.every((_, i) => place(i, new Set()));
}

function latestOf(all: readonly Observation[]): Observation | undefined {
  return all.reduce<Observation | undefined>((last, it) => (last && !later(it, last) ? last : it), undefined);
}

const keyOf = ({ problem, host }: Pick<Case, 'problem' | 'host'>): string => `${problem.id} ${host ?? ''}`;

/** First and last time of signs. */
function rangeOf(found: readonly Found[]): [number, number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { it } of found) {
    if (it.time === undefined) continue;
    from = Math.min(from, it.time);
    to = Math.max(to, it.time);
  }
  return [from, to];
}

/** What the server wrote of one client, by time. */
class Way {
  readonly host: string;
  private readonly records: readonly Observation[];
  private readonly reach: Reach;
  private lengths: number[] | undefined;
  private quickest: number | undefined;
  /** The longest pause, where records were left out and nothing else is known of the client's rhythm. */
  private readonly pause: { before: Observation; back: Observation; second: number } | undefined;

  constructor(host: string, records: readonly Observation[], reach: Reach, pauses: Pauses) {
    this.host = host;
    this.reach = reach;
    this.records = records
      .filter((it) => it.writer === 'server' && it.time !== undefined && !it.borrowed)
      .filter((it) => reach.of(it) !== undefined || reach.begins(it))
      .sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
    const at = this.records.findIndex(({ finding }) => pauses.has(finding));
    const [before, back] = [this.records[at - 1], this.records[at]];
    if (before && back) this.pause = { before, back, second: pauses.get(back.finding) ?? 0 };
  }

  /** True if the server had heard of it before this time. */
  wasHeard(to: number): boolean {
    const [first] = this.records;
    return first?.time !== undefined && first.time <= to;
  }

  /** The record past the step with which it came after a time of silence, unless it was never away. */
  after(from: number, to: number, step: string): Observation | undefined {
    const time = ({ time: t }: Observation) => t ?? 0;
    const next = this.records.findIndex((it) => time(it) > to);
    const back = this.records[next];
    if (!back) return undefined;
    const before = this.records[next - 1];
    if (before && time(before) >= from) return undefined;
    if (before && this.pause && this.pause.back !== back) return undefined;
    // A client that was at work is missed after a while; one that was turned away itself comes when it likes.
    const missed = before && this.reach.isWork(before) && !this.reach.isTrouble(before.finding);
    if (before ? !missed || !this.isLong(time(before), time(back)) : !this.reach.begins(back)) return undefined;
    const place = this.reach.placeOf(step);
    return this.records.slice(next).find((it) => near(it, back) && (this.reach.of(it) ?? -1) > place);
  }

  /**
   * The record past the step that came first after a time in which the client could deliver nothing, and that it had made
   * as that time began, or before: what a client cannot deliver it keeps.
   */
  waited(from: number, to: number, step: string): Observation | undefined {
    // (The clock of a client may be off: what came quickest tells by how much.)
    this.quickest ??= this.records.reduce(
      (least, it) => Math.min(least, delayOf(it) ?? least),
      Number.POSITIVE_INFINITY,
    );
    const { quickest } = this;
    const next = this.records.findIndex(({ time = 0 }) => time > to);
    const back = this.records[next];
    const before = this.records[next - 1];
    if (!back || (before && (before.time ?? 0) >= from)) return undefined;
    const kept = this.records.slice(next).find((it) => near(it, back) && (delayOf(it) ?? 0) - quickest > late);
    if (kept?.made === undefined || kept.made + quickest > from + oneTry) return undefined;
    const place = this.reach.placeOf(step);
    return this.records.slice(next).find((it) => near(it, back) && (this.reach.of(it) ?? -1) > place);
  }

  /** A pause twice as long as any other that this client makes, as far as its rhythm is known. */
  private isLong(from: number, to: number): boolean {
    if (this.pause) return this.pause.second > oneTry && to - from > 2 * this.pause.second;
    this.lengths ??= this.records
      .map(({ time = 0 }, i) => time - (this.records[i - 1]?.time ?? time))
      .sort((a, b) => b - a)
      .slice(0, 2);
    const [longest = 0, second = 0] = this.lengths;
    const usual = to - from === longest ? second : longest;
    return usual > oneTry && to - from > 2 * usual;
  }
}

/** How long after it was made a relayed record came in, by two clocks. */
function delayOf({ time, made }: Observation): number | undefined {
  return time === undefined || made === undefined ? undefined : time - made;
}

/** From the first to the last of the places between two others. */
function spanWithin(places: readonly number[], from: number, to: number): number {
  const inside = places.filter((place) => place > from && place < to);
  return inside.length > 0 ? (inside.at(-1) ?? 0) - (inside[0] ?? 0) : 0;
}

function earlier(a: Observation | undefined, b: Observation | undefined): Observation | undefined {
  return a && b ? (later(a, b) ? b : a) : (a ?? b);
}

/** All of them; of very many the closest ones before and after each of the last signs, in their order. */
function nearest(candidates: Sequence, last: readonly Observation[], most: number): readonly Observation[] {
  if (candidates.list.length <= most) return candidates.list;
  const each = Math.max(5, Math.floor(most / last.length));
  const found = new Set<Observation>();
  const add = (it: Observation) => !found.add(it);
  for (const sign of last) candidates.around(sign, add, undefined, each);
  return [...found].sort((a, b) => a.index - b.index);
}

/** The last signs: one of each text, and the one with the latest time. */
function latest(found: readonly Found[]): Observation[] {
  const ends = new Map<number, Observation>();
  let newest: Observation | undefined;
  for (const { it } of found) {
    const end = ends.get(it.source);
    if (!end || later(it, end)) ends.set(it.source, it);
    if (it.time !== undefined && (newest?.time === undefined || it.time > newest.time)) newest = it;
  }
  return [...new Set([...ends.values(), ...(newest ? [newest] : [])])];
}

/** Nothing tells which came first: another text, and no time on one of them. */
function unordered(a: Observation, b: Observation): boolean {
  return a.source !== b.source && (a.time === undefined || b.time === undefined);
}
