/** Configurations that commands printed in a terminal: each is a file, and a part of one is a part. */
import { describe, expect, test } from 'vitest';
import { pasted } from '../../../src/engine/names.ts';
import { at, judgeSources } from '../diagnosis/judge.ts';

const entry = (host: string) => `Client=${host}@9CBA51D56C2FA35E@${'0123456789ABCDEF'.repeat(16)}`;
const list = ['[Log]', 'LogSeverity=none', '[Clients]', entry('web1.example.net')];

/** What is said of a text: findings as `file:line rule degree`. */
function said(...lines: string[]) {
  const { read, settings = [], diagnoses } = judgeSources([{ name: pasted, text: lines.join('\n') }]);
  const name = (source: number) => read.sources[source]?.name ?? '';
  return {
    found: settings.map(({ source, line, rule, degree }) => `${name(source)}:${line} ${rule} ${degree}`),
    files: read.settings.map(({ source, side }) => `${name(source)} ${side ?? '?'}`),
    checks: read.outputs.outcomes.map(({ check }) => check),
    problems: diagnoses.map(({ problem }) => problem),
    unrecognised: read.unrecognised.map(({ text }) => text),
  };
}

describe('a file that was printed whole', () => {
  const process = ['root@yule:~# ps -ef | grep yule', 'yule  1234  1  0 10:00 ?  00:00:00 /usr/local/sbin/yule -D'];

  test('is read beside the output of another command, with the numbers of its own lines', () => {
    const { found, files, problems, unrecognised } = said('root@yule:~# cat /etc/yulerc', ...list, ...process);
    expect(found).toEqual(['yulerc:2 log-off misleads']);
    expect(files).toEqual(['yulerc server']);
    expect([...problems, ...unrecognised]).toEqual([]);
  });

  test('is read beside lines of a log, which its findings then explain', () => {
    const refused = at('10:00:00', 'ERROR', 'msg=<Invalid connection attempt: Not in client list>, client=<web1>');
    const { found, problems } = said(
      'root@yule:~# cat /etc/yulerc',
      ...list,
      'root@yule:~# tail -n 1 /var/log/yule/yule_log',
      refused,
    );
    expect(found).toContain('yulerc:4 short-client-name breaks');
    expect(problems).toEqual(['not-in-client-list']);
  });

  test('is that of each side, where both were printed', () => {
    const { found, files } = said(
      'root@yule:~# cat /etc/yulerc',
      ...list,
      'root@yule:~# exit',
      'web1:~>cat /etc/samhainrc',
      '[Misc]',
      'SetLogServer=yule',
      '[Log]',
      'ExportSeverity=none',
    );
    expect(files).toEqual(['yulerc server', 'samhainrc client']);
    expect(found).toEqual(['yulerc:2 log-off misleads', 'samhainrc:4 export-off misleads']);
  });

  test('has lost its last line only where the prompt stands behind it', () => {
    expect(said('root@yule:~# cat /etc/yulerc', ...list, 'root@yule:~# ').found).toEqual([
      `${pasted}:3 log-off misleads`,
    ]);
    expect(said('root@yule:~# cat /etc/yulerc', ...list).found).toContain(`${pasted}:5 no-final-newline untidy`);
  });

  test.each([
    "grep -v '^#' /etc/yulerc",
    "sudo grep -Ev '^(#|$)' /etc/yulerc | less",
    "sed '/^#/d' /etc/yulerc",
    'cat -n /etc/yulerc',
  ])('is whole without its comments, too: %s', (command) => {
    expect(said(`root@yule:~# ${command}`, entry('a.example.net'), ...list, ...process).found).toEqual([
      'yulerc:1 before-first-section breaks',
      'yulerc:3 log-off misleads',
    ]);
  });
});

describe('a part of a file', () => {
  test.each([
    'tail -n 2 /etc/yulerc',
    'sed -n 7,8p /etc/yulerc',
    'cat /etc/yulerc | tail -2',
    'grep -i client /etc/yulerc',
  ])('says nothing of the heading above it: %s', (command) => {
    const { found, files, problems } = said(
      `root@yule:~# ${command}`,
      'UseSeparateLogs=yes',
      entry('web1.example.net'),
      '',
    );
    expect([...found, ...problems]).toEqual([]);
    expect(files).toEqual([`${pasted} server`]);
  });

  test('whose lines were searched for has headings that need not be theirs', () => {
    expect(
      said('root@web1:~# grep -i log /etc/samhainrc', '[Log]', 'LogSeverity=info', 'SetLogServer=yule', '').found,
    ).toEqual([]);
  });

  test('that begins with the file has what stands above its first heading', () => {
    expect(said('root@yule:~# head -n 2 /etc/yulerc', entry('a.example.net'), '[Log]', '').found).toEqual([
      `${pasted}:2 before-first-section breaks`,
    ]);
  });
});

describe('among the words of a mail', () => {
  const words = [
    'Hi all,',
    'we see nothing since this morning, and it worked last week.',
    'I restarted yule twice.',
    '',
  ];
  const more = ['', 'Any idea?', 'Best regards', 'Joe', 'ACME'];

  test.each(['', '> ', '    '])('is all that is read: %j', (margin) => {
    const { found, files, unrecognised } = said(...words, ...list.map((line) => margin + line), ...more);
    expect(files).toEqual([`${pasted} server`]);
    expect(found).toEqual([`${pasted}:6 log-off misleads`]);
    expect(unrecognised).toEqual([]);
  });

  test('is read beside a message that they name', () => {
    const named = said("It says 'Session key negotiation failed'.", ...words, ...list, ...more);
    expect(named.files).toEqual([`${pasted} server`]);
    expect(named.problems.length).toBeGreaterThan(1);
  });

  test('is read beside a line of a log that they quote', () => {
    const failed = at('10:00:00', 'ERROR', 'msg=<Session key negotiation failed>');
    const { found } = said(
      ...words,
      `> ${failed}`,
      'and',
      '> [Misc]',
      '> SetLogServer=yule',
      '> [Log]',
      '> ExportSeverity=none',
      ...more,
    );
    expect(found).toEqual([`${pasted}:10 export-off misleads`]);
  });

  test('a few lines are an example, and those of another program no configuration', () => {
    expect(said(...words, '[Log]', 'LogSeverity=none', ...more).files).toEqual([]);
    expect(said(...words, '[Log]', 'level=none', 'file=/x', 'keep=7', 'size=9', ...more).files).toEqual([]);
  });
});

test('what a check prints of a configuration stays its output', () => {
  const { checks, files } = said(
    "root@yule:~# grep -niE '^[[:space:]]*(\\[|LogSeverity|LogClass)' /etc/yulerc",
    '1:[Log]',
    '2:LogSeverity=none',
  );
  expect(checks).toEqual(['server.log-options']);
  expect(files).toEqual([]);
});

test('a comment of a configuration is no command', () => {
  const text = ['# cat /etc/motd', ...list, '# less is more', entry('web2.example.net'), ''];
  expect(said(...text).files).toEqual([`${pasted} server`]);
});
