/**
 * Qualities as figures: `npm run audit` measures all of them on the built site and writes docs/quality.md; `npm run audit -- ID…`
 * prints those that are named. Ends with 1 if a figure is beyond its bound.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Page } from '@playwright/test';
import { compileKnowledge } from '../src/build/knowledge/compile.ts';
import { loadKnowledge } from '../src/build/knowledge/load.ts';
import { readSite } from '../src/build/site-checks/site.ts';
import { firstLoad } from '../src/build/site-checks/weight.ts';
import { createCatalogue } from '../src/engine/catalogue/catalogue.ts';
import { createGrammar } from '../src/engine/config/grammar.ts';
import { judge } from '../src/engine/judge.ts';
import { findChromium } from './browser.ts';
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
  const { stdout } = spawnSync('npm', ['run', '--silent', 'test:unit', '--', '--reporter=json', ...paths], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const { numPassedTests, numFailedTests } = JSON.parse(stdout.slice(stdout.indexOf('{"numTotal')));
  if (numFailedTests > 0 || numPassedTests === 0) throw new Error(`${paths}: ${numFailedTests} tests failed.`);
  return numPassedTests;
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
  const files = sources(/^(?:src|scripts)\/.*\.tsx?$/);
  const all = new Set(files);
  const imports = new Map(
    files.map((file) => [
      file,
      [...text(file).matchAll(/^(?:import|export)\s[^;]*?from '(\.[^']+)';/gm)]
        .map(([, to = '']) => normalize(join(dirname(file), to.split('?')[0] ?? '')))
        .filter((to) => all.has(to)),
    ]),
  );
  const state = new Map<string, 'open' | 'done'>();
  let found = 0;
  const visit = (file: string) => {
    state.set(file, 'open');
    for (const to of imports.get(file) ?? []) {
      if (state.get(to) === 'open') found += 1;
      else if (!state.has(to)) visit(to);
    }
    state.set(file, 'done');
  };
  for (const file of files) if (!state.has(file)) visit(file);
  return found;
}

/** Files that differ between two builds in different folders. */
function differing(): number {
  const sums = ['one', 'another/place'].map((name) => {
    const top = mkdtempSync(join(tmpdir(), 'samhain-build-'));
    const folder = join(top, name);
    for (const file of sources(/^(?!tests\/|docs\/screenshots)/)) cpSync(join(root, file), join(folder, file));
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
  'problems/wrong-password/',
  'guides/set-password/',
  'messages/',
  'search/',
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

/** Milliseconds from a paste of a thousand lines to the answer, the median of five. */
const answered = () =>
  inBrowser(async (page, url) => {
    const line = (n: number) =>
      `CRIT   :  [2026-11-23T15:${String(Math.floor(n / 60) % 60).padStart(2, '0')}:${String(n % 60).padStart(2, '0')}+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<web${n % 7}.example.net>`;
    const lines = (from: number) => Array.from({ length: 1000 }, (_, n) => line(n + from)).join('\n');
    await page.goto(`${url}diagnose/`);
    await page.waitForSelector('[data-ready]');
    const times: number[] = [];
    for (let run = 0; run < 6; run += 1) {
      const took = await page.evaluate(async (given) => {
        const area = document.querySelector('textarea#paste') as HTMLTextAreaElement;
        area.value = '';
        area.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((done) => setTimeout(done, 300));
        const from = performance.now();
        const answer = new Promise((done) =>
          new MutationObserver(() => document.querySelector('[data-problem]') && done(undefined)).observe(
            document.body,
            {
              childList: true,
              subtree: true,
              characterData: true,
            },
          ),
        );
        area.value = given;
        area.dispatchEvent(new Event('input', { bubbles: true }));
        await answer;
        return performance.now() - from;
      }, lines(run));
      if (run > 0) times.push(took);
    }
    return Math.round(times.sort((a, b) => a - b)[2] ?? 0);
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

const site = () => readSite(dist);
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
    figure: () => kilobytes(Math.max(...firstLoad(site()).map(({ size }) => size))),
  },
  {
    id: 'page-requests',
    area: '1 Weight',
    what: 'most requests of a content page, itself among them',
    unit: 'requests',
    bound: 5,
    figure: () => Math.max(...firstLoad(site()).map(({ count }) => count)),
  },
  {
    id: 'single-file',
    area: '1 Weight',
    what: 'the single file',
    unit: 'KB',
    bound: 2560,
    figure: () => kilobytes(statSync(join(root, 'samhain-troubleshooter.html')).size),
  },
  {
    id: 'first-search',
    area: '1 Weight',
    what: 'first search: table of names and what ranks it, brotli',
    unit: 'KB',
    bound: 130,
    figure: () =>
      kilobytes(chunk(/^_virtual_names\..*\.js$/) + chunk(/^SearchBox\..*\.js$/) + chunk(/^names\..*\.js$/)),
  },
  {
    id: 'workbench',
    area: '1 Weight',
    what: 'engine with the whole catalogue, in its worker, brotli',
    unit: 'KB',
    bound: 90,
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
    what: 'a thousand lines pasted: to the answer on the page',
    unit: 'ms',
    bound: 100,
    figure: answered,
  },
  {
    id: 'policy',
    area: '4 Policy',
    what: 'pages without a Content-Security-Policy that begins with nothing allowed',
    unit: 'pages',
    bound: 0,
    figure: () =>
      site().pages.filter(({ html }) => !/http-equiv="content-security-policy" content="default-src 'none'/i.test(html))
        .length,
  },
  {
    id: 'raw-html',
    area: '4 Policy',
    what: 'components of pasted text that write HTML as it is',
    unit: 'places',
    bound: 0,
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
    figure: () => lowestContrast(['rule-strong', 'focus'], ['desk', 'paper', 'sheet', 'sunk']),
  },
  {
    id: 'modern-colors',
    area: '6 Engines',
    what: 'color functions in the built style that Firefox 115 does not know',
    unit: 'places',
    bound: 0,
    figure: () => css().match(/light-dark\(|oklch\(|color-mix\(/g)?.length ?? 0,
  },
  {
    id: 'nested-style',
    area: '6 Engines',
    what: 'nested rules in the built style, which Chromium 111 does not know',
    unit: 'places',
    bound: 0,
    figure: () => css().match(/[;{]\s*&[\s.:[>+~]/g)?.length ?? 0,
  },
  {
    id: 'hostile-commands',
    area: '7 Faults',
    what: 'groups of command blocks run with hostile values in a sandbox',
    unit: 'tests',
    bound: 20,
    least: true,
    figure: () => passed('tests/unit/diagnosis/hostile-commands.test.ts'),
  },
  {
    id: 'any-text',
    area: '7 Faults',
    what: 'properties that hold for any text',
    unit: 'tests',
    bound: 5,
    least: true,
    figure: () => passed('tests/fuzz'),
  },
  {
    id: 'circles',
    area: '8 Supply chain',
    what: 'circles of imports',
    unit: 'circles',
    bound: 0,
    figure: circles,
  },
  {
    id: 'licenses',
    area: '8 Supply chain',
    what: 'packages in the scripts that are handed out, each with its license',
    unit: 'packages',
    bound: 8,
    figure: () => readFileSync(join(dist, 'THIRD-PARTY.txt'), 'utf8').match(/^-{72}$/gm)?.length ?? 0,
  },
  {
    id: 'reproducible',
    area: '8 Supply chain',
    what: 'files that differ between builds in two folders',
    unit: 'files',
    bound: 0,
    figure: differing,
  },
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !measures.some(({ id }) => id === name));
if (unknown.length > 0) {
  console.error(`There is no figure ${unknown.join(', ')}. There are: ${measures.map(({ id }) => id).join(', ')}.`);
  process.exit(2);
}
const rows: string[] = [];
let beyond = 0;
for (const one of measures.filter(({ id }) => names.length === 0 || names.includes(id))) {
  const figure = await one.figure();
  const held = one.least ? figure >= one.bound : figure <= one.bound;
  if (!held) beyond += 1;
  console.log(
    `${held ? 'ok    ' : 'BEYOND'} ${one.id}: ${figure} ${one.unit} (at ${one.least ? 'least' : 'most'} ${one.bound})`,
  );
  rows.push(
    `| ${one.area} | ${one.what} | ${held ? '' : '**beyond** '}${figure} ${one.unit} | at ${one.least ? 'least' : 'most'} ${one.bound} | \`npm run --silent audit -- ${one.id}\` |`,
  );
}
if (names.length === 0)
  writeFileSync(
    join(root, 'docs/quality.md'),
    `# Qualities as figures

Written by \`npm run audit\`, on the built site (\`npm run build\`); ${availableParallelism()} cores, Node ${process.version}. Times are those of a
shared machine. What is quick and stable is checked by \`npm test\` as well.

| area | what | figure | bound | command |
|---|---|---|---|---|
${rows.join('\n')}
`,
  );
process.exit(beyond > 0 ? 1 : 0);
