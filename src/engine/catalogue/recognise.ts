/** Texts → findings: the engine up to, and without, the diagnosis. */

import { readBody } from '../log/fields.ts';
import { type LeftoverLine, readRecords } from '../log/records.ts';
import type { Aside, Field, Finding, LogRecord, Source, Unrecognised } from '../types.ts';
import type { Catalogue } from './catalogue.ts';
import { findingOf } from './describe.ts';
import { testFields } from './fieldTest.ts';
import { assignSides } from './sides.ts';
import { type Claim, claimOf, isSamhains, Surroundings } from './surroundings.ts';
import { inEnglish } from './translations.ts';
import type { CatalogueText, Quoted } from './types.ts';

export interface Recognised {
  /** In the order of the input. Records that no entry matches have no `message`. */
  findings: Finding[];
  asides: Aside[];
  unrecognised: Unrecognised[];
  lines: number;
  bytes: number;
  /** Number of records, recognised or not. */
  records: number;
  /** False if a source was read only in part, or not at all. */
  complete: boolean;
  /** Sources that were read, and in which is nothing of samhain or yule: indexes. */
  silent: number[];
}

/** Reads all sources and names what is in them, with side and host as far as they can be told. Never throws. */
export function recognise(sources: readonly Source[], catalogue: Catalogue): Recognised {
  const read = readRecords(sources);
  const findings: Finding[] = [];
  const claims: Claim[] = [];
  const naming = new Naming(catalogue);
  // (Of a torn record that nothing tells from others, it is known why: it is none that nobody understands.)
  const halves = read.asides.filter(({ kind }) => kind === 'torn' || kind === 'cut');
  const torn = new Set(halves.map(({ source, line }) => `${source} ${line}`));
  const isTorn = ({ source, line }: { source: number; line: number }) => torn.has(`${source} ${line}`);
  for (const record of read.records) {
    const finding = naming.name(record);
    if (torn.size > 0 && finding.message === undefined && isTorn(record)) continue;
    if (isSamhains(finding, catalogue)) findings.push(finding);
    else claims.push(claimOf(finding, catalogue));
  }
  for (const aside of read.asides) if (aside.kind === 'emergency') findings.push(catalogue.emergency(lastWords(aside)));
  const unrecognised: Unrecognised[] = [];
  for (const line of read.leftover) {
    const found = quoted(line, catalogue);
    for (const claim of found) {
      if (isSamhains(claim.finding, catalogue)) findings.push(claim.finding);
      else claims.push(claim);
    }
    if (found.length === 0 && !isTorn(line)) unrecognised.push({ ...placeOf(line), text: line.text });
  }
  resolveClaims(claims, new Surroundings(findings, read.asides, read.leftover), { findings, unrecognised });
  findings.sort((a, b) => a.record.source - b.record.source || a.record.line - b.record.line);
  assignSides(findings, read.asides, sources, catalogue);
  giveHosts(findings, catalogue);
  return {
    findings,
    asides: read.asides,
    unrecognised,
    lines: read.lines,
    bytes: read.bytes,
    records: findings.length + sources.reduce((sum, { excerpt }) => sum + (excerpt?.records ?? 0), 0),
    complete: sources.every(({ part }) => part === undefined) && halves.every(({ kind }) => kind !== 'cut'),
    silent: silentSources(sources, findings, read.asides),
  };
}

function silentSources(sources: readonly Source[], findings: readonly Finding[], asides: readonly Aside[]): number[] {
  const heard = new Set(findings.filter(({ message }) => message !== undefined).map(({ record }) => record.source));
  for (const { kind, source } of asides)
    if (kind === 'explanation' || kind === 'encoded' || kind === 'crash') heard.add(source);
  return [...sources.keys()].filter((i) => !heard.has(i) && !sources[i]?.part?.unreadable);
}

