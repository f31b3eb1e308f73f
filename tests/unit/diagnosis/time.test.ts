/** What was over, what came back, which client it was. */
import { expect, test } from 'vitest';
import { samples } from '../../captures/samples.ts';
import { at, judge, judgeSources, verdicts } from './judge.ts';

const mismatch = (time: string, client: string) =>
  at(time, 'CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`);
const unknown = (time: string, client: string) =>
  at(time, 'CRIT', `msg=<Invalid connection attempt: Not in client list>, client=<${client}>`);
const fresh = (time: string, client: string) => at(time, 'NOTICE', `msg=<NEW CLIENT>, client=<${client}>`);
const restart = (time: string, client: string) =>
  at(time, 'CRIT', `msg=<Restart without prior exit>, client=<${client}>`);
const one = 'client1.example.net';
const two = 'client2.example.net';

test('a diagnosis for each client, what stands first', () => {
  const log = [mismatch('10:00:00', one), unknown('10:00:01', two), fresh('10:05:00', one)].join('\n');
  expect(verdicts(judge(log))).toEqual([`not-in-client-list certain @${two}`, `wrong-password certain @${one} over`]);
});

test("another client's success ends nothing", () => {
  const log = [mismatch('10:00:00', one), fresh('10:05:00', two)].join('\n');
  expect(verdicts(judge(log))).toEqual([`wrong-password certain @${one}`]);
});

test('the end has a time and a record', () => {
  const result = judge([mismatch('10:00:00', one), fresh('10:05:00', one)].join('\n'));
  expect(result.diagnoses[0]?.over).toEqual({ finding: 1, time: Date.parse('2026-11-23T10:05:00Z') });
});

test('mended and back again stands', () => {
  const log = [mismatch('10:00:00', one), fresh('10:05:00', one), mismatch('11:00:00', one)].join('\n');
  const result = judge(log);
  expect(verdicts(result)).toEqual([`wrong-password certain @${one}`]);
  expect(result.diagnoses[0]?.evidence.map(({ finding }) => finding)).toEqual([2]);
});

test('the first start after a repair logs a restart, which is no second fault; a later one is', () => {
  const served = at('10:05:01', 'INFO', `msg=<File transfer completed>, client=<${one}>`);
  const repaired = [mismatch('10:00:00', one), restart('10:05:00', one), served];
  expect(verdicts(judge(repaired.join('\n')))).toEqual([`wrong-password certain @${one} over`]);
  const again = judge([...repaired, restart('18:00:00', one)].join('\n'));
  expect(verdicts(again)[0]).toBe(`restart-without-exit likely @${one}`);
});

test('what comes after the end of a problem is not explained by it', () => {
  const server = [
    at('10:00:00', 'MARK', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<-1>'),
    at('10:10:00', 'MARK', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<3>'),
  ].join('\n');
  const refused = (time: string) =>
    at(time, 'ERROR', 'msg=<Connection refused, address y>, subroutine=<connect>, service=<export>, host=<y>');
  const given = (client: string) =>
    verdicts(
      judgeSources([
        { name: 'server', text: server },
        { name: 'client', text: client },
      ]),
    );
  expect(given(refused('10:01:00'))).toEqual(['port-in-use certain over']);
  expect(given(refused('10:20:00'))[0]).toBe('connection-refused likely');
});

test('short and full name are one client, in whatever sink', () => {
  const relayed = `<TCP>  :  [2026-11-23T10:10:00+0000] client=<client1>, msg=<${at('10:10:00', 'MARK', 'msg=<---- TIMESTAMP ---->')}>`;
  expect(verdicts(judge([mismatch('10:00:00', one), relayed].join('\n')))).toEqual([
    `wrong-password certain @${one} over`,
  ]);
});

test("a client's lines without a name belong to the only client there is", () => {
  const result = judgeSources([
    { name: 'server', text: mismatch('10:00:00', one), side: 'server' },
    { name: 'client', text: at('10:00:00', 'ERROR', 'msg=<Session key negotiation failed>'), side: 'client' },
  ]);
  expect(verdicts(result)).toEqual([`wrong-password certain @${one}`]);
});

test('who gave no name is none of the clients', () => {
  const log = [fresh('10:00:00', one), at('10:00:05', 'NOTICE', 'msg=<Connection reset by peer>, client=<>')].join(
    '\n',
  );
  expect(verdicts(judge(log))).toEqual(['stray-traffic likely']);
});

test('the same record in several sinks counts once', () => {
  const line = mismatch('10:00:00', one);
  const result = judgeSources([
    { name: 'server.log', text: `${line}\n` },
    { name: 'server.stderr', text: `${line}\n` },
    { name: 'server.syslog', text: `Nov 23 10:00:00 yule Yule[29]: ${line}\n` },
  ]);
  expect(result.diagnoses).toHaveLength(1);
  expect(result.diagnoses[0]?.evidence).toEqual([{ finding: 0, sign: 0, weight: 'proves', copies: [1, 2] }]);
});

test('but twice in one sink it happened twice', () => {
  const result = judge([mismatch('10:00:00', one), mismatch('10:00:00', one)].join('\n'));
  expect(result.diagnoses[0]?.evidence).toHaveLength(2);
});

test('a malformed line explains the refusal of its own client only', () => {
  const log = [
    at('10:00:00', 'WARN', `msg=<Invalid input>, option=<client>, obj=<${one} 4CB0 84E1>`),
    unknown('10:01:00', one),
    unknown('10:02:00', two),
  ].join('\n');
  expect(verdicts(judge(log, 'server')).sort()).toEqual([
    'client-line-malformed certain',
    `not-in-client-list certain @${two}`,
  ]);
});

test('nothing grows without bound: a flood of equal lines is judged in a moment', () => {
  const line = at('10:00:00', 'ERROR', 'msg=<Session key negotiation failed>');
  const started = process.threadCpuUsage();
  judge(Array.from({ length: 20_000 }, () => line).join('\n'));
  expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(10_000);
});

const line = (time: string, severity: string, msg: string, client: string) =>
  at(time, severity, `msg=<${msg}>, client=<${client}>`);
const relayed = (time: string, client: string, msg = '---- TIMESTAMP ----', severity = 'MARK') =>
  `<TCP>  :  [2026-11-23T${time}+0000] client=<${client}>, msg=<${at(time, severity, `msg=<${msg}>`)}>`;
const refused = (time: string, address: string) =>
  at(time, 'ERROR', `msg=<Refused connection from ${address}>, subroutine=<libwrap>`);
const fault = (time: string) => line(time, 'CRIT', 'Invalid connection attempt: Signature mismatch', one);
const forced = (time: string, client: string) => line(time, 'INFO', 'Force authentication', client);
const saidOf = (lines: readonly string[]) => verdicts(judge(lines.join('\n'), 'server'));

test('a later step ends what stopped an earlier one; the same step and a restart end nothing', () => {
  const next = [unknown('10:00:00', one), mismatch('10:05:00', one)];
  expect(saidOf(next)).toEqual([`wrong-password certain @${one}`, `not-in-client-list certain @${one} over`]);
  expect(saidOf([mismatch('10:00:00', one), forced('10:05:00', one)])).toEqual([`wrong-password certain @${one}`]);
  expect(saidOf([mismatch('10:00:00', one), restart('10:05:00', one)])).toEqual([`wrong-password certain @${one}`]);
  // A running client that is back after a restart of the server has passed the list, though it is no new one.
  expect(saidOf([unknown('10:00:00', one), forced('10:05:00', one)])).toEqual([
    `not-in-client-list certain @${one} over`,
  ]);
});

test('what a client reports as it ends is no sign that it got its file', () => {
  const missing = line('10:00:00', 'CRIT', 'Requested file not found', one).concat(', path=<(NULL)>');
  const end = relayed('10:00:01', 'client1', 'EXIT>, program=<Samhain>, status=<exit_failure', 'ALERT');
  expect(saidOf([missing, end])[0]).toBe(`file-not-served likely @${one}`);
  expect(saidOf([missing, end, line('10:05:00', 'INFO', 'File transfer completed', one)])[0]).toBe(
    `file-not-served likely @${one} over`,
  );
});

test('who is known by an address only has probably come back as the one client that was away until then', () => {
  const away = [refused('10:00:00', '198.51.100.30'), refused('10:02:00', '198.51.100.30')];
  const others = [fresh('09:59:00', two), relayed('10:01:00', 'client2'), relayed('10:03:00', 'client2')];
  const given = [others[0], away[0], others[1], away[1], others[2]] as string[];
  expect(saidOf(given)).toEqual(['refused-by-libwrap certain @198.51.100.30']);
  const result = judge([...given, fresh('10:04:00', one)].join('\n'), 'server');
  expect(result.diagnoses[0]?.over).toMatchObject({ likely: true, time: Date.parse('2026-11-23T10:04:00Z') });
  // One that was turned away itself, or comes in the same seconds, goes its own way.
  const other = [mismatch('09:59:30', one), ...given, mismatch('10:04:00', one)];
  expect(saidOf(other)).toContain('refused-by-libwrap certain @198.51.100.30');
  expect(saidOf([...given, fresh('10:02:05', one)])).toContain('refused-by-libwrap certain @198.51.100.30');
  // Of two that come nobody can tell which it is.
  const both = judge([...given, fresh('10:04:00', one), fresh('10:04:30', 'client3.example.net')].join('\n'), 'server');
  expect(both.diagnoses[0]?.over).toBe(false);
  // As many addresses as clients: which is which nobody knows, but all are back, with the last of them.
  const third = 'client3.example.net';
  const pair = [...given, refused('10:02:30', '198.51.100.31'), fresh('10:04:00', one)];
  const ends = (all: readonly string[]) => judge(all.join('\n'), 'server').diagnoses.map(({ over }) => over);
  expect(ends(pair)).toEqual([false, false]);
  const back = { clients: [one, third], missed: false };
  const end = { likely: true, time: Date.parse('2026-11-23T10:04:30Z'), back };
  const rest = relayed('10:09:00', 'client2');
  expect(ends([...pair, fresh('10:04:30', third), rest])).toMatchObject([end, end]);
  // A third that comes can be either; and a log that ends before the next try is due shows nothing.
  expect(ends([...pair, fresh('10:04:30', third), fresh('10:04:40', 'client5.example.net'), rest])).toEqual([
    false,
    false,
  ]);
  expect(ends([...pair, fresh('10:04:30', third)])).toEqual([false, false]);
  // So is who is not named at all.
  const bad = at('10:00:00', 'CRIT', 'msg=<Error in big integer library>');
  const spoilt = [
    fresh('09:59:00', two),
    fresh('09:59:30', 'client4.example.net'),
    bad,
    relayed('10:01:00', 'client2'),
  ].join('\n');
  expect(judge(spoilt, 'server').diagnoses[0]?.over).toBe(false);
  expect(judge([spoilt, fresh('10:04:00', one)].join('\n'), 'server').diagnoses[0]?.over).toMatchObject({
    likely: true,
  });
  // Where the server puts name and address together, it is certain.
  const named = at(
    '10:04:00',
    'CRIT',
    `msg=<Cannot resolve socket peer IP for client> host=<${one}> peer=<198.51.100.30>`,
  );
  const known = judge([...given, named, fresh('10:04:00', one)].join('\n'), 'server');
  expect(known.diagnoses.find(({ problem }) => problem === 'refused-by-libwrap')?.over).toEqual({
    finding: given.length,
    time: Date.parse('2026-11-23T10:04:00Z'),
  });
});

test('an address that nothing ties to the one client is its own, and is not over because that client works', () => {
  const away = [refused('10:00:00', '198.51.100.30'), fresh('10:00:01', one), relayed('10:00:05', 'client1')];
  expect(saidOf(away)).toEqual(['refused-by-libwrap certain @198.51.100.30']);
  const server = { name: 'yule_log', text: away.join('\n') };
  const own = (...lines: string[]) => verdicts(judgeSources([server, { name: 'samhain_log', text: lines.join('\n') }]));
  const start = at('10:00:01', 'ALERT', 'msg=<START>, program=<Samhain>, userid=<0>, path=</etc/samhainrc>, hash=<00>');
  const well = at('10:00:05', 'MARK', 'msg=<---- TIMESTAMP ---->');
  expect(own(start, well)).toContain('refused-by-libwrap certain @198.51.100.30');
  // The client's own lines show that it was this one.
  const failed = at('10:00:00', 'ERROR', 'msg=<Session key negotiation failed>');
  const negotiated = at('10:00:01', 'INFO', 'msg=<Session key negotiated>');
  expect(own(failed, negotiated, well)).toContain(`refused-by-libwrap certain @${one} over`);
});

test('of several clients the one that kept its records while an address was refused was that address', () => {
  const kept = (time: string, made: string, client: string) => relayed(made, client).replace(made, time);
  const lines = [
    relayed('09:59:58', 'client1'),
    relayed('09:59:59', 'client2'),
    refused('10:00:00', '198.51.100.30'),
    relayed('10:00:04', 'client2'),
    refused('10:00:08', '198.51.100.30'),
    relayed('10:00:12', 'client2'),
  ];
  expect(saidOf(lines)).toEqual(['refused-by-libwrap certain @198.51.100.30']);
  const back = [kept('10:00:30', '10:00:00', 'client1'), kept('10:00:30', '10:00:04', 'client1')];
  expect(saidOf([...lines, ...back])).toEqual(['refused-by-libwrap certain @198.51.100.30 over']);
  // Records of that very time only: what it had made before may have waited for something else.
  const late = [kept('10:00:30', '10:00:20', 'client1'), kept('10:00:30', '10:00:25', 'client1')];
  expect(saidOf([...lines, ...late])).toEqual(['refused-by-libwrap certain @198.51.100.30']);
});

test('what stops no connection is over when all is quiet for longer than the signs were apart', () => {
  const twice = [fault('10:00:00'), forced('10:00:05', one), fault('10:00:15'), forced('10:00:20', one)];
  expect(saidOf([...twice, relayed('10:00:30', 'client1')])[0]).toBe(`second-instance likely @${one}`);
  // A client that is turned away waits twice as long each time.
  expect(saidOf([...twice, relayed('10:00:44', 'client1')])[0]).toBe(`second-instance likely @${one}`);
  expect(saidOf([...twice, relayed('10:00:50', 'client1')])[0]).toBe(`second-instance likely @${one} over`);
  // Errors, and the end of the program, are no sign that all is well.
  const end = relayed('10:01:00', 'client1', 'EXIT>, program=<Samhain>, status=<Terminated', 'ALERT');
  expect(saidOf([...twice, end])[0]).toBe(`second-instance likely @${one}`);
});

test('a connection that names nobody shows no silent client at work, whoever comes next', () => {
  const silent = [line('01:00:00', 'NOTICE', 'NEW CLIENT', one), line('02:00:00', 'CRIT', 'Time limit exceeded', one)];
  const opened = at('10:00:00', 'INFO', 'msg=<New connection>, socket_id=<4>');
  expect(saidOf([...silent, opened, mismatch('10:00:01', one)])).toEqual([
    `wrong-password certain @${one}`,
    `client-silent certain @${one}`,
  ]);
  expect(saidOf([...silent, opened, forced('10:00:01', one)])).toEqual([`client-silent certain @${one} over`]);
});

test('what a client says before a sign of it counts, whatever lines that name nobody say after it', () => {
  const timeout = line('10:15:00', 'ERROR', 'Connection timeout', one);
  const failed = (time: string) => at(time, 'ALERT', 'msg=<File download failed>');
  const syslog = (host: string, time: string) => `Nov 23 ${time} ${host} Samhain[29]: ${failed(time)}`;
  const given = (own: string) => {
    const client = [syslog('client1', own), syslog('client2', '10:14:00')].join('\n');
    const sources = [
      { name: 'server', text: timeout, side: 'server' as const },
      { name: 'clients', text: client, side: 'client' as const },
      { name: 'nobody', text: failed('10:20:00'), side: 'client' as const },
    ];
    return verdicts(judgeSources(sources)).filter((one) => one.startsWith('idle-connection-timeout'));
  };
  expect(given('10:14:00')).toEqual([`idle-connection-timeout possible @${one}`]);
  expect(given('10:20:00')).toEqual([`idle-connection-timeout certain @${one}`]);
});

test('what a stronger case leaves of another one is a weaker case', () => {
  const timeout = line('10:15:00', 'ERROR', 'Connection timeout', one);
  const reset = line('10:20:01', 'NOTICE', 'Connection reset by peer', one);
  const failed = `Nov 23 10:20:00 client1 Samhain[29]: ${at('10:20:00', 'ALERT', 'msg=<File download failed>')}`;
  const given = (server: string) =>
    verdicts(
      judgeSources([
        { name: 'server', text: server, side: 'server' },
        { name: 'client', text: failed, side: 'client' },
      ]),
    );
  const guesses = [`file-not-served possible @${one}`, `download-interrupted possible @${one}`];
  expect(given(reset)).toEqual(guesses);
  expect(given(`${timeout}\n${reset}`)).toEqual([`idle-connection-timeout certain @${one}`, ...guesses]);
});

test('a start without the end before it is over with the first good report', () => {
  expect(saidOf([restart('10:00:00', one)])[0]).toBe(`restart-without-exit likely @${one}`);
  expect(saidOf([restart('10:00:00', one), relayed('10:00:15', 'client1')])[0]).toBe(
    `restart-without-exit likely @${one} over`,
  );
});

test("the time limit in the second in which a suspended server wakes is the server's", () => {
  const wake = [
    at('10:00:00', 'MARK', 'msg=<SUSPEND> program=<Yule>'),
    at('10:30:00', 'INFO', 'msg=<New connection>, socket_id=<4>'),
    line('10:30:00', 'CRIT', 'Time limit exceeded', one),
    forced('10:30:01', two),
  ];
  expect(saidOf(wake)).toEqual(['server-suspended certain over']);
  const later = [...wake, line('11:30:00', 'CRIT', 'Time limit exceeded', one)];
  expect(saidOf(later)[0]).toBe(`client-silent certain @${one}`);
});

test("a connection that names nobody is the next one's, and ends nothing of another client", () => {
  const lookup = (time: string) => at(time, 'CRIT', `msg=<Cannot resolve client name> host=<${one}>`);
  const open = (time: string) => at(time, 'INFO', 'msg=<New connection>, socket_id=<4>');
  const given = [
    open('10:00:00'),
    lookup('10:00:00'),
    open('10:00:00'),
    fresh('10:00:00', two),
    fresh('10:00:01', one),
  ];
  expect(saidOf(given)).toEqual([`client-name-cross-check certain @${one}`]);
  expect(saidOf([...given, open('10:00:15'), relayed('10:00:15', 'client1')])).toEqual([
    `client-name-cross-check certain @${one} over`,
  ]);
});

test('what the server wrote of somebody is no sign of the only client that has the problem', () => {
  const zero = at('10:00:05', 'CRIT', 'msg=<Illegal zero reply>');
  const result = judge([mismatch('10:00:00', one), zero, fresh('10:00:10', two)].join('\n'), 'server');
  const own = result.diagnoses.find(({ host }) => host === one);
  expect(own?.evidence.map(({ finding }) => finding)).toEqual([0]);
});

test('the state of each client in one word', () => {
  const lines = [
    mismatch('10:00:00', 'bad.example.net'),
    unknown('10:00:00', 'was.example.net'),
    fresh('10:05:00', 'was.example.net'),
    fresh('10:00:00', 'still.example.net'),
    line('10:30:00', 'CRIT', 'Time limit exceeded', 'still.example.net'),
    fresh('10:00:00', 'well.example.net'),
    line('10:10:00', 'NOTICE', 'Connection reset by peer', 'perhaps.example.net'),
    // Two clients share this name: it is neither.
    fresh('10:00:00', 'web.a.example.net'),
    fresh('10:00:00', 'web.b.example.net'),
    relayed('10:01:00', 'web'),
  ];
  const { clients } = judge(lines.join('\n'), 'server');
  expect(
    clients.map(({ host, state, problem }) => [host.split('.example')[0], state, problem].join(' ').trim()),
  ).toEqual([
    'bad to-fix wrong-password',
    'perhaps undecided connection-lost',
    'still silent client-silent',
    'was fixed not-in-client-list',
    'web.a fine',
    'web.b fine',
    'well fine',
  ]);
  expect(clients.find(({ state }) => state === 'fixed')?.since).toBe(Date.parse('2026-11-23T10:05:00Z'));
});

const refusedOnce = (time: string) =>
  at(time, 'ERROR', 'msg=<Connection refused, address y>, subroutine=<connect>, service=<export>, host=<y>');

test("a client's lines without a name are not ended by what the server says of others", () => {
  const server = [fresh('10:05:00', one), fresh('10:06:00', two)].join('\n');
  const result = judgeSources([
    { name: 'client', text: refusedOnce('10:00:00'), side: 'client' },
    { name: 'server', text: server, side: 'server' },
  ]);
  expect(verdicts(result)[0]).toBe('connection-refused likely');
});

test('a client is fixed since the last of its problems ended', () => {
  const log = [
    mismatch('10:00:00', one),
    fresh('10:05:00', one),
    unknown('10:10:00', one),
    fresh('10:15:00', one),
    fresh('10:20:00', two),
  ].join('\n');
  const { clients } = judge(log);
  expect(clients.find(({ host }) => host === one)).toMatchObject({
    state: 'fixed',
    since: Date.parse('2026-11-23T10:15:00Z'),
  });
});

test('a program that ended at its start is not fixed by what another one reports', () => {
  const relayed = (time: string, severity: string, body: string) =>
    at(time, '<TCP>', `client=<${one}>, msg=<${at(time, severity, body)}>`);
  const failed = relayed(
    '10:00:00',
    'ERROR',
    'msg=<Could not write PID file>, userid=<0>, path=</var/run/samhain.pid>',
  );
  const marks = ['10:05:00', '10:10:00', '10:15:00'].map((time) => relayed(time, 'MARK', 'msg=<---- TIMESTAMP ---->'));
  const start = relayed(
    '10:20:00',
    'ALERT',
    'msg=<START>, program=<Samhain>, userid=<0>, path=</etc/samhainrc>, hash=<0>',
  );
  const said = (lines: string[]) => verdicts(judge(lines.join('\n')));
  expect(said([failed, ...marks])).toEqual([`pid-file certain @${one}`]);
  expect(said([failed, ...marks, start])).toEqual([`pid-file certain @${one} over`]);
});

test('where no line has a time, what stands beside a record is told by its place', () => {
  const run = samples().find(({ name }) => name === '40b-relay-wrong-password/42-plain');
  const fault = run?.fault ?? [];
  const timeless = (text: string) =>
    text.replaceAll(/\[20\d\d-[^\]]*\] /g, '').replaceAll(/^\w{3} [ \d]\d \d\d:\d\d:\d\d /gm, '');
  const named = (sources: typeof fault) => new Set(judgeSources(sources).diagnoses.map(({ problem }) => problem));
  expect([...named(fault)]).toEqual(['wrong-password']);
  // Far down in a long log, too: what is looked at there are the neighbours, not the first lines.
  expect([...named(fault.map((one) => ({ ...one, text: timeless(one.text) })))]).toEqual(['wrong-password']);
});
