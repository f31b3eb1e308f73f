/** Lines of both sides, and copies of them, in one text. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { at, judge, judgeSources, verdicts } from './judge.ts';

const refused = at(
  '10:00:00',
  'ERROR',
  'msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule>',
);
const yule = (time: string, minute: number) =>
  at(time, 'ALERT', `msg=<START>, program=<Yule>, userid=<${minute}>, path=</etc/yulerc>, hash=<0>`);
const sides = (text: string) => judge(text).read.findings.map(({ side }) => side);

describe('the side of a line', () => {
  const broken = at(
    '10:00:00',
    'ERROR',
    'msg=<Connection error: Connection reset by peer>, port=<3>, subroutine=<read_port>',
  );
  const denied = at('10:00:00', 'ERROR', 'msg=<File not accessible>, userid=<0>, path=</srv/x>');
  const noauth = at('10:00:00', 'ERROR', 'msg=<Session key negotiation failed>');
  const server = Array.from({ length: 200 }, (_, i) => yule('10:00:00', i)).join('\n');

  test('what a line says counts for more than 200 lines beside it', () => {
    expect(sides(`${refused}\n${server}`)[0]).toBe('client');
    expect(sides(`${server}\n${refused}`)[200]).toBe('client');
  });

  test('a line that tells nothing takes the side of its block', () => {
    expect(sides(`${broken}\n${noauth}\n\n${server}`)[0]).toBe('client');
    expect(sides(`${server}\n\n${noauth}\n${broken}`)[201]).toBe('client');
    expect(sides(`${noauth}\n\n${denied}\n${yule('10:00:00', 1)}`)).toEqual(['client', 'server', 'server']);
  });

  test('a step back in time begins another log', () => {
    const late = at('10:05:00', 'ERROR', 'msg=<File not accessible>, userid=<0>, path=</srv/x>');
    const text = [noauth, at('10:05:01', 'ERROR', 'msg=<Session key negotiation failed>'), yule('10:00:00', 1), late];
    expect(sides(text.join('\n'))).toEqual(['client', 'client', 'server', 'server']);
  });

  test('in a block of both sides the nearest line decides', () => {
    const text = [noauth, denied, refused, yule('10:00:00', 1), yule('10:00:00', 2), denied];
    expect(sides(text.join('\n'))).toEqual(['client', 'client', 'client', 'server', 'server', 'server']);
  });
});

test('the copy of an earlier record in a second log shows no end', () => {
  const log = [
    yule('10:00:00', 996),
    at('10:00:01', 'CRIT', 'msg=<PANIC - File not accessible>, program=<Yule>, userid=<996>, path=</etc/yulerc>'),
  ].join('\n');
  for (const text of [log, `${log}\n${log}`, `${log}\n\n${log}`]) {
    expect(judge(text).diagnoses.map(({ over }) => over)).not.toContainEqual(
      expect.objectContaining({ finding: expect.any(Number) }),
    );
  }
});

test('a certain problem has no rivals, and one line among many makes none', () => {
  const mismatch = (second: number) =>
    at(`10:00:0${second}`, 'CRIT', 'msg=<Invalid connection attempt: Signature mismatch>, client=<c.example.net>');
  const many = [1, 2, 3, 4].map(mismatch);
  const result = judge(
    [
      ...many,
      at('10:00:05', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<d.example.net>'),
    ].join('\n'),
  );
  for (const { confidence, alternatives, ask } of result.diagnoses) {
    if (confidence === 'certain') expect([alternatives, ask]).toEqual([[], []]);
  }
  expect(verdicts(result)).toContain('not-in-client-list certain @d.example.net');
});

test('a line that is there is not asked for', () => {
  const text = at('10:00:01', 'CRIT', 'msg=<Invalid connection attempt: Signature mismatch>, client=<c.example.net>');
  const [first] = judge(text).diagnoses;
  expect(first?.problem).toBe('second-instance');
  expect(first?.ask.map(({ run }) => run).join()).not.toContain('mismatch');
});

test('files under the headings of tail are files of their own', () => {
  const root = join(import.meta.dirname, '..', '..', 'captures');
  const differ: string[] = [];
  for (const run of readdirSync(root).filter((name) => /^\d/.test(name))) {
    const files = ['client.stderr', 'server.log'].flatMap((name) => {
      const path = join(root, run, '42-plain', name);
      return existsSync(path) ? [{ name, text: readFileSync(path, 'utf8') }] : [];
    });
    if (files.length < 2) continue;
    for (const order of [files, [...files].reverse()]) {
      const text = order.map((file) => `==> ${file.name} <==\n${file.text}`).join('\n');
      const { read, ...result } = judge(text);
      const suspicious = read.findings.some(({ record }) => record.suspicious);
      if (verdicts(result).sort().join() !== verdicts(judgeSources(files)).sort().join() || suspicious)
        differ.push(run);
      expect(read.unrecognised).toEqual([]);
    }
  }
  expect(differ).toEqual([]);
});

test('a yule that reports to another one is the client that fails, not the client in its log', () => {
  const relay = [
    yule('10:00:00', 1),
    refused,
    at('10:00:01', 'NOTICE', 'msg=<NEW CLIENT>, client=<web1.example.net>'),
    at('10:00:02', 'ERROR', refused.slice(refused.indexOf('msg='))),
    at('10:00:03', 'INFO', 'msg=<File transfer completed>, client=<web1.example.net>'),
  ];
  expect(verdicts(judge(relay.join('\n')))[0]).toBe('connection-refused likely');
  const syslog = relay.map((line) => `Nov 23 10:00:00 relay Yule[7]: ${line}`).join('\n');
  expect(verdicts(judge(syslog))[0]).toBe('connection-refused likely @relay');
});
