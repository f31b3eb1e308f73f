import { describe, expect, it } from 'vitest';
import { readRecords } from '../../../src/engine/index.ts';
import type { LogRecord } from '../../../src/engine/types.ts';
import { exit, mismatch, mismatchXml, noKey, relayed, signature, stamp, start } from '../catalogue/entries.ts';

const read = (text: string) => readRecords([{ name: 'paste', text }]);
const one = (text: string): LogRecord => {
  const { records, leftover } = read(text);
  expect(records).toHaveLength(1);
  expect(leftover).toHaveLength(0);
  return records[0] as LogRecord;
};
const values = (record: LogRecord) => record.fields.map(({ name, value }) => `${name}=${value}`);
const client = ['msg=Invalid connection attempt: Session key mismatch', 'client=client1.example.net'];
const host = ['msg=Invalid connection attempt: Session key mismatch', 'host=client1.example.net'];

describe('heads', () => {
  it('reads the plain and the XML form', () => {
    expect(one(mismatch)).toMatchObject({
      form: 'plain',
      severity: 'CRIT',
      stamp,
      time: Date.UTC(2026, 10, 23, 15, 18, 17),
    });
    expect(values(one(mismatch))).toEqual(client);
    expect(one(mismatchXml)).toMatchObject({ form: 'xml', severity: 'CRIT', stamp });
    expect(values(one(mismatchXml))).toEqual(host);
  });

  it.each([
    ['DEBUG  :', 'DEBUG'],
    ['INFO   :', 'INFO'],
    ['NOTICE :', 'NOTICE'],
    ['WARN   :', 'WARN'],
    ['MARK   :', 'MARK'],
    ['ERROR  :', 'ERROR'],
    ['ALERT  :', 'ALERT'],
    ['<TCP>  :', 'RECEIVED'],
    ['<NET>  :', 'RECEIVED'],
  ])('knows the label %s', (label, severity) => {
    expect(one(mismatch.replace('CRIT   :', label)).severity).toBe(severity);
  });

  it.each([
    ['DEBG', 'DEBUG'],
    ['NOTE', 'NOTICE'],
    ['ERRO', 'ERROR'],
    ['ALRT', 'ALERT'],
    ['RCVT', 'RECEIVED'],
  ])('knows the XML label %s', (label, severity) => {
    expect(one(mismatchXml.replace('"CRIT"', `"${label}"`)).severity).toBe(severity);
  });

  it('accepts the label of an unknown severity', () => {
    expect(one(mismatch.replace('CRIT   ', '???    '))).toMatchObject({ form: 'plain', stamp });
  });

  it('reads the debug header of both forms', () => {
    const debug = { file: 'sh_xfer_server.c', line: '1908', status: '-1' };
    expect(one(mismatch.replace('] msg', '] (sh_xfer_server.c, 1908, -1) msg'))).toMatchObject({
      debug,
      severity: 'CRIT',
    });
    const xml = mismatchXml.replace(' msg=', ' p.f="sh_xfer_server.c" p.l="1908" p.s="-1" msg=');
    expect(one(xml)).toMatchObject({ debug, severity: 'CRIT' });
    expect(values(one(xml))).toEqual(host);
  });

  it.each([
    ['another order', `[${stamp}] CRIT   : msg`, 'CRIT', stamp],
    ['with class and file', `CRIT   :  [${stamp}] TCP sh_xfer_server.c msg`, 'CRIT', stamp],
    ['label only', 'CRIT   : msg', 'CRIT', undefined],
    ['stamp only', `yule [${stamp}] msg`, undefined, stamp],
  ])('understands a head set by MessageHeader: %s', (_, head, severity, printed) => {
    const record = one(mismatch.replace(/^.*?msg/, head));
    expect(record.form).toBe('plain');
    expect(record.severity).toBe(severity);
    expect(record.stamp).toBe(printed);
    expect(values(record)).toEqual(client);
  });

  it('understands an XML head set by MessageHeader', () => {
    const record = one(mismatchXml.replace('sev="CRIT" tstamp=', 'class="TCP" severity="CRIT" time='));
    expect(record).toMatchObject({ form: 'xml', severity: 'CRIT', stamp });
  });

  it('calls a body without any head bare', () => {
    expect(one('msg=<Session key negotiation failed>')).toMatchObject({ form: 'bare', sink: 'unknown' });
  });
});

