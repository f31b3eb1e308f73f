/**
 * Qualities as figures: `npm run audit` measures all of them on the built site and writes docs/quality.md; `npm run audit -- ID…`
 * prints those that are named, `npm run audit -- --write ID…` writes their rows alone. Ends with 1 if a figure is beyond its
 * bound, or if a stable one differs from the one written.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import { chromium, type Page } from '@playwright/test';
import { transform } from 'esbuild';
import { compileKnowledge } from '../src/build/knowledge/compile.ts';
import { loadKnowledge } from '../src/build/knowledge/load.ts';
import { policyFaults } from '../src/build/site-checks/policy.ts';
import { readSite, type Site } from '../src/build/site-checks/site.ts';
import { firstLoad, loadOf } from '../src/build/site-checks/weight.ts';
import { createCatalogue } from '../src/engine/catalogue/catalogue.ts';
import { createGrammar } from '../src/engine/config/grammar.ts';
import { judge } from '../src/engine/judge.ts';
import { firefox, why } from '../tests/e2e/offline/support/engines.ts';
import { attacks, untested } from './attacks.ts';
import { findChromium } from './browser.ts';
import { importsOf } from './imports.ts';
import { clientsTask, type LargeFile, largeFile, pasted, stopped, workbenchTask } from './large.ts';
import { lowestScores, type Scores } from './lighthouse.ts';
import { killed, sampleSize, standing } from './mutations.ts';
import { serve } from './serve.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const kilobytes = (bytes: number) => Math.round(bytes / 102.4) / 10;

interface Measure {
  id: string;
  area: string;
  what: string;
  unit: string;
  /** The figure must not be above it; or not below, where `least`. */
  bound: number;
  least?: boolean;
  /** The figure of the same sources is always the same, but for this share of it: another one than the one written fails. */
  stable?: number;
  figure(): number | Promise<number>;
}

/** Files of the project that are written by hand. */
const sources = (pattern: RegExp) =>
  execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
    .split('\n')
    .filter((name) => pattern.test(name));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const chunk = (name: RegExp) => {
  const [file] = readdirSync(join(dist, '_astro')).filter((one) => name.test(one));
  if (!file) throw new Error(`The build has no chunk ${name}. Build first: npm run build`);
  return brotliCompressSync(readFileSync(join(dist, '_astro', file))).length;
};

/** Runs one test file of the unit tests. @returns how many passed @throws if one failed, or none ran */
function passed(...paths: string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'samhain-tests-'));
  const file = join(folder, 'result.json');
  const given = ['--reporter=json', `--outputFile=${file}`, ...paths];
  spawnSync('npm', ['run', '--silent', 'test:unit', '--', ...given], { cwd: root, stdio: 'ignore' });
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  if (numFailedTests > 0 || numPassedTests === 0) throw new Error(`${paths}: ${numFailedTests} tests failed.`);
  return numPassedTests;
}

interface Suite {
  suites?: Suite[];
  specs?: { title: string; ok: boolean; tests: { status: string; projectName: string }[] }[];
}

/**
 * Runs browser tests on the built site. @returns how many passed
 * @throws if one failed, or none ran: what was skipped is no figure
 */
function passedInBrowser(project: string, ...paths: string[]): number {
  const { stdout, stderr } = spawnSync(
    'npx',
    ['--no', 'playwright', 'test', `--project=${project}`, '--reporter=json', ...paths],
    {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 1e9,
      env: {
        ...process.env,
        TEST_PORT: process.env.TEST_PORT ?? '4391',
        PLAYWRIGHT_JSON_OUTPUT_NAME: undefined,
        EVERY_ENGINE: '1',
      },
    },
  );
  const start = stdout.indexOf('\n{') + 1;
  if (start === 0 && !stdout.startsWith('{')) throw new Error(`Playwright said nothing: ${stderr.slice(-500)}`);
  const specs = ({ suites = [], specs: own = [] }: Suite): NonNullable<Suite['specs']> => [
    ...own,
    ...suites.flatMap(specs),
  ];
  const all = specs(JSON.parse(stdout.slice(start)) as Suite);
  const failed = all.filter(({ ok }) => !ok).map(({ title }) => title);
  if (failed.length > 0) throw new Error(`Failed in ${project}: ${failed.join('; ')}`);
  const ran = all.filter(({ tests }) => tests.some(({ status }) => status === 'expected' || status === 'flaky'));
  if (ran.length === 0) throw new Error(`no test of ${paths.join(', ') || 'all'} runs in ${project} on this machine`);
  return ran.length;
}

