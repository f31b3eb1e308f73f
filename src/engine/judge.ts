/**
 * What the sources say together: the second half of the engine's face (the first is summarise.ts). Pure and repeatable:
 * removing a source, changing a side or choosing another time is this once more.
 */
import type { Problem } from '../content/schemas.ts';
import { byOneClock } from './clocks.ts';
import type { Build, Rule } from './config/types.ts';
import { kindsOf } from './diagnosis/hosts.ts';
import { diagnose, type Result, type Thresholds } from './diagnosis/index.ts';
import type { KnownMessage } from './diagnosis/types.ts';
import { type Input, type InputKnowledge, readInput } from './input.ts';
import { countLines } from './log/lines.ts';
import type { SetupValues } from './setup.ts';
import type { Source } from './types.ts';
import { type Outside, readWindow, type Times, timesOf, type Window, type WindowWords, within } from './window.ts';

/** What the content says, compiled. */
export interface JudgeRules extends InputKnowledge {
  /** In the order in which equals are listed. */
  problems: readonly Problem[];
  messages: readonly KnownMessage[];
  /** Of configurations. */
  rules: readonly Rule[];
  thresholds: Thresholds;
}

/** What the reader chose. */
export interface Chosen {
  window?: Window | undefined;
  setup?: SetupValues;
  /** The program that the setup installs, where it is one only. */
  build?: Build | undefined;
  /** Clients of which alone something is said. */
  only?: readonly string[];
}

export interface Judged {
  /** What was read, with the sources without their secrets; of a window only what lies in it. */
  read: Input;
  result: Result;
  /** Of a window: how many lines were not judged. */
  outside?: Outside;
}

/** Judges sources, whole or summarised, in any order. Never throws on any text. */
export function judge(sources: readonly Source[], rules: JudgeRules, { window, ...chosen }: Chosen = {}): Judged {
  const given = readInput(sources, rules, chosen.setup);
  const { findings, clocks } = byOneClock(given.findings, () => kindsOf(rules.messages));
  const all: Input = clocks.length > 0 ? { ...given, findings, clocks } : given;
  const { outside, ...read } = window ? within(all, window, all.sources.map(linesOf)) : { ...all, outside: undefined };
  const { problems, messages, rules: settingRules, thresholds } = rules;
  const input = {
    build: undefined,
    ...read,
    ...chosen,
    rules: settingRules,
    thresholds,
    combinations: rules.checks?.combinations ?? [],
    checks: rules.checks?.checks ?? [],
  };
  const result = diagnose(read.findings, problems, messages, read.asides, input);
  if (!outside) return { read, result };
  // Who was never heard of in that time alone may have been heard before.
  const clients = result.clients.filter(({ state }) => state !== 'never-seen');
  return { read, result: { ...result, clients }, outside };
}

const linesOf = ({ text, part, excerpt }: Source) => ({
  count: excerpt?.lines ?? countLines(text) + (part?.skippedLines ?? 0),
  outside: excerpt?.outside,
});

/** First and last time in what was judged, and the last repair: what words for a window are read by. */
export const timesIn = ({ read, result }: Judged, { messages }: Pick<JudgeRules, 'messages'>): Times | undefined =>
  timesOf(read, result, messages);

/** A window in the reader's words, and what was read again for it. */
export interface Asked {
  words: WindowWords;
  /** By name: of long files the part in which the window lies. */
  again?: readonly Source[] | undefined;
  /** When the reader did the last step of a repair, by the clock of this machine. */
  repaired?: number | undefined;
}

/** What was judged, and of which time. */
export interface JudgedTime extends Judged {
  /** All of it, whatever was asked for. */
  whole: Judged;
  times: Times | undefined;
  /** The window; `not`: the word that means no time here, and all was judged. */
  window?: Required<Window> | { not: string };
}

/** Judges all, and if a window is asked for, that. */
export function judgeTime(
  sources: readonly Source[],
  rules: JudgeRules,
  { words = {}, again = [], repaired }: Partial<Asked>,
  chosen: Omit<Chosen, 'window'>,
): JudgedTime {
  const whole = judge(sources, rules, chosen);
  const times = withRepair(timesIn(whole, rules), repaired);
  if (words.since === undefined && words.until === undefined) return { ...whole, whole, times };
  const window = times ? readWindow(words, times) : { not: words.since ?? words.until ?? '' };
  if ('not' in window) return { ...whole, whole, times, window };
  const inWindow = sources.map((source) => again.find(({ name }) => name === source.name) ?? source);
  return { ...judge(inWindow, rules, { ...chosen, window }), whole, times, window };
}

/** What the reader did is the repair, if lines were written after it. */
function withRepair(times: Times | undefined, repaired: number | undefined): Times | undefined {
  if (!times || repaired === undefined) return times;
  const time = Math.floor(repaired / 1000) * 1000;
  if (time <= times.first || time >= times.last || time < (times.repair?.time ?? time)) return times;
  return { ...times, repair: { time, by: 'ticked' } };
}
