/** The time that lines are of, the windows that can be chosen in it, and the one that was judged: in words, by the log's clock. */
import type { JudgedTime } from '../../engine/judge.ts';
import { namedWindows, type WindowName, type WindowWords } from '../../engine/window.ts';
import { outsideText } from '../../report/words.ts';
import type { Clock } from './clock.ts';

export interface TimeView {
  /** First and last record as fields of a form take it, `2026-11-23T15:18:17`. */
  first: string;
  last: string;
  /** The same in words: `Nov 17 to Nov 23`. */
  range: string;
  /** `UTC`, `UTC+2`; absent where the lines do not say it. */
  zone?: string;
  named: { name: WindowName; from: string; why?: string }[];
  chosen?: ChosenTime;
}

/** A window that was judged, or words that mean none. */
export interface ChosenTime extends WindowWords {
  /** Milliseconds: by these long files are read again. */
  window?: { from: number; to: number };
  from?: string;
  to?: string;
  /** The same as fields of a form take it. */
  fields?: { from: string; to: string };
  /** How many lines were not judged. */
  outside?: string;
  /** A word that means no time here: all was judged. */
  not?: string;
}

const minute = 60_000;

/** `UTC+2`, `UTC-3:30` */
function zoneOf(ahead: number): string {
  const minutes = Math.round(ahead / minute);
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '-' : '+'}${hours}${rest > 0 ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** Lines of a moment have no window. */
const shortest = minute;

export function makeTime(
  { times, window, outside }: JudgedTime,
  words: WindowWords,
  clock: Clock,
): TimeView | undefined {
  if (!times || times.last - times.first < shortest) return undefined;
  const { first, last, ahead, zoned, repair } = times;
  const field = (time: number) => new Date(time + ahead).toISOString().slice(0, 19);
  const at = (time: number) => clock.at(time) ?? '';
  const why =
    repair &&
    {
      fixed: repair.host ? `${repair.host} was fixed` : 'a fault ended',
      started: 'a start',
      ticked: 'your last step',
    }[repair.by];
  const time: TimeView = {
    first: field(first),
    last: field(last),
    range: clock.range(first, last) ?? '',
    ...(zoned ? { zone: zoneOf(ahead) } : {}),
    named: namedWindows(times).map(({ name, window: { from = first } }) => ({
      name,
      from: at(from),
      ...(name === 'repair' && why ? { why } : {}),
    })),
  };
  if (!window) return time;
  if ('not' in window) return { ...time, chosen: { ...words, not: window.not } };
  const { from, to } = window;
  const ends = { from: at(from), to: at(to) };
  const left = outside ? outsideText(outside, ends) : '';
  return {
    ...time,
    chosen: {
      ...words,
      window: { from, to },
      ...ends,
      fields: { from: field(from), to: field(to) },
      ...(left ? { outside: left } : {}),
    },
  };
}
