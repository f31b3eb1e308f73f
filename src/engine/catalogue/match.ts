/** One record against one template, and which of two matches says more. */
import type { Style } from '../log/fields.ts';
import type { Field, LogRecord } from '../types.ts';
import { fitsTakes } from './takes.ts';
import { fold, matchPattern, type Template, type TemplateItem } from './template.ts';
import type { CompiledText } from './texts.ts';
import type { CatalogueEntry } from './types.ts';

/** A field with its name in lower case. */
export interface NamedField extends Field {
  key: string;
}

export interface Candidate {
  entry: CatalogueEntry;
  template: Template;
  texts: CompiledText[];
  /** Place in the catalogue. */
  order: number;
}

export interface Match {
  candidate: Candidate;
  /** What varies, for each item of the template that the record has. */
  captures: { names: string[]; values: string[] }[];
  /** Items that the record lacks, and items that the template lacks. */
  missing: number;
  extra: number;
  /** Fixed letters that agree; and other fixed characters, where no letter is fixed. */
  weight: number;
  marks: number;
  severity: boolean;
  /** Index of the first field that belongs to the template's open end. */
  end: number;
  /** How many items were taken for a part of the last value. */
  rest: number;
}

/** Letters that a template must have in common with a record to be taken in spite of missing or strange items. */
const DISTINCTIVE = 6;

export function isBetter(a: Match, b: Match): boolean {
  if (a.missing !== b.missing) return a.missing < b.missing;
  if (a.extra !== b.extra) return a.extra < b.extra;
  if (a.weight !== b.weight) return a.weight > b.weight;
  if (a.marks !== b.marks) return a.marks > b.marks;
  if (a.severity !== b.severity) return a.severity;
  return a.candidate.order < b.candidate.order;
}

/** Matches the items by name and in order; their values by pattern. */
export function matchTemplate(candidate: Candidate, record: LogRecord, fields: NamedField[]): Match | undefined {
  const { template, entry } = candidate;
  const cut = record.truncated === true;
  const places = findPlaces(template, fields);
  let missing = places.filter((place) => place < 0).length;
  if (missing === template.items.length || (template.weight < DISTINCTIVE && missing > 0 && !cut)) return undefined;
  const match: Match = {
    candidate,
    captures: [],
    missing,
    extra: 0,
    weight: 0,
    marks: 0,
    severity: true,
    end: 0,
    rest: 0,
  };
  for (const [i, item] of template.items.entries()) {
    const place = places[i] ?? -1;
    if (place < 0) continue;
    const isCut = cut && place === fields.length - 1;
    const last = i === template.items.length - 1 && !template.openEnd && item.pattern.weight === 0;
    if (last) match.rest = fields.length - 1 - place;
    // (Only the best match's value is worth putting together: describe.ts.)
    const value = fields[place]?.value ?? '';
    const values = matchPattern(item.pattern, value, isCut);
    if (!values || !takesAll(candidate, item.pattern.names, values, isCut)) return undefined;
    match.captures.push({ names: item.pattern.names, values });
    match.weight += isCut ? Math.min(item.pattern.weight, fold(value).length) : item.pattern.weight;
    match.end = place + 1;
    // Of a record that was cut here, the rest is not missed.
    if (isCut && item.pattern.weight > 0) missing -= places.slice(i + 1).filter((later) => later < 0).length;
  }
  match.extra = fields.length - match.captures.length - match.rest;
  missing += matchEnd(match, record, fields);
  match.missing = missing;
  // What has no word of its own needs all its items, and no other; what has only blanks between values, its severity, too.
  const strange = match.extra;
  match.extra += match.rest;
  if (match.weight < DISTINCTIVE && (strange > 0 || (match.rest > 0 && template.items.length < 3))) return undefined;
  if (match.weight === 0 && template.items.length === 1 && record.severity !== entry.severity) return undefined;
  if (match.weight < 3 && cut && fields.length === 1) return undefined;
  match.marks =
    match.weight > 0 ? 0 : template.items.reduce((sum, item) => sum + item.pattern.folded.join('').length, 0);
  match.severity =
    record.severity === undefined || record.severity === entry.severity || entry.alsoSeverity.includes(record.severity);
  return match;
}

function takesAll({ entry, texts }: Candidate, names: string[], values: string[], cut: boolean): boolean {
  if (!entry.takes) return true;
  const found = names.flatMap((name, i) => (values[i] === undefined ? [] : [{ name, value: values[i] }]));
  return fitsTakes(entry, texts, found, cut ? found.at(-1)?.name : undefined);
}

function findPlaces(template: Template, fields: NamedField[]): number[] {
  let at = 0;
  return template.items.map((item: TemplateItem) => {
    for (let i = at; i < fields.length; i += 1) {
      if (fields[i]?.key === item.key) {
        at = i + 1;
        return i;
      }
    }
    return -1;
  });
}

/**
 * Nothing follows a template's last item: what looks like more items is a part of its value. That is how a record
 * looks in which somebody else has chosen the value.
 */
export function restOf(style: Style, fields: NamedField[], place: number): string {
  const more = fields.slice(place + 1).map((field) => itemText(style, field));
  return [fields[place]?.value ?? '', ...more].join(style === 'plain' ? '>, ' : '" ');
}

/** What follows the last item: free items, a fixed text, or nothing. Gives the number of parts that are missing. */
function matchEnd(match: Match, record: LogRecord, fields: NamedField[]): number {
  const { template } = match.candidate;
  if (template.openEnd) {
    const details = fields.length - match.end;
    match.extra -= details;
    if (details > 0) return 0;
    const unnamed = unnamedEnd(record.body);
    if (unnamed === undefined) match.extra += 1;
    return 0;
  }
  if (!template.tail) return 0;
  const from = Math.max(record.body.lastIndexOf('>'), record.body.lastIndexOf('"')) + 1;
  const values = matchPattern(template.tail, record.body.slice(from));
  if (!values) return 1;
  match.captures.push({ names: template.tail.names, values });
  return 0;
}

/** Free text behind the last item. */
export function unnamedEnd(body: string): string | undefined {
  const from = Math.max(body.lastIndexOf('>'), body.lastIndexOf('"')) + 1;
  const text = body.slice(from).replace(/^,/, '').trim();
  return from === 0 || text === '' || text.length > 4000 ? undefined : text;
}

/** An item as it was printed, without its closing mark. */
export function itemText(style: Style, { name, value }: Field): string {
  return style === 'plain' ? `${name}=<${value}` : `${name}="${value}`;
}
