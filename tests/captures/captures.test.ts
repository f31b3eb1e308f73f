/**
 * Every captured run against the whole of what is expected of it. A new case is a folder with its lines and an
 * expected.json that states the truth; `npm run captures` writes the rest of it, to be read and to be given its reasons.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { matches } from '../../src/engine/diagnosis/match.ts';
import { Summary, usualMost } from '../../src/engine/summarise.ts';
import type { Source } from '../../src/engine/types.ts';
import { content, judgeSources, knowledge } from '../unit/diagnosis/judge.ts';
import { type Expected, keepReasons, samples, session, type Whole, ways, whole, writeExpected } from './samples.ts';

const all = samples();
const problems = knowledge.problems.map(({ id }) => id).sort();
const rewrite = process.env.CAPTURES === 'write';
/** As the tests of mutants read them: what is said, and nothing of the ways in which it can be asked. */
const once = process.env.CAPTURES === 'once';
/** In every way in which it can be asked; else each run in two of them, so that each way is taken by half of the runs. */
const every = process.env.CAPTURES === 'all';
/** What was judged of the run at hand: several tests ask for the same lines, given in the same way. */
let asked = new Map<string, ReturnType<typeof judgeSources>>();
function judgeOnce(sources: readonly Source[]): ReturnType<typeof judgeSources> {
  const key = JSON.stringify(sources);
  const known = asked.get(key) ?? judgeSources(sources);
  asked.set(key, known);
  return known;
}
const judged = (sources: readonly Source[]): Whole => whole(judgeOnce(sources));

/** Read as streams are, 100 bytes at a time; those that are logs of a server and long enough, through the sieve. */
function inPieces(sources: readonly Source[]): Source[] {
  const { messages, problems } = knowledge;
  const given = sources.map(({ name, text, side }) => {
    const summary = new Summary(() => ({ ...content, messages, problems }), { ...usualMost, whole: 800 });
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += 100) summary.push(bytes.subarray(at, at + 100));
    return { name, ...summary.end(), ...(side ? { side } : {}), toEnd: true as const };
  });
  return given.reverse();
}

/** Without the reasons, which are for the reader. */
const plain = ({ diagnoses, ...rest }: Whole): Whole => ({
  ...rest,
  diagnoses: diagnoses.map(({ because, wrong, ...one }) => one),
});

/** Which files belong to a part of what is expected. */
function parts({ fault, after }: (typeof all)[number]): Partial<Record<'result' | 'client' | 'fixed', Source[]>> {
  const client = fault.filter(({ side }) => side === 'client');
  return {
    result: fault,
    ...(client.length > 0 && client.length < fault.length ? { client } : {}),
    ...(after.length > 0 ? { fixed: session(fault, after) } : {}),
  };
}

/** Problems whose runs are all to show one of their `always` signs, by side. */
const marked = knowledge.problems.flatMap(({ id, signs, decisiveSide }) =>
  (['client', 'server'] as const).flatMap((side) => {
    const its = signs.filter((sign) => sign.always && (sign.side ?? decisiveSide) === side);
    return its.length > 0 ? [{ id, side, signs: its }] : [];
  }),
);

