/**
 * A time that is chosen: the words for it, what they mean in the logs given, and how much lies outside it. Page and terminal
 * read the same words. A time without a zone is meant by the log's own clock, since that is what stands in its lines.
 */
import type { Diagnosis } from './diagnosis/types.ts';
import type { Excerpt, Finding, Unrecognised } from './types.ts';

/** Milliseconds since 1970 UTC, both ends belong to it. */
export interface Window {
  from?: number;
  to?: number;
}

/** How many lines lie before a window and after it: they were not judged. */
export interface Outside {
  before: number;
  after: number;
}

/** A window in the reader's words. */
export interface WindowWords {
  since?: string;
  until?: string;
}

/** Windows that have a name. */
export const windowNames = ['repair', 'today', 'last-night'] as const;
export type WindowName = (typeof windowNames)[number];

/** The last thing in the lines that looks like a repair: a fault that was over, or a program that was started again. */
export interface Repair {
  time: number;
  by: 'fixed' | 'started' | 'ticked';
  /** The client that was fixed. */
  host?: string;
}

/** What words for a time are read by. */
export interface Times {
  first: number;
  last: number;
  /** What the log's zone is ahead of UTC, milliseconds. */
  ahead: number;
  /** The stamps say which zone it is; else their times are taken for UTC. */
  zoned: boolean;
  repair?: Repair;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A night, by the clock: from the evening on, until the morning. */
const evening = 20 * hour;
const morning = 8 * hour;

/** Time of a record, by the clock of whoever wrote the log. */
export const timeOf = ({ record }: Pick<Finding, 'record'>): number | undefined => record.relay?.time ?? record.time;

/**
 * First and last time, zone, and the last repair, of all that was read.
 * @param messages with what each says of its program
 */
export function timesOf(
  { findings }: { findings: readonly Finding[] },
  { diagnoses }: { diagnoses: readonly Pick<Diagnosis, 'over' | 'from' | 'host'>[] },
  messages: readonly { id: string; process?: 'begins' | 'ends' | undefined }[],
): Times | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let ahead: number | undefined;
  let zoned = false;
  for (const { record } of findings) {
    const time = timeOf({ record });
    if (time === undefined) continue;
    first = Math.min(first, time);
    last = Math.max(last, time);
    const stamp = record.relay?.stamp ?? record.stamp;
    if (ahead !== undefined || !stamp) continue;
    ahead = Date.parse(`${stamp.slice(0, 19)}Z`) - time - (record.clock ?? 0);
    zoned = stamp.length > 19;
  }
  if (last < first) return undefined;
  const repair = repairIn(findings, diagnoses, messages);
  return { first, last, ahead: ahead && Number.isFinite(ahead) ? ahead : 0, zoned, ...(repair ? { repair } : {}) };
}

/** A start counts only behind a sign of some fault: any other one repairs nothing. */
function repairIn(
  findings: readonly Finding[],
  diagnoses: readonly Pick<Diagnosis, 'over' | 'from' | 'host'>[],
  messages: readonly { id: string; process?: 'begins' | 'ends' | undefined }[],
): Repair | undefined {
  let repair: Repair | undefined;
  for (const { over, host } of diagnoses)
    if (over && !over.likely && over.time !== undefined && over.time >= (repair?.time ?? over.time))
      repair = { time: over.time, by: 'fixed', ...(host ? { host } : {}) };
  const signs = diagnoses.flatMap(({ from }) => (from === undefined ? [] : [from]));
  if (signs.length === 0) return undefined;
  const firstSign = signs.reduce((a, b) => Math.min(a, b));
  const begins = new Set(messages.flatMap(({ id, process }) => (process === 'begins' ? [id] : [])));
  for (const { record, message, quoted } of findings) {
    // (Of a server's log its own start counts: among many clients one or the other is always started.)
    if (!message || !begins.has(message) || record.relay || quoted || record.doubtful) continue;
    const { time } = record;
    if (time !== undefined && time > firstSign && time > (repair?.time ?? time - 1)) repair = { time, by: 'started' };
  }
  return repair;
}

/** The windows that have a name, of those logs; one that would hold everything, or nothing, is none. */
export function namedWindows({ first, last, ahead, repair }: Times): { name: WindowName; window: Window }[] {
  const midnight = Math.floor((last + ahead) / day) * day - ahead;
  const all: { name: WindowName; window: { from: number; to: number } }[] = [
    ...(repair ? [{ name: 'repair' as const, window: { from: repair.time, to: last } }] : []),
    { name: 'today', window: { from: midnight, to: last } },
    { name: 'last-night', window: { from: midnight - day + evening, to: Math.min(last, midnight + morning) } },
  ];
  return all.filter(
    ({ window: { from, to } }) => from <= last && to >= first && from <= to && (from > first || to < last),
  );
}

/**
 * A time as a person writes it: `2026-11-23T15:00`, `2026-11-23 15:00`, `2026-11-23`, `15:18` (the last one in the logs), or
 * `30m`, `2h`, `3d` before the last record. Without a zone it is the log's. @returns milliseconds, or undefined
 */
