/** What a log may put into a command: by the JSON that scripts get, and by what the page's Copy button copies. */
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shellQuote } from '../../../src/engine/diagnosis/commands.ts';
import { cleanValue } from '../../../src/engine/diagnosis/index.ts';
import { type JsonDiagnosis, jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judge, knowledge, setup } from './judge.ts';

const { problems, messages } = knowledge;

function report(text: string) {
  const { read, ...result } = judge(text);
  return {
    diagnoses: jsonOf(reportOf({ read, result, ...knowledge, setup })).diagnoses,
    text: textOf(reportOf({ read, result, problems, messages, setup })),
  };
}

/** The diagnosis of this problem, which must be there. */
function of(text: string, problem: string): JsonDiagnosis {
  const found = report(text).diagnoses.find((diagnosis) => diagnosis.problem === problem);
  if (!found) throw new Error(`no ${problem} in ${text}`);
  return found;
}

const mismatch = (client: string) =>
  at('10:00:00', 'CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`);
const refused = (client: string) =>
  at('10:00:00', 'ERROR', `msg=<Refused connection from ${client}>, subroutine=<libwrap>`);
const noPid = (path: string) => at('10:00:00', 'ERROR', `msg=<Could not write PID file>, userid=<0>, path=<${path}>`);

const changing = ({ steps }: JsonDiagnosis) => steps.filter(({ changes }) => changes);
const looking = ({ steps }: JsonDiagnosis) => steps.filter(({ changes }) => !changes);
const all = (steps: { run: string }[]) => steps.map(({ run }) => run).join('\n');

test('the lines below give the diagnoses that they are meant for', () => {
  expect(of(refused('web1.example.net'), 'refused-by-libwrap').steps.length).toBeGreaterThan(0);
  expect(all(of(refused('web1.example.net'), 'refused-by-libwrap').steps)).toContain("my_address='web1.example.net'");
});

describe('a name of a client', () => {
  test('stands once above the command, and in it as a variable', () => {
    const { steps: fix } = of(mismatch('db7.example.org'), 'wrong-password');
    const steps = fix.filter(({ run }) => run.includes('printf'));
    expect(steps[0]?.run.split('\n')[0]).toBe("my_client='db7.example.org'");
    expect(steps[0]?.run.match(/db7/g)).toHaveLength(1);
    expect(steps[0]?.open).toEqual([]);
  });

  test.each([
    ['', 'nothing'],
    ['(NULL)', 'what samhain prints for nothing'],
    ['-rf', 'an option'],
    ['ALL', 'all hosts, in hosts.allow'],
    ['EXCEPT', 'a word of hosts.allow'],
    ['known', 'a word of hosts.allow'],
    ['10.', 'a network, in hosts.allow'],
    ['a..b', 'no name'],
    ['localhost', 'this host'],
    ['127.0.0.1', 'this host'],
    ['cl\u0456ent1.example.net', 'a letter that looks like another'],
    [`a${'b'.repeat(5000)}`, 'longer than any name'],
    ['$(touch x)', 'no name'],
    ['a;b', 'no name'],
  ])('%j is not taken: %s', (client) => {
    for (const [line, problem] of [
      [mismatch(client), 'wrong-password'],
      [refused(client), 'refused-by-libwrap'],
    ] as const) {
      for (const diagnosis of report(line).diagnoses.filter((one) => one.problem === problem)) {
        const runs = all(diagnosis.steps);
        if (client) expect(runs.includes(client), runs).toBe(false);
        expect(diagnosis.steps.flatMap(({ open }) => open).length, problem).toBeGreaterThan(0);
      }
    }
  });
});

describe('a path', () => {
  const odd = "/srv/$(touch x)/it's";

  test('is taken by commands that look, whatever it holds', () => {
    const runs = all(looking(of(noPid(odd), 'pid-file')));
    expect(runs).toContain(`my_pidfile=${shellQuote(odd)}`);
    expect(runs.split('\n').filter((line) => line.includes('touch x') && !line.startsWith('my_'))).toEqual([]);
  });

  test('is left open by commands that change something, with what the log names beside it', () => {
    for (const step of changing(of(noPid('/srv/odd.pid'), 'pid-file'))) {
      expect(step.run).not.toContain('/srv/odd.pid');
      if (!step.run.includes('my_pidfile')) continue;
      expect(step.run).toContain("my_pidfile=''\n");
      expect(step.open).toMatchObject([{ name: 'my_pidfile', logged: '/srv/odd.pid' }]);
      // An empty variable stops the shell before the command; a samhain that runs on this machine is none of its business.
      const tried = step.run.replace(/mkdir|touch|rm/g, 'echo').replace(/pgrep -a -x \w+/g, 'false');
      const { status, stderr } = spawnSync('sh', ['-c', tried], { encoding: 'utf8' });
      expect(stderr).toMatch(/my_pidfile|D/);
      expect(status).not.toBe(0);
    }
  });

  test('with .. in it is not taken', () => {
    expect(all(of(noPid('/var/run/../../etc/shadow'), 'pid-file').steps)).not.toContain('shadow');
  });

  test('of a relayed record does not reach a command of the server, nor one for both sides', () => {
    const relayed = `<TCP>  :  [2026-11-23T10:00:00+0000] client=<web1>, msg=<CRIT   :  [2026-11-23T10:00:00+0000] `;
    const runs = [
      'msg=<PANIC - File not accessible>, userid=<0>, path=</etc/shadow>',
      'msg=<Untrusted path>, path=</etc/shadow>, obj=</etc/shadow>',
      'interface=<lstat>, msg=<No such file or directory>, userid=<0>, path=</etc/shadow>',
    ].flatMap((record) => report(`${relayed}${record}>`).diagnoses.flatMap(({ steps }) => steps));
    expect(runs.filter(({ at: side, changes }) => side !== 'client' && !changes).length).toBeGreaterThan(0);
    for (const { at: side, run, changes } of runs)
      if (changes || side !== 'client') expect(run).not.toContain('shadow');
  });
});

describe('a record inside a name gives no value, however the lines were taken', () => {
  const mark = (n: string) => `${n.repeat(48)}[2026-11-23T10:00:00+0000]`;
  const start = at('09:00:00', 'MARK', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<3>');
  const path = '/srv/forged.pid';
  const body = `msg=<Could not write PID file>, path=<${path}>`;
  /** What the name is, in the 64 bytes that it may have; samhain closes it. */
  const names = {
    headless: `a\n${body}\n`,
    'label only': `a\nERROR : ${body}\n`,
    'stamp only': `a\n[2026-11-23T10:00:00+0000] ${body}\n`,
    'behind an item': `a>, b=<c\n${body}`,
    'behind a blank line': `a\n\n${body}\n`,
    'behind a mark of an export': `a\n--\n${body}\n`,
    'behind a heading': `a\n\n==> b <==\n${body}\n`,
    closed: `a>\n${body}\nb=<c`,
  };
  const ways: [string, (record: string) => string][] = [
    ['a terminal', (record) => `${start}\n${record}\n${start}`],
    ['one record of a terminal', (record) => record],
    ['the end of a terminal', (record) => `${start}\n\n${record}`],
    ['a log file', (record) => `\n[SOF]\n${start}\n${mark('A')}\n${record}\n${mark('B')}\n`],
    ['an excerpt that begins with the record', (record) => `${record}\n${mark('B')}\n${start}\n${mark('C')}`],
    ['one behind a blank line', (record) => `\n${record}\n${mark('B')}\n${start}\n${mark('C')}`],
    ['one behind words and a blank line', (record) => `my log says\n\n${record}\n${mark('B')}\n`],
    ['a quotation', (record) => `${start}\n${record}`.replace(/^/gm, '> ')],
  ];
  test.each(
    ways.flatMap(([way, lines]) => Object.entries(names).map(([kind, name]) => [way, kind, lines, name] as const)),
  )('%s: %s', (_way, _kind, lines, name) => {
    const record = at('10:00:00', 'CRIT', `msg=<Invalid connection attempt: Not in client list>, client=<${name}>`);
    const text = lines(record);
    expect(report(`${start}\n${noPid(path)}`).diagnoses.some((one) => JSON.stringify(one.steps).includes(path))).toBe(
      true,
    );
    for (const { steps } of report(text).diagnoses) expect(JSON.stringify(steps)).not.toContain(path);
    for (const { record: found } of judge(text).read.findings)
      if (found.body.includes(path) && !found.body.includes('Not in client list'))
        expect(found.suspicious, found.body).toBeDefined();
  });
});

test('a record that looks forged gives no value', () => {
  const forged = noPid('/srv/odd.pid').replace('ERROR', 'error');
  expect(all(of(noPid('/srv/odd.pid'), 'pid-file').steps)).toContain('/srv/odd.pid');
  expect(
    all(
      of(`${at('09:00:00', 'ALERT', 'msg=<EXIT>, program=<Samhain>, status=<exit_success>')}\n${forged}`, 'pid-file')
        .steps,
    ),
  ).not.toContain('/srv/odd.pid');
});

test('shellQuote: one word, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => {
      const quoted = shellQuote(value);
      expect(/^'[^']*'$/.test(quoted.replaceAll("'\\''", ''))).toBe(true);
      expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }),
  );
  for (const value of ["it's", '$(x)', 'a\nb', '\\', '']) {
    const { stdout } = spawnSync('sh', ['-c', `printf %s ${shellQuote(value)}`], { encoding: 'utf8' });
    expect(stdout).toBe(cleanValue(value));
  }
});

test('the terminal shows the commands of the JSON, and nothing that moves its cursor', () => {
  const hostile = `/var/\u001b[2J\u009b31m\u202e$(touch x)`;
  const { text, diagnoses } = report(noPid(hostile));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  const printed = text.replace(/^ {8}/gm, '');
  const [first] = diagnoses;
  const fix = first?.steps.slice(0, 2) ?? [];
  expect(fix.length).toBeGreaterThan(0);
  for (const { run } of fix) expect(printed).toContain(run);
});
