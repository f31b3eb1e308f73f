/**
 * From findings to observations: one for each thing that happened, however many sinks wrote it down,
 * with the client it is about and its place in time.
 */

import { readWall, wallSpan } from '../log/time.ts';
import type { Aside, Finding, Side } from '../types.ts';
import { type MessageKinds, nobody, resolveHosts } from './hosts.ts';
import { near } from './sequence.ts';
import type { Observation } from './types.ts';

/** What the judge needs to know of the catalogue. */
export interface Facts extends MessageKinds {
  /** Id of the server's wrapper around a client's record; a relayed record is seen as both. */
  wrapper?: string;
  /** Ids with which a program says that it ends. */
  ends: ReadonlySet<string>;
  /** By id: what the server prints of a session without naming its client (schemas.ts). */
  session: ReadonlyMap<string, 'opens' | 'within'>;
  /** Side of a text, where only one side prints it, by `message text`. */
  sideOfText: ReadonlyMap<string, Side>;
}

/** All observations, in the order of the input. */
export function observe(findings: readonly Finding[], asides: readonly Aside[], facts: Facts): Observation[] {
  const hosts = resolveHosts(findings, facts);
  const all: Observation[] = [];
  const known = new Map<string, Alike>();
  const segments = segmentsOf(findings, asides);
  const openers = openersOf(findings, asides);
  findings.forEach((finding, i) => {
    if (!finding.message) return;
    const { record } = finding;
    const base = {
      finding: i,
      aside: -1,
      host: hosts[i],
      severity: record.severity,
      time: record.relay?.time ?? record.time,
      ...(record.relay?.time === undefined || record.time === undefined ? {} : { made: record.time }),
      source: record.source,
      ordinal: record.line,
      segment: segments[i] ?? 0,
      opens: openers.has(i),
      run: 0,
      writer: record.relay ? ('server' as const) : finding.side,
      quoted: finding.quoted === true || record.doubtful === true,
    };
    // Without a time stamp nothing tells a copy from a repetition.
    const alike = record.time === undefined ? undefined : alikeIn(known, finding, hosts[i]);
    const place = alike ? placeIn(alike, record, base.segment) : 0;
    const same = alike?.seen[place];
    if (same) {
      same.copies.push(i);
      if (!same.sinks.includes(record.sink)) same.sinks.push(record.sink);
    } else {
      const side = finding.side ?? facts.sideOfText.get(`${finding.message} ${finding.text ?? ''}`);
      const own = { ...base, index: 0, message: finding.message, text: finding.text, values: finding.values, side };
      const seen: Observation = { ...own, sinks: [record.sink], copies: [] };
      all.push(seen);
      if (alike) alike.seen[place] = seen;
    }
    if (record.relay && facts.wrapper) {
      const values = { client: record.relay.client };
      const message = facts.wrapper;
      const seen = { index: 0, side: 'server', severity: 'RECEIVED', sinks: [record.sink], copies: [] } as const;
      all.push({ ...base, ...seen, sinks: [record.sink], copies: [], message, values });
    }
  });
  addBlocks(all, findings, asides);
  all.sort((a, b) => a.source - b.source || a.ordinal - b.ordinal);
  number(all, findings);
  countRuns(all, facts.ends);
  giveSessions(all, facts.session);
  return all;
}

/**
 * Records of a session that name nobody belong to the client that the session's next record names. Where another session
 * opens in between, nothing tells whose is whose: then they are nobody's, and never another client's.
 */
function giveSessions(all: readonly Observation[], session: Facts['session']): void {
  let open: Observation | undefined;
  let within: Observation[] = [];
  let before: Observation | undefined;
  const close = () => {
    // Nothing follows: what stands before it, then.
    for (const it of within) if (before && isOneLog(before, it) && near(before, it)) take(it, before.host);
    within = [];
  };
  for (const it of all) {
    const kind = it.host === undefined ? session.get(it.message) : undefined;
    if (open && !(isOneLog(open, it) && near(open, it))) open = undefined;
    if (within.some((one) => !(isOneLog(one, it) && near(one, it)))) close();
    if (kind === 'opens') {
      take(it, nobody);
      open = it;
    } else if (kind === 'within') within.push(it);
    else if (it.writer === 'server' && it.host !== undefined) {
      if (open) take(open, it.host);
      for (const one of within) take(one, it.host);
      open = undefined;
      within = [];
      before = it;
    }
  }
  close();
}

function take(it: Observation, host: string | undefined): void {
  it.host = host;
  it.borrowed = true;
}

const isOneLog = (a: Observation, b: Observation): boolean => a.source === b.source && a.segment === b.segment;

/** Records that say the same of the same second, and how many of them each sink has. */
interface Alike {
  /** The first, the second …, each with its copies. */
  seen: Observation[];
  sinks: Map<string, number>;
}

function alikeIn(known: Map<string, Alike>, finding: Finding, host: string | undefined): Alike {
  let key = `${finding.message} ${finding.text} ${finding.side} ${finding.record.time} ${host?.length} ${host}`;
  // With their lengths no two lists of values are one text.
  for (const [name, value] of Object.entries(finding.values)) key += ` ${name} ${value.length} ${value}`;
  let alike = known.get(key);
  if (!alike) {
    alike = { seen: [], sinks: new Map() };
    known.set(key, alike);
  }
  return alike;
}

/**
 * The how-manieth of its kind a record is in its sink: the n-th in another sink is its copy.
 * A relayed copy counts as a sink of its own, and so does the next log in the same text.
 */
function placeIn({ sinks }: Alike, { source, sink, relay }: Finding['record'], segment: number): number {
  const key = `${source} ${segment} ${sink} ${relay ? 'r' : ''}`;
  const place = sinks.get(key) ?? 0;
  sinks.set(key, place + 1);
  return place;
}

