/**
 * For Stryker: a checker that lets those mutants through that are in the sample (SAMPLE: a JSON file of their places), and a
 * reporter that writes what became of each at once (SAMPLE.done), so that a run that is ended early was not for nothing.
 */
import { appendFileSync, readFileSync } from 'node:fs';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

const { SAMPLE } = process.env;
const wanted = new Set(SAMPLE ? JSON.parse(readFileSync(SAMPLE, 'utf8')) : []);

const place = ({ fileName, location: { start, end }, mutatorName, replacement }) => {
  const file = fileName.replaceAll('\\', '/').replace(/^.*\/(?=src\/)/, '');
  return [file, start.line, start.column, end.line, end.column, mutatorName, replacement].join('|');
};

const checker = {
  init: async () => {},
  check: async (mutants) =>
    Object.fromEntries(
      mutants.map((one) => [
        one.id,
        wanted.has(place(one)) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    ),
  group: async (mutants) => [mutants.map(({ id }) => id)],
};

// (What is reported counts from 1 where mutants count from 0.)
const less = ({ line, column }) => ({ line: line - 1, column: column - 1 });
const reporter = {
  onMutantTested: ({ status, location: { start, end }, ...mutant }) => {
    if (status === 'CompileError') return;
    const at = place({ ...mutant, location: { start: less(start), end: less(end) } });
    appendFileSync(`${SAMPLE}.done`, `${JSON.stringify({ place: at, status })}\n`);
  },
};

export const strykerPlugins = [
  declareValuePlugin(PluginKind.Checker, 'only-sample', checker),
  declareValuePlugin(PluginKind.Reporter, 'at-once', reporter),
];