/** Files of tests in which some regular expression is not proved to be linear, when nothing is believed that was proved before. */
function unproved(): number {
  const files = ['project/regexps', 'build/checks', 'config/content'].map((name) => `tests/unit/${name}.test.ts`);
  const folder = mkdtempSync(join(tmpdir(), 'samhain-proofs-'));
  const file = join(folder, 'result.json');
  // (Without a file of its own the report is not printed: vitest writes it somewhere in the project.)
  const given = ['--reporter=json', `--outputFile=${file}`, '--testNamePattern=linear time', ...files];
  const { stderr } = spawnSync('npx', ['--no', 'vitest', 'run', ...given], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: { ...process.env, PROOFS: 'all' },
  });
  if (!existsSync(file)) throw new Error(`Vitest said nothing: ${stderr.slice(-500)}`);
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as {
    testResults: { assertionResults: { status: string }[] }[];
  };
  rmSync(folder, { recursive: true });
  const proved = testResults.filter(
    ({ assertionResults }) =>
      assertionResults.some(({ status }) => status === 'passed') &&
      !assertionResults.some(({ status }) => status === 'failed'),
  );
  return files.length - proved.length;
}

/** Places where a script of the site asks for more than the oldest browsers that are supported know. */
async function newerThanSupported(): Promise<number> {
  const names = readdirSync(join(dist, '_astro')).filter((name) => name.endsWith('.js'));
  const newer: string[] = [];
  for (const name of names) {
    const code = readFileSync(join(dist, '_astro', name), 'utf8');
    // What has to be written otherwise for them is told by esbuild's own table of browsers.
    // (Of \p{…} it says that it depends on the names within; those used are in all of them.)
    const supported = { 'regexp-unicode-property-escapes': true };
    const made = async (target: string | string[]) =>
      (await transform(code, { target, supported, minifyWhitespace: true })).code;
    if ((await made('esnext')) !== (await made(oldest))) newer.push(name);
  }
  if (newer.length > 0) console.log(`  ${newer.join(', ')}`);
  return newer.length;
}

/** The lowest versions that are supported; astro.config.mjs has the same for styles. */
const oldest = ['firefox115', 'safari16.4', 'chrome111'];

