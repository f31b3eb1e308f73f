/** Causes that look like another one: what tells them apart, and in which order equals stand. */
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../src/report/model.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judge, knowledge, setup, verdicts } from './judge.ts';

/** What the command line prints. */
function inWords(text: string): string {
  const { read, ...result } = judge(text);
  const { problems, messages } = knowledge;
  return textOf(reportOf({ read, result, problems, messages, setup }));
}

const client = 'client=<client1.example.net>';
const connection = at('10:00:01', 'INFO', 'msg=<New connection>, socket_id=<4>');
const relayed = (time: string, body: string) =>
  at(time, '<TCP>', `client=<client1>, msg=<ALERT  :  [2026-11-23T${time}+0000] ${body}>`);
const start = 'msg=<START>, program=<Samhain>, userid=<0>, path=<REQ_FROM_SERVER>, hash=<00>';

describe('a verifier that is no number', () => {
  const library = at('10:00:01', 'CRIT', 'msg=<Error in big integer library>');

  test('is a Client= line, in the log of the server', () => {
    expect(verdicts(judge(`${connection}\n${library}\n`))).toEqual(['client-line-malformed certain']);
  });

  test('is the first guess in the lines of the client', () => {
    const lines = ['msg=<Illegal zero reply>', 'msg=<Session key negotiation failed>', 'msg=<File download failed>'];
    const text = lines.map((body) => at('10:00:01', 'ERROR', body)).join('\n');
    expect(judge(text).diagnoses.map(({ problem }) => problem)[0]).toBe('client-line-malformed');
  });
});

describe('a signature that does not fit', () => {
  const sent = at('10:00:01', 'INFO', `msg=<File transfer completed>, ${client}`);
  const mismatch = at('10:00:02', 'CRIT', `msg=<Invalid connection attempt: Signature mismatch>, ${client}`);

  test('right after the configuration, of a client that never reports: MACType', () => {
    const first = at('10:00:01', 'NOTICE', `msg=<NEW CLIENT>, ${client}`);
    expect(verdicts(judge(`${first}\n${sent}\n${mismatch}\n`))[0]).toMatch(/^build-mismatch likely/);
  });

  test('of a client that has reported: a second instance', () => {
    const text = `${relayed('09:50:00', start)}\n${sent}\n${mismatch}\n`;
    expect(verdicts(judge(text))[0]).toMatch(/^second-instance likely/);
  });

  test('alone: a second instance', () => {
    expect(verdicts(judge(mismatch))[0]).toMatch(/^second-instance likely/);
  });

  test('at the second request of a start, in the lines of the client: MACType', () => {
    const text = [
      at('10:00:01', 'INFO', 'msg=<Session key negotiated>'),
      at('10:00:01', 'INFO', 'msg=<File download completed>'),
      at('10:00:01', 'INFO', 'msg=<Downloading database file>'),
      at('10:00:01', 'ERROR', 'msg=<Invalid connection state>, expect=<NSRV>, received=<\\000\\000\\000\\246>'),
    ].join('\n');
    expect(verdicts(judge(text))[0]).toMatch(/^build-mismatch certain/);
  });
});

describe('a log that begins with the record of a client', () => {
  const text = `[SOF]\n${relayed('10:00:01', start)}\n`;

  test('is not called healthy: the threshold keeps out what yule itself says', () => {
    expect(judge(text)).toMatchObject({ healthy: false, diagnoses: [{ problem: 'log-threshold' }] });
  });

  test('is, if yule has spoken, or if its beginning is not there', () => {
    const own = at('10:00:00', 'ALERT', 'msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<00>');
    expect(judge(text.replace('[SOF]\n', `[SOF]\n${own}\n`)).diagnoses).toEqual([]);
    expect(judge(text.replace('[SOF]\n', '')).diagnoses).toEqual([]);
  });
});

test('a time limit that comes again and again between reports speaks of the limit', () => {
  const limit = (time: string) => at(time, 'CRIT', `msg=<Time limit exceeded>, ${client}`);
  const mark = 'msg=<---- TIMESTAMP ---->';
  const text = [relayed('10:00:00', mark), limit('10:00:20'), relayed('10:00:30', mark), limit('10:00:50')].join('\n');
  expect(inWords(text)).toMatch(/1h is one second/);
});

