/**
 * `npm run bench`: what the diagnosis of a large log costs beside ripgrep (only looks for the catalogue's words) and lnav
 * (reads each line by a format), as whole processes in turn. Writes docs/performance.md.
 * `npm run bench -- --sizes 100,400 --rounds 3 --kinds ordinary`
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadKnowledge } from '../../src/build/knowledge/load.ts';
import { type Kind, makeLog } from './logs.ts';
import { type Cost, measure, median } from './measure.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100' },
    rounds: { type: 'string', default: '3' },
    kinds: { type: 'string', default: 'ordinary,healthy,worst' },
  },
});
const root = fileURLToPath(new URL('../..', import.meta.url));
/** What is handed out, and not its sources. */
const packed = join(root, 'dist-cli/samhain-diagnose.mjs');
if (!existsSync(packed)) throw new Error('There is no packed program to measure: npm run build makes it.');
const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** The literal words of every message, from which ripgrep looks for lines. */
const words = join(folder, 'words');
const literals = loadKnowledge().messages.flatMap(({ forms }) =>
  forms.flatMap(({ plain }) => plain.split(/\{\w+\}/).filter((part) => part.trim().length > 5)),
);
writeFileSync(words, `${[...new Set(literals)].join('\n')}\n`);
const formats = join(folder, 'lnav', 'formats', 'samhain');
mkdirSync(formats, { recursive: true });
copyFileSync(join(root, 'tests/bench/samhain.lnav.json'), join(formats, 'samhain.json'));

const programs: { name: string; run: (log: string) => Promise<Cost> }[] = [
  {
    name: 'ours',
    run: (log) => measure(process.execPath, [packed, '--json', log], [0, 1, 3]),
  },
];
if (has('lnav')) {
  const query = ';SELECT log_level, count(*) FROM samhain_bench GROUP BY log_level';
  programs.push({
    name: 'lnav',
    run: (log) => measure('lnav', ['-I', join(folder, 'lnav'), '-n', '-q', '-c', query, '-c', ':write-csv-to -', log]),
  });
}
if (has('rg')) programs.push({ name: 'ripgrep', run: (log) => measure('rg', ['-c', '-F', '-f', words, log]) });

const rows: string[] = [];
for (const kind of values.kinds.split(',') as Kind[]) {
  for (const size of values.sizes.split(',').map(Number)) {
    const log = join(folder, `${kind}-${size}.log`);
    makeLog(join(root, 'tests/captures'), kind, size * 1e6, log);
    const costs = new Map<string, Cost[]>();
    for (let round = 0; round < Number(values.rounds); round++) {
      for (const { name, run } of programs) costs.set(name, [...(costs.get(name) ?? []), await run(log)]);
    }
    const lnav = median((costs.get('lnav') ?? []).map(({ cpu }) => cpu));
    for (const [name, list] of costs) {
      const cpu = median(list.map((one) => one.cpu));
      const memory = median(list.map((one) => one.memory));
      const ratio = Number.isNaN(lnav) ? '' : (cpu / lnav).toFixed(2);
      rows.push(`| ${kind} | ${size} MB | ${name} | ${cpu.toFixed(2)} s | ${ratio} | ${Math.round(memory)} MB |`);
      console.log(rows.at(-1));
    }
    rmSync(log);
  }
}
rmSync(folder, { recursive: true });
const missing = ['lnav', 'rg'].filter((program) => !has(program));
writeFileSync(
  join(root, 'docs/performance.md'),
  `# What a diagnosis costs

Written by \`npm run bench\`. Whole processes, one after the other, medians of ${values.rounds}; processor seconds (user and system), because
wall-clock times vary on a shared machine; ${cpus().length} cores, Node ${process.version}.${missing.length > 0 ? ` Not installed here: ${missing.join(', ')}.` : ''}

*ordinary* is a week's log of a server with 300 clients, made from healthy captured runs, one in two hundred faulty: the
larger it is, the more faults there are to report; *healthy* is the same without any, so that its size alone is measured;
*worst* has every captured fault every three seconds. ripgrep only searches for the catalogue's words; lnav parses each line with a format and counts by
level.

| log | size | program | CPU | beside lnav | memory |
|---|---|---|---|---|---|
${rows.join('\n')}
`,
);
