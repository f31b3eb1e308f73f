/** Lines cut at the left are read as what they are; one misspelt word makes a possibility that says what it was taken for. */
import { expect, test } from 'vitest';
import { noSetup } from '../../../src/engine/setup.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judge, knowledge, verdicts } from './judge.ts';

test.each([
  '…attempt: Not in client list>, client=<web1.example.net>',
  '...ion attempt: Not in client list>, client=<web1.example.net>',
  't in client list>, client=<web1.example.net>',
])('cut at the left: %s', (line) => {
  expect(verdicts(judge(line))[0]).toMatch(/^not-in-client-list \w+ @web1\.example\.net$/);
});

test.each([
  ['certain', 'Invalid connection attempt: Not in client list, client=<web1.example.net>'],
  ['certain', 'CRIT Invalid connection attempt: Not in client list, client=<web1.example.net>.'],
  ['possible', 'Not in client list, client=<web1.example.net>'],
  ['possible', 'From the ticket: Invalid connection attempt: Not in client list, client=<web1.example.net>'],
  ['possible', 'GET /search?q: Invalid connection attempt: Not in client list, client=<web1.example.net>'],
])(
  'copied without msg=<, a whole message is %s; of a part, or behind words, another program may be: %s',
  (how, line) => {
    expect(verdicts(judge(line))).toEqual([`not-in-client-list ${how} @web1.example.net`]);
  },
);

test('a severity that was copied with the words hides neither a message nor what a line resembles', () => {
  expect(verdicts(judge('CRIT: Invalid connection attempt: Session key mismatch'))).toEqual([
    'wrong-password possible',
  ]);
  const { diagnoses, read } = judge('CRIT: Invalid connection attempt: Session key mismatch (web1)');
  expect(diagnoses).toEqual([]);
  expect(read.unrecognised[0]?.like).toEqual([{ message: 'MSG_TCP_BADCONN', text: 'session-key-mismatch' }]);
});

test('a client behind words is no record of a relay, whose own message follows', () => {
  expect(judge('Cron failed, client=<web1.example.net>').read).toMatchObject({ findings: [], records: 0 });
  const relayed = `[10:00] client=<web1.example.net>, msg=<${at('10:00:00', 'INFO', 'msg=<Checking>, path=</etc>')}>`;
  expect(judge(relayed).read.findings[0]?.record).toMatchObject({
    sink: 'relayed',
    relay: { client: 'web1.example.net' },
  });
});

const retyped = 'msg=<Invalid connection attempt: Session key missmatch>, client=<web1.example.net>';

test.each([at('10:00:00', 'CRIT', retyped), retyped, 'Cannot remove stlae lock file, PID may be a running process'])(
  'one misspelt word: %s',
  (line) => {
    const result = judge(line);
    expect(result.diagnoses.length).toBeGreaterThan(0);
    expect(new Set(result.diagnoses.map(({ confidence }) => confidence))).toEqual(new Set(['possible']));
    const { read } = result;
    const report = textOf(reportOf({ read, result, ...knowledge, setup: noSetup }));
    expect(report).toMatch(/Read as ".*(?:Session key mismatch|Cannot remove stale lock file).*": one word/);
  },
);

const refused = (name: string) =>
  at('10:00:00', 'CRIT', `msg=<Invalid connection attempt: Not in client list>, client=<${name}>`);
const before = `[SOF]\n${at('09:59:00', 'MARK', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<3>')}`;

test.each([
  ['a text', JSON.stringify({ stream: 'stderr', log: `${before}\n${refused('web1.example.net')}` })],
  [
    'a text that is followed by more',
    JSON.stringify({ message: `${refused('web1.example.net').slice(0, -1)}\n[SOF]`, host: 'x' }),
  ],
  ['texts in a list', JSON.stringify([{ message: before }, { message: refused('web1.example.net') }])],
  [
    'a text within an escape',
    `${JSON.stringify({ log: `${before}\n${refused('web1.example.net')}` }).slice(0, -2)}\\u00`,
  ],
  [
    'pretty',
    JSON.stringify({ hits: [{ _source: { message: `${before}\n${refused('web1.example.net')}` } }] }, null, 1)
      .split('\n')
      .slice(0, 5)
      .join('\n'),
  ],
])('an export that was cut within %s is read up to there, and nothing of its own becomes a name', (_, json) => {
  const cut = json.replace(/>?(?:\\n\[SOF\]","host":"x"\}|["}\]\s,]{1,9})$/, (end) =>
    end.includes('SOF') ? end.slice(0, -2) : '',
  );
  expect(verdicts(judge(cut)), cut).toEqual(['not-in-client-list certain @web1.example.net']);
});

test('a name that was cut is the one that begins so, if one does', () => {
  const cut = refused('web1.ex').slice(0, -1);
  expect(verdicts(judge(`${refused('web1.example.net')}\n${cut}`))).toEqual([
    'not-in-client-list certain @web1.example.net',
  ]);
  const { read } = judge(`${refused('web1.example.net')}\n${refused('web1.example.org')}\n${cut}`);
  expect(read.findings.map(({ host }) => host)).toEqual(['web1.example.net', 'web1.example.org', 'web1.ex']);
});

test('two misspelt words, or a short one, make nothing', () => {
  for (const line of [
    'Sesion ky negotiation faild',
    at('10:00:00', 'CRIT', 'msg=<Invald conection attempt: Session key mismatch>'),
    'yes',
  ])
    expect(judge(line).diagnoses, line).toEqual([]);
});
