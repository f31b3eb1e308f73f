/** The report as text for a terminal. Everything from a log is cleaned of control characters first. */
import type { Impact, Message, Problem } from '../content/schemas.ts';
import {
  type Case,
  casesOf,
  cleanValue,
  type Diagnosis,
  type Result,
  type ShownStep,
  stepsOf,
} from '../engine/diagnosis/index.ts';
import type { Input } from '../engine/input.ts';
import type { SetupValues } from '../engine/setup.ts';
import { notRead } from '../engine/tail.ts';
import type { Aside, Source } from '../engine/types.ts';
import { impactWords } from '../site/impact.ts';
import { configurationWords, maskedWords, readAsWords } from '../site/input-words.ts';
import { isOfSettings } from '../site/setting-words.ts';
import { askText, askWhole } from './json.ts';
import { settingsText } from './settings.ts';
import { visibleLine } from './terminal.ts';

/** Lines shown of one diagnosis, reports of the file check shown, and characters shown of a line. */
const mostLines = 8;
const mostReports = 20;
const widest = 200;

interface Context {
  sources: readonly Source[];
  read: Input;
  problems: readonly Problem[];
  messages: readonly Message[];
  setup: SetupValues;
}

/** The whole report. */
export function textReport(context: Context, result: Result): string {
  const unread = notRead(context.sources);
  const configured = settingsText(context, result);
  const diagnoses = result.diagnoses.filter((one) => !isOfSettings(one));
  const known = context.read.findings.some(({ message }) => message);
  const parts = diagnoses.length > 0 ? diagnosed(context, result, diagnoses) : [undiagnosed(context, result)];
  // That a configuration holds no line of a log needs no saying.
  if (!known && context.read.configurations.length > 0 && result.state !== 'part') parts.shift();
  parts.push(...configured);
  if (unread.length > 0) parts.unshift(['Not all was read.', ...unread].join('\n'));
  if (result.reports.length > 0) parts.push(reports(context, result));
  if (result.harmless.length > 0) parts.push(harmless(context, result));
  parts.push(...aboutInput(context), summary(context));
  return `${parts.join('\n\n')}\n`;
}

/** Of the input itself: what was no log, and what was masked. */
function aboutInput({ sources, read }: Context): string[] {
  // (One of which all was read is told as such.)
  const unread = read.configurations.filter((i) => !read.settings.some(({ source }) => source === i));
  const names = unread.map((i) => sources[i]?.name ?? '').join(', ');
  const { title, instead } = configurationWords;
  return [names && `${names}: ${title}. ${instead}`, maskedWords(read.masked) ?? ''].filter(Boolean);
}

/** What is said where no line of samhain or yule was found. */
export const nothingFound = 'No line of samhain or yule was found, so nothing can be said.';

function undiagnosed(context: Context, result: Result): string {
  const { findings } = context.read;
  const known = findings.some(({ message }) => message);
  if (result.state === 'nothing' || (result.state === 'part' && !known)) return nothing(context);
  if (result.state === 'unclear' && (result.open.length > 0 || result.openBlocks.length > 0))
    return unclear(context, result);
  if (result.state === 'unclear' || result.state === 'diagnosed')
    return 'The lines of the logs show no fault. The configuration has one, see below.';
  if (result.state === 'part') return 'What was read shows no fault. What was not read can hold one.';
  if (result.state === 'reports') return 'Nothing wrong found between client and server.';
  return 'Nothing wrong found in these lines.';
}

function nothing(context: Context): string {
  const { findings } = context.read;
  const unknown = findings.filter(({ message }) => !message).length;
  const lines = [nothingFound];
  if (unknown > 0) {
    const what = unknown === 1 ? '1 record has' : `${unknown} records have`;
    lines.push(`${what} the form of samhain's, but none of its messages: it may be another program's log.`);
  }
  if (findings.length > unknown) lines.push('Words of its messages alone, with no record around them, show nothing.');
  return [...lines, ...alike(context)].join('\n');
}

