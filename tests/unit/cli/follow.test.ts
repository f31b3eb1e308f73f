/** `--state` and `--metrics` by their contract: what changed is said once, and nothing is lost, whatever becomes of the log. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { readArguments } from '../../../src/cli/arguments.ts';
import { follow } from '../../../src/cli/follow/follow.ts';
import { readMemory } from '../../../src/cli/follow/memory.ts';
import { judge } from '../../../src/engine/judge.ts';
import { makeLog } from '../../bench/logs.ts';
import { endsTorn, samples } from '../../captures/samples.ts';
import { content } from '../diagnosis/judge.ts';

vi.setConfig({ testTimeout: 120_000 });

const root = join(import.meta.dirname, '..', '..', '..');
const sign = '36F2C56E8A03A2643CB397A34CB2AAA6E825482992401DF0';

/** Records of a server's log at times of one day: `15:02 refused web1`. */
function records(...lines: string[]): string {
  return lines
    .map((line) => {
      const [time, what = '', name = ''] = line.split(' ');
      const host = `${name}.example.net`;
      const record = (label: string, body: string) => `${label}  [2026-11-23T${time}:00+0000] ${body}\n${sign}\n`;
      if (what === 'start')
        return `[SOF]\n${record('ALERT  :', 'msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<771552F3FDE3BC1825BF1FE1A241C8943808820024FFF862>')}`;
      if (what === 'refused')
        return record('CRIT   :', `msg=<Invalid connection attempt: Session key mismatch>, client=<${host}>`);
      if (what === 'unknown')
        return record('CRIT   :', `msg=<Invalid connection attempt: Not in client list>, client=<${host}>`);
      if (what === 'changed')
        return record(
          '<TCP>  :',
          `client=<${host}>, msg=<CRIT   :  [2026-11-23T${time}:00+0000] msg=<POLICY [ReadOnly] C-------TS>, path=</usr/sbin/sshd>>`,
        );
      return (
        record('NOTICE :', `msg=<NEW CLIENT>, client=<${host}>`) +
        record('INFO   :', `msg=<File transfer completed>, client=<${host}>`)
      );
    })
    .join('');
}

/** A folder with a log and a state, and the command in it. */
function place() {
  const folder = mkdtempSync(join(tmpdir(), 'follow-'));
  const log = join(folder, 'yule_log');
  const state = join(folder, 'state');
  const run = (...words: string[]) => {
    const given = words.length > 0 ? words : ['--state', state, log];
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'src/cli/diagnose.ts'), ...given], {
      encoding: 'utf8',
      cwd: folder,
    });
    return { status, said: stdout.split('\n').filter(Boolean), stderr };
  };
  /** Later than all before it, whatever the resolution of the clock. */
  let clock = Date.now() / 1000 - 10_000;
  const touch = (path = log) => {
    clock += 10;
    utimesSync(path, clock, clock);
  };
  const add = (...lines: string[]) => {
    appendFileSync(log, records(...lines));
    touch();
  };
  return { folder, log, state, run, add, touch };
}