describe('items', () => {
  it('cuts values where the next item begins, whatever they hold', () => {
    const record = one(`CRIT   :  [${stamp}] msg=<POLICY ADDED>, path=</srv/a>b,\\ msg=<fake>>, mode_new=<-rw->`);
    expect(values(record)).toEqual(['msg=POLICY ADDED', 'path=/srv/a>b,\\ msg=<fake>', 'mode_new=-rw-']);
  });

  it('separates by a blank, too', () => {
    const record = one(`CRIT   :  [${stamp}] msg=<No alias> host=<a> peer=<b>`);
    expect(values(record)).toEqual(['msg=No alias', 'host=a', 'peer=b']);
  });

  it('decodes entities of the XML form, and bears quotes that were not escaped', () => {
    const text = 'msg="at "127.0.0.1", port 5432 &quot;a&amp;b&quot;" subroutine="x"';
    expect(values(one(`<log sev="ERRO" tstamp="${stamp}" ${text}  >`))).toEqual([
      'msg=at "127.0.0.1", port 5432 "a&b"',
      'subroutine=x',
    ]);
  });

  it('keeps empty values and repeated names', () => {
    const record = one(`ALERT  :  [${stamp}] msg=<START>, path=<>, hash=<1>, path=<b>, hash=<>`);
    expect(values(record)).toEqual(['msg=START', 'path=', 'hash=1', 'path=b', 'hash=']);
  });

  it('leaves out what stands behind the record', () => {
    expect(one(`${mismatch} and so on`).body).toBe(mismatch.slice(mismatch.indexOf('msg=')));
    expect(values(one(`${mismatchXml} and so on`))).toEqual(host);
  });
});

describe('relayed records', () => {
  const inner = `<log sev="ALRT" tstamp="${stamp}" msg="EXIT" program="Samhain" status="exit_success" />`;
  const fields = ['msg=EXIT', 'program=Samhain', 'status=exit_success'];
  it.each([
    ['plain in plain', relayed, 'plain'],
    ['XML in plain', `<TCP>  :  [2026-11-23T15:18:18+0000] client=<client1>, msg=<${inner}>`, 'xml'],
    [
      'plain in XML',
      `<log sev="RCVT" tstamp="2026-11-23T15:18:18+0000" remote_host="client1" > ALERT  :  [${stamp}] ${exit} </log>`,
      'plain',
    ],
    ['XML in XML', `<log sev="RCVT" tstamp="2026-11-23T15:18:18+0000" remote_host="client1" > ${inner} </log>`, 'xml'],
    ['<NET>', relayed.replace('<TCP>', '<NET>'), 'plain'],
  ])('unwraps %s', (_, text, form) => {
    const record = one(text);
    expect(record).toMatchObject({ sink: 'relayed', form, severity: 'ALERT', stamp });
    expect(record.relay).toMatchObject({ client: 'client1', severity: 'RECEIVED', stamp: '2026-11-23T15:18:18+0000' });
    expect(values(record)).toEqual(fields);
  });

  it('knows them with the client’s own severity (UseClientSeverity), and with heads set by MessageHeader', () => {
    expect(one(relayed.replace('<TCP>  :', 'ALERT  :')).relay).toMatchObject({ client: 'client1', severity: 'ALERT' });
    const set = `[${stamp}] <TCP>  : client=<client1>, msg=<[${stamp}] ALERT  : ${exit}>`;
    expect(one(set)).toMatchObject({ severity: 'ALERT', relay: { client: 'client1', severity: 'RECEIVED' } });
  });

  it('unwraps what one server relays to another', () => {
    const record = one(`<TCP>  :  [${stamp}] client=<yule1>, msg=<${relayed}>`);
    expect(record).toMatchObject({ severity: 'ALERT', relay: { client: 'client1' } });
    expect(values(record)).toEqual(fields);
  });

  it('decodes the values that the server has re-coded', () => {
    const text = `<TCP>  :  [${stamp}] client=<client1>, msg=<CRIT   :  [${stamp}] msg=<POLICY ADDED>, path=</srv/a=20b,=20msg=<x>>>`;
    expect(values(one(text))).toEqual(['msg=POLICY ADDED', 'path=/srv/a b, msg=<x>']);
  });

  it('leaves foreign syslog that a server has received as it is', () => {
    const text = `<NET>  :  [${stamp}] ip=<198.51.100.20> facility=<auth> priority=<info> syslog_msg=<Nov 23 15:00:00 r sshd[7]: ${mismatch}>`;
    const record = one(text);
    expect(record.relay).toBeUndefined();
    expect(record.fields[0]).toEqual({ name: 'ip', value: '198.51.100.20' });
  });
});

