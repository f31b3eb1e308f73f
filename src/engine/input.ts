/**
 * What is done first with whatever was given: secrets are masked, then the lines are recognised, and configurations are
 * told from logs. All that is shown or judged later comes from the sources that this gives back.
 */

import type { Catalogue } from './catalogue/catalogue.ts';
import { type Recognised, recognise } from './catalogue/recognise.ts';
import { unfoldTerminal } from './checks/printed.ts';
import { type CheckKnowledge, type Outputs, recogniseOutputs, valuesIn } from './checks/recognise.ts';
import type { ClientClock } from './clocks.ts';
import { type Configuration, readConfiguration } from './config/configurations.ts';
import type { Grammar } from './config/types.ts';
import { configurationIn, isConfiguration } from './log/configuration.ts';
import { unfoldReport } from './log/own-report.ts';
import { maskSecrets, type Secrets } from './log/secrets.ts';
import { noSetup, type SetupValues } from './setup.ts';
import type { Source, Unrecognised } from './types.ts';

/** The content's share. */
export interface InputKnowledge {
  catalogue: Catalogue;
  secrets: Secrets;
  grammar: Grammar;
  /** Without it no output of a check is known. */
  checks?: CheckKnowledge;
}

export interface Input extends Recognised {
  /** As given, but without their secrets. */
  sources: Source[];
  masked: { count: number; labels: string[] };
  /** Sources that are a configuration, and no log: their indexes. */
  configurations: number[];
  /** Those of them that were read from their beginning, as their programs read them. */
  settings: Configuration[];
  /** Permissions of the sources, where they are known. */
  modes: (number | undefined)[];
  /** Outputs of checks. */
  outputs: Outputs;
  /** Clients whose clock is off. */
  clocks?: ClientClock[];
}

/** Reads what was given. Never throws on any text. */
export function readInput(
  from: readonly Source[],
  { catalogue, secrets, grammar, checks }: InputKnowledge,
  setup: SetupValues = noSetup,
): Input {
  const names = from.map(({ name }) => name);
  const given = from
    .flatMap((source) => unfoldReport(source, names))
    .flatMap((source, _, all) => unfoldTerminal(source, [...names, ...all.map(({ name }) => name)], grammar));
  const { sources, count, labels } = maskSecrets(given, secrets);
  const read = recognise(sources, catalogue);
  const logs = new Set<number>();
  for (const { record } of read.findings) if (record.form !== 'bare') logs.add(record.source);
  for (const { kind, source } of read.asides) if (kind === 'explanation' || kind === 'crash') logs.add(source);
  const files = new Set(Object.values(grammar.files));
  const isNamed = (name: string) => files.has(name.slice(name.lastIndexOf('/') + 1));
  const alike = sources.flatMap(({ name, text }, i) =>
    !logs.has(i) && isConfiguration(text, grammar.names, isNamed(name)) ? [i] : [],
  );
  const outputs = checks ? outputsIn({ ...read, sources }, checks, { setup, configurations: alike, logs }) : noOutputs;
  // Lines of a configuration can be what a check printed of it.
  const printed = new Set(outputs.outcomes.map(({ source }) => source));
  const configurations = alike.filter((i) => !printed.has(i));
  // (As given: of a secret counts how long it is, and of what it is made. Nothing of it comes out.)
  const among = new Map<number, string[]>();
  const heard = new Set(read.findings.map(({ record }) => record.source));
  const settings = given.flatMap((source, i) => {
    if (source.part || source.excerpt) return [];
    if (configurations.includes(i)) return [readConfiguration(source, i, grammar, false)];
    if (printed.has(i) || source.text.length > MOST_MIXED) return [];
    const text = logs.has(i) ? besideLog(source, i, read, grammar) : undefined;
    if (text !== undefined) return [readConfiguration({ ...source, text }, i, grammar, true)];
    const block = configurationIn(source.text, grammar.names);
    if (block === undefined) return [];
    // Of words with a configuration and nothing of a log, all that is to be read is the configuration.
    if (heard.has(i)) among.set(i, block.split('\n'));
    else configurations.push(i);
    return [readConfiguration({ ...source, text: block, printed: 'end' }, i, grammar, true)];
  });
  const modes = given.map(({ mode }) => mode);
  const isSetting = ({ source, line }: { source: number; line: number }) =>
    settings.some((one) => one.source === source) && (among.get(source)?.[line - 1] ?? '?') !== '';
  const log =
    configurations.length + settings.length > 0
      ? withoutConfigurations(read, new Set(configurations), isSetting)
      : read;
  const input = { sources, masked: { count, labels }, configurations, settings, modes, outputs };
  return { ...withoutOutputs(log, outputs), ...input };
}

