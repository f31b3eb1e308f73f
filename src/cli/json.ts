/** The JSON that scripts build on: schema 1. Fields are only ever added. */
import type { Problem } from '../content/schemas.ts';
import { type Ask, allSteps, type Case, type Diagnosis, type Result, type State } from '../engine/diagnosis/index.ts';
import type { Input } from '../engine/input.ts';
import type { SetupValues } from '../engine/setup.ts';
import type { Confidence, Finding, Side, Source, Unrecognised } from '../engine/types.ts';
import { type JsonSetting, jsonSettings } from './settings.ts';

export interface JsonEvidence {
  file: string;
  line: number;
  /** null where nothing tells the side. */
  side: Side | null;
  /** Catalogue id, or `explanation`, `emergency` or `crash` for lines that are no records; empty if no entry matches. */
  message?: string;
  /** In place of it, for a line of a configuration: the rule. */
  setting?: string;
  /** The words that the line was taken for, where one of them is misspelt in it. */
  readAs?: string;
}

export interface JsonDiagnosis {
  problem: string;
  confidence: Confidence;
  /** There if nothing shows that samhain wrote the evidence: the problem is possible, if it did. */
  quoted?: true;
  /** null if the problem concerns no one client. */
  host: string | null;
  over: boolean;
  /** There if it is only probably over: the lines know the client by its address, and one that fits came back. */
  overLikely?: true;
  evidence: JsonEvidence[];
  ask: string[];
  /** The commands of the fix and of its verification, in order. */
  steps: JsonStep[];
}

export interface JsonStep {
  /** null where the step does not say. */
  at: Side | 'both' | null;
  /** The case of the problem that it belongs to; absent for what is done in any case. */
  case?: string;
  changes: boolean;
  /** Byte for byte what the Copy button of the page copies. Empty where the setup has no such command. */
  run: string;
  /** Why it has none. */
  none?: string;
  /** Variables that `run` sets to nothing: the reader fills them. */
  open: { name: string; what: string; logged?: string }[];
}

/** A report of the file check. */
export interface JsonFileReport {
  file: string;
  line: number;
  /** The client that reports, if the lines name it. */
  host?: string;
  /** What changed, where the report is about a file. */
  path?: string;
  text: string;
}

/** More reports than this are counted only. */
const mostReports = 1000;

export interface JsonReport {
  schema: 1;
  input: {
    /** False if a file was read only in part. */
    complete: boolean;
    lines: number;
    bytes: number;
    records: number;
    recognised: number;
    /** `like`: messages with these words, where nothing shows that samhain wrote the line. */
    unrecognised: { file: string; line: number; text: string; like?: string[] }[];
    /** How many places held a secret (a password, a verifier, a key) and are masked here; absent if none did. */
    masked?: number;
    /** Files that are a configuration, and no log; absent if none is. */
    configurations?: string[];
  };
  /** True if the state is healthy or reports. */
  healthy: boolean;
  state: State;
  /** Errors that no diagnosis and no rule accounts for. */
  unexplained: JsonEvidence[];
  diagnoses: JsonDiagnosis[];
  /** What is wrong in configurations, by file and line; absent where none was given. */
  settings?: JsonSetting[];
  /** Reports of the file check, whatever else is found; the worst first. */
  reports: JsonFileReport[];
  /** All of them, those listed included. */
  reportsCount: number;
}

/** One line of advice. */
export function askText({ look, run, on, none }: Ask): string {
  const where = on === 'both' ? 'On both sides' : `On the ${on}`;
  if (none !== undefined) return `${where}: ${look} No command here: ${none}`;
  return run ? `${where}: ${look} Command: ${run.includes('\n') ? `\n${run}` : run}` : `${where}: ${look}`;
}

/** Said first where nothing shows that samhain wrote the evidence. */
export const askWhole =
  "If this is samhain's: give the whole line as it is in the log, with severity, time stamp and all that follows.";

