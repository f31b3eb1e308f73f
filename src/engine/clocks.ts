/**
 * Two clocks: a relayed record has the client's time inside and the server's outside. The smallest difference of a client is
 * how far its clock is off, for no record arrives before it is written. By it what a client wrote itself is put at the
 * server's time, so that one clock rules.
 */
import { type MessageKinds, resolveHosts } from './diagnosis/hosts.ts';
import type { Finding } from './types.ts';

/** The clock of a client: milliseconds ahead of the server's, or behind it where negative. */
export interface ClientClock {
  host: string;
  ahead: number;
}

/** A smaller difference is none: stamps are whole seconds, and records take their time. */
const least = 2_000;
/** So many records have to show the same, as nearly as whole seconds can. */
const [steady, same] = [5, 1_000];

/**
 * The findings by one clock, and the clients whose clock is off.
 * @param kinds what the catalogue says of its messages
 */
export function byOneClock(
  findings: readonly Finding[],
  kinds: () => MessageKinds,
): { findings: Finding[]; clocks: ClientClock[] } {
  const given = { findings: findings as Finding[], clocks: [] };
  if (!findings.some((one) => Math.abs(differenceOf(one) ?? 0) > least)) return given;
  const hosts = resolveHosts(findings, kinds());
  const differences = new Map<string, number[]>();
  findings.forEach((one, i) => {
    const [host, difference] = [hosts[i], differenceOf(one)];
    if (!host || difference === undefined) return;
    const all = differences.get(host);
    if (all) all.push(difference);
    else differences.set(host, [difference]);
  });
  const ahead = new Map<string, number>();
  for (const [host, all] of differences) {
    const smallest = all.reduce((a, b) => Math.min(a, b));
    const like = all.filter((one) => one - smallest <= same).length;
    if (Math.abs(smallest) > least && like >= steady) ahead.set(host, -smallest);
  }
  if (ahead.size === 0) return given;
  return {
    findings: findings.map((one, i) => {
      const { record, side } = one;
      const clock = ahead.get(hosts[i] ?? '');
      // The client's own record, in its log or inside the server's: the server's lines about it have the server's time.
      if (clock === undefined || record.time === undefined || (side !== 'client' && !record.relay)) return one;
      return { ...one, record: { ...record, time: record.time - clock, clock } };
    }),
    clocks: [...ahead].map(([host, off]) => ({ host, ahead: off })).sort((a, b) => (a.host < b.host ? -1 : 1)),
  };
}

/** The server's time less the client's. Without zones nothing tells a clock that is off from one of another zone. */
function differenceOf({ record, quoted }: Finding): number | undefined {
  const { relay, time, stamp = '', suspicious, doubtful } = record;
  if (!relay || quoted || suspicious || doubtful || time === undefined || relay.time === undefined) return undefined;
  return stamp.length > 19 && (relay.stamp?.length ?? 0) > 19 ? relay.time - time : undefined;
}
