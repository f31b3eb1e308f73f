/** The command line by its contract: exit status, JSON of schema 2, clear errors. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import about from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '..', '..', '..');
const captures = join(root, 'tests', 'captures');
const folder = mkdtempSync(join(tmpdir(), 'diagnose-'));

function run(words: string[], input = '') {
  const command = [join(root, 'src', 'cli', 'diagnose.ts'), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { input, encoding: 'utf8', cwd: captures });
  return { status, stdout, stderr };
}

const wrong = '03a-password-never-set/42-plain';
const healthy = '13a-healthy-full-session-policy/42-xml';

describe('JSON', () => {
  test('schema 2, field by field', () => {
    const { status, stdout } = run(['--json', '--client', `${wrong}/client.stderr`, '--server', `${wrong}/server.log`]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      schema: 2,
      input: {
        complete: true,
        lines: 15,
        bytes: 1096,
        records: 9,
        recognised: 9,
        unrecognised: [],
        unrecognisedCount: 0,
      },
      window: null,
      healthy: false,
      state: 'diagnosed',
      unexplained: [],
      diagnoses: [
        {
          problem: 'wrong-password',
          confidence: 'certain',
          host: 'client1.example.net',
          over: false,
          evidence: [
            { file: `${wrong}/client.stderr`, line: 2, side: 'client', message: 'MSG_E_NETST' },
            { file: `${wrong}/server.log`, line: 9, side: 'server', message: 'MSG_TCP_BADCONN' },
          ],
          evidenceCount: 2,
          ask: [],
          impact: {
            watched: { downloaded: expect.any(String), local: expect.any(String) },
            reports: expect.any(String),
            heals: expect.any(String),
            intruder: expect.any(String),
          },
          steps: expect.any(Array),
        },
      ],
      counts: { found: 1, excluded: expect.any(Number), notJudged: expect.any(Number) },
      settings: [],
      checks: [],
      unknownOutputs: [],
      next: {
        check: expect.any(String),
        side: expect.stringMatching(/^(?:client|server)$/),
        run: expect.any(String),
        settles: expect.any(Array),
        blocks: expect.any(Array),
        page: '/gather/',
      },
      excluded: expect.any(Array),
      notJudged: expect.any(Array),
      clients: [
        {
          host: 'client1.example.net',
          state: 'to-fix',
          problem: 'wrong-password',
          since: '2026-11-23T15:18:17Z',
          last: '2026-11-23T15:18:17Z',
        },
      ],
      reports: [],
      reportsCount: 0,
    });
    const {
      diagnoses: [{ steps }],
      excluded,
      notJudged,
    } = JSON.parse(stdout);
    expect(excluded).toContainEqual({
      problem: 'not-in-client-list',
      host: 'client1.example.net',
      because: [{ file: `${wrong}/server.log`, line: 9, side: 'server', message: 'MSG_TCP_BADCONN', why: 'reached' }],
    });
    expect(notJudged).toContainEqual({
      problem: 'disk-full',
      needs: [{ check: 'client.disk' }, { check: 'server.disk' }],
    });
    for (const { case: _, ...step } of steps) expect(Object.keys(step)).toEqual(['at', 'changes', 'run', 'open']);
    expect(steps).toContainEqual({
      at: 'server',
      case: 'cut-line',
      changes: false,
      run: `my_client='client1.example.net'\nprintf 'Client=%s@%s\\n' "$my_client" "$(yule -P "\${PW:?}" | cut -d@ -f2-)"`,
      open: [],
    });
  });

  test('--setup gives the commands of that system, and says where it has none', () => {
    const files = ['--client', `${wrong}/client.stderr`, '--server', `${wrong}/server.log`];
    const { steps } = JSON.parse(run(['--json', '--setup=freebsd', ...files]).stdout).diagnoses[0];
    const runs = steps.map((step: { run: string }) => step.run).join('\n');
    expect(runs).toContain('chroot -u yule -g yule -G yule / test -r /usr/local/etc/yulerc');
    expect(runs).not.toMatch(/runuser|ss -/);
    const debian = JSON.parse(run(['--json', '--setup', 'debian', ...files]).stdout).diagnoses[0].steps;
    expect(debian).toContainEqual(expect.objectContaining({ run: '', none: expect.stringContaining('no yule') }));
  });

  test('a setup that nobody knows is named with those that there are', () => {
    const { status, stderr } = run(['--setup', 'free-bsd', `${wrong}/server.log`]);
    expect([status, stderr]).toEqual([2, expect.stringContaining('source, freebsd, debian')]);
  });

  test('a healthy log', () => {
    const { status, stdout } = run(['--json', `${healthy}/server.log`, `${healthy}/client.log`]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 2, healthy: true, diagnoses: [] });
  });

  test('standard input, what decides, and what nobody could read', () => {
    const { status, stdout } = run(['--json', '-'], 'Session key negotiation failed\nsomething else\n');
    expect(status).toBe(1);
    const report = JSON.parse(stdout);
    expect(report.diagnoses[0]).toMatchObject({ confidence: 'possible', quoted: true, host: null, over: false });
    expect(report.diagnoses[0].ask.length).toBeGreaterThan(1);
    expect(report.diagnoses[0].ask[0]).toContain("If this is samhain's");
    for (const ask of report.diagnoses[0].ask) expect(ask).toBeTypeOf('string');
    expect(report.input.unrecognised).toEqual([{ file: '-', line: 2, text: 'something else' }]);
  });

  test('words of every program make no diagnosis; the message is named', () => {
    const { status, stdout } = run(['--json', '-'], 'error: checksum mismatch\n');
    expect(status).toBe(3);
    const { diagnoses, input } = JSON.parse(stdout);
    expect(diagnoses).toEqual([]);
    expect(input.unrecognised).toEqual([
      { file: '-', line: 1, text: 'error: checksum mismatch', like: ['MSG_E_SUBGEN'] },
    ]);
  });

  test('a mended problem is over', () => {
    const file = join(folder, 'mended.log');
    const line = (time: string, rest: string) => `${rest.padEnd(7)}:  [2026-11-23T${time}+0000]`;
    writeFileSync(
      file,
      `${line('10:00:00', 'CRIT')} msg=<Invalid connection attempt: Session key mismatch>, client=<c.example.net>\n` +
        `${line('10:05:00', 'NOTICE')} msg=<NEW CLIENT>, client=<c.example.net>\n`,
    );
    const { status, stdout } = run(['--json', file]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout).diagnoses[0].over).toBe(true);
  });

  test('an explanation is evidence too', () => {
    const text =
      '---------   sh_unix.c  ---   1236 ---------\n\nUser yule does not exist. Please add the user to your system.\n\n----------------------------------------------\n';
    const report = JSON.parse(run(['--json', '-'], text).stdout);
    expect(report.diagnoses[0].evidence).toEqual([{ file: '-', line: 1, side: null, message: 'explanation' }]);
  });

  test('compressed files', () => {
    const file = join(folder, 'server.log.gz');
    writeFileSync(file, gzipSync('msg=<Invalid connection attempt: Not in client list>, client=<a.example.net>\n'));
    expect(JSON.parse(run(['--json', file]).stdout).diagnoses[0].problem).toBe('not-in-client-list');
  });
});

test('files of one name are told apart', () => {
  const [one, two] = ['one', 'two'].map((name) => join(mkdtempSync(join(folder, name)), 'client.log'));
  for (const path of [one, two]) writeFileSync(path ?? '', `${path} says nothing\n`);
  const { input } = JSON.parse(run(['--json', one ?? '', two ?? '', one ?? '']).stdout);
  expect(input.unrecognised.map(({ file }: { file: string }) => file)).toEqual([one, two, `${one} (2)`]);
});

describe('text', () => {
  test('verdict, lines, steps with values, page', () => {
    const { status, stdout } = run([`${wrong}/server.log`]);
    expect(status).toBe(1);
    expect(stdout).toContain('certain, client1.example.net');
    expect(stdout).toContain(`${wrong}/server.log:9:`);
    expect(stdout).toContain('How to fix it: the steps of your case (one of 4), then those that all cases share');
    expect(stdout).toMatch(
      /Case: There are two entries[\s\S]{1,20}\n {6}Test: \(on the server\) [\s\S]{1,300}\n {6}This is your case if: It prints the name/,
    );
    expect(stdout).toContain('Until it is fixed\n   - Is the host watched?');
    expect(stdout).toContain('/problems/wrong-password/');
  });

  test('says when nothing is wrong, and when there was nothing to judge', () => {
    expect(run([`${healthy}/server.log`]).stdout).toContain('Nothing wrong found');
    const { status, stdout } = run(['-'], 'hello\n');
    expect(status).toBe(3);
    expect(stdout).toContain('nothing can be said');
  });

  test('control characters of a log, and of the name of a file, never reach the terminal', () => {
    const evil = 'a\u001b[2Jb\u0007\u009b31m\u007f\u202egpj.\u200bexe';
    const line = `msg=<Invalid connection attempt: Not in client list>, client=<${evil}.example.net>\n${evil}\n`;
    const file = join(folder, `${evil}\n.log`);
    writeFileSync(file, line);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e]/;
    for (const words of [[file], ['--json', file], [`${file}-missing`], ['-']]) {
      const { stdout, stderr } = run(words, line);
      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr, words.join()).not.toMatch(unseen);
    }
    // The JSON holds the same values all the same.
    const { input } = JSON.parse(run(['--json', file]).stdout);
    expect(input.unrecognised).toMatchObject([{ file, line: 2 }]);
  });
});

const unexplained =
  'ERROR  :  [2026-11-23T10:00:00+0000] msg=<Module execution error>, module=<SUIDCHECK>, return_code=<9>';

describe('the state', () => {
  test.each([
    ['nothing', 3, 'hello\n', 'nothing can be said'],
    ['nothing', 3, 'File not accessible\n', '/messages/msg-e-access/'],
    ['unclear', 1, `${unexplained}\n`, 'An error, but no known problem'],
    [
      'reports',
      0,
      'CRIT   :  [2026-11-23T10:00:00+0000] msg=<POLICY [ReadOnly] C-------TS>, path=</etc/passwd>\n',
      'POLICY',
    ],
    ['healthy', 0, 'INFO   :  [2026-11-23T10:00:00+0000] msg=<Session key negotiated>\n', 'Nothing wrong found'],
    ['diagnosed', 1, 'Session key negotiation failed\n', "if this is samhain's, the likeliest first"],
  ])('%s', (state, status, input, said) => {
    const json = run(['--json', '-'], input);
    expect(json.status).toBe(status);
    expect(JSON.parse(json.stdout)).toMatchObject({ state, healthy: status === 0 });
    const text = run(['-'], input);
    expect(text.status).toBe(status);
    expect(text.stdout).toContain(said);
    expect(text.stdout).toContain('Read 1 line, ');
    expect(text.stderr.includes('No line of samhain')).toBe(state === 'nothing');
  });

  test('an unexplained error is named in the JSON', () => {
    const report = JSON.parse(run(['--json', '-'], unexplained).stdout);
    expect(report.unexplained).toEqual([{ file: '-', line: 1, side: 'client', message: 'MSG_MOD_EXEC' }]);
  });

  test('candidates go by their titles', () => {
    const { stdout } = run(['-'], 'msg=<Connection refused, address yule.example.net>\n');
    expect(stdout).toContain('yule crashed or was killed');
    expect(stdout).not.toMatch(/fit: [a-z]+-[a-z]/);
  });
});

describe('other forms of a report', () => {
  const many = '20a-many-clients/42-plain/server.log';

  test('--report is Markdown', () => {
    const { status, stdout } = run([
      '--report',
      '--client',
      `${wrong}/client.stderr`,
      '--server',
      `${wrong}/server.log`,
    ]);
    expect(status).toBe(1);
    expect(stdout).toContain('## Wrong password or verifier');
    expect(stdout).toMatch(/\n1 found · \d+ ruled out · \d+ not judged\.\n/);
  });

  test('--redact holds for text, Markdown and JSON', () => {
    for (const form of [[], ['--report'], ['--json']]) {
      const { status, stdout } = run(['--redact', ...form, `${wrong}/server.log`]);
      expect(status).toBe(1);
      expect(stdout).toContain('host-1.example.org');
      expect(stdout).not.toMatch(/client1\.example\.net|03a-password/);
    }
  });

  test('--quiet says what is wrong, and nothing where all is well', () => {
    expect(run(['--quiet', `${wrong}/server.log`])).toEqual({
      status: 1,
      stdout: 'Wrong password or verifier (certain, client1.example.net)\n',
      stderr: '',
    });
    expect(run(['--quiet', `${healthy}/server.log`])).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  test('--only keeps what is said of one client', () => {
    const all = JSON.parse(run(['--json', many]).stdout);
    const one = JSON.parse(run(['--json', '--only', 'web03', many]).stdout);
    expect(one.only).toEqual(['web03']);
    expect(one.clients).toEqual(all.clients.filter(({ host }: { host: string }) => host === 'web03.example.net'));
    expect(one.diagnoses).toEqual(all.diagnoses.filter(({ host }: { host: string }) => host === 'web03.example.net'));
    const sum = ({ found, excluded, notJudged }: Record<string, number>) =>
      (found ?? 0) + (excluded ?? 0) + (notJudged ?? 0);
    expect(sum(one.counts)).toBe(sum(all.counts));
    expect(sum(one.counts)).toBeGreaterThan(40);
    expect(run(['--json', '--only', 'web01.example.net', many]).status).toBe(0);
    const none = run(['--only', 'nobody', many]);
    expect(none.status).toBe(3);
    expect(none.stderr).toContain('No line is about nobody.');
  });

  test('--since: what happened from then on, and every face says so', () => {
    const refused = (time: string, name: string) =>
      `CRIT   :  [2026-11-23T${time}+0000] msg=<Invalid connection attempt: Session key mismatch>, client=<${name}>\n`;
    const log = refused('10:00:00', 'web1.example.net') + refused('15:00:00', 'web2.example.net');
    const hosts = (...words: string[]) => {
      const { stdout } = run(['--json', ...words, '--server', '-'], log);
      const { diagnoses, window } = JSON.parse(stdout);
      return { hosts: diagnoses.map(({ host }: { host: string }) => host).sort(), window };
    };
    expect(hosts()).toEqual({ hosts: ['web1.example.net', 'web2.example.net'], window: null });
    const to = '2026-11-23T15:00:00Z';
    const late = { hosts: ['web2.example.net'], window: { from: '2026-11-23T13:00:00Z', to, before: 1, after: 0 } };
    expect(hosts('--since', '2h')).toEqual(late);
    expect(hosts('--since', '2026-11-23T13:00Z')).toEqual(late);
    expect(hosts('--since', '13:00')).toEqual(late);
    expect(hosts('--since=1d').hosts).toHaveLength(2);
    expect(hosts('--until', '2026-11-23T10:00')).toEqual({
      hosts: ['web1.example.net'],
      window: { from: '2026-11-23T10:00:00Z', to: '2026-11-23T10:00:59Z', before: 0, after: 1 },
    });
    for (const face of [[], ['--report']]) {
      const { stdout } = run([...face, '--since', '2h', '-'], log);
      expect(stdout).toContain('Judged: only what happened from 2026-11-23T13:00:00Z to 2026-11-23T15:00:00Z.');
      expect(stdout).toContain('1 line before 2026-11-23T13:00:00Z was not judged.');
    }
    // No all-clear for what was not judged.
    const well = `${log}INFO   :  [2026-11-23T18:00:00+0000] msg=<New connection>, socket_id=<4>\n`;
    expect(run(['--since', '17:00', '-'], well).stdout).toMatch(
      /^Nothing wrong found in the lines from that time\.[\s\S]*2 lines before 2026-11-23T17:00:00Z were not judged\.$/m,
    );
    expect(run(['--since', 'yesterday', '-'], log)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(', not yesterday'),
    });
    expect(run(['--since', '2h', '-'], 'no record\n')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('needs records with a time'),
    });
  });

  test('a log in rotated parts, packed or not and in any order, says what the whole one says', () => {
    const text = readFileSync(join(captures, healthy, 'server.log'), 'utf8');
    const records = text.split(/(?<=<\/sig><\/log>\n)/);
    const part = (from: number, to?: number) => records.slice(from, to).join('');
    const third = Math.floor(records.length / 3);
    const files = [join(folder, 'log'), join(folder, 'log.1'), join(folder, 'log.2.gz')];
    writeFileSync(files[0] ?? '', part(2 * third));
    writeFileSync(files[1] ?? '', part(third, 2 * third));
    writeFileSync(files[2] ?? '', gzipSync(part(0, third)));
    const said = (words: string[]) => {
      const { state, diagnoses, clients, reportsCount, input } = JSON.parse(run(['--json', ...words]).stdout);
      return { state, diagnoses, clients, reportsCount, records: input.records };
    };
    const whole = said([`${healthy}/server.log`]);
    expect(whole.records).toBeGreaterThan(10);
    expect(said(files)).toEqual(whole);
    expect(said([...files].reverse())).toEqual(whole);
  });

  test('--explain prints a message, one of its texts, or a problem', () => {
    const { status, stdout } = run(['--explain', 'MSG_TCP_BADCONN']);
    expect(status).toBe(0);
    expect(stdout).toContain('msg=<Invalid connection attempt: {reason}>, client=<{client}>');
    expect(stdout).toContain('/messages/msg-tcp-badconn/');
    const text = run(['--explain', 'msg-tcp-badconn/not-in-client-list']).stdout;
    expect(text).toContain('Not in client list');
    expect(text).not.toContain('Session key mismatch:');
    expect(run(['--explain', 'wrong-password']).stdout).toContain('/problems/wrong-password/');
    const wrongly = run(['--explain', 'wrong-pasword']);
    expect(wrongly.status).toBe(2);
    expect(wrongly.stderr).toContain('did you mean wrong-password?');
  });

  test('--version', () => {
    expect(run(['--version'])).toEqual({ status: 0, stdout: `${about.version}\n`, stderr: '' });
  });
});

describe('compiled rules', () => {
  test('are kept for the next call, and made anew where they are not whole', () => {
    const words = ['--quiet', `${wrong}/server.log`];
    const cache = join(root, 'node_modules', '.cache', 'samhain-diagnose');
    expect(run(words).status).toBe(1);
    const [name = ''] = readdirSync(cache).filter((one) => one.startsWith('rules-'));
    const whole = readFileSync(join(cache, name), 'utf8');
    writeFileSync(join(cache, name), whole.slice(0, 1000));
    expect(run(words).status).toBe(1);
    expect(readFileSync(join(cache, name), 'utf8')).toBe(whole);
  });

  test('the usage needs none of them', () => {
    const traced = [
      '--import',
      `data:text/javascript,${encodeURIComponent(`
      import { registerHooks } from 'node:module';
      registerHooks({ load: (url, context, next) => { if (url.startsWith('file:')) console.error(url); return next(url, context); } });
    `)}`,
    ];
    const command = [...traced, join(root, 'src', 'cli', 'diagnose.ts'), '--help'];
    const { stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    const loaded = stderr.split('\n').filter((line) => line.startsWith('file:'));
    expect(loaded.map((url) => url.slice(url.lastIndexOf('/') + 1)).sort()).toEqual([
      'arguments.ts',
      'diagnose.ts',
      'package.json',
      'visible.ts',
    ]);
  });
});

describe('bad usage and unreadable files', () => {
  test.each([
    [['--json', '--report', 'x'], 'choose one'],
    [['--json=yes', 'x'], '--json takes no value'],
    [['--only'], '--only needs the name of a client'],
    [['-x'], 'no option -x'],
    [['--jsn', 'x'], 'no option --jsn'],
    [[], 'No file was given'],
    [['--client'], '--client needs the name of a file'],
    [['--server='], '--server needs the name of a file'],
    [['-', '-'], 'only once'],
    [['no-such-file'], 'Cannot read no-such-file: there is no such file'],
    [['.'], 'Cannot read .: it is a directory'],
  ])('%j', (words, reason) => {
    const { status, stdout, stderr } = run(words);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(reason);
  });

  test.skipIf(!existsSync('/dev/full'))('a report that could not be written', () => {
    const full = openSync('/dev/full', 'w');
    for (const words of [['--json', `${healthy}/server.log`], [`${wrong}/server.log`], ['--help']]) {
      const command = [join(root, 'src', 'cli', 'diagnose.ts'), ...words];
      const { status, stderr } = spawnSync(process.execPath, command, {
        cwd: captures,
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      });
      expect(stderr).toContain('could not be written: no space left');
      expect(status).toBe(2);
    }
    closeSync(full);
  });

  test('archives that are not unpacked here, and one that is cut, say what to do', () => {
    const give = (bytes: Uint8Array) => {
      const file = join(folder, 'yule_log.1.gz');
      writeFileSync(file, bytes);
      return run(['--json', file]);
    };
    for (const [begin, command] of [
      [Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), 'zstd -dc'],
      [Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]), 'xz -dc'],
      [Buffer.from('BZh91AY&SY'), 'bzip2 -dc'],
      [Buffer.from('PK\u0003\u0004'), 'unzip -p'],
    ] as const) {
      const { status, stderr } = give(Buffer.concat([begin, Buffer.alloc(50, 7)]));
      expect(stderr).toContain(`Unpack it first, with "${command}"`);
      expect(status).toBe(2);
    }
    const line = 'msg=<Invalid connection attempt: Not in client list>, client=<a.example.net>\n';
    expect(give(gzipSync(line).subarray(0, 12)).stderr).toContain('truncated or damaged');
    const both = JSON.parse(give(Buffer.concat([gzipSync('hello\n'), gzipSync(line)])).stdout);
    expect(both.diagnoses[0].evidence[0].line).toBe(2);
  });

  test('help is no error', () => {
    const { status, stdout } = run(['--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Exit status');
  });

  test('a name that begins with a dash, after --', () => {
    expect(run(['--', '--json']).stderr).toContain('Cannot read --json');
  });
});
