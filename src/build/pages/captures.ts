/** The captured runs of tests/captures as pages show them: real lines, and on which versions a fix was seen to work. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Pattern, Problem } from '../../content/schemas.ts';
import { comparesWithSign, matches } from '../../engine/diagnosis/match.ts';
import { createCatalogue, recognise } from '../../engine/index.ts';
import { lineLookup } from '../../engine/log/lines.ts';
import type { Finding, Side, Source } from '../../engine/types.ts';
import { content } from './content.ts';

const folder = join(process.cwd(), 'tests', 'captures');

/** The part of meta.json that pages use. */
interface Meta {
  ground_truth: string;
  version: { server?: string; client?: string };
  format: string;
  fix_tried?: string | null;
  fix_worked?: boolean | null;
  /** The same of runs that were made for configurations. */
  correction_worked?: boolean | null;
}

export interface Run {
  scenario: string;
  variant: string;
  meta: Meta;
  path: string;
}

/** The runs of a scenario, 4.2.0 in the plain form first. */
export function runsOf(scenario: string): Run[] {
  const path = join(folder, scenario);
  if (!existsSync(path)) return [];
  const rank = (variant: string) => ['42-plain', '42-xml', '26-plain', '26-xml'].indexOf(variant) >>> 0;
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort((a, b) => rank(a) - rank(b))
    .map((variant) => {
      const run = join(path, variant);
      const meta = JSON.parse(readFileSync(join(run, 'meta.json'), 'utf8')) as Meta;
      return { scenario, variant, meta, path: run };
    });
}

const files: Record<Side, string[]> = {
  client: ['client.stderr', 'client.log', 'client2.stderr'],
  server: ['server.log', 'server.stderr', 'server.console', 'server.syslog'],
};

/** A side's files that a run holds, as sources for the engine. */
const sourcesOf = (run: Run, side: Side): Source[] =>
  files[side].flatMap((name) => {
    const path = join(run.path, name);
    return existsSync(path) ? [{ name, side, text: readFileSync(path, 'utf8') }] : [];
  });

/** The first of a side's files that a run holds. */
export const sourceOf = (run: Run, side: Side): Source | undefined => sourcesOf(run, side)[0];

export interface SeenLine {
  line: string;
  finding: Finding;
}

let catalogue: ReturnType<typeof createCatalogue> | undefined;

/** Whether a line is what a pattern of the content asks for, beside a sign if it compares with one. */
const isOne = ({ record, message, text, values }: Finding, side: Side, pattern: Pattern, sign?: Finding): boolean =>
  message !== undefined &&
  matches(
    pattern,
    { message, text, values, side, severity: record.severity, sinks: [], opens: false },
    sign?.values,
  ) !== false;

/**
 * The lines of one side that belong to a problem: its signs and what it explains, each kind once. They come from the first file
 * that holds a sign: what a program could not write to its log is on its terminal, its console or in syslog.
 */
export function seenLines(
  run: Run,
  side: Side,
  problem: Problem,
  most = 6,
): { file: string; lines: SeenLine[] } | undefined {
  catalogue ??= createCatalogue(content().messages);
  const { signs } = problem;
  const opening = [...signs, ...signs.flatMap((sign) => sign.with ?? [])];
  let first: { file: string; lines: SeenLine[] } | undefined;
  for (const source of sourcesOf(run, side)) {
    const lineAt = lineLookup(source.text);
    const findings = recognise([source], catalogue).findings.filter(({ record }) => !record.relay);
    const shown = findings.filter((one) => signs.some((sign) => isOne(one, side, sign)));
    const kept = new Map<string, SeenLine>();
    for (const finding of findings) {
      const { record, message } = finding;
      const key = `${message}/${finding.text}/${record.severity}/${finding.values.path ?? ''}`;
      const follows = problem.consequences.some((one) =>
        comparesWithSign(one) ? shown.some((sign) => isOne(finding, side, one, sign)) : isOne(finding, side, one),
      );
      if (kept.has(key) || (!follows && !shown.includes(finding))) continue;
      kept.set(key, { line: lineAt(record.line), finding });
    }
    const lines = [...kept.values()];
    if (shown.length > 0) {
      // What comes before the first sign, and before what goes with one, did not follow from the problem.
      const start = lines.findIndex(({ finding }) => opening.some((one) => isOne(finding, side, one)));
      return { file: source.name, lines: lines.slice(start, start + most) };
    }
    first ??= { file: source.name, lines: lines.slice(0, most) };
  }
  return first;
}

export interface Verified {
  /** Versions as `4.2.0` or `4.2.0 server with 2.6.2 client`. */
  reproduced: string[];
  fixed: string[];
  /** Versions of which no run is kept, whose source has every message by which the problem is told. */
  read: string[];
  runs: Run[];
}

const versionOf = ({ version }: Meta): string => {
  const { server, client } = version;
  if (server && client && server !== client) return `${server} server with ${client} client`;
  return server ?? client ?? 'unknown version';
};

/** The versions that have every message of a problem's signs, the newest first; none where nothing but a block shows it. */
function versionsWithItsMessages({ signs }: Problem): string[] {
  const [first, ...others] = content().messages.filter(({ id }) => signs.some(({ message }) => message === id));
  const known = (first?.versions ?? []).filter((version) => others.every(({ versions }) => versions.includes(version)));
  return known.toSorted().reverse();
}

/** On which versions the captured runs show the problem, on which the fix was seen to work, and which the source adds. */
export function verifiedOn(problem: Problem): Verified {
  const runs = problem.captures.flatMap(runsOf);
  const versions = (list: Run[]) => [...new Set(list.map((run) => versionOf(run.meta)))].sort().reverse();
  const reproduced = versions(runs);
  return {
    reproduced,
    read: versionsWithItsMessages(problem).filter((version) => !reproduced.includes(version)),
    fixed: versions(runs.filter((run) => run.meta.fix_worked === true || run.meta.correction_worked === true)),
    runs,
  };
}
