/**
 * Mutations of engine and report: a sample, always the same for a seed, is run by Stryker, and tests/mutations/results.json
 * tells what became of each. A mutant whose file has not changed since is not run again.
 *
 * `node scripts/mutations.ts [--most N] [--quick] [--tests WORDS] [--of WORDS]` runs what is new or out of date, N at most; prints what
 * survived. Tests that noticed others of the same file come first. With --quick a mutant gets a few seconds, and one that
 * nobody noticed counts as a survivor until it is run without. With --tests (parts of paths, between commas; `-captures` for all but those) only these tests run, and what they do
 * not notice counts as a survivor until all were run. With --of (words, between commas) survivors with one of these words in
 * their names are run again: for who has written tests.
 */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { serialize } from 'node:v8';
import { knowledgePlugin } from '../src/build/knowledge/integration.ts';
import { loadKnowledge } from '../src/build/knowledge/load.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'tests/mutations/results.json');
const seed = 17;
export const sampleSize = 400;

interface Place {
  line: number;
  column: number;
}

/** A mutant, as Stryker describes it; lines and columns count from 0. */
interface Mutant {
  fileName: string;
  location: { start: Place; end: Place };
  mutatorName: string;
  replacement: string;
}

interface Outcome {
  /** File, what stands there, and what is put in its place: it stays the same when other lines move. */
  mutant: string;
  /** Line of the file when it was run. */
  line: number;
  /** Of the file's text. */
  hash: string;
  status: 'Killed' | 'Survived' | 'Timeout' | 'NoCoverage' | 'RuntimeError';
  /** Not all tests were run, and those that were did not notice it: until all are, it counts as a survivor. */
  partly?: true;
  /** The test that noticed it, which is asked first the next time. */
  by?: string;
  /** Of a survivor that was read: why nothing can kill it. */
  read?: string;
}

const sources = (pattern: RegExp) =>
  execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => pattern.test(name));
const sha = (text: string, length = 8) => createHash('sha256').update(text).digest('hex').slice(0, length);
const files = ['src/engine', 'src/report'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).replaceAll('\\', '/')),
);

function between(text: string, { start, end }: Mutant['location']): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  lines[lines.length - 1] = lines.at(-1)?.slice(0, end.column) ?? '';
  lines[0] = lines[0]?.slice(start.column) ?? '';
  return lines.join('\n');
}

const logger = new Proxy({}, { get: () => () => false });
const options = { plugins: null, excludedMutations: [], ignorers: [] };

/** All mutants that Stryker makes, each with its name, in the order of the seed. */
async function mutants() {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const given = files.map((name) => ({ name, content: readFileSync(join(root, name), 'utf8'), mutate: true }));
  const made = await new Instrumenter(logger as never).instrument(given, options as never);
  const texts = new Map(given.map(({ name, content }) => [name, content]));
  const before = new Map<string, number>();
  const named = (made.mutants as unknown as Mutant[]).map((one) => {
    const text = texts.get(one.fileName) ?? '';
    const what = [one.fileName, one.mutatorName, between(text, one.location), one.replacement].join('|');
    const nth = (before.get(what) ?? 0) + 1;
    before.set(what, nth);
    const was = between(text, one.location).replace(/\s+/g, ' ');
    const name = `${one.fileName}: ${one.mutatorName}: ${was.slice(0, 80)}${was.length > 80 ? '…' : ''} → ${one.replacement.slice(0, 60)} #${sha(what)}${nth > 1 ? `-${nth}` : ''}`;
    return { ...one, name, hash: sha(text), order: sha(`${seed}|${what}|${nth}`, 16) };
  });
  return named.sort((a, b) => (a.order < b.order ? -1 : 1));
}

const placeOf = ({ fileName, location: { start, end }, mutatorName, replacement }: Mutant) =>
  [fileName, start.line, start.column, end.line, end.column, mutatorName, replacement].join('|');

/** The files that hold these mutants, each mutant behind a switch, and the number of its switch by its place. */
async function withSwitches(chosen: readonly Mutant[]) {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const given = [...new Set(chosen.map(({ fileName }) => fileName))].map((name) => ({
    name,
    content: readFileSync(join(root, name), 'utf8'),
    mutate: chosen.filter(({ fileName }) => fileName === name).map(({ location }) => location),
  }));
  const made = await new Instrumenter(logger as never).instrument(given as never, options as never);
  const sources = Object.fromEntries(made.files.map(({ name, content }) => [name, content]));
  const ids = new Map((made.mutants as unknown as (Mutant & { id: string })[]).map((one) => [placeOf(one), one.id]));
  return { sources, ids };
}

/**
 * Tests that mutants have to pass: those that speak through the public face in their own process, each captured run once.
 * Not those that are long, or start processes of their own, in which no mutant is, or ask for the bundled content.
 */