/** Where something stands: its lines, or its line where it has only one. */
function placeOf({
  source,
  line,
  endLine,
}: Pick<LogRecord, 'source' | 'line' | 'endLine'>): Pick<Unrecognised, 'source' | 'line' | 'endLine'> {
  return { source, line, ...(endLine > line ? { endLine } : {}) };
}

/** What the lines around them make of words that tell nothing by themselves. */
function resolveClaims(
  claims: readonly Claim[],
  around: Surroundings,
  { findings, unrecognised }: Pick<Recognised, 'findings' | 'unrecognised'>,
): void {
  const failed = new Map<string, Unrecognised>();
  const held = new Set<string>();
  for (const claim of claims) {
    const { finding, text } = claim;
    const { source, line } = finding.record;
    const place = `${source} ${line}`;
    const verdict = around.judge(claim);
    if (verdict !== 'none') {
      findings.push(verdict === 'quoted' ? { ...finding, quoted: true } : finding);
      held.add(place);
      continue;
    }
    const listed = failed.get(place) ?? { ...placeOf(finding.record), text };
    failed.set(place, listed);
    const { message, text: part } = finding;
    if (message === undefined || listed.like?.some((one) => one.message === message && one.text === part)) continue;
    listed.like = [...(listed.like ?? []), { message, ...(part === undefined ? {} : { text: part }) }];
  }
  for (const [place, line] of failed) if (!held.has(place)) unrecognised.push(line);
  unrecognised.sort((a, b) => a.source - b.source || a.line - b.line);
}

/** Records whose words are remembered, with what they are: of a server's log, most say what others have said. */
const mostRemembered = 4000;
/** Longer ones are seldom said twice. */
const longestRemembered = 200;

/** What a record is depends on its words and on what printed them, not on its time and place. */
class Naming {
  private readonly catalogue: Catalogue;
  private readonly known = new Map<string, Omit<Finding, 'record'>>();

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
  }

  name(record: LogRecord): Finding {
    const { body, form, sink, severity, program, relay, truncated, strange } = record;
    if (body.length > longestRemembered || record.suspicious !== undefined)
      return orRetyped(identify(record, this.catalogue), this.catalogue);
    const key = `${form} ${sink} ${severity} ${program} ${relay !== undefined} ${truncated} ${strange} ${body}`;
    const known = this.known.get(key);
    if (known) return { ...known, record, values: { ...known.values } };
    const finding = orRetyped(identify(record, this.catalogue), this.catalogue);
    if (finding.record === record && record.suspicious === undefined && this.known.size < mostRemembered) {
      const { record: _, ...rest } = finding;
      this.known.set(key, { ...rest, values: { ...rest.values } });
    }
    return finding;
  }
}

/** Names a record; a system's error text in another language is read as the English one, and stays as printed. */
function identify(record: LogRecord, catalogue: Catalogue): Finding {
  const fields = record.fields.map((field) => (field.name === 'msg' ? inEnglishField(field) : field));
  if (fields.every((field, i) => field === record.fields[i])) return catalogue.identify(record);
  const copy = { ...record, fields };
  const finding = catalogue.identify(copy);
  return { ...finding, record: copy.suspicious === undefined ? record : { ...record, suspicious: copy.suspicious } };
}

function inEnglishField(field: Field): Field {
  const value = inEnglish(field.value);
  return value === field.value ? field : { ...field, value };
}

/** The line of a dying process stays an aside (problems look for its words), and is a finding, too. */
function lastWords({ source, line, endLine, text }: Aside): LogRecord {
  return { source, line, endLine, sink: 'terminal', form: 'bare', severity: 'ALERT', body: text, fields: [] };
}

