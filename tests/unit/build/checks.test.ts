/** Checks as content: each outcome is known by its own example, real outputs are known, and mistakes are refused. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { type Check, checkSchema, type Outcome } from '../../../src/content/schemas.ts';
import { decides, matchOutcome, outputOf } from '../../../src/engine/checks/match.ts';
import { valuesOf } from '../../../src/engine/setup.ts';
import { slowOnes } from '../support/linear.ts';

const knowledge = loadKnowledge();
const { checks, combinations, problems } = knowledge;
const setup = valuesOf(knowledge);
const at = (name: string) => new URL(`../../checks/${name}`, import.meta.url);

/** What the captured hosts are called, and what an ordinary installation has. */
const values = {
  ...Object.fromEntries(
    knowledge.variables.map(({ id }) => [id, setup.of(id, 'server')?.value ?? setup.of(id, 'server')?.text ?? '']),
  ),
  server: 'yule.example.net',
  server_address: '198.51.100.10',
  client: 'client1.example.net',
  client_address: '198.51.100.20',
};
const byId = new Map(
  checks.flatMap((one) => [one, ...one.variants].flatMap(({ id }) => (id ? [[id, one] as const] : []))),
);
const get = (id: string): Check => {
  const found = byId.get(id);
  if (!found) throw new Error(`There is no check ${id}.`);
  return found;
};
const command = ({ run, on }: Check) =>
  run
    .trim()
    .replace(
      /\{([a-z][a-z_]*)\}/g,
      (place, name: string) => setup.of(name, on)?.text ?? (values as Record<string, string>)[name] ?? place,
    );
const said = (id: string, text: string, known = {}) => matchOutcome(get(id), text, { values, ...known })?.id;

/** A check of every field: the documentation of the schema's declarations. */
const example = {
  id: 'server.example',
  on: 'server',
  order: 20,
  ask: 'How many connections wait?',
  note: 'Look twice.',
  run: 'ss -ltn | grep {port}',
  variants: [
    { id: 'server.example-all', run: 'ss -ltn' },
    { system: 'freebsd', run: 'netstat -L -an' },
  ],
  changes: false,
  leaves: 'Nothing.',
  as: 'anyone',
  secrets: 'None.',
  outcomes: [
    {
      id: 'denied',
      when: { has: ['permission'], hasOne: ['denied', 'refused'], lacks: ['granted'] },
      prints: 'denied',
      means: 'Nothing is known.',
      shows: 'Permission denied',
    },
    { id: 'gone', when: { status: 3 }, prints: 'rc=3', means: 'It is gone.', shows: 'rc=3' },
    { id: 'closed', when: { empty: true, as: 'user' }, prints: 'nothing, asked by a user', means: 'Nothing is known.' },
    { id: 'nothing', when: 'empty', prints: 'nothing', means: 'Nobody listens.', points: 'connection-refused' },
    {
      id: 'waiting',
      when: {
        lines: [
          {
            matches: '^LISTEN +(?<queue>\\d+) .*:{port}',
            where: { queue: { min: 1, max: 99 } },
            times: { min: 1, max: 2 },
          },
        ],
      },
      prints: 'a number above 0',
      means: 'They wait.',
      proves: 'server-not-answering',
      nothingIf: { has: ['maintenance'] },
      case: 'stopped',
      next: 'server.process',
      shows: 'LISTEN 4 64 0.0.0.0:49777',
      captured: false,
    },
    {
      id: 'twice',
      when: {
        lines: [
          {
            matches: '^name (?<name>\\S+) (?<of>\\S+)$',
            where: { name: { repeated: true }, of: { notAmong: 'name' } },
          },
        ],
      },
      prints: 'a name twice',
      means: 'Twice.',
      shows: 'name web1 x\nname web1 y',
    },
    {
      id: 'short',
      when: { every: { matches: '^name (?<name>\\S+) 1$', where: { name: { short: '{client}', not: ['web1'] } } } },
      prints: 'the short name',
      means: 'Short.',
      shows: 'name client1 1',
    },
    {
      id: 'ends',
      when: {
        any: [{ last: { matches: '^(?<word>\\w+)$', where: { word: { is: ['end', 'END'] } } } }, { has: ['the end'] }],
      },
      prints: 'end',
      means: 'It ended.',
      excludes: ['stale-lock@server', 'server-crashed'],
      shows: 'so\nend',
    },
    { id: 'other', when: 'otherwise', prints: 'anything else', means: 'Unknown.', shows: 'LISTEN 0 64 0.0.0.0:49777' },
  ],
};