const testFiles = sources(
  /^tests\/(?:captures\/.*|unit\/(?:catalogue|checks|config|diagnosis|log|report|sieve)\/.*|unit\/[\w-]+)\.test\.ts$/,
).filter(
  (name) =>
    !/(?:checks\/claimed|config\/faces|report\/renamed|diagnosis\/(?:growth|prefixed|hostile-commands|foreign|merged-clients|workbench))\.test\.ts$/.test(
      name,
    ),
);

/** What the build makes of the content, for tests that read what a page shows. */
const virtual = ['virtual:knowledge', 'virtual:names', 'virtual:setups', 'virtual:question-titles'];

interface Answer {
  at?: number;
  loaded?: string[];
  static?: Record<string, number>;
  broken?: string;
  failed?: { at: number; error: string };
  /** Not all were run, for want of time. */
  stopped?: boolean;
  times?: [number, number][];
  perTest?: Record<string, Record<string, number>>;
}

/** What was seen of a mutant. */
interface Seen {
  status: Outcome['status'];
  by?: string | undefined;
  partly?: boolean;
}

/** A process with tests in it. Whatever does not come in time, or ends the process, is an answer too. */
class Runner {
  private readonly child: ChildProcess;
  private waiting: ((answer: Answer | 'late' | 'gone') => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** The test that was begun last. */
  at: number | undefined;
  readonly ready: Promise<Answer | 'late' | 'gone'>;

  constructor(given: string, limit: number, mutant?: string) {
    this.child = fork(join(root, 'tests/mutations/process.ts'), [given], {
      execArgv: ['--max-old-space-size=3000'],
      env: { ...process.env, ...(mutant !== undefined && { __STRYKER_ACTIVE_MUTANT__: mutant }) },
      stdio: 'ignore',
    });
    this.ready = this.answer(limit);
    this.child.on('message', (answer: Answer) => {
      if (answer.at === undefined) this.settle(answer);
      else {
        this.at = answer.at;
        if (this.limitOf) this.wait(this.limitOf(answer.at));
      }
    });
    this.child.on('exit', () => this.settle('gone'));
  }

  private settle(answer: Answer | 'late' | 'gone'): void {
    clearTimeout(this.timer);
    this.waiting?.(answer);
    this.waiting = undefined;
  }

  private limitOf: ((at: number) => number) | undefined;

  private wait(limit: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle('late'), limit);
  }

  private answer(limit: number): Promise<Answer | 'late' | 'gone'> {
    return new Promise((done) => {
      this.waiting = done;
      this.wait(limit);
    });
  }

  /** @param limitOf how long one of the tests may take. @param most how long all may take, until no other is begun */
  run(
    chosen: readonly number[],
    limitOf: (at: number) => number,
    mutant?: string,
    most?: number,
  ): Promise<Answer | 'late' | 'gone'> {
    this.limitOf = limitOf;
    const answer = this.answer(patience);
    this.child.send({ chosen, mutant, most });
    return answer;
  }

  end(): void {
    this.child.removeAllListeners();
    this.child.kill('SIGKILL');
  }
}

const known = (): Outcome[] => (existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : []);

/** What is known of the sample, without running anything. */
export const standing = known;

/** Generous: on a busy machine a mutant must not count as noticed because others were at work. */
const patience = Number(process.env.MUTATION_PATIENCE ?? 20_000);
/** Milliseconds of the processor that a mutant gets in the first round; one that nobody has noticed by then is a survivor `partly`. */
const share = Number(process.env.MUTATION_SHARE ?? 2500);

interface Chosen {
  /** How many at most. */
  most?: number | undefined;
  tests?: string | undefined;
  /** A share of time for each. */
  quick?: boolean | undefined;
  of?: string | undefined;
}

