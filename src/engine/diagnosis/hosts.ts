/** Which client a record is about, when names are short, missing, or addresses. */
import type { Finding, Severity } from '../types.ts';
import { aMoment, Told } from './told.ts';
import type { KnownMessage } from './types.ts';

/** Addresses and names that say nothing of who it is: a client that cannot find its own name sends them. */
export function isAnonymous(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':') || host === 'localhost' || host.startsWith('localhost.');
}

/** What the catalogue says of its messages, by id. */
export interface MessageKinds {
  /** What only a server prints. */
  ofServer: ReadonlySet<string>;
  /** What is about the way to the server, and no begin or end of a program: an error of it is a try that failed. */
  ofWay: ReadonlySet<string>;
  /** With which a program says that it ends. */
  ends: ReadonlySet<string>;
}

/** The kinds of these messages. */
export function kindsOf(messages: readonly Pick<KnownMessage, 'id' | 'side' | 'kind' | 'process'>[]): MessageKinds {
  return {
    ofServer: new Set(messages.flatMap(({ id, side }) => (side === 'server' ? [id] : []))),
    ofWay: new Set(messages.flatMap(({ id, kind, process }) => (kind === 'path' && !process ? [id] : []))),
    ends: new Set(messages.flatMap(({ id, process }) => (process === 'ends' ? [id] : []))),
  };
}

/** Key of whoever connected and gave no name: certainly none of the clients that the lines name. */
export const nobody = '';

const tidy = (host: string): string => host.trim().toLowerCase().replace(/\.$/, '');

/** A relayed record stands in the server's log; all others of the client are its own. */
const isOwn = (finding: Finding): boolean => finding.side === 'client' && !finding.record.relay;

function named(finding: Finding, ofServer: ReadonlySet<string>): string | undefined {
  const { host, record, values, message } = finding;
  if (host) return tidy(host) || undefined;
  // What only a server prints has the client in `client` or `host`; elsewhere `host` is the one that is called.
  if (message && ofServer.has(message)) {
    const client = values.client ?? values.host;
    return client === undefined ? undefined : tidy(client) || nobody;
  }
  // The syslog prefix names the machine that logs; of use only if the program is the client.
  if (isOwn(finding) && record.program !== 'Yule' && record.loggingHost) return tidy(record.loggingHost) || undefined;
  return undefined;
}

/**
 * The host key of each finding, or undefined where nothing tells.
 */
export function resolveHosts(findings: readonly Finding[], kinds: MessageKinds): (string | undefined)[] {
  const printed = inFull(findings.map((finding) => named(finding, kinds.ofServer)));
  const texts = textsOf(findings, printed, kinds);
  const [address, name] = aliasOf(printed, findings, { kinds, texts });
  const hosts = printed.map((host) => (host !== undefined && host === address ? name : host));

  const ownBySource = new Map<number, Set<string>>();
  const own = new Set<string>();
  const others = new Set<string>();
  findings.forEach((finding, i) => {
    const host = hosts[i];
    if (host === undefined || host === nobody) return;
    if (!isOwn(finding)) {
      others.add(host);
      return;
    }
    own.add(host);
    const { source } = finding.record;
    ownBySource.set(source, (ownBySource.get(source) ?? new Set<string>()).add(host));
  });
  const only = (set: Set<string> | undefined): string | undefined => (set?.size === 1 ? [...set][0] : undefined);
  // A client's lines without a name belong to the only client there is.
  const fallback = own.size > 0 ? only(own) : only(others);
  const relays = new Set<string>();
  findings.forEach((finding, i) => {
    if (isOwn(finding) && finding.record.program === 'Yule' && hosts[i]) relays.add(hosts[i]);
  });
  const relaying = relayingLines(findings);
  return hosts.map((host, i) => {
    const finding = findings[i];
    if (host !== undefined || !finding || !isOwn(finding)) return host;
    if (relaying.has(i)) return only(relays) ?? nobody;
    const named = only(ownBySource.get(finding.record.source));
    if (named !== undefined) return named;
    const text = texts[i];
    if (text?.host !== undefined) return text.host;
    return fallback !== undefined && text?.not.has(fallback) ? nobody : fallback;
  });
}

/** A client's log that names nobody. */
interface Nameless {
  /** The one client whose it is, as the server's log shows. */
  host?: string;
  /** Clients whose it is not. */
  not: ReadonlySet<string>;
}

/** More logs, one below the other, are none: a viewer prints the last line first, or somebody sorted them. */
const mostLogs = 20;

