/** Records → messages: the catalogue, indexed once. */
import type { Field, Finding, LogRecord, Side } from '../types.ts';
import { type Style } from '../log/fields.ts';
import { type Template, fold, matchPattern, readTemplate } from './template.ts';
import { type Near, createNearest } from './nearest.ts';
import { Phrases, type Quoted } from './phrases.ts';
import { type CompiledText, compileTexts, findText } from './texts.ts';
import type { CatalogueEntry } from './types.ts';

interface Candidate {
  entry: CatalogueEntry;
  template: Template;
  texts: CompiledText[];
  order: number;
}

interface Match {
  candidate: Candidate;
  values: Record<string, string>;
  missing: number;
  extra: number;
  weight: number;
  severity: boolean;
}

export interface Catalogue {
  /** What a record is. `message` is undefined where no entry fits; never throws. */
  identify(record: LogRecord): Finding;
  /** The messages that a line of text quotes. `careful`: the line may be another program's. */
  quoted(line: string, careful?: boolean): Quoted[];
  /** Phrases whose end is this text, for records that lost their beginning. */
  phrases: Phrases;
  /** The messages most like a text, best first. */
  nearest(text: string, n: number): Near[];
  /** The entry in whose records others are relayed, if the catalogue has it. */
  readonly carrier?: string;
  readonly entries: readonly CatalogueEntry[];
  entry(id: string): CatalogueEntry | undefined;
}

/** Builds the index. Cheap enough (milliseconds) to be done once a page. */
export function createCatalogue(entries: readonly CatalogueEntry[]): Catalogue {
  const index = new Map<string, Candidate[]>();
  const byId = new Map<string, CatalogueEntry>();
  const phrases = new Phrases();
  let carrier: string | undefined;
  let order = 0;
  for (const entry of entries) {
    byId.set(entry.id, byId.get(entry.id) ?? entry);
    const texts = compileTexts(entry);
    for (const form of entry.forms) {
      for (const style of ['plain', 'xml'] as const) {
        const candidate = { entry, template: readTemplate(style, form[style]), texts, order: order++ };
        const key = indexKey(candidate.template);
        index.set(key, [...(index.get(key) ?? []), candidate]);
        phrases.add(entry, candidate.template);
        if (isCarrier(candidate.template)) carrier ??= entry.id;
      }
    }
  }
  let nearest: ((text: string, n: number) => Near[]) | undefined;
  return {
    entries,
    carrier,
    phrases,
    entry: (id) => byId.get(id),
    identify: (record) => identify(index, phrases, record),
    quoted: (line, careful) => phrases.find(line, careful),
    nearest(text, n) {
      nearest ??= createNearest(phrases.all);
      return nearest(text, n);
    },
  };
}

/** `client=<…>, msg=<…>`: a record in which another one stands (log/relay.ts). */
function isCarrier(template: Template): boolean {
  const [first, second] = template.items;
  return first?.name === 'client' && second?.name === 'msg' && second.pattern.weight === 0;
}

/** Templates are found by the one thing that is fixed in them and tells most: words of msg, else another value, else nothing. */
function indexKey(template: Template): string {
  const { style } = template;
  const msg = template.items.find((item) => item.name === 'msg');
  const words = msg?.pattern.folded[0] ?? '';
  if (msg && /[a-z0-9]{3}/.test(words)) return msg.pattern.names.length === 0 ? `${style} =${words}` : `${style} ~${words.slice(0, 3)}`;
  const fixed = template.items.find((item) => item.name !== 'msg' && item.pattern.names.length === 0 && item.pattern.weight > 0);
  return fixed ? `${style} ${fixed.name}=${fixed.pattern.folded[0]}` : `${style} *`;
}

