/** Which client a record is about, when names are short, missing, or addresses. */
import type { Finding } from '../types.ts';

/** Addresses and names that say nothing of who it is: a client that cannot find its own name sends them. */
export function isAnonymous(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':') || host === 'localhost' || host.startsWith('localhost.');
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
 * @param ofServer catalogue ids that only a server prints
 */
export function resolveHosts(findings: readonly Finding[], ofServer: ReadonlySet<string>): (string | undefined)[] {
  const printed = findings.map((finding) => named(finding, ofServer));
  const aliases = aliasesOf(new Set(printed.filter((h): h is string => Boolean(h))), findings);
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

/** Short name to full name; and, if the lines of one client are given, its addresses to its name. */
function aliasesOf(hosts: Set<string>, findings: readonly Finding[]): Map<string, string> {
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
  if (names.size === 1 && name && anonymous.length === 1 && findings.some(isOwn)) {
    for (const host of anonymous) aliases.set(host, name);
  }
  return aliases;
}