/** The whole report as plain data. */
export function jsonReport(
  sources: readonly Source[],
  read: Input,
  result: Result,
  { problems, setup }: { problems: readonly Problem[]; setup: SetupValues },
): JsonReport {
  const byId = new Map(problems.map((problem) => [problem.id, problem]));
  const file = (source: number) => sources[source]?.name ?? '';
  const unknown = read.findings
    .filter(({ message }) => !message)
    .map(({ record: { source, line, body } }): Unrecognised => ({ source, line, text: body }));
  return {
    schema: 1,
    input: {
      complete: read.complete,
      lines: read.lines,
      bytes: read.bytes,
      records: read.records,
      recognised: read.records - unknown.length,
      unrecognised: [...read.unrecognised, ...unknown]
        .sort((a, b) => a.source - b.source || a.line - b.line)
        .map(({ source, line, text, like }) => ({
          file: file(source),
          line,
          text,
          ...(like ? { like: like.map(({ message }) => message) } : {}),
        })),
      ...(read.masked.count > 0 ? { masked: read.masked.count } : {}),
      ...(read.configurations.length > 0 ? { configurations: read.configurations.map(file) } : {}),
    },
    healthy: result.healthy,
    state: result.state,
    unexplained: [
      ...result.open.flatMap((index) => recordAt(index, read, file)),
      ...result.openBlocks.flatMap((aside) => blockAt(aside, read, file)),
    ],
    diagnoses: result.diagnoses.map((diagnosis) => ({
      problem: diagnosis.problem,
      confidence: diagnosis.confidence,
      ...(diagnosis.quoted ? { quoted: true } : {}),
      host: diagnosis.host ?? null,
      over: diagnosis.over !== false,
      ...(diagnosis.over !== false && diagnosis.over.likely ? { overLikely: true } : {}),
      evidence: [...evidenceOf(diagnosis, read, file), ...settingsOf(diagnosis, result, read, file)],
      ask: [...(diagnosis.quoted ? [askWhole] : []), ...diagnosis.ask.map(askText)],
      steps: stepsFor(byId.get(diagnosis.problem), setup, { diagnosis, findings: read.findings, asides: read.asides }),
    })),
    ...(read.settings.length > 0 ? { settings: jsonSettings(result, file) } : {}),
    reports: result.reports.slice(0, mostReports).flatMap((index) => fileReport(read.findings[index], file)),
    reportsCount: result.reports.length,
  };
}

function stepsFor(problem: Problem | undefined, setup: SetupValues, known: Case): JsonStep[] {
  if (!problem) return [];
  return allSteps(problem, setup, known).flatMap(({ case: only, changes, commands }) =>
    commands.map(({ at, text, assignments, none }) => ({
      at: at ?? null,
      ...(only === undefined ? {} : { case: only }),
      changes,
      run: text,
      ...(none === undefined ? {} : { none }),
      open: assignments
        .filter(({ open }) => open)
        .map(({ word, what, logged }) => ({ name: word, what, ...(logged ? { logged: logged.value } : {}) })),
    })),
  );
}

function fileReport(found: Finding | undefined, file: (source: number) => string): JsonFileReport[] {
  if (!found) return [];
  const { record, host, values } = found;
  return [
    {
      file: file(record.source),
      line: record.line,
      ...(host === undefined ? {} : { host }),
      ...(values.path ? { path: values.path } : {}),
      text: record.body,
    },
  ];
}

function evidenceOf(diagnosis: Diagnosis, read: Input, file: (source: number) => string): JsonEvidence[] {
  const records = diagnosis.evidence.flatMap(({ finding }) => recordAt(finding, read, file));
  return [...records, ...diagnosis.blocks.flatMap(({ aside }) => blockAt(aside, read, file))];
}

function settingsOf(
  { settings = [] }: Diagnosis,
  result: Result,
  read: Input,
  file: (source: number) => string,
): JsonEvidence[] {
  return settings.flatMap(({ setting }) => {
    const found = result.settings?.[setting];
    const side = read.settings.find(({ source }) => source === found?.source)?.side ?? null;
    return found ? [{ file: file(found.source), line: found.line, side, setting: found.rule }] : [];
  });
}

function blockAt(aside: number, read: Input, file: (source: number) => string): JsonEvidence[] {
  const block = read.asides[aside];
  return block ? [{ file: file(block.source), line: block.line, side: null, message: block.kind }] : [];
}

function recordAt(index: number, read: Input, file: (source: number) => string): JsonEvidence[] {
  const found = read.findings[index];
  if (!found) return [];
  const { record, side, message, readAs } = found;
  const place = { file: file(record.source), line: record.line, side: side ?? null, message: message ?? '' };
  return [readAs === undefined ? place : { ...place, readAs }];
}
