/** A report as text for a terminal. */
import { rivalsOf } from '../engine/diagnosis/rivals.ts';
import type { ShownStep } from '../engine/diagnosis/steps.ts';
import { cleanValue } from '../engine/diagnosis/values.ts';
import { configurationWords, maskedWords } from './input-words.ts';
import type { Evidence, FileReport, Report, ReportDiagnosis } from './model.ts';
import { gatherPage, type Place, pointedIn, pointedText, settlesText, unknownText } from './outputs.ts';
import { settingsText } from './settings.ts';
import { visibleLine } from './visible.ts';
import {
  askText,
  askWhole,
  blockText,
  byReason,
  clockText,
  countsText,
  cutEndText,
  excludedText,
  linksInWords,
  needsText,
  nothingText,
  windowText,
} from './words.ts';

/** What names a value that the reader is to check first. */
const namers = { log: 'log', setting: 'configuration', check: 'output' } as const;

/** Lines shown of one diagnosis, reports of the file check shown, and characters shown of a line. */
const mostLines = 8;
const mostReports = 20;
const mostChecks = 40;
/** Problems with their steps before a list of them stands above; and problems that were over, each with its lines. */
const mostWhole = 2;
const mostEnded = 3;
/** Lines shown of a client that has the same problem as the one before it. */
const mostOfOthers = 2;
const widest = 200;

/** The whole report. */
export function textOf(report: Report): string {
  const parts = [...verdict(report), ...report.input.cutEnds.map(cutEnd), ...settingsText(report)];
  if (report.reports.length > 0) parts.push(reports(report));
  if (report.harmless.length > 0) parts.push(harmless(report));
  // Of a few outputs alone, what they mean is the answer.
  const outputs = report.blocks.length + report.checks.length > 0 ? [checks(report)] : [];
  const first = report.blocks.length === 0 && report.input.recognised === 0;
  if (first) parts.push(...outputs);
  // Where no line was recognised, nothing was asked.
  if ((report.input.recognised > 0 || report.checks.length > 0) && report.state !== 'nothing')
    parts.push(endings(report));
  if (!first) parts.push(...outputs);
  if (report.unknownOutputs.length > 0) parts.push(unknownOutputs(report));
  parts.push(...next(report));
  parts.push(...aboutInput(report), summary(report));
  return `${parts.join('\n\n')}\n`;
}

/** A text that ends within a record, and what shows why. */
const cutEnd = ({ file, line, ask }: Report['input']['cutEnds'][number]): string =>
  [cutEndText(`${visibleLine(file)}, line ${line}`), ...ask.map(askText).map(bullet)].join('\n');

/** The verdict alone: what is wrong, with whom, and nothing of how it is fixed. */
export function quietTextOf(report: Report): string {
  const { diagnoses, reportsCount, input } = report;
  const lines = diagnoses.map(({ title, host, confidence, quoted, over }) => {
    const words = [quoted ? `${confidence}, if this is samhain's` : confidence, host && cleanValue(host), ended(over)];
    return `${title} (${words.filter(Boolean).join(', ')})`;
  });
  if (lines.length === 0) lines.push(undiagnosed(report).split('\n')[0] ?? '');
  if (input.notRead.length > 0) lines.push('Not all was read.');
  if (reportsCount > 0)
    lines.push(`The file check reports ${reportsCount} ${reportsCount === 1 ? 'change' : 'changes'}.`);
  return `${lines.join('\n')}\n`;
}

function verdict(report: Report): string[] {
  const { state, input } = report;
  // What only a configuration shows stands at its line.
  const diagnoses = report.diagnoses.filter(({ ofSettings }) => !ofSettings);
  const parts = diagnoses.length > 0 ? diagnosed(diagnoses) : [undiagnosed(report)];
  // That a configuration holds no line of a log needs no saying.
  const configured = input.configurations.length + report.configurations.length > 0;
  if (input.recognised === 0 && configured && state !== 'part') parts.shift();
  if (input.notRead.length > 0) parts.unshift(['Not all was read.', ...input.notRead].join('\n'));
  return parts;
}

/** Of the input itself: what was no log, and what was masked. */
function aboutInput({ input }: Report): string[] {
  // (One of which all was read is told as such.)
  const names = input.unreadConfigurations.join(', ');
  const { title, instead } = configurationWords;
  return [names && `${names}: ${title}. ${instead}`, maskedWords(input.masked) ?? ''].filter(Boolean);
}