/** A line that is no record may quote one, or be the end of one. */
function quoted(line: LeftoverLine, catalogue: Catalogue): Claim[] {
  const record: LogRecord = {
    source: line.source,
    line: line.line,
    endLine: line.endLine,
    sink: line.mail ? 'mail' : (line.prefix.sink ?? 'unknown'),
    form: 'bare',
    body: line.text.trim(),
    fields: [],
  };
  if (line.prefix.host !== undefined) record.loggingHost = line.prefix.host;
  if (line.prefix.program) record.program = line.prefix.program;
  if (line.prefix.pid !== undefined) record.pid = line.prefix.pid;
  if (line.origin !== undefined) record.origin = line.origin;
  const rest = readRemnant(line.text);
  if (rest) {
    const finding = byEnding(catalogue, { ...record, truncated: true, fields: rest.fields }, rest.remnant);
    return finding ? [{ ...claimOf(finding, catalogue), text: line.text }] : [];
  }
  const careful = OTHER_LOG.test(line.text) || LOG_FIELDS.test(line.text);
  const text = inEnglish(line.text.trim().replace(COPIED_LABEL, '')).replace(/^([^<>]{1,400})>$/, '$1');
  const fielded = careful ? undefined : (withFields(catalogue, record, text) ?? fieldsAlone(catalogue, record, text));
  if (fielded) return [{ ...fielded, text: line.text }];
  // (The tag of a line that is nothing but the message; in a question the name can stand before anything.)
  const program = /^\W{0,3}(samhain|yule)\s?:/i.exec(line.text)?.[1];
  const tag = program && { program: /^y/i.test(program) ? ('Yule' as const) : ('Samhain' as const) };
  const quotations = catalogue.quoted(text, careful);
  const retyped = quotations.length === 0 && !careful ? retypedAs(text, catalogue) : undefined;
  if (retyped)
    return [
      {
        finding: retypedFinding({ ...record, body: retyped.words }, retyped),
        text: line.text,
        said: 'sentence',
        whole: true,
      },
    ];
  return quotations.map((found) => ({
    finding: findingOf({ ...record, body: found.words, ...(found.whole ? tag : {}) }, found),
    text: line.text,
    said: found.own ? 'sentence' : 'common',
    whole: found.whole,
  }));
}

/** A message written down with some of its items: `Invalid connection state, expect=<PARP>`. */
function withFields(catalogue: Catalogue, record: LogRecord, text: string): Claim | undefined {
  if (/^\s{0,8}msg="/i.test(text)) {
    const finding = catalogue.identify({ ...record, fields: readBody('xml', text).fields });
    if (finding.message !== undefined) return claimOf(finding, catalogue);
  }
  const start = /[,;:]?[ \t]{1,4}(?=[a-z_]\w{0,31}=<)/i.exec(text);
  const found = start && start.index > 0 ? endOf(catalogue, text.slice(0, start.index)) : undefined;
  if (!start || !found) return undefined;
  const { fields } = readBody('plain', text.slice(start.index + start[0].length));
  const { message: id, text: reason } = catalogue.identify({
    ...record,
    fields: [{ name: 'msg', value: found.words }, ...fields],
  });
  const finding = {
    ...findingOf({ ...record, fields }, found),
    ...(id === found.phrase.entry.id && reason ? { text: reason } : {}),
    // Of a part of a message, or behind somebody's words, it may as well be another program's.
    ...(found.whole && found.phrase.kind !== 'text' ? {} : { quoted: true as const }),
  };
  return { finding, text, said: found.own ? 'sentence' : 'common', whole: true };
}

/** The message that these words are, or that they end with behind what somebody wrote before it. */
function endOf(catalogue: Catalogue, words: string): Quoted | undefined {
  const whole = catalogue.phrases.whole(words);
  if (whole) return whole;
  const ending = catalogue.quoted(words).filter((one) => one.own && words.endsWith(one.words));
  return ending.length === 1 ? ending[0] : undefined;
}

