/** Configurations through every face: terminal, JSON, page; alone, beside the other side's file, and together with logs. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyseToView } from '../../../src/components/diagnosis/view.ts';
import { statedThresholds } from '../../../src/engine/config/configurations.ts';
import { pasted } from '../../../src/engine/names.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judgeSources, knowledge, setup } from '../diagnosis/judge.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const configs = join(root, 'tests', 'configs');
const folder = mkdtempSync(join(tmpdir(), 'configurations-'));

const SALT = '9CBA51D56C2FA35E';
const VERIFIER = '1DD9181794BA6E4300CE46D6D2A4566F'.repeat(8);
const OTHER = '9CFDBC6C03BC7736F23FFB675EF28420'.repeat(8);
const client = (name: string, verifier = VERIFIER) => `Client=${name}@${SALT}@${verifier}`;
const list = (...lines: string[]) => ['[Log]', 'LogSeverity=info', '[Clients]', ...lines, ''].join('\n');
const refused = (why: string, name: string, time = '10:00:00') =>
  at(time, 'CRIT', `msg=<Invalid connection attempt: ${why}>, client=<${name}>`);
const works = (name: string, time = '10:00:00') => at(time, 'NOTICE', `msg=<NEW CLIENT>, client=<${name}>`);

function run(words: string[], input: string | Buffer = '') {
  const command = [join(root, 'src', 'cli', 'diagnose.ts'), ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { input, encoding: 'utf8', cwd: configs });
  return { status, stdout, stderr };
}

/** What the faces say of files by name; `pasted` is what was pasted. */
function faces(files: Record<string, string>) {
  const given = Object.entries(files).map(([name, text]) =>
    name === pasted ? { name, text } : { name, text, toEnd: true as const },
  );
  const { read, ...result } = judgeSources(given);
  return {
    clients: result.clients,
    json: jsonOf(reportOf({ read, result, ...knowledge, setup })),
    text: textOf(reportOf({ read, result, ...knowledge, setup })),
    page: analyseToView(given),
  };
}
const found = ({ json }: ReturnType<typeof faces>) =>
  (json.settings ?? []).map(({ file, line, rule, degree }) => `${file}:${line} ${rule} ${degree}`);