function undiagnosed(report: Report): string {
  const { state, input } = report;
  if (state === 'nothing' || (state === 'part' && input.recognised === 0)) return nothing(report);
  if (report.unexplained.length > 0 && state === 'unclear') return unclear(report);
  if (state === 'unclear' || state === 'diagnosed')
    return 'The log lines show no fault. The configuration has one, see below.';
  const pointed = pointedText(pointedIn(report.checks, report.excluded));
  if (pointed) return pointed;
  if (state === 'read' && report.checks.length > 0)
    return 'No line of a log was given. The outputs of the checks prove no fault.';
  if (state === 'part') return 'What was read shows no fault. What was not read may contain one.';
  if (state === 'reports') return 'Nothing wrong found between client and server.';
  return report.window ? 'Nothing wrong found in the lines from that time.' : 'Nothing wrong found in these lines.';
}

function nothing(report: Report): string {
  const { input } = report;
  const lines = [nothingText(report)];
  if (input.recognised > 0 && report.only.length > 0) return lines.join('\n');
  const unknown = input.unknownRecords;
  if (unknown > 0) {
    const what = unknown === 1 ? '1 record has' : `${unknown} records have`;
    lines.push(`${what} the form of samhain's, but none of its messages: it may be another program's log.`);
  }
  if (input.words) lines.push('The words of a message alone, with no record around them, prove nothing.');
  return [...lines, ...alike(input.unrecognised)].join('\n');
}

function unclear({ unexplained }: Report): string {
  const known = unexplained.some(({ message }) => message);
  return [
    known
      ? 'An error, but no known problem explains it. Look at the lines around it.'
      : 'Records that match no known message: they may report a fault.',
    ...unexplained
      .slice(0, mostLines)
      .flatMap(({ meaning, action, ...line }) => [
        quote(line),
        ...[meaning, action].filter((words) => words !== undefined).map((words) => `       ${linksInWords(words)}`),
      ]),
    ...left(unexplained),
  ].join('\n');
}

/** What the file check reports is named whatever else is said: it is what samhain runs for. */
function reports({ reports: all, reportsCount }: Report): string {
  const lines = all.slice(0, mostReports).map(fileReport);
  return ['The file check reports:', ...lines, ...left({ length: reportsCount }, mostReports)].join('\n');
}

/** What changed comes first: a record has a dozen values, and only so much of it is shown. */
function fileReport({ words, path, host, text, ...line }: FileReport): string {
  if (!path || !words) return quote({ ...line, text: cleanValue(text) });
  const what = `${cleanValue(words).slice(0, widest)} ${cleanValue(path).slice(0, 3 * widest)}`;
  return `   - ${place(line)}: ${what}${host ? ` (${cleanValue(host)})` : ''}`;
}

