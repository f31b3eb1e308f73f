/** The search as a person uses it: recorded queries, misspellings, words that nobody knows; each by what it finds first. */
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { isSentence } from '../../src/browser/search/sentence.ts';
import { compileNames } from '../../src/build/knowledge/names.ts';
import { idOf, knowledge, missed, names, readQueries } from './measure.ts';

const firstThree = (query: string) =>
  names
    .find(query)
    .found.slice(0, 3)
    .map(({ row }) => idOf(row.path));

describe('recorded queries', () => {
  const ids = new Set(
    [
      knowledge.problems,
      knowledge.messages,
      knowledge.guides,
      knowledge.options,
      knowledge.questions,
      knowledge.checks,
      knowledge.ends,
    ].flatMap((list: readonly { id: string }[]) => list.map(({ id }) => id)),
  );

  test.each([
    ['seen.tsv', 0.95],
    ['extra.tsv', 0.9],
    ['unseen.tsv', 0.9],
    ['last.tsv', 0.9],
    ['further.tsv', 0.9],
    ['front-door.tsv', 0.9],
    ['set-aside.tsv', 0.9],
    ['fresh.tsv', 0.9],
    ['final.tsv', 0.9],
    ['words.tsv', 0.95],
    ['words-aside.tsv', 0.95],
    ['second.tsv', 0.95],
    ['third.tsv', 0.9],
    ['fourth.tsv', 0.9],
    ['plain.tsv', 0.95],
    ['asked.tsv', 0.9],
    ['personas.tsv', 0.95],
    ['lists-and-terms.tsv', 0.95],
    ['ten-open.tsv', 0.95],
    ['ten-aside.tsv', 0.9],
    ['ten-second.tsv', 0.9],
    ['ten-third.tsv', 0.9],
    ['ten-last.tsv', 0.9],
    ['issues.tsv', 0.9],
    ['eleventh.tsv', 0.9],
  ])('%s: a right page is among the first three', (file, share) => {
    const queries = readQueries(file);
    expect(queries.flatMap(({ right }) => right.filter((id) => !ids.has(id)))).toEqual([]);
    const wrong = missed(queries).map(({ query, first }) => `${query.query} | ${first.join(', ')}`);
    expect(1 - wrong.length / queries.length, wrong.join('\n')).toBeGreaterThanOrEqual(share);
  });

  test('the title and each other name of a problem find it', () => {
    const asked = knowledge.problems.flatMap(({ id, title, also }) => [title, ...also].map((query) => ({ id, query })));
    const found = asked.filter(({ id, query }) => firstThree(query).includes(id));
    expect(found.length / asked.length).toBeGreaterThan(0.95);
    expect(knowledge.problems.filter(({ id, title }) => firstThree(title)[0] !== id)).toEqual([]);
  });
});