/** Functions that one of them lacks, by the tables of MDN. */
const newFunctions =
  /\b(?:Promise\.(?:withResolvers|try)|(?:Object|Map)\.groupBy|URL\.(?:canParse|parse)|Array\.fromAsync|RegExp\.escape|AbortSignal\.any|Intl\.DurationFormat|Iterator\.from|Math\.sumPrecise)\b|\.(?:isWellFormed|toWellFormed|symmetricDifference|isSubsetOf|isSupersetOf|isDisjointFrom|checkVisibility|setHTMLUnsafe|getHTML|transferToFixedLength)\(|startViewTransition\(|\bnew (?:CloseWatcher|Highlight)\(|\bnavigation\.navigate/g;

/** Elements of all pages that break a rule of WCAG 2.2 AA, by axe. */
const brokenRules = () =>
  inBrowser(async (page, url) => {
    let broken = 0;
    for (const { path } of site().pages) {
      await page.goto(url + path.replace(/(^|\/)index\.html$/, '$1'));
      const axe = new AxeBuilder({ page: page as unknown as ConstructorParameters<typeof AxeBuilder>[0]['page'] })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .options({ resultTypes: ['violations'] });
      const { violations, passes } = await axe.analyze();
      if (passes.length < 10) throw new Error(`${path}: axe looked at nothing`);
      for (const { id, nodes } of violations) console.log(`  ${path}: ${id} ${nodes[0]?.target}`);
      broken += violations.reduce((sum, { nodes }) => sum + nodes.length, 0);
    }
    return broken;
  });

let scores: Promise<Scores> | undefined;
/** Lighthouse is asked once for all its rows. */
const lighthouse = () => {
  scores ??= lowestScores(dist, onePerKind);
  return scores;
};

/** Megabytes of the file that is promised. */
const large = 200;
let largeRead: Promise<LargeFile> | undefined;
/** It is read once for all its rows. */
const readLarge = () => {
  largeRead ??= largeFile(dist, large);
  return largeRead;
};

/** With variables of the tests by which they do all that they can. */
async function withAll(variables: Record<string, string>, count: () => number): Promise<number> {
  Object.assign(process.env, variables);
  try {
    return count();
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name];
  }
}

/** Exports, files and dependencies that nothing uses, by knip. */
function unused(): number {
  const { stdout, status } = spawnSync(
    'npm',
    ['exec', '--yes', '--package=knip@6.44.2', '--', 'knip', '--reporter', 'json', '--config', 'tests/knip.json'],
    { cwd: root, encoding: 'utf8', maxBuffer: 1e9 },
  );
  const start = stdout.indexOf('{');
  if (start < 0) throw new Error(`knip ended with ${status}`);
  const { issues } = JSON.parse(stdout.slice(start)) as { issues: Record<string, unknown>[] };
  const found = issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, list]) =>
      Array.isArray(list) ? list.map((one) => `${file}: ${kind} ${(one as { name?: string }).name ?? ''}`) : [],
    ),
  );
  for (const one of found.slice(0, 100)) console.log(`  ${one}`);
  return found.length;
}