describe('what changed is said once', () => {
  test('a problem that comes, stands, and is fixed', () => {
    const { run, add, state } = place();
    add('15:00 start', '15:00 well web1', '15:01 well web2');
    expect(run()).toEqual({ status: 0, said: [], stderr: '' });
    expect(statSync(state).mode & 0o777).toBe(0o600);
    add('15:02 refused web1');
    expect(run()).toEqual({ status: 1, said: ['web1.example.net: wrong password since 15:02'], stderr: '' });
    expect(run()).toEqual({ status: 1, said: [], stderr: '' });
    add('15:04 refused web1', '15:05 unknown db2');
    expect(run()).toEqual({ status: 1, said: ['db2.example.net: not in client list since 15:05'], stderr: '' });
    add('15:09 well web1');
    expect(run().said).toEqual(['web1.example.net: fixed at 15:09 (wrong password)']);
    add('15:10 well db2');
    expect(run()).toEqual({ status: 0, said: ['db2.example.net: fixed at 15:10 (not in client list)'], stderr: '' });
    expect(run()).toEqual({ status: 0, said: [], stderr: '' });
    // The same problem again is news again; what came and went between two runs is, too.
    add('15:20 refused web1', '15:21 well web1');
    expect(run()).toEqual({
      status: 0,
      said: ['web1.example.net: wrong password from 15:20, fixed at 15:21'],
      stderr: '',
    });
    add('15:30 refused web1');
    expect(run().said).toEqual(['web1.example.net: wrong password since 15:30']);
  });

  test('a change that the file check reports is named, once', () => {
    const { run, add } = place();
    add('15:00 start', '15:00 well web1', '15:01 changed web1');
    const { status, said } = run();
    expect(status).toBe(0);
    expect(said).toEqual([expect.stringContaining('/usr/sbin/sshd')]);
    expect(said[0]).toMatch(/^web1\.example\.net: the file check reports: CRIT/);
    add('15:02 well web2');
    expect(run().said).toEqual([]);
    add('15:03 changed web2');
    expect(run().said).toEqual([expect.stringMatching(/^web2/)]);
  });

  test('JSON: one object a line', () => {
    const { run, add, state, log } = place();
    add('15:00 start', '15:00 well web1', '15:02 refused web1', '15:03 changed web2');
    const { said } = run('--json', '--state', state, log);
    expect(said.map((line) => JSON.parse(line))).toEqual([
      {
        event: 'problem',
        host: 'web1.example.net',
        problem: 'wrong-password',
        title: expect.any(String),
        since: '2026-11-23T15:02:00Z',
      },
      expect.objectContaining({ event: 'report', host: 'web2.example.net', path: '/usr/sbin/sshd', severity: 'CRIT' }),
    ]);
    add('15:09 well web1');
    expect(JSON.parse(run('--json', '--state', state, log).said[0] ?? '')).toMatchObject({
      event: 'fixed',
      problem: 'wrong-password',
      until: '2026-11-23T15:09:00Z',
    });
  });

  test('what was over before the first run is counted, not told', () => {
    const { run, add } = place();
    add('15:00 start', '15:01 refused web1', '15:02 well web1', '15:03 unknown db2');
    expect(run().said).toEqual([
      'db2.example.net: not in client list since 15:03',
      '1 problem was over before this first run.',
    ]);
  });
});

test('captured logs in four pieces: what stands at the end is what one reading finds', async () => {
  // (In one process: the answer of each run goes nowhere.)
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((_: unknown, ...more: unknown[]) => {
    for (const done of more) if (typeof done === 'function') done();
    return true;
  });
  const { folder } = place();
  const found: Record<string, string[]> = {};
  const wanted: Record<string, string[]> = {};
  for (const [i, { name, fault }] of samples().entries()) {
    const logs = fault.filter((source) => source.name.endsWith('.log') && source.text !== '');
    // (Half a line at the end waits for its rest.)
    if (i % 6 > 0 || logs.length === 0 || logs.some(endsTorn)) continue;
    const files = logs.map((source) => ({
      path: join(folder, `${i}-${source.name}`),
      ...(source.side ? { side: source.side } : {}),
    }));
    const state = join(folder, `${i}.state`);
    for (let quarter = 0; quarter < 4; quarter++) {
      for (const [k, { text }] of logs.entries()) {
        const [from, to] = [quarter, quarter + 1].map((n) => Math.floor((text.length * n) / 4));
        appendFileSync(files[k]?.path ?? '', text.slice(from, to));
      }
      await follow({ ...readArguments(['--quiet', '-']), files, state }, content, {});
    }
    const { memory } = readMemory(state);
    const { diagnoses } = judge(logs, content).result;
    const standing = diagnoses.filter(({ over }) => !over);
    const sure = standing.filter(({ confidence }) => confidence !== 'possible');
    const said = standing.filter((one) => sure.includes(one) || !sure.some(({ host }) => host === one.host));
    found[name] = [
      ...new Set(memory.troubles.flatMap(({ host, problems }) => problems.map((id) => `${host} ${id}`))),
    ].sort();
    wanted[name] = [...new Set(said.map(({ host, problem }) => `${host} ${problem}`))].sort();
  }
  write.mockRestore();
  expect(Object.values(wanted).flat().length).toBeGreaterThan(30);
  expect(found).toEqual(wanted);
});

test('of a long log so much is kept that what stands is what one reading finds', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((_: unknown, ...more: unknown[]) => {
    for (const done of more) if (typeof done === 'function') done();
    return true;
  });
  const { folder, log, state } = place();
  const whole = join(folder, 'whole');
  makeLog(join(root, 'tests', 'captures'), 'worst', 3_000_000, whole);
  const bytes = readFileSync(whole);
  for (let third = 0; third < 3; third++) {
    appendFileSync(
      log,
      bytes.subarray(Math.floor((bytes.length * third) / 3), Math.floor((bytes.length * (third + 1)) / 3)),
    );
    await follow({ ...readArguments(['--quiet', '-']), files: [{ path: log }], state }, content, {});
  }
  write.mockRestore();
  const { diagnoses } = judge([{ name: 'whole', text: bytes.toString() }], content).result;
  const sure = diagnoses.filter(({ over, confidence }) => !over && confidence !== 'possible');
  const found = readMemory(state).memory.troubles.filter(({ problems }) => problems.length === 1);
  const wanted = sure.map(({ host, problem }) => `${host} ${problem}`);
  expect(wanted.length).toBeGreaterThan(100);
  const named = new Set(found.map(({ host, problems }) => `${host} ${problems[0]}`));
  // (What was said to be over stays so without a new sign, though all lines together may tell it otherwise.)
  expect(wanted.filter((one) => !named.has(one)).length).toBeLessThan(wanted.length / 50);
});

