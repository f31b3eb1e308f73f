/** Whose a client's log is that names nobody, beside the log of a server that knows several: what both hold tells. */
import { expect, test } from 'vitest';
import { at, judgeSources, verdicts } from './judge.ts';

const sum = (digit: string) => digit.repeat(48);
const start = (digit: string) =>
  `msg=<START>, program=<Samhain>, userid=<0>, path=</etc/samhainrc>, hash=<${sum('4')}>, path=</var/lib/samhain/samhain_file>, hash=<${sum(digit)}>`;
const told = (client: string, time: string, severity: string, body: string) =>
  at(time, '<TCP>', `client=<${client}>, msg=<${at(time, severity, body)}>`);
const mark = 'msg=<---- TIMESTAMP ---->';
const lines = (...all: string[]) => `${all.join('\n')}\n`;
const judge = (server: string, ...clients: string[]) =>
  judgeSources([
    { name: 'yule_log', text: server, side: 'server' },
    ...clients.map((text, i) => ({ name: `${i}.log`, text, side: 'client' as const })),
  ]);
const known = (result: ReturnType<typeof judge>) => verdicts(result).filter((one) => !one.includes(' possible'));
const states = (result: ReturnType<typeof judge>) => result.clients.map(({ host, state }) => `${host} ${state}`);

const yule = at('10:00:00', 'ALERT', `msg=<START>, program=<Yule>, userid=<1>, path=</etc/yulerc>, hash=<${sum('9')}>`);
const both = [
  told('web1', '10:00:10', 'ALERT', start('A')),
  told('db2', '10:00:10', 'ALERT', start('B')),
  told('web1', '10:05:00', 'MARK', mark),
  told('db2', '10:05:00', 'MARK', mark),
];
const refused =
  'msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>';
const lost = (digit: string) => lines(at('10:00:10', 'ALERT', start(digit)), at('10:10:00', 'ERROR', refused));

test('a record that both hold names the client, and nothing is said of the others', () => {
  const result = judge(lines(yule, ...both), lost('A'));
  expect(known(result)).toEqual(['connection-refused likely @web1']);
  expect(states(result)).toEqual(['db2 fine', 'web1 to-fix']);
});

test('two logs that name nobody are each told apart', () => {
  const result = judge(lines(yule, ...both), lost('A'), lost('B'));
  expect(known(result)).toEqual(['connection-refused likely @db2', 'connection-refused likely @web1']);
});

test('two logs one below the other, in one text, are told apart where times go back or a run ends', () => {
  const result = judge(lines(yule, ...both), lost('A') + lost('B'));
  expect(known(result)).toEqual(['connection-refused likely @db2', 'connection-refused likely @web1']);
  const ended = lines(
    at('10:00:10', 'ALERT', start('A')),
    at('10:00:11', 'ALERT', 'msg=<EXIT>, program=<Samhain>, status=<exit_success>'),
  );
  expect(known(judge(lines(yule, ...both), ended + lost('B')))).toEqual(['connection-refused likely @db2']);
});

test('of two clients with one checksum nothing tells whose it is', () => {
  const twins = [told('web1', '10:00:10', 'ALERT', start('A')), told('db2', '10:00:10', 'ALERT', start('A'))];
  expect(known(judge(lines(yule, ...twins), lost('A')))).toEqual(['connection-refused likely']);
});

const turnedAway = (time: string) => [
  at(time, 'ERROR', String.raw`msg=<Invalid connection state>, expect=<INIT>, received=<\376\233\125\000>`),
  at(time, 'ERROR', 'msg=<Session key negotiation failed>'),
];
// What is at work in the server's log, whose threshold hides refusals, is another client than the one that was turned away.
const working = [
  told('db2', '10:00:10', 'ALERT', start('B')),
  ...['10:05:00', '10:10:00', '10:15:00', '10:20:00'].map((time) => told('db2', time, 'MARK', mark)),
];

test.each([
  ['started in the same second', '10:00:10'],
  ['started while the other one was at work', '10:10:00'],
])('the only client that the server hears of is not the one whose log this is: %s', (_, time) => {
  const own = lines(...turnedAway(time), at(time, 'ALERT', start('A')), ...turnedAway('10:12:00'));
  const result = judge(lines(yule, ...working), own);
  expect(verdicts(result)[0]).toBe('not-in-client-list likely');
  expect(states(result)).toEqual(['db2 fine']);
});

test('a start that the server did not hear of yet shows nothing', () => {
  const own = lines(
    at('10:00:10', 'ALERT', start('B')),
    at('10:25:00', 'ALERT', start('B')),
    ...turnedAway('10:25:01'),
  );
  expect(verdicts(judge(lines(yule, ...working), own))[0]).toBe('not-in-client-list likely @db2');
});

test('an address that was turned away is not the only client with a name, where the lines that failed are another one’s', () => {
  const list = (time: string) =>
    at(time, 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<127.0.1.1>');
  const own = lines(...turnedAway('10:11:00'), at('10:11:00', 'ALERT', start('A')));
  const result = judge(lines(yule, ...working, list('10:11:00')), own);
  expect(verdicts(result)).toEqual(['not-in-client-list certain @127.0.1.1']);
  expect(states(result)).toEqual(['127.0.1.1 to-fix', 'db2 fine']);
});

test('a password stays wrong where another client’s log, which names nobody, tells of a new key', () => {
  const mismatch = (time: string) =>
    at(time, 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<db2>');
  const failed = (time: string) => [
    at(time, 'ERROR', String.raw`msg=<Invalid connection state>, expect=<PARP>, received=<\214\314\136\142>`),
    at(time, 'ERROR', 'msg=<Session key negotiation failed>'),
  ];
  const server = lines(yule, told('web1', '10:00:10', 'ALERT', start('A')), mismatch('10:01:00'), mismatch('10:06:00'));
  const own = lines(...failed('10:01:00'), at('10:01:00', 'ALERT', start('B')), ...failed('10:06:00'));
  const other = lines(at('10:00:10', 'ALERT', start('A')), at('10:30:00', 'INFO', 'msg=<Session key negotiated>'));
  expect(verdicts(judge(server, own, other))).toEqual(['wrong-password certain @db2']);
});
