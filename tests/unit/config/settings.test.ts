/** Configurations of real runs, and variants of each fault: what the reader finds, at which line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileSettings } from '../../../src/build/knowledge/settings.ts';
import { createGrammar } from '../../../src/engine/config/grammar.ts';
import { judgeSettings, type SettingContext } from '../../../src/engine/config/judge.ts';
import { readSettings, sideOfConfiguration } from '../../../src/engine/config/read.ts';
import type { Build } from '../../../src/engine/config/types.ts';
import { judgeSources, knowledge, rules } from '../diagnosis/judge.ts';

const grammar = createGrammar(compileSettings(knowledge));
const folder = join(import.meta.dirname, '..', '..', 'configs');
const BUILDS: Record<string, Build[]> = { server: ['server'], client: ['client', 'stand-alone'] };

const read = (text: string, side: string) => readSettings(text, grammar, BUILDS[side] ?? ['server', 'client']);
const judge = (text: string, side: string, context: SettingContext = {}) =>
  judgeSettings(read(text, side), rules, context);
const short = (text: string, side = 'server') => judge(text, side).findings.map((f) => `${f.line} ${f.rule}`);

const file = (...names: string[]) => readFileSync(join(folder, ...names), 'utf8');
const sideOf = (name: string) => (name === 'yulerc' ? 'server' : 'client');
const rows = readFileSync(join(folder, 'expected.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [run = '', name = '', at = '', kind = '', , needs = ''] = line.split('\t');
    return { run, name, line: at === '-' ? 0 : Number(at), kind, needs };
  });
const runs = readdirSync(folder).filter((name) => /^[dfh]\d/.test(name));
const filesOf = (run: string) => ['yulerc', 'samhainrc'].filter((name) => existsSync(join(folder, run, name)));

/** What else is given, by what a row needs. */
function context(run: string, needs: string, name: string): SettingContext {
  if (needs === 'log') return { seen: judgeSources([{ name: 'log', text: file(run, 'client.stderr') }]).read.findings };
  if (needs === 'mode') return { mode: 0o666 };
  if (needs === 'check') return { checks: { 'log-path': true } };
  if (needs === 'setup') return { setup: { build: 'stand-alone', logServer: false } };
  if (needs === 'other-file') {
    const other = name === 'yulerc' ? 'samhainrc' : 'yulerc';
    return { others: [read(file(run, other), sideOf(other))] };
  }
  return {};
}

describe('configurations of real runs', () => {
  it.each(rows.filter((r) => r.kind !== 'healthy'))('$run $name $line: $kind', ({ run, name, line, kind, needs }) => {
    const text = file(run, name);
    const alone = judge(text, sideOf(name));
    const found = (of: typeof alone) => of.findings.some((f) => f.line === line && f.rule === kind);
    expect(found(alone)).toBe(needs === 'file');
    if (needs === 'file') return;
    expect(alone.notJudged.map((n) => `${n.line} ${n.rule} ${n.needs}`)).toContain(`${line} ${kind} ${needs}`);
    expect(found(judge(text, sideOf(name), context(run, needs, name)))).toBe(true);
  });

  it.each(runs)('%s: nothing else is said, and a corrected file is clean', (run) => {
    const sound = (text: string, name: string) =>
      judge(text, sideOf(name)).findings.filter((f) => f.degree !== 'untidy');
    for (const name of filesOf(run)) {
      const lines = rows.filter((r) => r.run === run && r.name === name).map((r) => r.line);
      const text = file(run, name);
      expect(sideOfConfiguration(text, grammar)).toBe(sideOf(name));
      expect(sound(text, name).filter((f) => !lines.includes(f.line))).toEqual([]);
      if (existsSync(join(folder, run, 'after-fix', name)))
        expect(sound(file(run, 'after-fix', name), name)).toEqual([]);
    }
  });

  it('has the invalid lines and headings that the program printed, and no others', () => {
    const differing: string[] = [];
    for (const run of runs)
      for (const name of filesOf(run)) {
        const printed = join(folder, run, name === 'yulerc' ? 'server.stderr' : 'client.stderr');
        if (!existsSync(printed) || /^PrintSeverity *= *none/m.test(file(run, name))) continue;
        const said = [...readFileSync(printed, 'utf8').matchAll(/(?:Invalid line|section heading in line) (\d+)/g)];
        const builds: Build[] = run.startsWith('d') ? ['stand-alone'] : name === 'yulerc' ? ['server'] : ['client'];
        const host = name === 'yulerc' ? 'yule.example.net' : 'client1.example.net';
        const settings = readSettings(file(run, name), grammar, builds, { host });
        const bad = settings.entries.filter(
          ({ facts: f }) => f.what === 'invalid' || (f.what === 'heading' && !f.known),
        );
        const ours = [...new Set([...bad.map((e) => e.line), ...settings.rests])].sort((a, b) => a - b).join();
        const theirs = [...new Set(said.map((m) => Number(m[1])))].sort((a, b) => a - b).join();
        if (ours !== theirs) differing.push(`${run}/${name}: ${ours} for ${theirs}`);
      }
    expect(differing).toEqual([]);
  });
});