/** Items without their message: `expect=<TALK>`. They tell it if one entry alone has a text with these values. */
function fieldsAlone(catalogue: Catalogue, record: LogRecord, text: string): Claim | undefined {
  if (text.length > 400 || !/^[a-z_]\w{0,31}=<[^<>]/i.test(text)) return undefined;
  const { fields } = readBody('plain', text);
  const values = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  const names = fields.map(({ name }) => name.toLowerCase());
  const fitting = catalogue.entries.flatMap((entry) => {
    if (!entry.forms.some(({ plain }) => names.every((name) => plain.includes(`${name}=<`)))) return [];
    const found = entry.texts.find(({ where }) => where && isExact(where) && testFields(where, values));
    return found ? [{ entry, found }] : [];
  });
  const [only, second] = fitting;
  if (!only || second) return undefined;
  const finding = {
    record: { ...record, fields, truncated: true },
    message: only.entry.id,
    text: only.found.id,
    values,
  };
  return claimOf(finding, catalogue);
}

/** A part of a value is too little to tell a message by. */
function isExact(where: NonNullable<CatalogueText['where']>): boolean {
  return Object.values(where).every((test) => typeof test === 'string' || test.is !== undefined);
}

/** The end of a record whose beginning was not copied: `ssion key mismatch>, client=<c>`. */
function readRemnant(text: string): { remnant: string; fields: Field[] } | undefined {
  const plain = /^(?:…|\.{3})?(?:(?:s?g)?=?<)?([^<>]{0,400})>,?[ \t]{1,4}(?=[a-z_]\w{0,31}=<)/i.exec(text);
  const xml = plain ? undefined : /^(?:(?:s?g)?=?")?([^"<>]{0,400})"[ \t]{1,4}(?=[a-z_]\w{0,31}=")/i.exec(text);
  const found = plain ?? xml;
  if (!found) return undefined;
  return { remnant: found[1] ?? '', fields: readBody(plain ? 'plain' : 'xml', text.slice(found[0].length)).fields };
}

function byEnding(catalogue: Catalogue, record: LogRecord, remnant: string): Finding | undefined {
  const style = record.body.includes('=<') ? 'plain' : 'xml';
  const names = record.fields.map((field) => field.name.toLowerCase());
  const fitting = catalogue.phrases
    .ending(remnant)
    .filter(({ phrase }) => phrase.entry.forms.some((form) => names.every((name) => form[style].includes(`${name}=`))));
  const ids = new Set(fitting.map(({ phrase }) => phrase.entry.id));
  if (ids.size !== 1) return undefined;
  const { message } = fitting.find(({ phrase }) => phrase.text) ?? (fitting[0] as { message: string });
  // With its words made whole it is a record like any other.
  return catalogue.identify({ ...record, form: style, fields: [{ name: 'msg', value: message }, ...record.fields] });
}

/** A record whose message is none, but for one word: typed from a screen. It says no more than bare words do. */
function orRetyped(finding: Finding, catalogue: Catalogue): Finding {
  const { message, record } = finding;
  if (message !== undefined || record.suspicious) return finding;
  const msg = record.fields.find(({ name }) => name.toLowerCase() === 'msg')?.value;
  const found = msg === undefined ? undefined : retypedAs(msg, catalogue);
  return found ? retypedFinding(record, found) : finding;
}

/** The message that a text is if one of its words is put right; none where several would do. */
function retypedAs(text: string, catalogue: Catalogue): Quoted | undefined {
  const [first, second] = catalogue.phrases.corrected(text);
  return first && !second ? first : undefined;
}

function retypedFinding(record: LogRecord, found: Quoted): Finding {
  return { ...findingOf(record, found), quoted: true, readAs: found.words };
}

/** The severity that was copied with the words, and nothing else of the head. */
const COPIED_LABEL = /^(?:NOTICE|WARN|MARK|ERROR|CRIT|ALERT)[ \t]{0,9}:?[ \t]{1,9}(?=[A-Z])/;

