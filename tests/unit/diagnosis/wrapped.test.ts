/** A paste that a screen broke gives the diagnoses of the lines before that, whatever else was copied with it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, verdicts } from './judge.ts';

const root = join(import.meta.dirname, '..', '..', 'captures');
const logs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/42-(?:plain|xml)\/(?:client|server)\.(?:stderr|syslog)$/.test(path))
  .sort();

const broken = (text: string, width: number) =>
  text
    .split('\n')
    .map((line) => line.match(new RegExp(`.{1,${width}}`, 'g'))?.join('\n') ?? '')
    .join('\n');

/** Lines that no screen of the paste's width has shown. */
const foreign = fc.oneof(
  fc.integer({ min: 200, max: 2000 }).map((size) => '#'.repeat(size)),
  fc.constant(`$ for host in ${'web1 db2 mail3 '.repeat(30)}; do ssh "$host" uptime; done`),
  fc.constant(`${'-'.repeat(100)} cut here ${'-'.repeat(100)}`),
);

test('one long line of something else, before, between or after', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...logs),
      fc.constantFrom(80, 93, 100, 120),
      foreign,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (path, width, line, place) => {
        const records = readFileSync(join(root, path), 'utf8').split('\n');
        const at = Math.round(place * records.length);
        const text = [...records.slice(0, at).map((one) => broken(one, width)), line];
        const rest = records.slice(at).map((one) => broken(one, width));
        expect(verdicts(judge([...text, ...rest].join('\n')))).toEqual(verdicts(judge(records.join('\n'))));
      },
    ),
    { seed: 6, numRuns: 150, examples: [['03a-password-never-set/42-plain/server.stderr', 80, '#'.repeat(300), 0]] },
  );
});

test('two pastes of screens of two widths', () => {
  for (const [client, server] of [
    [80, 132],
    [120, 80],
    [93, 117],
  ] as const) {
    const read = (side: string) => readFileSync(join(root, `03a-password-never-set/42-plain/${side}.stderr`), 'utf8');
    const text = `${broken(read('client'), client)}\n${broken(read('server'), server)}`;
    expect(verdicts(judge(text))).toEqual(['wrong-password certain @client1.example.net']);
  }
});

test('a record that a mailer broke has all of its items, also where a line ends with a whole value', () => {
  const lines = [
    'ERROR  :  [2026-11-23T10:00:00+0000] msg=<Connection refused, address',
    '192.0.2.7>, subroutine=<connect>,',
    'service=<export>, host=<erp.example.net>',
  ];
  const { values } = judge(lines.join('\n')).read.findings[0] ?? {};
  expect(values).toEqual(judge(lines.join(' ')).read.findings[0]?.values);
  expect(Object.values(values ?? {})).toContain('erp.example.net');
});

test('of a reason that was cut three letters tell which it is, and two do not', () => {
  const cut = (reason: string) =>
    judge(`CRIT   :  [2026-11-23T10:00:00+0000] msg=<Invalid connection attempt: ${reason}`).read.findings[0]?.text;
  expect([cut('Session k'), cut('Not'), cut('No')]).toEqual(['session-key-mismatch', 'not-in-client-list', undefined]);
});