const VERIFIER = '1DD9181794BA6E4300CE46D6D2A4566F'.repeat(8);
const OTHER = '9CFDBC6C03BC7736F23FFB675EF28420'.repeat(8);
const client = (name: string, verifier = VERIFIER, salt = '9CBA51D56C2FA35E') => `Client=${name}@${salt}@${verifier}`;
const list = (...lines: string[]) =>
  ['[Misc]', 'Daemon=yes', '[Clients]', client('a.example.org', OTHER), ...lines, ''].join('\n');

describe('variants', () => {
  it.each<[string, string, string[]]>([
    ['a name without domain', list(client('db7')), ['5 short-client-name']],
    ['the same host in other letters', list(client('A.Example.ORG')), ['5 duplicate-client']],
    [
      'wrapped twice',
      list(client('b.example.org').slice(0, 90), VERIFIER.slice(40, 100), VERIFIER.slice(100)),
      ['5 wrapped-line'],
    ],
    [
      'wrapped by quoted-printable',
      list(`${client('b.example.org').slice(0, 75)}=`, VERIFIER.slice(0, 200)),
      ['5 wrapped-line'],
    ],
    ['wrapped before the verifier', list('Client=b.example.org@9CBA51D56C2FA35E', `@${VERIFIER}`), ['5 wrapped-line']],
    [
      'wrapped before the salt: what begins with @ is a block that no host is in, down to an @end',
      list('Client=b.example.org', `@9CBA51D56C2FA35E@${VERIFIER}`, 'Nonsense', '@end', 'Nonsense too=1'),
      ['5 wrapped-line', '9 unknown-option'],
    ],
    ['a comment after a user', '[Misc]\nTrustedUser=daemon # me\n', ['2 inline-comment']],
    ['quotes round an address', '[Server]\nSetServerInterface="10.0.0.1"\n', ['2 bad-value']],
    ['a placeholder', list(client('<hostname>')), ['5 placeholder-hostname']],
    ['a placeholder in brackets', list(client('<name of the client>')), ['5 placeholder-hostname']],
    ['a placeholder with a domain', list(client('CLIENTNAME.example.com')), ['5 placeholder-hostname']],
    ['a host that is called client', list(client('client.example.com')), []],
    ['quotes round the name', list(client('"b.example.org"')), ['5 no-host-name']],
    ['a pattern', list(client('*.example.org')), ['5 no-host-name']],
    ['an address with its network', list(client('10.0.0.1/24')), ['5 no-host-name']],
    ['IPv6', list(client('fe80::1%eth0')), []],
    ['a third @', list(client('root@b.example.org')), ['5 malformed-client']],
    ['an entry without its word', list(client('b.example.org').replace('Client=', '')), ['5 malformed-client']],
    ['an entry out of a diff', list(`+${client('b.example.org')}`), ['5 malformed-client']],
    ['a comment after a number', '[Misc]\nSetLoopTime=60 # s\nDaemon=yes;\n', ['2 inline-comment', '3 inline-comment']],
    [
      'root among the trusted',
      '[Misc]\nTrustedUser=daemon, root\nTrustedUser=root, daemon\n',
      ['2 bad-value', '3 bad-value'],
    ],
    ['a long comment', list(`# ${'x'.repeat(600)}`), ['5 line-length']],
    ['@end with a mark', list('@yule', client('b.example.org'), '@end;'), ['7 bad-end']],
    ['a host named so', list('@endor', '@end'), ['5 condition-too-wide'].slice(1)],
    ['one @', list(`Client=b.example.org@9CBA51D56C2FA35E:${VERIFIER}`), ['5 malformed-client']],
    ['a comment', list(`${client('b.example.org')}   // new`), ['5 inline-comment']],
    ['a letter l', list(client('b.example.org', VERIFIER.replace('1', 'l'))), ['5 verifier-not-hex']],
    ['cut', list(client('b.example.org', VERIFIER.slice(0, 201))), ['5 truncated-verifier']],
    ['small salt', list(client('b.example.org', VERIFIER, '9cba51d56c2fa35e')), ['5 salt-case']],
    ['blank before @', list(client('b.example.org ')), ['5 blank-in-client']],
    ['no-break space', list(client('b.example.org\u00A0')), ['5 blank-in-client']],
    ['below the end', list('[eof] x', client('b.example.org')), ['6 after-eof']],
    ['lost', list(client('b.example.org')).trimEnd(), ['5 no-final-newline']],
    ['a block for a client', list('@ b.example.org', client('b.example.org'), '@END x'), ['5 condition-never-true']],
    ['@endif', list('@yule', client('b.example.org'), '@endif'), ['7 bad-end']],
    ['@if without end', list('@if not hostname_matches yule', client('b.example.org')), ['5 missing-end']],
    ['an end alone', list('$fi'), ['5 unmatched-end']],
    ['%ifdef', list('%ifdef x', client('b.example.org'), '%endif'), ['5 bad-condition']],
    ['a server option below the clients', list('SetClientTimeLimit=1800'), ['5 wrong-section']],
    ['a mail option in [Log]', '[Log]\nSetMailNum=5\n[Clients]\n', ['2 wrong-section']],
    ['off', '[Misc]\nDaemon=off\n', ['2 bad-value']],
    ['minutes', '[Misc]\nSetLoopTime = 10min\n', ['2 unit-in-number']],
    ['quotes', '[Log]\nMailSeverity="none"\n', ['2 bad-value']],
    ['a comment that is accepted', '[Log]\nLogSeverity=warn # was info\n', ['2 inline-comment']],
    ['a set without members', '[Log]\nPrintSeverity=none, !err\n', ['2 empty-severity-set']],
    ['all but one', '[Log]\nLogSeverity=*; !=mark\n', []],
    ['all but what matters', '[Log]\nLogSeverity=*,!warn\n', ['2 without-severe']],
    ['blanks in conditions', list('@ if hostname_matches yule', client('b.example.org'), '@ ELSE', '@ FI'), []],
    ['an odd list', '[Log]\nLogSeverity=foo,warning\n', ['2 bad-value']],
    ['only alerts', '[Log]\nLogSeverity==alert\n', ['2 log-off']],
    ['alerts by another way too', '[Log]\nLogSeverity=alert\nSyslogSeverity=warn\n', []],
    ['a value over two lines', '[Misc]\nSetLogfilePath=/var/log/\\\nyule.log\n', ['2 continuation', '3 text-outside']],
    ['a port with a 0 in front', '[Server]\nSetServerPort=049777\n', ['2 octal-port']],
    ['a hexadecimal port', '[Server]\nSetServerPort=0x50\n', ['2 octal-port']],
    ['the usual port, written otherwise', '[Server]\nSetServerPort=0xC271\n', []],
    ['the usual port, written in octal', '[Server]\nSetServerPort=0141161\n', []],
    ['a negative time', '[Misc]\nSetLoopTime=-60\n', ['2 bad-value']],
    ['another negative time', '[Misc]\nSetFileCheckTime=-3\n', ['2 bad-value']],
    ['a negative number of mails', '[Mail]\nSetMailNum=-3\nSetMailPort=-1\n', ['2 bad-value', '3 bad-value']],
    ['a name with the mark of a mail program', list(client('3Dweb1.example.org')), ['5 placeholder-hostname']],
    ['a host whose name begins with 3d', list(client('3dprinter.example.org')), []],
    [
      'a template that nobody filled in',
      '[Misc]\n<% if x -%>\nSetLoopTime={{ loop }}\n',
      ['2 template-text', '3 template-text'],
    ],
    ['a template with =', '[Misc]\n<%= @x %>\n', ['2 template-text']],
    ['a blank in a name', '[Misc]\nSet LoopTime=60\n', ['2 unknown-option']],
    ['a no-break space before an option', list(`\u00A0${client('b.example.org')}`), ['5 non-ascii']],
    ['a no-break space before =', list(client('b.example.org').replace('=', '\u00A0=')), ['5 misspelt-but-accepted']],
    [
      'a line of 16,400 bytes',
      list(`# ${'é'.repeat(8200)}`, 'SetLoopTime=60'),
      ['5 line-length', '6 text-outside', '7 wrong-section'],
    ],
    [
      'a heading that nobody knows any more',
      '[Kernel]\nKernelCheckActive=1\n[Misc]\nDaemon=yes\n',
      ['1 unknown-section'],
    ],
    ['an empty salt', list(client('b.example.org', VERIFIER, '')), ['5 salt-length']],
    ['a short salt', list(client('b.example.org', VERIFIER, '9CBA51')), ['5 salt-length']],
    ['an old entry', list(client('b.example.org', VERIFIER.slice(0, 48), '00000000')), []],
    ['a second root', '[Server]\nSetChrootDir=/a\nSetChrootDir=/b\n', ['3 later-ignored']],
    ['a relay with a port', '[Mail]\nSetMailRelay=mail.example.net:25\n', ['2 port-on-host']],
    ['a port on an address', '[Server]\nSetServerInterface=10.7.0.2:49777\n', ['2 bad-value']],
    ['a facility', '[Log]\nSyslogFacility=LOG_LOCAL9\nSyslogFacility=LOG_LOCAL7\n', ['2 bad-value']],
    ['quotes round a path', '[Misc]\nSetLogfilePath="/var/log/yule/log"\n', ['2 not-a-path']],
    ['a client option', '[Misc]\nChecksumTest=check\n', ['2 not-a-server-option']],
    ['CR only', '[Misc]\rDaemon=off\r', ['1 line-ends']],
  ])('%s', (_, text, expected) => {
    expect(short(text)).toEqual(expected);
  });

  it.each<[string, string, string[]]>([
    ['a server option', '[Misc]\nSetServerPort=49777\n', ['2 not-a-client-option']],
    ['no time stamps are sent', '[Log]\nExportSeverity=crit\n', ['2 export-without-marks']],
    ['time stamps are sent', '[Log]\nExportSeverity=mark\n', []],
    ['time stamps and all else are sent', '[Log]\nExportSeverity=*\n', []],
    ['a depth with a blank', '[ReadOnly]\ndir=2 /etc\n', ['2 bad-value']],
    ['a depth of 120', '[LogFiles]\ndir=120/etc\n', ['2 bad-value']],
    ['a comment after a path', '[ReadOnly]\nfile = /etc/hosts # names\n', ['2 inline-comment']],
    ['an interface for an address', '[Misc]\nSetBindAddress=eth0\n', ['2 bad-value']],
    ['the output of a command', '[Client]\nSetLogServer=$(cat /etc/log-server)\n', []],
    ['an end in a block of another host', '@^web1$\n[EOF]\n@end\n[Misc]\nDaemon=off\n', ['5 bad-value']],
    ['an address of the web', '[Client]\nSetLogServer=https://logs.example.net\n', ['2 no-host-name']],
    ['quotes round a host', "[Client]\nSetLogServer = 'logs.example.net'\n", ['2 no-host-name']],
    ['two hosts on a line', '[Client]\nSetLogServer=a.example.net,b.example.net\n', ['2 no-host-name']],
    ['an address of its own', '[Client]\nSetLogServer=2001:db8::7\n', []],
    [
      'two paths on a line',
      '[ReadOnly]\nfile=/etc/passwd,/etc/shadow\ndir=2/opt /srv\n',
      ['2 two-paths', '3 two-paths'],
    ],
    ['a blank in a path', '[ReadOnly]\nfile=/srv/My Documents\ndir=+3/usr/lib\n', []],
    ['one severity with a sign', '[EventSeverity]\nSeverityReadOnly=!crit\nSeverityNames=none\n', ['2 bad-value']],
    ['a depth for all', '[Misc]\nSetRecursionLevel=100\nSetRecursionLevel=99\n', ['2 bad-value']],
    ['a schedule', '[Misc]\nFileCheckScheduleOne=daily\nFileCheckScheduleTwo=0 3 * * *\n', ['2 bad-value']],
    [
      'a checksum',
      '[Misc]\nDigestAlgo=sha256\nRedefReadOnly=-ATIME\nRedefUser0=+CHK,-MTM\n',
      ['2 bad-value', '3 bad-value'],
    ],
    ['a port on a host', '[Client]\nSetLogServer=logs.example.net:49777\n', ['2 log-server']],
    ['an option of a module that begins as another', '[Utmp]\nSeverityLoginMulti=warn\n', []],
    ['a path twice', '[ReadOnly]\nfile=/etc/hosts\n[LogFiles]\nfile=/etc/hosts\n', ['4 path-twice']],
    ['a short name in a condition', '@db1\n[Misc]\nSetLoopTime=60\n@end\n', ['1 condition-too-wide']],
    ['a whole name in a condition', '@^db1\\.example\\.net$\n[Misc]\nSetLoopTime=60\n@end\n', []],
    ['a bad expression', '@(web1\n[Misc]\nSetLoopTime=60\n@end\n', ['1 bad-expression']],
    ['a module', '[SuidCheck]\nSuidCheckActive=yes\n[IgnoreAll]\ndir=-1/proc\n', []],
    ['an option of a module that is not known', '[PortCheck]\nPortCheckDevice=eth0\n', []],
    ['a section of the server', '[Clients]\nDaemon=off\n', ['1 unknown-section']],
  ])('of a client: %s', (_, text, expected) => {
    expect(short(text, 'client')).toEqual(expected);
  });
});

