/**
 * One answer as plain data, with every word and place in it: what terminal, JSON, Markdown and the redacted copy are made
 * from. No face looks back into the findings, so that none can say what another does not.
 */
import type { Impact, Message, Problem } from '../content/schemas.ts';
import type { FoundOutcome } from '../engine/checks/found.ts';
import type { CheckKnowledge } from '../engine/checks/recognise.ts';
import type { ClientClock } from '../engine/clocks.ts';
import type { FoundSetting, OpenSetting } from '../engine/config/types.ts';
import { type Case, casesOf, inOrder, type ShownCase, type ShownStep, stepsOf } from '../engine/diagnosis/steps.ts';
import type { Ask, Back, Because, Client, Diagnosis, Need, Result, State } from '../engine/diagnosis/types.ts';
import { cleanValue } from '../engine/diagnosis/values.ts';
import type { Input } from '../engine/input.ts';
import { lineLookup, missingIn } from '../engine/log/lines.ts';
import type { SetupValues } from '../engine/setup.ts';
import type { Aside, Confidence, Finding, Severity, Side, Weight } from '../engine/types.ts';
import type { Outside, Window } from '../engine/window.ts';
import { type ImpactWords, impactWords } from './impact.ts';
import { notRead, readAsWords } from './input-words.ts';
import { outputsOf, type Place, type ReportOutputs } from './outputs.ts';
import { isOfSettings } from './setting-words.ts';

/** What a report is made from. */
export interface Given {
  read: Input;
  result: Result;
  problems: readonly Problem[];
  messages: readonly Pick<Message, 'id' | 'meaning' | 'action' | 'texts'>[];
  setup: SetupValues;
  /** What the content knows of checks: without it nothing is asked next. */
  checking?: CheckKnowledge | undefined;
  /** The clients that were asked for, by name; all, if empty or absent. */
  only?: readonly string[];
  /** The time that was chosen, and how many lines lie outside it. */
  window?: Window | undefined;
  outside?: Outside | undefined;
}

/** A line that says something, and what it says. */
export interface Evidence extends Place {
  /** null where nothing tells the side. */
  side: Side | null;
  /** Catalogue id, or `explanation`, `emergency` or `crash` for lines that are no records; empty if no entry matches. */
  message?: string;
  /** In place of it, for a line of a configuration: the rule. */
  setting?: string;
  /** In place of it, for an output of a check: `server.listening=nothing`. */
  check?: string;
  /** The line's own words, without control characters. */
  text: string;
  /** All that was printed, with what is around the words: given again, it is read again. */
  printed: string[];
  /** Why it speaks for the problem, and how much. */
  because?: string;
  weight?: Weight;
  /** The words that the line was taken for, where one of them is misspelt in it. */
  readAs?: string;
  time?: number;
  /** How far the clock of the client that wrote it is ahead of the server's, which `time` goes by. */
  clock?: number;
}

export interface ReportDiagnosis {
  problem: string;
  title: string;
  summary: string;
  confidence: Confidence;
  /** Nothing shows that samhain wrote the evidence: the problem is possible, if it did. */
  quoted: boolean;
  host?: string;
  /** `reason`: what is known of an end that is only probable; it names clients, as `because` never does. */
  over: false | { likely: boolean; stamp?: string; reason?: string };
  /** In the order of the input; of more than `mostEvidence` the weightiest. */
  evidence: Evidence[];
  evidenceCount: number;
  /** No line of a log shows it. */
  ofSettings: boolean;
  alternatives: { problem: string; title: string }[];
  ask: Ask[];
  /** What it costs until it is fixed: as the problem says it, and in words. */
  costs: Impact;
  impact: ImpactWords[];
  cases: ShownCase[];
  fix: ShownStep[];
  /** All steps in the order in which they are done, the verification included. */
  steps: (ShownStep & { case?: string })[];
}

/** What a configuration says that it should not; line 0 is the file as a whole. */
export interface SettingFinding extends Place {
  rule: string;
  degree: FoundSetting['degree'];
  /** What is there, and what the program makes of it. */
  text: string;
  write?: string;
  edit?: string;
  problem?: string;
  /** That problem, with the case that it is. */
  leadsTo?: { problem: string; title: string };
}

