/** What only pages ask of engine and report, or mostly they: costs, setups, packed files, checks that print nothing. */
import { expect, test } from 'vitest';
import { rivalsOf } from '../../../src/engine/diagnosis/rivals.ts';
import { stepsOf } from '../../../src/engine/diagnosis/steps.ts';
import { suits } from '../../../src/engine/diagnosis/values.ts';
import { packingBytes, packingOf } from '../../../src/engine/packed.ts';
import { suggestSetup, valuesOf } from '../../../src/engine/setup.ts';
import { impactWords } from '../../../src/report/impact.ts';
import { reportOf } from '../../../src/report/model.ts';
import { canPrintNothing, printedNothing } from '../../../src/report/outputs.ts';
import { Redaction, redactionWords, restore } from '../../../src/report/redact.ts';
import { degreeCounts } from '../../../src/report/setting-words.ts';
import { content, judge, judgeSources, knowledge, setup } from '../diagnosis/judge.ts';

test('what a problem costs is four questions, and an answer that depends on the client says on what', () => {
  for (const { id, impact } of knowledge.problems)
    expect(
      impactWords(impact).map(({ ask }) => ask),
      id,
    ).toEqual(['Is the host watched?', 'Are reports kept?', 'Does it go away by itself?', 'Could it be an intruder?']);
  const conditions = new Set(
    knowledge.problems.flatMap(({ impact }) =>
      impactWords(impact).flatMap(({ answers }) => answers.flatMap(({ when }) => when ?? [])),
    ),
  );
  expect([...conditions].sort()).toEqual([
    'Client was running',
    'Client was starting',
    'Configuration downloaded',
    'Configuration local',
  ]);
});

test('a path that one setup alone has suggests it, and no other path does', () => {
  const [first, ...others] = knowledge.setups;
  const pathsOf = (id: string) => {
    const values = valuesOf(knowledge, { setup: id, own: {} });
    return knowledge.variables.flatMap((variable) =>
      'kind' in variable && variable.kind === 'path' ? (values.of(variable.id)?.value ?? []) : [],
    );
  };
  const all = knowledge.setups.map(({ id }) => new Set(pathsOf(id)));
  let suggested = 0;
  for (const { id } of others)
    for (const path of pathsOf(id)) {
      const only = all.filter((paths) => paths.has(path)).length === 1;
      expect(suggestSetup(knowledge, first?.id ?? '', [path])?.id, path).toBe(only ? id : undefined);
      if (only) expect(suggestSetup(knowledge, id, [path]), path).toBeUndefined();
      suggested += Number(only);
    }
  expect(suggested).toBeGreaterThan(3);
  expect(suggestSetup(knowledge, first?.id ?? '', ['/no/such/path'])).toBeUndefined();
});

test('a step that a guide tells more of names that guide', () => {
  for (const problem of knowledge.problems)
    expect(
      stepsOf(problem, 'steps', setup).map(({ procedure }) => procedure),
      problem.id,
    ).toEqual(problem.steps.map(({ procedure }) => procedure));
});

test('guesses that name each other are one row; what is certain, of another client or a second time is one of its own', () => {
  const row = (problem: string, confidence: 'certain' | 'possible', host = 'web1', end = '') => ({
    ...{ problem, confidence, host, end },
    names: ['a', 'b', 'c'].filter((one) => one !== problem),
  });
  const rows = [
    row('a', 'certain'),
    row('b', 'possible'),
    row('c', 'possible'),
    row('b', 'possible', 'web2'),
    row('c', 'possible', 'web1', 'over'),
    row('c', 'possible'),
    row('a', 'certain', 'web2'),
  ];
  const joined = rivalsOf(
    rows,
    ({ names }) => names,
    ({ end }) => end,
  );
  expect(joined.map((group) => group.map((one) => rows.indexOf(one)))).toEqual([[0], [1, 2], [3], [4], [5], [6]]);
});

test('packed files are known by their first bytes, all of them', () => {
  const named = (...bytes: number[]) => packingOf(Uint8Array.from(bytes))?.name;
  const bzip2 = [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59];
  expect(named(0x1f, 0x8b, 8)).toBe('gzip');
  expect(named(0x28, 0xb5, 0x2f, 0xfd)).toBe('zstd');
  expect(named(0x50, 0x4b, 3, 4, 9)).toBe('zip');
  expect(named(...bzip2)).toBe('bzip2');
  expect(named(...bzip2.with(3, 0x31))).toBe('bzip2');
  expect(named(...bzip2.with(4, 0))).toBeUndefined();
  expect(named(0x1f)).toBeUndefined();
  expect(named(...new TextEncoder().encode('CRIT   :  [2026'))).toBeUndefined();
  expect(packingBytes).toBe(10);
});

