/**
 * What is done first with whatever was given: secrets are masked, then the lines are recognised, and configurations are
 * told from logs. All that is shown or judged later comes from the sources that this gives back.
 */
import type { Catalogue } from './catalogue/catalogue.ts';
import { type Recognised, recognise } from './catalogue/recognise.ts';
import { isConfiguration, type Sections } from './log/configuration.ts';
import { maskSecrets, type Secrets } from './log/secrets.ts';
import type { Source, Unrecognised } from './types.ts';

/** The content's share. */
export interface InputKnowledge {
  catalogue: Catalogue;
  secrets: Secrets;
  sections: Sections;
}

export interface Input extends Recognised {
  /** As given, but without their secrets. */
  sources: Source[];
  masked: { count: number; labels: string[] };
  /** Sources that are a configuration, and no log: their indexes. */
  configurations: number[];
}

/** Reads what was given. Never throws on any text. */
export function readInput(given: readonly Source[], { catalogue, secrets, sections }: InputKnowledge): Input {
  const { sources, count, labels } = maskSecrets(given, secrets);
  const read = recognise(sources, catalogue);
  const logs = new Set<number>();
  for (const { record } of read.findings) if (record.form !== 'bare') logs.add(record.source);
  for (const { kind, source } of read.asides) if (kind === 'explanation' || kind === 'crash') logs.add(source);
  const configurations = sources.flatMap(({ text }, i) => (!logs.has(i) && isConfiguration(text, sections) ? [i] : []));
  return { ...withoutWords(read, new Set(configurations)), sources, masked: { count, labels }, configurations };
}

/** A comment or a value that reads like a message of samhain is none. */
function withoutWords(read: Recognised, configurations: ReadonlySet<number>): Recognised {
  if (configurations.size === 0) return read;
  const kept = read.findings.filter(({ record }) => !configurations.has(record.source));
  const words = read.findings.filter(({ record }) => configurations.has(record.source));
  const lines = words.map(({ record: { source, line, body } }): Unrecognised => ({ source, line, text: body }));
  const unrecognised = [...read.unrecognised, ...lines].sort((a, b) => a.source - b.source || a.line - b.line);
  return { ...read, findings: kept, unrecognised, records: kept.length };
}
