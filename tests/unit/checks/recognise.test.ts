/** Outputs of checks in what is given: named by their command line, found in gather blocks, claimed of nothing else. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { recogniseOutputs } from '../../../src/engine/checks/recognise.ts';
import { valuesOf } from '../../../src/engine/setup.ts';

const knowledge = loadKnowledge();
const setup = valuesOf(knowledge);
const installed = Object.fromEntries(
  knowledge.variables.flatMap(({ id }) => {
    const { value, text } = setup.of(id) ?? {};
    const known = value ?? text;
    return known === undefined ? [] : [[id, known] as const];
  }),
);
const values = {
  ...installed,
  server: 'yule.example.net',
  server_address: '198.51.100.10',
  client: 'client1.example.net',
  client_address: '198.51.100.20',
};
const read = (text: string) =>
  recogniseOutputs(
    [{ name: 'pasted', text }],
    knowledge,
    { client: values, server: values },
    {
      bare: () => 'any',
    },
  );
const said = (text: string) => read(text).outcomes.map(({ check, outcome }) => `${check}=${outcome.id}`);

/** Outputs of tests/checks, each below a line that begins with ===. */
const samplesIn = (file: string) =>
  readFileSync(new URL(`../../checks/${file}`, import.meta.url), 'utf8')
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const end = block.indexOf('\n');
      return { head: block.slice(0, end), text: block.slice(end + 1) };
    });

describe('behind a prompt', () => {
  const runs = samplesIn('outputs.txt').map(({ head, text }) => {
    const [id = '', outcome = '', state = ''] = head.split(' ');
    return { id, outcome, state, text };
  });

  test.each(runs)('$id in $state: $outcome and nothing else', ({ id, outcome, text }) => {
    expect(said(text)).toEqual([`${id}=${outcome}`]);
  });

  const hard = (text: string, width: number) => text.replaceAll(new RegExp(`.{${width}}(?!\n)`, 'g'), '$&\n');
  const soft = (text: string, width: number) =>
    text.replaceAll(new RegExp(`(?=.{${width + 1}})(.{1,${width}}) `, 'g'), '$1\n');
  test.each([
    ['a terminal', 60, hard, 8],
    ['a terminal', 72, hard, 10],
    ['a terminal', 80, hard, 10],
    ['a terminal', 100, hard, 20],
    ['a terminal', 132, hard, 50],
    ['a mailer', 80, soft, 10],
    ['a mailer', 100, soft, 20],
  ] as const)('broken by %s at %i columns it is the same or none', (_, width, broken, most) => {
    const all = runs.map(({ id, outcome, text }) => ({ is: `${id}=${outcome}`, says: said(broken(text, width)) }));
    expect(all.filter(({ is, says }) => says.some((one) => one !== is))).toEqual([]);
    expect(all.filter(({ says }) => says.length === 0).length).toBeLessThan(all.length / most);
  });

  test('a command that printed nothing, where a sign alone is the prompt', () => {
    expect(said('# pgrep -a yule\n#\n')).toEqual(['server.pgrep=none']);
    expect(said('# pgrep -a yule\n# date\nSat Nov 28 10:00:00 UTC 2026\n')).toEqual(['server.pgrep=none']);
    // A list of commands that nobody has run says nothing.
    expect(said('# pgrep -a yule\n# ss -ltnp\n# date\n')).toEqual([]);
  });

  test.each([
    ['client1:~# ', ''],
    ['client1:/etc# ', ''],
    ['Annas-Mac:~ anna$ ', 'ssh root@client1 '],
    ['root@client1> ', ''],
    ['client1 [11:20] # ', ''],
    ['client1 [42] % ', ''],
    ['PS C:\\Windows\\System32> ', 'ssh root@client1 '],
    ['C:\\Windows\\System32>', 'ssh root@client1 '],
  ])('behind the prompt %s', (prompt, away) => {
    const command = 'getent hosts yule.example.net';
    const typed = away ? `${away}"${command}"` : command;
    expect(said(`${prompt}${typed}\n${prompt}\n`)).toEqual(['client.server-lookup=no-answer']);
    expect(said(`${prompt}${typed}\n198.51.100.10   yule.example.net\n${prompt}\n`)).toEqual([
      'client.server-lookup=right',
    ]);
  });

  test('processes that have ended, and that nobody has waited for, are no second instance', () => {
    const daemon = '42 samhain -t check -D\n44 samhain -t check -D\n';
    expect(said(`client1:~# pgrep -a samhain\n37 [samhain] <defunct>\n41 [samhain] <defunct>\n${daemon}`)).toEqual([
      'client.process=two-lines',
    ]);
  });

  test('several in one paste, each with its place', () => {
    const [one, two] = ['server.listening', 'client.reach'].map((id) => runs.find((run) => run.id === id));
    const { outcomes } = read(`root@yule:~# uptime\n up 3 days\n${one?.text}${two?.text}`);
    expect(outcomes.map(({ check }) => check)).toEqual(['server.listening', 'client.reach']);
    expect(outcomes[0]?.line).toBe(3);
  });

  test("a check's own command with an output that nobody knows says whose command it is", () => {
    for (const prompt of ['root@yule:~# ', '# ']) {
      const { outcomes, unknown } = read(`${prompt}ss -ltnp\nzzz qqq\n`);
      expect(outcomes).toEqual([]);
      expect(
        unknown.map(({ check }) => check),
        prompt,
      ).toEqual(['server.listening']);
    }
  });

  test('a command that is none says what it resembles', () => {
    const { outcomes, unknown } = read('root@yule:~# ss -ltnp -4 | grep yule | head -n 3 | sort\nnothing of note\n');
    expect(outcomes).toEqual([]);
    expect(unknown[0]?.like[0]).toMatch(/^server\.listening/);
  });
});

