/** Rules of the judge of which no captured run would tell that one is gone: each case fails without its rule. */
import { describe, expect, test } from 'vitest';
import { at, judge, judgeSources, verdicts } from './judge.ts';

const signature = '4C2BB38C6B2A6A53B1A50A5D4B2F0E5D6E0C1F8D3A2B4C5D';
const mismatch = 'msg=<Invalid connection attempt: Session key mismatch>, client=<web1.example.net>';
const refused = (client: string) => `msg=<Invalid connection attempt: Not in client list>, client=<${client}>`;
const broken = 'msg=<Invalid connection state>, expect=<PARP>, received=<\\000\\000\\000\\000>';
const noKey = 'msg=<Session key negotiation failed>';

test('without times, what stands within twenty records is near, and no further', () => {
  const reset = 'ERROR : msg=<Connection error: Connection reset by peer>, port=<3>, subroutine=<read_port>';
  const lost = 'ERROR : msg=<Message delivery not confirmed>';
  const filler = (n: number) =>
    Array.from({ length: n }, (_, i) => `ERROR : msg=<File not accessible>, userid=<0>, path=</x${i}>`);
  const text = (n: number) => [reset, ...filler(n), lost].join('\n');
  const says = (n: number) =>
    judge(text(n), 'client').diagnoses.some(({ problem }) => problem === 'refused-by-libwrap');
  expect(says(10)).toBe(false);
  expect(says(40)).toBe(true);
});

test('what a client met before it ended, or in another try, says nothing of the next', () => {
  const reset = (time: string) =>
    at(time, 'ERROR', 'msg=<Connection error: Connection reset by peer>, port=<3>, subroutine=<read_port>');
  const end = (time: string) => at(time, 'ALERT', 'msg=<EXIT>, program=<Samhain>, status=<None>');
  const failed = (time: string) => [at(time, 'ERROR', broken), at(time, 'ERROR', noKey)];
  const says = (...lines: string[]) =>
    verdicts(judge(lines.join('\n'), 'client')).some((verdict) => verdict === 'wrong-password likely');
  expect(says(reset('10:00:00'), ...failed('10:00:01'))).toBe(false);
  expect(says(reset('10:00:00'), end('10:00:00'), ...failed('10:00:01'))).toBe(true);
  // Within one second the end may be that of another client, whose log was pasted above.
  expect(says(reset('10:00:00'), end('10:00:00'), ...failed('10:00:00'))).toBe(false);
  const lost = at('10:00:00', 'ERROR', 'msg=<Message delivery not confirmed>');
  expect(says(reset('10:00:00'), lost, ...failed('10:00:02'))).toBe(true);
});

test('a block falls with the records beside which it stood', () => {
  const client = [
    '',
    '---------   sh_unix.c  ---   1804 ---------',
    '',
    'According to uname, your nodename is web1, but your resolver',
    'library cannot resolve this nodename to a FQDN.',
    '',
    '----------------------------------------------',
    '',
    at('10:00:01', 'CRIT', noKey),
  ].join('\n');
  const server = at('10:00:01', 'CRIT', mismatch);
  const alone = judgeSources([{ name: 'c', text: client, side: 'client' }]);
  expect(verdicts(alone)[0]).toContain('not-in-client-list likely');
  const both = judgeSources([
    { name: 'c', text: client, side: 'client' },
    { name: 's', text: server, side: 'server' },
  ]);
  expect(verdicts(both)).toEqual(['wrong-password certain @web1.example.net']);
});

test('a short name that two clients share is neither of them', () => {
  const relayed =
    '<TCP>  :  [2026-11-23T10:05:00+0000] client=<web1>, msg=<MARK   :  [2026-11-23T10:05:00+0000] msg=<---- TIMESTAMP ---->>';
  const text = (others: string[]) =>
    [...others.map((client) => at('10:00:00', 'CRIT', refused(client))), relayed].join('\n');
  expect(verdicts(judge(text(['web1.b.net']), 'server'))).toEqual(['not-in-client-list certain @web1.b.net over']);
  const shared = judge(text(['web1.a.net', 'web1.b.net']), 'server').diagnoses;
  expect(shared.map(({ over }) => over !== false && !over.likely)).toEqual([false, false]);
});