/** Logs of other programs: their own time stamp, address or name stands first. Only a message on its own counts there. */
const OTHER_LOG =
  /^\s{0,8}(?:\[?\d{4}[-/]\d\d[-/]\d\d[T ]|\[?\d{1,3}(?:\.\d{1,3}){3}\b|\[[ \d.]{4,16}\]|\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) |(?!(?:error|crit|alert|warn|notice|info|warning|problem|question|client|server|samhain|yule|msg|message)\b)[\w./-]{2,40}(?:\[\d{1,10}\])?: |[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d)/i;

/** Structured logs of other programs, which have a msg of their own. */
const LOG_FIELDS = /(?:^|\s)(?:level|lvl|severity|caller|logger|ts|time)=|"(?:level|severity|logger)"\s?:/i;

/** The client that a record is about: the fullest name known for it. */
function giveHosts(findings: Finding[], catalogue: Catalogue): void {
  const names = findings.map((finding) => hostOf(finding, catalogue));
  const full = fullNames(names);
  let whole: ReturnType<typeof wholeNames> | undefined;
  for (const [i, finding] of findings.entries()) {
    const name = names[i] ?? (finding.side === 'server' ? nameInPath(finding.values.path, full) : undefined);
    if (name === undefined) continue;
    finding.host = full.get(name) || name;
    if (!isCut(finding.record, name)) continue;
    whole ??= wholeNames(findings, names);
    finding.host = whole(name) ?? finding.host;
  }
}

/** The record was cut in this very value. */
const isCut = ({ truncated, fields }: LogRecord, name: string): boolean =>
  truncated === true && clean(fields.at(-1)?.value) === name;

/** Finds the one name in other records that begins with what is left of one. */
function wholeNames(findings: readonly Finding[], names: readonly (string | undefined)[]) {
  const known = new Set<string>();
  for (const [i, { record }] of findings.entries()) {
    const name = names[i];
    if (name !== undefined && !isCut(record, name)) known.add(name);
  }
  const sorted = [...known].sort();
  return (part: string): string | undefined => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted[middle] ?? '') < part) low = middle + 1;
      else high = middle;
    }
    const [first, second] = [sorted[low], sorted[low + 1]];
    return first?.startsWith(part) && !second?.startsWith(part) ? first : undefined;
  };
}

/** Full names by themselves and by their first part; a first part that several full names share stands for none. */
function fullNames(names: (string | undefined)[]): Map<string, string> {
  const full = new Map<string, string>();
  for (const name of new Set(names)) {
    if (name === undefined || isAddress(name)) continue;
    const dot = name.indexOf('.');
    if (dot > 0) {
      const short = name.slice(0, dot);
      full.set(short, full.has(short) ? '' : name);
    }
  }
  for (const name of names) if (name !== undefined && (name.includes('.') || isAddress(name))) full.set(name, name);
  return full;
}

/** Files that a server keeps for one client end in its name: rc.{client}, file.{client}. */
function nameInPath(path: string | undefined, full: Map<string, string>): string | undefined {
  const file = path?.split('/').at(-1)?.toLowerCase();
  const dot = file?.indexOf('.') ?? -1;
  const name = file?.slice(dot + 1);
  return dot > 0 && name !== undefined && full.has(name) ? name : undefined;
}

function hostOf(finding: Finding, catalogue: Catalogue): string | undefined {
  const { record, values, side } = finding;
  if (record.relay) return clean(record.relay.client);
  if (side === 'client') return clean(record.loggingHost);
  const entry = finding.message === undefined ? undefined : catalogue.entry(finding.message);
  // Records of the server's side of a connection name their client `client`, or `host` where the peer is named, too.
  return clean(values.client) ?? (entry?.kind === 'path' && entry.side === 'server' ? clean(values.host) : undefined);
}

/** A name as a key. What no name can hold is no host, but somebody's try to write into the log. */
function clean(name: string | undefined): string | undefined {
  const trimmed = name?.trim().toLowerCase();
  return trimmed !== undefined && /^[^\s<>"'=]{1,255}$/.test(trimmed) ? trimmed : undefined;
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name) || name.includes(':');
}
