/** From the arguments of the command line to a report and an exit status. */
import { createCatalogue } from '../engine/catalogue/catalogue.ts';
import { createGrammar } from '../engine/config/grammar.ts';
import { diagnose, type State } from '../engine/diagnosis/index.ts';
import { readInput } from '../engine/input.ts';
import { valuesOf } from '../engine/setup.ts';
import { thereIsNo } from '../knowledge/suggest.ts';
import { explained } from '../report/explain.ts';
import { jsonOf } from '../report/json.ts';
import { markdownOf } from '../report/markdown.ts';
import { type Report, reportOf } from '../report/model.ts';
import { Redaction } from '../report/redact.ts';
import { settingsLines } from '../report/settings.ts';
import { quietTextOf, textOf } from '../report/text.ts';
import { visible, visibleJson, visibleLine } from '../report/visible.ts';
import { nothingText } from '../report/words.ts';
import { type Arguments, UsageFault } from './arguments.ts';
import { loadRules } from './rules.ts';
import { readSources } from './sources.ts';

const statuses: Record<State, number> = {
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
  const catalogue = createCatalogue(messages);
  const given = await readSources(args.files, () => ({ catalogue, problems, messages }));
  const read = readInput(given, { catalogue, secrets: rules.secrets, grammar: createGrammar(rules.settings) });
  const result = diagnose(read.findings, problems, messages, read.asides, {
    ...read,
    setup,
    rules: rules.settings.rules,
    thresholds: rules.thresholds,
    build: setups.find(({ id }) => id === args.setup)?.build,
    ...(args.only.length > 0 ? { only: args.only } : {}),
  });
  const whole = reportOf({ read, result, problems, messages, setup, only: args.only });
  const report = args.redact ? new Redaction(read, usualWords(rules, setup)).all(whole) : whole;
  if (args.configOnly) return printSettings(report);
  print(report, args);
  return statuses[report.state];
}

/** What the setups name: no stand-in is needed for what anybody has. */
function usualWords(
  { variables }: Awaited<ReturnType<typeof loadRules>>,
  setup: ReturnType<typeof valuesOf>,
): string[] {
  return variables.flatMap(({ id }) =>
    (['client', 'server'] as const).flatMap((side) => setup.of(id, side)?.value ?? []),
  );
}

function print(report: Report, { json, report: markdown, quiet }: Arguments): void {
  if (json) console.log(visibleJson(jsonOf(report)));
  else if (markdown) process.stdout.write(visible(markdownOf(report)));
  else if (!quiet) process.stdout.write(visible(textOf(report)));
  else if (statuses[report.state] !== 0) process.stdout.write(visible(quietTextOf(report)));
  if (quiet) return;
  if (json || markdown)
    for (const sentence of report.input.notRead) console.error(`diagnose: ${visibleLine(sentence)}`);
  if (report.state === 'nothing') console.error(`diagnose: ${visibleLine(nothingText(report))}`);
}

/** One line a finding, for use in a pipeline: what breaks something makes it fail, and so does what is no configuration. */
function printSettings(report: Report): number {
  for (const line of settingsLines(report)) console.log(line);
  for (const { name, part } of report.input.noConfigurations) {
    const why = part ? 'was not read as a whole' : 'is no configuration of samhain or yule';
    console.error(`diagnose: ${visibleLine(name)} ${why}.`);
  }
  if (report.settings.some(({ degree }) => degree === 'breaks')) return 1;
  return report.input.noConfigurations.length > 0 ? 3 : 0;
}