test('what is too long for a value of the network was not written by a stranger', () => {
  const name = 'x'.repeat(100);
  const lines = (n: number) =>
    Array.from({ length: n }, (_, i) => at('10:00:02', 'CRIT', refused(`c${i}-${name}.example.net`)));
  const text = (n: number) =>
    ['[SOF]', at('10:00:01', 'CRIT', refused('a.example.net')), ...lines(n), signature].join('\n');
  const hosts = (n: number) =>
    new Set(judge(text(n), 'server').read.findings.map(({ host, values }) => host ?? values.client)).size;
  expect(hosts(3)).toBe(1);
  expect(hosts(12)).toBe(13);
});

test('a record inside a value is told as forged', () => {
  const inside = `${refused('a')}, x=<[2026-11-23T10:00:01+0000] msg=<START>, program=<Yule>>`;
  const [finding] = judge(at('10:00:01', 'CRIT', inside), 'server').read.findings;
  expect(finding?.record.suspicious).toBeDefined();
});

test('of many signs one that fits elsewhere makes no rival', () => {
  const tries = ['10:00:01', '10:10:01', '10:20:01'].map((time) => at(time, 'ERROR', broken));
  const [first] = judge([...tries, at('11:00:00', 'CRIT', noKey)].join('\n'), 'client').diagnoses;
  expect(first).toMatchObject({ problem: 'wrong-password', alternatives: [] });
  const [even] = judge(at('11:00:00', 'CRIT', noKey), 'client').diagnoses;
  expect(even?.alternatives).not.toEqual([]);
});

test('a change of the prefix is a change of the log, whatever line is nearer', () => {
  const both = (time: string) =>
    at(time, 'ERROR', 'msg=<Connection error: Connection reset by peer>, port=<3>, subroutine=<read_port>');
  const lines = [
    at('10:00:01', 'ERROR', 'msg=<File download failed>'),
    ...['10:00:02', '10:00:03', '10:00:04', '10:00:05'].map(both),
    `Nov 23 10:00:06 loghost Yule[812]: CRIT   :  [2026-11-23T10:00:06+0000] ${mismatch}`,
  ];
  const sides = judge(lines.join('\n')).read.findings.map(({ side }) => side);
  expect(sides).toEqual(['client', 'client', 'client', 'client', 'client', 'server']);
});

const pid = 'msg=<Could not write PID file>, userid=<0>, path=</run/samhain.pid>';
const start = 'msg=<START>, program=<Samhain>, userid=<0>, path=</etc/samhainrc>, hash=<X>';
const signed = (lines: string[]) => ['[SOF]', ...lines.flatMap((line) => [line, signature])].join('\n');

test('a start ends a PID file that could not be written only if it needed one and nothing was in its way', () => {
  const over = (later: string[], terminal: string[] = []) => {
    const result = judgeSources([
      { name: 'log', text: signed([at('10:00:00', 'ERROR', pid), ...later]), side: 'client' },
      ...(terminal.length > 0 ? [{ name: 'terminal', text: terminal.join('\n'), side: 'client' as const }] : []),
    ]);
    return Boolean(result.diagnoses.find(({ problem }) => problem === 'pid-file')?.over);
  };
  const started = at('10:05:00', 'ALERT', start);
  const busy = (time: string) =>
    at(
      time,
      'ERROR',
      'msg=<Cannot remove stale lock file, PID may be a running process>, subroutine=<sh_unix_test_and_lock>',
    );
  expect(over([started])).toBe(true);
  expect(over([started], [started]), 'in the foreground').toBe(false);
  expect(over([started, busy('10:05:01')]), 'beside another one').toBe(false);
  expect(over([busy('10:04:58'), started]), 'after another one').toBe(true);
});

