/** No secret of what is pasted is in any face of the answer: the text, the JSON, what the page is made of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analyseToView } from '../../../src/components/diagnosis/view.ts';
import { diagnose } from '../../../src/engine/diagnosis/index.ts';
import { readInput } from '../../../src/engine/input.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { content, knowledge, rules, setup } from './judge.ts';

const { messages, problems } = knowledge;
function faces(...texts: string[]) {
  const given = texts.map((text, i) => ({ name: `file${i}`, text }));
  const read = readInput(given, content);
  const result = diagnose(read.findings, problems, messages, read.asides, { ...read, rules });
  return {
    json: jsonOf(reportOf({ read, result, ...knowledge, setup })),
    text: textOf(reportOf({ read, result, ...knowledge, setup })),
    page: analyseToView(given),
  };
}

const host = 'web5.example.net';
const salt = '8C1F0B2D77A9E3C4';
const verifier = Array.from({ length: 32 }, (_, i) =>
  ((i * 40_503_721 + 0x5b0e7f3a) >>> 0).toString(16).padStart(8, '0'),
)
  .join('')
  .toUpperCase();
const password = '3F9A6C0E7B1D5824';
const key = '7A31F0C9D2E84B5660A1B2C3D4E5F60718293A4B5C6D7E8F';
const signature = 'B19C44D07EA2530F8C6611D2F3A4958776E5D4C3B2A19081';
const stamp = '2026-11-23T15:18:17+0000';
const line = `Client=${host}@${salt}@${verifier}`;
const record = `CRIT   :  [${stamp}] msg=<Invalid connection attempt: Session key mismatch>, client=<${host}>`;
const logkey = `msg=<LOGKEY>, program=<Samhain>, hash=<${key}>`;

/** Every eight digits of a secret in a row, in capital letters. */
const parts = (secret: string) => Array.from({ length: secret.length - 7 }, (_, i) => secret.slice(i, i + 8));

function expectMasked(text: string, secrets: string[], kept: string[] = []): void {
  for (const [face, shown] of Object.entries(faces(text))) {
    const all = JSON.stringify(shown).toUpperCase();
    for (const secret of secrets) {
      const found = secret.length < 9 ? [secret] : parts(secret);
      expect(
        found.filter((part) => all.includes(part.toUpperCase())),
        `${face}: ${all.slice(0, 500)}`,
      ).toEqual([]);
    }
    for (const one of kept) expect(all, face).toContain(one.toUpperCase());
  }
}

const spellings: Record<string, string> = {
  'as yule -P prints it': line,
  'with blanks': `\tclient  =  ${host} @ ${salt} @ ${verifier}  `,
  'small letters, CR LF': `CLIENT=${host}@${salt.toLowerCase()}@${verifier.toLowerCase()}\r\nLogSeverity=warn\r\n`,
  'a longer word': `Clients=${host}@${salt}@${verifier}`,
  'a comment': `# Client=${host}@${salt}@${verifier}\n; ${line}\n// ${line}`,
  'a comment behind it': `${line} # the old one`,
  'grep -n': `yulerc:12:${line}\n13:${line}`,
  'grep --color': `\u001b[01;31m\u001b[KClient\u001b[m\u001b[K=${host}@${salt}@${verifier}`,
  'cat -n': `    12\t${line}`,
  'a quotation': `> > ${line}`,
  diff: `-${line}\n+${line}`,
  'a shell': `echo "${line}" >> /etc/yulerc; echo '${line}'`,
  'quotation marks': `Client="${host}@${salt}@${verifier}"`,
  prose: `My line is ${line}, what is wrong with it?`,
  JSON: JSON.stringify({ MESSAGE: `${line}\n${line}\n` }),
  'pretty JSON of the journal': `    "MESSAGE" : "${line}",`,
  'quoted-printable': `Client=3D${host}@${salt}@${verifier.slice(0, 40)}=\n${verifier.slice(40, 110)}=\n${verifier.slice(110)}`,
  'invisible characters': `Cli\u200bent=${host}@${salt.slice(0, 5)}\u00ad${salt.slice(5)}@${verifier}`,
  'UTF-16 read as bytes': [...`${line}\n`].join('\0'),
  'wrapped at 80': `Client=${host}@${salt}@${verifier}`.replace(/.{80}/g, '$&\n'),
  'wrapped and quoted': `Client=${host}@${salt}@${verifier}`.replace(/(.{60})/g, '$1\n> '),
  'wrapped in the salt': `Client=${host}@${salt.slice(0, 6)}\n${salt.slice(6)}@${verifier}`,
  'wrapped behind the name': `Client=${host}@\n${salt}@${verifier}`,
  'wrapped in the name': `Client=web5.exam\nple.net@${salt}@${verifier}`,
  'its beginning is lost': `ple.net@${salt}@${verifier.slice(0, 60)}`,
  'its beginning is lost, in the salt': `${salt}@${verifier}`,
  'its end is lost': `Client=${host}@${salt}`,
  cut: `${line.slice(0, 90)}\n[Log]\nLogSeverity=warn`,
  colons: `Client=${host}:${salt}:${verifier}`,
  'blanks in place of signs': `Client=${host} ${salt} ${verifier}`,
  'a letter O': `${line.slice(0, 100)}O${line.slice(101)}`,
  'groups of digits': `Client=${host}@${salt}@${verifier.replace(/.{4}/g, '$& ')}`,
  'a backslash at the end': `${line.slice(0, 80)}\\\n${line.slice(80)}`,
  'a build without SRP': `Client entry: Client=HOSTNAME@00000000@${signature}`,
  'lengths of a line without its signs': `${host} ${salt} ${verifier} 0 0`,
  'the rest of a wrapped line alone': verifier.slice(0, 80),
  'the debug record': `DEBUG  :  [${stamp}] msg=<Registered ${host}, salt ${salt}, verifier ${verifier}>`,
  'the debug record in XML': `<log sev="DEBG" tstamp="${stamp}" msg="Registered ${host}, salt ${salt}, verifier ${verifier}" />`,
  'the debug record in syslog': `Nov 23 15:18:17 yule Yule[35]: DEBUG  :  [${stamp}] msg=<Registered ${host}, salt ${salt}, verifier ${verifier}>`,
  'a refused line': `WARN   :  [${stamp}] msg=<Invalid input>, option=<client>, obj=<${host} ${salt} ${verifier}>`,
  'a refused line in XML': `<log sev="WARN" tstamp="${stamp}" msg="Invalid input" option="client" obj="${host}@${salt}${verifier}" />`,
};

