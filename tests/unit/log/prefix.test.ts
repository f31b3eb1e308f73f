import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../src/engine/index.ts';
import type { LogRecord } from '../../../src/engine/types.ts';
import { mismatch, mismatchXml, noKey, signature, stamp, start } from '../catalogue/entries.ts';

const read = (text: string) => readRecords([{ name: 'paste', text }]);
const one = (text: string): LogRecord => {
  const { records, leftover } = read(text);
  expect(leftover).toEqual([]);
  expect(records).toHaveLength(1);
  const record = records[0] as LogRecord;
  expect(record.fields).toHaveLength(2);
  expect(record.fields[0]?.value).toBe('Invalid connection attempt: Session key mismatch');
  expect(record.fields[1]?.value).toBe('client1.example.net');
  expect(record.severity).toBe('CRIT');
  return record;
};

describe('syslog and journal', () => {
  it.each([
    ['traditional', 'Nov 23 15:18:17 yule Yule[35]: '],
    ['one digit', 'Nov  3 15:18:17 yule Yule[35]: '],
    ['ISO', '2026-11-23T15:18:17.040559+00:00 yule Yule[35]: '],
    ['ISO with Z', '2026-11-23T15:18:17Z yule Yule[35]: '],
    ['RFC 3164', '<82>Nov 23 15:18:17 yule Yule[35]: '],
    ['RFC 5424', '<82>1 2026-11-23T15:18:17.040559+00:00 yule Yule 35 - - '],
    ['RFC 5424 with data and mark', '<82>1 2026-11-23T15:18:17Z yule Yule 35 ID47 [o@1 a="b"] \ufeff'],
    ['RFC 5424 without priority', '1 2026-11-23T15:18:17Z yule Yule 35 - - '],
    ['journal', 'Nov 23 15:18:17 yule Yule[35]: '],
    ['journal, precise', 'Nov 23 15:18:17.040559 yule Yule[35]: '],
    ['journal, full', 'Mon 2026-11-23 15:18:17 UTC yule Yule[35]: '],
    ['journal, short ISO', '2026-11-23T15:18:17+0000 yule Yule[35]: '],
    ['journal, monotonic', '[ 1234.567890] yule Yule[35]: '],
    ['journal, unix', '1763911096.524214 yule Yule[35]: '],
    ['with facility', 'Nov 23 15:18:17 yule authpriv.crit Yule[35]: '],
    ['Solaris', 'Nov 23 15:18:17 yule Yule[35]: [ID 702911 auth.crit] '],
    ['German month', 'Dez 03 15:18:17 yule Yule[35]: '],
    ['quoted in a mail', '> Nov 23 15:18:17 yule Yule[35]: '],
    ['from grep', '/var/log/auth.log:17:Nov 23 15:18:17 yule Yule[35]: '],
    ['numbered', '   17  Nov 23 15:18:17 yule Yule[35]: '],
  ])('%s', (_, prefix) => {
    const known = { sink: 'syslog', loggingHost: 'yule', program: 'Yule', pid: '35' };
    expect(one(prefix + mismatch)).toMatchObject(known);
    expect(one(prefix + mismatchXml)).toMatchObject(known);
  });

  it.each([
    ['no host', 'Mon Nov 23 15:18:17 2026 authpriv.crit Yule[35]: ', 'Yule'],
    ['logger', 'Nov 23 15:18:17 yule logger: ', undefined],
    ['unit', 'Nov 23 15:18:17 yule yule.service[1]: ', 'Yule'],
    ['lower case', 'Nov 23 15:18:17 yule samhain[35]: ', 'Samhain'],
    ['tag only', 'Yule[35]: ', 'Yule'],
  ])('%s', (_, prefix, program) => {
    const record = one(prefix + mismatch);
    expect(record.sink).toBe('syslog');
    expect(record.program).toBe(program);
  });

  it('takes the message apart from the tag of another program only where it follows at once', () => {
    const { records, asides } = read(`Nov 23 15:18:17 host sshd[77]: Invalid user ${mismatch} from 203.0.113.9`);
    expect(records).toEqual([]);
    expect(asides).toMatchObject([{ kind: 'other-program' }]);
  });

  const json = { _HOSTNAME: 'yule', PRIORITY: '2', SYSLOG_IDENTIFIER: 'Yule', _PID: '35' };
  const journal = { sink: 'journal', loggingHost: 'yule', program: 'Yule', pid: '35', line: 1 };
  it('journalctl -o json', () => {
    expect(one(JSON.stringify({ ...json, MESSAGE: mismatch }))).toMatchObject(journal);
    expect(one(JSON.stringify({ ...json, MESSAGE: mismatchXml }))).toMatchObject(journal);
    expect(one(JSON.stringify({ ...json, MESSAGE: [...Buffer.from(mismatchXml)] }))).toMatchObject(journal);
  });

  it('journalctl -o json-pretty, -o export, -o verbose', () => {
    const pretty = JSON.stringify({ ...json, MESSAGE: mismatchXml }, undefined, '\t');
    expect(one(pretty)).toMatchObject({ ...journal, line: 6 });
    const lines = Object.entries({ ...json, MESSAGE: mismatch, _COMM: 'yule' }).map(
      ([name, value]) => `${name}=${value}`,
    );
    expect(one(`__CURSOR=s=1\n${lines.join('\n')}\n`)).toMatchObject({ ...journal, line: 6 });
    expect(one(`Mon 2026-11-23 15:18:17.040559 UTC [s=1;i=2]\n    ${lines.join('\n    ')}\n`)).toMatchObject({
      ...journal,
      line: 6,
    });
  });
});

