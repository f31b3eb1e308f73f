/**
 * Configurations among what was given: each is read for its program, and judged by itself, beside the other side's, and
 * together with what the logs say.
 */

import type { Problem } from '../../content/schemas.ts';
import { isTyped } from '../checks/match.ts';
import type { Client, Diagnosis, Result, SettingEvidence } from '../diagnosis/types.ts';
import { plainConfiguration } from '../log/configuration.ts';
import type { Finding, Severity, Side, Sink, Source } from '../types.ts';
import { judgeSettings } from './judge.ts';
import { readSettings, sideOfConfiguration } from './read.ts';
import type { Build, FoundSetting, Grammar, OpenSetting, Rule, Settings } from './types.ts';

/** A source that is a configuration, as its program reads it. */
export interface Configuration {
  source: number;
  /** Absent where it could be either's. */
  side?: Side;
  settings: Settings;
}

export interface SettingsResult {
  /** By source and line. */
  settings: FoundSetting[];
  settingsOpen: OpenSetting[];
}

/** So much of what a terminal shows can be a configuration. */
const MOST_SHOWN = 1_000_000;

const BUILDS: Readonly<Record<Side, readonly Build[]>> = { server: ['server'], client: ['client', 'stand-alone'] };

/**
 * Reads one. What is known of a secret is its length.
 * @param index place of the source
 * @param part true if something else stood around it
 */
export function readConfiguration(source: Source, index: number, grammar: Grammar, part: boolean): Configuration {
  const lines = source.text.split('\n');
  const typed = new Set(source.text.length > MOST_SHOWN ? [] : lines.filter(isTyped));
  const text = plainConfiguration(
    typed.size > 0 ? lines.map((line) => (typed.has(line) ? '' : line)).join('\n') : source.text,
  );
  const side =
    (part ? undefined : (source.side ?? sideOfName(source.name, grammar))) ?? sideOfConfiguration(text, grammar);
  const builds = side ? BUILDS[side] : [...BUILDS.server, ...BUILDS.client];
  // What stands with its command in a terminal and is no whole file are lines of one.
  const shown = source.printed ?? (typed.size > 0 ? 'lines' : undefined);
  const settings = readSettings(text, grammar, builds, {
    // (Of a part of a file nobody knows what stood around it.)
    copied: part || !source.toEnd || text !== source.text || shown === 'lines',
    part: shown,
    mark: source.mark,
  });
  return { source: index, ...(side ? { side } : {}), settings };
}

/** Whose file it is by its name: that of one program alone is in it, such as in `yulerc.old`. */
function sideOfName(name: string, { files }: Grammar): Side | undefined {
  const own = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).toLowerCase();
  const sides = (['client', 'server'] as const).filter((side) => own.includes(files[side]));
  return sides.length === 1 ? sides[0] : undefined;
}

/** From which severity on a program writes to a sink, as its configuration says. */
export interface StatedThreshold {
  side: Side;
  sink: Sink;
  severity: Severity;
}

const SEVERITIES: readonly Severity[] = ['DEBUG', 'INFO', 'NOTICE', 'WARN', 'MARK', 'ERROR', 'CRIT', 'ALERT'];

/**
 * Thresholds that configurations state for certain: in no condition, and the same in all files of a side.
 * @param options the option that each sink has, by the content
 */
export function statedThresholds(
  configurations: readonly Configuration[],
  options: Partial<Record<Sink, string>>,
): StatedThreshold[] {
  return (Object.entries(options) as [Sink, string][]).flatMap(([sink, name]) =>
    (['client', 'server'] as const).flatMap((side) => {
      const words = new Set(
        configurations.flatMap((one) => {
          const lines = one.settings.entries.filter(({ facts }) => facts.option === name && facts.what === 'option');
          const valid = lines.filter(({ facts }) => !facts.refused);
          if (one.side !== side || valid.length === 0) return [];
          return [valid.some(({ facts }) => facts.maybe || facts.guarded) ? undefined : valid.at(-1)?.facts.lowest];
        }),
      );
      const [word] = words;
      const severity = SEVERITIES.find((one) => typeof word === 'string' && one.toLowerCase().startsWith(word));
      return words.size === 1 && severity ? [{ side, sink, severity }] : [];
    }),
  );
}

/** What the judge is given of them. */
export interface Configured {
  settings: readonly Configuration[];
  rules: readonly Rule[];
  /** Permissions of the sources, where they are known. */
  modes: readonly (number | undefined)[];
  /** The program that the reader's setup installs, where it is one only. */
  build: Build | undefined;
}

/** Findings of all of them. */
function judgeAll(
  { settings: configurations = [], rules = [], modes = [], build }: Partial<Configured>,
  findings: readonly Finding[],
): SettingsResult {
  const settings: FoundSetting[] = [];
  const settingsOpen: OpenSetting[] = [];
  const said = findings.filter(({ quoted }) => !quoted);
  for (const { source, side, settings: own } of configurations) {
    // (What the other side says of its own file is not about this one.)
    const seen = said.filter((one) => !side || !one.side || one.side === side);
    const others = configurations.filter((one) => side && one.side && one.side !== side).map((one) => one.settings);
    const mode = modes[source];
    const judged = judgeSettings(own, rules, {
      ...(others.length > 0 ? { others } : {}),
      ...(said.length > 0 ? { seen } : {}),
      ...(mode === undefined ? {} : { mode }),
      ...(build ? { setup: { build } } : {}),
    });
    settings.push(...judged.findings.map((one) => ({ source, ...one })));
    settingsOpen.push(...judged.notJudged.map((one) => ({ source, ...one })));
  }
  return { settings, settingsOpen };
}

