/** What was over, what came back, which client it was. */
import { expect, test } from 'vitest';
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
  const repaired = [mismatch('10:00:00', one), restart('10:05:00', one)];
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
  const started = performance.now();
  judge(Array.from({ length: 20_000 }, () => line).join('\n'));
  expect(performance.now() - started).toBeLessThan(10_000);
});