test('that a command printed nothing is an answer where the check has one, and only there', () => {
  const silent = knowledge.checks.filter(canPrintNothing);
  expect(silent.length).toBeGreaterThan(10);
  expect(silent.length).toBeLessThan(knowledge.checks.length);
  for (const check of knowledge.checks) {
    const { outcomes } = judge(printedNothing(check, { setup, checkValues: knowledge.checkValues })).read.outputs;
    const its = outcomes.filter(({ base, outcome }) => base === check.id && outcome.when.some(({ empty }) => empty));
    if (!canPrintNothing(check)) expect(its, check.id).toEqual([]);
  }
});

test('findings of a file are counted by what they do', () => {
  const degrees = (...all: ('breaks' | 'misleads' | 'untidy')[]) => degreeCounts(all.map((degree) => ({ degree })));
  expect(degrees()).toBe('no mistake found');
  expect(degrees('untidy', 'breaks', 'untidy')).toBe('1 mistake, 2 untidy');
  expect(degrees('breaks', 'misleads', 'breaks')).toBe('2 mistakes, 1 misleading');
});

test('of what is hidden a list is shown: a domain with its parts, and no last part alone', () => {
  const listed = (name: string) => {
    const { read } = judge(
      `CRIT   :  [2026-11-23T10:00:00+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<${name}>\n`,
    );
    const { hidden } = new Redaction(read, redactionWords({ ...content, ...knowledge }, setup));
    return hidden.flatMap(({ kind, real }) => (kind === 'domain' ? [real] : []));
  };
  expect(listed('web1.example.net')).toEqual(['example.net']);
  expect(listed('web1.lan')).toEqual([]);
});

test('what a reader writes to us with stand-ins in it is read with the real words', () => {
  const hidden = [
    { real: '2001:470::1', standIn: '2001:db8::1' },
    { real: '2001:470::2', standIn: '2001:db8::1a' },
    { real: 'web1.acme.test', standIn: 'host-1.example.org' },
    { real: '/srv/acme', standIn: '/path-1' },
  ];
  expect(restore('2001:db8::1 and 2001:DB8::1a, HOST-1.example.org: ls /path-1, host-2', hidden)).toBe(
    '2001:470::1 and 2001:470::2, web1.acme.test: ls /srv/acme, host-2',
  );
});

test('a user is hidden by the name of the field', () => {
  const { read } = judge(
    'CRIT   :  [2026-11-23T10:00:00+0000] msg=<Login>, user=<annabel>, userid=<1001>, host=<web1.example.net>\n',
  );
  const { hidden } = new Redaction(read, redactionWords({ ...content, ...knowledge }, setup));
  expect(hidden.flatMap(({ kind, real }) => (kind === 'user' ? [real] : []))).toContain('annabel');
});

test('a value with a blank is quoted where a command takes it, and as it is in a path', () => {
  const of = (id: string, name: string) =>
    valuesOf(knowledge, { setup: knowledge.setups[0]?.id ?? '', own: { [id]: '/etc/my samhain/rc' } }).of(name);
  const quoted = "'/etc/my samhain/rc'";
  expect(of('server_log', 'server_log')).toMatchObject({ value: '/etc/my samhain/rc', text: quoted });
  expect(of('server_log', 'server_lock')?.text).toBe("'/etc/my samhain/rc.lock'");
  expect(of('client_pid', 'client_exe')?.text).toBe(`ls -l /proc/$(cat ${quoted})/exe`);
});

test('no value that begins with a hyphen fits a place of a command, nor one that is too long', () => {
  for (const kind of ['host', 'name', 'path'] as const) {
    expect(suits(kind, '-rf'), kind).toBe(false);
    expect(suits(kind, `${kind === 'path' ? '/' : ''}${'a'.repeat(5000)}`), kind).toBe(false);
  }
  expect(suits('name', 'web1.example.net')).toBe(true);
});

test('what is no configuration is told from what was read in part only', () => {
  const { messages, problems } = knowledge;
  const result = judgeSources([
    { name: 'a.txt', text: 'hello\n' },
    { name: 'b.txt', text: 'hello\n', part: { skippedLines: 3, bytes: 100 } },
    { name: 'yulerc', text: '[Misc]\nDaemon=yes\n[EOF]\n' },
  ]);
  const { input } = reportOf({ read: result.read, result, messages, problems, setup, checking: knowledge });
  expect(input.noConfigurations).toEqual([
    { name: 'a.txt', part: false },
    { name: 'b.txt', part: true },
  ]);
});