/** A configuration as its program reads it. */
export interface ReportConfiguration {
  file: string;
  side?: Side;
  /** Clients in its list. */
  clients: number;
  settings: SettingFinding[];
  open: OpenSetting[];
}

/** A line by which a problem is excluded. */
export interface Exclusion extends Evidence {
  why: Because['kind'];
  /** Messages of which one would have been printed there. */
  lacks?: string[];
}

export interface ReportExcluded {
  problem: string;
  title: string;
  host?: string;
  because: Exclusion[];
}

/** What would judge a problem; `log` names a minute, or "the same minute" where no line has a time. */
export type ReportNeed = { side: Side; log: string } | { check: string } | { setting: string };

export interface ReportNotJudged {
  problem: string;
  title: string;
  needs: ReportNeed[];
}

export interface FileReport extends Place {
  severity?: Severity;
  /** The client that reports, if the lines name it. */
  host?: string;
  /** What changed, where the report is about a file. */
  path?: string;
  /** The message itself. */
  words?: string;
  text: string;
}

/** An error that nothing explains, with what the catalogue says of it. */
export interface Unexplained extends Evidence {
  meaning?: string;
  action?: string;
}

export interface Unread extends Place {
  text: string;
  /** Messages with the same words, where nothing shows that samhain wrote the line. */
  like?: { message: string; text?: string }[];
}

export interface ReportWindow extends Outside {
  from?: string;
  to?: string;
}

export interface Report extends ReportOutputs {
  state: State;
  healthy: boolean;
  input: {
    complete: boolean;
    lines: number;
    bytes: number;
    records: number;
    recognised: number;
    /** At most `mostUnread`. */
    unrecognised: Unread[];
    unrecognisedCount: number;
    /** Of these, records of samhain's form. */
    unknownRecords: number;
    /** Words of messages alone, which show nothing. */
    words: boolean;
    masked: { count: number; labels: string[] };
    configurations: string[];
    /** Those of them of which nothing more can be said. */
    unreadConfigurations: string[];
    /** Files that are none, or of which only a part was read. */
    noConfigurations: { name: string; part: boolean }[];
    /** A sentence for each file that was not read, or only in part. */
    notRead: string[];
    /** Texts that end within a record: the copy may have been cut there. */
    cutEnds: (Place & { ask: Ask[] })[];
    /** Of several files those in which is nothing of samhain or yule. */
    silent: string[];
  };
  /** The clients that were asked for; empty for all. */
  only: readonly string[];
  /** The time that was asked for, and the lines outside it, which were not judged; null for all of it. */
  window: ReportWindow | null;
  /** Clients whose clock is off: milliseconds. */
  clocks: ClientClock[];
  counts: { found: number; excluded: number; notJudged: number };
  unexplained: Unexplained[];
  diagnoses: ReportDiagnosis[];
  /** Records close to the evidence that are none, in the order of the input: they can decide, given again. */
  around: Evidence[];
  configurations: ReportConfiguration[];
  settings: SettingFinding[];
  excluded: ReportExcluded[];
  notJudged: ReportNotJudged[];
  clients: Client[];
  /** The worst first, at most `mostReports`. */
  reports: FileReport[];
  reportsCount: number;
  /** Why lines that look bad are not, with the first of them. */
  harmless: (Place & { because: string; count: number })[];
}

/** Longer lists are counted only. */
const mostReports = 1000;
const mostUnread = 1000;
const mostEvidence = 100;
/** Of one entry, lines and characters. */
const mostPrinted = 12;
const widest = 2000;