function candidates(index: Map<string, Candidate[]>, style: Style, fields: Field[]): Candidate[] {
  const found: Candidate[] = [];
  const add = (key: string) => {
    for (const candidate of index.get(`${style} ${key}`) ?? []) found.push(candidate);
  };
  for (const { name, value } of fields) {
    if (value.length > 4000) continue;
    const folded = fold(value);
    if (name.toLowerCase() === 'msg') {
      add(`=${folded}`);
      add(`~${folded.slice(0, 3)}`);
    } else if (value.length < 100) add(`${name.toLowerCase()}=${folded}`);
  }
  add('*');
  return found;
}

function identify(index: Map<string, Candidate[]>, phrases: Phrases, record: LogRecord): Finding {
  const style: Style = record.form === 'xml' || (record.form === 'bare' && /^\s*\w+="/.test(record.body)) ? 'xml' : 'plain';
  let best: Match | undefined;
  let tie = false;
  for (const candidate of candidates(index, style, record.fields)) {
    const match = matchTemplate(candidate, record);
    if (!match) continue;
    if (!best || isBetter(match, best)) {
      tie = best !== undefined && best.weight === match.weight && best.candidate.entry.id !== match.candidate.entry.id;
      best = match;
    } else if (match.weight === best.weight && match.candidate.entry.id !== best.candidate.entry.id) tie = true;
  }
  // A message cut in the middle can be the beginning of several.
  if (best && tie && record.truncated && record.fields.length === 1) best = undefined;
  if (best) return describe(best, record);
  return describeQuoted(phrases, record) ?? { record, values: {} };
}

/** A lone `msg=<…>`, or one whose record is not as the catalogue has it: its words may still tell. */
function describeQuoted(phrases: Phrases, record: LogRecord): Finding | undefined {
  if (record.form !== 'bare' && !record.truncated) return undefined;
  const message = record.fields.find((field) => field.name.toLowerCase() === 'msg')?.value;
  const found = message === undefined ? undefined : phrases.whole(message, 1);
  return found ? findingOf(record, found) : undefined;
}

/** The finding for a quoted message. What the text's tests say of other fields is taken for granted: it is the best guess. */
export function findingOf(record: LogRecord, { phrase, values: given, words }: Quoted): Finding {
  const values: Record<string, string> = { ...given };
  for (const { name, value } of record.fields) values[name] ??= value;
  if (phrase.text) {
    for (const [name, test] of Object.entries(phrase.text.where ?? {})) if (typeof test === 'string') values[name] ??= test;
    const free = phrase.entry.forms[0]?.plain.match(/msg=<[^{}<>]{0,200}\{(\w{1,40})\}>/)?.[1];
    if (free !== undefined) values[free] ??= phrase.kind === 'message with text' ? (phrase.text.text ?? words) : words;
  }
  const finding: Finding = { record, message: phrase.entry.id, values };
  if (phrase.text) finding.text = phrase.text.id;
  const side = sideOf(record) ?? [phrase.text?.side, phrase.entry.side].find((one) => one === 'client' || one === 'server');
  if (side === 'client' || side === 'server') finding.side = side;
  return finding;
}

function isBetter(a: Match, b: Match): boolean {
  if (a.missing !== b.missing) return a.missing < b.missing;
  if (a.extra !== b.extra) return a.extra < b.extra;
  if (a.weight !== b.weight) return a.weight > b.weight;
  if (a.severity !== b.severity) return a.severity;
  return a.candidate.order < b.candidate.order;
}

function matchTemplate(candidate: Candidate, record: LogRecord): Match | undefined {
  const { template, entry } = candidate;
  const { fields } = record;
  const cut = record.truncated === true;
  const values: Record<string, string> = {};
  let at = 0;
  let missing = 0;
  let weight = 0;
  let rest = 0;
  for (const item of template.items) {
    const place = findItem(fields, item.name, at);
    if (place < 0) {
      missing += 1;
      continue;
    }
    const isCut = cut && place === fields.length - 1;
    let value = fields[place]?.value ?? '';
    if (item === template.items.at(-1) && place < fields.length - 1 && item.pattern.weight === 0 && !template.openEnd) {
      // Nothing follows this item: what looks like more items is a part of its value, which somebody else chose.
      rest = fields.length - 1 - place;
      value = [value, ...fields.slice(place + 1).map((field) => itemText(template.style, field))].join(template.style === 'plain' ? '>, ' : '" ');
    }
    const found = matchPattern(item.pattern, value, isCut);
    if (!found) return undefined;
    for (const [i, name] of item.pattern.names.entries()) if (found[i] !== undefined) values[name] ??= found[i];
    weight += isCut ? Math.min(item.pattern.weight, fold(fields[place]?.value ?? '').length) : item.pattern.weight;
    // Of a record that was cut here, the rest is not missed.
    if (isCut && item.pattern.weight > 0) missing -= template.items.length;
    at = place + 1;
  }
  if (missing < 0) missing = 0;
  if (template.items.length === missing) return undefined;
  let extra = fields.length - (template.items.length - missing);
  if (template.openEnd) {
    const details = fields.slice(at);
    extra -= details.length;
    if (details.length === 0) extra += 1;
    const name = template.tail?.names[0] ?? 'details';
    values[name] ??= details
      .map((field) => itemText(template.style, field) + (template.style === 'plain' ? '>' : '"'))
      .join(template.style === 'plain' ? ', ' : ' ');
    for (const field of details) values[field.name] ??= field.value;
  } else if (template.tail) {
    const found = matchPattern(template.tail, record.body.slice(record.body.lastIndexOf('>') + 1));
    if (found) for (const [i, name] of template.tail.names.entries()) values[name] ??= found[i] ?? '';
    else missing += 1;
  }
  const severity = record.severity === undefined || record.severity === entry.severity || entry.alsoSeverity.includes(record.severity);
  // What has no word of its own needs all its items, and no other; what has none but blanks needs its severity, too.
  const named = template.items.length > 2 ? extra - rest : extra;
  if (weight < 6 && ((missing > 0 && !cut) || named > 0)) return undefined;
  if (weight === 0 && template.items.length === 1 && record.severity !== entry.severity) return undefined;
  if (weight < 3 && cut && fields.length === 1) return undefined;
  return { candidate, values, missing, extra, weight, severity };
}

/** An item as it was printed, without its closing mark. */
function itemText(style: Style, { name, value }: Field): string {
  return style === 'plain' ? `${name}=<${value}` : `${name}="${value}`;
}

function findItem(fields: Field[], name: string, from: number): number {
  for (let i = from; i < fields.length; i += 1) {
    const field = fields[i]?.name ?? '';
    if (field === name || field.toLowerCase() === name.toLowerCase()) return i;
  }
  return -1;
}

function describe(match: Match, record: LogRecord): Finding {
  const { candidate, values } = match;
  const { entry, template } = candidate;
  const message = record.fields.find((field) => field.name.toLowerCase() === 'msg')?.value;
  const free = template.items.find((item) => item.name === 'msg')?.pattern.names ?? [];
  const side = sideOf(record) ?? (entry.side === 'both' ? undefined : entry.side);
  const text = findText(candidate.texts, {
    reason: free.length === 1 ? values[free[0] ?? ''] : undefined,
    message,
    values,
    severity: record.severity,
    side,
    truncated: record.truncated === true || record.form === 'bare',
  });
  const finding: Finding = { record, message: entry.id, values };
  if (text) {
    finding.text = text.id;
    for (const [name, value] of Object.entries(text.values)) values[name] ??= value;
  }
  if (side) finding.side = side;
  return finding;
}

/** The side that the record itself tells. */
export function sideOf(record: LogRecord): Side | undefined {
  if (record.relay) return 'client';
  if (record.program) return record.program === 'Yule' ? 'server' : 'client';
  const program = record.fields.find((field) => field.name.toLowerCase() === 'program')?.value.toLowerCase();
  if (program === 'yule') return 'server';
  if (program === 'samhain') return 'client';
  return undefined;
}
