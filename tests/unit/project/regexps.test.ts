/** No regular expression of the project takes more than linear time, whatever text it is given. */
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { slowOnes } from '../support/linear.ts';
import { type Expression, expressionsBelow } from './regexps.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Expressions that the checker calls slow, and why they are not. The key is the expression as it stands in the code. */
const excepted: Record<string, string> = {
  "/^(?:import|export)\\s[^;]*?from '(\\.[^']+)';/gm": 'the audit reads our own sources',
  '/--([\\w-]+): light-dark\\((#[\\da-f]{6}), (#[\\da-f]{6})\\)/g': 'the audit reads our own style',
  '/<section class="seen-lines">([\\s\\S]*)<\\/section>/': 'a page that we have made, while the site is built',
  '/<h([23])[^>]*\\sid="([^"]+)"[^>]*>([\\s\\S]*?)<\\/h\\1>/g': 'a page that we have made, while the site is built',
  '/<script(?![^>]*type="module")[^>]* src=[^>]*>/g': 'the audit reads pages that we have made',
  '/\\/+$/': 'the address of a repository, given to the build',
};

/**
 * They make expressions of the content's: those are proved one by one in tests/unit/build/checks.test.ts and
 * tests/unit/config/content.test.ts.
 */
const ofContent = [
  // Names of sections that we have made ourselves, while the site is built.
  'src/build/pages/reading-order.ts',
  'src/engine/checks/broken.ts',
  'src/engine/checks/commands.ts',
  'src/engine/checks/match.ts',
  'src/engine/checks/recognise.ts',
  'src/engine/diagnosis/offers.ts',
  'src/build/knowledge/checks.ts',
  'src/engine/config/values.ts',
  'src/build/knowledge/settings.ts',
];

const all = expressionsBelow(root, ['src', 'scripts']);
const literal = ({ source, flags }: Expression) => `/${source}/${flags}`;

/** Loads the files, and notes every expression that they put together while they load. */
async function madeWhileLoading(files: readonly string[]): Promise<Expression[]> {
  const made: Expression[] = [];
  const real = globalThis.RegExp;
  // Tests before this one may have loaded them.
  vi.resetModules();
  globalThis.RegExp = new Proxy(real, {
    construct(target, [source, flags]: [string, string?]) {
      const calls = new Error().stack ?? '';
      const file = files.find((name) => calls.includes(name));
      if (file) made.push({ file, line: 0, source: String(source), flags: flags ?? '' });
      return new target(source, flags);
    },
  });
  try {
    for (const file of files) await import(/* @vite-ignore */ `${root}${file}`);
  } finally {
    globalThis.RegExp = real;
  }
  return made;
}

/** As they are proved. */
const propositions = (expressions: readonly Expression[]) =>
  expressions.map((one) => ({
    source: one.source ?? '',
    flags: one.flags,
    name: `${one.file}:${one.line}: ${literal(one)}`,
  }));

describe('regular expressions', () => {
  const known = new Map(all.filter(({ source }) => source !== undefined).map((one) => [literal(one), one]));
  const composed = all.filter(({ source, file }) => source === undefined && !ofContent.includes(file));
  let made: Expression[] = [];
  let slow: string[] = [];

  beforeAll(async () => {
    made = await madeWhileLoading([...new Set(composed.map(({ file }) => file))]);
    slow = await slowOnes(
      propositions([...known.values(), ...made].filter((one) => !(literal(one) in excepted))),
      'code',
    );
  }, 600_000);

  test('are found in every folder of the code', () => {
    expect(all.length).toBeGreaterThan(200);
    for (const folder of [
      'src/engine/log/',
      'src/engine/catalogue/',
      'src/components/',
      'src/build/knowledge/',
      'scripts/',
    ]) {
      expect(all.filter(({ file }) => file.startsWith(folder)).length, folder).toBeGreaterThan(0);
    }
    expect(
      all.some(({ file }) => file.endsWith('.astro')),
      'those of .astro files',
    ).toBe(true);
  });

  test('take linear time', () => {
    expect(slow).toEqual([]);
  });

  test('put together at run time are made when their file is loaded, so that they are checked as well', () => {
    const perFile = (list: readonly Expression[]) => list.map(({ file }) => file).sort();
    expect(perFile(made)).toEqual(perFile(composed));
  });

  test('excepted are still there', () => {
    for (const file of ofContent) expect(all.some((one) => one.file === file && one.source === undefined)).toBe(true);
    expect(
      Object.keys(excepted).filter((one) => ![...known.values(), ...made].some((e) => literal(e) === one)),
    ).toEqual([]);
  });

  test('a slow one is noticed', async () => {
    const bad = ['(?:a+)+$', '\\s+$', '<b>.*?</b>'].map((source) => ({ source, flags: '' }));
    expect((await slowOnes(bad)).length).toBe(3);
  });
});