describe('log files', () => {
  it('adds the signature to its record', () => {
    const { records, asides, leftover } = read(
      `\n[SOF]\n${start}\n${signature(1)}[${stamp}]\n${mismatch}\n${signature(2)}\n`,
    );
    expect(records.map(({ line, endLine, sink }) => [line, endLine, sink])).toEqual([
      [3, 4, 'file'],
      [5, 6, 'file'],
    ]);
    expect(asides.map(({ line, kind }) => [line, kind])).toEqual([
      [1, 'blank'],
      [2, 'trail'],
    ]);
    expect(leftover).toEqual([]);
  });

  it('does so in XML', () => {
    const text = `\n<trail>\n${mismatchXml.replace(' />', '  >')}\n<sig>${signature(1)}${stamp}</sig></log>\n</trail>\n`;
    const { records, asides } = read(text);
    expect(records).toMatchObject([{ line: 3, endLine: 4, sink: 'file', form: 'xml' }]);
    expect(asides.map(({ kind }) => kind)).toEqual(['blank', 'trail', 'trail']);
  });

  it('takes what stands between two signatures for one record, and marks a record line there', () => {
    const forged = `CRIT   :  [${stamp}] msg=<Not in list>, client=<evil>\nCRIT   :  [${stamp}] msg=<NEW CLIENT>, client=<good>`;
    const { records } = read(`[SOF]\n${start}\n${signature(1)}\n${forged}\n${signature(2)}\n${noKey}\n${signature(3)}`);
    expect(records.map(({ line, endLine, suspicious }) => [line, endLine, suspicious !== undefined])).toEqual([
      [2, 3, false],
      [4, 6, true],
      [7, 8, false],
    ]);
    expect(
      read(`[SOF]\n${start}\n${signature(1)}\n${forged.replace('\n', '\n\n')}\n${signature(2)}`).records,
    ).toHaveLength(2);
  });

  it('joins a name with a newline in it', () => {
    const { records } = read(
      `${start}\n${signature(1)}\n${mismatch.replace('client1.', 'client1\n.')}\n${signature(2)}`,
    );
    expect(records.map(({ line, endLine }) => [line, endLine])).toEqual([
      [1, 2],
      [3, 5],
    ]);
  });

  it('does not swallow unsigned lines pasted between two files', () => {
    const { records } = read(`${start}\n${signature(1)}\n\n${noKey}\n${noKey}\n\n[SOF]\n${start}\n${signature(2)}`);
    expect(records.map(({ line }) => line)).toEqual([1, 4, 5, 8]);
    expect(records.every(({ suspicious }) => suspicious === undefined)).toBe(true);
  });

  it('marks a record in small letters between others: a client’s name is logged so', () => {
    const { records } = read(
      `${start}\n${mismatch.replace('client1.example.net>', 'evil>')}\n${mismatch.toLowerCase()}\n${noKey}`,
    );
    expect(records.map(({ line, endLine, suspicious }) => [line, endLine, suspicious !== undefined])).toEqual([
      [1, 1, false],
      [2, 3, true],
      [4, 4, false],
    ]);
    expect(
      read(`${start.toLowerCase()}\n${mismatch.toLowerCase()}`).records.map(({ suspicious }) => suspicious),
    ).toEqual([undefined, undefined]);
  });

  it('reads on after a torn signature', () => {
    const { records, leftover } = read(
      `${start}\n${signature(1).slice(0, 20)}${mismatch}\n${signature(2).slice(0, 30)}`,
    );
    expect(records).toHaveLength(2);
    expect(leftover).toEqual([]);
  });

  it('reads the record behind one that a full disk tore', () => {
    const words = start.indexOf('msg=');
    // Within the head, before the first item, in its name: nobody else wrote that.
    for (const length of [20, words, words + 2]) {
      const { records } = read(`${exit}\n${start.slice(0, length)}${mismatch}\n`);
      expect(values(records.at(-1) as LogRecord), String(length)).toEqual(client);
      expect(records.at(-1)?.suspicious, String(length)).toBeUndefined();
    }
    // Words of a message can go on with what somebody else wrote: in doubt.
    const { records } = read(`${exit}\n${start.slice(0, words + 12)}${mismatch}\n`);
    expect(records.at(-1)).toMatchObject({ severity: 'CRIT', suspicious: expect.stringContaining('middle of a line') });
  });

  it.each([
    ['a name of a file', `CRIT   :  [${stamp}] msg=<POLICY [ReadOnly] C--->, path=</srv/x/`],
    ['a name of a host', `WARN   :  [${stamp}] msg=<Reverse lookup failed>, remote_host=<`],
    ['a line of a watched log', `<TCP>  :  [${stamp}] client=<web1>, msg=<NOTICE :  [${stamp}] msg=<a b> path=<`],
    ['the end of a value', `CRIT   :  [${stamp}] msg=<POLICY [ReadOnly] C--->, path=</srv/x>, `],
  ])('takes no record out of %s', (_, before) => {
    const { records } = read(`${exit}\n${before}${mismatch}>\n`);
    expect(records.filter((record) => record.severity === 'CRIT' && values(record)[0] === client[0])).toEqual([]);
  });

  it('explains the lines of a stealth build', () => {
    const encoded = Buffer.from([...mismatch].map((char) => char.charCodeAt(0) ^ 0x9d));
    for (const text of [encoded.toString('utf8'), encoded.toString('latin1')]) {
      expect(read(text).asides.map(({ kind }) => kind)).toEqual(['encoded']);
    }
  });
});

