/**
 * A process in which mutants live: the files with all of them switchable take the place of the sources, the tests are loaded
 * once, and what its parent asks for is run. argv: a JSON file of what it needs. A mutant in its environment
 * (`__STRYKER_ACTIVE_MUTANT__`) is there from the first line on.
 */
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';

interface Given {
  /** URL of the project's folder, with a slash. */
  root: string;
  /** Path → text with its mutants. */
  sources: Record<string, string>;
  /** Modules that the build makes, by name. */
  made: Record<string, string>;
  files: string[];
}

interface Stryker {
  activeMutant?: string;
  currentTestId?: string;
  mutantCoverage?: { static: Record<string, number>; perTest: Record<string, Record<string, number>> };
}

const { root, sources, made, files } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Given;
const shim = new URL('vitest.ts', import.meta.url).href;

registerHooks({
  resolve: (name, context, next) => {
    if (name in made) return { url: name, shortCircuit: true };
    return name === 'vitest' && context.parentURL?.startsWith(`${root}tests/`)
      ? { url: shim, shortCircuit: true }
      : next(name, context);
  },
  load: (url, context, next) => {
    if (url in made) return { format: 'module', source: made[url] ?? '', shortCircuit: true };
    if (!url.startsWith(`${root}src/`) || !url.endsWith('.ts')) return next(url, context);
    const source = sources[url.slice(root.length)] ?? readFileSync(fileURLToPath(url), 'utf8');
    const code = stripTypeScriptTypes(source).replaceAll('import.meta.env', "({ BASE_URL: '/' })");
    return { format: 'module', source: code, shortCircuit: true };
  },
});

// What is said to the terminal would be said for each mutant.
console.log = console.warn = console.error = () => {};
process.chdir(fileURLToPath(root));
process.env.CAPTURES = 'once';
const stryker: Stryker = {};
Object.assign(globalThis, { __stryker__: stryker });
if (process.env.__STRYKER_ACTIVE_MUTANT__) stryker.activeMutant = process.env.__STRYKER_ACTIVE_MUTANT__;

const { leaveOut, load, run, tests } = (await import(shim)) as typeof import('./vitest.ts');
/** What a clock says of a busy machine is nothing about a mutant. */
const tells = ({ body }: import('./vitest.ts').Test) => /performance\.now/.test(String(body));
const say = (what: unknown) => process.send?.(what);
try {
  for (const file of files) await load(root, file);
  leaveOut(tells);
  say({ loaded: tests.map(({ file, name }) => `${file} > ${name}`), static: stryker.mutantCoverage?.static ?? {} });
} catch (error) {
  say({ broken: String(error).slice(0, 300) });
}

process.on('message', async ({ mutant, chosen, most }: { mutant?: string; chosen: number[]; most?: number }) => {
  stryker.activeMutant = mutant;
  let from = 0;
  let last: number | undefined;
  const times: [number, number][] = [];
  const start = process.cpuUsage();
  const spent = () => {
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  let stopped = false;
  const failed = await run(chosen, (at) => {
    // By the processor: how busy the machine is has no say in it.
    stopped = most !== undefined && spent() > most;
    if (stopped) return false;
    if (last !== undefined) times.push([last, performance.now() - from]);
    last = at;
    from = performance.now();
    stryker.currentTestId = String(at);
    say({ at });
    return true;
  });
  if (last !== undefined) times.push([last, performance.now() - from]);
  stryker.currentTestId = undefined;
  stryker.activeMutant = undefined;
  say({ failed, times, stopped, perTest: mutant === undefined ? stryker.mutantCoverage?.perTest : undefined });
});
