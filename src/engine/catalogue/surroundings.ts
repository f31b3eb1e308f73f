/**
 * Who wrote it? Other programs print the same words as samhain ("Address already in use"). What stands around a message
 * tells: a record's head, samhain's own items, its syslog tag, a record of its own close by.
 */
import type { Aside, Finding, LogRecord, Sink } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { isPlainWord } from './plainWords.ts';

/** A message found, of which nothing on its line shows that samhain wrote it. */
export interface Claim {
  finding: Finding;
  /** The line, as it is listed if the claim fails. */
  text: string;
  /** sentence: nobody else prints it. item: `msg=<…>`, samhain's way to write a message. common: words of every program. */
  said: 'sentence' | 'item' | 'common';
  /** The line holds nothing else; false if the message stands amid somebody's text. */
  whole: boolean;
}

/** Here only samhain's records and lines are read: another program's tag makes another program's line. */
const OWN_SINKS: ReadonlySet<Sink> = new Set<Sink>(['file', 'syslog', 'journal', 'mail', 'relayed']);
const NAME = /\b(?:samhain|yule)/i;
/** Lines away that are still near: from a record, and from the program's name in a question. */
const NEAR_RECORD = 20;
const NEAR_NAME = 4;

/**
 * Whether samhain wrote this, as its own line shows: by sink, tag, head, or items that a record of this message has. Other
 * programs write elements and `msg="…"`, too; there the name of an item must be no everyday word, or the message samhain's
 * own sentence with no strange attribute before it.
 */
export function isSamhains({ record, message }: Finding, catalogue: Catalogue): boolean {
  if (record.relay || record.program || OWN_SINKS.has(record.sink)) return true;
  if (!record.strange && record.severity !== undefined && record.stamp !== undefined) return true;
  const entry = message === undefined ? undefined : catalogue.entry(message);
  if (!entry) return !record.strange;
  const plain = isPlain(record);
  const names = record.fields
    .map(({ name }) => name.toLowerCase())
    .filter((name) => name !== 'msg' && entry.forms.some((form) => hasItem(form[plain ? 'plain' : 'xml'], name)));
  if (plain) return names.length > 0 || isSentence(record, catalogue);
  if (names.some((name) => !isPlainWord(name))) return true;
  return !record.strange && names.length > 0 && isSentence(record, catalogue);
}

/** A record that has no item of samhain's but its message. */
export function claimOf(finding: Finding, catalogue: Catalogue): Claim {
  const { record } = finding;
  const item = record.fields.some(({ name }) => name.toLowerCase() === 'msg') && isPlain(record);
  const said = isSentence(record, catalogue) ? 'sentence' : item ? 'item' : 'common';
  return { finding, text: record.body, said, whole: true };
}

function isPlain({ fields, body }: LogRecord): boolean {
  return fields.some(({ name }) => body.includes(`${name}=<`));
}

function hasItem(form: string, name: string): boolean {
  const low = form.toLowerCase();
  return low.includes(`${name}=<`) || low.includes(`${name}="`);
}

function isSentence({ fields }: LogRecord, { phrases }: Catalogue): boolean {
  const words = fields.find(({ name }) => name.toLowerCase() === 'msg')?.value;
  return words !== undefined && phrases.whole(words, 1)?.own === true;
}

/** The places of samhain's own lines, and of those that name it. */
export class Surroundings {
  private readonly records = new Map<number, number[]>();
  private readonly names = new Map<number, number[]>();

  /** @param lines those that are no records, in the order of the input */
  constructor(
    findings: readonly Finding[],
    asides: readonly Aside[],
    lines: readonly { source: number; line: number; text: string }[],
  ) {
    for (const { record } of findings) {
      put(this.records, record);
      put(this.records, { source: record.source, line: record.endLine });
    }
    for (const aside of asides) if (OWN_ASIDES.has(aside.kind)) put(this.records, aside);
    for (const places of this.records.values()) places.sort((a, b) => a - b);
    for (const line of lines) if (NAME.test(line.text)) put(this.names, line);
  }

  /**
   * samhain: it counts like a record. quoted: it counts with an "if". none: its words are every program's, or they stand in
   * a text that does not speak of samhain. (Amid a text even a record close by leaves them a quotation: it speaks for itself.)
   */
  judge({ finding: { record }, said, whole }: Claim): 'samhain' | 'quoted' | 'none' {
    if (said === 'common') return 'none';
    if (whole) return isNear(this.records.get(record.source), record.line, NEAR_RECORD) ? 'samhain' : 'quoted';
    return isNear(this.names.get(record.source), record.line, NEAR_NAME) ? 'quoted' : 'none';
  }
}

const OWN_ASIDES: ReadonlySet<Aside['kind']> = new Set<Aside['kind']>(['signature', 'trail', 'explanation']);

function put(map: Map<number, number[]>, { source, line }: { source: number; line: number }): void {
  const list = map.get(source);
  if (list) list.push(line);
  else map.set(source, [line]);
}

/** Whether one of the sorted lines is at most `reach` away. */
function isNear(lines: readonly number[] | undefined, line: number, reach: number): boolean {
  if (!lines) return false;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line - reach) low = middle + 1;
    else high = middle;
  }
  return (lines[low] ?? Number.POSITIVE_INFINITY) <= line + reach;
}