/** Runs those of the sample that were not run, or whose file has changed since, or that are chosen. */
async function runMutations({ most = sampleSize, tests, quick = false, of }: Chosen): Promise<Outcome[]> {
  const fast = quick || tests !== undefined;
  const files = testFiles.filter((name) =>
    tests === undefined
      ? true
      : tests.startsWith('-')
        ? !name.includes(tests.slice(1))
        : tests.split(',').some((words) => name.includes(words)),
  );
  const all = (await mutants()).slice(0, sampleSize);
  const old = new Map(known().map((one) => [one.mutant, one]));
  const now = () => all.flatMap(({ name }) => old.get(name) ?? []);
  const isOpen = ({ name, hash }: (typeof all)[number]) => {
    const known = old.get(name);
    return known?.hash !== hash || (known.partly === true && !fast);
  };
  const todo = all
    .filter((one) => {
      const status = old.get(one.name)?.status;
      return of === undefined
        ? isOpen(one)
        : of.split(',').some((words) => one.name.includes(words)) && status !== undefined && !isDead(status);
    })
    .slice(0, most);
  const until = Date.now() + Number(process.env.MUTATION_MINUTES ?? 600) * 60_000;
  if (todo.length > 0) {
    const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
    const { sources, ids } = await withSwitches(todo);
    const { load } = knowledgePlugin() as { load(id: string): string | undefined };
    // The content is read and checked once, not in each process; where in its files something is nobody asks here.
    const { places: _, ...content } = loadKnowledge();
    const kept = join(folder, 'content');
    writeFileSync(kept, serialize(content));
    const made = {
      ...Object.fromEntries(virtual.map((name) => [name, load(name) ?? ''])),
      [pathToFileURL(join(root, 'src/build/knowledge/load.ts')).href]: `
        import { readFileSync } from 'node:fs';
        import { deserialize } from 'node:v8';
        export const loadKnowledge = () => ({ ...deserialize(readFileSync(${JSON.stringify(kept)})), places: new WeakMap() });`,
    };
    const given = (name: string, files: readonly string[]) => {
      const path = join(folder, name);
      writeFileSync(path, JSON.stringify({ root: pathToFileURL(root).href, sources, made, files }));
      return path;
    };
    const everything = given('all.json', files);

    /** A process with all tests, and what they are. */
    const start = async () => {
      const runner = new Runner(everything, 20 * patience);
      const first = await runner.ready;
      if (typeof first === 'string' || !first.loaded)
        throw new Error(`The tests do not load: ${JSON.stringify(first)}`);
      return { runner, first };
    };
    let { runner, first } = await start();
    const names = first.loaded ?? [];
    console.log(`loaded ${Math.round(process.uptime())} s`);
    const before = new Set([...old.values()].map(({ by }) => by));
    // A share of time is not enough for all captured runs: each fourth, and those that have noticed something.
    const every = [...names.keys()].filter(
      (at) => !quick || !names[at]?.startsWith('tests/captures/') || at % 4 === 0 || before.has(names[at]),
    );
    const covered = await runner.run(every, () => 5 * patience);
    if (typeof covered === 'string' || covered.failed)
      throw new Error(
        `The tests fail without any mutant: ${typeof covered === 'string' ? covered : `${names[covered.failed?.at ?? 0]}: ${covered.failed?.error}`}`,
      );
    const times = new Map(covered.times);
    const fileOf = (at: number) => names[at]?.split(' > ')[0] ?? '';
    console.log(
      `${every.length} tests of ${files.length} files, ${Math.round([...times.values()].reduce((a, b) => a + b, 0) / 1000)} s; ${todo.length} mutants.`,
    );

    const limitOf = (at: number) => patience + 10 * (times.get(at) ?? 0);
    const placeIn = new Map(names.map((name, at) => [name, at]));
    /** How often a test has noticed a mutant, by file of the mutant; '' for any. */
    const noticed = new Map<string, Map<number, number>>();
    const notice = (file: string, by: string | undefined) => {
      const at = placeIn.get(by ?? '');
      if (at === undefined) return;
      for (const key of [file, '']) {
        const its = noticed.get(key) ?? new Map<number, number>();
        noticed.set(key, its.set(at, (its.get(at) ?? 0) + 1));
      }
    };
    for (const { mutant, by } of old.values()) notice(mutant.split(': ')[0] ?? '', by);
    /** Those first that most probably notice it soon: they noticed others of the file, and are quick. */
    const inOrder = (chosen: readonly number[], file: string, by?: string) => {
      const cost = new Map(
        chosen.map((at) => {
          const hits = 5 * (noticed.get(file)?.get(at) ?? 0) + (noticed.get('')?.get(at) ?? 0);
          return [at, names[at] === by ? 0 : (2 + (times.get(at) ?? 0)) / (1 + hits)];
        }),
      );
      return [...chosen].sort((a, b) => (cost.get(a) ?? 0) - (cost.get(b) ?? 0));
    };

    /** With the mutant there from the first line on, in a process that has seen no other. */
    const alone = async (id: string, chosen: readonly number[], most?: number): Promise<Seen> => {
      const needed = [...new Set(chosen.map(fileOf))];
      const fresh = new Runner(given('some.json', needed), 5 * patience, id);
      try {
        const loaded = await fresh.ready;
        if (loaded === 'late') return { status: 'Timeout' };
        if (loaded === 'gone' || !loaded.loaded) return { status: 'RuntimeError' };
        const place = new Map(loaded.loaded.map((name, at) => [name, at]));
        const there = chosen.map((at) => place.get(names[at] ?? ''));
        // A test that is no more there was made of what the mutant changed: vitest would find none, and say so.
        const gone = there.indexOf(undefined);
        if (gone >= 0) return { status: 'Killed', by: names[chosen[gone] ?? 0] };
        const answer = await fresh.run(there as number[], (at) => limitOf(chosen[there.indexOf(at)] ?? 0), id, most);
        const by = names[chosen[there.indexOf(typeof answer === 'string' ? fresh.at : answer.failed?.at)] ?? -1];
        if (typeof answer === 'string') return { status: answer === 'late' ? 'Timeout' : 'RuntimeError', by };
        return answer.failed ? { status: 'Killed', by } : { status: 'Survived', partly: answer.stopped === true };
      } finally {
        fresh.end();
      }
    };

    const one = async (id: string, { fileName }: Mutant, by: string | undefined): Promise<Seen> => {
      const chosen = inOrder(
        every.filter((at) => covered.perTest?.[at]?.[id]),
        fileName,
        by,
      );
      const isStatic = first.static?.[id] !== undefined;
      // (What an earlier mutant left behind may show only now: then it is asked again in a fresh process.)
      for (let tries = 0; chosen.length > 0 && tries < 2; tries += 1) {
        const answer = await runner.run(chosen, limitOf, id, fast || isStatic ? share : undefined);
        const failed = typeof answer === 'string' ? runner.at : answer.failed?.at;
        if (typeof answer !== 'string') {
          if (failed === undefined) break;
          // What a mutant left behind must not count as another one's.
          const again = await runner.run([failed], limitOf);
          if (typeof again !== 'string' && !again.failed) return { status: 'Killed', by: names[failed] };
        }
        runner.end();
        ({ runner } = await start());
        const alike = failed === undefined ? undefined : await alone(id, [failed]);
        if (alike && alike.status !== 'Survived') return alike;
      }
      if (isStatic) {
        // What runs while the tests are loaded concerns each of them. In most cases one of a few files tells, and few load soon.
        const likely = inOrder(every, fileName, by);
        const few = new Set([...new Set(likely.slice(0, 40).map(fileOf))].slice(0, 4));
        const near = likely.filter((at) => few.has(fileOf(at)));
        const sooner = await alone(id, near, share);
        if (sooner.status !== 'Survived') return sooner;
        return fast ? { status: 'Survived', partly: true } : alone(id, likely);
      }
      if (chosen.length === 0) return { status: 'NoCoverage', partly: fast };
      // A survivor may owe it to what was kept from before.
      return fast ? { status: 'Survived', partly: true } : alone(id, chosen);
    };

    // Those that need processes of their own come last: most of a share of time is theirs.
    const isLate = (mutant: Mutant) => Number(first.static?.[ids.get(placeOf(mutant)) ?? ''] !== undefined);
    todo.sort((a, b) => isLate(a) - isLate(b));
    for (const mutant of todo) {
      if (Date.now() > until) break;
      const id = ids.get(placeOf(mutant));
      if (id === undefined) throw new Error(`${mutant.name}: is not there when only the sample is made`);
      const from = performance.now();
      const last = old.get(mutant.name);
      const { status, by, partly } = await one(id, mutant, last?.by);
      notice(mutant.fileName, by);
      // Where only some tests were asked, that none of them reaches it says nothing of the others.
      if (tests !== undefined && last && status === 'NoCoverage') continue;
      console.log(
        `${status} ${Math.round((performance.now() - from) / 100) / 10} s  ${mutant.name}${by ? `\n    by ${by}` : ''}`,
      );
      const read = last?.read;
      old.set(mutant.name, {
        mutant: mutant.name,
        line: mutant.location.start.line + 1,
        hash: mutant.hash,
        status,
        ...(partly && { partly }),
        ...(by && isDead(status) && { by }),
        ...(read && !isDead(status) && { read }),
      });
      writeFileSync(results, `${JSON.stringify(now(), null, 1)}\n`);
    }
    runner.end();
    rmSync(folder, { recursive: true, force: true });
  }
  writeFileSync(results, `${JSON.stringify(now(), null, 1)}\n`);
  return now();
}

const isDead = (status: Outcome['status'] | undefined): boolean =>
  status === 'Killed' || status === 'Timeout' || status === 'RuntimeError';

/** Of a hundred mutants that were run how many some test notices. */
export const killed = (ran: readonly Outcome[]): number => {
  const dead = ran.filter(({ status }) => isDead(status));
  return Math.floor((1000 * dead.length) / Math.max(ran.length, 1)) / 10;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const word = { type: 'string' } as const;
  const { values } = parseArgs({ options: { most: word, tests: word, of: word, quick: { type: 'boolean' } } });
  const ran = await runMutations({ ...values, most: values.most ? Number(values.most) : undefined });
  console.log(`${killed(ran)} % of ${ran.length} mutants are noticed. Survivors:`);
  for (const { status, mutant, line, read } of ran)
    if (status === 'Survived' || status === 'NoCoverage')
      console.log(`${status} line ${line}  ${mutant}${read ? `\n    ${read}` : ''}`);
}
