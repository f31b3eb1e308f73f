/** What is missing rules a problem out only where a log would have shown it: its time, its side, its threshold. */
import { describe, expect, test } from 'vitest';
import { at, judge, judgeSources, verdicts } from './judge.ts';

const signature = (time: string) => `${'0123456789ABCDEF'.repeat(3)}[2026-11-23T${time}+0000]`;
/** A log file: each record has its signature below it. */
const logFile = (...records: [time: string, severity: string, body: string][]) =>
  ['[SOF]', ...records.flatMap(([time, severity, body]) => [at(time, severity, body), signature(time)]), ''].join('\n');

const refused = at('15:18:05', 'ERROR', 'msg=<Session key negotiation failed>');
const start = 'msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<ABC>';
const connection = 'msg=<New connection>, socket_id=<4>';
const up = 'msg=<Server up, simultaneous connections: 1017>, socket_id=<3>';
const covering = logFile(
  ['15:00:00', 'ALERT', start],
  ['15:00:00', 'MARK', up],
  ['15:18:05', 'INFO', connection],
  ['15:20:00', 'INFO', connection],
);

const given = (client: string, server: string) =>
  judgeSources([
    { name: 'client', text: client, side: 'client' },
    { name: 'server', text: server, side: 'server' },
  ]);
type Judged = ReturnType<typeof judgeSources>;
const out = ({ excluded }: Judged, id: string) => excluded.find(({ problem }) => problem === id);
const needs = ({ notJudged }: Judged, id: string) => notJudged.find(({ problem }) => problem === id)?.needs;
const found = ({ diagnoses }: Judged) => diagnoses.map(({ problem }) => problem);

describe('a client was not let in, and the reason is on the server', () => {
  test('its lines alone leave the causes open, and say which log tells', () => {
    const result = judge(refused, 'client');
    expect(found(result)).toEqual(
      expect.arrayContaining(['wrong-password', 'not-in-client-list', 'refused-by-libwrap']),
    );
    expect(needs(result, 'file-not-served')).toContainEqual({ side: 'server', finding: 0 });
  });

  test('a log of the server that covers the time and has no mismatch rules the password out', () => {
    const result = given(refused, covering);
    expect(found(result)).not.toContain('wrong-password');
    const [because] = out(result, 'wrong-password')?.because ?? [];
    expect(because).toMatchObject({ kind: 'absent', side: 'server' });
    const bounds = because?.kind === 'absent' ? [because.before, because.after] : [];
    expect(bounds.map((i) => result.read.findings[i]?.record.stamp?.slice(11, 19))).toEqual(['15:00:00', '15:20:00']);
  });

  test.each([
    ['of another hour', covering.replaceAll('T15:', 'T14:')],
    ['that ends before', covering.replaceAll('T15:20', 'T15:18').replaceAll('T15:18', 'T15:10')],
    [
      'that begins after',
      covering.replaceAll('T15:18', 'T15:19').replaceAll('T15:00', 'T15:18').replaceAll('15:18:00', '15:18:30'),
    ],
    [
      'with a gap of hours around it',
      covering.replaceAll('T15:00', 'T10:00').replaceAll('T15:20', 'T19:20').replaceAll('T15:18', 'T19:18'),
    ],
    [
      'whose program did not run then',
      logFile(
        ['15:00:00', 'ALERT', start],
        ['15:10:00', 'ALERT', 'msg=<EXIT>, program=<Yule>, status=<SIGTERM>'],
        ['15:20:00', 'ALERT', start],
        ['15:20:00', 'MARK', up],
      ),
    ],
    [
      'of which a search took one message',
      [at('15:10:00', 'INFO', connection), at('15:18:05', 'INFO', connection), at('15:20:00', 'INFO', connection)].join(
        '\n',
      ),
    ],
  ])('a log %s rules nothing out', (_, server) => {
    const result = given(refused, server);
    expect(found(result)).toContain('wrong-password');
  });

  test('a threshold that may have hidden the line is asked for', () => {
    const quiet = logFile(
      ['15:00:00', 'ALERT', start],
      ['15:20:00', 'ALERT', 'msg=<EXIT>, program=<Yule>, status=<SIGTERM>'],
    );
    const result = given('', quiet);
    expect(out(result, 'wrong-password')).toBeUndefined();
    expect(found(given(refused, quiet))).toContain('wrong-password');
    const [first] =
      needs(
        given(at('15:18:05', 'ERROR', 'msg=<Invalid connection state>, expect=<TALK>, received=<\\101>'), quiet),
        'wrong-password',
      ) ?? [];
    expect(first).toEqual({ setting: 'LogSeverity' });
  });
});

test('the step that a connection came to rules out what stops it before, and nothing that comes after', () => {
  const result = judge(
    at('15:18:05', 'ERROR', 'msg=<Invalid connection state>, expect=<PARP>, received=<\\101>'),
    'client',
  );
  expect(verdicts(result)).toEqual(['wrong-password likely']);
  for (const id of ['connection-refused', 'refused-by-libwrap', 'not-in-client-list'])
    expect(out(result, id)?.because).toEqual([{ kind: 'reached', finding: 0 }]);
  expect(out(result, 'file-not-served')).toBeUndefined();
});

test('an earlier success rules out nothing of a later failure', () => {
  const let_in = at('15:10:00', 'INFO', 'msg=<Session key negotiated>');
  const result = judge(`${let_in}\n${refused}`, 'client');
  expect(out(result, 'connection-refused')).toBeUndefined();
});

test('what can be on both sides is not excluded by the lines of one', () => {
  const healthy = given('', covering);
  expect(healthy.state).toBe('healthy');
  for (const id of ['disk-full', 'untrusted-path', 'stale-lock', 'connection-refused'])
    expect(needs(healthy, id)?.length, id).toBeGreaterThan(0);
});

test('lines that are no record judge nothing', () => {
  const { excluded, notJudged } = judge('Everything is fine.');
  expect(excluded).toEqual([]);
  expect(notJudged.length).toBeGreaterThan(40);
});
