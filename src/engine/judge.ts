/**
 * What the sources say together: the second half of the engine's face (the first is summarise.ts). Pure and repeatable:
 * removing a source, changing a side or choosing another time is this once more.
 */
import type { Problem } from '../content/schemas.ts';
import type { Build, Rule } from './config/types.ts';
import type { KnownMessage } from './diagnosis/harmless.ts';
import { diagnose, type Result, type Thresholds } from './diagnosis/index.ts';
import { type Input, type InputKnowledge, readInput } from './input.ts';
import type { SetupValues } from './setup.ts';
import type { Aside, Finding, Source } from './types.ts';

/** What the content says, compiled. */
export interface JudgeRules extends InputKnowledge {
  /** In the order in which equals are listed. */
  problems: readonly Problem[];
  messages: readonly KnownMessage[];
  /** Of configurations. */
  rules: readonly Rule[];
  thresholds: Thresholds;
}

/** A time that was chosen: milliseconds since 1970 UTC, both ends belong to it. */
export interface Window {
  from?: number;
  to?: number;
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
}

/** Judges sources, whole or summarised, in any order. Never throws on any text. */
export function judge(sources: readonly Source[], rules: JudgeRules, { window, ...chosen }: Chosen = {}): Judged {
  const read = within(readInput(sources, rules, chosen.setup), window);
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
  return { read, result: diagnose(read.findings, problems, messages, read.asides, input) };
}

/** Time of a record, by the clock of whoever wrote the log. */
const timeOf = ({ record }: Finding): number | undefined => record.relay?.time ?? record.time;

/** Without the records of another time. What has no time of its own goes with the record above it. */
function within(read: Input, window: Window | undefined): Input {
  if (!window) return read;
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = window;
  const isInside = (time: number | undefined) => time === undefined || (time >= from && time <= to);
  const places = new Map<number, { line: number; time: number }[]>();
  for (const finding of read.findings) {
    const time = timeOf(finding);
    if (time === undefined) continue;
    const { source, line } = finding.record;
    const list = places.get(source);
    if (list) list.push({ line, time });
    else places.set(source, [{ line, time }]);
  }
  const timeAbove = ({ source, line }: Pick<Aside, 'source' | 'line'>): number | undefined => {
    const list = places.get(source) ?? [];
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.line ?? 0) <= line) low = middle + 1;
      else high = middle;
    }
    return (list[low - 1] ?? list[0])?.time;
  };
  return {
    ...read,
    findings: read.findings.filter((finding) => isInside(timeOf(finding) ?? timeAbove(finding.record))),
    asides: read.asides.filter((aside) => isInside(timeAbove(aside))),
    unrecognised: read.unrecognised.filter((line) => isInside(timeAbove(line))),
  };
}

/** The time of the last record, milliseconds; undefined where none has a time. */
export function lastTime({ findings }: Pick<Input, 'findings'>): number | undefined {
  let last: number | undefined;
  for (const finding of findings) {
    const time = timeOf(finding);
    if (time !== undefined && (last === undefined || time > last)) last = time;
  }
  return last;
}

/**
 * The beginning of a window as a person writes it: an ISO time (a local one without a zone), or `2h`, `3d`, `30m`
 * before the last record. @returns milliseconds, or undefined where it is neither
 */
export function readSince(text: string, last: number | undefined): number | undefined {
  const span = /^(\d{1,6})([smhdw])$/.exec(text.trim());
  if (span) {
    const unit = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }[span[2] as 's'] * 1000;
    return last === undefined ? undefined : last - Number(span[1]) * unit;
  }
  if (!/^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(text.trim()))
    return undefined;
  const time = Date.parse(text.trim().replace(' ', 'T'));
  return Number.isNaN(time) ? undefined : time;
}
