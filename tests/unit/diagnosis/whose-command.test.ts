/** A record of samhain never gets yule's commands, nor the other way round: lock, log, PID file and configuration are its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Problem } from '../../../src/content/schemas.ts';
import { allSteps } from '../../../src/engine/diagnosis/index.ts';
import type { Side, Source } from '../../../src/engine/types.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { judgeSources, knowledge, setup } from './judge.ts';

const tests = join(import.meta.dirname, '..', '..');

function jsonReport(sources: readonly Source[]) {
  const result = judgeSources(sources);
  return jsonOf(reportOf({ read: result.read, result, ...knowledge, setup }));
}

/** What the command line prints. */
function inWords(sources: readonly Source[]): string {
  const { read, ...result } = judgeSources(sources);
  return textOf(reportOf({ read, result, ...knowledge, setup }));
}

/** What only the other program has: its files, its user, itself as a command. Its bare name may stand in a pattern. */
const only = (name: string) =>
  new RegExp(`/${name}|${name}_log|\\b${name}(?:rc|\\.pid)|\\b${name} (?:-|start|stop|reload|status)|-u ${name}\\b`);
const others: Record<Side, RegExp> = { client: only('yule'), server: only('samhain') };

const wild = (name: string): Source[] => [
  { name, text: readFileSync(join(tests, 'wild-kinds', `${name}.log`), 'utf8') },
];

describe('an update beside the running daemon', () => {
  const sources = wild('update-beside-the-daemon');
  const { diagnoses } = jsonReport(sources);
  const [first] = diagnoses;
  const runs = first?.steps.map(({ run }) => run) ?? [];

  test('is a lock that is held, or a second instance', () => {
    expect(['stale-lock', 'second-instance']).toContain(first?.problem);
  });

  test('is looked into where the record says: at the lock of the client', () => {
    expect(runs.filter((run) => run.includes('/var/log/samhain_log.lock')).length).toBeGreaterThan(0);
    for (const run of runs) expect(run).not.toMatch(others.client);
    // Of the server, another problem may ask for a look into its log; never for its lock, its PID file or its end.
    const touched = diagnoses.flatMap(({ steps, ask }) => [...steps.map(({ run }) => run), ...ask]);
    for (const text of touched) expect(text).not.toMatch(/yule_log\.lock|yule\.pid|yule (?:start|stop)/);
  });

  test("is told: the lock is the daemon's, the update is done, -l none avoids the lines", () => {
    const said = inWords(sources);
    expect(said).toMatch(/daemon/);
    expect(said).toContain('exit_success');
    expect(said).toContain('-l none');
  });

  test('does not begin with ending the daemon', () => {
    expect(first?.steps[0]).toMatchObject({ at: 'client', changes: false });
  });
});

describe('a line of a configuration that a stand-alone samhain does not know', () => {
  const sources = wild('stand-alone-config-line');
  const [first] = jsonReport(sources).diagnoses;

  test('is looked up in the file that its START names', () => {
    expect(first?.problem).toBe('config-errors');
    expect(first?.steps[0]).toMatchObject({ at: 'client', changes: false, open: [] });
    expect(first?.steps[0]?.run).toContain("my_line='88'");
    expect(first?.steps[0]?.run).toContain("'/etc/samhain/samhainrc'");
    for (const { run } of first?.steps ?? []) expect(run).not.toMatch(others.client);
  });

  test('may be of a module that this program was built without', () => {
    expect(inWords(sources)).toMatch(/module that this program was built without/);
  });
});

/** Every captured run, reduced to the files of one side. */
function runsOf(side: Side): { name: string; sources: Source[] }[] {
  const root = join(tests, 'captures');
  const folders = (path: string) => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders(root).flatMap(({ name: scenario }) =>
    folders(join(root, scenario)).map(({ name: variant }) => {
      const folder = join(root, scenario, variant);
      const files = readdirSync(folder).filter((file) => new RegExp(`^${side}\\d?\\.(stderr|log|syslog)$`).test(file));
      const sources = files.map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8'), side }));
      return { name: `${scenario}/${variant}`, sources };
    }),
  );
}

