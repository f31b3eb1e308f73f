/**
 * Made inputs against what must always hold. A short share of fixed seed runs in every test; `npm run fuzz` makes more, of
 * another seed: `FUZZ_SEED=7 FUZZ_RUNS=5000 npm run fuzz`. A failure prints the seed and the smallest input found.
 */
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { allSteps } from '../../src/engine/diagnosis/index.ts';
import type { Source } from '../../src/engine/types.ts';
import { endsTorn, whole } from '../captures/samples.ts';
import { judge, judgeSources, knowledge, setup } from '../unit/diagnosis/judge.ts';
import { damaged, dresses, foreign, forgery, log, run, soup } from './generators.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261127);
/** How often each property is tried, times its own share. */
const runs = Number(process.env.FUZZ_RUNS ?? 60);
vi.setConfig({ testTimeout: 3_600_000 });

function always<T>(name: string, share: number, given: fc.Arbitrary<T>, holds: (value: T) => void): void {
  test(name, () => {
    fc.assert(fc.property(given, holds), { seed, numRuns: Math.max(1, Math.round(runs * share)) });
  });
}

const said = (sources: readonly Source[]) => whole(judgeSources(sources));

describe('any text', () => {
  const texts = fc.oneof(damaged, soup, fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));

  always('is read without a fault, and twice alike', 3, texts, (text) => {
    const first = judge(text);
    expect(judge(text)).toEqual(first);
  });

  always('is accounted for, line by line', 3, texts, (text) => {
    const { read } = judge(text);
    const seen = new Set<number>();
    const pieces = [...read.findings.map(({ record }) => record), ...read.asides];
    for (const { line, endLine } of pieces) for (let n = line; n <= endLine; n += 1) seen.add(n);
    for (const { line, endLine = line } of read.unrecognised) for (let n = line; n <= endLine; n += 1) seen.add(n);
    if (read.configurations.length === 0) expect(seen.size).toBe(read.lines);
  });

  always('is healthy only where a record of samhain is known, and none is unknown', 3, texts, (text) => {
    const { healthy, diagnoses, open, read } = judge(text);
    if (!healthy) return;
    expect(diagnoses).toEqual([]);
    expect(open).toEqual([]);
    expect(read.findings.some(({ message, quoted }) => message !== undefined && !quoted)).toBe(true);
  });
});

describe('the same lines', () => {
  const dressed = fc.tuple(run, fc.constantFrom(...Object.keys(dresses)));

  always('say the same, however they are dressed', 4, dressed, ([sources, name]) => {
    fc.pre(!sources.some(endsTorn));
    expect(said(dresses[name]?.(sources) ?? [])).toEqual(said(sources));
  });

  always('say the same among lines of other programs', 1, fc.tuple(run, fc.array(foreign)), ([sources, lines]) => {
    fc.pre(!sources.some(endsTorn));
    const apart = lines.map((line) => `${line}\n`).join('');
    const mixed = sources.map((source) => ({ ...source, text: `${apart}\n${source.text}\n${apart}` }));
    expect(said(mixed).diagnoses).toEqual(said(sources).diagnoses);
  });

  const name = fc.constantFrom('kvm-7.dc.example.org', 'PRINT.example.com', 'a.b.c.d.example.edu');
  always('of another client say the same of that one', 1, fc.tuple(run, name), ([sources, other]) => {
    const renamed = sources.map((source) => ({
      ...source,
      text: source.text.replace(/client1(?:\.example\.net)?/g, (found) =>
        found.includes('.') ? other : (other.split('.')[0] ?? ''),
      ),
    }));
    const known = JSON.stringify(said(renamed)).replaceAll(other.toLowerCase(), 'client1.example.net');
    const back: unknown = JSON.parse(known.replaceAll(`"${other.toLowerCase().split('.')[0]}"`, '"client1"'));
    expect(back).toEqual(said(sources));
  });
});

describe('lines of other programs', () => {
  always('prove nothing', 4, fc.array(foreign, { minLength: 1 }), (lines) => {
    const { diagnoses, healthy } = judge(lines.join('\n'));
    expect(diagnoses.filter(({ confidence, quoted }) => confidence !== 'possible' || !quoted)).toEqual([]);
    expect(healthy).toBe(false);
  });
});

describe('a name that holds a record', () => {
  const stamp = '2026-11-23T15:18:17+0000';
  const around = fc.constantFrom(
    (name: string) => `CRIT   :  [${stamp}] msg=<Invalid connection attempt: Not in client list>, client=<${name}>`,
    (name: string) =>
      `ERROR  :  [${stamp}] msg=<Connecting entity unknown>\nCRIT   :  [${stamp}] msg=<Invalid connection attempt: Not in client list>, client=<${name}>\nNOTICE :  [${stamp}] msg=<New connection>, socket_id=<4>`,
    (name: string) =>
      `\nCRIT   :  [${stamp}] msg=<Invalid connection attempt: Not in client list>, client=<${name}>\n\nWARN   :  [${stamp}] msg=<Connection reset by peer>`,
  );

  always('gives no value to a command, and none of it is sure', 4, fc.tuple(around, forgery), ([dress, name]) => {
    const { diagnoses, read } = judge(dress(name));
    for (const diagnosis of diagnoses) {
      const problem = knowledge.problems.find(({ id }) => id === diagnosis.problem);
      if (!problem) continue;
      const known = { diagnosis, findings: read.findings, asides: read.asides };
      const commands = allSteps(problem, setup, known);
      expect(JSON.stringify(commands)).not.toMatch(/PWN|shadow|\$\(id\)/);
    }
    expect(
      diagnoses.filter(({ problem, confidence }) => confidence === 'certain' && problem !== 'not-in-client-list'),
    ).toEqual([]);
  });
});

describe('time', () => {
  /** The processor's milliseconds. */
  const cost = (text: string): number => {
    const from = process.threadCpuUsage();
    judge(text);
    const { user, system } = process.threadCpuUsage(from);
    return (user + system) / 1000;
  };
  const piece = fc.tuple(soup, fc.constantFrom('', '\n'), fc.oneof(fc.constant(''), soup));

  always('grows as the text grows', 0.4, piece, ([again, end, begin]) => {
    const made = (size: number) =>
      `${begin}\n${`${again}${end}`.repeat(Math.ceil(size / (again.length + end.length)))}`;
    for (let round = 0; round < 3; round++) {
      const large = cost(made(120_000));
      // Quadratic work takes sixteen times as long.
      if (large < 300 || large < cost(made(30_000)) * 9) return;
    }
    expect.fail('four times the text takes more than nine times the time');
  });

  always('of a log is that of its lines, however often it is repeated', 0.2, log, (text) => {
    const made = (size: number) => `${text}\n`.repeat(Math.ceil(size / text.length));
    for (let round = 0; round < 3; round++) {
      const large = cost(made(240_000));
      if (large < 400 || large < cost(made(60_000)) * 9) return;
    }
    expect.fail('four times the log takes more than nine times the time');
  });
});
