/**
 * Proofs that regular expressions take linear time. One takes the checker 0.2 s, and there are hundreds that never change: what was
 * proved is kept in tests/proofs, one expression a line, and only others are proved again.
 *
 * What is kept cannot speak for another expression, since the expression itself is the key, nor for another proof, since the first
 * line names the checker's version and limits, and a file with another first line counts as empty. Only safe ones are kept.
 * `PROOFS=all` believes nothing of it (a row of the audit), `npm run proofs` proves what is new and writes the files.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { check } from 'recheck';

export interface Proposition {
  source: string;
  flags: string;
  /** How a message names it; its text if nothing is given. */
  name?: string;
}

/** Steps are counted, not seconds, and the same texts are tried at each run: a busy machine finds what an idle one finds. */
const limits = { randomSeed: 1, timeout: 300_000, attackTimeout: null, incubationTimeout: null };

const { version } = createRequire(import.meta.url)('recheck/package.json') as { version: string };
const heading = `recheck ${version} ${JSON.stringify(limits)}`;
const folder = fileURLToPath(new URL('../../proofs/', import.meta.url));

/** An expression as one line: in JSON, so that none can look like two. */
const line = ({ source, flags }: Proposition) => JSON.stringify([source, flags]);

/** What an earlier run proved, if it proved it in the same way. */
function kept(file: string): Set<string> {
  if (process.env.PROOFS === 'all' || !existsSync(file)) return new Set();
  const [first, ...lines] = readFileSync(file, 'utf8').split('\n');
  return new Set(first === heading ? lines : []);
}

/**
 * Those expressions that are not proved to take linear time, each with the reason.
 * @param part the file of proofs; without one all is proved anew
 */
export async function slowOnes(all: readonly Proposition[], part?: string): Promise<string[]> {
  const file = part && `${folder}${part}.txt`;
  const proved = file ? kept(file) : new Set<string>();
  const slow: string[] = [];
  const safe = new Set<string>();
  const queue = [...new Map(all.map((one) => [line(one), one])).values()];
  // Two at a time: the checker runs beside the tests.
  const work = async () => {
    for (let one = queue.pop(); one; one = queue.pop()) {
      if (!proved.has(line(one))) {
        const result = await check(one.source, one.flags, limits);
        const how = result.status === 'vulnerable' ? result.complexity.summary : result.status;
        if (result.status !== 'safe') {
          slow.push(`${one.name ?? `/${one.source}/${one.flags}`}: ${how}`);
          continue;
        }
      }
      safe.add(line(one));
    }
  };
  await Promise.all([work(), work()]);
  if (file && process.env.PROOFS === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${[heading, ...[...safe].sort()].join('\n')}\n`);
  }
  return slow.sort();
}
