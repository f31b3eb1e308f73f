/** Seventeen problems, each reached by what a person would paste, answer or search for: the old HOWTO's seven, and ten others. */
import { pasteFor, problem, type Step, seven, waysToProblems } from '../../support/content.ts';

export interface Case {
  problem: string;
  title: string;
  /** Log lines, and the problems of which one must be named first. */
  paste: string;
  first: string[];
  answers: Step[];
  words: string;
}

/** What somebody types who has read an error text, or knows what happened. */
const words: Record<string, string> = {
  'connection-refused': 'Connection refused',
  'refused-by-libwrap': 'Refused connection libwrap',
  'wrong-password': 'Session key mismatch',
  'not-in-client-list': 'Not in client list',
  'file-not-served': 'file not served',
  'second-instance': 'Signature mismatch',
  'restart-without-exit': 'client restarted without exit',
  'port-in-use': 'port in use',
  'server-log-not-writable': 'server log not writable',
  'server-name-unresolvable': 'cannot resolve server name',
  'build-mismatch': 'built differently',
  'bad-database': 'database empty',
  'config-errors': 'configuration error unknown option',
  'stray-traffic': 'port scan',
  'client-silent': 'no sign of life time limit',
  'not-root': 'started by an ordinary user root',
  'client-name-cross-check': 'reverse lookup of client name',
};

const ways = waysToProblems();

export const cases: Case[] = [...new Set([...seven, ...Object.keys(words)])].map((id) => {
  const entry = problem(id);
  const { text, first } = pasteFor(entry);
  const answers = ways.get(id);
  if (!first || !answers) throw new Error(`${id} cannot be reached by paste or by the wizard; take another one.`);
  return { problem: id, title: entry.title, paste: text, first, answers, words: words[id] ?? entry.title };
});

/**
 * A quarter of them. Where a click takes an engine long, these are looked for by wizard and by search: the clicks are the same
 * for each problem.
 */
export const quarter = cases.filter((_, i) => i % 4 === 0);

/** Those that an engine looks for so: Firefox, which its driver makes slow, all of them in the audit only. */
export const clickedIn = (browserName: string): readonly Case[] =>
  browserName === 'firefox' && !process.env.EVERY_ENGINE ? quarter : cases;
