/** Records → messages: the catalogue, indexed once. */
import type { Style } from '../log/fields.ts';
import type { Finding, LogRecord } from '../types.ts';
import { describe, describeQuoted } from './describe.ts';
import { isBetter, type Match, matchTemplate, type NamedField } from './match.ts';
import { createNearest, type Near } from './nearest.ts';
import { Phrases } from './phrases.ts';
import { matchPattern, type Pattern, readPattern, readTemplate } from './template.ts';
import { TemplateIndex } from './templateIndex.ts';
import { type CompiledText, compileTexts, findText } from './texts.ts';
import type { CatalogueEntry, Quoted } from './types.ts';

export interface Catalogue {
  readonly entries: readonly CatalogueEntry[];
  entry(id: string): CatalogueEntry | undefined;
  /** What a record is. `message` is undefined where no entry fits; never throws. */
  identify(record: LogRecord): Finding;
  /** What an emergency line is: one of the entries that are no records, but plain text. */
  emergency(line: LogRecord): Finding;
  /** The messages that a line of text quotes. `careful`: the line may be another program's. */
  quoted(line: string, careful?: boolean): Quoted[];
  /** All words that the catalogue's messages can have. */
  readonly phrases: Phrases;
  /** The messages most like a text, best first. */
  nearest(text: string, n: number): Near[];
}

/** An entry whose line has no items. */
interface Loose {
  entry: CatalogueEntry;
  pattern: Pattern;
  texts: CompiledText[];
}

/** Builds the index: some milliseconds, once. */
export function createCatalogue(entries: readonly CatalogueEntry[]): Catalogue {
  const index = new TemplateIndex();
  const phrases = new Phrases();
  const loose: Loose[] = [];
  const byId = new Map<string, CatalogueEntry>();
  for (const entry of entries) {
    if (!byId.has(entry.id)) byId.set(entry.id, entry);
    const texts = compileTexts(entry);
    for (const form of entry.forms) {
      for (const style of ['plain', 'xml'] as const) {
        const source = form[style];
        if (!/\w=[<"]/.test(source)) {
          loose.push({ entry, pattern: readPattern(source), texts });
          continue;
        }
        const template = readTemplate(style, source);
        index.add(entry, template, texts);
        phrases.add(entry, template);
      }
    }
  }
  let nearest: ((text: string, n: number) => Near[]) | undefined;
  return {
    entries,
    phrases,
    entry: (id) => byId.get(id),
    identify: (record) => identify(index, phrases, record),
    emergency: (record) => emergency(loose, record),
    quoted: (line, careful) => phrases.find(line, careful),
    nearest(text, n) {
      nearest ??= createNearest(phrases.all);
      return nearest(text, n);
    },
  };
}

function identify(index: TemplateIndex, phrases: Phrases, record: LogRecord): Finding {
  const style: Style =
    record.form === 'xml' || (record.form === 'bare' && /^\s{0,9}\w{1,32}="/.test(record.body)) ? 'xml' : 'plain';
  const fields: NamedField[] = record.fields.map(({ name, value }) => ({ name, value, key: name.toLowerCase() }));
  let best: Match | undefined;
  let tie = false;
  for (const candidate of index.candidates(style, fields, record.truncated === true)) {
    const match = matchTemplate(candidate, record, fields);
    if (!match) continue;
    const rivals = best !== undefined && best.weight === match.weight && best.candidate.entry !== match.candidate.entry;
    if (!best || isBetter(match, best)) {
      best = match;
      tie = rivals;
    } else tie ||= rivals;
  }
  // A message cut in the middle can be the beginning of several.
  if (tie && record.truncated && fields.length === 1) best = undefined;
  return best ? describe(best, record, fields) : (describeQuoted(phrases, record) ?? { record, values: {} });
}

function emergency(loose: Loose[], record: LogRecord): Finding {
  for (const { entry, pattern, texts } of loose) {
    const found = matchPattern(pattern, record.body);
    if (!found) continue;
    const values = Object.fromEntries(pattern.names.map((name, i) => [name, found[i] ?? '']));
    const text = findText(texts, { reason: undefined, message: record.body, values, truncated: false });
    return { record, message: entry.id, ...(text ? { text: text.id } : {}), values };
  }
  return { record, values: {} };
}
