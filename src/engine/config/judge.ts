/** Judges settings by the rules of the content: each rule is a list of facts that an entry must have. */

import type { Entry, Fact, Settings } from './read.ts';

/** What a fact must be. */
export type FactTest =
  | string
  | number
  | boolean
  | {
      is?: readonly string[] | undefined;
      not?: readonly string[] | undefined;
      matches?: string | undefined;
      above?: number | undefined;
      below?: number | undefined;
    };

export type Need = 'other-file' | 'log' | 'mode' | 'check' | 'setup';

export interface Rule {
  /** Its name in results; several rules can have one. */
  rule: string;
  degree: 'breaks' | 'misleads' | 'untidy';
  /** Whose files; all if not said. */
  files?: readonly ('client' | 'server')[] | undefined;
  needs: readonly Need[];
  when: Readonly<Record<string, FactTest>>;
  /** Not if some other option has a value that logs. */
  unless?: { option: readonly string[] } | undefined;
  /** The whole file, if it has none of these options: the finding has no line. */
  lacks?: readonly string[] | undefined;
  /** Compared with the last value of an option in the other side's file. */
  against?: { option: string; default: string; is: 'not-above' | 'differs' } | undefined;
  /** A line of the log has all of one of these lists, {value} being the value of the setting. */
  log?: readonly (readonly string[])[] | undefined;
  /** Bits of the file mode, one of which is set. */
  mode?: number | undefined;
  setup?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** What is there and what the program makes of it; {option}, {value} … are facts of the line. */
  says: string;
  effect: string;
  /** The corrected line. */
  write?: string | undefined;
  /** What to do, where a line cannot be given. */
  edit?: string | undefined;
  problem?: string | undefined;
  case?: string | undefined;
  versions: string;
}

export interface SettingFinding {
  /** 0: the whole file. */
  line: number;
  rule: string;
  degree: Rule['degree'];
  says: string;
  effect: string;
  write?: string;
  edit?: string;
  problem?: string;
  case?: string;
}

/** What else is known. */
export interface SettingContext {
  other?: Settings;
  log?: string;
  mode?: number;
  setup?: Readonly<Record<string, string | number | boolean>>;
  /** Answers of checks by rule. */
  checks?: Readonly<Record<string, boolean>>;
}

export interface Judged {
  findings: SettingFinding[];
  notJudged: { rule: string; line: number; needs: Need[] }[];
}

const MAX = 200;

/** Findings in the order of the lines, one rule a line; what needs more than was given is in notJudged. */
export function judgeSettings(settings: Settings, rules: readonly Rule[], context: SettingContext = {}): Judged {
  const findings: SettingFinding[] = [];
  const notJudged: Judged['notJudged'] = [];
  const taken = new Set<number>();
  const own = rules.filter((r) => !r.files || r.files.some((f) => settings.builds.includes(f)));
  const last = lastValues(settings);
  const tests = own.map((rule) => ({ rule, when: Object.entries(rule.when) }));
  const put = (rule: Rule, entry: Entry): boolean => {
    const missing = rule.needs.filter((n) => !given(n, rule, context));
    if (missing.length > 0) {
      if (notJudged.length < MAX) notJudged.push({ rule: rule.rule, line: entry.line, needs: missing });
      return false;
    }
    if (!more(rule, entry, context)) return false;
    findings.push(finding(rule, entry));
    return true;
  };
  for (const entry of settings.entries) {
    if (findings.length >= MAX) break;
    for (const { rule, when } of tests) {
      if (rule.lacks || rule.mode !== undefined || taken.has(entry.line)) continue;
      if (!when.every(([name, test]) => passes(test, entry.facts[name]))) continue;
      if (rule.unless?.option.some((o) => last.get(o)?.facts.empty === false)) continue;
      if (put(rule, entry)) taken.add(entry.line);
    }
  }
  const whole: Entry = { line: 0, facts: {} };
  for (const rule of own) {
    if (rule.mode !== undefined || (rule.lacks && settings.complete && !rule.lacks.some((o) => last.has(o))))
      put(rule, whole);
  }
  return { findings: findings.sort((a, b) => a.line - b.line), notJudged };
}

function lastValues(settings: Settings): Map<string, Entry> {
  const last = new Map<string, Entry>();
  for (const entry of settings.entries) {
    const { what, option, maybe, refused } = entry.facts;
    if (what === 'option' && typeof option === 'string' && !maybe && !refused) last.set(option, entry);
  }
  return last;
}

function given(need: Need, rule: Rule, context: SettingContext): boolean {
  if (need === 'other-file') return context.other !== undefined;
  if (need === 'check') return context.checks?.[rule.rule] !== undefined;
  return context[need] !== undefined;
}

function more(rule: Rule, entry: Entry, context: SettingContext): boolean {
  const { facts } = entry;
  if (rule.needs.includes('check') && !context.checks?.[rule.rule]) return false;
  if (rule.mode !== undefined && ((context.mode ?? 0) & rule.mode) === 0) return false;
  if (rule.setup && Object.entries(rule.setup).some(([k, v]) => context.setup?.[k] !== v)) return false;
  if (rule.log !== undefined) {
    const value = String(facts.value ?? '').trim();
    const lists = rule.log.map((words) => words.map((w) => w.replace('{value}', () => value)));
    const lines = (context.log ?? '').split('\n');
    if (value === '' || !lines.some((l) => lists.some((words) => words.every((w) => l.includes(w))))) return false;
  }
  if (rule.against) {
    const other = context.other && lastValues(context.other).get(rule.against.option);
    const theirs = String(other?.facts.value ?? rule.against.default);
    const mine = String(facts.value ?? '');
    if (rule.against.is === 'differs') return mine !== theirs;
    return Number.parseInt(mine, 10) <= Number.parseInt(theirs, 10);
  }
  return true;
}

function passes(test: FactTest, fact: Fact): boolean {
  if (typeof test !== 'object') return test === false ? !fact : fact === test;
  const text = String(fact ?? '');
  if (test.is && !test.is.includes(text)) return false;
  if (test.not?.includes(text)) return false;
  if (test.matches !== undefined && !new RegExp(test.matches).test(text)) return false;
  if (test.above !== undefined && !(Number(fact) > test.above)) return false;
  return test.below === undefined || Number(fact) < test.below;
}

function finding(rule: Rule, { line, facts }: Entry): SettingFinding {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '…'));
  // A corrected line is given only if all of it is known.
  const whole =
    rule.write !== undefined && [...rule.write.matchAll(/\{(\w+)\}/g)].every(([, n]) => facts[n ?? ''] !== undefined);
  return {
    line,
    rule: rule.rule,
    degree: rule.degree,
    says: fill(rule.says),
    effect: fill(rule.effect),
    ...(whole && { write: fill(rule.write ?? '') }),
    ...(rule.edit !== undefined && { edit: fill(rule.edit) }),
    ...(rule.problem !== undefined && { problem: rule.problem }),
    ...(rule.case !== undefined && { case: rule.case }),
  };
}
