/** The captured runs of tests/captures as pages show them: real lines, and on which versions a fix was seen to work. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../content/schemas.ts';
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

/** The first of a side's files that a run holds, as a source for the engine. */
export function sourceOf(run: Run, side: Side): Source | undefined {
  for (const name of files[side]) {
    const path = join(run.path, name);
    if (existsSync(path)) return { name, side, text: readFileSync(path, 'utf8') };
  }
  return undefined;
}

export interface SeenLine {
  line: string;
  finding: Finding;
}

let catalogue: ReturnType<typeof createCatalogue> | undefined;

/** The lines of one side that belong to a problem: its signs and what it explains, each kind once. */
export function seenLines(
  run: Run,
  side: Side,
  problem: Problem,
  most = 6,
): { file: string; lines: SeenLine[] } | undefined {
  const source = sourceOf(run, side);
  if (!source) return undefined;
  catalogue ??= createCatalogue(content().messages);
  const lineAt = lineLookup(source.text);
  const wanted = [...problem.signs, ...problem.consequences];
  const kept = new Map<string, SeenLine>();
  for (const finding of recognise([source], catalogue).findings) {
    const { record, message } = finding;
    const fits = wanted.some(
      (w) =>
        w.message === message &&
        (!w.text || (finding.text && w.text.includes(finding.text))) &&
        (!w.side || w.side === side) &&
        !w.severity,
    );
    const narrow = wanted.some((w) => w.message === message && w.severity === record.severity);
    const key = `${message}/${finding.text}/${record.severity}/${finding.values.path ?? ''}`;
    if ((fits || narrow) && !record.relay && !kept.has(key)) {
      kept.set(key, { line: lineAt(record.line), finding });
    }
  }
  return { file: source.name, lines: [...kept.values()].slice(0, most) };
}

export interface Verified {
  /** Versions as `4.2.0` or `4.2.0 server with 2.6.2 client`. */
  reproduced: string[];
  fixed: string[];
  runs: Run[];
}

const versionOf = ({ version }: Meta): string => {
  const { server, client } = version;
  if (server && client && server !== client) return `${server} server with ${client} client`;
  return server ?? client ?? 'unknown version';
};

/** On which versions the captured runs show the problem, and on which the fix was seen to work. */
export function verifiedOn(problem: Problem): Verified {
  const runs = problem.captures.flatMap(runsOf);
  const versions = (list: Run[]) => [...new Set(list.map((run) => versionOf(run.meta)))].sort().reverse();
  return {
    reproduced: versions(runs),
    fixed: versions(runs.filter((run) => run.meta.fix_worked === true || run.meta.correction_worked === true)),
    runs,
  };
}
