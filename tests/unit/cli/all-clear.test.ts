/**
 * No false all-clear: what nobody understood, what nobody read, and what the file check reports never pass as "nothing
 * wrong". Spoken through the command line.
 */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'all-clear-'));
afterAll(() => rmSync(folder, { recursive: true }));

function run(words: string[], input: string | Buffer = '', heap = 0) {
  const command = [join(root, 'src', 'cli', 'diagnose.ts'), ...words];
  const node = heap > 0 ? [`--max-old-space-size=${heap}`] : [];
  return spawnSync(process.execPath, [...node, ...command], {
    input,
    encoding: 'utf8',
    cwd: join(root, 'tests', 'wild-kinds'),
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** The JSON of one input, with its status. */
function judgeOnce(words: string[], input: string | Buffer = '') {
  const { status, stdout, stderr } = run(['--json', ...words], input);
  return { status, report: JSON.parse(stdout), errors: stderr };
}

/** Both faces of it. */
function judge(words: string[], input: string | Buffer = '') {
  const json = judgeOnce(words, input);
  const text = run(words, input);
  expect(text.status).toBe(json.status);
  return { ...json, text: text.stdout };
}

const at = (severity: string, body: string, time = '10:00:00') =>
  `${severity.padEnd(7)}:  [2026-11-23T${time}+0000] ${body}\n`;
const fault = at('CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<web7.example.net>');
const good = at('MARK', 'msg=<File check starting.>');
const changed = at('CRIT', 'msg=<POLICY [ReadOnly] C-------TS>, path=</usr/sbin/sshd>');

describe('nothing that can be judged', () => {
  test.each([
    ['an empty file', ''],
    ['blank lines', '\n \n\t\n\r\n\n'],
    ["another program's log", 'Nov 23 10:00:00 web7 sshd[812]: Accepted publickey for bob from 192.0.2.7 port 5022\n'],
    ['prose', 'The session is up again since noon.\n'],
    ['binary junk', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 256))],
    ["a record of samhain's form that no message is like", at('INFO', 'msg=<user logged in>, user=<bob>')],
    ['an error of the same kind', at('ERROR', 'msg=<user not logged in>, user=<bob>')],
    ['the words of a message with no record around them', 'Session key negotiated\n'],
  ])('%s', (_, input) => {
    const { status, report, text } = judge(['-'], input);
    expect(report).toMatchObject({ state: 'nothing', healthy: false, diagnoses: [], input: { complete: true } });
    expect(status).toBe(3);
    expect(text).toContain('nothing can be said');
    expect(text).not.toContain('Nothing wrong');
  });

  test.each([
    ['INFO', 'healthy', 0],
    ['NOTICE', 'healthy', 0],
    ['WARN', 'unclear', 1],
    ['CRIT', 'unclear', 1],
    ['<TCP>', 'unclear', 1],
  ])('an unknown record at %s among known ones: %s', (severity, state, expected) => {
    const { status, report, text } = judge(['-'], good + at(severity, 'msg=<Something new>, code=<1>'));
    expect(report).toMatchObject({ state, healthy: state === 'healthy' });
    expect(status).toBe(expected);
    if (state === 'unclear') {
      expect(report.unexplained).toEqual([{ file: '-', line: 2, side: expect.anything(), message: '' }]);
      expect(text).toContain('Something new');
    }
  });
});

test('of several files the one that says nothing is named', () => {
  const files = { server: join(folder, 'server.log'), client: join(folder, 'client.log') };
  writeFileSync(files.server, '');
  writeFileSync(files.client, good);
  const { stdout } = run(['--server', files.server, '--client', files.client]);
  expect(stdout).toContain(`No line of samhain or yule is in: ${files.server}.`);
  expect(run(['--client', files.client]).stdout).not.toContain('No line of samhain');
});

describe('a part that was read', () => {
  /** Longer than what is read: with long records, so that it is judged quickly. */
  const large = join(folder, 'large.log');
  const size = 40 * 1024 * 1024;
  let lines = 0;
  beforeAll(() => {
    const file = openSync(large, 'w');
    const block = at('INFO', `msg=<Checking>, path=</srv/${'x'.repeat(8000)}>`).repeat(100);
    for (let bytes = 0; bytes < size; bytes += block.length) {
      writeSync(file, block);
      lines += 100;
    }
    closeSync(file);
  });

  test('of what is no log of samhain by its form, with the fault in the first line, is no all-clear', () => {
    // A system's log: each line has a prefix.
    const line = `Nov 23 15:20:33 web1 sshd[812]: ${'x'.repeat(8000)}\n`;
    const file = join(folder, 'first.log');
    writeFileSync(file, fault + line.repeat(Math.ceil(size / line.length)));
    const { status, report, text: said, errors } = judge([file]);
    expect(report).toMatchObject({ state: 'part', healthy: false, diagnoses: [], input: { complete: false } });
    expect(status).toBe(3);
    expect(report.input.bytes).toBeGreaterThan(31 * 1024 * 1024);
    for (const words of [said, errors])
      expect(words).toMatch(/first\.log is 40 MB long: only its end was read, from line/);
    expect(said).not.toContain('Nothing wrong');
  });

  test.each(['first', 'last'])('of a long log nothing is left out: the fault in the %s line is found', (place) => {
    const file = join(folder, `${place}.log`);
    const text = readFileSync(large);
    writeFileSync(file, Buffer.concat(place === 'first' ? [Buffer.from(fault), text] : [text, Buffer.from(fault)]));
    const { status, report } = judgeOnce([file]);
    expect(report).toMatchObject({ state: 'diagnosed', healthy: false });
    expect(report.input).toMatchObject({ complete: true, lines: lines + 1, records: lines + 1, unrecognised: [] });
    const line = place === 'first' ? 1 : lines + 1;
    expect(report.diagnoses[0].evidence).toEqual([{ file, line, side: 'server', message: 'MSG_TCP_BADCONN' }]);
    expect(status).toBe(1);
  });

  test('of an archive that is cut', () => {
    const file = join(folder, 'cut.gz');
    // Of several pieces when it is read: the last one must not be lost with the end.
    const lines = Array.from({ length: 8000 }, (_, i) => at('INFO', `msg=<Checking>, path=</srv/${Math.sin(i)}>`));
    writeFileSync(file, gzipSync(lines.join('')).subarray(0, -4));
    const quiet = judge([file]);
    expect(quiet.report).toMatchObject({ state: 'part', healthy: false, input: { complete: false, records: 8000 } });
    expect(quiet.status).toBe(3);
    expect(quiet.text).toContain('could be unpacked only in part');

    writeFileSync(file, gzipSync(fault + good.repeat(1000)).subarray(0, -4));
    const { status, report } = judgeOnce([file]);
    expect(report).toMatchObject({ state: 'diagnosed', input: { complete: false } });
    expect(status).toBe(1);
  });

  test('reports of the file check in it are named', () => {
    const file = join(folder, 'cut-reports.gz');
    writeFileSync(file, gzipSync(good + changed).subarray(0, -4));
    const { report, text } = judge([file]);
    expect(report).toMatchObject({ state: 'part', healthy: false, reportsCount: 1 });
    expect(text).toContain('/usr/sbin/sshd');
  });

  test.each([
    // (A little more than what is read of one.)
    ['33 MB of newlines', Buffer.alloc(33 * 1024 * 1024, '\n')],
    ['33 MB of short lines', Buffer.alloc(33 * 1024 * 1024, 'x\n')],
  ])('of a small archive that holds %s: memory has a bound', (name, text) => {
    const file = join(folder, `${name}.gz`);
    writeFileSync(file, gzipSync(text));
    const { status, stdout } = run([file], '', 1000);
    expect(status).toBe(3);
    expect(stdout).toContain('Not all was read');
  });
});

describe('reports of the file check', () => {
  const sshd = (line: number) => expect.objectContaining({ file: '-', line, path: '/usr/sbin/sshd' });

  test.each([
    ['beside a diagnosis', fault + changed, 'diagnosed', 2],
    [
      'beside one that is over',
      `${fault + changed}${at('NOTICE', 'msg=<NEW CLIENT>, client=<web7.example.net>', '10:05:00')}`,
      'diagnosed',
      2,
    ],
    [
      'beside an error that nothing explains',
      at('ERROR', 'msg=<File not accessible>, path=</x>') + changed,
      'unclear',
      2,
    ],
    ['alone', changed, 'reports', 1],
    ['at a severity that somebody has lowered', good + changed.replace('CRIT', 'INFO'), 'reports', 2],
    [
      'that a server was sent',
      `<TCP>  :  [2026-11-23T10:00:00+0000] client=<web7.example.net>, msg=<${changed.trim()}>\n`,
      'reports',
      1,
    ],
  ])('%s are named in text and JSON', (_, input, state, line) => {
    const { report, text } = judge(['-'], input);
    expect(report.state).toBe(state);
    expect(report.reports).toEqual([sshd(line)]);
    expect(report.reportsCount).toBe(1);
    expect(text).toMatch(new RegExp(`-:${line}: .*/usr/sbin/sshd`));
  });

  test('are counted beyond those that are listed, the worst first', () => {
    const many = Array.from({ length: 1200 }, (_, i) =>
      at('ERROR', `msg=<POLICY [ReadOnly] C-------TS>, path=</srv/${i}>`),
    );
    const { report, text } = judge(['-'], many.join('') + changed);
    expect(report.reports).toHaveLength(1000);
    expect(report.reportsCount).toBe(1201);
    expect(report.reports[0]).toEqual(sshd(1201));
    expect(text).toContain('/usr/sbin/sshd');
    expect(text).toMatch(/and 11\d\d more/);
  });

  test('beside a module that failed: the host has no ps, and the changed file is named', () => {
    const { report, text } = judge(['reports-beside-module-error.log']);
    expect(report.healthy).toBe(false);
    expect(report.diagnoses).toEqual([]);
    expect(report.reports).toEqual([
      expect.objectContaining({ line: 2, path: '/usr/sbin/sshd', text: expect.stringContaining('POLICY [ReadOnly]') }),
    ]);
    expect(text).toContain('/usr/sbin/sshd');
    expect(text).toMatch(/ps is missing on this host/);
  });
});

describe('a second init', () => {
  test.each([
    ['second-init-start.log', 4, 'MSG_FI_DBEX', /appended the new one to it.*ends with PANIC.*samhain -t update/],
    ['second-init-then-check.log', 2, 'MSG_E_SUBGPATH', /it is the local baseline.*a second samhain -t init/],
    ['block-alone-version.log', 3, 'explanation', /it is the local baseline.*a second samhain -t init/],
  ])('%s', (file, line, message, words) => {
    const { status, report, text } = judge([file]);
    expect(status).toBe(1);
    expect(report.diagnoses[0]).toMatchObject({ problem: 'bad-database', confidence: 'certain', over: false });
    expect(report.diagnoses[0].evidence[0]).toMatchObject({ line, message });
    expect(text).toMatch(words);
    expect(text).not.toContain('only the first, old part');
  });

  test('a database that was downloaded is not called a local one', () => {
    const lines = readFileSync(join(root, 'tests', 'wild-kinds', 'second-init-then-check.log'), 'utf8');
    const { report, text } = judge(['-'], at('INFO', 'msg=<Downloading database file>') + lines);
    expect(report.diagnoses[0].problem).toBe('bad-database');
    expect(text).toContain('The baseline was downloaded');
  });

  test('a block that no problem knows is repeated in its own words', () => {
    const block = `---------   sh_dbIO.c  ---    120 ---------\n\nThe moon is in the seventh house: /var/x\n\n${'-'.repeat(46)}\n`;
    const { status, report, text } = judge(['-'], block);
    expect(status).toBe(1);
    expect(report).toMatchObject({ state: 'unclear', unexplained: [{ line: 1, message: 'explanation' }] });
    expect(text).toContain('The moon is in the seventh house: /var/x');
  });
});
