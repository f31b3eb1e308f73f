/** What the judge says: plain data for the pages, the command line and the tests. */
import type { Message } from '../../content/schemas.ts';
import type { FoundOutcome } from '../checks/found.ts';
import type { FoundSetting, OpenSetting } from '../config/types.ts';
import type { Confidence, Severity, Side, Sink, Weight } from '../types.ts';

/** The catalogue's share that the judge needs. */
export interface KnownMessage
  extends Pick<
    Message,
    | 'id'
    | 'kind'
    | 'side'
    | 'severity'
    | 'alsoSeverity'
    | 'fields'
    | 'harmless'
    | 'reaches'
    | 'begins'
    | 'session'
    | 'process'
  > {
  texts: readonly Pick<Message['texts'][number], 'id' | 'side' | 'severity' | 'harmless' | 'reaches' | 'begins'>[];
}

/** A record that speaks for a problem. */
export interface Evidence {
  /** Index into the findings given. */
  finding: number;
  /** Index into the problem's `signs`. */
  sign: number;
  weight: Weight;
  /** The same record in other sinks or files: indexes into the findings. */
  copies: number[];
}

/** An explanation block or emergency line that speaks for a problem. */
export interface BlockEvidence {
  /** Index into the asides given. */
  aside: number;
  /** Index into the problem's `blocks`. */
  block: number;
  weight: Weight;
}

/** A finding in a configuration that speaks for a problem. */
export interface SettingEvidence {
  /** Index into `settings` of the result. */
  setting: number;
  /** The case of the problem that it shows. */
  case?: string;
}

/** Outputs of checks that speak for a problem: one by itself, or several together. */
export interface CheckEvidence {
  /** Indexes into `checks` of the result. */
  checks: number[];
  because: string;
  case?: string;
  weight: Weight;
}

/** What to look for next. */
export interface Ask {
  on: Side | 'both';
  look: string;
  run?: string;
  /** Why this setup has no command for it. */
  none?: string;
  /** The candidate that this decides. */
  problem: string;
}

/** A text, no file, that ends within a record: it may have been cut by copying it. */
export interface CutEnd {
  /** Index into the asides. */
  aside: number;
  /** What tells whether it was. */
  ask: Ask[];
}

/** A value, and what shows it: a line of a configuration, or a check's command or output. */
export interface Offer {
  value: string;
  by: 'setting' | 'check';
}

/** Clients that came back: as many as were turned away and are known by their address only. */
export interface Back {
  /** Names, sorted. */
  clients: readonly string[];
  /** True if the server had heard of them before, and did not while the addresses were turned away. */
  missed: boolean;
}

export interface Diagnosis {
  /** Id of the problem. */
  problem: string;
  /** certain: the lines leave no other; likely: another cause is thinkable; possible: one of several. */
  confidence: Confidence;
  /** All of its evidence is bare words that may be another program's: it is possible, if they are samhain's. */
  quoted: boolean;
  /** The client concerned, as fully as the lines name it; absent if the problem concerns no one client. */
  host?: string;
  /**
   * The record that shows the end of it, if it was over later. `likely`: the lines know the client by its address only, and
   * it is probably the one whose record this is.
   */
  over: false | { finding: number; time?: number; likely?: true; back?: Back };
  /** First and last time of the evidence, milliseconds since 1970 UTC. */
  from?: number;
  to?: number;
  evidence: Evidence[];
  blocks: BlockEvidence[];
  /** Findings in configurations that speak for it. */
  settings?: SettingEvidence[];
  checks?: CheckEvidence[];
  /** Values of its commands that a configuration or an output shows, by their names. */
  offers?: Readonly<Record<string, Offer>>;
  /** Findings that follow from this problem. */
  explains: number[];
  /** Other problems listed that the same lines fit. */
  alternatives: string[];
  /** What decides; empty if nothing is left to decide. */
  ask: Ask[];
}

/** A line that looks bad and is not. */
export interface Harmless {
  finding: number;
  because: string;
}

/**
 * diagnosed: at least one problem, be it over. unclear: an error that no known problem accounts for. reports: all is well
 * between client and server, and the file check reports something. healthy: nothing wrong in the lines.
 * part: nothing wrong in what was read, and that is not all. read: no line of a log, but a configuration or outputs of checks,
 * and nothing is wrong in them. nothing: no record of samhain or yule that is known.
 */
export type State = 'diagnosed' | 'unclear' | 'reports' | 'healthy' | 'part' | 'read' | 'nothing';

/**
 * to-fix: something certain or likely stands. undecided: something possible does. silent: nothing was heard of it after the
 * server's limit. fixed: all that was is over. fine: nothing was found. never-seen: it is in the list of clients, and no
 * line of the server's log names it.
 */