describe('a configuration of a client', () => {
  it.each<[string, string, string[]]>([
    ['a mark after a path', '[ReadOnly]\nfile=/etc/hosts;\n', ['2 inline-comment']],
    ['the same path with a slash', '[ReadOnly]\ndir=/srv\ndir=/srv/\n', ['3 path-twice']],
    ['an end that is denied', '[ReadOnly]\n!$Linux\nfile=/a\n!$end\n[Misc]\nDaemon=no\n', ['4 bad-end']],
    ['no expression at all', '[Misc]\nIgnoreAdded=^/tmp\nIgnoreMissing=/tmp\n', ['2 bad-value']],
  ])('%s', (_, text, expected) => expect(short(text, 'client')).toEqual(expected));

  it('a comment behind the log server, and an entry broken before its @, lead to what comes of them', () => {
    const first = (text: string, side: string) => judge(text, side).findings[0];
    expect(first('[Client]\nSetLogServer=yule.example.net # main\n', 'client')).toMatchObject({
      degree: 'breaks',
      problem: 'server-name-unresolvable',
    });
    const broken = first(list('Client=b.example.org@9CBA51D56C2FA35E', `@${VERIFIER}`), 'server');
    expect(broken).toMatchObject({ degree: 'breaks', problem: 'client-line-malformed' });
    expect(broken?.effect).toContain('opens a block');
  });

  it('of numbers only a port is read by its base', () => {
    const says = (text: string) => judge(text, 'server').findings[0]?.says;
    expect(says('[Server]\nSetServerPort=0100\n')).toContain('64');
    expect(says('[Misc]\nSetLoopTime = 0100min\n')).toContain('0100min are read: 100.');
  });

  it('two tests in one line are none', () => {
    const { entries } = readSettings(
      '[ReadOnly]\n@web1 and @web2\nfile=/a\n@end\n@ifdef x\n@end\n',
      grammar,
      ['client'],
      {
        host: 'web1.example.net',
      },
    );
    const found = judgeSettings({ ...read('', 'client'), entries }, rules).findings;
    expect(found.map(({ line, rule }) => `${line} ${rule}`)).toEqual(['2 bad-condition', '5 bad-condition']);
  });
});

