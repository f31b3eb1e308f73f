/** Four times the text takes about four times the time, whatever the text: lines that grow on each other, many clients. */
import { expect, test, vi } from 'vitest';
import { at, judge } from './judge.ts';

// The processor's time is measured; on a busy machine much more of it passes by the clock.
vi.setConfig({ testTimeout: 120_000 });

const stamp = '2026-11-23T15:18:17+0000';
const head = `CRIT   :  [${stamp}] `;
const xml = `<log sev="CRIT" tstamp="${stamp}" `;
const signature = '0123456789ABCDEF'.repeat(3);
const yule = 'Nov 23 15:18:17 yule Yule[35]: ';
const client = 'Nov 23 15:18:17 web1 Samhain[36]: ';
const relay = `<TCP>  :  [${stamp}] client=<c>, msg=<`;
const mismatch = `${head}msg=<Session key mismatch>, client=<a`;
const mark = '---------   a.c  ---      1 ---------';

/** What a text of some size is made of: something at its beginning, and something again and again. */
type Shape = [again: string, begin?: string];

/** Again and again as lines. */
const lines: Shape[] = [
  // What `grep -o 'msg=<[^>]*'` prints, and other beginnings of a record.
  ['msg=<a>, '],
  ['msg=<'],
  ['<log sev="CRIT" '],
  ['<log sev="CRIT'],
  ['<log '],
  [xml],
  [head],
  ['CRIT   :'],
  [`${head}msg=<`],
  [relay],
  [`<log sev="RCVT" tstamp="${stamp}" remote_host="c" >`],
  // What can be the rest of one.
  ['client=<a>, '],
  ['client=<a>'],
  ['a=<b>, ', `${head}msg=<x>, `],
  ['a="b"', `${xml}msg="x"`],
  ['word', `${head}msg=<x`],
  [', a', `${head}msg=<x`],
  ['y'.repeat(80), `${head}msg=<a`.padEnd(80, 'b')],
  ['msg=<x '.padEnd(80, 'y')],
  ['msg=<aaaaaaaaaaaaaaa'],
  // A name that holds records.
  [`crit   :  [${stamp}] msg=<b>, client=<a`, mismatch],
  [`${head}msg=<y>`, `[SOF]\n${signature}\n${mismatch}`],
  [`${mismatch}\nb>\n${signature}`],
  ['y', `[SOF]\n${signature}\n${head}msg=<x`],
  // Pieces of syslog and of the journal.
  [`${yule}yyyyyyyyyyyyyyyyyyyy`, `${yule}${head}msg=<x`],
  [`${yule}${'y'.repeat(960)}`, `${yule}${head}msg=<${'x'.repeat(950)}`],
  [`${yule}y\n${client}z`, `${yule}${head}msg=<x\n${client}${head}msg=<x`],
  [`${yule}a, msg=<y${'z'.repeat(960)}`, `${yule}${head}msg=<${'x'.repeat(950)}`],
  [yule],
  ['    "MESSAGE" : "b",', `    "MESSAGE" : "${head}msg=<a",`],
  ['MESSAGE=CRIT'],
  // Mails: quotation marks, quoted-printable, keys.
  ['> msg=<a'],
  ['> b', `> ${head}msg=<a`],
  ['>', `${head}msg=<a`],
  ['> '],
  ['msg=3D<a>, =', 'x=3D<'],
  ['aaaaaaaaaaaaaaaaaaaa=', 'x=3D<'],
  [`-----BEGIN LOGKEY-----\n${signature}`, `${head}msg=<LOGKEY>`],
  // What stands between records.
  [signature],
  ['[SOF]'],
  [mark],
  ['word', mark],
  ['samhain[1]: exit on signal 11'],
  ['==> a <=='],
  ['\u001b[31mmsg=<a'],
  ['{"MESSAGE":"msg=<a"}'],
  ['x>, client=<'],
  ['Session key mis'],
  ['expect=<TALK>'],
  // What is masked.
  ['Client=a@b@c'],
  ['ab', 'Client=a@b@c'],
  ['ab'.repeat(70)],
  ['\u001b[mClient=a@b@c'],
  ['[Log]\nLogSeverity=warn'],
  [''],
  ['\r'],
  ['\na'],
];

