/** What the content says, for tests that walk over all of it: pastes, ways through the wizard, words to search for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { waysFrom } from '../../../src/build/knowledge/compile.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import type { Problem } from '../../../src/content/schemas.ts';
import { isTornEnd } from '../../../src/engine/log/torn.ts';
import type { Expected } from '../../captures/samples.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const captures = join(root, 'tests', 'captures');

export const knowledge = loadKnowledge(root);
export const { problems, questions } = knowledge;

/** The problems of the old HOWTO. */
export const seven = [
  'connection-refused',
  'refused-by-libwrap',
  'wrong-password',
  'not-in-client-list',
  'file-not-served',
  'second-instance',
  'restart-without-exit',
];

export function problem(id: string): Problem {
  const found = problems.find((p) => p.id === id);
  if (!found) throw new Error(`There is no problem ${id}.`);
  return found;
}

/** What is seen on screens and in log files; syslog only repeats it, and tells alone how a program ended. */
const seenFiles = ['client.stderr', 'client.log', 'client2.stderr', 'server.stderr', 'server.log', 'server.console'];

/** Text of one captured run: every terminal and log file of both sides, as somebody pastes them below each other. */
export function captured(scenario: string, variant = '42-plain', files: readonly string[] = seenFiles): string {
  const folder = join(captures, scenario, variant);
  const paths = files.map((name) => join(folder, name)).filter((path) => existsSync(path));
  if (paths.length === 0) throw new Error(`tests/captures/${scenario}/${variant} holds none of ${files.join(', ')}.`);
  return paths.map((path) => readFileSync(path, 'utf8').trim()).join('\n\n');
}

export interface Pasted {
  text: string;
  /** Where it is from, for the report. */
  from: string;
  /** Problems one of which must be named first; absent where the lines alone do not decide. */
  first?: string[];
  /** It can be told from the end of a file only: as such it is to be given. */
  asFile?: true;
}

/** Problems whose only captured run shows another one as well, or in syslog alone: only its lines with these words are pasted. */
const ownWords: Record<string, string> = {
  'pid-file': 'Could not write PID file',
  'empty-config': 'No files or directories defined for checking',
  'server-crashed': 'exit on signal',
};

/**
 * What to paste for a problem: the first captured run whose truth it is, else one that names it, else its first
 * captured run, else the lines of its page.
 */
export function pasteFor({ id, captures: scenarios, lines }: Problem): Pasted {
  const runs = scenarios.flatMap((scenario) =>
    readdirSync(join(captures, scenario)).map((variant) => {
      const path = join(captures, scenario, variant, 'expected.json');
      const { truth, result } = JSON.parse(readFileSync(path, 'utf8')) as Expected;
      const named = result.diagnoses.some(({ problem }) => problem === id);
      return { scenario, variant, named, first: Array.isArray(truth) ? truth : undefined };
    }),
  );
  const run = runs.find(({ first }) => first?.includes(id)) ?? runs.find(({ named }) => named) ?? runs[0];
  if (!run) return { text: lines.map(({ text }) => text).join('\n'), from: 'the lines of its page', first: [id] };
  const { scenario, variant, first } = run;
  const words = ownWords[id];
  const text = captured(scenario, variant, words ? [...seenFiles, 'server.syslog'] : seenFiles);
  if (words) {
    const own = text.split('\n').filter((line) => line.includes(words));
    return { text: own.join('\n'), from: `a line of ${scenario}/${variant}`, first: [id] };
  }
  return {
    text,
    from: `${scenario}/${variant}`,
    ...(isTornEnd(text.slice(text.lastIndexOf('\n') + 1)) ? { asFile: true as const } : {}),
    ...(first?.includes(id) ? { first } : {}),
  };
}

export interface Step {
  question: string;
  answer: string;
}

/** The shortest way through the wizard to each problem, by answers that say something (not by "I don't know"). */
export function waysToProblems(): Map<string, Step[]> {
  const ways = new Map<string, Step[]>();
  const seen = new Set<string>();
  let open: { question: string; way: Step[] }[] = [{ question: questions[0]?.id ?? '', way: [] }];
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { question: id, way } of open) {
      if (seen.has(id)) continue;
      seen.add(id);
      const asked = questions.find((q) => q.id === id);
      // The ways out lead on, too; what remains for who does not know is a list, and no way.
      const on = asked ? waysFrom(asked).filter(({ field, next: to }) => field !== 'unknown' || to) : [];
      for (const { id: answer, next: to, problem: reached } of on) {
        const longer = [...way, { question: id, answer }];
        if (reached && !ways.has(reached)) ways.set(reached, longer);
        if (to) next.push({ question: to, way: longer });
      }
    }
    open = next;
  }
  return ways;
}