/** A name and another that is its first part, or the same in other letters. */
export function isSameHost(a: string, b: string): boolean {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  return one === two || one.startsWith(`${two}.`) || two.startsWith(`${one}.`);
}

const well: ReadonlySet<Client['state']> = new Set(['fine', 'fixed']);

/**
 * The result of the logs with what the configurations add: settings as evidence of what is diagnosed, further diagnoses
 * where one breaks something, and the clients of the list that the server's log never saw.
 */
export function withConfigurations(
  result: Result,
  input: Partial<Configured>,
  given: { problems: readonly Problem[]; findings: readonly Finding[] },
): Result {
  const { settings: configurations = [] } = input;
  if (configurations.length === 0) return result;
  const found = judgeAll(input, given.findings);
  const diagnoses = result.diagnoses.map((one) => ({ ...one, settings: [] as SettingEvidence[] }));
  const added: typeof diagnoses = [];
  for (const [index, one] of found.settings.entries()) {
    const { problem, degree, hosts, seen } = one;
    if (problem === undefined || degree === 'untidy') continue;
    const isMine = (host: string) => !hosts || host === seen || hosts.some((mine) => isSameHost(mine, host));
    const about = (d: (typeof diagnoses)[number]) => d.problem === problem && !d.over && (!d.host || isMine(d.host));
    const same = diagnoses.filter(about);
    const evidence = { setting: index, ...(one.case === undefined ? {} : { case: one.case }) };
    for (const diagnosis of same) diagnosis.settings.push(evidence);
    if (same.length > 0 || degree !== 'breaks') continue;
    // What works in spite of the file is no problem: the file is not the one that is read, or not yet.
    const works = (mine: string) => result.clients.some((it) => well.has(it.state) && isSameHost(it.host, mine));
    if (hosts?.every(works)) continue;
    if (result.excluded.some((out) => out.problem === problem && (!out.host || isMine(out.host)))) continue;
    // (What many lose is one mistake.)
    const host = hosts?.length === 1 ? hosts[0] : undefined;
    const mine = added.find((d) => d.problem === problem && d.host === host);
    if (mine) mine.settings.push(evidence);
    else if (given.problems.some(({ id }) => id === problem)) added.push(fromSetting(problem, host, evidence));
  }
  const broken = found.settings.some(({ degree }) => degree === 'breaks');
  const all = [...diagnoses, ...added];
  const standing = all.filter(({ over }) => !over);
  const state =
    added.length > 0
      ? 'diagnosed'
      : broken && result.state !== 'diagnosed'
        ? 'unclear'
        : result.state === 'nothing'
          ? 'read'
          : result.state;
  const clients = withNeverSeen(result.clients, configurations, given.findings).map((client): Client => {
    const mine = client.state === 'never-seen' && added.find(({ host }) => host === client.host);
    return mine ? { host: client.host, state: 'to-fix', problem: mine.problem } : client;
  });
  return {
    ...result,
    ...found,
    diagnoses: [...standing, ...all.filter(({ over }) => over)],
    notJudged: result.notJudged.filter((one) => !added.some(({ problem }) => problem === one.problem)),
    clients,
    state,
    healthy: state === 'healthy' || state === 'reports',
  };
}

function fromSetting(
  problem: string,
  host: string | undefined,
  evidence: SettingEvidence,
): Diagnosis & { settings: SettingEvidence[] } {
  return {
    problem,
    // The file is wrong for certain; that it is the one which is read, and that this is all, nobody knows.
    confidence: 'likely',
    quoted: false,
    ...(host ? { host } : {}),
    over: false,
    evidence: [],
    blocks: [],
    settings: [evidence],
    explains: [],
    alternatives: [],
    ask: [],
  };
}

/** Clients of the server's list of which its log has no line. */
function withNeverSeen(
  clients: readonly Client[],
  configurations: readonly Configuration[],
  findings: readonly Finding[],
): Client[] {
  const all = [...clients];
  if (!findings.some(({ side, quoted }) => side === 'server' && !quoted)) return all;
  const hosts = new Set(clients.map(({ host }) => host.toLowerCase()));
  for (const { host } of findings) if (host) hosts.add(host.toLowerCase());
  const parts = new Set([...hosts].map((host) => host.split('.')[0]));
  for (const { side, settings } of configurations) {
    if (side !== 'server') continue;
    for (const { facts } of settings.entries) {
      const host = facts.key;
      if (typeof host !== 'string' || hosts.has(host) || hosts.has(host.split('.')[0] ?? '')) continue;
      if (!host.includes('.') && parts.has(host)) continue;
      hosts.add(host);
      all.push({ host, state: 'never-seen' });
    }
  }
  return all.sort((a, b) => (a.host < b.host ? -1 : 1));
}