function unclear(context: Context, { open, openBlocks }: Result): string {
  const { findings } = context.read;
  const known = openBlocks.length > 0 || open.some((index) => findings[index]?.message);
  const lines = open.slice(0, mostLines).flatMap((index) => meant(context, index));
  const blocks = openBlocks.slice(0, mostLines).map((index) => block(context, index));
  return [
    known
      ? 'An error, but no known problem explains it. The lines around it count.'
      : 'Records that match no known message: they may report a fault.',
    ...[...lines, ...left(open)],
    ...[...blocks, ...left(openBlocks)],
  ].join('\n');
}

/** What the file check reports is named whatever else is said: it is what samhain runs for. */
function reports(context: Context, { reports: all }: Result): string {
  const lines = all.slice(0, mostReports).map((index) => fileReport(context, index));
  return ['The file check reports:', ...lines, ...left(all, mostReports)].join('\n');
}

/** What changed comes first: a record has a dozen values, and only so much of it is shown. */
function fileReport(context: Context, index: number): string {
  const finding = context.read.findings[index];
  const words = finding?.record.fields.find(({ name }) => name === 'msg')?.value;
  if (!finding?.values.path || !words) return quote(context, index);
  const host = finding.host ? ` (${cleanValue(finding.host)})` : '';
  const what = `${cleanValue(words).slice(0, widest)} ${cleanValue(finding.values.path).slice(0, 3 * widest)}`;
  return `   - ${place(context.sources, finding.record)}: ${what}${host}`;
}

/** Lines worded like a message, which may be another program's. */
function alike({ sources, read }: Context): string[] {
  const lines = read.unrecognised.flatMap(({ source, line, text, like }) =>
    like ? [`   - ${place(sources, { source, line })}: ${cleanValue(text).slice(0, widest)}`, ...like.map(pageOf)] : [],
  );
  if (lines.length === 0) return [];
  const said =
    'Same words as a samhain message. If samhain printed it, give the whole line with its severity and time stamp:';
  return ['', said, ...lines.slice(0, 2 * mostLines)];
}

const pageOf = ({ message, text }: { message: string; text?: string }): string =>
  `       /messages/${message.toLowerCase().replaceAll('_', '-')}/${text ? `${text}/` : ''}`;

const left = ({ length }: { length: number }, shown = mostLines): string[] =>
  length > shown ? [`   - and ${length - shown} more`] : [];

function quote({ sources, read }: Context, index: number): string {
  const record = read.findings[index]?.record;
  return record ? `   - ${place(sources, record)}: ${cleanValue(record.body).slice(0, widest)}` : '';
}

/** An explanation in its own words. */
function block({ sources, read }: Context, index: number): string {
  const aside = read.asides[index];
  return aside ? `   - ${place(sources, aside)}: ${cleanValue(wordsOf(aside)).slice(0, 3 * widest)}` : '';
}

/** Without the dashed lines around it. */
function wordsOf({ text }: Aside): string {
  const words = text.split('\n').filter((line) => !line.startsWith('-----'));
  return words.join(' ').trim();
}

function place(sources: readonly Source[], { source, line }: { source: number; line: number }): string {
  return `${visibleLine(sources[source]?.name ?? '')}:${line}`;
}

/** A line and what the catalogue says of it. */
function meant(context: Context, index: number): string[] {
  const finding = context.read.findings[index];
  const message = context.messages.find(({ id }) => id === finding?.message);
  const text = message?.texts.find(({ id }) => id === finding?.text);
  const known = text ?? message;
  const said = [known?.meaning, known?.action].filter((words) => words !== undefined);
  return [quote(context, index), ...said.map((words) => `       ${words}`)];
}

const isOpenGuess = ({ confidence, over: end }: Diagnosis): boolean => confidence === 'possible' && !end;

/** Those that the lines support, each with its steps; mere possibilities as one list, with what decides. */
function diagnosed(context: Context, result: Result, diagnoses: readonly Diagnosis[]): string[] {
  const guesses = diagnoses.filter(isOpenGuess);
  const numbered = diagnoses.filter((diagnosis) => !isOpenGuess(diagnosis));
  const parts = numbered.map((diagnosis, i) => one(context, result, { diagnosis, number: i + 1 }));
  const place = numbered.findIndex(({ over: end }) => end);
  const list = guesses.length > 0 ? [possibilities(context, guesses, numbered.length === 0)] : [];
  parts.splice(place < 0 ? parts.length : place, 0, ...list);
  return parts;
}