describe('terminals and consoles', () => {
  const block = [
    '',
    '---------   sh_unix.c  ---   1174 ---------',
    '',
    'The owner (UID = 65534)',
    '',
    '-'.repeat(46),
    '',
  ];
  it('takes an explanation block for one, CR LF or not', () => {
    for (const end of ['\n', '\r\n']) {
      const { records, asides, leftover } = read([start, ...block, mismatch].join(end));
      expect(records.map(({ line, sink }) => [line, sink])).toEqual([
        [1, 'terminal'],
        [9, 'terminal'],
      ]);
      expect(asides.find(({ kind }) => kind === 'explanation')).toMatchObject({ line: 3, endLine: 7 });
      expect(leftover).toEqual([]);
    }
  });

  it('does not lose what follows a block without end', () => {
    const { records } = read([...block.slice(0, 4), mismatch].join('\n'));
    expect(records).toHaveLength(1);
    // One that another block cuts off, and one of which only the end was copied.
    const cut = read([...block.slice(0, 4), ...block, mismatch, block.at(-2)].join('\n'));
    expect(cut.asides.filter(({ kind }) => kind === 'explanation').map(({ line }) => line)).toEqual([2, 6, 13]);
  });

  it('knows the last words of a dying process', () => {
    for (const line of ['samhain[35]: exit on signal 11', 'Nov 23 15:00:00 yule root: samhain[35]: FATAL: a.c: 1: b']) {
      expect(read(line).asides).toMatchObject([{ kind: 'emergency', text: line.slice(line.indexOf('samhain[')) }]);
    }
  });
});

describe('mail', () => {
  const mail = [
    'From: root@yule.example.net',
    `Subject: [${stamp}] yule.example.net`,
    '',
    '-----BEGIN MESSAGE-----',
    `[${stamp}] yule.example.net`,
    `ALERT  :  [${stamp}] msg=<LOGKEY>, program=<Yule>, hash=<${signature(1)}>`,
    '-----BEGIN LOGKEY-----',
    `${signature(2)}[${stamp}]`,
    mismatch,
    '-----BEGIN SIGNATURE-----',
    signature(3),
    '000001 1163906296::yule.example.net',
    '-----END MESSAGE-----',
  ];
  it('reads a report', () => {
    const { records, asides, leftover } = read(mail.join('\r\n'));
    expect(records).toMatchObject([
      { line: 6, endLine: 8, sink: 'mail', loggingHost: 'yule.example.net' },
      { line: 9, endLine: 9, sink: 'mail', loggingHost: 'yule.example.net' },
    ]);
    expect(asides.map(({ line, kind }) => `${line} ${kind}`)).toEqual([
      '1 mail',
      '2 mail',
      '3 blank',
      '4 mail',
      '5 mail',
      '10 mail',
      '11 signature',
      '12 mail',
      '13 mail',
    ]);
    expect(leftover).toEqual([]);
  });

  it('joins a record that was broken after 998 characters', () => {
    const long = `CRIT   :  [${stamp}] msg=<POLICY ADDED>, path=</srv/${'a'.repeat(1500)}>, mode_new=<x>`;
    const broken = [...mail.slice(0, 5), long.slice(0, 998), long.slice(998), ...mail.slice(9)].join('\r\n');
    const { records } = read(broken);
    expect(records).toMatchObject([{ line: 6, endLine: 7 }]);
    expect(records[0]?.fields[1]?.value).toBe(`/srv/${'a'.repeat(1500)}`);
  });

  it('reads the source of a mail (quoted-printable)', () => {
    const source = mismatch.replaceAll('=', '=3D');
    const { records } = read(`${noKey.replaceAll('=', '=3D')}\n${source.slice(0, 70)}=\n${source.slice(70)}`);
    expect(records.map(({ line }) => line)).toEqual([1, 2]);
    expect(values(records[1] as LogRecord)).toEqual(client);
  });
});

it('many records without heads, all equally long, are no broken line', () => {
  const text = Array(3000).fill('msg=<Session key negotiation failed>').join('\n');
  expect(readRecords([{ name: 'text', text }]).records).toHaveLength(3000);
});