test.each(marked)('$id shows itself on the $side in every captured run', ({ id, side, signs }) => {
  const runs = all.flatMap(({ name, expected: { truth, alone }, fault }) => {
    const sources = fault.filter((source) => source.side === side);
    // Of several right answers each can be another one's effect; and a server that relays is the client of another one.
    const its = truth.length === 1 && truth[0] === id && !alone && !name.includes('relay');
    return its && sources.length > 0 ? [{ name, sources }] : [];
  });
  const silent = runs.filter(({ sources }) => {
    const { findings } = judgeSources(sources).read;
    return !findings.some(({ record, message = '', ...finding }) =>
      signs.some((sign) => matches(sign, { ...record, ...finding, message, sinks: [record.sink], opens: false })),
    );
  });
  expect(runs.length).toBeGreaterThan(0);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test('there are captured runs', () => {
  expect(all.length).toBeGreaterThan(290);
});

describe.each(all.map((sample, i) => [sample.name, sample, i] as const))('%s', (_, sample, number) => {
  const { expected, fault, iso, after, worked } = sample;
  const { truth } = expected;

  afterAll(() => {
    asked = new Map();
  });

  if (rewrite) {
    test('is written anew', () => {
      const now = parts(sample);
      const entries = Object.entries(now).map(([key, sources]) => [
        key,
        keepReasons(judged(sources), expected[key as 'result']),
      ]);
      writeExpected(sample, { ...expected, ...Object.fromEntries(entries) } as Expected);
    });
    return;
  }

  test('every line is understood, in every file', () => {
    for (const source of [...fault, ...iso, ...after]) {
      const { name, text, side } = source;
      const { read } = judgeSources([{ name, text }]);
      expect(read.unrecognised, name).toEqual([]);
      expect(read.outputs.outcomes, `${name}: is no output of a check`).toEqual([]);
      const seen = new Set<number>();
      for (const { line, endLine } of [...read.findings.map(({ record }) => record), ...read.asides]) {
        for (let n = line; n <= endLine; n += 1) seen.add(n);
      }
      expect(seen.size, name).toBe(read.lines);
      // A full disk cuts a record; of what is left nobody can tell what it was.
      const unknown = read.findings.filter(({ message, record }) => !message && !record.truncated);
      expect(unknown.map(({ record }) => record.body), name).toEqual([]);
      // A yule that relays is a client of the upper one.
      if ([...fault, ...after].some((one) => one.name.startsWith('upper'))) continue;
      const wrong = read.findings.filter((one) => one.message && (one.record.relay ? 'client' : side) !== one.side);
      expect(wrong.map(({ record }) => `${record.line} ${record.body}`), `${name}: not of the ${side}`).toEqual([]);
      expect(read.findings.filter(({ record }) => record.suspicious), name).toEqual([]);
    }
  });

  for (const [part, sources] of Object.entries(parts(sample)) as ['result' | 'client' | 'fixed', Source[]][]) {
    const wanted = expected[part];
    test(`${part}: all that is said`, () => {
      expect(judged(sources)).toEqual(plain(wanted as Whole));
    });
    if (once) continue;
    const other = [...ways(sources).slice(1), { way: 'in another order, read in pieces', given: inPieces(sources) }];
    test.each(other.filter((_, i) => every || (i + number) % 2 === 0))(`${part}: it is the same $way`, ({ given }) => {
      // What is known to be wrong need not be wrong in every way.
      const wrong = new Set(wanted?.diagnoses.flatMap((one) => (one.wrong ? [`${one.problem} ${one.host}`] : [])));
      const right = (part: Whole): Whole => {
        const diagnoses = part.diagnoses.filter(({ problem, host }) => !wrong.has(`${problem} ${host}`));
        return { ...plain(part), diagnoses: plain({ ...part, diagnoses }).diagnoses };
      };
      expect(right(judged(given))).toEqual(right(wanted as Whole));
    });
  }

  if (once) return;

  if (iso.length > 0) {
    test('it is the same with the other form of the system log', () => {
      expect(judged(iso)).toEqual(plain(expected.result));
    });
  }

  if (worked && after.length > 0 && expected.fixed) {
    const over = new Set(expected.fixed.diagnoses.flatMap((one) => (one.over ? [one.problem] : [])));
    const stands = expected.fixed.diagnoses.some((one) => !one.over && over.has(one.problem));
    test('what is over is over too where the files of before and after the fix are given apart', () => {
      const apart = after.map((source) => ({ ...source, name: `after-fix/${source.name}` }));
      const standing = judged([...fault, ...apart]).diagnoses.filter((one) => !one.over && over.has(one.problem));
      expect(standing.length > 0 && !stands ? standing : []).toEqual([]);
    });
  }

  test('every problem ends in one of three ways, and the truth is never excluded', () => {
    const server = fault.filter(({ side }) => side === 'server');
    const given = [...Object.values(parts({ ...sample, after: [] })), ...(server.length > 0 ? [server] : [])];
    const asked = given.flatMap((some) => ways(some).filter((_, i) => i === 0 || every || (i - 1 + number) % 2 === 0));
    for (const { given: sources } of asked) {
      const { diagnoses, excluded, notJudged } = judgeOnce(sources);
      const found = [...new Set(diagnoses.map(({ problem }) => problem))];
      const all = [...found, ...[...excluded, ...notJudged].map(({ problem }) => problem)];
      expect(all.sort()).toEqual(problems);
      expect(notJudged.filter(({ needs }) => needs.length === 0)).toEqual([]);
      expect(excluded.filter(({ because }) => because.length === 0)).toEqual([]);
      // Between client and first server all is well where a server relays to another one.
      if (sample.name.includes('relay') && !sources.some((source) => server.some(({ text }) => source.text.includes(text))))
        continue;
      expect(excluded.filter(({ problem }) => truth.includes(problem))).toEqual([]);
    }
  });

  test('what is expected is the truth', () => {
    const { result, client, fixed } = expected;
    const live = ({ diagnoses }: Whole) => diagnoses.filter(({ over }) => !over);
    const first = (live(result)[0] ?? result.diagnoses[0])?.problem;
    if (truth === 'healthy') {
      expect(live(result)).toEqual([]);
      expect(['healthy', 'reports', 'diagnosed']).toContain(result.state);
    } else if (truth !== 'undecided') {
      expect(truth).toContain(first);
      // The client alone may not know; but it never points elsewhere, and is never sure of something else.
      if (client && client.diagnoses.length > 0 && !expected.alone) {
        expect(client.diagnoses.slice(0, 3).filter(({ problem }) => truth.includes(problem))).not.toEqual([]);
      }
      if (worked && fixed) {
        const its = fixed.diagnoses.filter(({ problem }) => truth.includes(problem));
        expect(its).not.toEqual([]);
        expect(its.filter(({ over, wrong }) => !over && !wrong)).toEqual([]);
      }
    }
    if (truth === 'undecided') return;
    const beside = (part: Whole | undefined, asked: (one: Whole['diagnoses'][number]) => boolean) =>
      (part?.diagnoses ?? []).filter(
        (one) => !truth.includes(one.problem) && asked(one) && !one.because && !one.wrong,
      );
    // Where the lines do not decide, the candidates beside the truth are the answer.
    const open = result.diagnoses.some(({ problem, confidence }) => truth.includes(problem) && confidence !== 'certain');
    // One that was over is a candidate for a truth that was over.
    const ended = result.diagnoses.some(({ problem, over }) => truth.includes(problem) && over);
    const candidate = ({ confidence, over }: Whole['diagnoses'][number]) =>
      open && confidence === 'possible' && (!over || ended);
    expect(beside(result, (one) => !candidate(one)), 'without a reason').toEqual([]);
    expect(beside(client, ({ confidence }) => confidence === 'certain'), 'client: without a reason').toEqual([]);
    expect(beside(fixed, ({ over }) => !over), 'fixed: without a reason').toEqual([]);
  });
});