describe('long messages', () => {
  const long = `CRIT   :  [${stamp}] msg=<POLICY [ReadOnly] C-------TS>, path=</srv/${'a'.repeat(2000)}>, mode_old=<x>, interface=<y>`;
  const pieces = (long.match(/.{1,960}/g) ?? []) as string[];
  it('joins the pieces of each process, though others stand between', () => {
    const lines = pieces.flatMap((piece) => [
      `Nov 23 15:26:02 client1 Samhain[28]: ${piece}`,
      `Nov 23 15:26:02 yule Yule[35]: ${start}`,
    ]);
    const { records, leftover } = read(lines.join('\n'));
    expect(records).toHaveLength(4);
    expect(records[0]).toMatchObject({ line: 1, endLine: 5 });
    expect(records[0]?.fields.map(({ name }) => name)).toEqual(['msg', 'path', 'mode_old', 'interface']);
    expect(records[0]?.fields[1]?.value).toHaveLength(2005);
    expect(leftover).toEqual([]);
  });

  it('joins them in the journal’s JSON, too', () => {
    const lines = pieces.map((MESSAGE) => JSON.stringify({ MESSAGE, SYSLOG_IDENTIFIER: 'Samhain', _PID: '28' }));
    const { records, leftover } = read(lines.join('\n'));
    expect(records).toMatchObject([{ line: 1, endLine: 3 }]);
    expect(leftover).toEqual([]);
  });
});