describe('the shape of a check', () => {
  const parsed = checkSchema.parse(example);
  const match = (text: string, known = {}) => matchOutcome(parsed, text, { values, ...known });

  test('the example has each kind of condition, and each outcome is known by what it shows', () => {
    for (const { id, shows } of parsed.outcomes) if (shows) expect(match(shows)?.id, id).toBe(id);
    expect(match('', { ran: true })?.id).toBe('nothing');
    expect(match('anna@host:~$ ss -ltn')?.id).toBe('closed');
  });

  test('without a value nothing that asks for it holds, and an outcome can say nothing', () => {
    expect(matchOutcome(parsed, 'LISTEN 4 64 0.0.0.0:49777')?.id).toBe('other');
    expect(match('LISTEN 4 64 0.0.0.0:49777')?.proves).toEqual(['server-not-answering']);
    expect(match('LISTEN 4 64 0.0.0.0:49777 maintenance')?.proves).toEqual([]);
  });

  test('no output is an answer only if the command is known to have run', () => {
    expect(match('')).toBeUndefined();
    expect(match('root@host:~# ')).toBeUndefined();
    expect(match('root@host:~# ss -ltn | grep 49777\nroot@host:~# ')?.id).toBe('nothing');
    expect(match('root@host:~# who\nroot@host:~# ')).toBeUndefined();
  });
});

describe('outcomes', () => {
  const all = checks.flatMap((check) => check.outcomes.map((outcome) => ({ check, outcome })));
  const rootOf = ({ when }: Outcome) => (when.some(({ as }) => as === 'user') ? 'anna@host:~$' : 'root@host:~#');

  test.each(all)('$check.id = $outcome.id is known by what it shows', ({ check, outcome }) => {
    const { shows = '' } = outcome;
    const prompt = rootOf(outcome);
    const without = new Set(outcome.when.flatMap(({ unknown }) => unknown ?? []));
    const its = Object.fromEntries(
      Object.entries(values).filter(([name]) => !(outcome.when.every((one) => one.unknown) && without.has(name))),
    );
    const found = (text: string, ran = false) => matchOutcome(check, text, { values: its, ran })?.id;
    expect(found(`${prompt} ${command(check)}\n${shows}\n${prompt} `), 'in a terminal').toBe(outcome.id);
    // A log without an end of line has the prompt glued to it.
    if (shows) expect(found(`[x@host ~]# ${command(check)}\n${shows}[x@host ~]# `), 'glued').toBe(outcome.id);
    expect(found(`${prompt} ${command(check)}\r\n${shows.replaceAll('\n', '\r\n')}`), 'CR LF').toBe(outcome.id);
    if (!outcome.when.some(({ as }) => as)) expect(found(shows, true), 'without prompt').toBe(outcome.id);
  });

  test('who was not permitted to look has seen nothing: it proves and excludes nothing', () => {
    for (const { outcome } of all.filter(({ outcome: { id } }) => /^not-(?:permitted|root|available)$/.test(id)))
      expect([outcome.proves, outcome.points, outcome.excludes]).toEqual([[], [], []]);
  });

  test('an open port, a status of 0 and two processes of one client are no fault and clear nobody of one', () => {
    const { outcomes } = get('client.reach');
    const open = outcomes.find(({ id }) => id === 'open');
    for (const deaf of ['server-not-answering', 'server-suspended', 'not-yule-on-port', 'refused-by-libwrap'])
      expect(open?.excludes).not.toContain(deaf);
    const running = get('server.status').outcomes.find(({ id }) => id === 'running');
    expect([running?.proves, running?.points, running?.excludes]).toEqual([[], [], []]);
    expect(said('client.process', '1230 /usr/local/sbin/samhain\n1231 /usr/local/sbin/samhain')).toBe('two-lines');
  });

  test('a case that an outcome names is one of a problem that it proves', () => {
    for (const { outcome } of all.filter((one) => one.outcome.case)) expect(outcome.proves).not.toEqual([]);
  });
});

describe('real outputs', () => {
  const blocks = readFileSync(at('outputs.txt'), 'utf8').split(/^=== /m).slice(1);
  const runs = blocks.map((block) => {
    const end = block.indexOf('\n');
    const [id = '', outcome = '', state = ''] = block.slice(0, end).split(' ');
    return { id, outcome, state, text: block.slice(end + 1) };
  });

  test.each(runs)('$id in $state: $outcome', ({ id, outcome, text }) => {
    expect(said(id, text)).toBe(outcome);
  });

  test('every outcome that was seen is declared', () => {
    const seen = readFileSync(at('outcomes.tsv'), 'utf8').trim().split('\n');
    const known = [...byId].flatMap(([id, { outcomes }]) => outcomes.map((one) => `${id}\t${one.id}`));
    expect(seen.filter((row) => !known.includes(row))).toEqual([]);
  });

  test('what the outputs of a healthy pair exclude or prove accuses nobody', () => {
    const healthy = runs.filter(({ state }) => state.startsWith('k01-') || state.startsWith('k60-'));
    expect(healthy.length).toBeGreaterThan(30);
    for (const { id, text } of healthy) expect(matchOutcome(get(id), text, { values })?.proves, id).toEqual([]);
  });

  test('several commands in one paste: a check takes what its own printed', () => {
    const paste = runs.find(({ id, outcome }) => id === 'server.process' && outcome === 'stopped')?.text ?? '';
    const other = runs.find(({ id, outcome }) => id === 'server.listening' && outcome === 'nothing')?.text ?? '';
    expect(said('server.process', `root@yule:~# date\nFri\n${paste}\n${other}`)).toBe('stopped');
    expect(outputOf(get('server.listening'), `${other}\n${paste}`).lines).toEqual([]);
  });
});