/** Steps of problems that are fixed where the line was printed. */
function localSteps(side: Side) {
  return runsOf(side).flatMap(({ name, sources }) =>
    jsonReport(sources).diagnoses.flatMap(({ problem, evidence, steps, ask }) => {
      const it = knowledge.problems.find(({ id }) => id === problem);
      const writers = new Set(evidence.map((record) => record.side ?? side));
      // A line that only shows the effect on the other program speaks of that one.
      const effects = it?.signs.filter(({ effect }) => effect).map(({ message }) => message);
      const ofOther = evidence.every(({ message }) => effects?.includes(message ?? ''));
      if (!it?.local || writers.size > 1 || !writers.has(side) || ofOther) return [];
      return [...steps.map(({ run }) => run), ...ask].map((text) => ({ name, problem, text }));
    }),
  );
}

describe.each(['client', 'server'] as const)('lines of the %s alone', (side) => {
  const found = localSteps(side);

  test('bring no command of the other side for a fault of the program that wrote them', () => {
    expect(new Set(found.map(({ problem }) => problem)).size).toBeGreaterThan(1);
    expect(found.filter(({ text }) => others[side].test(text))).toEqual([]);
  });
});

test('what decides about another candidate is run where that one would be, not where the line was printed', () => {
  const line =
    'ERROR  :  [2026-11-23T15:17:18+0000] msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>';
  const { diagnoses } = judgeSources([{ name: 'pasted', text: line }]);
  // A refused client may have met a yule that could not read its configuration: the client's own is none of it.
  const asks = diagnoses.flatMap(({ ask }) => ask.filter(({ problem }) => problem === 'config-not-readable'));
  expect(asks.length).toBeGreaterThan(1);
  for (const { on, run } of asks) {
    expect(on).toBe('server');
    expect(run).not.toMatch(only('samhain'));
  }
});

/** A diagnosis that stands on one line of this side. */
function lineOf(problem: Problem, side: Side): Parameters<typeof allSteps>[2] {
  const sign = problem.signs.findIndex(({ effect, ...one }) => !effect && (one.side ?? side) === side);
  const record = {
    source: 0,
    line: 1,
    endLine: 1,
    sink: 'file' as const,
    form: 'plain' as const,
    body: '',
    fields: [],
  };
  return {
    diagnosis: {
      problem: problem.id,
      confidence: 'certain',
      over: false,
      evidence: [{ finding: 0, sign, weight: 'proves', copies: [] }],
      blocks: [],
      explains: [],
      alternatives: [],
      ask: [],
      quoted: false,
    },
    findings: [{ record, side, values: {} }],
    asides: [],
  };
}

const local = knowledge.problems.filter((problem) => problem.local);

describe.each(local)('$id', (problem) => {
  test.each(['client', 'server'] as const)('a line of the %s brings its own commands only', (side) => {
    const steps = allSteps(problem, setup, lineOf(problem, side));
    const commands = steps.flatMap(({ commands }) => commands.map(({ text }) => text));
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.filter((text) => others[side].test(text))).toEqual([]);
  });

  test('what decides is looked up where the line was printed', () => {
    for (const { on } of problem.decide) expect(on).toBe('both');
  });
});

test('a refusal that a client saw brings the steps for the yule that ended, not for the client', () => {
  const text =
    'ERROR  :  [2026-11-23T10:00:00+0000] msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>';
  const diagnosis = jsonReport([{ name: 'text', text }]).diagnoses.find(
    ({ problem }) => problem === 'config-not-readable',
  );
  const places = diagnosis?.steps.map(({ at }) => at) ?? [];
  expect(places).toContain('server');
  expect(places).not.toContain('client');
});
