/**
 * Mutations of engine and report: a sample, always the same for a seed, is run by Stryker, and tests/mutations/results.json
 * tells what became of each. A mutant whose file has not changed since is not run again.
 *
 * `node scripts/mutations.ts [--most N]` runs what is new or out of date, N at most; prints what survived.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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
  /** Of a survivor that was read: why nothing can kill it. */
  read?: string;
}

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

/** All mutants that Stryker makes, each with its name, in the order of the seed. */
async function mutants() {
  const { Instrumenter } = await import('@stryker-mutator/instrumenter');
  const { Logger } = { Logger: new Proxy({}, { get: () => () => false }) };
  const given = files.map((name) => ({ name, content: readFileSync(join(root, name), 'utf8'), mutate: true }));
  const made = await new Instrumenter(Logger as never).instrument(given, {
    plugins: null,
    excludedMutations: [],
    ignorers: [],
  } as never);
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

const known = (): Outcome[] => (existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : []);

/** What is known of the sample, without running anything. */
export const standing = known;

/** Runs those of the sample that were not run, or whose file has changed since. @param most how many at most */
export async function runMutations(most = sampleSize): Promise<Outcome[]> {
  const sample = (await mutants()).slice(0, sampleSize);
  const old = new Map(known().map((one) => [one.mutant, one]));
  const todo = sample.filter(({ name, hash }) => old.get(name)?.hash !== hash).slice(0, most);
  if (todo.length > 0) {
    const folder = mkdtempSync(join(tmpdir(), 'mutations-'));
    const list = join(folder, 'sample.json');
    const place = ({ fileName, location: { start, end }, mutatorName, replacement }: Mutant) =>
      [fileName, start.line, start.column, end.line, end.column, mutatorName, replacement].join('|');
    writeFileSync(list, JSON.stringify(todo.map(place)));
    process.env.SAMPLE = list;
    const { Stryker } = await import('@stryker-mutator/core');
    const stryker = new Stryker({
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner', join(root, 'tests/mutations/only-sample.mjs')],
      checkers: ['only-sample'],
      vitest: { configFile: 'tests/mutations/vitest.config.ts', related: false },
      coverageAnalysis: 'perTest',
      mutate: todo.map(
        ({ fileName, location: { start, end } }) =>
          `${fileName}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`,
      ),
      ignorePatterns: ['/dist*', '/*.html', '/.astro', '/.vitest', '/test-results', '/docs', '/release'],
      tempDirName: join(folder, 'sandbox'),
      concurrency: Number(process.env.MUTATION_WORKERS ?? 1),
      // Generous: on a busy machine a mutant must not count as noticed because others were at work.
      timeoutMS: 180_000,
      timeoutFactor: 3,
      reporters: ['at-once'],
      disableTypeChecks: false,
    } as never);
    const minutes = Number(process.env.MUTATION_MINUTES ?? 600);
    const late = new Promise((done) => setTimeout(done, minutes * 60_000).unref());
    await Promise.race([stryker.runMutationTest(), late]);
    const done = existsSync(`${list}.done`) ? readFileSync(`${list}.done`, 'utf8').split('\n').filter(Boolean) : [];
    const ran = new Map(
      done.map((line) => {
        const { place: at, status } = JSON.parse(line) as { place: string; status: Outcome['status'] };
        return [at, status] as const;
      }),
    );
    for (const one of todo) {
      const status = ran.get(place(one));
      if (status) old.set(one.name, { mutant: one.name, line: one.location.start.line + 1, hash: one.hash, status });
    }
    rmSync(folder, { recursive: true, force: true });
  }
  const now = sample.flatMap(({ name }) => old.get(name) ?? []);
  writeFileSync(results, `${JSON.stringify(now, null, 1)}\n`);
  return now;
}

/** Of a hundred mutants that were run how many some test notices. */
export const killed = (ran: readonly Outcome[]): number => {
  const dead = ran.filter(({ status }) => status === 'Killed' || status === 'Timeout' || status === 'RuntimeError');
  return Math.floor((1000 * dead.length) / Math.max(ran.length, 1)) / 10;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { most: { type: 'string' } } });
  const ran = await runMutations(values.most ? Number(values.most) : undefined);
  console.log(`${killed(ran)} % of ${ran.length} mutants are noticed. Survivors:`);
  for (const { status, mutant, line, read } of ran)
    if (status === 'Survived' || status === 'NoCoverage')
      console.log(`${status} line ${line}  ${mutant}${read ? `\n    ${read}` : ''}`);
  // A run that was ended by MUTATION_MINUTES still has its workers.
  process.exit();
}
