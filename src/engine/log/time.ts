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