describe('other dressings', () => {
  const escaped = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const docker = (text: string) => JSON.stringify({ log: `${text}\n`, stream: 'stderr', time: '2026-11-23T15:18:17Z' });
  const go = (text: string) => docker(text).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  const dressings: [string, (text: string) => string][] = [
    ['docker logs -t', (text) => `2026-11-23T15:18:17.040559123Z ${text}`],
    ['docker compose', (text) => `yule-1  | ${text}`],
    ['kubectl --prefix', (text) => `[pod/yule-0/yule] ${text}`],
    ['container runtime', (text) => `2026-11-23T15:18:17.04+00:00 stderr F ${text}`],
    ['docker JSON', docker],
    ['docker JSON, escaped', go],
    ['docker JSON, cut', (text) => go(text).slice(6, -20)],
    ['JSON array', (text) => `[${docker(text)},`],
    ['grep -n', (text) => `12:${text}`],
    ['grep -A', (text) => `12-${text}`],
    ['grep of several files', (text) => `/var/log/yule/yule_log:12:${text}`],
    ['cat -n', (text) => `    12\t${text}`],
    ['quoted', (text) => `> ${text}`],
    ['quoted twice', (text) => `> > ${text}`],
    ['quoted with a bar', (text) => `| ${text}`],
    ['list item', (text) => `  * ${text}`],
    ['code', (text) => `\`${text}\``],
    ['CSV', (text) => `"2026-11-23","yule","${text.replaceAll('"', '""')}","x"`],
    ['CSV with semicolons', (text) => `1;yule;"${text.replaceAll('"', '""')}";`],
    ['HTML', escaped],
    ['HTML, twice', (text) => escaped(escaped(text))],
    ['HTML with tags', (text) => `<li><code class="log">${escaped(text)}</code></li>`],
    ['event in XML', (text) => `<Event><EventData><Data Name="m">${escaped(text)}</Data></EventData></Event>`],
    ['chat, with a time', (text) => `[10:15 AM] anna: ${text}`],
    ['chat, with a date', (text) => `[23/11/2026, 10:15:11] Anna Berg: ${text}`],
    ['IRC', (text) => `10:15 <anna> ${text}`],
    ['bat', (text) => `   1   │ ${text}`],
    ['several hosts', (text) => `srv: ${text}`],
    ['logcli', (text) => `2026-11-23T15:18:32Z {app="yule", host="srv"} ${text}`],
    ['GELF', (text) => JSON.stringify({ version: '1.1', host: 'srv', short_message: text })],
    ['guillemets', (text) => text.replaceAll('<', '‹').replaceAll('>', '›')],
    ['colours', (text) => `\u001b[1;31m${text.replace('Session', '\u001b[4mSession\u001b[0m')}\u001b[0m`],
    ['colours, caret', (text) => `^[[31m${text}^[[0m`],
    ['no-break spaces', (text) => text.replaceAll(' ', '\u00a0')],
    ['blanks squeezed', (text) => text.replace(/ +/g, ' ')],
    ['zero width spaces', (text) => text.replaceAll('=', '=\u200b')],
    ['smart quotes', (text) => text.replace(/"([^"]*)"/g, '“$1”')],
    ['German quotes', (text) => text.replace(/"([^"]*)"/g, '„$1“')],
    ['amid prose', (text) => `Since Monday I see ${text} in my log, what is it?`],
  ];
  it.each(dressings)('%s', (_, dress) => {
    one(dress(mismatch));
    one(dress(mismatchXml));
  });

  it('keeps the names of a record that has an escaped bracket in a value', () => {
    const { records } = read(mismatch.replace('client1.example.net', 'a=&lt;b&gt;<i').replace('CRIT   :', '<TCP>  :'));
    expect(records).toMatchObject([{ severity: 'RECEIVED' }]);
    expect(records[0]?.fields[1]?.value).toContain('a=');
  });

  it('remembers the file that grep or tail names', () => {
    expect(one(`/var/log/yule/yule_log:${mismatch}`).origin).toBe('/var/log/yule/yule_log');
    const { records } = read(`==> client.log <==\n${noKey}\n\n==> server.log <==\n${mismatch}`);
    expect(records.map(({ origin }) => origin)).toEqual(['client.log', 'server.log']);
  });

  it('finds signatures behind numbers and file names', () => {
    const { records, leftover } = read(
      `yule_log:1:[SOF]\nyule_log:2:${mismatch}\nyule_log:3:${signature(1)}\n--\n  4\t${noKey}\n  5\t${signature(2)}`,
    );
    expect(records.map(({ line, endLine, sink }) => [line, endLine, sink])).toEqual([
      [2, 3, 'file'],
      [5, 6, 'file'],
    ]);
    expect(leftover).toEqual([]);
  });

  it.each([
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['line separator', '\u2028'],
  ])('line ends: %s', (_, end) => {
    const { records } = read([start, mismatch, noKey].join(end));
    expect(records.map(({ line }) => line)).toEqual([1, 2, 3]);
  });

  it('takes records apart that a form field has put into one line', () => {
    expect(read([start, mismatch, noKey].join(' ')).records).toHaveLength(3);
    expect(read([mismatchXml, mismatchXml].join(' ')).records).toHaveLength(2);
    expect(
      read(
        `${mismatch.replace('client1.example.net', 'evil> CRIT   :  [2026-11-23T15:18:17+0000] msg=<x>, client=<y')}`,
      ).records,
    ).toHaveLength(1);
  });

  it('takes JSON strings apart at their newlines', () => {
    expect(read(`{"text":"${start}\\n${mismatch}\\n"}`).records).toHaveLength(2);
    expect(
      read(`"text": "${start}\\n${mismatch}\\n`.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e')).records,
    ).toHaveLength(2);
  });
});

describe('wrapped lines', () => {
  const wrap = (text: string, width: number) => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join('\n');
  const syslog = `Nov 23 15:18:17 yule Yule[35]: ${mismatch}`;
  it.each([30, 40, 50, 60, 72, 80, 100, 120])('by a screen of %i columns', (width) => {
    for (const text of [mismatch, mismatchXml, syslog]) {
      const { records, leftover } = read(`${wrap(text, width)}\n${wrap(text, width)}`);
      expect(leftover).toEqual([]);
      expect(records).toHaveLength(2);
      expect(records.map((record) => record.fields[1]?.value)).toEqual(['client1.example.net', 'client1.example.net']);
      expect(records.map((record) => record.fields[0]?.value.replaceAll(' ', ''))).toEqual(
        Array(2).fill('Invalidconnectionattempt:Sessionkeymismatch'),
      );
    }
  });

  const soft = (text: string, width: number, mark = '') => {
    const lines: string[] = [''];
    for (const word of text.split(' ')) {
      const last = lines.at(-1) ?? '';
      if (last !== '' && last.length + word.length > width) lines.push(word);
      else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
    return lines.map((line) => mark + line).join('\n');
  };
  it.each([50, 60, 66, 72, 78])('by a mailer at %i columns, quoted or not', (width) => {
    for (const mark of ['', '> ']) {
      for (const text of [mismatch, mismatchXml, syslog]) {
        const { records, leftover } = read(soft(text, width, mark));
        expect(leftover).toEqual([]);
        expect(records).toHaveLength(1);
        expect(records[0]?.fields.map(({ value }) => value)).toEqual([
          'Invalid connection attempt: Session key mismatch',
          'client1.example.net',
        ]);
      }
    }
  });

  it('leaves prose after a cut record alone', () => {
    const { records, leftover } = read(`${mismatch.slice(0, 70)}\nCan anybody help me with this?`);
    expect(records).toMatchObject([{ line: 1, endLine: 1, truncated: true }]);
    expect(leftover).toMatchObject([{ line: 2 }]);
  });
});