/** The whole report. */
export function reportOf(given: Given): Report {
  const { read, result } = given;
  const at = new Places(given);
  const unknown = read.findings.filter(({ message }) => !message);
  const unread = [
    ...read.unrecognised,
    ...unknown.map(({ record: { source, line, body } }) => ({ source, line, text: body, like: undefined })),
  ].sort((a, b) => a.source - b.source || a.line - b.line);
  const titled = titledBy(given.problems);
  const configured = new Set(read.settings.map(({ source }) => source));
  const configurations = configurationsOf(given, at, titled);
  return {
    state: result.state,
    healthy: result.healthy,
    input: {
      complete: read.complete,
      lines: read.lines,
      bytes: read.bytes,
      records: read.records,
      recognised: read.records - unknown.length,
      unrecognised: unread.slice(0, mostUnread).map(({ source, line, text, like }) => ({
        file: at.file(source),
        line,
        text,
        ...(like ? { like } : {}),
      })),
      unrecognisedCount: unread.length,
      unknownRecords: unknown.length,
      words: unknown.length < read.findings.length,
      masked: read.masked,
      configurations: read.configurations.map((i) => at.file(i)),
      unreadConfigurations: read.configurations.filter((i) => !configured.has(i)).map((i) => at.file(i)),
      noConfigurations: read.sources.flatMap(({ name, part }, i) =>
        configured.has(i) ? [] : [{ name, part: part !== undefined }],
      ),
      notRead: notRead(read.sources),
      cutEnds: cutEndsIn(given, at),
      silent: read.sources.length > 1 ? read.silent.map((i) => at.file(i)) : [],
    },
    only: given.only ?? [],
    window: given.window ? windowOf(given.window, given.outside) : null,
    clocks: read.clocks ?? [],
    unexplained: [
      ...result.open.flatMap((index) => meant(at.record(index), read.findings[index], given.messages)),
      ...result.openBlocks.flatMap((index) => at.block(index)),
    ],
    diagnoses: result.diagnoses.flatMap((diagnosis) => diagnosed(diagnosis, given, { at, titled })),
    around: aroundOf(given, at),
    configurations,
    settings: configurations.flatMap(({ settings }) => settings),
    ...outputsOf(given),
    ...endingsOf(given, at, titled),
    clients: result.clients,
    reports: result.reports.slice(0, mostReports).flatMap((index) => fileReport(read.findings[index], at)),
    reportsCount: result.reports.reduce((sum, index) => sum + 1 + leftOut(index, read), 0),
    harmless: harmlessOf(given, at),
  };
}

/** Where texts end within a record, and what tells why. */
function cutEndsIn({ read, result }: Pick<Given, 'read' | 'result'>, at: Places): Report['input']['cutEnds'] {
  return result.cutEnds.flatMap(({ aside, ask }) => {
    const { source, line } = read.asides[aside] ?? {};
    return source === undefined || line === undefined ? [] : [{ file: at.file(source), line, ask }];
  });
}

/** The diagnoses alone: a page shows them before all else. */
export function diagnosesOf(given: Given): ReportDiagnosis[] {
  const tools = { at: new Places(given), titled: titledBy(given.problems) };
  return given.result.diagnoses.flatMap((diagnosis) => diagnosed(diagnosis, given, tools));
}

/** How many records before and behind one that is evidence, and how many in all. */
const nearby = 10;
const mostAround = 80;

function aroundOf({ read, result }: Pick<Given, 'read' | 'result'>, at: Places): Evidence[] {
  const said = new Set(result.diagnoses.flatMap(({ evidence }) => evidence.map(({ finding }) => finding)));
  const near = new Set<number>();
  for (const index of said) {
    const source = read.findings[index]?.record.source;
    for (let n = Math.max(0, index - nearby); n <= index + nearby; n += 1)
      if (!said.has(n) && read.findings[n]?.message && read.findings[n]?.record.source === source) near.add(n);
    if (near.size > mostAround) break;
  }
  return [...near]
    .sort((a, b) => a - b)
    .slice(0, mostAround)
    .flatMap((index) => at.record(index));
}

function titledBy(problems: readonly Pick<Problem, 'id' | 'title'>[]) {
  const titles = new Map(problems.map(({ id, title }) => [id, title]));
  return (problem: string) => ({ problem, title: titles.get(problem) ?? problem });
}