/** By finding: the log of a client, of those that name nobody, in which it stands. In one text a log ends where times go back. */
function logsOf(findings: readonly Finding[], printed: readonly (string | undefined)[]): (Finding[] | undefined)[] {
  const texts = new Map<string, { logs: Finding[][]; last: number }>();
  const all = findings.map((finding, i) => {
    const { source, origin = '', relay, time } = finding.record;
    if (finding.side !== 'client' || relay || printed[i] !== undefined) return undefined;
    const key = `${source} ${origin}`;
    const text = texts.get(key) ?? { logs: [[]], last: Number.NEGATIVE_INFINITY };
    texts.set(key, text);
    if (time !== undefined) {
      if (time < text.last - aMoment) text.logs.push([]);
      text.last = time;
    }
    const log = text.logs.at(-1) as Finding[];
    log.push(finding);
    return { log, text };
  });
  return all.map((one) => (one && one.text.logs.length <= mostLogs ? one.log : undefined));
}

/** By finding: what is known of the log of a client, of those that name nobody, beside what clients told a server. */
function textsOf(
  findings: readonly Finding[],
  printed: readonly (string | undefined)[],
  kinds: MessageKinds,
): (Nameless | undefined)[] {
  const clients = new Map<string, Told>();
  findings.forEach((finding, i) => {
    const host = printed[i];
    if (finding.side !== 'client' || !finding.record.relay || !host || isAnonymous(host)) return;
    const told = clients.get(host) ?? new Told();
    clients.set(host, told);
    told.add(finding);
  });
  if (clients.size === 0) return [];
  const logs = logsOf(findings, printed);
  const refused = refusals(findings, printed, kinds);
  const known = new Map<Finding, Nameless>();
  const look = (own: readonly Finding[]): void => {
    const told = new Told();
    for (const finding of own) told.add(finding);
    const hosts = [...clients].flatMap(([name, client]) => (told.isOf(client) ? [name] : []));
    const runs =
      hosts.length !== 1 && [...clients.values()].some((one) => told.sharesWith(one)) ? runsOf(own, kinds) : [];
    // What several clients told is several logs, one below the other: each run may be another one's.
    if (runs.length > 1) {
      for (const run of runs) look(run);
      return;
    }
    const not = new Set([...clients].flatMap(([name, client]) => (told.isNoneOf(client) ? [name] : [])));
    const [host, second] = hosts;
    const one = host !== undefined && second === undefined && !isKnownByAnother(host, own, { refused, kinds });
    for (const finding of own) known.set(finding, { not, ...(one ? { host } : {}) });
  };
  for (const own of new Set(logs)) if (own) look(own);
  return findings.map((finding) => known.get(finding));
}

/** The runs of the program in a log. */
function runsOf(own: readonly Finding[], { ends }: MessageKinds): Finding[][] {
  const runs: Finding[][] = [];
  let ended = true;
  for (const finding of own) {
    if (ended) runs.push([]);
    runs.at(-1)?.push(finding);
    ended = ends.has(finding.message ?? '');
  }
  return runs;
}

/** When the server turned clients away, by the name that it gives them. */
function refusals(
  findings: readonly Finding[],
  printed: readonly (string | undefined)[],
  { ofServer }: MessageKinds,
): Map<string, number[]> {
  const all = new Map<string, number[]>();
  findings.forEach(({ message = '', record }, i) => {
    const host = printed[i];
    if (!host || record.time === undefined || !ofServer.has(message) || !bad.has(record.severity ?? '')) return;
    const own = all.get(host);
    if (own) own.push(record.time);
    else all.set(host, [record.time]);
  });
  for (const times of all.values()) times.sort((a, b) => a - b);
  return all;
}

/**
 * True if the server turned somebody of another name or address away whenever this text tells of a failure: then that is
 * what it called this client at the time, and what the server says there of that name is about these lines.
 */
function isKnownByAnother(
  host: string,
  own: readonly Finding[],
  { refused, kinds }: { refused: ReadonlyMap<string, readonly number[]>; kinds: MessageKinds },
): boolean {
  const { failed, from, to } = failuresOf(own, kinds);
  const byName = refused.get(host) ?? [];
  return [...refused].some(([name, times]) => {
    if (name === host) return false;
    const covered = times.filter((time) => time >= from - oneTry && time <= to + oneTry);
    return covered.length > 0 && covered.every((time) => isNear(failed, time) && !isNear(byName, time));
  });
}

/** When a client's own lines tell of a try that failed, and which time they cover. */
function failuresOf(own: readonly Finding[], { ofWay }: MessageKinds): { failed: number[]; from: number; to: number } {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const failed: number[] = [];
  for (const { message = '', record } of own) {
    const { time, severity = '' } = record;
    if (time === undefined) continue;
    from = Math.min(from, time);
    to = Math.max(to, time);
    if (ofWay.has(message) && bad.has(severity)) failed.push(time);
  }
  return { failed: failed.sort((a, b) => a - b), from, to };
}