function possibilities(context: Context, guesses: readonly Diagnosis[], alone: boolean): string {
  const quoted = guesses.every((guess) => guess.quoted) ? ", if this is samhain's" : '';
  const lines = [
    alone ? `These lines do not decide. Possible${quoted}, the likeliest first:` : `Also possible${quoted}:`,
  ];
  for (const { problem: id, host } of guesses) {
    const problem = context.problems.find((one) => one.id === id);
    lines.push(`   - ${problem?.title ?? id}${host ? ` (${cleanValue(host)})` : ''}`, `       /problems/${id}/`);
  }
  const [first] = guesses;
  const problem = context.problems.find(({ id }) => id === first?.problem);
  if (first && problem && alone) lines.push('', '   Because of', ...evidence(context, problem, first));
  const asks = [...new Set(guesses.flatMap(({ ask }) => ask.map(askText)))].slice(0, mostLines);
  if (alone && first)
    lines.push(
      '',
      '   What decides',
      ...[...(first.quoted ? [askWhole] : []), ...(first.ask.length > 0 ? first.ask.map(askText) : asks)].map(bullet),
    );
  return lines.join('\n');
}

/** A command of several lines goes on below its words. */
const bullet = (text: string): string => `   - ${text.replaceAll('\n', '\n        ')}`;

/** One diagnosis. */
function one(
  context: Context,
  result: Result,
  { diagnosis, number }: { diagnosis: Diagnosis; number: number },
): string {
  const { read, problems } = context;
  const problem = problems.find(({ id }) => id === diagnosis.problem);
  if (!problem) return `${number}. ${diagnosis.problem}`;
  const known = { diagnosis, findings: read.findings, asides: read.asides };
  const certainty = diagnosis.quoted ? `${diagnosis.confidence}, if this is samhain's` : diagnosis.confidence;
  const state = [certainty, diagnosis.host && cleanValue(diagnosis.host), over(diagnosis, read)];
  const lines = [`${number}. ${problem.title} (${state.filter(Boolean).join(', ')})`, `   ${problem.summary}`, ''];
  lines.push('   Because of', ...evidence(context, problem, diagnosis));
  for (const { setting } of (diagnosis.settings ?? []).slice(0, mostLines)) {
    const found = result.settings?.[setting];
    if (found) lines.push(`   - ${place(context.sources, found)}: ${cleanValue(`${found.says} ${found.effect}`)}`);
  }
  const others = diagnosis.alternatives.map((id) => problems.find((other) => other.id === id)?.title ?? id);
  if (others.length > 0) lines.push('', '   The same lines fit', ...others.map(bullet));
  if (diagnosis.ask.length > 0) lines.push('', '   What decides', ...diagnosis.ask.map(askText).map(bullet));
  if ((!diagnosis.over || diagnosis.over.likely) && diagnosis.confidence !== 'possible')
    lines.push('', ...fix(problem, context.setup, known));
  lines.push('', `   Page: /problems/${problem.id}/`);
  return lines.join('\n');
}

/** What it costs, and the steps: those of each case, then those that all cases have in common. */
function fix(problem: Problem, setup: SetupValues, known: Case): string[] {
  const cases = casesOf(problem, setup, known);
  const common = stepsOf(problem, 'steps', setup, known);
  const costs = ['   Until it is fixed', ...impact(problem.impact), ''];
  if (cases.length === 0) return [...costs, '   How to fix it', ...steps(common)];
  const several = cases.length > 1 ? `: one of these ${cases.length} cases, then what all have in common` : '';
  return [
    ...costs,
    `   How to fix it${several}`,
    '',
    ...cases.flatMap(({ title, when, test, steps: own }) => [
      `   Case: ${title}`,
      ...(test ? tests(test) : []),
      `      It is this if: ${when}`,
      ...steps(own),
      '',
    ]),
    '   In any case',
    ...steps(common),
  ];
}