test.each(Object.entries(spellings))('salt and verifier of a client: %s', (_, text) => {
  const secrets = text.includes(signature) ? [signature] : [salt, verifier];
  expectMasked(text, secrets);
  // Among lines of a log it is the same.
  expectMasked(
    `${record}\n${signature}\n${text}\n${record}\n${signature}`,
    secrets.filter((one) => one !== signature),
  );
});

test.each([
  ['yule -G', `$ yule -G\n${password}\n`],
  ['yule -G, small letters', `server:~# yule -G\n${password.toLowerCase()}`],
  ['yule -P', `yule -P ${password} | sed s/HOSTNAME/web5/ >> /etc/yulerc`],
  ['yule --password', `yule --password=${password}`],
  ['samhain_setpwd', `samhain_setpwd /usr/local/sbin/samhain new ${password}`],
  ['yule_setpwd', `./yule_setpwd yule new '${password}'`],
  [
    'its output',
    `INFO   old password found\nINFO   replaced:  ${salt}  by:  ${password.toLowerCase()}\nINFO   finished`,
  ],
  ['a variable', `PW=${password}; yule -P $PW`],
  ['make rpm', `PASSWORD=${password} make rpm`],
])('a password of 16 digits: %s', (_, text) => {
  expectMasked(text, [password]);
});

test.each([
  ['SetDBPassword = xyzzy plugh', ['plugh', 'xyzzy']],
  ['[Database]\n  setdbpassword=hunter2', ['hunter2']],
  ['yulerc:7:SetSocketPassword="hunter2"', ['hunter2']],
  ['YULECTL_PASSWORD=hunter2 yulectl -c LISTALL', ['hunter2']],
  ['./configure --enable-base=1234567890,987654321', ['1234567890', '987654321']],
  ['mysql_password = hunter2', ['hunter2']],
])('a password that is set: %s', (text, secrets) => {
  expectMasked(text, secrets);
});

test.each([
  ['relayed', `<TCP>  :  [${stamp}] client=<web5>, msg=<ALERT  :  [${stamp}] ${logkey}>\n${signature}`],
  [
    'in XML',
    `<log sev="ALRT" tstamp="${stamp}" msg="LOGKEY" program="Samhain" hash="${key}" />\n<sig>${signature}</sig>`,
  ],
  ['as HTML', `&lt;TCP&gt;  :  [${stamp}] msg=&lt;LOGKEY&gt;, program=&lt;Samhain&gt;, hash=&lt;${key}&gt;`],
  [
    'mailed',
    `-----BEGIN MESSAGE-----\r\n[${stamp}] web5\r\nALERT  :  [${stamp}] ${logkey}\r\n-----BEGIN LOGKEY-----\r\n${key}[${stamp}]\r\n-----BEGIN SIGNATURE-----\r\n${signature}\r\n000001 1234567890::web5\r\n-----END MESSAGE-----`,
  ],
  ['mailed, its block alone', `-----BEGIN LOGKEY-----\n${key}${stamp}\n`],
  ['wrapped', `ALERT  :  [${stamp}] msg=<LOGKEY>, program=<Samhain>, hash=<${key.slice(0, 20)}\n${key.slice(20)}>`],
])("a log's key: %s", (_, text) => {
  expectMasked(text, [key]);
});

test('a masked key is still read as a part of its record', () => {
  const text = `ALERT  :  [${stamp}] ${logkey}\r\n-----BEGIN LOGKEY-----\r\n${key}[${stamp}]`;
  expect(faces(text).json.input).toMatchObject({ records: 1, recognised: 1, unrecognised: [], masked: 2 });
});

