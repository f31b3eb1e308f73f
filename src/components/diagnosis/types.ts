/** Shapes of what the paste box shows, made by the files beside this one and drawn by the components. */
import type { Kind } from '../../engine/diagnosis/values.ts';
import type { Confidence, Severity, Side, Weight } from '../../engine/types.ts';
import type { ImpactWords } from '../../report/impact.ts';
import type { Stage } from '../map/Map.tsx';

/** A line above a command that sets one variable. */
export interface AssignmentView {
  /** The variable. */
  word: string;
  /** The line. */
  line: string;
  /** It sets the variable to nothing, until the reader fills it. */
  open: boolean;
}

export interface CommandView {
  on?: Side | 'both';
  /** What the Copy button copies, as long as the reader fills nothing. */
  text: string;
  /** Why this setup has no such command. */
  none?: string;
  assignments: AssignmentView[];
  /** Below the assignments. */
  body: string;
}

/** A value of commands: one field fills them all. */
export interface ValueView {
  word: string;
  /** What to put in. */
  what: string;
  kind?: Kind;
  /** What the lines gave, in commands that may take it. */
  found?: string;
  /** What the log names, and no command takes by itself: it is put in only if the reader says so. */
  logged?: string;
  /** What names that value, where it is no log. */
  by?: 'setting' | 'check';
}

export interface StepView {
  /** By what its tick is kept. */
  id: string;
  /** The sentence in parts; `code` ones are set in monospace. */
  do: { text: string; code: boolean }[];
  on?: Side | 'both';
  changes: boolean;
  commands: CommandView[];
  withheld: boolean;
  /** Steps with the same number share a shell. */
  terminal?: number;
  /** False where no captured run shows that it prints this. */
  captured?: false;
  prints?: string;
  guideHref?: string;
  /** Of a verification: the line that shows that it holds. */
  proof?: { where: string; line: string; time?: string };
}

/** One of the ways into a problem. */
export interface CaseView {
  id: string;
  title: string;
  when: StepView['do'];
  test?: StepView;
  steps: StepView[];
  /** The line that chose it. */
  by?: string;
}

/** A line that speaks for a problem. */
export interface EvidenceView {
  where: string;
  kind: 'line' | 'configuration' | 'check';
  side?: Side;
  /** Of a line of a log; what a configuration or a check says is so now. */
  time?: string;
  /** The row of the log that it is. */
  row?: string;
  /** The same as a number, by the server's clock; and in words by the client's, where that is off. */
  at?: number;
  own?: string;
  /** First of the lines, and all of them where they are several. */
  line: string;
  lines: string[];
  because: string;
  weight?: Weight;
}

export interface VerdictView {
  /** Problem and client. */
  key: string;
  problem: string;
  title: string;
  summary: string;
  href: string;
  step: string;
  confidence: Confidence;
  /** Possible, if the words are samhain's: nothing in the lines shows it. */
  quoted: boolean;
  host?: string;
  over: boolean;
  /** The lines do not name the client: it is probably the one that came back. */
  overLikely: boolean;
  overStamp?: string;
  /** When it was over, short. */
  overTime?: string;
  evidence: EvidenceView[];
  /** How many lines speak for it, and from when to when. */
  times: number;
  first?: string;
  last?: string;
  /** The last record about the client, where it is later than the last sign. */
  alive?: string;
  /** That the client's clock is off. */
  clock?: string;
  /** What in the lines would decide that it is this one. */
  decides?: string;
  values: ValueView[];
  forged: boolean;
  /** What it costs until it is fixed. */
  impact: ImpactWords[];
  /** The ways into it, or the one that the lines show; what all have in common is the fix. */
  cases: CaseView[];
  /** Those that the evidence rules out. */
  others: CaseView[];
  fix: StepView[];
  verify: StepView[];
  similar: { href: string; title: string; tell: StepView['do'] }[];
}

/** A row of the list: a problem and a client, or the problems that the same lines fit. */
export interface GroupView {
  key: string;
  state: 'to-fix' | 'undecided' | 'silent' | 'fixed';
  /** Of a fixed one: it is only probable. */
  likely?: true;
  host?: string;
  title: string;
  /** Since when it is there, or is fixed. */
  since?: string;
  times: number;
  /** Keys of its verdicts, the best first. */
  members: string[];
  /** Several fit about equally. */
  even: boolean;
  map?: Stage[];
  /** What decides between them, or makes sure. */
  decide?: Decide;
}

export interface Decide {
  /** The best answer stands on bare words: the whole record would show whose they are. */
  quoted: boolean;
  ask: { on: Side | 'both'; look: string; run?: string; none?: string }[];
  question?: { href: string; ask: string };
}

/** A report of the file check. */
export interface ReportView {
  where: string;
  severity?: Severity;
  host?: string;
  words: string;
  /** The file, or what else the report names. */
  about: string;
  href?: string;
  forged: boolean;
}