describe('a query', () => {
  test('is not emptied by a word that stands nowhere, and says which it was', () => {
    for (const word of ['xyzzyqq', 'frobnicator', 'zzqj1234']) {
      const { found, unknown } = names.find(`connection refused ${word}`);
      expect(idOf(found[0]?.row.path ?? '')).toBe('connection-refused');
      expect(unknown).toEqual([word]);
    }
  });

  test('of nothing but words that nobody knows finds nothing, rather than something', () => {
    const foreign = [
      'best pizza near my house',
      'weather in berlin',
      'how to bake a cake',
      'football results',
      'python import error',
    ];
    for (const query of ['', '   ', '???', 'qqqzzzxxv', 'what is it', ...foreign])
      expect(names.find(query).found, query).toEqual([]);
    // A host of somebody's: what its parts resemble by a letter is no answer.
    expect(names.find('Xq7 zbqkwv.corp.example').found).toEqual([]);
  });

  test('of a host, an address or another product finds nothing, and beside other words says that nothing names it', () => {
    for (const query of ['web01.prod.example.com', 'gateway17.corp.local', '10.20.30.40', 'wazuh manager', 'aide'])
      expect(names.find(query), query).toMatchObject({ found: [], unknown: [query.split(' ')[0]] });
    const { found, unknown } = names.find('connection refused by Web01.prod.example.com');
    expect(found.map(({ row }) => row.path)).toEqual(names.find('connection refused').found.map(({ row }) => row.path));
    expect(unknown).toEqual(['Web01.prod.example.com']);
    // What the server serves to a host, an address that stands on a page, and a number of a version are no such names.
    expect(firstThree('rc.web01.prod.example.com')).not.toEqual([]);
    expect(firstThree('127.0.0.1')).not.toEqual([]);
    expect(firstThree('4.4.3')).toContain('upgrades');
  });

  test('that something does not start finds what keeps it from starting, and how to start it where that is asked', () => {
    const causes = new Set(['stale-lock', 'pid-file', 'untrusted-path', 'config-not-readable', 'port-in-use']);
    for (const query of [
      'yule wont start',
      "yule won't start",
      'samhain does not start',
      'the server is not starting',
    ]) {
      expect(causes, query).toContain(firstThree(query)[0]);
      expect(causes, query).toContain(firstThree(query)[1]);
    }
    expect(firstThree('how do I start yule')[0]).toBe('start-stop-reload');
  });

  test('is read as one word or as two, with a letter wrong or without its ending', () => {
    for (const query of ['stale lock file', 'stale lockfile', 'stale lokcfile', 'stale locks'])
      expect(firstThree(query), query).toContain('stale-lock');
    for (const query of ['SetClientTimeLimit', 'setclienttimelimit', 'SetClientTimeLimt', 'client time limit'])
      expect(firstThree(query), query).toContain('setclienttimelimit');
    for (const { id, name } of knowledge.options.filter(({ name }) => /^\w+$/.test(name)))
      expect(firstThree(name.toLowerCase()), name).toContain(id);
  });

  test('that wonders whether something is normal asks for that, and not for normal users', () => {
    expect(firstThree('is it normal that the client knows no server name')).toContain('no-server-name');
    expect(firstThree('Is it a problem when yule runs as nobody?')).toContain('rights-of-the-server');
    expect(firstThree('is it expected that the session key changes')[0]).toBe('new-session-key');
  });

  test('finds a name in whatever order its words are', () => {
    for (const query of ['client unknown', 'unknown client']) expect(firstThree(query)[0]).toBe('not-in-client-list');
    expect(firstThree('timeout connecting')).toContain('connect-timeout');
    // A name that is one plain word is in no title's way.
    expect(firstThree('client')[0]).toBe('client');
  });

  test('may name any version', () => {
    for (const query of ['4.4.3', '4.9.7', 'samhain 3.0']) expect(firstThree(query), query).toContain('upgrades');
    expect(firstThree('127.0.1.1')).not.toContain('upgrades');
  });

  test('that denies something is asked for by what that means', () => {
    for (const query of [
      'one host never appears',
      "a host doesn't report",
      'nothing arrives from one host',
      'host not seen since',
    ])
      expect(firstThree(query), query).toContain('client-silent');
    expect(firstThree('yule does not accept the client')).toContain('refused-by-libwrap');
  });

  test('is about what does not work, and not about what does', () => {
    expect(firstThree('another service works, but samhain gets connection refused')[0]).toBe('connection-refused');
    expect(firstThree('mail is fine but the disk is full')[0]).toBe('disk-full');
  });

  test('is read by its words: what says nothing in any form, what two words are together, what is called so to the letter', () => {
    expect(names.find('everybody thinks that the connection was refused').terms).toEqual(
      names.find('connection refused').terms,
    );
    expect(firstThree('a lock that was left over')[0]).toBe('stale-lock');
    expect(firstThree('standalone build')[0]).toBe('stand-alone-build');
    expect(firstThree('name of the log server cannot be resolved')[0]).toBe('server-name-unresolvable');
    expect(firstThree('samhain under kubernetes')[0]).toBe('systemd-and-containers');
    expect(firstThree('connection timed out')).toContain('connect-timeout');
    expect(names.find('how can I see the clients that have connected').exact).toBeUndefined();
    expect(names.find('hostname').exact).toBeUndefined();
    for (const query of ['--set-log-severity=info', '--foreground', '-p info'])
      expect(names.find(query).exact?.path, query).toMatch(/^\/options\/#/);
  });

  test('for what an option does finds the option', () => {
    for (const [query, id] of [
      ['send mail to two addresses', 'setmailaddress'],
      ['which configure switch sets the user', 'enable-identity'],
      ['outgoing address of the client', 'setbindaddress'],
      ['interval between two time stamps', 'setlooptime'],
    ] as const)
      expect(firstThree(query), query).toContain(id);
  });

  test('that quotes a line, names an option or uses a name of small words finds that', () => {
    expect(names.find('why is the log full of "New connection" lines').exact?.path).toBe('/messages/msg-tcp-cnew/');
    expect(firstThree('which option sets the time limit of a client')).toContain('setclienttimelimit');
    expect(firstThree('how many clients can one yule server handle')).toContain('many-clients');
  });

  test('with the number of an exit status, however it is written, is about that', () => {
    for (const query of ['rc=4', 'exit code 4', 'exited with 4', 'returned 4', 'exit status is 4'])
      expect(firstThree(query)[0], query).toBe('not-root');
    for (const query of ['rc=3', '$? = 7', 'return code 5'])
      expect(firstThree(query), query).toContain('start-stop-reload');
    expect(firstThree('pass 9')[0]).toBe('build-mismatch');
    expect(firstThree('signal 9')[0]).toBe('server-crashed');
    // The number of something else is no exit status.
    expect(names.find('no report since 3 days').terms).toEqual(names.find('no report since days').terms);
  });

  test('that is a number leads to the option of which it is the default, and to nothing if it is none', () => {
    expect(firstThree('900')[0]).toBe('setconnectiontimeout');
    expect(firstThree('86400')).toContain('setclienttimelimit');
    expect(names.find('1801')).toMatchObject({ found: [], unknown: [] });
  });

  test('that asks where something is finds the place before the trouble with it', () => {
    expect(firstThree('where does samhain keep its database')[0]).toBe('setdatabasepath');
    expect(firstThree('samhain has no database')[0]).toBe('bad-database');
  });

  test('with a misspelt denial denies, and with two letters the wrong way round means the word with the same letters', () => {
    expect(firstThree('yule dosnt accept the client')[0]).toBe('refused-by-libwrap');
    expect(names.find('strat').terms).toEqual(names.find('start').terms);
  });

  test('may have German words in it', () => {
    expect(firstThree('Ich habe das Passwort neu gesetzt but it says still mismatch')[0]).toBe('wrong-password');
  });

  test('of nothing but small words finds what is called so', () => {
    expect(firstThree('what is samhain')).toContain('build-client-server');
    expect(firstThree('what is that')).toEqual([]);
  });

  test('that says at the end what works, or wonders there, is about the rest', () => {
    expect(firstThree('cannot connect from outside, inside the LAN all is ok')[0]).toBe('connect-timeout');
    expect(firstThree('new session key every two hours, is that dangerous?')[0]).toBe('new-session-key');
    const wondered = names.find('server writes SUSPEND for a client but nothing is broken');
    expect(wondered.found.slice(0, 3).map(({ row }) => idOf(row.path))).toContain('suspended-on-purpose');
    expect(wondered.terms).not.toContain('break');
    // What works counts for little: the page about it is far behind.
    const [mail, next] = names.find('no mails arrive, connection to the log server is fine').found;
    expect(idOf(mail?.row.path ?? '')).toBe('mail-relay');
    expect((next?.score ?? 0) / (mail?.score ?? 1)).toBeLessThan(0.2);
  });

  test('with a letter too many is not taken for two words', () => {
    expect(firstThree('signature missmatch')).toContain('second-instance');
    expect(firstThree('hosts.alow')).toContain('tcp-wrapper');
  });

  test('that is the words of a message shows the message, and the problem that it proves', () => {
    const { exact } = names.find('Session key mismatch');
    expect(exact?.path).toBe('/messages/msg-tcp-badconn/session-key-mismatch/');
    expect(exact?.proves).toBe('/problems/wrong-password/');
    expect(names.find('SetLoopTime = 60').exact?.path).toBe('/options/#setlooptime');
    expect(names.find('what does C-------TS mean').exact?.path).toBe('/messages/msg-fi-chan/');
    expect(names.find('wrong password').exact).toBeUndefined();
  });

  test('as long as a log takes no time that can be felt', () => {
    const start = process.threadCpuUsage();
    names.find('Invalid connection attempt '.repeat(100_000));
    names.find('x'.repeat(1_000_000));
    expect(process.threadCpuUsage(start).user / 1000).toBeLessThan(500);
  });
});

test('no two rows look alike', () => {
  const { rows } = compileNames(knowledge);
  const seen = rows.map(({ kind, title, place = '' }) => `${kind} ${title} ${place}`);
  expect(seen.filter((row, i) => seen.indexOf(row) !== i)).toEqual([]);
});

test('the table is at most 90 KB on the wire, so that a first search stays below 130 KB', () => {
  expect(brotliCompressSync(JSON.stringify(compileNames(knowledge))).length).toBeLessThan(90 * 1024);
});

test('a description is told from lines of a log', () => {
  const captured = knowledge.samples.map(({ line }) => line);
  expect(captured.filter(isSentence)).toEqual([]);
  for (const text of [
    'my client does not report any more since reboot',
    'New password set on client, but the server still complains about a mismatch.',
    'Hello,\nwe moved yule to another machine last week.\nSince then half of the clients are silent. Any ideas?',
  ])
    expect(isSentence(text), text).toBe(true);
  for (const text of [
    'expect=<PARP>',
    'Client=web1@0123@4567',
    'tcp LISTEN 0 128 127.0.0.1:49777',
    'disk full',
    '# ss -ltn',
    'Nov 23 15:17:24 host yule[36]: something is wrong here',
  ])
    expect(isSentence(text), text).toBe(false);
});