const noOutputs: Outputs = { outcomes: [], blocks: [], unknown: [], lines: [] };

function outputsIn(
  { sources, findings, unrecognised }: Pick<Input, 'sources' | 'findings' | 'unrecognised'>,
  checks: CheckKnowledge,
  { setup, configurations, logs }: { setup: SetupValues; configurations: readonly number[]; logs: ReadonlySet<number> },
): Outputs {
  const hosts = new Set(findings.flatMap(({ host, quoted }) => (host?.includes('.') && !quoted ? [host] : [])));
  const said = new Set(findings.flatMap(({ record, quoted }) => (quoted ? [] : [record.source])));
  const heard = new Set([
    ...findings.map(({ record }) => record.source),
    ...unrecognised.flatMap(({ source, like }) => (like ? [source] : [])),
  ]);
  return recogniseOutputs(sources, checks, valuesIn(sources, checks, setup, hosts), {
    // What stands beside records is a log's, or was printed by a program whose records are read as such.
    bare: (source) =>
      logs.has(source) || said.has(source) || configurations.includes(source)
        ? 'never'
        : heard.has(source)
          ? 'long'
          : 'any',
  });
}

/** Lines of an output are not left over, and are no messages that somebody quotes. */
function withoutOutputs(log: Recognised, { lines, outcomes }: Outputs): Recognised {
  if (lines.length === 0) return log;
  const isIn = ({ source, line }: { source: number; line: number }) =>
    lines.some((one) => one.source === source && one.line <= line && line <= one.endLine);
  const heard = new Set(outcomes.map(({ source }) => source));
  const findings = log.findings.filter(({ record }) => record.form !== 'bare' || !isIn(record));
  return {
    ...log,
    findings,
    records: log.records - (log.findings.length - findings.length),
    unrecognised: log.unrecognised.filter((one) => !isIn(one)),
    silent: log.silent.filter((source) => !heard.has(source)),
  };
}

/** So much of a text is searched for a configuration beside a log, or among somebody's words. */
const MOST_MIXED = 1_000_000;

/** What is left of a text without the lines of a log in it, if that is a configuration: both were pasted into one box. */
function besideLog({ text }: Source, index: number, { findings, asides }: Recognised, { names }: Grammar) {
  if (!text.includes('\n')) return undefined;
  const lines = text.split('\n');
  const heading = (line: string) => /^\s{0,20}\[(\w{1,40})\]/.exec(line)?.[1]?.toLowerCase();
  if (!lines.some((line) => (heading(line) ?? '') in names)) return undefined;
  const blank = ({ line, endLine }: { line: number; endLine: number }) => {
    for (let n = line; n <= endLine && n <= lines.length; n += 1) lines[n - 1] = '';
  };
  for (const { record } of findings) if (record.source === index && record.form !== 'bare') blank(record);
  for (const aside of asides) if (aside.source === index) blank(aside);
  const rest = lines.join('\n');
  return isConfiguration(rest, names) ? rest : undefined;
}

/**
 * A comment or a value that reads like a message of samhain is none.
 * @param isSetting true for a line that was read as one: it is not left over
 */
function withoutConfigurations(
  log: Recognised,
  configurations: ReadonlySet<number>,
  isSetting: (place: { source: number; line: number }) => boolean,
): Recognised {
  const kept = log.findings.filter(({ record }) => !configurations.has(record.source));
  const words = log.findings.filter(({ record }) => configurations.has(record.source));
  const lines = words.map(({ record: { source, line, body } }): Unrecognised => ({ source, line, text: body }));
  const unrecognised = [...log.unrecognised, ...lines]
    .filter((one) => !isSetting(one))
    .sort((a, b) => a.source - b.source || a.line - b.line);
  const silent = log.silent.filter((source) => !isSetting({ source, line: 0 }));
  return { ...log, findings: kept, unrecognised, silent, records: kept.length };
}