test('a configuration whose paths were all refused is faulty, not empty', () => {
  const text = [
    at('10:00:00', 'WARN', 'msg=<Invalid input>, option=<dir>, obj=<srv/data>'),
    at('10:00:01', 'WARN', 'msg=<No files or directories defined for checking>'),
  ].join('\n');
  expect(verdicts(judge(text))).toEqual(['config-errors certain']);
});

test('a name that the server cannot resolve and does not know is refused, and not a fault of lookups besides', () => {
  const text = [
    at('10:00:01', 'CRIT', 'msg=<Cannot resolve client name>, host=<127.0.0.1>'),
    at('10:00:01', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<127.0.0.1>'),
  ].join('\n');
  expect(verdicts(judge(text))).toEqual(['not-in-client-list certain @127.0.0.1']);
});

test('a log directory that yule cannot write keeps its status page out, too', () => {
  const denied = (path: string) =>
    at('10:00:01', 'ERROR', `msg=<File not accessible>, userid=<65534>, path=</var/log/yule/${path}>`);
  const text = [
    denied('yule_log'),
    at('10:00:01', 'ERROR', 'msg=<Service failure>, service=<logfile>, obj=</var/log/yule/yule_log>'),
    denied('yule.html'),
    at('10:00:01', 'ERROR', 'msg=<Error writing HTML status>'),
  ].join('\n');
  expect(verdicts(judge(text))).toEqual(['server-log-not-writable certain']);
});

describe('two names in one line', () => {
  const line = (text: string, call: string) =>
    at('10:00:01', 'ERROR', `msg=<${text}>, subroutine=<${call}>, service=<export>, host=<yule.example.net>`);

  test.each([
    ['Connection refused, address yule2.example.net', 'connect'],
    ['The specified host is unknown: yule2.example.net', 'gethostbyname'],
    ['Name or service not known, address yule2.example.net', 'getaddrinfo'],
  ])('are the backup server and the first one: %s', (text, call) => {
    expect(inWords(line(text, call))).toMatch(/backup server/);
    expect(inWords(line(text.replace('yule2', 'yule'), call))).not.toMatch(
      /speaks of the backup|the backup server refused/,
    );
  });
});

describe('a bare "Session key negotiation failed"', () => {
  const text = at('10:00:01', 'ERROR', 'msg=<Session key negotiation failed>');

  test('is the name of the client first, then the password, as equals', () => {
    const { diagnoses } = judge(text);
    expect(diagnoses.slice(0, 2)).toMatchObject([
      { problem: 'not-in-client-list', confidence: 'possible' },
      { problem: 'wrong-password', confidence: 'possible' },
    ]);
    expect(inWords(text)).toMatch(/not in the server's list[\s\S]*Wrong password or verifier/);
  });

  test('has one command that splits them', () => {
    const [first] = judge(text).diagnoses;
    const ask = first?.ask.find(({ look }) => look.includes('Session key mismatch'));
    expect(ask?.look).toContain('Not in client list');
    expect(ask?.run).toMatch(/^grep/);
  });
});

describe('a file that did not come after the key was agreed', () => {
  const agreed = at('10:00:01', 'INFO', 'msg=<Session key negotiated>');
  const failed = at('10:00:09', 'ERROR', 'msg=<File download failed>');
  const known = at('10:00:01', 'NOTICE', `msg=<NEW CLIENT>, ${client}`);

  test('is missing on the server, if its log says so or is not there', () => {
    const missing = at('10:00:01', 'CRIT', `msg=<Requested file not found>, ${client}, path=</var/lib/yule/rc>`);
    expect(verdicts(judge(`${agreed}\n${failed}\n`))[0]).toMatch(/^file-not-served likely/);
    expect(verdicts(judge(`${agreed}\n${failed}\n\n${known}\n${missing}\n`))[0]).toMatch(/^file-not-served certain/);
  });

  test('was cut, if the log of the server tells of the client and of no file', () => {
    expect(verdicts(judge(`${agreed}\n${failed}\n\n${known}\n`))[0]).toMatch(/^download-interrupted likely/);
  });

  test('broke off in the middle of a signed block: no refusal by TCP wrappers', () => {
    const broken = at('10:00:01', 'ERROR', 'msg=<Connection error: Broken pipe>, port=<3>, subroutine=<write_port>');
    const overflow = at('10:00:01', 'ERROR', 'msg=<integer overflow>, subroutine=<sh_util_hmac_tiger>');
    const found = judge(`${broken}\n${overflow}\n${failed}\n`);
    expect(verdicts(found)[0]).toMatch(/^download-interrupted likely/);
    expect(found.read.unrecognised).toEqual([]);
    expect(verdicts(judge(`${broken}\n${failed}\n`))[0]).toMatch(/^refused-by-libwrap likely/);
  });

  test('had no place on the client, of an ordinary user', () => {
    const opening = at('10:00:01', 'ERROR', 'msg=<Error opening temporary file>, subroutine=<open_tmp>');
    const opened = at('10:00:01', 'ERROR', 'msg=<Could not open temporary file>');
    expect(verdicts(judge(`${agreed}\n${opening}\n${opened}\n${failed}\n`))[0]).toMatch(/^not-root likely/);
  });
});

test('a lock that a live yule holds, and no port: a second yule, and the port comes first', () => {
  const busy = 'msg=<Cannot remove stale lock file, PID may be a running process>, subroutine=<sh_unix_test_and_lock>';
  const log = '/var/log/yule/yule_log';
  const lines = [
    at('10:00:00', 'ERROR', busy),
    at('10:00:00', 'ERROR', `msg=<File lock error>, userid=<65534>, path=<${log}>, obj=<${log}.lock>`),
    at('10:00:00', 'MARK', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<-1>'),
  ];
  expect(verdicts(judge(`${lines.join('\n')}\n`))[0]).toMatch(/^port-in-use certain/);
});

test('the lines of a configuration are counted on the server only where it was downloaded', () => {
  const invalid = at(
    '10:00:01',
    'WARN',
    'msg=<Invalid line 12 in configuration file: incorrect format, unrecognized option, or missing section header>',
  );
  const download = at('10:00:00', 'INFO', 'msg=<Downloading configuration file>');
  expect(inWords(`${download}\n${invalid}\n`)).toMatch(/file that the server serves/);
  expect(inWords(invalid)).not.toMatch(/file that the server serves/);
});

describe('the stand-alone package of Debian', () => {
  const own =
    'msg=<START>, program=<Samhain>, userid=<0>, path=</etc/samhain/samhainrc>, hash=<00>, path=</x>, hash=<00>';
  const started = at('10:00:01', 'ALERT', own);
  const heading = at('10:00:01', 'WARN', 'msg=<Unrecognized section heading in line 12 of configuration file>');
  const option = at(
    '10:00:01',
    'WARN',
    'msg=<Invalid line 305 in configuration file: incorrect format, unrecognized option, or missing section header>',
  );

  test('configured as a client: its program is named besides its configuration', () => {
    expect(verdicts(judge(`${option}\n${heading}\n${started}\n`))).toEqual([
      'config-errors certain',
      'stand-alone-build likely',
    ]);
  });

  test('as it is: nothing is said of a client', () => {
    expect(verdicts(judge(`${option}\n${started}\n`))).toEqual(['config-errors certain']);
    expect(verdicts(judge(`${heading}\n${started.replace('/etc/samhain/', '/etc/')}\n`))).toEqual([
      'config-errors certain',
    ]);
  });

  test('what it says of itself proves it', () => {
    const asked = 'root@web1:~# samhain -v\nStandalone executable, compiled-in options:\n posix regex support\n';
    expect(verdicts(judge(asked))[0]).toMatch(/^stand-alone-build certain/);
    expect(judge(asked.replace('Standalone executable', 'Client executable (port 49777)')).diagnoses).toEqual([]);
  });
});
