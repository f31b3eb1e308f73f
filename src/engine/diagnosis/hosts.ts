/** Which client a record is about, when names are short, missing, or addresses. */
import type { Finding, Severity } from '../types.ts';
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
}

/** The kinds of these messages. */
export function kindsOf(messages: readonly Pick<KnownMessage, 'id' | 'side' | 'kind' | 'process'>[]): MessageKinds {
  return {
    ofServer: new Set(messages.flatMap(({ id, side }) => (side === 'server' ? [id] : []))),
    ofWay: new Set(messages.flatMap(({ id, kind, process }) => (kind === 'path' && !process ? [id] : []))),
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
export function resolveHosts(findings: readonly Finding[], { ofServer, ofWay }: MessageKinds): (string | undefined)[] {
  const printed = findings.map((finding) => named(finding, ofServer));
  const aliases = aliasesOf(printed, findings, { ofServer, ofWay });
  const hosts = printed.map((host) => (host === undefined ? undefined : (aliases.get(host) ?? host)));

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
    return only(ownBySource.get(finding.record.source)) ?? fallback;
  });
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

/** Short name to full name; and the one address to the one name, where that client's own lines show that it failed as often. */
function aliasesOf(
  printed: readonly (string | undefined)[],
  findings: readonly Finding[],
  kinds: MessageKinds,
): Map<string, string> {
  const hosts = new Set(printed.filter((host): host is string => Boolean(host)));
  const aliases = new Map<string, string>();
  const full = new Map<string, string | null>();
  for (const host of hosts) {
    const dot = host.indexOf('.');
    if (dot <= 0 || isAnonymous(host)) continue;
    const short = host.slice(0, dot);
    // Two full names with one short name: the short one tells nothing.
    full.set(short, full.has(short) ? null : host);
  }
  for (const host of hosts) {
    const long = full.get(host);
    if (long) aliases.set(host, long);
  }
  const names = new Set([...hosts].filter((h) => !isAnonymous(h)).map((h) => aliases.get(h) ?? h));
  const anonymous = [...hosts].filter(isAnonymous);
  const [name] = names;
  const [address] = anonymous;
  if (names.size === 1 && name && anonymous.length === 1 && address && failedToo(address, printed, findings, kinds)) {
    aliases.set(address, name);
  }
  return aliases;
}

/** A client's line about a try that was turned away and the server's are no further apart. */
const oneTry = 3_000;

/**
 * True if the client's own lines tell of a failure at each time at which the server speaks of the address, as far as they
 * cover it, and the server does not say of another failure of the client by name at that time. What the address did while the
 * client was well, or before its lines begin, was somebody else, for all that is known.
 */
function failedToo(
  address: string,
  printed: readonly (string | undefined)[],
  findings: readonly Finding[],
  { ofServer, ofWay }: MessageKinds,
): boolean {
  const own = findings.filter(isOwn);
  const spoken = findings.filter((finding, i) => printed[i] === address && !isOwn(finding));
  const timed = (list: readonly Finding[]) =>
    list.flatMap(({ record: { time } }) => (time === undefined ? [] : [time]));
  const [times, tries] = [timed(own), timed(spoken)];
  // Without times nothing speaks against the only one that there is.
  if (own.length === 0 || times.length < own.length || tries.length < spoken.length) return own.length > 0;
  const isBad = ({ record }: Finding) => bad.has(record.severity ?? '');
  const failed = timed(own.filter((one) => ofWay.has(one.message ?? '') && isBad(one))).sort((a, b) => a - b);
  // (A try of the client that failed for the reason that the server gives beside its name is not the one of the address.)
  const otherwise = timed(
    findings.filter((one, i) => printed[i] && printed[i] !== address && ofServer.has(one.message ?? '') && isBad(one)),
  ).sort((a, b) => a - b);
  const [from, to] = [times.reduce((a, b) => Math.min(a, b)), times.reduce((a, b) => Math.max(a, b))];
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