describe('as other systems print it', () => {
  const cases = samplesIn('elsewhere.txt').map(({ head, text }) => {
    const [name = '', outcome = ''] = head.split(': ');
    return { name, outcome, text };
  });
  /** Nothing is known but what an ordinary installation has. */
  const readAlone = (text: string) =>
    recogniseOutputs(
      [{ name: 'pasted', text }],
      knowledge,
      { client: installed, server: installed },
      { bare: () => 'any' },
    );

  test.each(cases)('$name: $outcome', ({ outcome, text }) => {
    const { outcomes, unknown } = readAlone(text);
    const [, like] = /^unknown (.+)$/.exec(outcome) ?? [];
    const claimed = outcomes.map(({ check, outcome: { id } }) => `${check}=${id}`).join(';');
    expect(claimed).toBe(like || outcome === 'nothing' ? '' : outcome);
    const resembled = unknown.flatMap((one) => [...(one.check ? [one.check] : []), ...one.like]);
    if (like) expect(resembled).toContain(like);
    else expect(unknown).toEqual([]);
  });

  test('a port that a command names and nobody knows is asked of something else', () => {
    expect(
      said(
        'root@c:~# nc -vz -w 5 mail.example.net 25\nnc: connect to mail.example.net port 25 (tcp) failed: Connection refused',
      ),
    ).toEqual([]);
  });

  test("who cannot see other users' sockets has seen nothing; asked by way of sudo, it is root who looks", () => {
    expect(said('anna@yule:~$ ss -ltnp | grep yule\nanna@yule:~$ ')).toEqual([]);
    expect(said('anna@yule:~$ sudo ss -ltnp | grep yule\n[sudo] password for anna: \nanna@yule:~$ ')).toEqual([
      'server.listening=nothing',
    ]);
    expect(said('anna@yule:~$ sudo ss -ltnp | grep yule\nanna is not in the sudoers file.\nanna@yule:~$ ')).toEqual([]);
  });
});

describe('a gather block', () => {
  const block = `anna@c:~$ sh gather
== samhain-gather 1 client host ==
user anna
== samhain-gather 1 client reach ==
nc: connect to yule.example.net (198.51.100.10) port 49777 (tcp) failed: Connection refused
nc: rc=1
== samhain-gather 1 client modes ==
no:  write /var/log
== samhain-gather 1 client end ==`;
  test('its sections are outcomes of the checks; who may not look has seen nothing', () => {
    expect(said(block)).toEqual(['client.reach=refused', 'client.log-writable=not-permitted']);
    expect(said(block.replace('user anna', 'user root'))).toContain('client.log-writable=no');
  });
});

describe('bare', () => {
  test('one check alone can have printed it', () => {
    expect(said('Connection to yule.example.net (198.51.100.10) 49777 port [tcp/*] succeeded!')).toEqual([
      'client.reach=open',
    ]);
  });
  test.each(['', 'ok', '0', 'Permission denied', 'upload of the backup succeeded!', 'No such file or directory'])(
    "%j is nobody's",
    (text) => expect(said(text)).toEqual([]),
  );
});
