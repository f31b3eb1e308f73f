/**
 * Lighthouse, as on a phone, on one page of each kind: the lowest score of each category. It is fetched when it is needed,
 * in the version named here; for two hundred packages it is no dependency of the project.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findChromium } from './browser.ts';
import { serve } from './serve.ts';

const lighthouse = 'lighthouse@12.8.2';
const run = promisify(execFile);

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Scores = Record<(typeof categories)[number], number>;

interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null; displayValue?: string; title: string }>;
}

/** Below it a page is measured again. */
const good = 98;
/** The score of a page differs by two or three from one run to the next, on a shared machine most: the median of so many counts. */
const runs = 3;

const performanceOf = ({ categories: found }: Report): number => Math.round((found.performance?.score ?? 0) * 100);

/**
 * @param paths pages of the built site
 * @returns the lowest score of each category; what costs a page a point is printed
 */
export async function lowestScores(dist: string, paths: readonly string[]): Promise<Scores> {
  const { server, url } = await serve(dist, 0);
  const { launch } = await findChromium();
  const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
  const lowest: Scores = { performance: 100, accessibility: 100, 'best-practices': 100, seo: 100 };
  const reportOf = async (path: string): Promise<Report> => {
    const file = join(folder, 'report.json');
    const flags = ['--headless=old', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];
    await run(
      'npm',
      [
        'exec',
        '--yes',
        `--package=${lighthouse}`,
        '--',
        'lighthouse',
        url + path,
        '--output=json',
        `--output-path=${file}`,
      ].concat([`--chrome-flags=${flags.join(' ')}`, '--quiet', `--only-categories=${categories.join(',')}`]),
      { env: { ...process.env, ...launch.env, CHROME_PATH: launch.executablePath }, maxBuffer: 1e8 },
    );
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  };
  try {
    for (const path of paths) {
      const reports = [await reportOf(path)];
      while (reports.length < runs && reports.some((one) => performanceOf(one) < good))
        reports.push(await reportOf(path));
      reports.sort((one, other) => performanceOf(one) - performanceOf(other));
      const { categories: found, audits } = reports[Math.floor(reports.length / 2)] as Report;
      for (const category of categories) {
        const score = Math.round((found[category]?.score ?? 0) * 100);
        lowest[category] = Math.min(lowest[category], score);
        if (score === 100) continue;
        const lost = (found[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
          const { score = null, displayValue = '' } = audits[id] ?? {};
          return weight > 0 && score !== null && score < 0.995 ? [`${id} ${displayValue}`.trim()] : [];
        });
        console.log(`  /${path}: ${category} ${score} (${lost.join('; ')})`);
      }
    }
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  return lowest;
}
