/**
 * The log diagnosis in a terminal.
 * Exit status: 0 nothing wrong found, 1 problems found (those that were over later count too) or an error that no problem
 * explains, 2 cannot read, cannot write or bad usage, 3 nothing could be judged.
 */
import { createCatalogue } from '../engine/catalogue/catalogue.ts';
import { createGrammar } from '../engine/config/grammar.ts';
import type { State } from '../engine/diagnosis/index.ts';
import { judge } from '../engine/judge.ts';
import { valuesOf } from '../engine/setup.ts';
import { notRead } from '../engine/tail.ts';
import { thresholdsOf } from '../knowledge/compile.ts';
import { loadKnowledge } from '../knowledge/load.ts';
import { compileSecrets } from '../knowledge/secrets.ts';
import { compileSettings } from '../knowledge/settings.ts';
import { jsonOf } from '../report/json.ts';
import { type Report, reportOf } from '../report/model.ts';
import { settingsLines } from '../report/settings.ts';
import { textOf } from '../report/text.ts';
import { visible, visibleJson, visibleLine } from '../report/visible.ts';
import { nothingFound } from '../report/words.ts';
import { readArguments, UsageFault, usage } from './arguments.ts';
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

/** Runs the command. @returns the exit status */
async function main(words: readonly string[]): Promise<number> {
  const args = readArguments(words);
  if (args.help) {
    console.log(usage);
    return 0;
  }
  const knowledge = loadKnowledge();
  const { messages, problems, setups } = knowledge;
  if (args.setup !== undefined && !setups.some(({ id }) => id === args.setup))
    throw new UsageFault(`There is no setup ${args.setup}. There are: ${setups.map(({ id }) => id).join(', ')}.`);
  const catalogue = createCatalogue(messages);
  const given = await readSources(args.files, () => ({ catalogue, problems, messages }));
  const settings = compileSettings(knowledge);
  const setup = valuesOf(knowledge, { setup: args.setup ?? '', own: {} });
  const { read, result } = judge(
    given,
    {
      catalogue,
      problems,
      messages,
      secrets: compileSecrets(knowledge),
      grammar: createGrammar(settings),
      rules: settings.rules,
      thresholds: thresholdsOf(knowledge),
    },
    { setup, build: setups.find(({ id }) => id === args.setup)?.build },
  );
  const { sources } = read;
  const report = reportOf({ read, result, problems, messages, setup });
  if (args.configOnly) return printSettings(report);
  if (args.json) {
    console.log(visibleJson(jsonOf(report)));
    for (const sentence of notRead(sources)) console.error(`diagnose: ${visibleLine(sentence)}`);
  } else process.stdout.write(visible(textOf(report)));
  if (result.state === 'nothing') console.error(`diagnose: ${nothingFound}`);
  return statuses[result.state];
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

// The reader of a pipe may stop early (head); that is no fault. A report that could not be written is none.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  const reason = error.code === 'ENOSPC' ? 'no space left' : error.message;
  console.error(`diagnose: The report could not be written: ${visibleLine(reason)}.`);
  process.once('exit', () => {
    process.exitCode = 2;
  });
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const reason = visibleLine(error instanceof Error ? error.message : String(error));
  console.error(error instanceof UsageFault ? `diagnose: ${reason}\n\n${usage}` : `diagnose: ${reason}`);
  process.exitCode = 2;
}
