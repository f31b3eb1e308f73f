/** What pages, editors and exports do to every line of a log changes nothing in the answer. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Tail } from '../../../src/engine/tail.ts';
import { at, judge, verdicts } from './judge.ts';

const root = join(import.meta.dirname, '..', '..', 'captures');
const logs = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/42-(?:plain|xml)\/(?:client|server)\.(?:stderr|syslog(?:-iso)?)$/.test(path))
  .sort();

const eachLine = (change: (line: string) => string) => (text: string) => text.split('\n').map(change).join('\n');

function fromFile(bytes: Uint8Array): string {
  const tail = new Tail();
  tail.push(bytes);
  return tail.end().text;
}

/** As Windows writes it, with its mark. */
function utf16(text: string, low: 0 | 1): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  for (const [i, char] of [...`\ufeff${text}`].entries()) {
    bytes[2 * i + low] = char.charCodeAt(0) & 0xff;
    bytes[2 * i + 1 - low] = char.charCodeAt(0) >> 8;
  }
  return bytes;
}

const dresses: [string, (text: string) => string][] = [
  ['indented by blanks', eachLine((line) => `    ${line}`)],
  ['indented by a tab', eachLine((line) => `\t${line}`)],
  ['with zero-width marks', eachLine((line) => line.replaceAll(' ', ' \u200b').replaceAll('-', '-\u2060'))],
  ['with blanks that do not break', eachLine((line) => line.replaceAll('  ', '\u00a0 '))],
  ['UTF-16 read as something else', (text) => [...text].map((char) => `${char}\0`).join('')],
  ['a UTF-16 file', (text) => fromFile(utf16(text, 0))],
  ['a UTF-16 file, the other way round', (text) => fromFile(utf16(text, 1))],
  ['escaped by Markdown', eachLine((line) => line.replaceAll(/[\\<>[\]_*]/g, String.raw`\$&`))],
  ['quoted in a mail', eachLine((line) => `> ${line}`)],
  ['without angle brackets, as a filter of tags leaves it', eachLine(withoutBrackets)],
  ['with tabs for blanks inside the records', eachLine((line) => line.replaceAll(/(?<=[>,] |=<[^>]*)[ ]/g, '\t'))],
];

const lines = (text: string) => text.trimEnd().split('\n');

const inPython = (line: string) => `'${line.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Also those around a record in a record. A label in brackets keeps its word. */
function withoutBrackets(line: string): string {
  return line.includes('<log ') ? line : line.replaceAll(/[<>](?=[^<>]*)/g, '');
}

/** Each log with what it says undressed, asked once for all dresses. */
const plain = logs.map((path) => {
  const text = readFileSync(join(root, path), 'utf8');
  return { path, text, said: verdicts(judge(text)).join() };
});

/** What is known by the records in it alone. */
const covers: [string, (text: string) => string][] = [
  ['below what a tool that nobody knows puts before each line', eachLine((line) => `yule-7d9c5b yule ${line}`)],
  ['as a text of several lines in pretty JSON', (text) => `ok: [yule] => {\n    "msg": ${JSON.stringify(text)}\n}\n`],
  ['as a list of Python', (text) => `[${lines(text).map(inPython).join(', ')}]\n`],
];

test.each(covers)('%s', (_, dress) => {
  // (Explanations with no record, or none above them, have nothing that tells what surrounds them.)
  const begun = plain.filter(({ text }) => /msg=|<log |interface=/.test(lines(text).find((line) => line.trim()) ?? ''));
  expect(begun.length).toBeGreaterThan(plain.length / 2);
  const differ = begun.filter(({ text, said }) => verdicts(judge(dress(text))).join() !== said).map(({ path }) => path);
  expect(differ).toEqual([]);
});

test.each(dresses)('%s', (_, dress) => {
  const differ = plain.filter(({ text, said }) => verdicts(judge(dress(text))).join() !== said).map(({ path }) => path);
  expect(differ).toEqual([]);
});

test('an indented syslog line keeps its host: what others do does not end its trouble', () => {
  const line = (host: string, time: string, words: string) => `    Nov 23 ${time} ${host} Samhain[35]: ${words}`;
  const refused =
    'msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>';
  const lines = [
    line('web1', '10:00:00', at('10:00:00', 'ERROR', refused)),
    line('db2', '10:05:00', at('10:05:00', 'INFO', 'msg=<Session key negotiated>')),
  ];
  expect(verdicts(judge(lines.join('\n')))[0]).toBe('connection-refused likely @web1');
});

test('an export that lists many records in one line is read record by record', () => {
  const lines = [
    at('10:00:00', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<web1.example.net>'),
    at('10:00:01', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<web2.example.net>'),
  ];
  const wanted = verdicts(judge(lines.join('\n')));
  expect(wanted).toHaveLength(2);
  const exports: [string, unknown][] = [
    ['a list', lines.map((message) => ({ message, tags: [{ a: 1 }, { b: 2 }] }))],
    ['search', { took: 3, hits: { total: 2, hits: lines.map((message) => ({ _id: '1', _source: { message } })) } }],
    [
      'streams',
      { data: { result: [{ stream: { host: 'yule' }, values: lines.map((line) => ['1795642441', line]) }] } },
    ],
  ];
  for (const [name, value] of exports) expect(verdicts(judge(JSON.stringify(value))), name).toEqual(wanted);
});

test('of several records in one line a short one costs the others nothing', () => {
  const lines = [
    at('10:00:00', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<web1.example.net>'),
    at('10:00:01', 'WARN', 'msg=<Ended>'),
    at('10:00:02', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<web2.example.net>'),
  ];
  const wanted = expect.stringContaining('wrong-password certain @web2.example.net');
  expect(verdicts(judge(lines.join(' '), 'server'))).toContainEqual(wanted);
});

test('a log that is printed newest first says what it says the other way round', () => {
  const stamps = (text: string) => new Set(text.match(/\d\d:\d\d:\d\d/g)).size;
  const syslogs = plain.filter(({ path, text }) => path.includes('syslog') && stamps(text) > 1);
  expect(syslogs.length).toBeGreaterThan(20);
  const differ = syslogs.filter(({ text, said }) => {
    const turned = text.trimEnd().split('\n').reverse().join('\n');
    return verdicts(judge(turned)).sort().join() !== said.split(',').sort().join();
  });
  // Of many clients in one second, one restart more is seen: the known limit.
  const limit = ['20a-many-clients/42-plain/server.syslog', '20a-many-clients/42-plain/server.syslog-iso'];
  expect(differ.map(({ path }) => path)).toEqual(limit);
});

test('both logs in one text, the later one first, are not turned', () => {
  const client = [
    at('10:00:05', 'INFO', 'msg=<Session key negotiated>'),
    at('10:00:05', 'ERROR', 'msg=<Invalid connection state>, expect=<NSRV>, received=<\\000\\000\\000\\000>'),
    at('10:00:05', 'ERROR', 'msg=<File download failed>'),
  ];
  const server = [at('10:00:03', 'ALERT', 'msg=<START>, program=<Yule>, userid=<1>, path=</etc/yulerc>, hash=<0>')];
  expect(verdicts(judge([...client, ...server].join('\n')))).toEqual(
    verdicts(judge([...server, ...client].join('\n'))),
  );
});