/** How each known problem ends: the three counts, and the two lists beside the diagnoses. */
export function endingsOf(
  given: Pick<Given, 'read' | 'result' | 'problems'>,
  at = new Places(given),
  titled = titledBy(given.problems),
): Pick<Report, 'counts' | 'excluded' | 'notJudged'> {
  const { read, result } = given;
  const found = new Set(result.diagnoses.map(({ problem }) => problem));
  const days = new Set(read.findings.flatMap(({ record: { stamp } }) => stamp?.slice(0, 'YYYY-MM-DD'.length) ?? []));
  return {
    counts: { found: found.size, excluded: result.excluded.length, notJudged: result.notJudged.length },
    excluded: result.excluded.map(({ problem, host, because }) => ({
      ...titled(problem),
      ...(host === undefined ? {} : { host }),
      because: because.flatMap((one) => exclusion(one, at, result.checks)),
    })),
    notJudged: result.notJudged.map(({ problem, needs }) => ({
      ...titled(problem),
      needs: needsOf(needs, read.findings, days.size > 1),
    })),
  };
}

/** Indexes as places and words. */
class Places {
  private readonly read: Input;
  private readonly lines = new Map<number, (line: number) => string>();

  constructor({ read }: Pick<Given, 'read'>) {
    this.read = read;
  }

  file(source: number): string {
    return this.read.sources[source]?.name ?? '';
  }

  record(index: number, because?: string): Evidence[] {
    const found = this.read.findings[index];
    if (!found) return [];
    const { record, side, message, readAs } = found;
    const time = record.relay?.time ?? record.time;
    return [
      {
        file: this.file(record.source),
        line: record.line,
        side: side ?? null,
        message: message ?? '',
        text: cleanValue(record.body),
        printed: this.printed(record),
        ...(because ? { because } : {}),
        ...(readAs === undefined ? {} : { readAs }),
        ...(time === undefined ? {} : { time }),
        ...(record.clock === undefined || record.relay ? {} : { clock: record.clock }),
      },
    ];
  }

  block(index: number, because?: string): Evidence[] {
    const block = this.read.asides[index];
    if (!block) return [];
    const place = { file: this.file(block.source), line: block.line };
    const text = cleanValue(wordsOf(block));
    const printed = this.printed(block);
    return [{ ...place, side: null, message: block.kind, text, printed, ...(because ? { because } : {}) }];
  }

  setting(found: FoundSetting | undefined): Evidence[] {
    if (!found) return [];
    const { source, line, rule } = found;
    const side = this.read.settings.find((one) => one.source === source)?.side ?? null;
    const printed = line > 0 ? this.printed({ source, line, endLine: line }) : [];
    return [{ file: this.file(source), line, side, setting: rule, text: sentence(found), printed }];
  }

  check(found: FoundOutcome | undefined, because?: string): Evidence[] {
    if (!found) return [];
    const { source, line, endLine, side, check, outcome } = found;
    const text = cleanValue(`${check}: ${outcome.prints}`);
    const printed = this.printed({ source, line, endLine });
    const said = because ? { because } : {};
    return [{ file: this.file(source), line, side, check: `${check}=${outcome.id}`, text, printed, ...said }];
  }

  private printed({ source, line, endLine }: Pick<Aside, 'source' | 'line' | 'endLine'>): string[] {
    const given = this.read.sources[source];
    const lineAt = this.lines.get(source) ?? lineLookup(given?.text ?? '', given ? missingIn(given) : 0);
    this.lines.set(source, lineAt);
    const last = Math.min(endLine, line + mostPrinted - 1);
    return Array.from({ length: last - line + 1 }, (_, i) => cleanValue(lineAt(line + i)).slice(0, widest));
  }
}

const sentence = ({ says, effect }: FoundSetting): string => cleanValue(`${says} ${effect}`);

