/**
 * What the rules make of a clean record: whether it can be left out depends on what the content says of its message, and on
 * nothing else. The one reader tells which message it is, once for each shape of record.
 */
import type { Companion, FieldTest, Pattern, Problem } from '../../content/schemas.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { testField, testFields } from '../catalogue/fieldTest.ts';
import { recognise } from '../catalogue/recognise.ts';
import { level, matches } from '../diagnosis/match.ts';
import { Steps } from '../diagnosis/reach.ts';
import { reachOf } from '../diagnosis/sequence.ts';
import type { KnownMessage } from '../diagnosis/types.ts';
import type { Finding, Severity } from '../types.ts';

/** What the sieve needs to know: the judge's rules. */
export interface Rules {
  catalogue: Catalogue;
  problems: readonly Problem[];
  messages: readonly KnownMessage[];
}

/** Records that the rules do not tell apart. */
export interface Kind {
  index: number;
  /** A problem is found by it, or it is an error: the records around it count. */
  sign: boolean;
  /** Each one is different and says something by itself, as the reports of the file check do. */
  report: boolean;
  /** An error that is none where the content says so. */
  soft: boolean;
  /** Some rule asks whether there is one. */
  companion: boolean;
  /** Some rule asks so whatever its place, or whoever it is about; or each kind of it has to be seen. */
  wide: boolean;
  /** How far it shows a connection to have come; -1 if it shows nothing. */
  reaches: number;
  /** A step on the way of a client, or its coming. */
  way: boolean;
  /** It shows a client at work whose name the server knows, and no trouble. */
  well: boolean;
  /** Only a client that was admitted can have caused it. */
  admitted: boolean;
  /** The problems that stop nothing of which it is a sign, and how much it weighs: they are over when there was none for long. */
  fades: { problem: string; level: number; silence: boolean }[];
}

/** A value on which it depends what a record is, and what is asked of it. */
interface Question {
  name: string;
  tests: FieldTest[];
  /** Its whole value counts. */
  whole: boolean;
}

/** What the reader says of a shape of record. */
export interface Learnt {
  finding: Finding;
  questions: Question[];
}

const grave: ReadonlySet<Severity | undefined> = new Set(['ERROR', 'CRIT', 'ALERT'] as const);
/** What the shape of a value, which is a part of the shape of a record, says already. */
const shapes = new Set(['number', 'path']);

/** The kinds of records that the rules tell apart. */
export class Kinds {
  private readonly rules: Rules;
  private readonly byId: ReadonlyMap<string, KnownMessage>;
  private readonly signs = new Map<string, { pattern: Problem['signs'][number]; place: number; problem: Problem }[]>();
  private readonly companions = new Set<string>();
  private readonly wide = new Set<string>();
  private readonly tests = new Map<string, Map<string, FieldTest[]>>();
  /** Values that are compared with another one of the record: `message name`. */
  private readonly compared = new Set<string>();
  private readonly steps: Steps;
  private readonly kinds = new Map<string, Kind>();

  constructor(rules: Rules) {
    this.rules = rules;
    this.steps = new Steps(rules.problems, rules.messages);
    this.byId = new Map(rules.messages.map((message) => [message.id, message]));
    for (const problem of rules.problems) {
      this.addProblem(problem);
    }
    for (const message of rules.messages) {
      for (const { harmless, reaches } of [{ ...message }, ...message.texts] as Pick<
        KnownMessage,
        'harmless' | 'reaches'
      >[]) {
        for (const entry of harmless ?? []) {
          this.addTests({ message: message.id, fields: entry.fields });
          this.addCompanions([...(entry.with ?? []), ...(entry.without ?? [])]);
          this.companions.add(message.id);
        }
        if (reaches && typeof reaches !== 'string') this.addTests({ message: message.id, fields: reaches.fields });
      }
    }
    for (const { id, texts } of rules.catalogue.entries)
      for (const { where } of texts) this.addTests({ message: id, fields: where });
  }

  /** What one record is, read by itself; undefined where it is anything but one clean record of a known message. */
  learn(text: string): Learnt | undefined {
    const { findings, unrecognised, asides } = recognise([{ name: '', text }], this.rules.catalogue);
    const [finding, second] = findings;
    if (!finding?.message || second || unrecognised.length > 0) return undefined;
    if (asides.some(({ kind }) => kind !== 'blank' && kind !== 'trail' && kind !== 'signature')) return undefined;
    const { record } = finding;
    if (record.suspicious || record.doubtful || record.truncated || record.strange || finding.quoted || finding.readAs)
      return undefined;
    return { finding, questions: this.questionsOf(finding) };
  }

