/** Values from logs are somebody else's text: in a command they are one word, and never run. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanValue, commandValues, fillCommand, shellQuote } from '../../../src/engine/diagnosis/index.ts';
import { at, judge, knowledge } from './judge.ts';

const hostile = [
  'client1.example.net',
  "it's",
  "'; touch owned; '",
  '"; touch owned; "',
  '$(touch owned)',
  '`touch owned`',
  'a\ntouch owned\n',
  'a\r\ntouch owned',
  'x; touch owned',
  'x && touch owned || y',
  'x | touch owned',
  '> owned',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  '$HOME ${HOME} $((1+1))',
  '\\',
  "\\'",
  '*?[a-z]{a,b}~!#',
  '\u0000\u0007\u001b[31m',
  'a\u202egpj.exe',
  'ü € 漢字',
  '',
  ' ',
  '%s%n',
];

const folder = mkdtempSync(join(tmpdir(), 'values-'));
const shell = (command: string): string => execFileSync('/bin/sh', ['-c', command], { cwd: folder, encoding: 'utf8' });

describe('shellQuote', () => {
  test.each(hostile)('%j comes out as it went in', (value) => {
    expect(shell(`printf %s ${shellQuote(value)}`)).toBe(cleanValue(value));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a plain word stays readable', () => {
    expect(shellQuote('/var/lib/yule/rc.client1.example.net')).toBe('/var/lib/yule/rc.client1.example.net');
  });

  test('no value leaves its quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const quoted = shellQuote(value);
        const inside = quoted.replaceAll("'\\''", '');
        expect(/^[A-Za-z0-9_./:@%+,-]+$/.test(quoted) || /^'[^']*'$/.test(inside)).toBe(true);
        expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

describe('fillCommand', () => {
  test.each(hostile)('%j is one word in every kind of quotes', (value) => {
    for (const [template, before, after] of [
      ['printf %s {client}', '', ''],
      ["printf %s '<{client}>'", '<', '>'],
      ['printf %s "<{client}>"', '<', '>'],
      ['printf %s a\\"{client}', 'a"', ''],
    ] as const) {
      expect(shell(fillCommand(template, { client: value }))).toBe(before + cleanValue(value) + after);
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('other braces stay', () => {
    expect(fillCommand("awk '{print $1}' {path} {Other}", { path: '/a b' })).toBe("awk '{print $1}' '/a b' {Other}");
    expect(fillCommand('echo {constructor}', {})).toBe('echo {constructor}');
  });
});

describe('commandValues', () => {
  const problem = knowledge.problems.find(({ id }) => id === 'wrong-password');
  const given = (client: string) => {
    const line = at('10:00:00', 'CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`);
    const { diagnoses, read } = judge(line);
    const [diagnosis] = diagnoses;
    if (!problem || !diagnosis) throw new Error('no diagnosis');
    return commandValues(problem, diagnosis, read.findings).client;
  };

  test('come from the evidence', () => {
    expect(given('db7.example.org')).toMatchObject({ value: 'db7.example.org', found: true });
  });

  test('nothing, an option or a novel is not taken', () => {
    for (const value of ['', '(NULL)', '-rf', `a${'b'.repeat(5000)}`]) {
      expect(given(value)).toMatchObject({ value: problem?.values.client?.example, found: false });
    }
  });
});

describe.each(knowledge.problems)('the commands of $id', ({ fix, verify, decide, values }) => {
  const runs = [...fix, ...verify, ...decide].flatMap(({ run }) => (run ? [run] : []));
  const names = Object.keys(values);

  test('stay whole whatever the values hold', () => {
    const filled = runs.flatMap((run) =>
      hostile.map((value) => fillCommand(run, Object.fromEntries(names.map((name) => [name, value])))),
    );
    const file = join(folder, 'commands');
    writeFileSync(file, [...new Set(filled)].join('\n'));
    // -n reads the commands and runs nothing.
    execFileSync('/bin/sh', ['-n', file]);
  });

  test('put no value into a program of sed, awk or perl', () => {
    for (const name of names) {
      const inProgram = new RegExp(`\\b(?:sed|awk|perl)\\b[^|;\\n]{0,80}['"][^'"\\n]{0,80}\\{${name}\\}`);
      for (const run of runs) expect(run).not.toMatch(inProgram);
    }
  });
});

describe('what a line may put into a command', () => {
  const finding = (values: Record<string, string>, more: { side?: 'client' | 'server'; suspicious?: string } = {}) => ({
    record: {
      source: 0,
      line: 1,
      endLine: 1,
      sink: 'file' as const,
      form: 'plain' as const,
      body: '',
      fields: [],
      ...(more.suspicious ? { suspicious: more.suspicious } : {}),
    },
    values,
    ...(more.side ? { side: more.side } : {}),
  });
  const taken = (
    kind: 'host' | 'path' | 'number' | 'text',
    one: ReturnType<typeof finding>,
    side?: 'client' | 'server',
  ): boolean => {
    const values = {
      it: { example: 'example', fields: ['it'], what: 'it', usual: false, kind, ...(side ? { side } : {}) },
    };
    const evidence = [{ finding: 0, sign: 0, weight: 'proves' as const, copies: [] }];
    return commandValues({ values }, { evidence, explains: [] }, [one]).it?.found === true;
  };

  test.each(['client1.example.net', 'client1', '198.51.100.20', '2001:db8::1', 'a_b.example.net.'])('host %s', (it) => {
    expect(taken('host', finding({ it }))).toBe(true);
  });

  test.each([
    '0.0.0.0',
    '127.0.0.1',
    '127.0.1.1',
    '::1',
    '::',
    'localhost',
    'localhost.localdomain',
    'LOCALHOST',
    'a b',
    'a;b',
    '$(x)',
    '-x',
    '(null)',
    '',
  ])('no host: %j', (it) => {
    expect(taken('host', finding({ it }))).toBe(false);
  });

  test('paths and numbers', () => {
    expect(taken('path', finding({ it: '/etc/a b' }))).toBe(true);
    expect(taken('path', finding({ it: 'REQ_FROM_SERVER' }))).toBe(false);
    expect(taken('number', finding({ it: '996' }))).toBe(true);
    expect(taken('number', finding({ it: '996; x' }))).toBe(false);
  });

  test('nothing from a record that looks forged, or of the other side', () => {
    expect(taken('text', finding({ it: 'x' }))).toBe(true);
    expect(taken('text', finding({ it: 'x' }, { suspicious: 'looks forged' }))).toBe(false);
    expect(taken('text', finding({ it: 'x' }, { side: 'client' }), 'server')).toBe(false);
    expect(taken('text', finding({ it: 'x' }, { side: 'server' }), 'server')).toBe(true);
    expect(taken('text', finding({ it: 'x' }), 'server')).toBe(true);
  });
});

test('every value that lines can fill says what it must look like', () => {
  for (const { id, values } of knowledge.problems) {
    for (const [name, { fields, kind }] of Object.entries(values)) {
      if (fields.length > 0) expect(kind, `${id}: ${name}`).not.toBe('text');
    }
  }
});