/** What each configuration holds. */
function configurationsOf(
  { read, result, problems }: Given,
  at: Places,
  titled: (problem: string) => { problem: string; title: string },
): ReportConfiguration[] {
  return read.settings.map(({ source, side, settings: { entries } }) => ({
    file: at.file(source),
    ...(side ? { side } : {}),
    clients: entries.filter(({ facts }) => typeof facts.key === 'string').length,
    settings: (result.settings ?? [])
      .filter((one) => one.source === source)
      .map((one): SettingFinding => {
        const problem = problems.find(({ id }) => id === one.problem);
        const only = problem?.cases.find(({ id }) => id === one.case);
        const to = problem && titled(problem.id);
        return {
          file: at.file(source),
          line: one.line,
          rule: one.rule,
          degree: one.degree,
          text: sentence(one),
          ...(one.write === undefined ? {} : { write: cleanValue(one.write) }),
          ...(one.edit === undefined ? {} : { edit: cleanValue(one.edit) }),
          ...(one.problem === undefined ? {} : { problem: one.problem }),
          ...(to ? { leadsTo: only ? { ...to, title: `${to.title}: ${only.title}` } : to } : {}),
        };
      }),
    open: (result.settingsOpen ?? []).filter((one) => one.source === source),
  }));
}

/** Without the dashed lines around it. */
function wordsOf({ text }: Aside): string {
  const words = text.split('\n').filter((line) => !line.startsWith('-----'));
  return words.join(' ').trim();
}

const weights = ['proves', 'points', 'fits'];

function diagnosed(
  diagnosis: Diagnosis,
  { problems, setup, read, result }: Given,
  { at, titled }: { at: Places; titled: (problem: string) => { problem: string; title: string } },
): ReportDiagnosis[] {
  const problem = problems.find(({ id }) => id === diagnosis.problem);
  if (!problem) return [];
  const known: Case = { diagnosis, findings: read.findings, asides: read.asides };
  const byWeight = [...diagnosis.evidence].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  const best = new Set(byWeight.slice(0, mostEvidence));
  const evidence = [
    ...diagnosis.evidence
      .filter((one) => best.has(one))
      .flatMap(({ finding, sign, weight }) => {
        const because = `${problem.signs[sign]?.because ?? ''}${readAsWords(read.findings[finding])}`;
        return at.record(finding, because).map((line): Evidence => ({ ...line, weight }));
      }),
    ...diagnosis.blocks
      .slice(0, mostEvidence)
      .flatMap(({ aside, block }) => at.block(aside, problem.blocks[block]?.because)),
    ...(diagnosis.settings ?? [])
      .slice(0, mostEvidence)
      .flatMap(({ setting }) => at.setting(result.settings?.[setting])),
    ...(diagnosis.checks ?? []).flatMap(({ checks, because, weight }) =>
      checks.flatMap((index) =>
        at.check(result.checks?.[index], because).map((line): Evidence => ({ ...line, weight })),
      ),
    ),
  ];
  const { over } = diagnosis;
  const stamp = over ? read.findings[over.finding]?.record.stamp : undefined;
  const cases = casesOf(problem, setup, known);
  const fix = stepsOf(problem, 'steps', setup, known);
  return [
    {
      problem: problem.id,
      title: problem.title,
      summary: problem.summary,
      confidence: diagnosis.confidence,
      quoted: diagnosis.quoted,
      ...(diagnosis.host === undefined ? {} : { host: diagnosis.host }),
      over: over
        ? {
            likely: over.likely === true,
            ...(stamp ? { stamp } : {}),
            ...(over.back ? { reason: backWords(over.back) } : {}),
          }
        : false,
      evidence,
      evidenceCount: countOf(diagnosis, read),
      ofSettings: isOfSettings(diagnosis),
      alternatives: diagnosis.alternatives.map(titled),
      ask: diagnosis.ask,
      costs: problem.impact,
      impact: impactWords(problem.impact),
      cases,
      fix,
      steps: inOrder(cases, fix, stepsOf(problem, 'verify', setup, known)),
    },
  ];
}

/** So many names are a sentence that can still be read. */
const mostBack = 5;