/** The test of a case is no step of the fix. */
const tests = (test: ShownStep): string[] => steps([test]).map((line) => line.replace(/^ {3}1\./, '      Test:'));

const impact = (costs: Impact): string[] =>
  impactWords(costs).flatMap(({ ask, answers }) =>
    answers.map(({ when, say }) => `   - ${ask} ${when ? `${when}: ` : ''}${say}`),
  );

function over({ over: end }: Diagnosis, read: Input): string | undefined {
  if (!end) return undefined;
  const stamp = read.findings[end.finding]?.record.stamp;
  const word = end.likely ? 'probably over' : 'over';
  return stamp ? `${word} since ${cleanValue(stamp)}` : `${word} later`;
}

function evidence({ sources, read }: Context, problem: Problem, diagnosis: Diagnosis): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  const add = (source: number, line: number, text: string, because: string | undefined) => {
    lines.push(`   - ${place(sources, { source, line })}: ${cleanValue(text).slice(0, widest)}`);
    if (because && !seen.has(because)) lines.push(`       ${because}`);
    seen.add(because ?? '');
  };
  const weights = ['proves', 'points', 'fits'];
  const best = [...diagnosis.evidence].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  for (const { finding, sign } of best.slice(0, mostLines)) {
    const record = read.findings[finding]?.record;
    if (record)
      add(
        record.source,
        record.line,
        record.body,
        `${problem.signs[sign]?.because ?? ''}${readAsWords(read.findings[finding])}`,
      );
  }
  for (const { aside, block } of diagnosis.blocks.slice(0, mostLines)) {
    const text = read.asides[aside];
    if (text) add(text.source, text.line, wordsOf(text), problem.blocks[block]?.because);
  }
  const more = diagnosis.evidence.length - mostLines;
  if (more > 0) lines.push(`   - and ${more} more of these`);
  return lines;
}

function steps(shown: readonly ShownStep[]): string[] {
  return shown.flatMap(({ do: what, at, terminal, changes, commands, withheld }, i) => {
    const shell = terminal === undefined ? '' : `, terminal ${terminal}`;
    const where = at === 'both' ? ' (on both sides)' : at ? ` (on the ${at}${shell})` : '';
    const lines = [`   ${i + 1}.${where} ${what}${changes ? ' [changes something]' : ''}`];
    if (withheld)
      lines.push("        (command left out: it changes something, and these words could be another program's)");
    for (const { at: side, text, assignments, none } of commands) {
      if (commands.length > 1) lines.push(`      On the ${side}:`);
      if (none !== undefined) {
        lines.push(`        (no command here: ${none})`);
        continue;
      }
      for (const { word, what: it, open, logged } of assignments) {
        if (!open) continue;
        const named = logged ? ` The log names ${cleanValue(logged.value)}: check it before you use it.` : '';
        lines.push(`      Set ${word} first: ${it}.${named}`);
      }
      lines.push(...text.split('\n').map((line) => `        ${line}`));
    }
    return lines;
  });
}

function harmless({ sources, read }: Context, result: Result): string {
  const places = new Map<string, { first: string; count: number }>();
  for (const { finding, because } of result.harmless) {
    const record = read.findings[finding]?.record;
    if (!record) continue;
    const known = places.get(because);
    if (known) known.count++;
    else places.set(because, { first: place(sources, record), count: 1 });
  }
  const lines = [...places].map(([because, { first, count }]) => {
    const more = count > 1 ? ` and ${count - 1} more` : '';
    return `   - ${first}${more}: ${because}`;
  });
  return ['Lines that look bad and are not', ...lines].join('\n');
}

function summary({ sources, read }: Context): string {
  const unknown = read.findings.filter(({ message }) => !message).length + read.unrecognised.length;
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  const all = `Read ${count(read.lines, 'line')}, ${count(read.records, 'record')}; ${unknown} not recognised.`;
  // Of several files one may be empty, or the wrong one: its side has not been judged then.
  const silent = sources.length > 1 ? read.silent.map((i) => cleanValue(sources[i]?.name ?? '')) : [];
  return silent.length > 0 ? `${all}\nNo line of samhain or yule is in: ${silent.join(', ')}.` : all;
}
