/** What a configuration is compared with: the other file, a name that an expression means, a client that a line names. */
import { expect, test } from 'vitest';
import { compileSettings } from '../../../src/build/knowledge/settings.ts';
import { createGrammar } from '../../../src/engine/config/grammar.ts';
import { judgeSettings } from '../../../src/engine/config/judge.ts';
import { readSettings } from '../../../src/engine/config/read.ts';
import { at, judge, judgeSources, knowledge, rules } from '../diagnosis/judge.ts';

const grammar = createGrammar(compileSettings(knowledge));
const server = (text: string) => readSettings(text, grammar, ['server']);
const said = (text: string, others = [] as ReturnType<typeof server>[]) =>
  judgeSettings(server(text), rules, { others }).findings.map(({ line, rule, hosts }) =>
    [line, rule, ...(hosts ?? [])].join(' '),
  );
const secret = `9CBA51D56C2FA35E@${'0123456789ABCDEF'.repeat(16)}`;

test('a time limit has to be above the loop time of the clients: the same is not enough', () => {
  const loop = [readSettings('[Misc]\nSetLoopTime=60\n', grammar, ['client'])];
  const limit = (seconds: number) => said(`[Server]\nSetClientTimeLimit=${seconds}\n`, loop);
  expect(limit(59)).toContain('2 time-limit');
  expect(limit(60)).toContain('2 time-limit');
  expect(limit(61)).not.toContain('2 time-limit');
});

test('a block is for a client only if its expression means that one, and not anybody of the domain', () => {
  const block = (expression: string) =>
    said(`@${expression}\n[Clients]\nClient=b.example.net@${secret}\n@end\n`).filter((one) => one.includes('never'));
  expect(block('^b\\.example\\.net$')).toEqual(['1 condition-never-true b.example.net']);
  expect(block('^.*\\.example\\.net$')).toEqual([]);
});

test('a line names its client whether = or a blank stands before the name', () => {
  expect(said(`[Clients]\nClient b.example.net@${secret}\n`)).toEqual(['2 no-equals-sign b.example.net']);
  expect(said(`[Clients]\nClient=b.example.net@9CBA@${secret}\n`)).toEqual(['2 malformed-client b.example.net']);
});

test('an upper server named anywhere in the file is one, in a block for some hosts too', () => {
  const relay = (named: string) => said(`[Log]\nExportSeverity=warn\n[Server]\n${named}\n[Misc]\nDaemon=yes\n`);
  const none = ['2 export-without-server'];
  expect(relay('SetServerPort=49777')).toEqual(none);
  expect(relay('SetLogServer=upper1.example.net')).toEqual([]);
  expect(relay('SetLogServer=upper1.example.net\nSetLogServer=upper2.example.net')).toEqual([]);
  expect(relay('@if file_exists /etc/relay\nSetLogServer=upper1.example.net\n@end')).toEqual([]);
});

/** Rules that are told of a yulerc and lines of its server's log, each with the name that the log has instead. */
const ofFile = (yulerc: string, ...log: string[]) =>
  judgeSources([
    { name: 'yulerc', text: yulerc, toEnd: true },
    ...(log.length > 0 ? [{ name: 'yule_log', text: log.join('\n') }] : []),
  ]).settings?.map(({ rule, degree, seen }) => [rule, degree, ...(seen ? [seen] : [])].join(' '));

test('a last line without its end is lost in a file, and perhaps only not copied in a paste or behind the prefixes of grep', () => {
  const lines = ['[Misc]', 'Daemon=yes', 'SetLoopTime=60'];
  expect(ofFile(`${lines.join('\n')}\n`)).toEqual([]);
  expect(ofFile(lines.join('\n'))).toEqual(['no-final-newline breaks']);
  expect(ofFile(lines.map((line, i) => `yulerc:${i + 1}:${line}`).join('\n'))).toEqual(['no-final-newline untidy']);
});

test('what a difference, a container or a forum has around a configuration is none of it', () => {
  const file = `[Misc]\nDaemon=yes\n[Clients]\nClient=a.example.net@${secret}\nClient=a.example.net@${'B'.repeat(16)}${secret.slice(16)}\n`;
  const findings = ofFile(file);
  expect(findings?.join()).toContain('duplicate-client breaks');
  const each = (before: string) => `${file.trimEnd().replaceAll(/^/gm, before)}\n`;
  for (const dressed of [each('+'), each('yule-1  | '), `[CODE]\n${file}[/CODE]\n`])
    expect(ofFile(dressed)).toEqual(findings);
});

test('a placeholder is replaced with the only full name that the log refuses: no address, no first part, none of two', () => {
  const refused = (name: string) =>
    at('10:00:00', 'CRIT', `msg=<Invalid connection attempt: Not in client list>, client=<${name}>`);
  const entry = `[Misc]\nDaemon=yes\n[Clients]\nClient=HOSTNAME@${secret}\n`;
  const meant = (...names: string[]) =>
    ofFile(entry, ...names.map(refused))?.filter((one) => one.startsWith('placeholder'));
  expect(meant('web7.example.net')).toEqual(['placeholder-hostname breaks web7.example.net']);
  expect(meant('web7.example.net', 'WEB7.example.net')).toHaveLength(1);
  for (const names of [['192.0.2.7'], ['web7'], ['web7.example.net', 'db1.example.net']])
    expect(meant(...names), names.join()).toEqual(['placeholder-hostname breaks']);
});

test('options tell a configuration though each of their words has more letters than its name', () => {
  const { state, read } = judge('[Misc]\nSetLoopTimeout=60\nSetLogfilePathname=/var/log/yule_log\n');
  expect([state, read.settings.length]).toEqual(['read', 1]);
});

test('an entry that was broken with a backslash is no number: another message than that of one that was cut', () => {
  const [before, after] = [secret.slice(0, 120), secret.slice(120)];
  const broken = (sign: string) => {
    const text = `[Clients]\nClient=a.example.net@${before}${sign}\n${after}\n`;
    return judgeSettings(server(text), rules).findings.map(({ line, rule, problem }) => `${line} ${rule} ${problem}`);
  };
  expect(broken('')).toEqual(['2 wrapped-line wrong-password']);
  expect(broken('\\')).toEqual(['2 wrapped-line client-line-malformed']);
});
