/** Time stamps as samhain prints them (sh_unix.c, sh_unix_time). */

/** Source of the pattern of a stamp without its brackets. West of Greenwich half an hour has a second minus: `-03-30`. */
export const STAMP = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[+-]\d\d-?\d\d)?`;

const PARTS = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:([+-])(\d\d)-?(\d\d))?$/i;

/** Milliseconds since 1970 UTC; undefined for the program's own fallback of zeros and for what is no date. */
export function readStamp(stamp: string): number | undefined {
  const parts = PARTS.exec(stamp);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second, sign, zoneHours, zoneMinutes] = parts;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > 31 || Number(hour) > 24)
    return undefined;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const zone = (Number(zoneHours ?? 0) * 60 + Number(zoneMinutes ?? 0)) * (sign === '-' ? -1 : 1);
  return local - zone * 60_000;
}

const SYSTEM = /^[ \t]{0,80}(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:[.,]\d{1,9})?(?:Z|([+-]\d\d):?(\d\d))[ \t]/;

/** The same of a line of the system's log, which has fractions of a second; undefined for a date without its zone. */
export function readSystemTime(line: string): number | undefined {
  const [, date, hours = '+00', minutes = '00'] = SYSTEM.exec(line) ?? [];
  return date === undefined ? undefined : readStamp(date + hours + minutes);
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CLASSIC = /^[ \t]{0,80}([A-Za-z]{3})[ \t]{1,2}(\d{1,2})[ \t](\d\d):(\d\d):(\d\d)(?=[. \t])/;
const DATED = /^[ \t]{0,80}\d{4}-(\d\d)-(\d\d)[T \t](\d\d):(\d\d):(\d\d)/;

/**
 * What the clock on the wall shows at the beginning of a line or stamp, without zone and year: milliseconds in a leap year.
 * Two of one log tell how long is between them.
 */
export function readWall(text: string): number | undefined {
  const [, name, ...classic] = CLASSIC.exec(text) ?? [];
  const month = name === undefined ? undefined : String(MONTHS.indexOf(name.toLowerCase()) + 1);
  const parts = month === undefined ? DATED.exec(text)?.slice(1) : [month, ...classic];
  if (!parts) return undefined;
  const [which = 0, day, hour, minute, second] = parts.map(Number);
  return which === 0 ? undefined : Date.UTC(leapYear, which - 1, day, hour, minute, second);
}

const leapYear = 2000;
const year = 366 * 86_400_000;

/** How long one is after another, milliseconds; of two in different years the shorter way. */
export function wallSpan(from: number, to: number): number {
  const span = to - from;
  return span > year / 2 ? span - year : span < -year / 2 ? span + year : span;
}
