/**
 * The captured runs as the tests read them: which files a run has, the ways in which they can be given, and what is
 * expected of them. What the folders hold is told in README.md beside this file.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Result } from '../../src/engine/diagnosis/index.ts';
import type { Finding, Side, Source } from '../../src/engine/types.ts';

const root = import.meta.dirname;

/** All that is said of a sample, but for the places of the lines. */
export interface Whole {
  state: Result['state'];
  /** In their order. */
  diagnoses: {
    problem: string;
    host?: string;
    confidence: string;
    over: boolean;
    /** Of a diagnosis that is not the truth and still right: why it is. */
    because?: string;
    /** Of one that is not right: what is wrong about it. A defect that is known, and not fixed yet. */
    wrong?: string;
  }[];
  /** Reports of the file check: message and path, sorted. */
  /** Client and its state, by name. */
  clients: Record<string, string>;
  reports: string[];
}

export interface Expected {
  /** The induced fault: each of these ids is right. `undecided`: the lines alone cannot tell. */
  truth: string[] | 'healthy' | 'undecided';
  /** Why the client's lines alone cannot lead to the truth, where that is so. */
  alone?: string;
  /** What is said of the files that were written while the fault stood. */
  result: Whole;
  /** The same of the client's files alone, where the server has some too. */
  client?: Whole;
  /** What is said of these files and what was written after the fix, as one session. */
  fixed?: Whole;
}

export interface Sample {
  /** SCENARIO/VARIANT */
  name: string;
  folder: string;
  expected: Expected;
  /** Did the fix that was tried work? */
  worked: boolean;
  fault: Source[];
  /** The other form in which the system log was written, in place of the first; empty if there is none. */
  iso: Source[];
  after: Source[];
}

/** The side of a log, by the name of its file; undefined for what is no log. */
export function sideOf(file: string): Side | undefined {
  const form = /^(client|server|upper)[\d.\w-]*\.(?:stderr|log|syslog|syslog-iso|console|yule_log\.[\w.-]+)$/.exec(file);
  return form ? (form[1] === 'client' ? 'client' : 'server') : undefined;
}

const folders = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();

/** All logs of a folder. @throws Error for a file that no test would read */
function logs(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  const known = /^(?:meta\.json|expected\.json|truth\.tsv|after-fix|clients)$/;
  return readdirSync(folder)
    .filter((name) => !known.test(name))
    .sort()
    .map((file) => {
      const name = file.replace(/\.gz$/, '');
      const side = sideOf(name);
      if (!side) throw new Error(`${join(folder, file)} is read by no test.`);
      const bytes = readFileSync(join(folder, file));
      return { name, side, toEnd: true, text: (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8') };
    });
}

const isIso = ({ name }: Source) => name.endsWith('.syslog-iso');
const withIso = (all: readonly Source[]): Source[] =>
  all.filter(({ name }) => !all.some((other) => other.name === `${name}-iso`));

/** All samples. @throws Error where a folder has no expectation */
export function samples(): Sample[] {
  return folders(root).flatMap((scenario) =>
    folders(join(root, scenario)).map((variant) => {
      const folder = join(root, scenario, variant);
      const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as { fix_worked?: unknown };
      const all = logs(folder);
      return {
        name: `${scenario}/${variant}`,
        folder,
        expected: JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected,
        worked: meta.fix_worked === true,
        fault: all.filter((source) => !isIso(source)),
        iso: all.some(isIso) ? withIso(all) : [],
        after: logs(join(folder, 'after-fix')).filter((source) => !isIso(source)),
      };
    }),
  );
}

/** Fault and fix as one session: each file goes on where it was split. */
export function session(before: readonly Source[], after: readonly Source[]): Source[] {
  const rest = after.filter(({ name }) => !before.some((source) => source.name === name));
  const joined = before.map((source) => {
    const more = after.find(({ name }) => name === source.name);
    return more ? { ...source, text: source.text + more.text } : source;
  });
  return [...joined, ...rest];
}

/**
 * True of a log file that ends within a line, as a full disk leaves it. That shows at the end of a file only: where the text is
 * pasted, another one follows, or the file may still grow, the answer is another one.
 */
export const endsTorn = ({ text }: Source): boolean => /\n(?:<sig>)?[0-9A-F]{48}[^]*[^\n]$/.test(text);

/** The ways in which a person can give the same logs. What is said must be the same for each of them. */
export function ways(sources: readonly Source[]): { way: string; given: Source[] }[] {
  const client = sources.filter(({ side }) => side === 'client');
  const server = sources.filter(({ side }) => side === 'server');
  const nameless = (list: readonly Source[]) => list.map(({ text }, i): Source => ({ name: `text ${i + 1}`, text, toEnd: true }));
  const pasted = (list: readonly Source[]) => [{ name: 'text 1', text: list.map(({ text }) => text).join('\n') }];
  const files = [
    { way: 'as files with their sides', given: [...sources] },
    { way: 'without names and sides', given: nameless(sources) },
  ];
  if (server.some(endsTorn)) return files;
  return [
    ...files,
    { way: 'in one box, client first', given: pasted([...client, ...server]) },
    { way: 'in one box, server first', given: pasted([...server, ...client]) },
  ];
}

/** What a result says, without the places of the lines. */
export function whole(result: Result & { read: { findings: readonly Finding[] } }): Whole {
  const { findings } = result.read;
  return {
    state: result.state,
    diagnoses: result.diagnoses.map(({ problem, host, confidence, over }) => ({
      problem,
      ...(host ? { host } : {}),
      confidence,
      over: over !== false,
    })),
    clients: Object.fromEntries(result.clients.map(({ host, state }) => [host, state])),
    reports: result.reports.map((i) => [findings[i]?.message, findings[i]?.values.path].join(' ').trim()).sort(),
  };
}

/** `because` of the same problem and host goes on to the new result. */
export function keepReasons(now: Whole, known: Whole | undefined): Whole {
  const diagnoses = now.diagnoses.map((one) => {
    const same = known?.diagnoses.find(({ problem, host }) => problem === one.problem && host === one.host);
    const { because, wrong } = same ?? {};
    return { ...one, ...(because ? { because } : {}), ...(wrong ? { wrong } : {}) };
  });
  return { ...now, diagnoses };
}

/** Writes what is expected: one diagnosis a line, so that a change can be read as a difference. */
export function writeExpected({ folder }: Sample, expected: Expected): void {
  const list = (items: readonly unknown[]) =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `      ${JSON.stringify(item)}`).join(',\n')}\n    ]`;
  const part = ({ state, diagnoses, clients, reports }: Whole) =>
    `{\n    "state": "${state}",\n    "diagnoses": ${list(diagnoses)},\n    "clients": ${JSON.stringify(clients)},\n    "reports": ${list(reports)}\n  }`;
  const parts = (['result', 'client', 'fixed'] as const).flatMap((key) => {
    const value = expected[key];
    return value ? [`  "${key}": ${part(value)}`] : [];
  });
  writeFileSync(
    join(folder, 'expected.json'),
    `{\n  "truth": ${JSON.stringify(expected.truth)},\n${expected.alone ? `  "alone": ${JSON.stringify(expected.alone)},\n` : ''}${parts.join(',\n')}\n}\n`,
  );
}