describe('whatever becomes of the log', () => {
  const begin = ['15:00 start', '15:00 well web1', '15:01 well web2'];
  const seen = (said: string[]) => said.map((line) => line.replace('.example.net', ''));

  test('two rotations and a truncation between runs: each line counts, once', () => {
    const { run, add, log, touch } = place();
    add(...begin);
    run();
    add('15:02 refused web1');
    renameSync(log, `${log}.1`);
    add('15:03 start', '15:04 unknown db2');
    // A second rotation, the older one packed.
    writeFileSync(`${log}.2.gz`, gzipSync(readFileSync(`${log}.1`)));
    const { mtimeMs } = statSync(`${log}.1`);
    utimesSync(`${log}.2.gz`, mtimeMs / 1000, mtimeMs / 1000);
    renameSync(log, `${log}.1`);
    add('15:05 start', '15:06 refused mail');
    expect(seen(run().said).sort()).toEqual([
      'db2: not in client list since 15:04',
      'mail: wrong password since 15:06',
      'web1: wrong password since 15:02',
    ]);
    // Copied and truncated, with lines that came before it and after.
    add('15:07 well web1');
    copyFileSync(log, `${log}-20261123`);
    touch(`${log}-20261123`);
    truncateSync(log);
    add('15:08 start', '15:09 well mail');
    expect(seen(run().said).sort()).toEqual([
      'mail: fixed at 15:09 (wrong password)',
      'web1: fixed at 15:07 (wrong password)',
    ]);
    expect(run()).toEqual({ status: 1, said: [], stderr: '' });
  });

  test('a log that shrank is read anew, and nothing of it is said again', () => {
    const { run, add, log } = place();
    const visits = Array.from({ length: 30 }, (_, i) => `15:${i + 10} well web3`);
    add(...begin, '15:02 changed web1', ...visits, '15:50 refused web1');
    expect(seen(run().said)).toEqual([
      'web1: wrong password since 15:50',
      expect.stringContaining('the file check reports'),
    ]);
    const whole = readFileSync(log, 'utf8');
    writeFileSync(log, whole.slice(0, whole.indexOf('[2026-11-23T15:30') - 9));
    add('15:50 refused web1', '15:51 unknown db2');
    expect(seen(run().said)).toEqual(['db2: not in client list since 15:51']);
  });

  test('a file whose number was given to another one is another one', () => {
    const { run, add, log } = place();
    add(...begin, '15:02 refused web1');
    run();
    // (Written over in place: the same inode, other records, and longer.)
    writeFileSync(
      log,
      records('16:00 start', '16:01 unknown db2', ...Array.from({ length: 9 }, () => '16:02 well web2')),
    );
    const { said, stderr } = run();
    expect(seen(said)).toEqual(['db2: not in client list since 16:01']);
    expect(stderr).toMatch(/was replaced, and its earlier content was not found/);
  });

  test('given twice, by other names and as its own rotation, it counts once', () => {
    const { run, add, log, state, folder, touch } = place();
    add(...begin, '15:02 changed web1');
    linkSync(log, join(folder, 'hard'));
    symlinkSync(log, join(folder, 'soft'));
    const given = ['--state', state, log, 'hard', 'soft', './yule_log'];
    expect(run(...given).said).toHaveLength(1);
    unlinkSync(join(folder, 'hard'));
    add('15:03 changed web2');
    renameSync(log, `${log}.1`);
    touch(`${log}.1`);
    add('15:04 start', '15:05 refused web1');
    const both = ['--state', state, `${log}.1`, log];
    expect(seen(run(...both).said)).toEqual([
      'web1: wrong password since 15:05',
      expect.stringMatching(/^web2: the file check/),
    ]);
    expect(run(...both).said).toEqual([]);
  });

  test('a line that is not whole yet is read when it is', () => {
    const { run, add, log } = place();
    add(...begin);
    run();
    const text = records('15:02 refused web1');
    appendFileSync(log, text.slice(0, 60));
    expect(run().said).toEqual([]);
    appendFileSync(log, text.slice(60));
    expect(seen(run().said)).toEqual(['web1: wrong password since 15:02']);
  });

  test('between two names, and empty after it', () => {
    const { run, add, log } = place();
    add(...begin);
    run();
    add('15:02 refused web1');
    renameSync(log, `${log}.1`);
    expect(run()).toEqual({ status: 0, said: [], stderr: '' });
    writeFileSync(log, '');
    expect(seen(run().said)).toEqual(['web1: wrong password since 15:02']);
    add('15:03 start', '15:04 unknown db2');
    renameSync(log, `${log}.2`);
    writeFileSync(log, '');
    expect(seen(run().said)).toEqual(['db2: not in client list since 15:04']);
  });
});