describe('secrets and hostile files', () => {
  it('no verifier, salt or password is in anything that comes out', () => {
    const secret = 'Tr0ub4dor';
    for (const run of runs)
      for (const name of filesOf(run)) {
        const text = file(run, name);
        const out = JSON.stringify([read(text, sideOf(name)), judge(text, sideOf(name))]);
        expect(out).not.toMatch(/[0-9A-F]{16}/);
      }
    const odd = list(
      `SetDBPassword ${secret}`,
      `SetSocketPassword=${secret}`,
      `Client:b@${VERIFIER}`,
      `Client ${VERIFIER} = x`,
      `@${VERIFIER}`,
      `%${VERIFIER}`,
      `[${VERIFIER}`,
      `${VERIFIER}=1`,
    );
    for (const text of [odd, `[Misc]\nSetSocketPassword=${secret}\n`, `[Database]\nSetDBPassword=${secret}\n`]) {
      const out = JSON.stringify([read(text, 'server'), judge(text, 'server')]);
      expect(out).not.toContain(secret);
      expect(out).not.toMatch(/[0-9A-F]{16}/);
    }
  });

  it('is bounded in time', () => {
    const start = process.threadCpuUsage();
    for (const text of [
      list(`Client=${'a'.repeat(1_000_000)}@b@c`),
      list(`Client=a@b@${'F'.repeat(1_000_000)}`),
      '\0'.repeat(1_000_000),
      `[Misc]\n${'x\0=\u001b[31m<b>\n'.repeat(200_000)}`,
      `[Misc]\n${'@a\n'.repeat(100_000)}`,
      '@x=[\n'.repeat(10_000_000),
    ]) {
      judge(text, 'server');
      sideOfConfiguration(text, grammar);
    }
    // (Two seconds, most of them for the last.)
    expect(process.threadCpuUsage(start).user / 1000).toBeLessThan(20_000);
  }, 120_000);
});
