/** The log, explained: one row a record, in the order of time, with what the filters of the page go by. */

import { messageHref } from '../../browser/paths.ts';
import type { Result } from '../../engine/diagnosis/types.ts';
import type { Recognised } from '../../engine/index.ts';
import type { Aside, Finding, Severity, Side, Source } from '../../engine/types.ts';
import type { Clock } from './clock.ts';
import { keyOf } from './verdicts.ts';
import { messageById, placeKey, problemById, stepTitle, whereIs } from './words.ts';

/** One record, or a line that nobody knows. */
export interface LogRow {
  /** By what it is found again: `placeKey`. */
  key: string;
  /** Its source, as the engine counts them, and its lines there. */
  source: number;
  line: number;
  endLine: number;
  /** File and line, as a person names it: "line 12" or "server.log, line 12". */
  where: string;
  side?: Side;
  severity?: Severity;
  /** As the log itself writes it; the zone only where logs differ in it. */
  time?: string;
  zone?: string;
  host?: string;
  /** What was printed, without what is around it. */
  words: string;
  /** Further fields: the filter looks through them. */
  fields: string;
  message?: string;
  /** Index into what is said of the kinds of records. */
  kind?: number;
  /** What it is, where no message tells. */
  what?: string;
  /** The severity is that of an ordinary event: it alarms nobody. */
  calm?: true;
  /** An error that is none of those, or a line that a diagnosis stands on. */
  problem?: true;
  unknown?: true;
  relayed?: true;
  forged?: true;
  /** Key of the diagnosis that stands on it. */
  of?: string;
  /** The step at which the connection broke here. */
  broke?: string;
}

/** What one kind of record means. */
export interface LogKind {
  short: string;
  meaning: string;
  href: string;
}

export interface LogView {
  rows: LogRow[];
  /** Quieter records beyond those. */
  left: number;
  kinds: LogKind[];
  /** Where logs of several zones meet: who writes which. */
  zones: { name: string; zones: string[] }[];
}

/** More rows than this are no help to a reader; evidence and errors are kept before quiet ones. */
const mostRows = 5000;
const mostWords = 240;
const mostValue = 120;
/** Severities of errors. */
export const loud: ReadonlySet<string | undefined> = new Set(['ERROR', 'CRIT', 'ALERT']);
/** A checksum tells a reader nothing. */
const checksum = /^[0-9A-FX]{40,}$/i;

const asides: Partial<Record<Aside['kind'], string>> = {
  explanation: 'The program explains the error above.',
  emergency: 'The program was ended by a signal.',
  crash: 'The system or a shell says that the program was ended.',
  torn: 'Half a record: the rest was not written.',
  cut: 'Half a record: the rest was not written, or not copied.',
};

