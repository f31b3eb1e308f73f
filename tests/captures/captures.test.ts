/**
 * Every captured run against what is expected of it. A new case is a folder with its lines and an expected.json; no code.
 * What the folders hold is told in README.md beside this file.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../src/engine/catalogue/catalogue.ts';
import { type Recognised, recognise } from '../../src/engine/catalogue/recognise.ts';
import { diagnose, type Result } from '../../src/engine/diagnosis/index.ts';
import type { Source } from '../../src/engine/types.ts';
import { loadKnowledge } from '../../src/knowledge/load.ts';

interface Expected {
  /** The first diagnosis is one of these problems. */
  first?: string[];
  healthy?: true;
  /** The lines alone cannot tell. */
  undecided?: true;
}

const { messages, problems } = loadKnowledge();
const catalogue = createCatalogue(messages);
const root = import.meta.dirname;

function folders(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

const runs = folders(root).flatMap((scenario) =>
  folders(join(root, scenario)).map((variant) => `${scenario}/${variant}`),
);

/** The files of a folder with their sides; the ISO form of syslog repeats the other one. */
function sources(folder: string): Source[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^(client|server)\d?\.(stderr|log|syslog|console)$/.test(name))
    .map((name) => ({
      name,
      text: readFileSync(join(folder, name), 'utf8'),
      side: name.startsWith('client') ? 'client' : 'server',
    }));
}

/** Fault and repair as one session: each file goes on where it was split. */
function session(before: Source[], after: Source[]): Source[] {
  const rest = after.filter(({ name }) => !before.some((source) => source.name === name));
  const joined = before.map((source) => {
    const more = after.find(({ name }) => name === source.name);
    return more ? { ...source, text: source.text + more.text } : source;
  });
  return [...joined, ...rest];
}

function judge(input: Source[]): { read: Recognised; result: Result } {
  const read = recognise(input, catalogue);
  return { read, result: diagnose(read.findings, problems, messages, read.asides) };
}

const ids = (result: Result): string[] => result.diagnoses.map(({ problem }) => problem);

/** Records that no entry matches, and lines that look like records and are none; a cut one may stay unknown. */
function unknown(read: Recognised): string[] {
  const records = read.findings.filter(({ message, record }) => !message && !record.truncated);
  const lines = read.unrecognised.filter(({ text }) => /\bmsg=[<"]/.test(text));
  return [...records.map(({ record }) => record.body), ...lines.map(({ text }) => text)];
}

test('there are captured runs', () => {
  expect(runs.length).toBeGreaterThan(150);
});

describe.each(runs)('%s', (run) => {
  const folder = join(root, run);
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as { fix_worked?: unknown };
  const fault = sources(folder);
  const after = sources(join(folder, 'after-fix'));
  const { read, result } = judge(fault);
  const { first } = expected;

  test('every record is recognised', () => {
    expect(unknown(read)).toEqual([]);
    expect(unknown(recognise(after, catalogue))).toEqual([]);
  });

  if (expected.healthy) {
    test('nothing is wrong', () => {
      expect(ids(result)).toEqual([]);
      expect(result.healthy).toBe(true);
      expect(['healthy', 'reports']).toContain(result.state);
    });
  }

  if (!first) return;

  test('the first diagnosis is right', () => {
    expect(first).toContain(ids(result)[0]);
  });

  test.each([
    ['client first', ['client', 'server']],
    ['server first', ['server', 'client']],
  ])('pasted into one box, %s, it is all the same', (_, order) => {
    const sorted = order.flatMap((side) => fault.filter((source) => source.side === side));
    const { result: joined } = judge([{ name: 'paste', text: sorted.map(({ text }) => text).join('\n') }]);
    const summary = ({ diagnoses }: Result) =>
      diagnoses.map(({ problem, confidence, over }) => `${problem} ${confidence}${over ? ' over' : ''}`);
    expect(summary(joined)).toEqual(summary(result));
  });

  test("the client's lines alone lead to it, with no more certainty than they give", () => {
    const { read: own, result: alone } = judge(fault.filter(({ side }) => side === 'client'));
    const complains = own.findings.some(({ record }) => record.severity === 'ERROR' || record.severity === 'CRIT');
    if (alone.diagnoses.length === 0 && !complains) return;
    expect(ids(alone).slice(0, 3).filter((id) => first.includes(id))).not.toEqual([]);
    const [best] = alone.diagnoses;
    if (best?.confidence === 'certain') expect(first).toContain(best.problem);
  });

  if (meta.fix_worked === true) {
    test('after the repair it is shown as over', () => {
      const mended = judge(session(fault, after)).result.diagnoses.filter(({ problem }) => first.includes(problem));
      expect(mended).not.toEqual([]);
      for (const { over } of mended) expect(over).not.toBe(false);
    });
  }
});