test('signatures, checksums and numbers of records are no secrets', () => {
  const text = [
    `CRIT   :  [${stamp}] msg=<No such record>, path=</etc/passwd>, chksum_old=<${key}>, chksum_new=<${signature}>`,
    signature,
    `<sig>${signature}</sig>`,
    `strange ${signature} line, request_id=${password}`,
    `CRIT   :  [${stamp}] msg=<Invalid connection attempt: Not in client list>, client=<${'a'.repeat(60)}.example.net>`,
  ].join('\n');
  const { json } = faces(text);
  expect(json.input.masked).toBeUndefined();
  expect(JSON.stringify(json)).toContain(`chksum_old=<${key}>, chksum_new=<${signature}>`);
  expect(JSON.stringify(json)).toContain(`strange ${signature} line, request_id=${password}`);
});

test('the name of the client, the length of what is masked and the lines around it stay', () => {
  const { json, text, page } = faces(`[Clients]\n${line} # old\nClient=db2@${salt}\n`);
  const shown = page.files.flatMap(({ parts }) =>
    parts.flatMap((part) => ('rule' in part ? (part.at?.lines ?? []) : part.lines)),
  );
  expect(shown).toEqual([
    '[Clients]',
    `Client=${host}@${'X'.repeat(16)}@XXXX… (256) # old`,
    `Client=db2@${'X'.repeat(16)}`,
  ]);
  for (const said of [text, page.masked ?? '']) {
    expect(said).toContain('2 secrets in these lines are masked');
    expect(said).toContain('Client= holds a secret');
  }
  expect(json.input.masked).toBe(2);
});

test('whatever stands around it, a Client= line is masked, and the text keeps its lines', () => {
  const around = fc.array(
    fc.oneof(
      fc.string({ maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, '')),
      fc.constantFrom(
        record,
        signature,
        `[SOF]`,
        '',
        '[Log]',
        'LogSeverity=warn',
        logkey,
        '@',
        '"',
        "'",
        'Client=',
        '\\',
      ),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(around, around, (before, after) => {
      const given = [...before, line, ...after].join('\n');
      const { sources } = readInput([{ name: 'a', text: given }], content);
      const masked = sources[0]?.text ?? '';
      expect(masked.split('\n').length).toBe(given.split('\n').length);
      expect(parts(verifier).filter((part) => masked.includes(part))).toEqual([]);
      expect(masked).not.toContain(salt);
    }),
    { numRuns: 300 },
  );
});

test('a configuration is read as one, and is not compared with messages', () => {
  const file = join(import.meta.dirname, '../../wild-kinds/configuration-instead-of-log.log');
  const wild = readFileSync(file, 'utf8');
  const samhainrc = `# Connection refused, Session key mismatch\n[ReadOnly]\ndir = /etc\nfile=/usr/bin\n\n[Misc]\nDaemon=yes\nSetLogServer=yule.example.net\n@web1\nSetLoopTime=60\n@end\n[EOF]\n`;
  const numbered = wild.replace(/^(?=.)/gm, 'yulerc:1:');
  for (const [text, state, rules] of [
    [wild, 'diagnosed', ['truncated-verifier']],
    [samhainrc, 'read', ['condition-too-wide']],
    [numbered, 'diagnosed', ['truncated-verifier']],
  ] as const) {
    const { json, text: report, page } = faces(text);
    expect(json, text).toMatchObject({ state, input: { records: 0, configurations: ['file0'] } });
    expect(json.settings?.map(({ rule }) => rule)).toEqual(rules);
    expect(page).toMatchObject({ configurations: ['file0'], verdicts: [], nearest: [] });
    expect(report).toContain('file0: configuration of ');
    expect(report).not.toContain('No line of samhain');
  }
  // Beside a log it is named, and the log is judged.
  const both = faces(wild, record);
  expect(both.json.input.configurations).toEqual(['file0']);
  expect(both.json.diagnoses[0]?.problem).toBe('wrong-password');
});

test('a log, prose and the configurations of others are none of samhain', () => {
  const others = [
    record,
    `${readFileSync(join(import.meta.dirname, '../../wild-kinds/configuration-instead-of-log.log'), 'utf8')}\n${record}`,
    '[Unit]\nDescription=a\n[Service]\nExecStart=/usr/sbin/yule -D\nUser=root\n',
    '[mysqld]\nport=3306\ndatadir=/var/lib/mysql\n',
    '[Log]\nlevel=debug\nfile=/var/log/x\nformat=json\n',
    'client=10.0.0.1 user=foo status=200\nclient=10.0.0.2 user=bar status=200\nerror=none',
    'The client prints: Session key negotiation failed. Daemon = process in the background.',
  ];
  for (const text of others) expect(faces(text).json.input.configurations, text).toBeUndefined();
});

test('a verifier at the very beginning or end of a text is masked like one within', () => {
  for (const text of [verifier, `${verifier}\n${record}`, `${record}\n${verifier}`]) expectMasked(text, [verifier]);
});
