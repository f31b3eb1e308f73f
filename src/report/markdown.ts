/**
 * A report as Markdown, for a ticket or a mail. Its evidence stands in code blocks, each line as it was printed: pasted
 * again, it is input like any other.
 */
import type { ShownStep } from '../engine/diagnosis/steps.ts';
import { cleanValue } from '../engine/diagnosis/values.ts';
import { ofSide, reportTitle } from '../engine/log/own-report.ts';
import { maskedWords } from './input-words.ts';
import type { Evidence, Report, ReportDiagnosis } from './model.ts';
import { effectText, settlesText, unknownText } from './outputs.ts';
import { settingsText } from './settings.ts';
import { quietTextOf } from './text.ts';
import {
  askText,
  askWhole,
  blockText,
  clockText,
  countsText,
  cutEndText,
  excludedText,
  needsText,
  windowText,
} from './words.ts';

const mostLines = 8;
const mostReports = 100;

/**
 * The whole report.
 * @param done steps that were ticked, in words
 */
export function markdownOf(report: Report, done: readonly string[] = []): string {
  const { diagnoses, unexplained, reports, reportsCount, clients, counts, excluded, notJudged, input, harmless } =
    report;
  const parts = [reportTitle, quietTextOf(report).trim().split('\n').map(escaped).map(item).join('\n')];
  if (report.window) parts.push(windowText(report.window));
  parts.push(...input.notRead.map((sentence) => `**Not all was read.** ${escaped(sentence)}`));
  for (const { file, line, ask } of input.cutEnds)
    parts.push(cutEndText(escaped(`${file}, line ${line}`)), ...ask.map((one) => indented(askText(one))));
  parts.push(...diagnoses.filter(({ ofSettings }) => !ofSettings).flatMap(diagnosed));
  if (diagnoses.length === 0 && unexplained.length > 0)
    parts.push('## Errors that nothing explains', ...unexplained.slice(0, mostLines).flatMap(quoted));
  if (done.length > 0) parts.push('## Done so far', done.map((step) => item(`[x] ${escaped(step)}`)).join('\n'));
  const configured = settingsText(report);
  if (configured.length > 0) parts.push('## Configurations', fence(configured.join('\n\n').split('\n')));
  if (reports.length > 0) {
    const more = reportsCount > mostReports ? [`and ${reportsCount - mostReports} more`] : [];
    const lines = reports.slice(0, mostReports).map(({ text }) => cleanValue(text));
    parts.push('## The file check reports', fence([...lines, ...more]));
  }
  if (clients.length > 0)
    parts.push(
      '## Clients',
      table(
        ['client', 'state', 'problem'],
        clients.map(({ host, state, problem }) => [host, state, problem ?? '']),
      ),
    );
  if (harmless.length > 0)
    parts.push('## Looks alarming, but is normal', harmless.map(({ because }) => item(because)).join('\n'));
  if (report.checks.length > 0)
    parts.push(
      '## Outputs of checks',
      [
        ...report.blocks.map((one) => item(escaped(blockText(one)))),
        ...report.checks.map(({ check, outcome, means, ...said }) =>
          item(`\`${check}=${outcome}\`: ${means} ${effectText(said)}`.trim()),
        ),
      ].join('\n'),
    );
  if (report.unknownOutputs.length > 0)
    parts.push(
      '## Outputs that were not recognized',
      report.unknownOutputs
        .slice(0, mostLines)
        .map((one) => item(`${escaped(`${one.file}, line ${one.line}`)}: ${unknownText(one)}`))
        .join('\n'),
    );
  if ((input.recognised > 0 || report.checks.length > 0) && report.state !== 'nothing')
    parts.push(
      '## What else it could be',
      `${countsText(counts)}.`,
      [
        ...excluded.map((one) => item(`${one.title}: ruled out, because ${escaped(excludedText(one))}.`)),
        ...notJudged.map(({ title, needs }) => item(`${title}: not judged; that needs ${needsText(needs)}.`)),
      ].join('\n'),
    );
  if (report.around.length > 0) parts.push('## Records around these', ...around(report.around));
  parts.push(...nextStep(report));
  if (report.clocks.length > 0)
    parts.push(
      report.clocks
        .slice(0, mostLines)
        .map((one) => item(escaped(clockText(one))))
        .join('\n'),
    );
  const masked = maskedWords(input.masked);
  if (masked) parts.push(masked);
  parts.push(`Read ${input.lines} lines, ${input.records} records; ${input.unrecognisedCount} not recognized.`);
  return `${parts.join('\n\n')}\n`;
}