/** Lines worded like a message, which may be another program's. */
function alike(unrecognised: Report['input']['unrecognised']): string[] {
  const lines = unrecognised.flatMap(({ text, like, ...line }) =>
    like ? [`   - ${place(line)}: ${cleanValue(text).slice(0, widest)}`, ...like.map(pageOf)] : [],
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

const quote = ({ text, ...line }: Place & { text: string }): string => `   - ${place(line)}: ${text.slice(0, widest)}`;

const place = ({ file, line }: Place): string => `${visibleLine(file)}${line > 0 ? `:${line}` : ''}`;

const isOpenGuess = ({ confidence, over }: ReportDiagnosis): boolean => confidence === 'possible' && !over;

/** Those that the lines support, each with its steps; mere possibilities as one list, with what decides. */
function diagnosed(diagnoses: readonly ReportDiagnosis[]): string[] {
  const guesses = diagnoses.filter(isOpenGuess);
  const numbered = diagnoses.filter((diagnosis) => !isOpenGuess(diagnosis));
  const open = alikeOnes(numbered.filter(({ over }) => !over));
  const ended = rivalsOf(
    numbered.filter(({ over }) => over),
    ({ alternatives }) => alternatives.map((other) => other.problem),
    ({ over }) => (over ? `${over.likely} ${over.stamp ?? ''}` : ''),
  );
  const parts = open.map((alike, i) => one(alike, i + 1));
  if (guesses.length > 0) parts.push(possibilities(guesses, numbered.length === 0));
  if (ended.length > mostEnded) parts.push(endedOnes(ended));
  else parts.push(...ended.map((rivals, i) => one(asOne(rivals), open.length + i + 1)));
  if (open.length + ended.length > mostWhole) parts.unshift(overview({ open, guesses, ended }));
  return parts;
}

/** The first of rivals; it names all others among those that the same lines fit. */
function asOne([first, ...others]: readonly ReportDiagnosis[]): ReportDiagnosis[] {
  if (!first) return [];
  const { alternatives } = first;
  const more = others.filter(({ problem }) => alternatives.every((other) => other.problem !== problem));
  return [{ ...first, alternatives: [...alternatives, ...more.map(({ problem, title }) => ({ problem, title }))] }];
}

/** Diagnoses of one problem whose steps differ in the client's name only. */
function alikeOnes(diagnoses: readonly ReportDiagnosis[]): ReportDiagnosis[][] {
  const groups = new Map<string, ReportDiagnosis[]>();
  for (const diagnosis of diagnoses) {
    const { problem, confidence, quoted, host } = diagnosis;
    const name = host && cleanValue(host);
    const steps = fix(diagnosis).join('\n');
    const key = [problem, confidence, quoted, name ? steps.replaceAll(name, '\0') : steps].join('\n');
    groups.set(key, [...(groups.get(key) ?? []), diagnosis]);
  }
  return [...groups.values()];
}

/** What is to be fixed, a line each: the steps fill screens. */
function overview({
  open,
  guesses,
  ended,
}: {
  open: readonly ReportDiagnosis[][];
  guesses: readonly ReportDiagnosis[];
  ended: readonly ReportDiagnosis[][];
}): string {
  const counts = [
    open.length > 0 && `${open.flat().length} to fix`,
    guesses.length > 0 && `${guesses.length} possible`,
    ended.length > 0 && `${ended.length} over`,
  ];
  const lines = open.map(([first, ...others], i) => `   ${i + 1}. ${first ? headOf(first, others) : ''}`);
  return [counts.filter(Boolean).join(', '), ...lines].join('\n');
}

/** Where many were over, a line each, with the other problems that the same lines fit. */
function endedOnes(ended: readonly ReportDiagnosis[][]): string {
  const lines = ended.slice(0, mostReports).flatMap(([diagnosis, ...rivals]) => {
    if (!diagnosis) return [];
    const last = diagnosis.evidence.findLast(({ line }) => line > 0);
    return [
      `   - ${headOf(diagnosis)}${last ? `: ${place(last)}` : ''}`,
      ...(rivals.length > 0 ? [`       or it was: ${rivals.map(({ title }) => title).join('; ')}`] : []),
    ];
  });
  return [`${ended.length} are over (--report has the evidence of each)`, ...lines, ...left(ended, mostReports)].join(
    '\n',
  );
}

/** A problem, how certain it is, and whose it is. */
function headOf(
  { title, confidence, host, over, quoted }: ReportDiagnosis,
  others: readonly ReportDiagnosis[] = [],
): string {
  const certainty = quoted ? `${confidence}, if this is samhain's` : confidence;
  const [first, ...more] = [host, ...others.map((other) => other.host)].filter((name) => name !== undefined);
  const whose = first && `${cleanValue(first)}${more.length > 0 ? ` and ${more.length} more` : ''}`;
  const state = [certainty, whose, ended(over)];
  return `${title} (${state.filter(Boolean).join(', ')})`;
}

function possibilities(guesses: readonly ReportDiagnosis[], alone: boolean): string {
  const quoted = guesses.every((guess) => guess.quoted) ? ", if this is samhain's" : '';
  const lines = [
    alone ? `These lines do not decide. Possible${quoted}, the likeliest first:` : `Also possible${quoted}:`,
  ];
  for (const { problem, title, host } of guesses)
    lines.push(`   - ${title}${host ? ` (${cleanValue(host)})` : ''}`, `       /problems/${problem}/`);
  const [first] = guesses;
  if (!first || !alone) return lines.join('\n');
  lines.push('', '   Evidence', ...evidence(first));
  const asks = [...new Set(guesses.flatMap(({ ask }) => ask.map(askText)))].slice(0, mostLines);
  lines.push(
    '',
    '   What decides',
    ...[...(first.quoted ? [askWhole] : []), ...(first.ask.length > 0 ? first.ask.map(askText) : asks)].map(bullet),
  );
  return lines.join('\n');
}

/** A command of several lines goes on below its words. */
const bullet = (text: string): string => `   - ${linksInWords(text).replaceAll('\n', '\n        ')}`;

/** One problem: of the first of its clients all, of the others the lines. */
function one([diagnosis, ...others]: readonly ReportDiagnosis[], number: number): string {
  if (!diagnosis) return '';
  const { problem, summary, confidence, over, alternatives, ask, host } = diagnosis;
  const { reason = '' } = over || {};
  const lines = [
    `${number}. ${headOf(diagnosis, others)}`,
    `   ${summary}`,
    ...(reason ? [`   Probably over: ${reason}`] : []),
    '',
  ];
  lines.push('   Evidence', ...evidence(diagnosis));
  for (const other of others)
    lines.push(
      `   And of ${cleanValue(other.host ?? '')}`,
      ...evidence(other)
        .filter((line) => line.startsWith('   - '))
        .slice(0, mostOfOthers),
    );
  if (alternatives.length > 0)
    lines.push('', '   The same lines fit', ...alternatives.map((other) => bullet(other.title)));
  if (ask.length > 0) lines.push('', '   What decides', ...ask.map(askText).map(bullet));
  if ((!over || over.likely) && confidence !== 'possible') {
    lines.push('', ...fix(diagnosis));
    if (others.length > 0 && host)
      lines.push('', `   For the others, write their name instead of ${cleanValue(host)}.`);
  }
  lines.push('', `   Page: /problems/${problem}/`);
  return lines.join('\n');
}

/** What it costs, and the steps: those of each case, then those that all cases have in common. */
function fix({ impact, cases, fix: common }: ReportDiagnosis): string[] {
  const costs = impact.flatMap(({ ask, answers }) =>
    answers.map(({ when, say }) => `   - ${ask} ${when ? `${when}: ` : ''}${linksInWords(say)}`),
  );
  const before = ['   Until it is fixed', ...costs, ''];
  if (cases.length === 0) return [...before, '   How to fix it', ...steps(common)];
  const several =
    cases.length > 1 ? `: the steps of your case (one of ${cases.length}), then those that all cases share` : '';
  return [
    ...before,
    `   How to fix it${several}`,
    '',
    ...cases.flatMap(({ title, when, shown, test, steps: own }) => [
      `   Case: ${title}${shown ? ' (the evidence shows it)' : ''}`,
      ...(test ? tests(test) : []),
      ...(shown ? [] : [`      This is your case if: ${linksInWords(when)}`]),
      ...steps(own),
      '',
    ]),
    '   In any case',
    ...steps(common),
  ];
}

/** The test of a case is no step of the fix. */
const tests = (test: ShownStep): string[] => steps([test]).map((line) => line.replace(/^ {3}1\./, '      Test:'));

function ended(over: ReportDiagnosis['over']): string | undefined {
  if (!over) return undefined;
  const word = over.likely ? 'probably over' : 'over';
  return over.stamp ? `${word} since ${cleanValue(over.stamp)}` : `${word} later`;
}

function evidence({ evidence: all, evidenceCount }: ReportDiagnosis): string[] {
  const seen = new Set<string>();
  const isBlock = ({ message = '' }: Evidence) => /^[a-z]/.test(message);
  const weights = ['proves', 'points', 'fits'];
  const records = all
    .filter((line) => !isBlock(line) && line.setting === undefined && line.check === undefined)
    .sort((a, b) => weights.indexOf(a.weight ?? '') - weights.indexOf(b.weight ?? ''));
  const blocks = all.filter(isBlock);
  const lines = [...records.slice(0, mostLines), ...blocks.slice(0, mostLines)].flatMap(({ because = '', ...line }) => {
    const said = because && !seen.has(because) ? [`       ${linksInWords(because)}`] : [];
    seen.add(because);
    return [quote(line), ...said];
  });
  const configured = all.filter(({ setting }) => setting !== undefined);
  const checked = all.filter(({ check }) => check !== undefined);
  const more = evidenceCount - blocks.length - configured.length - checked.length - mostLines;
  if (more > 0) lines.push(`   - and ${more} more of these`);
  for (const { because, ...line } of checked.slice(0, mostLines)) {
    lines.push(quote(line));
    if (because && !seen.has(because)) lines.push(`       ${linksInWords(because)}`);
    seen.add(because ?? '');
  }
  lines.push(...configured.slice(0, mostLines).map(quote));
  return lines;
}

/** Numbered, with their commands. */
export function steps(shown: readonly ShownStep[]): string[] {
  return shown.flatMap(({ do: what, at, terminal, changes, commands, withheld }, i) => {
    const shell = terminal === undefined ? '' : `, terminal ${terminal}`;
    const where = at === 'both' ? ' (on both sides)' : at ? ` (on the ${at}${shell})` : '';
    const lines = [`   ${i + 1}.${where} ${linksInWords(what)}${changes ? ' [changes something]' : ''}`];
    if (withheld)
      lines.push("        (command left out: it changes something, and these words could be another program's)");
    for (const { at: side, text, assignments, none } of commands) {
      if (commands.length > 1) lines.push(`      On the ${side}:`);
      if (none !== undefined) {
        lines.push(`        (no command here: ${linksInWords(none)})`);
        continue;
      }
      for (const { word, what: it, open, logged } of assignments) {
        if (!open) continue;
        const named = logged
          ? ` The ${namers[logged.by ?? 'log']} names ${cleanValue(logged.value)}: check it before you use it.`
          : '';
        lines.push(`      Set ${word} first: ${it}.${named}`);
      }
      lines.push(...text.split('\n').map((line) => `        ${line}`));
    }
    return lines;
  });
}

function harmless({ harmless: all }: Report): string {
  const lines = all.map(({ because, count, ...line }) => {
    const more = count > 1 ? ` and ${count - 1} more` : '';
    return `   - ${place(line)}${more}: ${linksInWords(because)}`;
  });
  return ['Lines that look alarming, but are normal', ...lines].join('\n');
}

/** What was printed by a command, and is no output that is known. */
function unknownOutputs({ unknownOutputs: all }: Report): string {
  const lines = all.slice(0, mostLines).map((one) => {
    const run = one.run === undefined ? '' : `\n       Give what this prints: ${one.run}`;
    return `   - ${place(one)}: ${unknownText(one)}${run}`;
  });
  return ['Outputs that were not recognized', ...lines, ...left(all)].join('\n');
}

/** Blocks that were read, and each output that was recognised, with what it means; those that say more of a problem first. */
function checks({ checks: all, blocks }: Report): string {
  const read = blocks.map((one) => `   - ${place(one)}: ${blockText(one)}`);
  const weight = ({ proves, points, excludes }: Report['checks'][number]) =>
    proves.length > 0 ? 0 : points.length > 0 ? 1 : excludes.length > 0 ? 2 : 3;
  const lines = [...all]
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, mostChecks)
    .map(({ check, outcome, means, ...line }) => `   - ${place(line)}: ${check}=${outcome}: ${linksInWords(means)}`);
  return ['Outputs of checks', ...read, ...lines, ...left(all, mostChecks)].join('\n');
}

/** While nothing is certain: which check would tell most, or which side's block; and where to begin with no line at all. */
function next({ next: asked, diagnoses, notJudged, state, blocks }: Report): string[] {
  if (state === 'nothing' && blocks.length === 0)
    return [`No log? Run one command on each side and give what it prints: ${gatherPage} of the site.`];
  if (!asked || diagnoses.some(({ confidence, over }) => confidence === 'certain' && !over)) return [];
  const { check, blocks: sides, page } = asked;
  const lines = check
    ? [
        `The most useful next check: ${check.check} on the ${check.side} (${settlesText(check, notJudged.length)})`,
        `   ${check.ask}`,
        ...(check.none === undefined
          ? check.run.split('\n').map((line) => `        ${line}`)
          : [`   No command here: ${check.none}`]),
      ]
    : [];
  const block = sides.map(
    (one) => `   The ${one.side}'s block ${settlesText(one, notJudged.length)}: ${page}#${one.side}`,
  );
  return [[...lines, ...block].join('\n')];
}

/** What was found is above; here is the rest, in groups that have the same reason. */
function endings({ counts, excluded, notJudged }: Report): string {
  return [
    `Of all known problems: ${countsText(counts)}`,
    ...groups('Ruled out, because ', excluded, excludedText),
    ...groups('Not judged; needs ', notJudged, ({ needs }) => needsText(needs)),
  ].join('\n');
}

function groups<T extends { title: string }>(head: string, all: readonly T[], reason: (one: T) => string): string[] {
  return byReason(all, reason).map(([said, its]) => `   - ${head}${said}: ${its.map(({ title }) => title).join('; ')}`);
}

function summary({ input, window, clocks }: Report): string {
  const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  const all = `Read ${count(input.lines, 'line')}, ${count(input.records, 'record')}; ${input.unrecognisedCount} not recognized.`;
  const only = window ? `\n${windowText(window)}` : '';
  // Of several files one may be empty, or the wrong one: its side has not been judged then.
  const silent = input.silent.length > 0 ? `\nNo line of samhain or yule is in: ${input.silent.join(', ')}.` : '';
  const off = clocks.slice(0, mostLines).map((one) => `\n${cleanValue(clockText(one))}`);
  return `${all}${only}${silent}${off.join('')}`;
}