/** The first sentence: what is read at a glance. */
export function firstSentence(text: string): string {
  const end = /(?<=[\w"'`)\]]{2})\.(?=\s)/.exec(text)?.index;
  return end === undefined ? text : text.slice(0, end + 1);
}

/** The zone at the end of a time stamp, as `+01:00`. */
export function zoneOf(stamp: string | undefined): string | undefined {
  const [, sign, hours, minutes] = /(?:([+-])(\d\d):?(\d\d)|Z)$/.exec(stamp?.slice(10) ?? '') ?? [undefined];
  if (sign) return `${sign}${hours}:${minutes}`;
  return stamp?.endsWith('Z') ? '+00:00' : undefined;
}

interface Candidate {
  source: number;
  line: number;
  time: number;
  importance: number;
  finding?: number;
  aside?: Aside;
  unknown?: { line: number; endLine?: number; text: string };
}

/** Whether a record alarms nobody, whatever its severity: one that is harmless, or with which a program begins or ends. */
export function calmIn(
  result: Pick<Result, 'harmless'>,
): (index: number, finding: Pick<Finding, 'message'>) => boolean {
  const harmless = new Set(result.harmless.map(({ finding }) => finding));
  return (index, { message }) => harmless.has(index) || messageById.get(message ?? '')?.process !== undefined;
}

/** All rows, or those that matter of very many. */
export function makeLog(found: Recognised, result: Result, sources: readonly Source[], clock: Clock): LogView {
  const of = new Map<number, string>();
  const ofBlock = new Map<number, string>();
  for (const diagnosis of result.diagnoses) {
    const key = keyOf(diagnosis);
    for (const { finding } of diagnosis.evidence) if (!of.has(finding)) of.set(finding, key);
    for (const { aside } of diagnosis.blocks) if (!ofBlock.has(aside)) ofBlock.set(aside, key);
  }
  const isCalm = calmIn(result);

  const all: Candidate[] = [];
  found.findings.forEach((finding, index) => {
    const { source, line, time = Number.NaN, severity } = finding.record;
    const bad = loud.has(severity) && !isCalm(index, finding);
    const importance = of.has(index) ? 4 : bad ? 3 : severity === 'WARN' || !finding.message ? 2 : 0;
    all.push({ source, line, time, importance, finding: index });
  });
  // (What was torn has a row of its own only where no record begins.)
  const isHalf = ({ kind }: Aside) => kind === 'torn' || kind === 'cut';
  const tearing = found.asides.some(isHalf);
  const heads = new Set(tearing ? found.findings.map(({ record }) => placeKey(record.source, record.line)) : []);
  found.asides.forEach((aside, index) => {
    if (!asides[aside.kind] || (isHalf(aside) && heads.has(placeKey(aside.source, aside.line)))) return;
    const importance = ofBlock.has(index) ? 4 : 3;
    all.push({ source: aside.source, line: aside.line, time: Number.NaN, importance, aside });
  });
  for (const unknown of found.unrecognised)
    all.push({ source: unknown.source, line: unknown.line, time: Number.NaN, importance: 1, unknown });

  const kept = mostImportant(inOrder(all));
  const zones = zonesIn(found, sources);
  const kinds = new Kinds();
  const breaks = breakIn(result);
  let broken = false;
  const rows = kept.map((one): LogRow => {
    const { source, line, finding: index, aside, unknown } = one;
    const place = { key: placeKey(source, line), source, line, where: whereIs(sources, source, line) };
    const finding = index === undefined ? undefined : found.findings[index];
    if (!finding || index === undefined) {
      const text = (aside?.text ?? unknown?.text ?? '').replace(/\s+/g, ' ').slice(0, mostWords);
      const own = aside ? ofBlock.get(found.asides.indexOf(aside)) : undefined;
      return {
        ...place,
        endLine: aside?.endLine ?? unknown?.endLine ?? line,
        words: text,
        fields: '',
        ...(aside?.side ? { side: aside.side } : {}),
        ...(aside ? { what: asides[aside.kind] ?? '', problem: true } : { unknown: true }),
        ...(own ? { of: own } : {}),
      };
    }
    const { record, side, host, message } = finding;
    const { severity, stamp } = record;
    const own = of.get(index);
    const calm = isCalm(index, finding);
    const problem = own !== undefined || (loud.has(severity) && !calm);
    const time = clock.stamp(stamp);
    const zone = zones.length > 0 ? zoneOf(stamp) : undefined;
    const kind = kinds.of(finding);
    const isBreak = !broken && breaks?.findings.has(index);
    broken ||= Boolean(isBreak);
    return {
      ...place,
      endLine: record.endLine,
      words: wordsOf(finding),
      fields: valuesOf(finding).join(' '),
      ...(side ? { side } : {}),
      ...(severity ? { severity } : {}),
      ...(time ? { time } : {}),
      ...(zone ? { zone } : {}),
      ...(host ? { host: host.slice(0, mostWords) } : {}),
      ...(message ? { message } : { unknown: true }),
      ...(kind === undefined ? {} : { kind }),
      ...(calm ? { calm: true } : {}),
      ...(problem ? { problem: true } : {}),
      ...(record.relay ? { relayed: true } : {}),
      ...(record.suspicious ? { forged: true } : {}),
      ...(own ? { of: own } : {}),
      ...(isBreak && breaks ? { broke: breaks.step } : {}),
    };
  });
  return { rows, left: all.length - kept.length, kinds: kinds.list, zones };
}

/** By time, where there is one; a line without goes with the one above it. */
function inOrder(all: Candidate[]): Candidate[] {
  all.sort((a, b) => a.source - b.source || a.line - b.line);
  let before: Candidate | undefined;
  for (const one of all) {
    if (Number.isNaN(one.time)) one.time = before?.source === one.source ? before.time : Number.NEGATIVE_INFINITY;
    before = one;
  }
  return all.sort((a, b) => (a.time === b.time ? 0 : a.time - b.time));
}

function mostImportant(all: Candidate[]): Candidate[] {
  if (all.length <= mostRows) return all;
  const chosen = new Set([...all].sort((a, b) => b.importance - a.importance).slice(0, mostRows));
  return all.filter((one) => chosen.has(one));
}

/** Says of each kind of record once what it means. */
class Kinds {
  readonly list: LogKind[] = [];
  private readonly places = new Map<string, number>();

  of({ message, text }: Finding): number | undefined {
    const entry = messageById.get(message ?? '');
    if (!entry || !message) return undefined;
    const key = `${message} ${text ?? ''}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const meaning = entry.texts.find(({ id }) => id === text)?.meaning ?? entry.meaning;
    this.places.set(key, this.list.length);
    return this.list.push({ short: firstSentence(meaning), meaning, href: messageHref(message, text) }) - 1;
  }
}

/** What was printed, without what is around it. */
export function wordsOf({ record }: Finding): string {
  return (record.fields.find(({ name }) => name === 'msg')?.value || record.body).slice(0, mostWords);
}

/** Fields that tell a reader something. */
export function valuesOf({ record }: Finding): string[] {
  return record.fields
    .filter(({ name, value }) => name !== 'msg' && value && !checksum.test(value))
    .slice(0, 8)
    .map(({ name, value }) => `${name}=${value.slice(0, mostValue)}`);
}

/** The zones of each source, where there is more than one in all. */
function zonesIn({ findings }: Recognised, sources: readonly Source[]): LogView['zones'] {
  const bySource = new Map<number, Set<string>>();
  const all = new Set<string>();
  for (const { record } of findings) {
    const zone = zoneOf(record.stamp);
    if (!zone) continue;
    all.add(zone);
    const own = bySource.get(record.source);
    if (own) own.add(zone);
    else bySource.set(record.source, new Set([zone]));
  }
  if (all.size < 2) return [];
  return [...bySource].map(([source, own]) => ({ name: sources[source]?.name ?? '', zones: [...own].sort() }));
}

/** The step at which the best diagnosis says that it broke, and by which records. */
function breakIn(result: Result): { step: string; findings: Set<number> } | undefined {
  const top = result.diagnoses.find(({ over }) => !over);
  // (Where others fit the same lines as well, nobody knows at which step it was.)
  if (top?.confidence === 'possible' && top.alternatives.length > 0) return undefined;
  const step = top && stepTitle.get(problemById.get(top.problem)?.step ?? '');
  return top && step ? { step, findings: new Set(top.evidence.map(({ finding }) => finding)) } : undefined;
}