export function readTime(text: string, { last, ahead }: Pick<Times, 'last' | 'ahead'>): number | undefined {
  const words = text.trim();
  const span = /^(\d{1,6})([smhdw])$/.exec(words);
  if (span) return last - Number(span[1]) * { s: 1000, m: minute, h: hour, d: day, w: 7 * day }[span[2] as 's'];
  const clock = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(words);
  if (clock) {
    const [h, m, s] = [Number(clock[1]), Number(clock[2]), Number(clock[3] ?? 0)];
    if (h > 23 || m > 59 || s > 59) return undefined;
    const time = Math.floor((last + ahead) / day) * day - ahead + h * hour + m * minute + s * 1000;
    return time > last ? time - day : time;
  }
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(words)) return undefined;
  const iso = words.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
  if (/(?:Z|[+-]\d\d:\d\d)$/.test(iso.slice(10))) return finite(Date.parse(iso));
  return finite(Date.parse(`${iso.length === 10 ? `${iso}T00:00` : iso}Z`) - ahead);
}

const finite = (time: number): number | undefined => (Number.isNaN(time) ? undefined : time);

/** The window that words mean, or the word that means nothing here. */
export function readWindow({ since, until }: WindowWords, times: Times): Required<Window> | { not: string } {
  const named = namedWindows(times).find(({ name }) => name === since)?.window;
  const from = since === undefined ? times.first : (named?.from ?? readTime(since, times));
  const to = until === undefined ? (named?.to ?? Math.max(times.last, from ?? times.last)) : readTime(until, times);
  if (from === undefined) return { not: since ?? '' };
  // A minute or a day that is named belongs to it as a whole.
  const end = to !== undefined && until !== undefined ? to + untilEnd(until) : to;
  if (end === undefined || end < from) return { not: until ?? since ?? '' };
  return { from, to: end };
}

/** `15:18` ends at 15:18:59, `2026-11-23` at midnight. */
function untilEnd(text: string): number {
  const words = text.trim();
  if (/^\d{4}-\d\d-\d\d$/.test(words)) return day - 1000;
  return /^(?:.{10}[T ])?\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?$/.test(words) ? minute - 1000 : 0;
}

/** A part of a long log in which all of a time lies. */
export interface Slice {
  /** First byte, and the byte behind the last one. */
  at: number;
  end: number;
  /** Of the first one. */
  line: number;
  /** Lines and bytes of the whole. */
  lines: number;
  bytes: number;
}

/** Where in a long log a time lies, by its index: only that is read again. */
export function sliceOf(
  { index, lines, bytes }: Pick<Excerpt, 'index' | 'lines' | 'bytes'>,
  { from = 0, to = Number.POSITIVE_INFINITY }: Window,
): Slice {
  const isIn = (one: { from: number; to: number }) => one.to >= Math.floor(from / 1000) && one.from <= to / 1000;
  const first = index.findIndex(isIn);
  const last = index.findLastIndex(isIn);
  const { at, line } = index[first] ?? { at: bytes, line: lines + 1 };
  return { at, line, end: first < 0 ? bytes : (index[last + 1]?.at ?? bytes), lines, bytes };
}

/** A text that was read, of which a window is taken. */
interface Whole {
  findings: Finding[];
  asides: { source: number; line: number }[];
  unrecognised: Unrecognised[];
}

/**
 * Without the records of another time. What has no time of its own goes with the record above it.
 * @param lines how many each source has, and of how many the sieve knows that they lie outside
 */
export function within<T extends Whole>(
  read: T,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Window,
  lines: readonly { count: number; outside?: Outside | undefined }[],
): T & { outside: Outside } {
  const isInside = (time: number | undefined) => time === undefined || (time >= from && time <= to);
  const places = new Map<number, { line: number; time: number }[]>();
  for (const finding of read.findings) {
    const time = timeOf(finding);
    if (time === undefined) continue;
    const { source, line } = finding.record;
    const list = places.get(source);
    if (list) list.push({ line, time });
    else places.set(source, [{ line, time }]);
  }
  const timeAbove = ({ source, line }: { source: number; line: number }): number | undefined => {
    const list = places.get(source) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.line ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return (list[low - 1] ?? list[0])?.time;
  };
  const outside = { before: 0, after: 0 };
  for (const [source, { count, outside: known }] of lines.entries()) {
    const list = places.get(source) ?? [];
    list.forEach(({ line, time }, i) => {
      if (known || isInside(time)) return;
      // Its own lines, and what stands below it up to the next record; the first also has what stands above it.
      outside[time < from ? 'before' : 'after'] += (list[i + 1]?.line ?? count + 1) - (i === 0 ? 1 : line);
    });
    outside.before += known?.before ?? 0;
    outside.after += known?.after ?? 0;
  }
  return {
    ...read,
    findings: read.findings.filter((finding) => isInside(timeOf(finding) ?? timeAbove(finding.record))),
    asides: read.asides.filter((aside) => isInside(timeAbove(aside))),
    unrecognised: read.unrecognised.filter((line) => isInside(timeAbove(line))),
    outside,
  };
}
