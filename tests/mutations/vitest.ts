/**
 * What the tests of mutants get in place of vitest: its `expect` and `vi` as they are, and a `test` and `describe` that only
 * take down what there is, so that one process can run any of it again and again, which vitest itself cannot.
 */

type Body = (...given: unknown[]) => unknown;

interface Suite {
  parent?: Suite;
  beforeAll: Body[];
  afterAll: Body[];
  beforeEach: Body[];
  afterEach: Body[];
}

export interface Test {
  file: string;
  name: string;
  suite: Suite;
  body: Body;
}

const suiteIn = (parent?: Suite): Suite => ({
  ...(parent && { parent }),
  beforeAll: [],
  afterAll: [],
  beforeEach: [],
  afterEach: [],
});

/** All tests of the files that were loaded, in their order. */
export const tests: Test[] = [];
let file = '';
let suite = suiteIn();
let path: string[] = [];

/** Loads a file of tests. @param name path from the root of the project */
export async function load(root: string, name: string): Promise<void> {
  file = name;
  suite = suiteIn();
  path = [];
  await import(new URL(name, root).href);
}

/** Takes tests out of the list. */
export function leaveOut(which: (one: Test) => boolean): void {
  tests.splice(0, tests.length, ...tests.filter((one) => !which(one)));
}

// Vitest's expect asks who runs it.
(globalThis as Record<string, unknown>).__vitest_worker__ = { filepath: 'mutants', config: {}, ctx: {}, rpc: {} };
const real = await import(new URL('../../node_modules/vitest/dist/index.js', import.meta.url).href);
export const { expect } = real;
export const vi = new Proxy(real.vi, {
  get: (all, name) => (name === 'setConfig' ? () => {} : Reflect.get(all, name)),
});

/** Vitest's options stand between name and body, or behind it. */
const bodyOf = (given: unknown[]) => given.find((one): one is Body => typeof one === 'function') ?? (() => {});
const named = (name: string, row: unknown) =>
  `${name} ${typeof row === 'string' ? row : JSON.stringify(row)}`.slice(0, 200);

/** @param take what is to be done with one name and its body */
function make(take: (name: string, body: Body) => void) {
  const one = (name: string, ...given: unknown[]) => take(name, bodyOf(given));
  const none = () => {};
  const each =
    (rows: readonly unknown[]) =>
    (name: string, ...given: unknown[]) => {
      for (const row of rows)
        take(named(name, Array.isArray(row) ? row[0] : row), () =>
          bodyOf(given)(...(Array.isArray(row) ? row : [row])),
        );
    };
  const nothing = Object.assign(none, { each: () => none });
  const chosen = Object.assign(one, { each, skip: none, todo: none });
  const runIf = (condition: unknown) => (condition ? chosen : nothing);
  return Object.assign(chosen, { runIf, skipIf: (condition: unknown) => runIf(!condition) });
}

const test = make((name, body) => tests.push({ file, name: [...path, name].join(' > '), suite, body }));

export { test, test as it };
export const describe = make((name, body) => {
  suite = suiteIn(suite);
  path = [...path, name];
  body();
  path = path.slice(0, -1);
  suite = suite.parent ?? suite;
});
export const beforeAll = (body: Body) => suite.beforeAll.push(body);
export const afterAll = (body: Body) => suite.afterAll.push(body);
export const beforeEach = (body: Body) => suite.beforeEach.push(body);
export const afterEach = (body: Body) => suite.afterEach.push(body);

const around = (one: Suite | undefined): Suite[] => (one ? [...around(one.parent), one] : []);

/**
 * Runs tests until one fails. @param before is told of each before it starts, and says whether it is to
 * @returns the place of the one that failed in the list, and what it said
 */
export async function run(chosen: readonly number[], before: (at: number) => boolean) {
  const open = new Set<Suite>();
  const done = (at: number, error: unknown) => ({ at, error: String(error).slice(0, 300) });
  for (const at of chosen) {
    const one = tests[at];
    if (!one) continue;
    if (!before(at)) break;
    const suites = around(one.suite);
    try {
      for (const each of suites) {
        if (open.has(each)) continue;
        open.add(each);
        for (const hook of each.beforeAll) await hook();
      }
      for (const hook of suites.flatMap((each) => each.beforeEach)) await hook();
      await one.body();
      for (const hook of suites.flatMap((each) => each.afterEach)) await hook();
    } catch (error) {
      for (const each of open) for (const hook of each.afterAll) await Promise.resolve(hook()).catch(() => {});
      return done(at, error);
    }
  }
  for (const each of open) for (const hook of each.afterAll) await hook();
  return undefined;
}