/** Again and again in one line. */
const inLine: Shape[] = [
  ['msg=<Connection error: a>, '],
  ['msg=<Connection error: a>, ', head],
  ['msg="Connection error: a" ', xml],
  ['>, a=<', `${head}msg=<x`],
  ['" a="', `${xml}msg="x`],
  ['" />', `${xml}msg="x`],
  [relay],
  ['>', `${relay}${head}msg=<x`],
  [`${head}msg=<${'a'.repeat(70)}> `],
  [`${head}msg=<`],
  ['session key mismatch '],
  ['expect=<TALK>, '],
  // What is masked.
  ['client=a@'],
  ['Client=a@b@c '],
  ['abcdef1234@'],
  ['password=a '],
  ['LOGKEY program '],
  ['Invalid input option=client obj=a@b@c '],
  ['0123456789abcdef '],
  ['A'],
  ['a\u2028'],
  ['\u2028'],
];

/** Bytes of the larger text. GROWTH_SIZE gives another one: the audit takes 400 KB. */
const usual = Number(process.env.GROWTH_SIZE ?? 100_000);

/**
 * The processor's time for a text; where it takes long, compared with a fourth of it. Quadratic work takes 16 times as long;
 * linear work measures 3 to 5 times.
 */
function growth(make: (size: number) => string, size = usual): string {
  const time = (size: number) => {
    const text = make(size);
    const from = process.threadCpuUsage();
    judge(text);
    const { user, system } = process.threadCpuUsage(from);
    return (user + system) / 1000;
  };
  for (let round = 0; ; round++) {
    const large = time(size);
    if (large < size / 400) return 'linear';
    const small = time(size / 4);
    if (large < small * 9) return 'linear';
    // Memory may have been cleaned up just then: once more.
    if (round === 2) return `${Math.round(small)} ms, and four times as much ${Math.round(large)} ms`;
  }
}

const made = (again: string, begin: string) => (size: number) => begin + again.repeat(Math.ceil(size / again.length));
const shown = (text: string) => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

test.each(lines.map(([again, begin]) => [`${shown(again)}${begin ? ` after ${shown(begin)}` : ''}`, again, begin]))(
  'lines of %s',
  (_, again = '', begin) => {
    expect(growth(made(`${again}\n`, begin ? `${begin}\n` : ''))).toBe('linear');
  },
);

test.each(inLine.map(([again, begin]) => [`${shown(again)}${begin ? ` after ${shown(begin)}` : ''}`, again, begin]))(
  'one line of %s',
  (_, again = '', begin) => {
    expect(growth(made(again, begin ?? ''))).toBe('linear');
  },
);

test('nothing is joined to a record that is as long as one can be', () => {
  const { read } = judge(`${head}msg=<x>, \n${'a=<b>, \n'.repeat(40_000)}`);
  for (const { record } of read.findings) expect(record.body.length).toBeLessThan(66_000);
  expect(read.findings.length + read.unrecognised.length).toBeGreaterThan(4);
});

test('blank lines cost nothing, however many there are', () => {
  const { read } = judge(`${mismatch}>\n${'\n \r\n'.repeat(1_000_000)}${mismatch}>`);
  expect(read.lines).toBe(2_000_002);
  expect(read.findings.map(({ record }) => record.line)).toEqual([1, 2_000_002]);
  expect(read.asides).toEqual([{ source: 0, kind: 'blank', line: 2, endLine: 2_000_001, text: '' }]);
});

/** Pairs of records: what a client's line makes likely, and what could follow from it or end it, with and without a name. */
const pairs: [string, string][] = [
  [
    at('{time}', 'ERROR', 'msg=<Service failure>, service=<log server>, obj=<{host}>'),
    at('{time}', 'CRIT', 'msg=<Invalid request (1) in pass 9>, client=<{host}>, request=<a>'),
  ],
  [
    at('{time}', 'CRIT', 'msg=<Invalid connection attempt: Signature mismatch>, client=<{host}>'),
    at('{time}', 'ALERT', 'msg=<EXIT>, program=<Samhain>, status=<exit_success>'),
  ],
  [
    at('{time}', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<{host}>'),
    at('{time}', 'ERROR', 'msg=<Invalid connection state>, expect=<INIT>, received=<\\000\\000\\000\\000>'),
  ],
  [
    at('{time}', 'WARN', 'msg=<Invalid input>, option=<client>, obj=<{host} 1>'),
    at('{time}', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<{host}>'),
  ],
  [
    at('{time}', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<{host}>'),
    at('{time}', 'NOTICE', 'msg=<NEW CLIENT>, client=<{host}>'),
  ],
];

test.each(pairs)('many clients: %s %s', (a, b) => {
  const many = (size: number) =>
    Array.from({ length: size / 50 }, (_, i) => {
      const time = new Date(i * 2000).toISOString().slice(11, 19);
      return (i % 2 ? b : a).replaceAll('{time}', time).replaceAll('{host}', `c${i >> 1}.example.net`);
    }).join('\n');
  // (What is near in time is compared: with so many that are near, more of them cost the same each.)
  expect(growth(many, 2 * usual)).toBe('linear');
});
