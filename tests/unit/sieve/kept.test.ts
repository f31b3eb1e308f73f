/**
 * What the sieve keeps of a log: which lines, what they stand for, and what it says of the rest. That the answer stays the same
 * is asked elsewhere; here stands how much of a log it takes for that. `npm run captures` writes `kept.txt` anew: a line more
 * that is kept is paid for in each long log.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Summary, usualMost } from '../../../src/engine/summarise.ts';
import { samples } from '../../captures/samples.ts';
import { at, content } from '../diagnosis/judge.ts';

const file = join(import.meta.dirname, 'kept.txt');

/** A server of twelve hours: clients with names and with addresses, errors, and one that falls silent. */
function made(): string {
  const clients = [
    'web1.example.net',
    'web2.example.net',
    '192.0.2.7',
    '192.0.9.9',
    '10.front.example.net',
    '10.back.example.net',
    '2001:db8::7',
    '2001:db8::9',
  ];
  const lines: string[] = [];
  for (let minute = 0; minute < 720; minute += 3) {
    const time = `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:07`;
    const client = clients[(minute / 3) % clients.length] ?? '';
    if (minute % 60 === 0) lines.push(at(time, 'MARK', 'msg=<TIMESTAMP>'));
    lines.push(at(time, 'INFO', `msg=<New connection>, socket_id=<4>`));
    if (client === 'web2.example.net' && minute > 300)
      lines.push(at(time, 'CRIT', `msg=<Time limit exceeded>, client=<${client}>`));
    else if (client === '192.0.9.9' || client === '10.back.example.net')
      lines.push(at(time, 'CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`));
    else lines.push(at(time, 'NOTICE', `msg=<NEW CLIENT>, client=<${client}>`));
    if (minute % 45 === 0) {
      const path = `/srv/x2026-11-${10 + (minute % 7)}/[2026-11-23]`;
      lines.push(
        at(
          time,
          '<TCP>',
          `client=<${client}>, msg=<INFO   :  [2026-11-23T${time}+0000] msg=<Checking>, path=<${path}>>`,
        ),
      );
    }
    if (minute % 90 === 0) lines.push(at(time, 'ERROR', `msg=<Connection reset by peer>, client=<>`));
  }
  return `${lines.join('\n')}\n`;
}

/** Six hours in which three clients are at work, with what else is said at a minute. */
function day(more: (time: string, minute: number) => string | undefined): string {
  const lines: string[] = [];
  for (let minute = 0; minute < 360; minute += 2) {
    const time = `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:07`;
    const client = `web${(minute / 2) % 3}.example.net`;
    lines.push(more(time, minute) ?? at(time, 'NOTICE', `msg=<NEW CLIENT>, client=<${client}>`));
  }
  return `${lines.join('\n')}\n`;
}

/** A client that is turned away twice an hour in the first two. */
const turnedAway = (client: string, reason: string) =>
  day((time, minute) =>
    minute % 30 === 12 && minute < 120
      ? at(time, 'CRIT', `msg=<Invalid connection attempt: ${reason}>, client=<${client}>`)
      : undefined,
  );

const wanted = [
  '03a-password-never-set/42-plain',
  '08a-client-sigkill-restart/26-plain',
  '08c-client-sigterm-restart-healthy/26-plain',
  '09a-client-dead-time-limit/42-plain',
  '12f-too-many-connections/42-plain',
  '12h-fake-client-unknown-name/42-plain',
  '12i-known-client-bogus-command/26-plain',
  '14u-database-down/42-plain',
  '10k-plain-client-xml-server/42-plain',
  '40b-relay-wrong-password/42-plain',
];

const logs = new Map(
  samples()
    .filter(({ name }) => wanted.includes(name))
    .map(({ name, fault, after }) => {
      const texts = [...fault, ...after].filter((source) => source.name === 'server.log').map(({ text }) => text);
      return [name, texts.join('')];
    }),
);
const [first = ''] = logs.values();
logs.set('the first one, with the line ends of Windows', first.replaceAll('\n', '\r\n'));
logs.set('the first one, by another clock', first.replaceAll('+0000', '-0330'));
logs.set('twelve hours of eight clients', made());
logs.set('an address that is turned away', turnedAway('192.0.2.7', 'Session key mismatch'));
logs.set('a name of digits that is turned away', turnedAway('10.front.example.net', 'Session key mismatch'));
logs.set('a client at work that was a second one', turnedAway('web1.example.net', 'Signature mismatch'));
logs.set(
  'values that look like times, and times that are none',
  day((time, minute) => {
    const record = (of: string) => `client=<web1.example.net>, msg=<INFO   :  [2026-11-23T${of}+0000] msg=<Checking>`;
    if (minute % 20 === 4) return at(time, '<TCP>', `${record(time)}, path=</srv/a&x2026-11-10>>`);
    return minute % 20 === 8 ? at(time, '<TCP>', `${record(time.replace('07', ':7'))}, path=</srv/a>>`) : undefined;
  }),
);

/** Which lines of the whole are there, as ranges. */
function ranges(text: string, gaps: readonly { after: number; skipped: number }[]): string {
  const found: string[] = [];
  const kept = text.split('\n').length - 1;
  let own = 0;
  let missing = 0;
  for (const { after, skipped } of [...gaps, { after: kept, skipped: 0 }]) {
    if (after > own) found.push(after === own + 1 ? `${after + missing}` : `${own + 1 + missing}-${after + missing}`);
    own = after;
    missing += skipped;
  }
  return found.join(' ');
}

function keptOf(text: string, few: boolean): string {
  const sieve = few ? { ...usualMost.sieve, first: 1, last: 2, before: 6, after: 4, reports: 5 } : usualMost.sieve;
  const summary = new Summary(() => content, { ...usualMost, whole: 800, sieve });
  const bytes = new TextEncoder().encode(text);
  for (let from = 0; from < bytes.length; from += 1000) summary.push(bytes.subarray(from, from + 1000));
  const source = summary.end();
  if (!source.excerpt) return 'all of it';
  const { gaps, stands, tries, pauses, index, ...counts } = source.excerpt;
  const times = (all: readonly number[]) => all.map((one) => new Date(one).toISOString().slice(11, 19)).join(' ');
  return [
    JSON.stringify(counts),
    `lines ${ranges(source.text, gaps)}`,
    `stand for more ${[...stands].map(([line, more]) => `${line}+${more}`).join(' ')}`,
    ...pauses.map(({ from, to, second }) => `pause ${from}-${to}, the next ${second} ms`),
    ...[...tries].flatMap(([line, its]) =>
      [...its].map(([problem, all]) => `line ${line}: ${problem} at ${times(all)}`),
    ),
    ...index.map((one) => `stretch ${JSON.stringify(one)}`),
  ].join('\n');
}

test('the lines that are kept of a log, and what is said of the others', () => {
  expect(logs.size).toBe(wanted.length + 7);
  const said = [...logs].map(
    ([name, text]) => `=== ${name}\nlittle: ${keptOf(text, true)}\nas usual: ${keptOf(text, false)}\n`,
  );
  if (process.env.CAPTURES === 'write') writeFileSync(file, said.join('\n'));
  expect(said.join('\n')).toBe(readFileSync(file, 'utf8'));
});