describe('the command line', () => {
  test('--config-only: one line for each finding, and a status', () => {
    const { status, stdout, stderr } = run([
      '--config-only',
      'f70-several-faults-in-a-longer-file/yulerc',
      'h01-minimal/yulerc',
    ]);
    expect(stderr).toBe('');
    expect(status).toBe(1);
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => line.replace(/^([^ ]*) (\w+):.*\[([\w-]+)\]$/, '$1 $2 $3'))).toEqual([
      'f70-several-faults-in-a-longer-file/yulerc:19: misleads unknown-option',
      'f70-several-faults-in-a-longer-file/yulerc:27: breaks wrapped-line',
      'f70-several-faults-in-a-longer-file/yulerc:30: breaks no-equals-sign',
    ]);
    expect(stdout).not.toMatch(/[0-9A-F]{16}/);
    expect(run(['--config-only', 'h03-many-clients/yulerc'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(run(['--config-only', 'f48-unknown-options/yulerc']).status).toBe(0);
    expect(run(['--config-only', 'h01-minimal/yulerc', 'h01-minimal/server.stderr']).status).toBe(3);
  });

  test('a configuration with a mistake is diagnosed, one without is read', () => {
    const broken = run(['--json', 'f02-client-duplicate-good-first/yulerc']);
    expect(broken.status).toBe(1);
    const file = 'f02-client-duplicate-good-first/yulerc';
    expect(JSON.parse(broken.stdout)).toMatchObject({
      state: 'diagnosed',
      healthy: false,
      input: { unrecognised: [], configurations: [file] },
      settings: [{ file, line: 21, rule: 'duplicate-client', degree: 'breaks', problem: 'wrong-password' }],
      diagnoses: [
        {
          problem: 'wrong-password',
          confidence: 'likely',
          host: 'client1.example.net',
          evidence: [{ file, line: 21, side: 'server', setting: 'duplicate-client' }],
        },
      ],
    });
    const sound = run(['--json', 'h03-many-clients/yulerc', 'h06-odd-spelling/samhainrc']);
    expect(sound.status).toBe(0);
    expect(JSON.parse(sound.stdout)).toMatchObject({ state: 'read', healthy: false, settings: [], diagnoses: [] });
  });

  test('what a file is beside its text counts: byte order marks and permissions', () => {
    const text = list(client('web1.example.net'));
    const path = join(folder, 'yulerc');
    const rules = (bytes: Buffer | string, mode = 0o600) => {
      writeFileSync(path, bytes);
      chmodSync(path, mode);
      return run(['--config-only', path]).stdout.match(/(?<=\[)[\w-]+(?=\]$)/gm);
    };
    expect(rules(text)).toBeNull();
    expect(rules(`\uFEFF${text}`)).toEqual(['byte-order-mark']);
    expect(rules(Buffer.from(`\uFEFF${text}`, 'utf16le'))).toEqual(['encoding']);
    expect(rules(text, 0o666)).toEqual(['permission']);
    const secret = `[Database]\nSetDBPassword=hunter2\n${text}`;
    expect(rules(secret, 0o644)).toEqual(['readable-secret']);
    expect(rules(secret, 0o640)).toBeNull();
  });

  test('a list of clients in the wrong place is a configuration all the same', () => {
    const clients = Array.from({ length: 20 }, (_, i) => client(`web${i}.example.net`)).join('\n');
    for (const heading of ['[Log]', '[Client]', '[ Clients ]', '[Kernel]']) {
      const { json } = faces({ yulerc: `[Misc]\nDaemon=yes\n${heading}\n${clients}\n` });
      expect(json.input.configurations, heading).toEqual(['yulerc']);
      expect(json.settings?.[0], heading).toMatchObject({ degree: 'breaks' });
    }
  });

  test('the entry of a client alone tells a configuration, and the name of the file tells whose it is', () => {
    const entry = client('web1.example.net');
    for (const text of [`[ Clients ]\n${entry}\n`, `[Clients]\n${entry.replace('=', ': ')}\n`]) {
      const { json } = faces({ text });
      expect(json.input.configurations).toEqual(['text']);
      expect(json.settings?.[0]).toMatchObject({ degree: 'breaks' });
    }
    const mixed = `[ReadOnly]\ndir=/etc\n[Misc]\nChecksumTest=check\n[Clients]\n${entry}\n`;
    expect(found(faces({ 'old/yulerc.bak': mixed }))).toEqual([
      'old/yulerc.bak:2 not-a-server-option misleads',
      'old/yulerc.bak:4 not-a-server-option misleads',
    ]);
  });

  test('a signed configuration is read as one, and its signature is not', () => {
    const armor = '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n';
    const signature = `-----BEGIN PGP SIGNATURE-----\n\n${'iQEzBAEBCAAdFiEE0123456789abcdefABCDEF+/==\n'.repeat(8)}-----END PGP SIGNATURE-----\n`;
    const signed = faces({ samhainrc: `${armor}[ReadOnly]\ndir=/etc\n[Misc]\nDaemon=yes\n[EOF]\n${signature}` });
    expect(signed.json.state).toBe('read');
    expect(signed.json.settings).toEqual([]);
    // Without an end above it a program with GnuPG still reads none of it: one finding, and no line of it is called a setting.
    const open = faces({ samhainrc: `${armor}[ReadOnly]\ndir=/etc\n[Misc]\nDaemon=yes\n${signature}SetLoopTime=1h\n` });
    expect(found(open)).toEqual(['samhainrc:8 signature untidy', 'samhainrc:19 unit-in-number misleads']);
  });

  test('a setup that installs one program only says what it lacks', () => {
    const words = ['--config-only', '--setup', 'debian', 'd01-debian-package-as-client/samhainrc'];
    expect(run(words).stdout).toMatch(/:10: .*\[wrong-build\]\n.*:12: misleads: .*\[wrong-build\]/);
  });
});

describe('together with the log', () => {
  test.each([
    ['a short name in the log', 'web1', list(client('db1.example.net'), client('web1.example.net')), 5],
    ['a short name in the list', 'web1.example.net', list(client('web1'), client('db1.example.net')), 4],
  ])('%s: the line of the list is given', (_, name, yulerc, line) => {
    const answer = faces({ yulerc, 'server.log': refused('Not in client list', name) });
    expect(found(answer)).toContain(`yulerc:${line} short-client-name breaks`);
    const [first] = answer.json.diagnoses;
    expect(first).toMatchObject({ problem: 'not-in-client-list', confidence: 'certain', host: name });
    expect(first?.evidence).toContainEqual({ file: 'yulerc', line, side: 'server', setting: 'short-client-name' });
    expect(answer.page.verdicts[0]?.evidence.map(({ where }) => where)).toContain(`yulerc, line ${line}`);
    expect(answer.text).toContain(`yulerc:${line}: The entry is for `);
  });

  test('a name that is one letter off is pointed at, and one that has its own entry is not', () => {
    const log = refused('Not in client list', 'web1.example.net');
    expect(found(faces({ yulerc: list(client('wbe1.example.net')), log }))).toEqual([
      'yulerc:4 misspelt-client-name breaks',
    ]);
    const both = list(client('web2.example.net'), client('web1.example.net'));
    expect(found(faces({ yulerc: both, log }))).toEqual([]);
    // Its own entry is there and is not read; and hosts of a row differ by their number.
    const below = `${list(client('wbe1.example.net'))}[EOF]\n${client('web1.example.net')}\n`;
    expect(found(faces({ yulerc: below, log }))).toEqual(['yulerc:6 after-eof breaks']);
    expect(found(faces({ yulerc: list(client('web2.example.net')), log }))).toEqual([]);
  });

  test('a placeholder is nobody, and is the entry of the one client that has none', () => {
    const yulerc = list(client('HOSTNAME'), client('db1.example.net'));
    const both = faces({ yulerc, log: refused('Not in client list', 'web1.example.net') });
    expect(both.json.diagnoses).toHaveLength(1);
    expect(both.page.verdicts[0]).toMatchObject({ host: 'web1.example.net', cases: [{ id: 'other-name' }] });
    expect(both.text).toContain('If this is the entry of web1.example.net, replace HOSTNAME with it.');
    expect(faces({ yulerc }).json.diagnoses.map(({ host }) => host)).toEqual([null]);
    // Which of two it is nobody knows, and a client that does not know its own name needs no entry.
    for (const names of [['web1.example.net', 'web2.example.net'], ['0.0.0.0']]) {
      const log = names.map((name) => refused('Not in client list', name)).join('\n');
      expect(faces({ yulerc, log }).text).not.toContain('replace HOSTNAME with it');
    }
  });

  test('an entry that is not read is told of the clients it is for, and of no other', () => {
    const lost = [
      ['[Client]', client('web1.example.net'), client('web3.example.net')],
      ['[Misc]', client('web1.example.net')],
      ['[Clients]', '[EOF]', client('web3.example.net'), client('web1.example.net')],
    ];
    for (const lines of lost) {
      const yulerc = ['[Log]', 'LogSeverity=info', ...lines, ''].join('\n');
      const log = (name: string) => faces({ yulerc, log: refused('Not in client list', name) });
      expect(log('web1.example.net').page.verdicts[0]?.cases.map(({ id }) => id)).toEqual(['not-read']);
      expect(log('web9.example.net').page.verdicts[0]?.cases.length).toBeGreaterThan(1);
    }
  });

  test('two entries choose the case of a wrong password', () => {
    const yulerc = list(client('web1.example.net'), client('web1.example.net', OTHER));
    const log = refused('Session key mismatch', 'web1.example.net');
    const { json, page } = faces({ yulerc, log });
    expect(json.diagnoses).toHaveLength(1);
    expect(page.verdicts[0]?.cases.map(({ id }) => id)).toEqual(['two-entries']);
    expect(faces({ log }).page.verdicts[0]?.cases.length).toBeGreaterThan(1);
  });

  test('a client that works in spite of its entry is no problem', () => {
    const yulerc = list(client('web1.example.net'), client('web1.example.net', OTHER));
    const answer = faces({ yulerc, log: works('web1.example.net') });
    expect(answer.json.diagnoses).toEqual([]);
    expect(found(answer)).toEqual(['yulerc:5 duplicate-client breaks']);
  });

  test('clients of the list that the log never saw are named', () => {
    const yulerc = list(client('web1.example.net'), client('db1.example.net'), client('mail.example.net'));
    const log = [works('web1.example.net'), refused('Session key mismatch', 'mail', '10:01:00')].join('\n');
    const states = (files: Record<string, string>) =>
      Object.fromEntries(faces(files).clients.map(({ host, state }) => [host, state]));
    expect(states({ yulerc, log })).toMatchObject({ 'web1.example.net': 'fine', 'db1.example.net': 'never-seen' });
    expect(Object.values(states({ yulerc, log })).filter((state) => state === 'never-seen')).toHaveLength(1);
    // Without a line of the server nothing says what it saw.
    expect(Object.values(states({ yulerc }))).toEqual([]);
    expect(Object.values(states({ log }))).not.toContain('never-seen');
  });

  test('the two sides are compared, and asked for where one is missing', () => {
    const yulerc = '[Server]\nSetClientTimeLimit=300\n[Clients]\n';
    const samhainrc = '[ReadOnly]\ndir=/etc\n[Misc]\nSetLoopTime=600\n';
    expect(found(faces({ yulerc, samhainrc }))).toEqual(['yulerc:2 time-limit misleads']);
    const mac = list(client('web1.example.net')).replace('[Clients]', '[Misc]\nMACType=HASH-TIGER\n[Clients]');
    expect(found(faces({ yulerc: mac, samhainrc }))).toEqual([expect.stringMatching(/^yulerc:\d mac-type breaks$/)]);
    const same = samhainrc.replace('[Misc]', '[Misc]\nMACType=HASH-TIGER');
    expect(found(faces({ yulerc: mac, samhainrc: same }))).toEqual([]);
    const alone = faces({ yulerc });
    expect(found(alone)).toEqual([]);
    expect(alone.text).toContain("Not judged: line 2. That needs the other side's configuration too.");
  });
});

test.each([
  ['LogSeverity=crit', 'CRIT'],
  ['LogSeverity=debug\nLogSeverity=mark crit', 'MARK'],
  ['LogSeverity=*', 'DEBUG'],
  ['LogSeverity=none', undefined],
  ['LogSeverity==crit', undefined],
  ['LogSeverity=warn\n@web1\nLogSeverity=crit\n@end', undefined],
])('what a log of the server would show is stated by its configuration: %s', (lines, severity) => {
  const { read } = judgeSources([
    { name: 'yulerc', text: `[Log]\n${lines}\n[Clients]\n${client('web1.example.net')}\n` },
  ]);
  const stated = statedThresholds(read.settings, { file: 'LogSeverity' });
  expect(stated).toEqual(severity ? [{ side: 'server', sink: 'file', severity }] : []);
});

test('what the log of the server would have shown is what its configuration says', () => {
  const signature = (time: string) => `${'0123456789ABCDEF'.repeat(3)}[2026-11-23T${time}+0000]`;
  const quiet = [
    ['15:00:00', 'msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<ABC>'],
    ['15:20:00', 'msg=<EXIT>, program=<Yule>, status=<SIGTERM>'],
  ].flatMap(([time = '', body = '']) => [at(time, 'ALERT', body), signature(time)]);
  const log = ['[SOF]', ...quiet, ''].join('\n');
  const failed = at('15:18:05', 'ERROR', 'msg=<Session key negotiation failed>');
  const standing = (severity?: string) => {
    const yulerc: Record<string, string> = severity ? { yulerc: `[Log]\nLogSeverity=${severity}\n[Clients]\n` } : {};
    const { json } = faces({ ...yulerc, 'server.log': log, 'client.log': failed });
    return json.diagnoses.some(({ problem }) => problem === 'wrong-password');
  };
  expect(standing()).toBe(true);
  // Two of its records are ERROR: a log that begins at CRIT would not have them.
  expect(standing('crit')).toBe(true);
  expect(standing('info')).toBe(false);
});

test('a threshold that the configuration states is named as what hides a record, however short the log is', () => {
  const log = at('10:00:00', 'MARK', 'msg=<---- TIMESTAMP ---->');
  const needs = (severity: string) => {
    const { json } = faces({ yulerc: `[Log]\nLogSeverity=${severity}\n[Clients]\n`, 'server.log': log });
    return json.notJudged.find(({ problem }) => problem === 'refused-by-libwrap')?.needs;
  };
  expect(needs('crit')).toContainEqual({ setting: 'LogSeverity' });
  expect(needs('debug')).not.toContainEqual({ setting: 'LogSeverity' });
});

describe('what was pasted', () => {
  test('is a part of a file: nothing is said of what stood around it', () => {
    expect(found(faces({ [pasted]: client('web1.example.net') }))).toEqual([]);
    expect(found(faces({ yulerc: `${client('web1.example.net')}\n` }))).toEqual([
      'yulerc:1 before-first-section breaks',
    ]);
    expect(found(faces({ [pasted]: list(client('web1.example.net')).trimEnd() }))).toEqual([
      'pasted:4 no-final-newline untidy',
    ]);
    const numbered = list(client('web1.example.net'), 'Client=x').replace(/^(?=.)/gm, 'yulerc:');
    expect(found(faces({ [pasted]: numbered }))).toEqual(['pasted:5 malformed-client breaks']);
  });

  test('is shown with the findings at their lines, and without a secret', () => {
    const yulerc = list(client('web1.example.net').slice(0, 90), VERIFIER, client('db1.example.net'));
    const { page } = faces({ [pasted]: yulerc });
    const [file] = page.files;
    expect(file).toMatchObject({ kind: 'configuration of the server', counts: '1 mistake', breaks: true });
    expect(page.verdicts).toEqual([]);
    expect(page.masked).toContain('Client= holds a secret');
    const setting = file?.parts.find((part) => 'rule' in part);
    expect(setting).toMatchObject({
      rule: 'wrapped-line',
      at: { from: 4, count: 2 },
      leads: { href: expect.stringContaining('wrong-password') },
    });
    expect(setting).not.toHaveProperty('write');
    const lines = file?.parts.flatMap((part) => ('rule' in part ? (part.at?.lines ?? []) : part.lines));
    expect(lines).toEqual(
      yulerc
        .trimEnd()
        .split('\n')
        .map((line) => (line.length > 30 ? expect.stringContaining('XXXX') : line)),
    );
    expect(JSON.stringify(page)).not.toMatch(/[0-9A-F]{12}/);
  });

  test('beside the lines of a log in the same box, is told from them', () => {
    const log = refused('Not in client list', 'web1');
    const text = `${log}\n\n${list(client('db1.example.net'), client('web1.example.net'))}${works('db1.example.net', '10:01:00')}\n`;
    const answer = faces({ [pasted]: text });
    expect(found(answer)).toEqual(['pasted:7 short-client-name breaks']);
    expect(answer.json.input).toMatchObject({ records: 2, unrecognised: [] });
    expect(answer.json.diagnoses[0]).toMatchObject({ problem: 'not-in-client-list', host: 'web1' });
    // Other programs' sections are no configuration of samhain.
    expect(faces({ [pasted]: `${log}\n[mysqld]\nport=3306\n` }).json.settings).toEqual([]);
  });

  test('and is long or hostile, changes nothing but the text shown', () => {
    const text = `[Misc]\nSetLoopTime=\u001b[31m<b>x</b>\n${'# x\n'.repeat(50_000)}`;
    const { page, json, text: report } = faces({ [pasted]: text });
    expect(json.settings).toHaveLength(1);
    expect(report).not.toContain('\u001b');
    expect(JSON.stringify(page.files).length).toBeLessThan(20_000);
  });
});

describe('expressions of conditions', () => {
  test('a block for clients is seen, and one for the server is not', () => {
    const block = (condition: string) =>
      found(faces({ yulerc: list(condition, client('web1.example.net'), '@end', client('db1.example.net')) }));
    for (const condition of ['@web1', '@^web[12]\\.example\\.net$', '@if hostname_matches (web1|web2)'])
      expect(block(condition), condition).toEqual(['yulerc:4 condition-never-true breaks']);
    for (const condition of ['@example.net', '@.*', '@yule', '@if file_exists /etc/web1'])
      expect(block(condition), condition).toEqual([]);
  });
});