/**
 * Lines in which a yule is a client of another one: a client's lines amid the server's, in a text in which a yule starts or
 * ends, and no client does; and in other parts of such a log, which need not have its start.
 */
function relayingLines(findings: readonly Finding[]): Set<number> {
  const lines = new Set<number>();
  const byText = new Map<string, number[]>();
  findings.forEach(({ record }, i) => {
    const text = `${record.source} ${record.origin ?? ''}`;
    const list = byText.get(text);
    if (list) list.push(i);
    else byText.set(text, [i]);
  });
  const parts: number[][] = [];
  let known = false;
  const isServers = (i: number) => findings[i]?.side === 'server' || findings[i]?.record.relay !== undefined;
  for (const indices of byText.values()) {
    const own = indices.filter((i) => !findings[i]?.record.relay);
    const programs = new Set(own.map((i) => findings[i]?.values.program?.toLowerCase()));
    if (programs.has('samhain')) continue;
    const [first, last] = [indices.findIndex(isServers), indices.findLastIndex(isServers)];
    const amid = indices.slice(Math.max(0, first), last).filter((i) => !isServers(i));
    if (amid.length === 0) continue;
    parts.push(amid);
    known ||= programs.has('yule');
  }
  if (known) for (const part of parts) for (const i of part) lines.add(i);
  return lines;
}

/** With the full name in place of a short one. */
function inFull(printed: readonly (string | undefined)[]): (string | undefined)[] {
  const hosts = new Set(printed);
  const full = new Map<string, string | null>();
  for (const host of hosts) {
    const dot = host?.indexOf('.') ?? -1;
    if (!host || dot <= 0 || isAnonymous(host)) continue;
    const short = host.slice(0, dot);
    // Two full names with one short name: the short one tells nothing.
    full.set(short, full.has(short) ? null : host);
  }
  return printed.map((host) => (host === undefined ? undefined : (full.get(host) ?? host)));
}

/** The one address and the one name, where that client's own lines show that it failed as often. */
function aliasOf(
  printed: readonly (string | undefined)[],
  findings: readonly Finding[],
  { kinds, texts }: { kinds: MessageKinds; texts: readonly (Nameless | undefined)[] },
): [address: string, name: string] | [] {
  const hosts = [...new Set(printed)].filter((host): host is string => Boolean(host));
  const [name, second] = hosts.filter((host) => !isAnonymous(host));
  const [address, other] = hosts.filter(isAnonymous);
  if (!name || second !== undefined || !address || other !== undefined) return [];
  const isNames = (i: number) => !texts[i]?.not.has(name);
  return failedToo(address, printed, findings, { kinds, isNames }) ? [address, name] : [];
}

/** A client's line about a try that was turned away and the server's are no further apart. */
const oneTry = 3_000;

/**
 * True if the client's own lines tell of a failure at each time at which the server speaks of the address, as far as they
 * cover it, and the server does not say of another failure of the client by name at that time. What the address did while the
 * client was well, or before its lines begin, was somebody else, for all that is known.
 * @param isNames false where a finding stands in a log of another client than the one of the name
 */
function failedToo(
  address: string,
  printed: readonly (string | undefined)[],
  findings: readonly Finding[],
  { kinds, isNames }: { kinds: MessageKinds; isNames: (i: number) => boolean },
): boolean {
  const own = findings.filter((finding, i) => isOwn(finding) && isNames(i));
  const spoken = findings.filter((finding, i) => printed[i] === address && !isOwn(finding));
  const timed = (list: readonly Finding[]) =>
    list.flatMap(({ record: { time } }) => (time === undefined ? [] : [time]));
  const [times, tries] = [timed(own), timed(spoken)];
  // Without times nothing speaks against the only one that there is.
  if (own.length === 0 || times.length < own.length || tries.length < spoken.length) return own.length > 0;
  const isBad = ({ record }: Finding) => bad.has(record.severity ?? '');
  const { failed, from, to } = failuresOf(own, kinds);
  // (A try of the client that failed for the reason that the server gives beside its name is not the one of the address.)
  const otherwise = timed(
    findings.filter(
      (one, i) => printed[i] && printed[i] !== address && kinds.ofServer.has(one.message ?? '') && isBad(one),
    ),
  ).sort((a, b) => a - b);
  const covered = tries.filter((time) => time >= from - oneTry && time <= to + oneTry);
  return covered.length > 0 && covered.every((time) => isNear(failed, time) && !isNear(otherwise, time));
}

const bad: ReadonlySet<string> = new Set(['ERROR', 'CRIT', 'ALERT'] satisfies Severity[]);

/** True if one of the sorted times is that of the same try. */
function isNear(times: readonly number[], time: number): boolean {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time - oneTry) low = middle + 1;
    else high = middle;
  }
  return (times[low] ?? Number.POSITIVE_INFINITY) <= time + oneTry;
}
