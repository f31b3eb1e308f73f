/** The report as text for a terminal. Everything from a log is cleaned of control characters first. */
import type { Problem } from '../content/schemas.ts';
import type { Recognised } from '../engine/catalogue/recognise.ts';
import { cleanValue, commandValues, type Diagnosis, fillCommand, type Result } from '../engine/diagnosis/index.ts';
import type { Source } from '../engine/types.ts';
import { askText } from './json.ts';

/** Lines shown of one diagnosis, and characters shown of a line. */
const mostLines = 8;
const widest = 200;

interface Context {
  sources: readonly Source[];
  read: Recognised;
  problems: readonly Problem[];
}

/** The whole report. */
export function textReport(context: Context, result: Result): string {
  const { read } = context;
  const asked = new Set<string>();
  const parts = result.diagnoses.map((diagnosis, i) => one(context, diagnosis, i + 1, asked));
  if (result.healthy) parts.push(nothing(read));
  if (result.harmless.length > 0) parts.push(harmless(context, result));
  parts.push(summary(read));
  return `${parts.join('\n\n')}\n`;
}

function nothing(read: Recognised): string {
  if (read.records === 0 && read.asides.every(({ kind }) => kind !== 'explanation' && kind !== 'emergency')) {
    return 'No line of samhain or yule was found, so nothing can be said.';
  }
  return 'Nothing wrong found in these lines.';
}

/** One diagnosis. A mere possibility gets no steps: what decides comes first, and once for all that share their lines. */
function one(context: Context, diagnosis: Diagnosis, number: number, asked: Set<string>): string {
  const { read, problems } = context;
  const problem = problems.find(({ id }) => id === diagnosis.problem);
  if (!problem) return `${number}. ${diagnosis.problem}`;
  const values = Object.fromEntries(
    Object.entries(commandValues(problem, diagnosis, read.findings)).map(([name, { value }]) => [name, value]),
  );
  const state = [diagnosis.confidence, diagnosis.host && cleanValue(diagnosis.host), over(diagnosis, read)];
  const lines = [`${number}. ${problem.title} (${state.filter(Boolean).join(', ')})`, `   ${problem.summary}`, ''];
  lines.push('   Because of', ...evidence(context, problem, diagnosis));
  if (diagnosis.alternatives.length > 0) lines.push('', `   The same lines fit: ${diagnosis.alternatives.join(', ')}`);
  const group = [diagnosis.problem, ...diagnosis.alternatives].sort().join(' ');
  if (diagnosis.ask.length > 0 && !asked.has(group)) {
    lines.push('', '   What decides', ...diagnosis.ask.map((ask) => `   - ${askText(ask)}`));
  }
  asked.add(group);
  const mend = !diagnosis.over && diagnosis.confidence !== 'possible';
  if (mend) lines.push('', '   How to mend it', ...steps(problem, values));
  lines.push('', `   Page: /problems/${problem.id}/`);
  return lines.join('\n');
}

function over({ over: end }: Diagnosis, read: Recognised): string | undefined {
  if (!end) return undefined;
  const stamp = read.findings[end.finding]?.record.stamp;
  return stamp ? `over since ${cleanValue(stamp)}` : 'over later';
}

function evidence({ sources, read }: Context, problem: Problem, diagnosis: Diagnosis): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  const add = (source: number, line: number, text: string, because: string | undefined) => {
    lines.push(`   - ${sources[source]?.name}:${line}: ${cleanValue(text).slice(0, widest)}`);
    if (because && !seen.has(because)) lines.push(`       ${because}`);
    seen.add(because ?? '');
  };
  const weights = ['proves', 'points', 'fits'];
  const best = [...diagnosis.evidence].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  for (const { finding, sign } of best.slice(0, mostLines)) {
    const record = read.findings[finding]?.record;
    if (record) add(record.source, record.line, record.body, problem.signs[sign]?.because);
  }
  for (const { aside, block } of diagnosis.blocks.slice(0, mostLines)) {
    const text = read.asides[aside];
    const words = text?.text.split('\n').filter((line) => !line.startsWith('-----'));
    if (text && words) add(text.source, text.line, words.join(' ').trim(), problem.blocks[block]?.because);
  }
  const more = diagnosis.evidence.length - mostLines;
  if (more > 0) lines.push(`   - and ${more} more of these`);
  return lines;
}

function steps(problem: Problem, values: Record<string, string>): string[] {
  return problem.fix.flatMap(({ do: what, on, run }, i) => {
    const where = on === 'both' ? ' (both sides)' : on ? ` (${on})` : '';
    const command = run === undefined ? [] : fillCommand(run.trimEnd(), values).split('\n');
    return [`   ${i + 1}.${where} ${what}`, ...command.map((line) => `        ${line}`)];
  });
}

function harmless({ sources, read }: Context, result: Result): string {
  const places = new Map<string, { first: string; count: number }>();
  for (const { finding, because } of result.harmless) {
    const record = read.findings[finding]?.record;
    if (!record) continue;
    const known = places.get(because);
    if (known) known.count++;
    else places.set(because, { first: `${sources[record.source]?.name}:${record.line}`, count: 1 });
  }
  const lines = [...places].map(([because, { first, count }]) => {
    const more = count > 1 ? ` and ${count - 1} more` : '';
    return `   - ${first}${more}: ${because}`;
  });
  return ['Lines that look bad and are not', ...lines].join('\n');
}

function summary(read: Recognised): string {
  const unknown = read.findings.filter(({ message }) => !message).length + read.unrecognised.length;
  return `Read ${read.lines} lines, ${read.records} records; ${unknown} not recognised.`;
}
