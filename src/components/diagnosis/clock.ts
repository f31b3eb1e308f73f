/** Times as the log itself writes them: by its own zone, with the day only where the lines are of several. */
import type { Finding } from '../../engine/types.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)/;

export class Clock {
  /** What the log's zone is ahead of UTC, milliseconds. */
  private readonly ahead: number;
  private readonly oneDay: boolean;

  constructor(findings: readonly Finding[]) {
    let ahead: number | undefined;
    const days = new Set<string>();
    for (const { record } of findings) {
      const { stamp, time, clock = 0 } = record;
      if (!stamp || time === undefined) continue;
      if (days.size < 2) days.add(stamp.slice(0, 10));
      ahead ??= Date.parse(`${stamp.slice(0, 19)}Z`) - time - clock;
      if (days.size > 1) break;
    }
    this.ahead = ahead && Number.isFinite(ahead) ? ahead : 0;
    this.oneDay = days.size < 2;
  }

  /** `15:18:17`, or `Nov 22, 21:07:40` where the lines are of several days. */
  stamp(stamp: string | undefined): string | undefined {
    const [, , month, day, time] = parts.exec(stamp ?? '') ?? [];
    if (!month || !day || !time) return undefined;
    return this.oneDay ? time : `${months[Number(month) - 1]} ${Number(day)}, ${time}`;
  }

  /** The same of milliseconds since 1970 UTC. */
  at(time: number | undefined): string | undefined {
    if (time === undefined || !Number.isFinite(time)) return undefined;
    const date = new Date(time + this.ahead);
    return Number.isNaN(date.getTime()) ? undefined : this.stamp(date.toISOString());
  }

  /** From one record to another: `15:02:11 to 15:19:02`, `Oct 1 to Nov 23`. */
  range(from: number | undefined, to: number | undefined): string | undefined {
    const [a, b] = [this.at(from), this.at(to)];
    if (!a || !b) return undefined;
    if (this.oneDay) return a === b ? a : `${a} to ${b}`;
    const [dayA, dayB] = [a.split(',')[0], b.split(',')[0]];
    return dayA === dayB ? `${dayA}` : `${dayA} to ${dayB}`;
  }
}