  /** The kind of a record. */
  kindOf({ finding, questions }: Learnt): Kind {
    const { message: id = '', text, values, side, record } = finding;
    const message = this.byId.get(id);
    const told = {
      message: id,
      values,
      sinks: [record.sink],
      opens: true,
      ...(text === undefined ? {} : { text }),
      ...(side ? { side } : {}),
      ...(record.severity ? { severity: record.severity } : {}),
    };
    const found = (this.signs.get(id) ?? []).filter(({ pattern }) =>
      matches({ ...pattern, sink: undefined } as Pattern, told),
    );
    const said = questions.map((question) => answers(question, values[question.name] ?? '')).join(' ');
    const key = `${id} ${text ?? ''} ${record.severity ?? ''} ${side ?? ''} ${record.relay ? 'relayed' : ''} ${found.map(({ place }) => place).join(',')} ${said}`;
    const known = this.kinds.get(key);
    if (known) return known;
    const reaches = message?.texts.find((one) => one.id === text)?.reaches ?? message?.reaches;
    const step =
      typeof reaches === 'object' ? (testFields(reaches.fields, values) ? reaches.step : undefined) : reaches;
    const place = (step === undefined ? undefined : this.steps.placeOf(step)) ?? -1;
    const bad = message !== undefined && grave.has(record.severity ?? message.severity);
    const isError = message?.kind === 'path' && bad;
    const soft = isError && found.length === 0 && [message, ...message.texts].some(({ harmless }) => harmless?.length);
    const begins = message?.begins === true || message?.texts.find((one) => one.id === text)?.begins === true;
    const report = message?.kind === 'report' && (bad || isLowered(message, record.severity));
    const kind: Kind = {
      index: this.kinds.size,
      sign: found.length > 0 || (isError && !soft),
      report,
      soft,
      companion: this.companions.has(id) || message?.session !== undefined || begins,
      wide: report || this.wide.has(id),
      reaches: place,
      way: step !== undefined || begins,
      admitted: this.steps.isAdmitted(place),
      well: place >= 0 && !isError && !this.steps.isNameless(place),
      fades: found.flatMap(({ pattern, problem: { id: problem, stops, silence } }) =>
        stops === false ? [{ problem, level: level[pattern.weight], silence: Boolean(silence) }] : [],
      ),
    };
    this.kinds.set(key, kind);
    return kind;
  }

  private questionsOf({ message: id = '', values }: Finding): Question[] {
    const tests = this.tests.get(id);
    const takes = this.rules.catalogue.entry(id)?.takes ?? {};
    return Object.keys(values).flatMap((name) => {
      const rule = takes[name];
      const judged = rule !== undefined && !(typeof rule === 'string' && shapes.has(rule));
      const whole = judged || this.compared.has(`${id} ${name}`);
      const asked = tests?.get(name) ?? [];
      return whole || asked.length > 0 ? [{ name, tests: asked, whole }] : [];
    });
  }

  private addProblem(problem: Problem): void {
    problem.signs.forEach((sign) => {
      const list = this.signs.get(sign.message) ?? [];
      list.push({ pattern: sign, place: this.signs.size * 1000 + list.length, problem });
      this.signs.set(sign.message, list);
      this.addTests(sign);
      this.addCompanions([...(sign.with ?? []), ...(sign.without ?? [])]);
    });
    for (const block of problem.blocks) this.addCompanions(block.with ?? []);
    this.addCompanions(problem.consequences);
    for (const pattern of problem.fixedBy) {
      this.addCompanions([{ ...pattern, within: 'input' }, ...(pattern.with ?? []), ...(pattern.without ?? [])]);
    }
    for (const { unless } of problem.decide)
      this.addCompanions((unless ?? []).map((one) => ({ ...one, within: 'input' })));
    for (const { if: only } of [...problem.steps, ...problem.verify])
      this.addCompanions((only ?? []).map((one) => ({ ...one, within: 'input' })));
    for (const { from } of Object.values(problem.values))
      this.addCompanions((from ?? []).map(({ message }) => ({ message, within: 'input' })));
  }

  private addCompanions(list: readonly (Pattern & Partial<Pick<Companion, 'within'>>)[]): void {
    for (const one of list) {
      this.companions.add(one.message);
      if (!reachOf(one)) this.wide.add(one.message);
      this.addTests(one);
    }
  }

  private addTests({ message, fields }: Pick<Pattern, 'message' | 'fields'>): void {
    for (const [name, test] of Object.entries(fields ?? {})) {
      const ofMessage = this.tests.get(message) ?? new Map<string, FieldTest[]>();
      this.tests.set(message, ofMessage);
      const list = ofMessage.get(name) ?? [];
      list.push(test);
      ofMessage.set(name, list);
      if (typeof test === 'string' || test.differs === undefined) continue;
      this.compared.add(`${message} ${name}`);
      this.compared.add(`${message} ${test.differs}`);
    }
  }
}

/** An administrator gave it a lower severity than the program does. */
function isLowered({ severity, alsoSeverity }: KnownMessage, printed: Severity | undefined): boolean {
  return printed !== undefined && grave.has(severity) && !alsoSeverity.includes(printed);
}

/** The answers to the questions that rules ask of a value, as a text: records with the same answers are of one kind. */
export function answers({ tests, whole }: Question, value: string): string {
  return tests.map((test) => (testField(test, value) ? '1' : '0')).join('') + (whole ? value : '');
}
