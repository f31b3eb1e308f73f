/** What the first reply tells of the program that gave it: lines of a client, whatever answers on the port. */
import { expect, test } from 'vitest';
import { at, judge, verdicts } from './judge.ts';

const asks = at('10:00:00', 'INFO', 'msg=<Downloading configuration file>');
const gives = at('10:00:00', 'ERROR', 'msg=<Session key negotiation failed>');
const state = (received: string) =>
  at('10:00:00', 'ERROR', `msg=<Invalid connection state>, expect=<INIT>, received=<${received}>`);
const key = at('10:00:00', 'INFO', 'msg=<Session key negotiated>');
const refusedFile = at(
  '10:00:00',
  'ERROR',
  String.raw`msg=<Invalid connection state>, expect=<NSRV>, received=<\120\101\122\120>`,
);

const replies: [string, string[], string][] = [
  ['an SSH server', [asks, state(String.raw`\055\062\056\060`), gives], 'not-yule-on-port likely'],
  ['TLS', [asks, state(String.raw`\000\002\002\012`), gives], 'not-yule-on-port likely'],
  ['an echo', [asks, state(String.raw`\123\101\114\124`), gives], 'not-yule-on-port likely'],
  [
    'a web or mail server',
    [asks, at('10:00:00', 'ERROR', 'msg=<Protocol mismatch>'), gives],
    'not-yule-on-port likely',
  ],
  ['a yule, and left-over memory', [asks, state(String.raw`\000\000\000\000`), gives], 'not-in-client-list likely'],
  ['a yule with SRP, and the client has none', [asks, gives], 'build-mismatch likely'],
  ['a yule with another MACType', [asks, key, refusedFile], 'build-mismatch likely'],
];

test.each(replies)('%s', (_, lines, verdict) => {
  expect(verdicts(judge(lines.join('\n')))[0]).toBe(verdict);
});

test('a key is no sign that a mismatch of the form is another service', () => {
  const lines = [asks, key, at('10:00:00', 'ERROR', 'msg=<Protocol mismatch>')];
  expect(verdicts(judge(lines.join('\n')))[0]).toBe('build-mismatch likely');
});

test.each(['Permission denied', 'Operation not permitted'])(
  '%s: the client itself forbids the connection',
  (reason) => {
    const line = at(
      '10:00:00',
      'ERROR',
      `msg=<${reason}, address yule>, subroutine=<connect>, service=<export>, host=<yule>`,
    );
    expect(verdicts(judge(line))).toEqual(['no-route likely']);
  },
);