/** Why the end of a case is probable. */
function backWords({ clients, missed }: Back): string {
  const names = clients.slice(0, mostBack).map((name) => cleanValue(name.slice(0, 255)));
  const [last = '', ...others] = [...names].reverse();
  const more = clients.length - names.length;
  const listed =
    more > 0
      ? `${names.join(', ')} and ${more} more`
      : [others.reverse().join(', '), last].filter(Boolean).join(' and ');
  if (clients.length === 1)
    return `The log knows this client only by its address. ${listed} ${
      missed ? 'was silent at that time and came back afterwards' : 'was first seen afterwards'
    }; no other client fits.`;
  return `The log knows these clients only by their addresses. As many clients as addresses ${
    missed ? 'were silent at that time and came back afterwards' : 'were first seen afterwards'
  }: ${listed}. It does not show which is which.`;
}

/** A line and what the catalogue says of it. */
function meant(lines: Evidence[], found: Finding | undefined, messages: Given['messages']): Unexplained[] {
  const message = messages.find(({ id }) => id === found?.message);
  const text = message?.texts.find(({ id }) => id === found?.text);
  const { meaning, action } = text ?? message ?? {};
  return lines.map((line) => ({ ...line, ...(meaning ? { meaning } : {}), ...(action ? { action } : {}) }));
}

function exclusion(because: Because, at: Places, checks: Result['checks'] = []): Exclusion[] {
  if (because.kind === 'check')
    return because.checks.flatMap((index) => at.check(checks[index])).map((line) => ({ ...line, why: because.kind }));
  if (because.kind !== 'absent') return at.record(because.finding).map((line) => ({ ...line, why: because.kind }));
  const { before, after, lacks } = because;
  return [before, ...(after === before ? [] : [after])]
    .flatMap((index) => at.record(index))
    .map((line) => ({ ...line, why: because.kind, lacks }));
}

/** Needs with the minute of the record that they are about; with its day too where the lines are of several. */
function needsOf(needs: readonly Need[], findings: readonly Finding[], ofDays: boolean): ReportNeed[] {
  return needs.map((need) => {
    if (!('side' in need)) return need;
    const record = need.finding === undefined ? undefined : findings[need.finding]?.record;
    return { side: need.side, log: minuteOf(record?.stamp, ofDays) };
  });
}

function minuteOf(stamp: string | undefined, ofDays: boolean): string {
  const [, day, minute] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(stamp ?? '') ?? [];
  if (!day || !minute) return 'the same minute';
  return ofDays ? `${day} ${minute}` : minute;
}

function fileReport(found: Finding | undefined, at: Places): FileReport[] {
  if (!found) return [];
  const { record, host, values } = found;
  const words = record.fields.find(({ name }) => name === 'msg')?.value;
  return [
    {
      file: at.file(record.source),
      line: record.line,
      ...(record.severity ? { severity: record.severity } : {}),
      ...(host === undefined ? {} : { host }),
      ...(values.path ? { path: values.path } : {}),
      ...(words ? { words } : {}),
      text: record.body,
    },
  ];
}

function harmlessOf({ read, result }: Given, at: Places): Report['harmless'] {
  const first = new Map<string, Report['harmless'][number]>();
  for (const { finding, because } of result.harmless) {
    const record = read.findings[finding]?.record;
    if (!record) continue;
    const known = first.get(because);
    if (known) known.count++;
    else first.set(because, { file: at.file(record.source), line: record.line, because, count: 1 });
  }
  return [...first.values()];
}

/** How many records of the same kind and client a long log has beside this one: they were counted only. */
function leftOut(finding: number, { findings, sources }: Input): number {
  const { source, line } = findings[finding]?.record ?? { source: -1, line: 0 };
  return sources[source]?.excerpt?.stands.get(line) ?? 0;
}

/** All that speaks for a diagnosis. */
function countOf({ evidence, blocks, settings = [], checks = [] }: Diagnosis, read: Input): number {
  const more = evidence.reduce((sum, { finding }) => sum + leftOut(finding, read), 0);
  return evidence.length + more + blocks.length + settings.length + checks.flatMap((one) => one.checks).length;
}

const isoTime = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

const windowOf = ({ from, to }: Window, { before, after }: Outside = { before: 0, after: 0 }): ReportWindow => ({
  ...(from === undefined ? {} : { from: isoTime(from) }),
  ...(to === undefined ? {} : { to: isoTime(to) }),
  before,
  after,
});
