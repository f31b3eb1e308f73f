/** Somebody goes through a list of names: one finding, and no line that lets any of them in. A client that is not in the list is something else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Source } from '../../../src/engine/types.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { at, judge, judgeSources, knowledge, setup, verdicts } from './judge.ts';

const clock = (seconds: number) => new Date(Date.UTC(2026, 10, 23) + seconds * 1000).toISOString().slice(0, 19);
const stamp = (seconds: number) => `${clock(seconds)}+0000`;
const plain = (seconds: number, severity: string, body: string) =>
  `${severity.padEnd(7)}:  [${stamp(seconds)}] ${body}`;
const refused = (seconds: number, name: string) =>
  plain(seconds, 'CRIT', `msg=<Invalid connection attempt: Not in client list>, client=<${name}>`);
const xml = (seconds: number, name: string) =>
  `<log sev="CRIT" tstamp="${stamp(seconds)}" msg="Invalid connection attempt: Not in client list" host="${name}"  />`;
const syslog = (seconds: number, name: string) =>
  `Nov 23 ${clock(seconds).slice(11)} loghost Yule[35]: ${refused(seconds, name)}`;
const relayed = (seconds: number, client: string) =>
  plain(seconds, '<TCP>', `client=<${client}>, msg=<${plain(seconds, 'MARK', 'msg=<---- TIMESTAMP ---->')}>`);
const signed = (line: string, i: number) => `${line}\n${i.toString(16).toUpperCase().padStart(48, '0')}`;

const hour = 3600;
const strange = ['localhost', '127.0.0.1', 'loghost.example.net', '198.51.100.10', 'probe7.example.net'];
/** Two or three a second. */
const burst = (names: readonly string[], form = refused, from = 2 * hour) =>
  names.map((name, i) => form(from + Math.floor(i * 0.4), name));

/** The runs that hold a finished Client= line, or any of the names at all. */
function letIn(text: string | Source[], names: readonly string[]): string[] {
  const sources = typeof text === 'string' ? [{ name: 'log', text }] : text;
  const { read, ...result } = judgeSources(sources);
  const { diagnoses } = jsonOf(reportOf({ read, result, ...knowledge, setup }));
  const runs = diagnoses.flatMap(({ steps }) => steps.map(({ run }) => run));
  return runs.filter((run) => run.includes('Client=') && names.some((name) => run.includes(name)));
}

const many = Array.from({ length: 40 }, (_, i) => `srv${i}.example.org`);
const crowds: [string, string[], readonly string[]][] = [
  ['five names', burst(strange), strange],
  ['three names', burst(['admin', 'root.example.net', 'test']), ['admin', 'root.example.net', 'test']],
  ['three names, one a second', ['a1', 'b2', 'c3'].map((name, i) => refused(i, name)), ['a1', 'b2', 'c3']],
  ['forty names', burst(many), many],
  [
    'names that could be anybody',
    burst(['www.example.net', 'mail.example.net', 'db.example.net']),
    ['www.example.net'],
  ],
  ['a slow list', many.slice(0, 8).map((name, i) => refused(i * 2, name)), many],
  ['each name twice at once', burst(strange.flatMap((name) => [name, name])), strange],
  [
    'addresses, IPv6 too',
    burst(['2001:db8::1', '::1', '198.51.100.7', 'fe80::1%eth0']),
    ['2001:db8::1', '198.51.100.7'],
  ],
  ['XML', burst(strange, xml), strange],
  ['syslog', burst(strange, syslog), strange],
  ['a log file with signatures', burst(strange).map(signed), strange],
  [
    'a client that works goes on between them',
    burst(strange).flatMap((line, i) => [line, relayed(2 * hour + Math.floor(i * 0.4), 'mail2')]),
    strange,
  ],
  [
    'connections and resets are logged, too',
    burst(strange).flatMap((line, i) => {
      const time = 2 * hour + Math.floor(i * 0.4);
      const reset = plain(time, 'NOTICE', `msg=<Connection reset by peer>, client=<${i % 2 ? '' : strange[i]}>`);
      return [plain(time, 'INFO', 'msg=<New connection>, socket_id=<4>'), line, reset];
    }),
    strange,
  ],
  ['the same list every night', [...burst(strange), ...burst(strange, refused, 26 * hour)], strange],
];

describe('several names within seconds', () => {
  test.each(crowds)('%s: one finding, nobody let in', (_name, lines, names) => {
    const { diagnoses } = judge(lines.join('\n'));
    expect(diagnoses.map(({ problem }) => problem)).toEqual(diagnoses.map(() => 'stray-traffic'));
    const [first, ...rest] = diagnoses;
    expect(first).toMatchObject({ confidence: 'likely' });
    expect(first?.host).toBeUndefined();
    expect(first?.evidence.length).toBeGreaterThanOrEqual(Math.min(3, names.length));
    // What is left of a connection, a reset with a name in it, may be a guess of its own.
    for (const { confidence } of rest) expect(confidence).toBe('possible');
    expect(letIn(lines.join('\n'), names)).toEqual([]);
  });

  test('as it was found', () => {
    const text = readFileSync(
      join(import.meta.dirname, '..', '..', 'wild-kinds', 'many-names-in-a-second.log'),
      'utf8',
    );
    expect(verdicts(judge(text))).toEqual(['stray-traffic likely']);
    expect(letIn(text, [...strange, '198.51.100.77'])).toEqual([]);
  });

  test('the same records in a file and in syslog are no second try', () => {
    const sources = [
      { name: 'yule_log', text: burst(strange).map(signed).join('\n') },
      { name: 'messages', text: burst(strange, syslog).join('\n') },
    ];
    expect(verdicts(judgeSources(sources))).toEqual(['stray-traffic likely']);
  });
});

