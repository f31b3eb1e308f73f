import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/engine/index.ts';
import {
  catalogue,
  entries,
  exit,
  mismatch,
  mismatchXml,
  name,
  named,
  noKey,
  read,
  relayed,
  signature,
  stamp,
  start,
} from './entries.ts';

const key = 'MSG_TCP_BADCONN/session-key-mismatch';

describe('messages without their record', () => {
  it.each([
    ['Session key negotiation failed', 'MSG_TCP_NOAUTH'],
    ['Invalid connection attempt: Session key mismatch', key],
    ['msg=<Session key negotiation failed>', 'MSG_TCP_NOAUTH'],
    ['msg=<Invalid connection attempt: Session key mismatch>, client=<c1>', key],
    ['msg="Invalid connection attempt: Session key mismatch" host="c1"', key],
    ['msg="Session key negotiation failed"', 'MSG_TCP_NOAUTH'],
    ['ERROR: Session key negotiation failed.', 'MSG_TCP_NOAUTH'],
    ['- "Session key negotiation failed"', 'MSG_TCP_NOAUTH'],
    ['“Session key negotiation failed”', 'MSG_TCP_NOAUTH'],
    ['SESSION KEY NEGOTIATION FAILED', 'MSG_TCP_NOAUTH'],
    ['Invalid connection state, expect=<PARP>', 'MSG_E_NETST/expect-parp'],
    ['msg=<Connection refused, address yule.example.net>', 'MSG_E_NET/connection-refused'],
    ['Restart without prior exit', 'MSG_TCP_ILL'],
    ['Server up, simultaneous connections: 1017', 'MSG_START_SRV'],
    [
      'Invalid line 12 in configuration file: incorrect format, unrecognized option, or missing section header',
      'MSG_EINVALCONF',
    ],
  ])('%s', (text, expected) => {
    const { findings } = read(text);
    expect(findings).toHaveLength(1);
    expect(findings.map(name)).toEqual([expected]);
    expect(findings[0]?.record.form).toBe('bare');
  });

  it.each([
    ['My samhain says Session key negotiation failed. What now?', ['MSG_TCP_NOAUTH']],
    ['I see "Invalid connection attempt: Not in client list" in yule_log', ['MSG_TCP_BADCONN/not-in-client-list']],
    ['here msg=<Restart without prior exit>, client=<c1> every hour', ['MSG_TCP_ILL']],
    [
      'samhain: Session key negotiation failed, yule: Invalid connection attempt: Session key mismatch',
      ['MSG_TCP_NOAUTH', key],
    ],
    [`since Monday ${mismatch} appears`, [key]],
  ])('amid prose: %s', (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  it.each([
    ['Session key mismatch', [key]],
    ['Connection refused', ['MSG_E_NET/connection-refused']],
    ['Connection refused, address yule.example.net', ['MSG_E_NET/connection-refused']],
    ['My client says Session key negotiation failed. What now?', ['MSG_TCP_NOAUTH']],
    ['I see Not in client list on the server', ['MSG_TCP_BADCONN/not-in-client-list']],
    ['the client prints "Protocol mismatch" all day', ['MSG_TCP_MISMATCH']],
    ['the client prints `Connection refused` when it starts', ['MSG_E_NET/connection-refused']],
    [
      'Client: Session key negotiation failed, server: Invalid connection attempt: Session key mismatch',
      ['MSG_TCP_NOAUTH', key],
    ],
  ])(
    'words of every program, or in a text that does not name samhain, are like a message and none: %s',
    (text, like) => {
      const { findings, unrecognised } = read(text);
      expect(findings).toEqual([]);
      const names = unrecognised[0]?.like?.map(({ message, text: part }) => (part ? `${message}/${part}` : message));
      expect(names).toEqual(like);
    },
  );

  it('gives values and side as far as they are told', () => {
    const { findings } = read('msg=<Invalid connection attempt: Session key mismatch>, client=<c1.example.net>');
    expect(findings[0]).toMatchObject({
      side: 'server',
      host: 'c1.example.net',
      values: { reason: 'Session key mismatch', client: 'c1.example.net' },
    });
    const refused = read('msg=<Connection refused, address yule.example.net>').findings[0];
    expect(refused).toMatchObject({
      side: 'client',
      values: { service: 'export', server: 'yule.example.net', text: 'Connection refused, address yule.example.net' },
    });
  });

  it.each([mismatch, mismatchXml])('cut at its beginning: %s', (text) => {
    const last = text.indexOf('key mismatch');
    for (let cut = 1; cut <= last; cut += 1) expect(named(text.slice(cut)), text.slice(cut)).toEqual([key]);
  });

  it.each([mismatch, mismatchXml])('cut at its end: %s', (text) => {
    const least = text.indexOf('Session key m');
    for (let cut = least + 8; cut < text.length; cut += 1)
      expect(named(text.slice(0, cut)), text.slice(0, cut)).toEqual([key]);
    for (const dots of ['...', ' [...]', '…']) expect(named(text.slice(0, least + 12) + dots)).toEqual([key]);
  });
});

describe('a text that samhain never prints', () => {
  it.each([
    'Checking the disk of foo>, path=</dev/sda',
    'Checking the disk',
    'Checking all>, path=</srv',
    'Missing logfile of the captain',
    'POLICY of honesty>, path=</x>, size_old=<1',
    'Invalid connection attempt: Bananas>, client=<client1.example.net',
    'Invalid line of thought in configuration file: incorrect format, unrecognized option, or missing section header',
    // (As long as "checksumming file".)
    'Timeout (120 sec) while cooking the salad',
    'Encryption mismatch in the kitchen: server: none client: version2',
    'one two three four five six seven',
  ])('is unknown, whatever word it begins with: %s', (text) => {
    const head = `CRIT   :  [${stamp}] `;
    expect(read(`${head}msg=<${text}>\n${start}\n`).findings[0]?.message).toBeUndefined();
    expect(read(`msg=<${text}>`).findings.filter(({ message }) => message)).toEqual([]);
  });

  it.each([
    ['Checking       [ReadOnly]>, path=</srv', 'MSG_FI_CHK'],
    ['Checking>, path=</srv', 'MSG_FI_CHK'],
    ['POLICY [ReadOnly] C-------TS>, path=</etc/hosts>, size_old=<1>, size_new=<2', 'MSG_FI_CHAN'],
    ['Checking logfile /var/log/auth.log', 'MSG_LOGMON_CHKS'],
    ['Invalid connection attempt: Not in cli', 'MSG_TCP_BADCONN/not-in-client-list'],
  ])('what it does print is known: %s', (text, expected) => {
    expect(named(`CRIT   :  [${stamp}] msg=<${text}${text.endsWith('cli') ? '' : '>'}`)).toEqual([expected]);
  });
});

describe('other programs', () => {
  it.each([
    'Nov 23 15:00:00 host sshd[77]: Failed password for root from 203.0.113.9 port 4711 ssh2',
    'Nov 23 15:00:00 host sshd[77]: error: connect_to yule port 49777: Connection refused',
    'ssh: connect to host yule port 22: Connection refused',
    'curl: (7) Failed to connect to yule.example.net port 443: Connection refused',
    'nc: connect to yule.example.net port 49777 (tcp) failed: Connection refused',
    'telnet: Unable to connect to remote host: Connection refused',
    'Nov 23 15:00:00 host kernel: [12345.678901] Out of memory: Killed process 123 (java)',
    '[12345.678901] usb 1-1: device descriptor read/64, error -71',
    '2026/11/23 15:00:00 [error] 77#77: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 203.0.113.9',
    '203.0.113.9 - - [23/Nov/2026:15:00:00 +0000] "GET / HTTP/1.1" 404 12 "-" "curl/8"',
    'Nov 23 15:00:00 mx postfix/smtp[99]: connect to mx.example.org[198.51.100.1]:25: Connection timed out',
    'Nov 23 15:00:00 mx postfix/smtpd[98]: warning: hostname x does not resolve to address 203.0.113.9: Name or service not known',
    'time="2026-11-23T15:00:00Z" level=error msg="Connection refused" err="dial tcp"',
    'ts=2026-11-23T15:00:00Z caller=main.go:12 level=warn msg="Protocol mismatch"',
    '{"level":"error","time":"2026-11-23T15:00:00Z","msg":"Connection refused"}',
    'type=AVC msg=audit(1763910000.123:456): avc:  denied  { read } for  pid=77 comm="x" path="/srv"',
    'Nov 23 15:00:00 yule systemd[1]: Started yule.service - Samhain log server.',
    'Nov 23 15:00:00 yule CRON[77]: (root) CMD (/usr/sbin/samhain -t check)',
    'cp: foo: Not a regular file',
    'java.net.ConnectException: Connection refused (Connection refused)',
    'ERROR: [2026-11-23T15:00:00+0000] could not connect',
    'INFO   finished',
    'psql: error: connection to server at "127.0.0.1", port 5432 failed: Connection refused',
    'root@client1:~# samhain -t check --foreground -p info',
    'Please help, nothing works since the update.',
    'Die Verbindung wurde abgelehnt.',
    `Nov 23 15:00:00 host sshd[77]: Invalid user ${mismatch} from 203.0.113.9`,
    `203.0.113.9 - - [23/Nov/2026:15:00:00 +0000] "GET /?${mismatch} HTTP/1.1" 404 12`,
    '[Client]',
    'SetLogServer=yule.example.net',
    'Client=client1.example.net@4CB0396AF6B48989@84E17A67A306D70CF468E7BCFBA4810C',
  ])('%s', (text) => {
    expect(read(text).findings).toEqual([]);
  });
});

describe('side', () => {
  const both = `WARN   :  [${stamp}] msg=<Untrusted path>, userid=<1>, path=</x>`;
  it('is told by relay, program, tag and message', () => {
    expect(read(relayed).findings[0]?.side).toBe('client');
    expect(read(`ALERT  :  [${stamp}] ${exit}`).findings[0]?.side).toBe('client');
    expect(read(`ALERT  :  [${stamp}] ${exit.replace('Samhain', 'Yule')}`).findings[0]?.side).toBe('server');
    expect(read(`Nov 23 15:18:17 h Yule[1]: ${both}`).findings[0]?.side).toBe('server');
    expect(read(`Nov 23 15:18:17 h Samhain[1]: ${both}`).findings[0]?.side).toBe('client');
    expect(read(`Nov 23 15:18:17 h samhain[1]: ${mismatch}`).findings[0]?.side).toBe('server');
    expect(read(mismatch).findings[0]?.side).toBe('server');
    expect(read(noKey).findings[0]?.side).toBe('client');
  });

  it('is else what the user said, or the side of the other records of the source', () => {
    expect(read(both).findings[0]?.side).toBeUndefined();
    expect(read(both, 'server').findings[0]?.side).toBe('server');
    expect(recognise([{ name: 'yule_log', text: both }], catalogue).findings[0]?.side).toBe('server');
    expect(read(`client.log:${both}`).findings[0]?.side).toBe('client');
    expect(read(`${both}\n${start}`).findings[0]?.side).toBe('server');
    expect(read(`${both}\n${noKey}`).findings[0]?.side).toBe('client');
    expect(read(`${both}\n${noKey}`, 'server').findings[0]?.side).toBe('server');
    expect(read(`==> a <==\n${both}\n${start}\n==> b <==\n${both}\n${noKey}`).findings.map(({ side }) => side)).toEqual(
      ['server', 'server', 'client', 'client'],
    );
  });

  it('is that of their own log for lines that tell nothing, where two logs stand one below the other', () => {
    const sides = (...lines: string[]) => read(lines.join('\n')).findings.map(({ side }) => side);
    const at = (line: string, second: string) => line.replace('15:18:17', `15:18:${second}`);
    // The third is next to the server's, but the time goes back between them.
    expect(sides(noKey, at(both, '18'), at(both, '19'), at(start, '01'))).toEqual([
      'client',
      'client',
      'client',
      'server',
    ]);
    // What looks like the second log belongs to it, however near the first one is.
    expect(sides(`Nov 23 15:18:17 web1 Samhain[28]: ${noKey}`, at(both, '18'), at(start, '01'))).toEqual([
      'client',
      'server',
      'server',
    ]);
  });
});

describe('host', () => {
  const at = (text: string) => read(text).findings.map(({ host }) => host);
  it('is the client that the record is about, as fully as known', () => {
    expect(at(mismatch)).toEqual(['client1.example.net']);
    expect(at(relayed)).toEqual(['client1']);
    expect(at(`${relayed}\n${mismatch}`)).toEqual(['client1.example.net', 'client1.example.net']);
    expect(at(`CRIT   :  [${stamp}] msg=<Cannot resolve client name> host=<c.example.net>`)).toEqual(['c.example.net']);
    expect(at(`Nov 23 15:18:17 client1 Samhain[28]: ${noKey}\n${mismatch}`)).toEqual([
      'client1.example.net',
      'client1.example.net',
    ]);
    const file = `WARN   :  [${stamp}] msg=<File not accessible>, userid=<65534>, path=</var/lib/yule/rc.client1.example.net>`;
    expect(at(`${file}\n${mismatch}`)[0]).toBe('client1.example.net');
    expect(at(`${start}\n${mismatch}`)[0]).toBeUndefined();
  });

  it('stays short where two full names begin so', () => {
    expect(at(`${relayed}\n${mismatch}\n${mismatch.replace('example.net', 'example.org')}`)[0]).toBe('client1');
  });

  it('is no name that cannot be one', () => {
    expect(at(mismatch.replace('client1.example.net', 'evil> x'))).toEqual([undefined]);
    expect(at(mismatch.replace('client1.example.net', ''))).toEqual([undefined]);
  });
});

describe('counts and order', () => {
  it('counts lines, bytes and records of all sources', () => {
    const sources = [
      { name: 'a', text: `${start}\n${signature(1)}\nprose ä\n` },
      { name: 'b', text: noKey, side: 'client' as const },
    ];
    const result = recognise(sources, catalogue);
    expect(result).toMatchObject({
      lines: 4,
      records: 2,
      bytes: Buffer.byteLength(sources.map(({ text }) => text).join('')),
    });
    expect(result.findings.map(({ record }) => [record.source, record.line])).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(result.unrecognised).toEqual([{ source: 0, line: 3, text: 'prose ä' }]);
  });
});

describe('hostile input', () => {
  const pieces = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      '\n',
      '\r\n',
      '\0',
      '<',
      '>',
      '">',
      '=<',
      '>, ',
      ' client=<',
      'msg=<',
      'msg="',
      '<log sev="CRIT" tstamp="',
      '/>',
      '<TCP>  :  ',
      `[${stamp}] `,
      'CRIT   :  ',
      signature(1),
      '\n[SOF]\n',
      '</trail>',
      '{"log":"',
      '\\u003c',
      '&lt;',
      '=3D<',
      '-----BEGIN MESSAGE-----\n',
      `\n${'-'.repeat(46)}\n`,
      '---------   a.c  ---      1 ---------\n',
      'Nov 23 15:18:17 yule Yule[35]: ',
      mismatch,
      mismatchXml,
      relayed,
      '> ',
      '\u2028',
      '\u001b[31m',
      '==> a <==\n',
      'MESSAGE=',
      'samhain[1]: exit on signal 1',
    ),
  );

  it('never throws, and loses no line', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const { findings, asides, unrecognised, lines } = read(parts.join(''));
        const seen = new Set<number>();
        const cover = (from: number, to: number) => {
          expect(from).toBeGreaterThan(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(Math.max(lines, 1));
          for (let line = from; line <= to; line += 1) seen.add(line);
        };
        for (const { record } of findings) cover(record.line, record.endLine);
        for (const aside of asides) cover(aside.line, aside.endLine);
        for (const { line } of unrecognised) cover(line, line);
      }),
      { numRuns: 300 },
    );
  });

  it('every line of a text is a part of something', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            start,
            mismatch,
            mismatchXml,
            relayed,
            noKey,
            signature(1),
            '',
            '[SOF]',
            'prose',
            'client1.example.net>',
            mismatch.slice(0, 70),
            mismatch.slice(70),
          ),
          { maxLength: 30 },
        ),
        (parts) => {
          const { findings, asides, unrecognised, lines } = read(parts.join('\n'));
          const seen = new Set<number>();
          for (const { line, endLine } of [...findings.map(({ record }) => record), ...asides])
            for (let n = line; n <= endLine; n += 1) seen.add(n);
          for (const { line } of unrecognised) seen.add(line);
          expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: lines }, (_, i) => i + 1));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes time in proportion to its size', () => {
    const time = (text: string) => {
      const from = process.threadCpuUsage();
      read(text);
      return process.threadCpuUsage(from).user / 1000;
    };
    const kinds: ((n: number) => string)[] = [
      (n) => '> CRIT   :  [2026-11-23T15:18:17+0000] '.repeat(n / 39),
      (n) => 'a'.repeat(n),
      (n) => ' '.repeat(n),
      (n) => '<'.repeat(n),
      (n) => '>'.repeat(n),
      (n) => '"'.repeat(n),
      (n) => '\0'.repeat(n),
      (n) => '\\u003c'.repeat(n / 6),
      (n) => '&lt;'.repeat(n / 4),
      (n) => 'msg=<'.repeat(n / 5),
      (n) => `${mismatch.slice(0, -1)}${'>, a=<'.repeat(n / 6)}`,
      (n) => `<log sev="CRIT" tstamp="${stamp}" msg="${'" a="'.repeat(n / 5)}`,
      (n) => `${mismatch} `.repeat(n / (mismatch.length + 1)),
      (n) => 'CRIT   :  '.repeat(n / 10),
      (n) => `${'CRIT   :  [2026-11-23T15:18:17+0000] '.repeat(n / 37)}`,
      (n) => '<log '.repeat(n / 5),
      (n) => '[31m[0m'.repeat(n / 7),
      (n) => '=3D<'.repeat(n / 4),
      (n) => `{"log":"${'a'.repeat(n)}`,
      (n) => '{'.repeat(n),
      (n) => 'session key '.repeat(n / 12),
      (n) => 'session key mismatch\n'.repeat(n / 21),
      (n) => `${mismatch.slice(0, 80)}\n`.repeat(n / 81),
      (n) => 'x>, client=<\n'.repeat(n / 13),
      (n) => '---------   a.c  ---      1 ---------\n'.repeat(n / 39),
      (n) => `${signature(1)}\n`.repeat(n / 49),
      (n) => `${start}\n\n${signature(1)}\n`.repeat(n / 150),
      (n) => 'Nov 23 15:18:17 yule Yule[35]: \n'.repeat(n / 32),
      (n) => '\n'.repeat(n / 4),
    ];
    for (const kind of kinds) {
      const text = kind(1_000_000);
      expect(time(text), JSON.stringify(text.slice(0, 30))).toBeLessThan(4000);
    }
    expect(time(`${mismatch.slice(0, -1)}${'x'.repeat(5_000_000)}>`)).toBeLessThan(4000);
  });

  it('reads twenty thousand lines in a moment', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, i) => `${[mismatch, relayed, noKey, start][i % 4]}\n${signature(i % 256)}`,
    ).join('\n');
    const from = process.threadCpuUsage();
    const { findings } = read(lines);
    expect(process.threadCpuUsage(from).user / 1000).toBeLessThan(5000);
    expect(findings).toHaveLength(10_000);
    expect(entries.length).toBeGreaterThan(200);
  });
});

it('lines put together that nobody knows keep all their numbers', () => {
  const { unrecognised } = recognise([{ name: 'mail', text: 'a=3D"b" c=\nd\ne' }], catalogue);
  expect(unrecognised.map(({ line, endLine }) => [line, endLine])).toEqual([
    [1, 2],
    [3, undefined],
  ]);
});