describe('the state file', () => {
  test('a broken one is set aside and said; another file is never written over', () => {
    const { run, add, log, state } = place();
    add('15:00 start', '15:00 well web1', '15:02 refused web1');
    run();
    const whole = readFileSync(state, 'utf8');
    for (const broken of [whole.slice(0, whole.length / 2), whole.replace('15:02', '16:02'), '\0'.repeat(200)]) {
      writeFileSync(state, broken);
      const { status, said, stderr } = run();
      expect({ status, said }).toEqual({ status: 1, said: ['web1.example.net: wrong password since 15:02'] });
      expect(stderr).toMatch(/is damaged: a new one was begun/);
      expect(readFileSync(`${state}.broken`, 'utf8')).toBe(broken);
      expect(run()).toEqual({ status: 1, said: [], stderr: '' });
    }
    const before = readFileSync(log, 'utf8');
    const { status, stderr } = run('--state', log, log);
    expect(status).toBe(2);
    expect(stderr).toMatch(/was not made by --state/);
    expect(readFileSync(log, 'utf8')).toBe(before);
  });

  test('what could not be printed is said at the next run', () => {
    const { run, add, log, state, folder } = place();
    add('15:00 start', '15:00 well web1', '15:02 refused web1');
    const shell = `"${process.execPath}" "${join(root, 'src/cli/diagnose.ts')}" --state "${state}" "${log}" >/dev/full`;
    expect(spawnSync('sh', ['-c', shell], { cwd: folder }).status).toBe(2);
    expect(existsSync(state)).toBe(false);
    expect(run().said).toEqual(['web1.example.net: wrong password since 15:02']);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('no secret of a log is kept in it', () => {
    const { run, log, state } = place();
    const verifier = 'A1B2C3D4'.repeat(32);
    const head = 'DEBUG  :  [2026-11-23T15:00:00+0000] ';
    writeFileSync(
      log,
      `${records('15:00 start')}${head}msg=<Registered web1, salt 0011223344556677, verifier ${verifier}>\n${sign}\n`,
    );
    run();
    expect(readFileSync(state, 'utf8')).not.toContain(verifier);
  });

  test('usage', () => {
    const { run, log, state } = place();
    for (const words of [['--report'], ['--redact'], ['--only', 'web1'], ['--since', '2h'], ['--config-only']]) {
      expect(run('--state', state, ...words, log).status, words[0]).toBe(2);
    }
    expect(run('--state', state, '-').status).toBe(2);
    expect(run('--state', state, log).stderr).toMatch(/there is no such file/);
    writeFileSync(log, 'Nov 23 15:20:33 host sshd[812]: Accepted publickey\n');
    expect(run().status).toBe(3);
  });
});

describe('metrics', () => {
  test('names of strangers are no labels, and what is a label is escaped', () => {
    const { run, add, log, folder } = place();
    add('15:00 start', '15:00 well web1', '15:02 refused web1', '15:03 unknown evil');
    const odd = 'a"b\\c';
    appendFileSync(log, records('15:04 well ODD').replaceAll('ODD.example.net', odd));
    const metrics = join(folder, 'samhain.prom');
    run('--metrics', metrics, log);
    const text = readFileSync(metrics, 'utf8');
    expect(statSync(metrics).mode & 0o777).toBe(0o644);
    expect(text).toContain('samhain_clients{state="to-fix"} 2\n');
    expect(text).toContain('samhain_problems{problem="wrong-password"} 1\n');
    expect(text).toContain('samhain_problems{problem="port-in-use"} 0\n');
    expect(text).toContain('samhain_client_problem{client="web1.example.net",problem="wrong-password"} 1\n');
    expect(text).toContain('samhain_client_last_seen_timestamp_seconds{client="web1.example.net"} 1795446000\n');
    expect(text).not.toContain('evil');
    for (const line of text.split('\n').filter((one) => /^[^#]/.test(one)))
      expect(line).toMatch(
        /^[a-z_]+(?:\{[a-z]+="(?:[^"\\\n]|\\["\\n])*"(?:,[a-z]+="(?:[^"\\\n]|\\["\\n])*")*\})? \d+$/,
      );
  });
});