/** Which log of its text each finding stands in: a log begins with [SOF] or <trail>, or where the time steps back. */
function segmentsOf(findings: readonly Finding[], asides: readonly Aside[]): number[] {
  const starts = asides.filter(({ opens }) => opens);
  let next = 0;
  let segment = 0;
  let last: { source: number; time: number } | undefined;
  return findings.map(({ record }) => {
    for (let mark = starts[next]; mark && isBefore(mark, record); mark = starts[++next]) segment++;
    const time = record.relay?.time ?? record.time;
    if (time !== undefined) {
      if (last?.source === record.source && time < last.time) segment++;
      last = { source: record.source, time };
    }
    return segment;
  });
}

/** The records with which a log begins: the first one behind each mark of a beginning. */
function openersOf(findings: readonly Finding[], asides: readonly Aside[]): Set<number> {
  const openers = new Set<number>();
  let next = 0;
  for (const mark of asides) {
    if (!mark.opens) continue;
    while (next < findings.length && !isBefore(mark, (findings[next] as Finding).record)) next++;
    if (findings[next]?.record.source === mark.source) openers.add(next);
  }
  return openers;
}

function isBefore(a: { source: number; line: number }, b: { source: number; line: number }): boolean {
  return a.source < b.source || (a.source === b.source && a.line < b.line);
}

/** Blocks carry no time unless the system's log gives them one; they take it from the nearest record of the same text. */
function addBlocks(all: Observation[], findings: readonly Finding[], asides: readonly Aside[]): void {
  const before = new Map<number, Timed[]>();
  for (const { record } of findings) {
    if (record.relay || record.time === undefined) continue;
    const times = before.get(record.source) ?? [];
    times.push(record as Timed);
    before.set(record.source, times);
  }
  asides.forEach((aside, i) => {
    const { kind } = aside;
    if (kind !== 'explanation' && kind !== 'emergency' && kind !== 'crash' && kind !== 'torn') return;
    all.push({
      index: 0,
      finding: -1,
      aside: i,
      message: '',
      ...(kind === 'crash' || kind === 'torn' ? { told: kind } : {}),
      words: aside.text.toLowerCase().replaceAll(/\s+/g, ' '),
      values: {},
      sinks: [],
      side: aside.side,
      time: aside.time ?? timeAt(before.get(aside.source) ?? [], aside),
      source: aside.source,
      ordinal: aside.line,
      segment: -1,
      opens: false,
      run: 0,
      quoted: false,
      copies: [],
    });
  });
}

/** A record of the same text that has a time. */
type Timed = Finding['record'] & { time: number };

/** Two logs of one machine are written within this, milliseconds. */
const together = 2000;

/**
 * Time of the nearest record: a program explains first, and then writes the record; several logs may stand in one text. A
 * date of the line's own says how long it was after that record's; where only the stamp of that is there, which can be by
 * another clock, it counts if it fits between the records around it.
 */
function timeAt(times: readonly Timed[], { line, endLine, wall }: Aside): number | undefined {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle]?.line ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  const [above, below] = [times[low - 1], times[low]];
  const nearest = above && below ? (below.line - endLine <= line - above.line ? below : above) : (above ?? below);
  if (!nearest || wall === undefined) return nearest?.time;
  const known = nearest.wall ?? readWall(nearest.stamp ?? '');
  if (known === undefined) return nearest.time;
  const own = nearest.time + wallSpan(known, wall);
  const [from = own, to = own] = [above?.time, below?.time];
  const fits = own >= Math.min(from, to) - together && own <= Math.max(from, to) + together;
  return nearest.wall !== undefined || fits ? own : (below ?? above)?.time;
}

/** Gives each observation its index, and its place among those of its source: from the last line where the newest stands first. */
function number(all: Observation[], findings: readonly Finding[]): void {
  let from = 0;
  all.forEach((observation, index) => {
    observation.index = index;
    if (all[index + 1]?.source === observation.source) return;
    const own = all.slice(from, index + 1);
    const files = own.some(({ finding }) => findings[finding]?.record.origin !== undefined);
    if (!files && isNewestFirst(own)) own.reverse();
    own.forEach((one, ordinal) => {
      one.ordinal = ordinal;
    });
    from = index + 1;
  });
}

/** Counts the ends of clients, source by source, in the order in which things happened. */
function countRuns(all: readonly Observation[], ends: ReadonlySet<string>): void {
  const bySource = new Map<number, Observation[]>();
  for (const it of all) {
    const list = bySource.get(it.source);
    if (list) list.push(it);
    else bySource.set(it.source, [it]);
  }
  for (const list of bySource.values()) {
    // (The logs of several hosts in one text run side by side.)
    const runs = new Map<string | undefined, number>();
    for (const it of list.sort((a, b) => a.ordinal - b.ordinal)) {
      it.run = runs.get(it.host) ?? 0;
      if (it.writer === 'client' && ends.has(it.message)) runs.set(it.host, it.run + 1);
    }
  }
}

/**
 * Some viewers print the last line first (`tac`, `journalctl -r`, a web page). One or two steps back can also come from logs
 * of both sides, one pasted below the other.
 */
function isNewestFirst(own: readonly Observation[]): boolean {
  let last: number | undefined;
  let back = 0;
  let forth = 0;
  for (const { time } of own) {
    if (time === undefined) continue;
    if (last !== undefined && time > last) forth++;
    if (last !== undefined && time < last) back++;
    last = time;
  }
  const writers = new Set(own.flatMap(({ writer }) => writer ?? []));
  return back > (writers.size > 1 ? 2 : 0) && back > 9 * forth;
}