const tokens = () => {
  const css = text('src/styles/tokens.css');
  return new Map(
    [...css.matchAll(/--([\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/g)].map(
      ([, name = '', a = '', b = '']) => [name, [a, b]],
    ),
  );
};
const luminance = (color: string) => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** The lowest contrast of any ink on any surface, in both themes. */
function lowestContrast(inks: readonly string[], surfaces: readonly string[]): number {
  const all = tokens();
  const ratios = inks.flatMap((ink) =>
    surfaces.flatMap((surface) =>
      [0, 1].map((theme) => {
        const [a = 0, b = 0] = [ink, surface]
          .map((name) => luminance(all.get(name)?.[theme] ?? ''))
          .sort((x, y) => y - x);
        return (a + 0.05) / (b + 0.05);
      }),
    ),
  );
  return Math.floor(Math.min(...ratios) * 10) / 10;
}

/** Circles of imports, those of types among them. */
function circles(): number {
  const imports = importsOf('src', 'scripts');
  const state = new Map<string, 'open' | 'done'>();
  let found = 0;
  const visit = (file: string) => {
    state.set(file, 'open');
    for (const to of imports.get(file) ?? []) {
      if (state.get(to) === 'open') {
        console.log(`  ${file} imports ${to}, which leads to it`);
        found += 1;
      } else if (!state.has(to)) visit(to);
    }
    state.set(file, 'done');
  };
  for (const file of imports.keys()) if (!state.has(file)) visit(file);
  return found;
}

/** Files that differ between two builds in different folders. */
function differing(): number {
  const sums = ['one', 'another/place'].map((name) => {
    const top = mkdtempSync(join(tmpdir(), 'samhain-build-'));
    const folder = join(top, name);
    for (const file of sources(/^(?!tests\/|docs\/screenshots)./)) cpSync(join(root, file), join(folder, file));
    cpSync(join(root, 'tests/captures'), join(folder, 'tests/captures'), { recursive: true });
    cpSync(join(root, 'tests/addresses.txt'), join(folder, 'tests/addresses.txt'));
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const { status, stderr } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`The build in ${folder} failed: ${stderr.slice(-500)}`);
    const built = ['dist', 'dist-offline', 'dist-cli'].flatMap((part) =>
      readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' }).map((file) => join(part, file)),
    );
    const files = [...built, 'samhain-troubleshooter.html', 'dist-offline.zip'].filter((file) =>
      statSync(join(folder, file)).isFile(),
    );
    const read = new Map(files.map((file) => [file, readFileSync(join(folder, file)).toString('base64')]));
    rmSync(top, { recursive: true });
    return read;
  });
  const [a = new Map<string, string>(), b = new Map<string, string>()] = sums;
  return [...new Set([...a.keys(), ...b.keys()])].filter((file) => a.get(file) !== b.get(file)).length;
}

/** A page in a browser, with the site behind it. */
async function inBrowser<T>(use: (page: Page, url: string) => Promise<T>): Promise<T> {
  const { server, url } = await serve(dist, 0);
  const browser = await chromium.launch((await findChromium()).launch);
  try {
    const context = await browser.newContext({ serviceWorkers: 'block' });
    return await use(await context.newPage(), url);
  } finally {
    await browser.close();
    server.close();
  }
}

const onePerKind = [
  '',
  'diagnose/',
  'wizard/',
  'wizard/server-reason/',
  'problems/',
  'problems/not-in-client-list/',
  'guides/set-password/',
  'messages/',
  'messages/msg-tcp-badconn/',
  'options/',
  'checks/',
  'gather/',
  'walk/',
  'search/',
  'offline/',
  'about/',
];

/** The largest sum of layout shifts while a page loads. */
const layoutShift = () =>
  inBrowser(async (page, url) => {
    await page.addInitScript(() => {
      const sums = window as unknown as { shifted: number };
      sums.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sums.shifted += (entry as unknown as { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    let most = 0;
    for (const path of onePerKind) {
      await page.goto(url + path, { waitUntil: 'networkidle' });
      most = Math.max(most, await page.evaluate(() => (window as unknown as { shifted: number }).shifted));
    }
    return Math.round(most * 1000) / 1000;
  });

/** Seconds of the processor for judging a thousand lines, the median of nine. */
function judged(): number {
  const knowledge = compileKnowledge(loadKnowledge());
  const rules = {
    ...knowledge,
    catalogue: createCatalogue(knowledge.messages),
    grammar: createGrammar(knowledge.settings),
    rules: knowledge.settings.rules,
  };
  const lines = Array.from(
    { length: 1000 },
    (_, n) =>
      `CRIT   :  [2026-11-23T15:18:${String(n % 60).padStart(2, '0')}+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<web${n % 7}.example.net>`,
  ).join('\n');
  const times = Array.from({ length: 9 }, () => {
    const from = process.cpuUsage();
    judge([{ name: 'text', text: lines }], rules);
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1000;
  });
  return Math.round(times.sort((a, b) => a - b)[4] ?? 0);
}

let built: Site | undefined;
const site = (): Site => {
  built ??= readSite(dist);
  return built;
};
let loaded: ReturnType<typeof firstLoad> | undefined;
/** What each content page loads; packing all of it takes a minute. */
const loads = () => {
  loaded ??= firstLoad(site());
  return loaded;
};
const css = () =>
  readdirSync(join(dist, '_astro'))
    .filter((name) => name.endsWith('.css'))
    .map((name) => readFileSync(join(dist, '_astro', name), 'utf8'))
    .join('\n');

const measures: Measure[] = [
  {
    id: 'page-weight',
    area: '1 Weight',
    what: 'heaviest content page at first load, brotli',
    unit: 'KB',
    bound: 15,
    stable: 0.02,
    figure: () => kilobytes(Math.max(...loads().map(({ size }) => size))),
  },
  {
    id: 'page-requests',
    area: '1 Weight',
    what: 'most requests of a content page, itself among them',
    unit: 'requests',
    bound: 5,
    stable: 0,
    figure: () => Math.max(...loads().map(({ count }) => count)),
  },
  {
    id: 'messages-index',
    area: '1 Weight',
    what: 'index of all messages at first load, brotli',
    unit: 'KB',
    bound: 20,
    stable: 0.02,
    figure: () => kilobytes(loadOf(site(), 'messages/index.html').size),
  },
  {
    id: 'single-file',
    area: '1 Weight',
    what: 'the single file',
    unit: 'KB',
    bound: 2441.4,
    stable: 0.02,
    figure: () => kilobytes(statSync(join(root, 'samhain-troubleshooter.html')).size),
  },
  {
    id: 'first-search',
    area: '1 Weight',
    what: 'first search: table of names and what ranks it, brotli',
    unit: 'KB',
    bound: 130,
    stable: 0.02,
    figure: () =>
      kilobytes(chunk(/^_virtual_names\..*\.js$/) + chunk(/^SearchBox\..*\.js$/) + chunk(/^names\..*\.js$/)),
  },
  {
    id: 'workbench',
    area: '1 Weight',
    what: 'engine with the whole catalogue, in its worker, brotli (why: docs/decisions/2026-11-28-weight-of-the-workbench.md)',
    unit: 'KB',
    bound: 90,
    stable: 0.02,
    figure: () => kilobytes(chunk(/^worker-.*\.js$/)),
  },
  {
    id: 'layout-shift',
    area: '2 Speed',
    what: 'largest layout shift while a page of any kind loads',
    unit: '',
    bound: 0,
    figure: layoutShift,
  },
  {
    id: 'blocking',
    area: '2 Speed',
    what: 'scripts that hold up the first paint',
    unit: 'scripts',
    bound: 0,
    stable: 0,
    figure: () =>
      site().pages.flatMap(({ html }) => html.match(/<script(?![^>]*type="module")[^>]* src=[^>]*>/g) ?? []).length,
  },
  {
    id: 'lighthouse-performance',
    area: '2 Speed',
    what: 'lowest performance of Lighthouse 12.8.2, mobile, a page of each kind',
    unit: '',
    bound: 97,
    least: true,
    figure: async () => (await lighthouse()).performance,
  },
  {
    id: 'lighthouse-rest',
    area: '2 Speed',
    what: 'its lowest accessibility, best practices and SEO',
    unit: '',
    bound: 100,
    least: true,
    figure: async () => {
      const { performance: _, ...rest } = await lighthouse();
      return Math.min(...Object.values(rest));
    },
  },
  {
    id: 'judged',
    area: '2 Speed',
    what: 'a thousand lines judged, processor',
    unit: 'ms',
    bound: 100,
    figure: judged,
  },
  {
    id: 'answered',
    area: '2 Speed',
    what: 'a thousand lines pasted: page and worker until the answer has been drawn, the median of five, processor',
    unit: 'ms',
    bound: 100,
    figure: () => pasted(dist, 1000),
  },
  {
    id: 'large-task',
    area: '2 Speed',
    what: `a file of ${large} MB: longest task of the page, from the choice to the answer, processor`,
    unit: 'ms',
    bound: 50,
    figure: async () => (await readLarge()).task,
  },
  {
    id: 'large-rate',
    area: '2 Speed',
    what: `a file of ${large} MB: read by the worker, processor`,
    unit: 'MB/s',
    bound: 100,
    least: true,
    figure: async () => (await readLarge()).rate,
  },
  {
    id: 'large-seconds',
    area: '2 Speed',
    what: `a file of ${large} MB: read and judged, processor`,
    unit: 's',
    bound: 5,
    figure: async () => (await readLarge()).seconds,
  },
  {
    id: 'large-stop',
    area: '2 Speed',
    what: `a file of ${large} MB: from the click that stops the reading`,
    unit: 'ms',
    bound: 500,
    figure: () => stopped(dist, large),
  },
  {
    id: 'workbench-task',
    area: '2 Speed',
    what: 'a thousand lines in the workbench: longest task while they are answered, opened and filtered, processor',
    unit: 'ms',
    bound: 50,
    figure: () => workbenchTask(dist, 1000),
  },
  {
    id: 'clients-task',
    area: '2 Speed',
    what: 'the table of five thousand clients: longest task while it is opened, filtered and unfolded, processor',
    unit: 'ms',
    bound: 50,
    figure: () => clientsTask(dist, 5000),
  },
  {
    id: 'proofs',
    area: '2 Speed',
    what: 'files of tests with a regular expression that is not proved to take linear time, all proved anew',
    unit: 'files',
    bound: 0,
    stable: 0,
    figure: unproved,
  },
  {
    id: 'mutations',
    area: '3 Mutations',
    what: 'mutants of engine and report that a test notices, of those of a seeded sample that were run (npm exec -- node scripts/mutations.ts runs more)',
    unit: '%',
    bound: 85,
    least: true,
    stable: 0,
    figure: () => killed(standing()),
  },
  {
    id: 'mutants-run',
    area: '3 Mutations',
    what: 'mutants of the sample that were run, by tests/mutations/results.json',
    unit: 'mutants',
    bound: sampleSize,
    least: true,
    stable: 0,
    figure: () => standing().length,
  },
  {
    id: 'survivors-unread',
    area: '3 Mutations',
    what: 'survivors among them that nobody has read',
    unit: 'mutants',
    bound: 0,
    stable: 0,
    figure: () =>
      standing().filter(({ status, read }) => (status === 'Survived' || status === 'NoCoverage') && !read).length,
  },
  {
    id: 'policy',
    area: '4 Policy',
    what: 'pages without a Content-Security-Policy that begins with nothing allowed, allows what the page holds and no more, and is above all that it governs',
    unit: 'pages',
    bound: 0,
    stable: 0,
    figure: () => site().pages.filter(({ html }) => policyFaults(html).length > 0).length,
  },
  {
    id: 'violations',
    area: '4 Policy',
    what: 'browser tests of the policy: every page, a session, no violation and no request elsewhere',
    unit: 'tests',
    bound: 4,
    least: true,
    figure: () => withAll({ ALL_PAGES: '1' }, () => passedInBrowser('chromium', 'tests/e2e/policy.spec.ts')),
  },
  {
    id: 'raw-html',
    area: '4 Policy',
    what: 'components of pasted text that write HTML as it is',
    unit: 'places',
    bound: 0,
    stable: 0,
    figure: () =>
      sources(/^src\/(?:components\/diagnosis|browser\/workbench|browser\/search)\//).filter((file) =>
        /set:html|dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML/.test(text(file)),
      ).length,
  },
  {
    id: 'contrast',
    area: '5 Accessibility',
    what: 'lowest contrast of text on any surface, both themes',
    unit: ': 1',
    bound: 4.5,
    least: true,
    stable: 0,
    figure: () =>
      lowestContrast(['ink', 'ink-2', 'ink-3', 'ember', 'good', 'warn', 'crit'], ['desk', 'paper', 'sheet', 'sunk']),
  },
  {
    id: 'contrast-controls',
    area: '5 Accessibility',
    what: 'lowest contrast of frames of controls and the focus ring',
    unit: ': 1',
    bound: 3,
    least: true,
    stable: 0,
    figure: () => lowestContrast(['rule-strong', 'focus'], ['desk', 'paper', 'sheet', 'sunk']),
  },
  {
    id: 'axe',
    area: '5 Accessibility',
    what: 'elements that break a rule of WCAG 2.2 AA, all pages, by axe',
    unit: 'elements',
    bound: 0,
    stable: 0,
    figure: brokenRules,
  },
  {
    id: 'access',
    area: '5 Accessibility',
    what: 'browser tests: states of the workbench, keyboard, zoom, text spacing, forced colors, what a screen reader is told',
    unit: 'tests',
    bound: 8,
    least: true,
    figure: () => withAll({ AXE: 'all' }, () => passedInBrowser('chromium', 'tests/e2e/accessibility.spec.ts')),
  },
  {
    id: 'new-syntax',
    area: '6 Engines',
    what: `scripts whose syntax ${oldest.join(', ')} does not know, by esbuild`,
    unit: 'scripts',
    bound: 0,
    stable: 0,
    figure: newerThanSupported,
  },
  {
    id: 'new-functions',
    area: '6 Engines',
    what: 'functions in them that these browsers lack',
    unit: 'places',
    bound: 0,
    stable: 0,
    figure: () =>
      readdirSync(join(dist, '_astro'))
        .filter((name) => name.endsWith('.js'))
        .flatMap((name) => readFileSync(join(dist, '_astro', name), 'utf8').match(newFunctions) ?? []).length,
  },
  {
    id: 'firefox',
    area: '6 Engines',
    what: 'core of the browser tests in Firefox ESR, and what works without a network',
    unit: 'tests',
    bound: 60,
    least: true,
    figure: () => {
      if (!firefox) throw new Error(why.firefox);
      return passedInBrowser('firefox-core') + passedInBrowser('firefox');
    },
  },
  {
    id: 'webkit',
    area: '6 Engines',
    what: 'the offline walk in WebKitGTK',
    unit: 'tests',
    bound: 4,
    least: true,
    figure: () => passedInBrowser('chromium', 'tests/e2e/offline/webkit.spec.ts'),
  },
  {
    id: 'modern-colors',
    area: '6 Engines',
    what: 'color functions in the built style that Firefox 115 does not know',
    unit: 'places',
    bound: 0,
    stable: 0,
    figure: () => css().match(/light-dark\(|oklch\(|color-mix\(/g)?.length ?? 0,
  },
  {
    id: 'nested-style',
    area: '6 Engines',
    what: 'nested rules in the built style, which Chromium 111 does not know',
    unit: 'places',
    bound: 0,
    stable: 0,
    figure: () => css().match(/[;{]\s*&[\s.:[>+~]/g)?.length ?? 0,
  },
  {
    id: 'hostile-commands',
    area: '7 Faults',
    what: 'groups of command blocks run with hostile values in a sandbox',
    unit: 'tests',
    bound: 20,
    least: true,
    stable: 0,
    figure: () => passed('tests/unit/diagnosis/hostile-commands.test.ts'),
  },
  {
    id: 'any-text',
    area: '7 Faults',
    what: 'properties that hold for any text',
    unit: 'tests',
    bound: 5,
    least: true,
    stable: 0,
    figure: () => withAll({ FUZZ_RUNS: '400' }, () => passed('tests/fuzz')),
  },
  {
    id: 'all-captures',
    area: '7 Faults',
    what: 'tests of the captured runs, in every way in which they can be given',
    unit: 'tests',
    bound: 3000,
    least: true,
    figure: () => withAll({ CAPTURES: 'all' }, () => passed('tests/captures')),
  },
  {
    id: 'growth',
    area: '7 Faults',
    what: 'texts of 400 KB of which four times as much takes at most nine times as long',
    unit: 'tests',
    bound: 80,
    least: true,
    figure: () => withAll({ GROWTH_SIZE: '400000' }, () => passed('tests/unit/diagnosis/growth.test.ts')),
  },
  {
    id: 'attacks-tested',
    area: '7 Faults',
    what: 'attacks and faults of docs/attacks.md',
    unit: 'attacks',
    bound: 40,
    least: true,
    stable: 0,
    figure: () => attacks(root).length,
  },
  {
    id: 'attacks',
    area: '7 Faults',
    what: 'attacks and faults of docs/attacks.md without a test that is there',
    unit: 'attacks',
    bound: 0,
    stable: 0,
    figure: () => untested(root).length,
  },
  {
    id: 'unused',
    area: '8 Supply chain',
    what: 'exports, files and dependencies that nothing uses, by knip',
    unit: 'findings',
    bound: 0,
    stable: 0,
    figure: unused,
  },
  {
    id: 'checksums',
    area: '8 Supply chain',
    what: 'packages of the lock file without a checksum, or with a script at their installation that may run',
    unit: 'packages',
    bound: 0,
    stable: 0,
    figure: () => {
      const { packages } = JSON.parse(text('package-lock.json')) as {
        packages: Record<string, { integrity?: string; hasInstallScript?: boolean }>;
      };
      const { allowScripts = {} } = JSON.parse(text('package.json')) as { allowScripts?: Record<string, boolean> };
      return Object.entries(packages).filter(
        ([path, { integrity, hasInstallScript }]) =>
          path !== '' &&
          (!integrity || (hasInstallScript && allowScripts[path.replace(/^.*node_modules\//, '')] !== false)),
      ).length;
    },
  },
  {
    id: 'circles',
    area: '8 Supply chain',
    what: 'circles of imports',
    unit: 'circles',
    bound: 0,
    stable: 0,
    figure: circles,
  },
  {
    id: 'licenses',
    area: '8 Supply chain',
    what: 'packages in the scripts that are handed out, each with its license',
    unit: 'packages',
    bound: 8,
    stable: 0,
    figure: () => readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8').match(/^-{72}$/gm)?.length ?? 0,
  },
  {
    id: 'reproducible',
    area: '8 Supply chain',
    what: 'files that differ between builds in two folders',
    unit: 'files',
    bound: 0,
    stable: 0,
    figure: differing,
  },
];

const args = process.argv.slice(2);
const write = args.includes('--write') || args.length === 0;
const names = args.filter((arg) => arg !== '--write');
const unknown = names.filter((name) => !measures.some(({ id }) => id === name));
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}. There are: ${measures.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}

const page = join(root, 'docs/quality.md');
const command = (id: string) => `npm run --silent audit -- ${id}`;
/** Rows as they are written, by figure. */
const written = new Map(
  (existsSync(page) ? readFileSync(page, 'utf8') : '').split('\n').flatMap((line) => {
    const id = /`npm run --silent audit -- ([\w-]+)` \|$/.exec(line)?.[1];
    return id ? [[id, line] as const] : [];
  }),
);
/** The figure of a row. */
const figureIn = (row: string) => Number.parseFloat(row.split('|')[3]?.replace('**beyond**', '').trim() ?? '');

let failed = 0;
for (const one of measures.filter(({ id }) => names.length === 0 || names.includes(id))) {
  const { id, area, what, unit, bound, least = false, stable } = one;
  const most = `at ${least ? 'least' : 'most'} ${bound}`;
  let said: string;
  try {
    const figure = await one.figure();
    const held = least ? figure >= bound : figure <= bound;
    said = `${held ? '' : '**beyond** '}${figure} ${unit}`.trim();
    const before = figureIn(written.get(id) ?? '');
    const differs = stable !== undefined && !write && Math.abs(figure - before) > stable * before;
    if (!held || differs) failed += 1;
    console.log(
      `${held ? (differs ? 'DIFFERS' : 'ok    ') : 'BEYOND'} ${id}: ${figure} ${unit} (${most})${differs ? `; docs/quality.md has ${before}` : ''}`,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    failed += 1;
    said = `**failed** ${reason.split('\n')[0]?.slice(0, 120)}`;
    console.log(`FAILED ${id}: ${reason}`);
  }
  written.set(id, `| ${area} | ${what} | ${said.replaceAll('|', '/')} | ${most} | \`${command(id)}\` |`);
  if (write) writeTable();
}
process.exit(failed > 0 ? 1 : 0);

/** Rows that were not measured now stay as they were; those of figures that are no more go. */
function writeTable(): void {
  writeFileSync(
    page,
    `# Qualities as figures

Written by \`npm run audit\`, on the built site (\`npm run build\`); ${availableParallelism()} cores, Node ${process.version}. Times are those of a
shared machine. A row's command measures it again and fails where the figure is beyond its bound, or is stable and not
the one below. What is quick and stable is checked by \`npm test\` as well.

| area | what | figure | bound | command |
|---|---|---|---|---|
${measures.flatMap(({ id }) => written.get(id) ?? []).join('\n')}
`,
  );
}
