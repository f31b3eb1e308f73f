/** Judges settings by the rules of the content: each rule is a list of facts that an entry must have. */

import { distance } from '../distance.ts';
import type { Finding } from '../types.ts';
import type { Entry, Fact, FactTest, Need, Rule, Seen, SettingFinding, Settings } from './types.ts';
import { hasForm } from './values.ts';

/** What else is known. */
export interface SettingContext {
  /** Configurations of the other side. */
  others?: readonly Settings[];
  /** What the logs say. */
  seen?: readonly Finding[];
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
  // An option in a block that may be read here counts as well: that it is missing is not certain then.
  const conditional = new Set(
    settings.entries
      .filter(({ facts }) => facts.maybe && !facts.refused && !facts.empty)
      .map(({ facts }) => facts.option),
  );
  const names = new Set([...settings.entries.map(({ facts }) => facts.key), ...settings.named]);
  const tests = own.map((rule) => ({ rule, when: Object.entries(rule.when) }));
  const ofLine = tests.filter(({ rule, when }) => !rule.lacks && when.length > 0);
  const put = (rule: Rule, entry: Entry): boolean => {
    const missing = (rule.needs ?? []).filter((n) => !given(n, rule, context));
    if (missing.length > 0) {
      if (!rule.quiet && notJudged.length < MAX) notJudged.push({ rule: rule.rule, line: entry.line, needs: missing });
      return false;
    }
    const extra = more(rule, entry, context, names);
    if (!extra) return false;
    findings.push(finding(rule, entry, extra));
    return true;
  };
  for (const entry of settings.entries) {
    if (findings.length >= MAX) break;
    for (const { rule, when } of ofLine) {
      if (taken.has(entry.line)) break;
      if (!when.every(([name, test]) => holds(test, entry.facts[name]))) continue;
      if (rule.unless?.option.some((o) => conditional.has(o) || (last.has(o) && !last.get(o)?.facts.empty))) continue;
      if (put(rule, entry)) taken.add(entry.line);
    }
  }
  const whole: Entry = { line: 0, facts: {} };
  for (const { rule, when } of tests) {
    if (when.length === 0 && !rule.lacks) put(rule, whole);
    else if (rule.lacks && settings.complete && !rule.lacks.some((o) => last.has(o))) put(rule, whole);
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
  if (need === 'other-file') return context.others !== undefined;
  if (need === 'log') return context.seen !== undefined;
  if (need === 'check') return context.checks?.[rule.rule] !== undefined;
  return context[need] !== undefined;
}

/** What a rule asks beside the facts of the line; what it found there, for its words, or nothing if it does not hold. */
function more(
  rule: Rule,
  { facts, line }: Entry,
  context: SettingContext,
  names: ReadonlySet<Fact>,
): Entry['facts'] | undefined {
  if (rule.needs?.includes('check') && !context.checks?.[rule.rule]) return undefined;
  if (rule.mode !== undefined && ((context.mode ?? 0) & rule.mode) === 0) return undefined;
  if (rule.setup && Object.entries(rule.setup).some(([k, v]) => context.setup?.[k] !== v)) return undefined;
  if (rule.seen) {
    const fact = rule.seen.fact === 'line' ? line : facts[rule.seen.fact];
    const seen = seenAs(rule.seen, String(fact ?? ''), context.seen ?? [], names);
    return seen === undefined ? undefined : { seen };
  }
  if (rule.against) {
    const { option, default: usual, is } = rule.against;
    const mine = String(facts.value ?? '');
    const theirs = (context.others ?? []).map((other) => String(lastValues(other).get(option)?.facts.value ?? usual));
    const against = theirs.find((value) =>
      is === 'differs' ? mine !== value : Number.parseInt(mine, 10) <= Number.parseInt(value, 10),
    );
    return against === undefined ? undefined : { against };
  }
  return {};
}

/** What a record of the log has in place of the line's name; nothing where none has. */
function seenAs(
  { message, text, field, is }: Seen,
  name: string,
  findings: readonly Finding[],
  names: ReadonlySet<Fact>,
): string | undefined {
  if (name === '' && is !== 'there') return undefined;
  const alone = new Map<string, string>();
  for (const found of findings) {
    if (found.message !== message || (text && !text.includes(found.text ?? ''))) continue;
    if (is === 'there') return '';
    for (const one of field) {
      const value = found.values[one];
      if (value !== undefined && is === 'only') {
        if (isFullName(value) && !names.has(value.toLowerCase())) alone.set(value.toLowerCase(), value);
      } else if (value !== undefined && is !== 'only' && isRelated(value.toLowerCase(), name.toLowerCase(), is, names))
        return value;
    }
  }
  const [only] = alone.values();
  return alone.size === 1 ? only : undefined;
}

/** A name with a domain, and no address. */
const isFullName = (text: string) => /^[\w-]+(?:\.[\w-]+)+$/.test(text) && /[a-z]/i.test(text);

function isRelated(
  logged: string,
  name: string,
  is: Exclude<Seen['is'], 'only' | 'there'>,
  names: ReadonlySet<Fact>,
): boolean {
  if (is === 'same') return logged === name;
  // A name that has its own line is not another one's.
  if (names.has(logged)) return false;
  if (is === 'first-part') return name.startsWith(`${logged}.`);
  if (is === 'longer') return logged.startsWith(`${name}.`);
  // (Hosts of a row are numbered: one with another number is another host.)
  const plain = (text: string) => text.replace(/\d+/g, '0');
  return logged.length > 4 && plain(logged) !== plain(name) && distance(logged, name, 2) <= 2;
}

function holds(test: FactTest, fact: Fact): boolean {
  if (typeof test !== 'object') return test === false ? !fact : fact === test;
  const text = String(fact ?? '');
  if (test.is && !test.is.includes(text)) return false;
  if (test.not?.includes(text)) return false;
  if (test.matches !== undefined && !hasForm(text, test.matches)) return false;
  if (test.above !== undefined && !(Number(fact) > test.above)) return false;
  return test.below === undefined || Number(fact) < test.below;
}

function finding(rule: Rule, { line, facts: own, hosts }: Entry, extra: Entry['facts']): SettingFinding {
  const facts = { ...own, ...extra };
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
    ...(!rule.nobody && (typeof facts.key === 'string' ? { hosts: [facts.key] } : hosts && { hosts })),
    ...(typeof facts.seen === 'string' && facts.seen !== '' && { seen: facts.seen }),
  };
}