describe('clients that are not in the list', () => {
  const real = ['web1.example.net', 'web2.example.net', 'web3.example.net', 'web4.example.net'];
  const rhythm = (pauses: readonly number[], name: string, from: number) =>
    pauses.map((pause) => refused(from + pause, name));
  const sorted = (lines: string[]) => [...lines].sort((a, b) => a.slice(11, 30).localeCompare(b.slice(11, 30)));
  const each = (names: readonly string[]) => names.map((name) => `not-in-client-list certain @${name}`).sort();

  test('after a restart of the server each tries again and again', () => {
    const lines = sorted(real.flatMap((name, i) => rhythm([0, 37 + i * 11, 95 + i * 13, 300 + i * 40], name, i * 0.5)));
    expect(verdicts(judge(lines.join('\n'))).sort()).toEqual(each(real));
  });

  test('each tries again after four seconds', () => {
    const lines = sorted(real.flatMap((name, i) => rhythm([0, 4, 8], name, i)));
    expect(verdicts(judge(lines.join('\n'))).sort()).toEqual(each(real));
  });

  test('one alone, for hours', () => {
    const lines = rhythm([0, 4, 12, 60, 600, 2600, 4700, 7000], 'web1.example.net', 0);
    expect(verdicts(judge(lines.join('\n')))).toEqual(each(['web1.example.net']));
  });

  test('names spread over hours are no crowd', () => {
    const lines = real.map((name, i) => refused(i * hour, name));
    expect(verdicts(judge(lines.join('\n'))).sort()).toEqual(each(real));
  });

  test('two within a second are no crowd', () => {
    expect(verdicts(judge(burst(real.slice(0, 2)).join('\n'))).sort()).toEqual(each(real.slice(0, 2)));
  });

  test('one that tries by itself, too, stays one amid a crowd', () => {
    const lines = [refused(hour, 'web1.example.net'), ...burst([...strange, 'web1.example.net'])];
    expect(verdicts(judge(lines.join('\n')))).toEqual([...each(['web1.example.net']), 'stray-traffic likely']);
    expect(letIn(lines.join('\n'), strange)).toEqual([]);
    expect(letIn(lines.join('\n'), ['web1.example.net'])).toHaveLength(1);
  });

  test('one whose reports the server has received stays one amid a crowd', () => {
    const lines = [relayed(60, 'web1'), ...burst([...strange, 'web1.example.net'])];
    expect(verdicts(judge(lines.join('\n')))).toEqual([...each(['web1.example.net']), 'stray-traffic likely']);
  });
});

describe('the Client= line', () => {
  const says = (lines: string, name: string) => {
    expect(judge(lines).diagnoses[0]).toMatchObject({ problem: 'not-in-client-list', confidence: 'certain' });
    return letIn(lines, [name]).length;
  };
  const often = (name: string, form = refused) => [0, 60, 240].map((seconds) => form(seconds, name)).join('\n');

  test.each([
    'localhost',
    'localhost.localdomain',
    '127.0.0.1',
    '127.0.1.1',
    '0.0.0.0',
    '198.51.100.20',
    '::1',
    '2001:db8::7',
    'ALL',
  ])('is not made ready for %s', (name) => {
    expect(says(often(name), name)).toBe(0);
  });

  test.each(['loghost', 'loghost.example.net', 'LOGHOST'])('nor for the server itself: %s', (name) => {
    expect(says(often(name, syslog), name)).toBe(0);
  });

  test('nor for the server as a client calls it', () => {
    const called = at(
      '10:00:00',
      'ERROR',
      'msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule>',
    );
    const sources: Source[] = [
      { name: 'client', text: called, side: 'client' },
      { name: 'server', text: often('yule.example.net'), side: 'server' },
    ];
    expect(letIn(sources, ['yule.example.net'])).toEqual([]);
  });

  test.each(['web1.example.net', 'web1'])('is made ready for a host of its own name: %s', (name) => {
    expect(says(often(name), name)).toBe(1);
    expect(says(often(name, syslog), name)).toBe(1);
  });

  test('of a wrong password is not made ready for an address either', () => {
    const line = (name: string) =>
      plain(0, 'CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${name}>`);
    expect(letIn(line('198.51.100.20'), ['198.51.100.20'])).toEqual([]);
    // Two cases make the line, with the same command.
    expect(new Set(letIn(line('web1.example.net'), ['web1.example.net'])).size).toBe(1);
  });
});