describe('FreeBSD', () => {
  const sockstat = (address: string, program = 'yule') =>
    `USER     COMMAND    PID   FD  PROTO  LOCAL ADDRESS         FOREIGN ADDRESS\nyule     ${program}       925   3   tcp4   ${address}:49777               *:*`;
  test.each([
    ['*', 'yule', 'yule-all'],
    ['127.0.0.1', 'yule', 'yule-loopback'],
    ['*', 'sshd', 'other-program'],
  ])('sockstat with %s of %s', (address, program, outcome) => {
    expect(said('server.listening', sockstat(address, program))).toBe(outcome);
  });
  test('sockstat with its heading alone', () => {
    expect(said('server.listening', sockstat('*').split('\n')[0] ?? '')).toBe('nothing');
  });
});

describe('what checks say', () => {
  test('combinations name outcomes, and prove what one alone does not', () => {
    expect(combinations.length).toBe(8);
    for (const { all, proves, points } of combinations) {
      expect(proves.length + points.length).toBeGreaterThan(0);
      expect(all.length).toBeGreaterThan(1);
    }
  });

  test('most problems on the way have a check that decides', () => {
    const spoken = new Set(checks.flatMap(({ outcomes }) => outcomes.flatMap(({ proves }) => proves)));
    expect(problems.filter(({ id }) => spoken.has(id)).length).toBeGreaterThanOrEqual(20);
  });

  test('no expression of the content takes more than linear time', async () => {
    const tests = checks.flatMap(({ outcomes }) =>
      outcomes.flatMap(({ when }) =>
        when.flatMap(({ lines = [], last, every }) => [...lines, last, every].flatMap((one) => one?.matches ?? [])),
      ),
    );
    const words = checks.flatMap(({ reads, alone }) => [
      ...reads.flatMap((one) => ('rest' in one ? [one.rest, one.needs ?? ''] : [])),
      ...Object.values(alone),
    ]);
    const read = knowledge.gather.flatMap(({ given = [], when = [] }) =>
      [...given, ...when.flatMap((one) => one.when)].flatMap(({ lines = [], last, every }) =>
        [...lines, last, every].flatMap((line) => line?.matches ?? []),
      ),
    );
    const values = knowledge.checkValues.flatMap(({ found }) => found.map(({ matches }) => matches));
    const taken = problems.flatMap((one) => Object.values(one.values).flatMap(({ outputs }) => outputs));
    expect([read.length, values.length, taken.length].map((count) => count > 0)).toEqual([true, true, true]);
    const all = [...new Set([...tests, ...words, ...read, ...values, ...taken.map(({ matches }) => matches)])].map(
      (source) => ({
        source: source.replace(/\{[a-z][a-z_]*\}/g, 'x'),
        flags: 'i',
        name: source,
      }),
    );
    expect(await slowOnes(all, 'checks')).toEqual([]);
  }, 300_000);
});

test('of a long output those lines decide that a condition asks for by themselves', () => {
  const short = { lines: [{ matches: 'verifier=(?<length>\\d+)', where: { length: { max: 253 } } }] };
  expect(decides([short], 'Client=web1 verifier=216', {})).toBe(true);
  expect(decides([short], 'Client=web1 verifier=256', {})).toBe(false);
  expect(decides([{ has: ['No such user'] }], 'runuser: no such user: yule', {})).toBe(true);
  expect(decides([{ last: { matches: '^rc=0$' } }], 'rc=0', {})).toBe(true);
  // What must not be there is no line, and a value that nobody knows decides nothing.
  expect(decides([{ lines: [{ matches: 'LISTEN', times: 0 }] }], 'LISTEN 0 64', {})).toBe(false);
  expect(decides([{ has: ['{client}'], lines: [{ matches: '^{client}$' }] }], 'web1', {})).toBe(false);
  expect(decides([{ lines: [{ matches: '^{client}$' }] }], 'web1', { client: 'web1' })).toBe(true);
});
