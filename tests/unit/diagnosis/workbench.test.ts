/** What the workbench is given: rows, maps, values, and the records that tick the steps of a verification. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { countsOf } from '../../../src/components/diagnosis/Problems.tsx';
import { analyseToView } from '../../../src/components/diagnosis/view.ts';
import { suits } from '../../../src/engine/diagnosis/values.ts';

const view = (...texts: string[]) => analyseToView(texts.map((text, i) => ({ name: `text${i}`, text })));
const line = (severity: string, at: string, rest: string) => `${severity} :  [2026-11-23T${at}+0000] ${rest}`;
const mismatch = (client: string, at: string) =>
  line('CRIT  ', at, `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`);
const letIn = (client: string, at: string) => line('NOTICE', at, `msg=<NEW CLIENT>, client=<${client}>`);
const refused = (client: string, at: string) =>
  line('CRIT  ', at, `msg=<Invalid connection attempt: Not in client list>, client=<${client}>`);
const read = (name: string) =>
  readFileSync(new URL(`../../captures/03a-password-never-set/42-plain/${name}`, import.meta.url), 'utf8');

describe('rows', () => {
  test('are one a problem and client; what the same line fits is one row', () => {
    const { groups } = view(
      [mismatch('web1.example.net', '15:18:17'), refused('db2.example.net', '15:18:20')].join('\n'),
    );
    expect(groups.map(({ host, state, members }) => [host, state, members.length])).toEqual([
      ['db2.example.net', 'to-fix', 1],
      ['web1.example.net', 'to-fix', 1],
    ]);
    const { groups: guesses, verdicts } = view(line('ERROR ', '15:18:17', 'msg=<Session key negotiation failed>'));
    expect(guesses).toHaveLength(1);
    expect(guesses[0]).toMatchObject({ even: true, state: 'undecided' });
    expect(guesses[0]?.members.length).toBe(verdicts.length);
    expect(guesses[0]?.decide?.question?.href).toMatch(/\?t=lines:given/);
  });

  test('are one for what the same line fits, when it is over too: one fault was fixed, and no more is counted', () => {
    const refusal = line(
      'ERROR ',
      '15:18:17',
      'msg=<Connection refused, address loghost.example.net>, subroutine=<connect>, service=<export>, host=<loghost.example.net>',
    );
    const open = view(refusal);
    expect(open.verdicts.length).toBeGreaterThan(1);
    expect(countsOf(open).map(({ words }) => words)).toEqual(['1 to fix']);
    const fixed = view([refusal, line('INFO  ', '15:31:04', 'msg=<Session key negotiated>')].join('\n'));
    expect(fixed.groups.map(({ state, members }) => [state, members.length])).toEqual([
      ['fixed', open.verdicts.length],
    ]);
    expect(countsOf(fixed).map(({ words }) => words)).toEqual(['1 fixed since 15:31:04']);
    // Another fault that goes on is a row of its own.
    const both = view(
      [refusal, line('INFO  ', '15:31:04', 'msg=<Session key negotiated>'), refusal.replace('15:18', '15:40')].join(
        '\n',
      ),
    );
    expect(both.groups.filter(({ state }) => state === 'to-fix')).toHaveLength(1);
    expect(both.groups.filter(({ state }) => state === 'fixed').length).toBeLessThanOrEqual(1);
  });

  test('have a map: what was passed, where it broke, what may have; nothing of a fault beside the way', () => {
    const states = (text: string) => view(text).groups[0]?.map?.map(({ state }) => state);
    expect(states(mismatch('web1.example.net', '15:18:17'))).toEqual([
      'passed',
      'passed',
      'passed',
      'break',
      'later',
      'later',
    ]);
    expect(states(line('ERROR ', '15:18:17', 'msg=<Session key negotiation failed>'))).toContain('possible');
    const fixed = states([mismatch('web1.example.net', '15:18:17'), letIn('web1.example.net', '15:31:04')].join('\n'));
    expect(fixed).not.toContain('break');
    const [beside] = view(line('ERROR ', '15:18:17', 'msg=<No space left on device>, subroutine=<fwrite>')).groups;
    expect(beside?.key).toMatch(/^disk-full/);
    expect(beside?.map).toBeUndefined();
  });

  test('have a map that claims of a fault that stops nothing only what records of its client show', () => {
    const mapOf = (text: string) => view(text).groups[0]?.map?.map(({ state, note }) => [state, note ?? '']);
    const unmatched = line('CRIT  ', '15:18:17', 'msg=<Cannot resolve client name> host=<web1.example.net>');
    // The line shows that it came to the name; nothing shows how far it came then, nor that it did not.
    expect(mapOf(unmatched)).toEqual([
      ['passed', ''],
      ['passed', ''],
      ['break', 'seen 15:18:17'],
      ['later', ''],
      ['later', ''],
      ['later', ''],
    ]);
    const served = (client: string) => line('INFO  ', '15:18:16', `msg=<File transfer completed>, client=<${client}>`);
    const states = (client: string) => mapOf([served(client), unmatched].join('\n'))?.map(([state]) => state);
    expect(states('web1.example.net')).toEqual(['passed', 'passed', 'break', 'passed', 'passed', 'passed']);
    expect(states('web2.example.net')).toEqual(['passed', 'passed', 'break', 'later', 'later', 'later']);
  });

  test('of very many are all there; a verdict beyond the first is made when it is asked for', () => {
    const at = (i: number) => new Date(Date.UTC(2026, 10, 23) + i * 10_000).toISOString().slice(11, 19);
    const text = Array.from({ length: 160 }, (_, i) => refused(`host${Math.floor(i / 2)}.example.net`, at(i))).join(
      '\n',
    );
    const first = view(text);
    expect(first.groups).toHaveLength(80);
    const last = first.groups.at(-1)?.key ?? '';
    expect(first.verdicts.map(({ key }) => key)).not.toContain(last);
    const asked = analyseToView([{ name: 'text0', text }], undefined, last);
    expect(asked.verdicts.map(({ key }) => key)).toContain(last);
  });
});

test('an end that is only probable is no fixed one, in the list and in the counts', () => {
  const turned = (address: string, at: string) =>
    line('CRIT  ', at, `msg=<Refused connection from ${address}>, subroutine=<libwrap>`);
  const all = view(
    [
      turned('198.51.100.30', '10:00:00'),
      turned('198.51.100.30', '10:10:00'),
      letIn('web1.example.net', '10:20:00'),
      letIn('web1.example.net', '13:20:00'),
    ].join('\n'),
  );
  expect(all.groups.map(({ state, likely }) => [state, likely])).toEqual([['fixed', true]]);
  expect(countsOf(all).map(({ words }) => words)[0]).toBe('1 probably fixed since 10:20:00');
  const certain = view([mismatch('web1.example.net', '15:18:17'), letIn('web1.example.net', '15:20:00')].join('\n'));
  expect(countsOf(certain).map(({ words }) => words)[0]).toBe('1 fixed since 15:20:00');
});

test('a command that decides is asked for once: above, or below the rows of several answers', () => {
  const commands = (text: string) => {
    const { groups, outputs } = view(text);
    return {
      above: groups.flatMap(({ decide }) => decide?.ask.flatMap(({ run }) => run ?? []) ?? []),
      next: outputs?.next,
    };
  };
  const unreached = line(
    'ERROR ',
    '10:00:00',
    'msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>',
  );
  const one = commands(unreached);
  expect(one.above).toContain('ss -ltnp | grep -e yule -e 49777');
  expect(one.next).toMatchObject({ blocks: [{}, {}] });
  expect(one.next).not.toHaveProperty('check');
  const two = commands(
    `${unreached}\n${line('CRIT  ', '10:00:01', 'msg=<Restart without prior exit>, client=<web1.example.net>')}`,
  );
  expect(two.next?.check?.run).toBe('ss -ltnp | grep -e yule -e 49777');
});

test('a source that holds only what a program explains is a log, and not one in which nothing was recognized', () => {
  const explained = readFileSync(
    new URL('../../captures/11u-identity-user-missing/42-plain/server.stderr', import.meta.url),
    'utf8',
  );
  const { sources, verdicts } = view(explained);
  expect(verdicts).not.toHaveLength(0);
  expect(sources.map(({ kind }) => kind)).toEqual(['log']);
});

describe('a step of the verification', () => {
  const proofs = (...texts: string[]) => view(...texts).verdicts[0]?.verify.map(({ proof }) => proof?.line ?? '');

  test('is ticked by a record after the fault that shows it, with its line', () => {
    const fault = ['client.stderr', 'server.log'].map(read);
    expect(proofs(...fault)?.join('')).toBe('');
    const later = ['after-fix/client.stderr', 'after-fix/server.log'].map(read);
    const shown = proofs(...fault, ...later)?.filter(Boolean) ?? [];
    expect(shown.length).toBeGreaterThan(0);
    expect([...later.join('\n').split('\n')]).toContain(shown[0]);
  });

  test('is not ticked by what came before, nor by another client', () => {
    const fault = mismatch('web1.example.net', '15:18:17');
    const start = (client: string, at: string) =>
      line(
        '<TCP> ',
        at,
        `client=<${client}>, msg=<ALERT :  [2026-11-23T${at}+0000] msg=<START>, program=<Samhain>, userid=<0>, path=<REQ_FROM_SERVER>, hash=<A>>`,
      );
    expect(proofs([start('web1.example.net', '15:10:00'), fault].join('\n'))?.join('')).toBe('');
    expect(proofs([fault, start('db2.example.net', '15:31:00')].join('\n'))?.join('')).toBe('');
    expect(proofs([fault, start('web1.example.net', '15:31:00')].join('\n'))?.join('')).toContain('START');
  });
});

test('a typed value is told from what does not look like it', () => {
  expect(suits('path', '/usr/src/samhain-4.2.0')).toBe(true);
  for (const odd of ['usr/src', '-rf', '/a/../b', '']) expect(suits('path', odd), odd).toBe(false);
  expect(suits('name', 'web1.example.net')).toBe(true);
  for (const odd of ['127.0.0.1', 'localhost', 'ALL', 'a b', '10.']) expect(suits('name', odd), odd).toBe(false);
});

test('a chip says what a source is, and which side is missing', () => {
  const { sources, missing } = view(read('client.stderr'));
  expect(sources[0]).toMatchObject({ kind: 'log', side: 'client' });
  expect(missing?.side).toBe('server');
  expect(view(read('client.stderr'), read('server.log')).missing).toBeUndefined();
  const [configuration] = view(
    '[Clients]\nClient=a.example.net@0123456789ABCDEF@0123\n[Misc]\nDaemon=yes\n[EOF]\n',
  ).sources;
  expect(configuration).toMatchObject({ kind: 'configuration' });
});
