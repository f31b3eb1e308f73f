/**
 * Numbers for Prometheus, as node_exporter's textfile collector reads them. Names come from strangers: only a client that
 * ever had a session key is named, so many at most, and its name is escaped.
 */
import type { Problem } from '../content/schemas.ts';
import type { Client, ClientState } from '../engine/diagnosis/index.ts';
import { cleanValue } from '../engine/diagnosis/values.ts';
import type { Judged } from '../engine/judge.ts';
import { metrics as names } from './metric-names.ts';
import { targetOf, writeWhole } from './write.ts';

/** Clients that are named at most. */
export const mostClients = 5000;
const longest = 255;

const states: readonly ClientState[] = ['to-fix', 'undecided', 'silent', 'fixed', 'fine', 'never-seen'];

export interface Numbers {
  judged: Judged;
  problems: readonly Pick<Problem, 'id'>[];
  /** When clients that ever had a session key were last seen with one, by an earlier run too. */
  alive: Record<string, number>;
  /** Reports of the file check. */
  reports: number;
  /** Now, milliseconds. */
  now?: number;
  most?: number;
}

/** A value of a label: backslash, quotation mark and line feed are what the format escapes. */
const label = (value: string): string =>
  cleanValue(value).slice(0, longest).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** The text of the file. */
export function metricsOf({
  judged: { read, result },
  problems,
  alive,
  reports,
  now = Date.now(),
  most = mostClients,
}: Numbers): string {
  const lines: string[] = [];
  const add = (name: keyof typeof names, values: readonly [labels: string, value: number][]) => {
    lines.push(`# HELP ${name} ${names[name].help}`, `# TYPE ${name} ${names[name].type}`);
    for (const [labels, value] of values) lines.push(`${name}${labels === '' ? '' : `{${labels}}`} ${value}`);
  };
  const known = Object.entries(alive).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const named = known.slice(0, most);
  const byHost = new Map(named.map(([host]) => [host, label(host)]));
  const standing = result.diagnoses.filter(({ over }) => !over);
  const isState = (state: ClientState) => result.clients.filter((client: Client) => client.state === state).length;
  add(
    'samhain_clients',
    states.map((state) => [`state="${state}"`, isState(state)]),
  );
  add(
    'samhain_problems',
    problems.map(({ id }) => [
      `problem="${label(id)}"`,
      standing.filter(({ problem, confidence }) => problem === id && confidence !== 'possible').length,
    ]),
  );
  add('samhain_undecided', [
    ['', new Set(standing.filter(({ confidence }) => confidence === 'possible').map(({ host }) => host ?? '')).size],
  ]);
  const pairs = new Map<string, [string, number]>();
  for (const { host, problem, confidence } of standing) {
    const client = host === undefined ? undefined : byHost.get(host);
    if (client === undefined || confidence === 'possible') continue;
    const labels = `client="${client}",problem="${label(problem)}"`;
    pairs.set(labels, [labels, 1]);
  }
  add('samhain_client_problem', [...pairs.values()]);
  const seen = new Map<string, [string, number]>();
  for (const [host, time] of named) {
    const labels = `client="${byHost.get(host)}"`;
    // (Two names can be the same one once they are cut and clean.)
    if (!seen.has(labels)) seen.set(labels, [labels, Math.floor(time / 1000)]);
  }
  add('samhain_client_last_seen_timestamp_seconds', [...seen.values()]);
  add('samhain_clients_left_out', [['', known.length - seen.size]]);
  add('samhain_file_reports', [['', reports]]);
  add('samhain_unexplained_errors', [['', result.open.length]]);
  add('samhain_log_complete', [['', read.complete ? 1 : 0]]);
  add('samhain_diagnose_timestamp_seconds', [['', Math.floor(now / 1000)]]);
  return `${lines.join('\n')}\n`;
}

/** Writes them at once, readable by the collector. @throws WriteFault */
export function writeMetrics(path: string, numbers: Numbers): void {
  writeWhole(targetOf(path), metricsOf(numbers), 0o644);
}