test('an explanation falls with the record of a certain case beside it', () => {
  const explained = (...lines: string[]) =>
    [
      ...lines,
      '',
      '---------   sh_dbIO.c  ---    702 ---------',
      '',
      'Could not retrieve the file signature database from the server.',
      '',
      '----------------------------------------------',
    ].join('\n');
  const received = at('10:00:00', 'INFO', 'msg=<File download completed>');
  const refusedNext = at(
    '10:00:00',
    'ERROR',
    'msg=<Invalid connection state>, expect=<NSRV>, received=<\\000\\000\\000\\000>',
  );
  const problems = (text: string) => judge(text, 'client').diagnoses.map(({ problem }) => problem);
  expect(problems(explained(received))).toContain('file-not-served');
  expect(problems(explained(received, refusedNext))).toEqual(['build-mismatch']);
});

test('the last closed connection of a client that fell silent is no other trouble', () => {
  const text = [
    at('10:00:00', 'NOTICE', 'msg=<Connection reset by peer>, client=<web1.example.net>'),
    at('12:00:00', 'CRIT', 'msg=<Time limit exceeded>, client=<web1.example.net>'),
  ].join('\n');
  expect(verdicts(judge(text, 'server'))).toEqual(['client-silent certain @web1.example.net']);
});

test('a lock of a running process beside it: the name is in the list, two use it', () => {
  const talk = at(
    '10:00:00',
    'ERROR',
    'msg=<Invalid connection state>, expect=<TALK>, received=<\\000\\000\\000\\000>',
  );
  const lock = at(
    '09:59:58',
    'ERROR',
    'msg=<Cannot remove stale lock file, PID may be a running process>, subroutine=<sh_unix_test_and_lock>',
  );
  const problems = (text: string) => judge(text, 'client').diagnoses.map(({ problem }) => problem);
  expect(problems(talk)).toContain('not-in-client-list');
  expect(problems(`${lock}\n${talk}`)).not.toContain('not-in-client-list');
});

describe('an obstacle further on ends the one before it', () => {
  const unknown = (time: string, host: string) =>
    at(
      time,
      'ERROR',
      `msg=<The specified host is unknown: ${host}>, subroutine=<gethostbyname>, service=<export>, host=<${host}>`,
    );
  const silent = (time: string, host: string) =>
    at(
      time,
      'ERROR',
      `msg=<Connection timed out, address ${host}>, subroutine=<connect>, service=<export>, host=<${host}>`,
    );
  const problems = (text: string) => verdicts(judge(text, 'client'));

  test('a name that is tried resolves; another name says nothing of it, and neither does an earlier time', () => {
    const [a, b] = ['log.example.net', 'spare.example.net'];
    const name = 'server-name-unresolvable certain';
    expect(problems(`${unknown('10:00:00', a)}\n${silent('10:05:00', a)}`)).toEqual([
      'connect-timeout likely',
      `${name} over`,
    ]);
    expect(problems(`${unknown('10:00:00', b)}\n${silent('10:05:00', a)}`)).toContain(name);
    expect(problems(`${silent('10:00:00', a)}\n${unknown('10:05:00', a)}`)).toContain(name);
  });

  test('whom the wrappers turn away has reached yule', () => {
    const client = at(
      '10:00:00',
      'ERROR',
      'msg=<Connection refused, address log.example.net>, subroutine=<connect>, service=<export>, host=<log.example.net>',
    );
    const server = (time: string) => at(time, 'ERROR', 'msg=<Refused connection from 10.7.0.11>, subroutine=<libwrap>');
    const both = (time: string) =>
      verdicts(
        judgeSources([
          { name: 'client', text: client, side: 'client' },
          { name: 'server', text: server(time), side: 'server' },
        ]),
      );
    expect(both('10:05:00').filter((one) => one.startsWith('connection-refused'))).toEqual([
      expect.stringMatching(/over$/),
    ]);
    expect(both('09:55:00').filter((one) => one.startsWith('connection-refused'))).toEqual([
      expect.not.stringMatching(/over$/),
    ]);
  });
});