function diagnosed(one: ReportDiagnosis): string[] {
  const {
    title,
    summary,
    confidence,
    quoted: bare,
    host,
    over,
    evidence,
    evidenceCount,
    ask,
    impact,
    cases,
    fix,
  } = one;
  const certainty = bare ? `${confidence}, if this is samhain's` : confidence;
  const words = [certainty, host && `client ${host}`, over && (over.likely ? 'probably over' : 'over')];
  const parts = [`## ${title}`, `${escaped(words.filter(Boolean).join(' · '))}`, summary];
  const { reason = '' } = over || {};
  if (reason) parts.push(escaped(`Probably over: ${reason}`));
  parts.push('### Evidence', ...evidence.slice(0, mostLines).flatMap(quoted));
  if (evidenceCount > mostLines) parts.push(`and ${evidenceCount - mostLines} more of these.`);
  const asks = [...(bare ? [askWhole] : []), ...ask.map(askText)];
  if (asks.length > 0) parts.push('### What decides', ...asks.map((said) => indented(said)));
  if ((over && !over.likely) || confidence === 'possible') return parts;
  const costs = impact.flatMap(({ ask: question, answers }) =>
    answers.map(({ when, say }) => item(`${question} ${when ? `${when}: ` : ''}${say}`)),
  );
  parts.push('### Until it is fixed', costs.join('\n'), '### How to fix it');
  for (const { title: name, when, shown, test, steps } of cases)
    parts.push(
      `**${name}**${shown ? ' (the evidence shows it)' : ''}`,
      ...(test ? stepsOf([test], 'Test:') : []),
      ...(shown ? [] : [`This is your case if: ${when}`]),
      ...stepsOf(steps),
    );
  if (cases.length > 0) parts.push('**In any case**');
  parts.push(...stepsOf(fix));
  return parts;
}

/** Which check would tell most, while nothing is certain. */
function nextStep({ next, diagnoses, notJudged }: Report): string[] {
  if (!next || diagnoses.some(({ confidence, over }) => confidence === 'certain' && !over)) return [];
  const { check, blocks, page } = next;
  const sides = blocks.map((one) =>
    item(`The ${one.side}'s block ${settlesText(one, notJudged.length)}: ${page}#${one.side}`),
  );
  return [
    '## The most useful next check',
    ...(check ? [`On the ${check.side}: ${check.ask} It ${settlesText(check, notJudged.length)}.`] : []),
    ...(check
      ? [check.none === undefined ? fence(check.run.split('\n'), 'sh') : `No command here: ${check.none}`]
      : []),
    ...(sides.length > 0 ? [sides.join('\n')] : []),
  ];
}

const quoted = ({ file, line, printed, because, side }: Evidence): string[] => [
  `${escaped(line > 0 ? `${file}, line ${line}` : file)}${ofSide(side)}${because ? `: ${because}` : ''}`,
  ...(printed.length > 0 ? [fence(printed)] : []),
];

/** Each log's in one block. */
function around(records: readonly Evidence[]): string[] {
  const blocks = new Map<string, string[]>();
  for (const { file, side, printed } of records) {
    const place = `${escaped(file)}${ofSide(side)}`;
    blocks.set(place, [...(blocks.get(place) ?? []), ...printed]);
  }
  return [...blocks].flatMap(([place, lines]) => [place, fence(lines)]);
}

/** Steps by number; or under the word for what is none: the test of a case. */
const stepsOf = (steps: readonly ShownStep[], word?: string): string[] =>
  steps.flatMap(({ do: what, at, changes, commands, withheld }, i) => [
    `${word ?? `${i + 1}.`} ${at ? `(${at === 'both' ? 'both sides' : at}) ` : ''}${what}${changes ? ' **Changes something.**' : ''}`,
    ...(withheld ? ["Command left out: it changes something, and these words could be another program's."] : []),
    ...commands.map(({ text, none }) =>
      none === undefined ? fence(text.split('\n'), 'sh') : `No command here: ${none}`,
    ),
  ]);

/** A question with its command below it. */
function indented(said: string): string {
  const [words, ...command] = said.split('\n');
  return command.length > 0 ? `${item(words ?? '')}\n\n${fence(command, 'sh')}` : item(said);
}

const item = (text: string): string => `- ${text}`;

/** A code block that nothing in it can end. */
function fence(lines: readonly string[], language = ''): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const ticks = '`'.repeat(longest + 1);
  return [`${ticks}${language}`, ...lines, ticks].join('\n');
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows.map((row) => row.map(escaped))]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** Words out of a log, which could be Markdown or HTML of somebody else. */
const escaped = (text: string): string => cleanValue(text).replace(/[\\`*_[\]<>|#&]/g, (char) => `\\${char}`);