export type ClientState = 'to-fix' | 'undecided' | 'silent' | 'fixed' | 'fine' | 'never-seen';

/** A client of which the lines tell. */
export interface Client {
  host: string;
  state: ClientState;
  /** The problem that stands, the best first; of a fixed one the one that was. */
  problem?: string;
  /** From when it stands, or from when it is fixed: milliseconds since 1970 UTC. */
  since?: number;
  /** The first and the last record about it. */
  first?: number;
  last?: number;
  /** The last record that shows it with a session key; absent if there is none: anyone can send a name. */
  alive?: number;
}

/** A problem of a client that came and went, or stands: milliseconds since 1970 UTC. */
export interface Spell {
  problem: string;
  host: string;
  /** First and last sign. */
  from: number;
  to: number;
  /** The record that ended it; absent while it stands. */
  end?: number;
  likely?: true;
}

/** Why a problem is excluded. */
export type Because =
  /** It would have shown itself between these two records of a side's log; none of these messages is there. */
  | { kind: 'absent'; side: Side; before: number; after: number; lacks: string[] }
  /** A record shows that a later step was reached, or that the thing works. */
  | { kind: 'reached' | 'works'; finding: number }
  /** Outputs show that it is not there now: indexes into `checks` of the result. */
  | { kind: 'check'; checks: number[] };

/** A problem that the lines rule out. */
export interface Excluded {
  problem: string;
  /** The one client of which the lines tell. */
  host?: string;
  because: Because[];
}

/**
 * What would judge a problem: the log of a side at the time of a record (absent if none has a time), the output of a
 * check, or an option of the configuration.
 */
export type Need = { side: Side; finding?: number } | { check: string } | { setting: string };

/** A problem of which the lines tell nothing. */
export interface NotJudged {
  problem: string;
  needs: Need[];
}

export interface Result {
  state: State;
  /** By name. A shared short name, and an address without a problem, are no client. */
  clients: Client[];
  /** Best first; those that were over come last. */
  diagnoses: Diagnosis[];
  /** Of a log of several days and clients: when each of them came and went. */
  spells?: Spell[];
  /** Every problem is in one of three: among the diagnoses, here, or among those not judged. */
  excluded: Excluded[];
  notJudged: NotJudged[];
  harmless: Harmless[];
  /** The errors that make the state unclear: indexes into the findings. */
  open: number[];
  /** Explanations that make the state unclear, where nothing is diagnosed: indexes into the asides. */
  openBlocks: number[];
  /** Reports of the file check, each once, the worst first; whatever else is found: indexes into the findings. */
  reports: number[];
  /** Findings in configurations, by file and line; absent where there was none. */
  settings?: FoundSetting[];
  /** What could be wrong in them, and cannot be said from what was given. */
  settingsOpen?: OpenSetting[];
  /** Outputs of checks, by source and line; absent where there was none. */
  checks?: FoundOutcome[];
  /** Texts that end within a record, where the end may be the copy's. */
  cutEnds: CutEnd[];
  /** True for healthy and reports only. */
  healthy: boolean;
}

/** One record as the judge sees it. */
export interface Observation {
  /** Place in the list of observations. */
  index: number;
  /** Index into the findings, or -1 for a block. */
  finding: number;
  /** Index into the asides, or -1 for a record. */
  aside: number;
  /** Catalogue id; empty for a block. */
  message: string;
  text?: string;
  /** Text of a block, lower-case. */
  words?: string;
  /** The block is none that the program prints: a line of the system that tells of a crash, or a torn record. */
  told?: 'crash' | 'torn';
  values: Record<string, string>;
  side?: Side;
  severity?: Severity;
  /** All sinks in which the record or a copy of it was read. */
  sinks: Sink[];
  /** Key of the client concerned. */
  host?: string;
  /** The record names nobody; the host is that of the session that follows it. */
  borrowed?: true;
  /** Milliseconds; for a relayed record the server's time, so that one clock rules a server log. */
  time?: number;
  /** When a relayed record was made, by the client's clock; milliseconds. */
  made?: number;
  source: number;
  /** Place among the observations of its source. */
  ordinal: number;
  /** The first record of its log, behind [SOF] or <trail>. */
  opens: boolean;
  /** How many runs of a client ended before it in its source: what one run printed is about no try of the next. */
  run: number;
  /** Which log of its source: within one second nothing tells the order of two logs. */
  segment: number;
  /** The side in whose log it stands: a relayed record is the client's, in a log of the server. */
  writer?: Side;
  /** Bare words that may be another program's. */
  quoted: boolean;
  copies: number[];
}
