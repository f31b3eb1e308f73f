/** What is said of all lines together, and system texts in other languages. */
import { describe, expect, test } from 'vitest';
import { at, judge, judgeSources, verdicts } from './judge.ts';

const t = '10:00:00';

describe('the state', () => {
  test.each([
    ['nothing', 'hello'],
    ['nothing', ''],
    ['nothing', 'File not accessible'],
    ['nothing', 'Connection reset by peer'],
    ['nothing', 'File download failed'],
    ['unclear', at(t, 'ERROR', 'msg=<Module execution error>, module=<SUIDCHECK>, return_code=<9>')],
    ['nothing', at(t, 'ERROR', 'msg=<Something that no version prints>, code=<1>')],
    [
      'unclear',
      `${at(t, 'ERROR', 'msg=<Something that no version prints>')}\n${at(t, 'MARK', 'msg=<File check starting.>')}`,
    ],
    ['unclear', at(t, 'ALERT', 'msg=<EXIT>, program=<Samhain>, status=<exit_failure>')],
    ['healthy', at(t, 'WARN', 'msg=<File not accessible>, userid=<996>, path=</var/lib/yule/rc.client1.example.net>')],
    ['healthy', at(t, 'INFO', 'msg=<Session key negotiated>')],
    ['reports', at(t, 'CRIT', 'msg=<POLICY [ReadOnly] C-------TS>, path=</etc/passwd>')],
    ['diagnosed', 'expect=<TALK>'],
    ['diagnosed', 'msg=<File download failed>'],
    ['diagnosed', 'Session key negotiation failed'],
  ])('%s: %s', (state, text) => {
    const result = judge(text);
    expect(result.state).toBe(state);
    expect(result.healthy).toBe(state === 'healthy' || state === 'reports');
  });

  test('what follows from a problem is explained in every file in which it is printed', () => {
    const refused = at(
      t,
      'ERROR',
      'msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>',
    );
    const failure = at(t, 'ERROR', 'msg=<Service failure>, service=<log server>, obj=<yule.example.net>');
    const [terminal, log] = [`${refused}\n${failure}\n`, `[SOF]\n${refused}\n${failure}\n`];
    const { state, open } = judgeSources([
      { name: 'client.stderr', text: terminal, side: 'client' },
      { name: 'client.log', text: log, side: 'client' },
    ]);
    expect({ state, open }).toEqual({ state: 'diagnosed', open: [] });
  });

  test('a lone fragment is never certain', () => {
    for (const text of ['msg=<Connection reset by peer>', 'expect=<TALK>', 'msg=<File download failed>']) {
      for (const { confidence } of judge(text).diagnoses) expect(confidence).not.toBe('certain');
    }
  });

  test('of a missing rc.HOST no more is said than the line tells', () => {
    const warn = at(t, 'WARN', 'msg=<File not accessible>, userid=<996>, path=</var/lib/yule/rc.client1.example.net>');
    expect(judge(warn).harmless[0]?.because).not.toContain('served');
    const served = at(t, 'INFO', 'msg=<File transfer completed>, client=<client1.example.net>');
    expect(judge(`${warn}\n${served}`).harmless[0]?.because).toContain('served');
  });
});

describe("the system's texts in other languages", () => {
  const net = (text: string, call = 'connect') =>
    at(t, 'ERROR', `msg=<${text}, address yule.example.net>, subroutine=<${call}>, service=<export>, host=<yule>`);

  test.each([
    ['Verbindungsaufbau abgelehnt', 'connection-refused likely'],
    ['Connexion refusée', 'connection-refused likely'],
    ['Tempo esgotado para conexão', 'connect-timeout likely'],
    ['Keine Route zum Zielrechner', 'no-route certain'],
    ['La red es inaccesible', 'no-route certain'],
  ])('%s', (text, verdict) => {
    expect(verdicts(judge(net(text)))[0]).toBe(verdict);
  });

  test('a name that does not resolve', () => {
    expect(verdicts(judge(net('Der Name oder der Dienst ist nicht bekannt', 'getaddrinfo')))).toEqual([
      'server-name-unresolvable certain',
    ]);
    expect(verdicts(judge(net('Yr enw anhysbys', 'getaddrinfo')))).toEqual(['server-name-unresolvable likely']);
  });

  test('unknown words leave the reason open', () => {
    expect(verdicts(judge(net('Rhywbeth arall')))).toEqual([
      'connection-refused possible',
      'connect-timeout possible',
      'no-route possible',
    ]);
  });

  test('a reset before the session key, as in English', () => {
    const lines = (text: string) =>
      [
        `msg=<Connection error: ${text}>, port=<3>, subroutine=<read_port>`,
        'msg=<Invalid connection state>, expect=<INIT>, received=<\\000\\000\\000\\000>',
        'msg=<Session key negotiation failed>',
      ].map((body) => at(t, 'ERROR', body));
    const german = judge(lines('Die Verbindung wurde vom Kommunikationspartner zurückgesetzt').join('\n'));
    expect(verdicts(german)).toEqual(verdicts(judge(lines('Connection reset by peer').join('\n'))));
    expect(german.read.findings[0]?.record.body).toContain('zurückgesetzt');
    expect(verdicts(judge(lines('Rhywbeth arall').join('\n')))[0]).toContain('possible');
  });
});

test('candidates with one command ask for it once, and say what each of its words means', () => {
  const [first] = judge('Session key negotiation failed').diagnoses;
  const commands = first?.ask.map(({ run }) => run) ?? [];
  expect(new Set(commands).size).toBe(commands.length);
  const shared = first?.ask.find(({ run }) => run?.includes('mismatch'));
  for (const word of ['Session key mismatch', 'Not in client list', 'Refused connection', 'Encryption mismatch']) {
    expect(shared?.look).toContain(word);
  }
});
