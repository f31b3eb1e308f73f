/** From the arguments of the command line to a report and an exit status. */
import { setFlagsFromString } from 'node:v8';
import { thereIsNo } from '../build/knowledge/suggest.ts';
import { createCatalogue } from '../engine/catalogue/catalogue.ts';
import { createGrammar } from '../engine/config/grammar.ts';
import type { State } from '../engine/diagnosis/index.ts';
import { type Chosen, type Judged, type JudgeRules, judge, timesIn } from '../engine/judge.ts';
import { valuesOf } from '../engine/setup.ts';
import type { Source } from '../engine/types.ts';
import { readWindow, type Window, type WindowWords } from '../engine/window.ts';
import { explained } from '../report/explain.ts';
import { jsonOf } from '../report/json.ts';
import { markdownOf } from '../report/markdown.ts';
import { type Report, reportOf } from '../report/model.ts';
import { Redaction, redactionWords } from '../report/redact.ts';
import { settingsLines } from '../report/settings.ts';
import { quietTextOf, textOf } from '../report/text.ts';
import { visible, visibleJson, visibleLine } from '../report/visible.ts';
import { nothingText } from '../report/words.ts';
import { type Arguments, UsageFault } from './arguments.ts';
import { follow } from './follow/follow.ts';
import { writeMetrics } from './metrics.ts';
import { loadRules } from './rules.ts';
import { readWindow as readAgain, readSources } from './sources.ts';

/** The exit status for what was found. */
export const statuses: Record<State, number> = {
  healthy: 0,
  reports: 0,
  read: 0,
  diagnosed: 1,
  unclear: 1,
  part: 3,
  nothing: 3,
};

/** Reads, judges, prints. @returns the exit status @throws UsageFault, ReadFault */
export async function run(args: Arguments): Promise<number> {
  const rules = await loadRules();
  const { messages, problems, setups } = rules;
  if (args.setup !== undefined && !setups.some(({ id }) => id === args.setup))
    throw new UsageFault(`There is no setup ${args.setup}. There are: ${setups.map(({ id }) => id).join(', ')}.`);
  const setup = valuesOf(rules, { setup: args.setup ?? '', own: {} });
  if (args.explain !== undefined) {
    const words = explained(args.explain, { messages, problems, setup });
    const ids = [...problems.map(({ id }) => id), ...messages.map(({ id }) => id)];
    if (words === undefined) throw new UsageFault(`--explain: ${thereIsNo('message or problem', args.explain, ids)}`);
    process.stdout.write(visible(words));
    return 0;
  }
  const judging: JudgeRules = {
    ...rules,
    catalogue: createCatalogue(messages),
    grammar: createGrammar(rules.settings),
    rules: rules.settings.rules,
  };
  const chosen = {
    setup,
    build: setups.find(({ id }) => id === args.setup)?.build,
    ...(args.only.length > 0 ? { only: args.only } : {}),
  };
  if (args.state !== undefined) return follow({ ...args, state: args.state }, judging, chosen);
  const { read, result, window, outside } = await judgeFiles(args, judging, chosen);
  const about = { only: args.only, window, outside };
  const whole = reportOf({ read, result, problems, messages, setup, checking: rules.checks, ...about });
  const report = args.redact ? new Redaction(read, redactionWords(rules, setup)).all(whole) : whole;
  if (args.metrics !== undefined) {
    const alive = Object.fromEntries(
      result.clients.flatMap(({ host, alive: at }) => (at === undefined ? [] : [[host, at]])),
    );
    writeMetrics(args.metrics, { judged: { read, result }, problems, alive, reports: whole.reportsCount });
  }
  if (args.configOnly) return printSettings(report);
  print(report, args);
  return statuses[report.state];
}

/** Of a time that was chosen, what lies in it: of long files that part is read once more, unless they can be read only once. */
async function judgeFiles(
  { files, since, until }: Arguments,
  rules: JudgeRules,
  chosen: Chosen,
): Promise<Judged & { window: Window | undefined }> {
  const sources = await readSources(files, () => rules);
  compileLess();
  const whole = judge(sources, rules, chosen);
  if (since === undefined && until === undefined) return { ...whole, window: undefined };
  const words = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
  const times = timesIn(whole, rules);
  const window = times ? readWindow(words, times) : { not: since ?? until ?? '' };
  if ('not' in window) throw new UsageFault(notATime(window.not, words, times !== undefined));
  const inWindow: Source[] = [];
  for (const [i, source] of sources.entries()) {
    const file = files[i];
    const again =
      source.excerpt && file ? await readAgain(file, source.excerpt, { rules: () => rules, window }) : undefined;
    inWindow.push({ ...source, ...again });
  }
  return { ...judge(inWindow, rules, { ...chosen, window }), window };
}

/**
 * What judges runs for a second or so, once: to compile it a second time, for speed, costs more than it saves. (What reads
 * has been compiled so by now.) Before version 12, V8 has no other compiler that is worth the name.
 */
function compileLess(): void {
  if (Number.parseInt(process.versions.v8, 10) >= 12) setFlagsFromString('--no-turbofan');
}

function notATime(not: string, { since, until }: WindowWords, timed: boolean): string {
  const option = not === since ? '--since' : '--until';
  if (!timed) return `${option} ${not} needs records with a time, and none of these has one.`;
  if (not === since && not === 'repair')
    return `--since repair: these lines show no fault that ended, and no start after one.`;
  if (not === since && (not === 'today' || not === 'last-night'))
    return `--since ${not}: all of the lines are from that time, or none is.`;
  const reads = option === '--since' ? 'today, last-night, repair, ' : '';
  return since !== undefined && not === until && /\d/.test(not)
    ? `--until ${not} is not a time, or it is before --since ${since}.`
    : `${option} needs ${reads}a time such as 15:18 or 2026-11-23T15:00, or 30m, 2h, 3d before the last record, not ${not}.`;
}

function print(report: Report, { json, report: markdown, quiet }: Arguments): void {
  if (json) console.log(visibleJson(jsonOf(report)));
  else if (markdown) process.stdout.write(visible(markdownOf(report)));
  else if (!quiet) process.stdout.write(visible(textOf(report)));
  else if (statuses[report.state] !== 0) process.stdout.write(visible(quietTextOf(report)));
  if (quiet) return;
  if (json || markdown)
    for (const sentence of report.input.notRead) console.error(`samhain-diagnose: ${visibleLine(sentence)}`);
  if (report.state === 'nothing') console.error(`samhain-diagnose: ${visibleLine(nothingText(report))}`);
}

/** One line a finding, for use in a pipeline: what breaks something makes it fail, and so does what is no configuration. */
function printSettings(report: Report): number {
  for (const line of settingsLines(report)) console.log(line);
  for (const { name, part } of report.input.noConfigurations) {
    const why = part ? 'was not read completely' : 'is not a configuration of samhain or yule';
    console.error(`samhain-diagnose: ${visibleLine(name)} ${why}.`);
  }
  if (report.settings.some(({ degree }) => degree === 'breaks')) return 1;
  return report.input.noConfigurations.length > 0 ? 3 : 0;
}
