/** What a match or a quotation says: message, text, values, side. */
import type { Finding, LogRecord, Side } from '../types.ts';
import { itemText, type Match, type NamedField, restOf, unnamedEnd } from './match.ts';
import type { Phrases } from './phrases.ts';
import { findText } from './texts.ts';
import type { Quoted } from './types.ts';

const RECORD_INSIDE = /\[\d{4}-\d\d-\d\dT|[>"]\s?,?\s?(?:msg|interface)=[<"]|tstamp="/;

/** The finding for a matched record. Marks the record where one of its values looks like another record. */
export function describe(match: Match, record: LogRecord, fields: NamedField[]): Finding {
  const { entry, template, texts } = match.candidate;
  if (match.rest > 0 && RECORD_INSIDE.test(record.body.slice(record.body.indexOf('=') + 1))) {
    record.suspicious ??= 'what looks like a record stands inside a value';
  }
  const values: Record<string, string> = {};
  for (const { names, values: found } of match.captures) {
    for (const [i, name] of names.entries()) if (found[i] !== undefined) values[name] ??= found[i];
  }
  if (match.rest > 0) {
    const [name] = match.captures.at(-1)?.names ?? [];
    if (name !== undefined) values[name] = restOf(template.style, fields, fields.length - 1 - match.rest);
  }
  if (template.openEnd) addDetails(match, record, fields, values);
  const free = template.items.find((item) => item.key === 'msg')?.pattern.names ?? [];
  const side = sideOf(record, entry.side);
  const text = findText(texts, {
    reason: free.length === 1 ? values[free[0] ?? ''] : undefined,
    message: fields.find((field) => field.key === 'msg')?.value,
    values,
    severity: record.severity,
    side,
    truncated: record.truncated === true || record.form === 'bare',
  });
  for (const [name, value] of Object.entries(text?.values ?? {})) values[name] ??= value;
  return { record, message: entry.id, ...(text ? { text: text.id } : {}), values, ...(side ? { side } : {}) };
}

/** The items behind the last one that the template names: together, and each by its own name. */
function addDetails(match: Match, record: LogRecord, fields: NamedField[], values: Record<string, string>): void {
  const { style, tail } = match.candidate.template;
  const [close, joint] = style === 'plain' ? ['>', ', '] : ['"', ' '];
  const details = fields.slice(match.end);
  const text = details.map((field) => itemText(style, field) + close).join(joint) || unnamedEnd(record.body);
  if (text !== undefined) values[tail?.names[0] ?? 'details'] ??= text;
  for (const field of details) values[field.name] ??= field.value;
}

/** A lone `msg=<…>`, or one whose record is not as the catalogue has it: its words may still tell. */
export function describeQuoted(phrases: Phrases, record: LogRecord): Finding | undefined {
  if (record.form !== 'bare' && !record.truncated) return undefined;
  const message = record.fields.find((field) => field.name.toLowerCase() === 'msg')?.value;
  const found = message === undefined ? undefined : phrases.whole(message, 1);
  return found ? findingOf(record, found) : undefined;
}

/** The finding for a quoted message. What the text's tests say of other values is taken for granted: it is the best guess. */
export function findingOf(record: LogRecord, { phrase, values: given, words }: Quoted): Finding {
  const { entry, text } = phrase;
  const values: Record<string, string> = { ...given };
  for (const { name, value } of record.fields) values[name] ??= value;
  for (const [name, test] of Object.entries(text?.where ?? {})) if (typeof test === 'string') values[name] ??= test;
  if (text && phrase.free !== undefined)
    values[phrase.free] ??= phrase.kind === 'message with text' ? (text.text ?? words) : words;
  const textSide = text?.side === 'client' || text?.side === 'server' ? text.side : entry.side;
  const side = sideOf(record, textSide);
  return { record, message: entry.id, ...(text ? { text: text.id } : {}), values, ...(side ? { side } : {}) };
}

/**
 * The side that a record tells by itself: relayed, by the program it names, by its syslog tag (a tag `Yule` is no
 * client's; `samhain` can be a unit's name on a server, too), by the message if only one side prints it.
 */
export function sideOf(record: LogRecord, listed?: Side | 'both'): Side | undefined {
  if (record.relay) return 'client';
  const program = record.fields.find((field) => field.name.toLowerCase() === 'program')?.value.toLowerCase();
  if (program === 'yule') return 'server';
  if (program === 'samhain') return 'client';
  // A yule that reports to another one is a client of that, and says what only clients say.
  if (listed === 'client' || listed === 'server') return listed;
  if (record.fields.some(({ name, value }) => name === 'service' && (value === 'export' || value === 'log server')))
    return 'client';
  return record.program === 'Yule' ? 'server' : record.program === 'Samhain' ? 'client' : undefined;
}
