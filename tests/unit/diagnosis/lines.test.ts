/** Lines of each kind of trouble, and what they must lead to. Forms that no captured run holds are from the catalogue. */
import { describe, expect, test } from 'vitest';
import type { Side } from '../../../src/engine/types.ts';
import { at, judge, verdicts } from './judge.ts';

const t = '10:00:00';
const error = (body: string) => at(t, 'ERROR', `msg=<${body}`);
const crit = (body: string) => at(t, 'CRIT', `msg=<${body}`);
const alert = (body: string) => at(t, 'ALERT', `msg=<${body}`);

const refused = error(
  'Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<y>',
);
const noauth = error('Session key negotiation failed>');
const state = (expect: string) =>
  error(`Invalid connection state>, expect=<${expect}>, received=<\\000\\000\\000\\000>`);
const broken = (why: string) => error(`Connection error: ${why}>, port=<3>, subroutine=<read_port>`);
const block = (text: string) =>
  `\n---------   sh_unix.c  ---   1236 ---------\n\n${text}\n\n----------------------------------------------\n`;

/** name, lines, the first verdicts, side if stated */
const cases: [string, string[], string[], Side?][] = [
  // Client lines alone: no more certainty than they give.
  ['refused', [refused], ['connection-refused likely', 'config-not-readable possible', 'server-crashed possible']],
  ['PARP', [state('PARP'), noauth], ['wrong-password likely']],
  ['INIT', [state('INIT'), noauth], ['not-in-client-list likely', 'client-line-malformed possible']],
  [
    'INIT, reset',
    [broken('Connection reset by peer'), state('INIT'), noauth],
    ['refused-by-libwrap likely', 'not-yule-on-port possible'],
  ],
  ['broken pipe', [broken('Broken pipe'), noauth], ['refused-by-libwrap likely', 'not-yule-on-port possible']],
  [
    'INIT, timed out',
    [broken('Connection timed out'), state('INIT'), noauth],
    ['server-not-answering possible', 'not-yule-on-port possible', 'server-suspended possible'],
  ],
  ['TALK', [state('TALK'), error('Unexpected reply>')], ['second-instance possible', 'not-in-client-list possible']],
  ['NSRV', [state('NSRV')], ['second-instance likely', 'not-in-client-list possible']],
  [
    'nothing but the failure',
    [noauth],
    [
      'not-in-client-list possible',
      'wrong-password possible',
      'refused-by-libwrap possible',
      'build-mismatch possible',
      'server-not-answering possible',
      'not-yule-on-port possible',
    ],
  ],
  [
    'lost on the way',
    [error('Message delivery not confirmed>'), error('Connection error: Input/output error>')],
    ['connection-lost likely'],
  ],
  [
    'download after login',
    [at(t, 'INFO', 'msg=<Session key negotiated>'), error('File download failed>')],
    ['file-not-served likely'],
  ],
  ['download alone', [error('File download failed>')], ['file-not-served possible']],

  // Bare pieces, as people quote them.
  [
    'bare words',
    ['Session key negotiation failed'],
    ['not-in-client-list possible', 'wrong-password possible', 'refused-by-libwrap possible'],
  ],
  ['bare server message', ['Invalid connection attempt: Session key mismatch'], ['wrong-password possible']],
  [
    'bare fields',
    ['msg=<Invalid connection attempt: Not in client list>, client=<client1.example.net>'],
    ['not-in-client-list certain @client1.example.net'],
  ],
  [
    'bare XML',
    ['msg="Refused connection from 198.51.100.20" subroutine="libwrap"'],
    ['refused-by-libwrap certain @198.51.100.20'],
  ],

  // Connect.
  [
    'timeout',
    [error('Connection timed out, address y>, subroutine=<connect>, service=<export>, host=<y>')],
    ['connect-timeout likely'],
  ],
  [
    'unreachable',
    [error('Network is unreachable, address y>, subroutine=<connect>, service=<export>, host=<y>')],
    ['no-route certain'],
  ],
  [
    'name, 2.6.2',
    [error('The specified host is unknown: y>, subroutine=<gethostbyname>, service=<export>, host=<y>')],
    ['server-name-unresolvable certain'],
  ],
  [
    'reverse, 2.6.2',
    [error('Reverse lookup failed: y vs 198.51.100.10>, subroutine=<strcmp>, service=<export>, host=<y>')],
    ['server-reverse-lookup certain'],
  ],
  ['no server name', [error('No server name known>')], ['no-server-name certain']],
  [
    'IPv4 build',
    [error('Connection refused, AF_INET , address y>, subroutine=<connect>, service=<export>, host=<y>')],
    ['connection-refused likely'],
  ],

  // Authentication and protocol.
  [
    'no SRP on both sides',
    [noauth, at(t, 'NOTICE', 'msg=<Connection reset by peer>, client=<c.example.net>')],
    ['build-mismatch likely @c.example.net', 'wrong-password possible @c.example.net'],
  ],
  [
    'server without SRP',
    [
      error('Invalid connection state>, expect=<PASS>, received=<\\120\\103\\060\\061>, host=<c.example.net>'),
      crit('Invalid connection attempt: Invalid client request>, client=<c.example.net>'),
    ],
    ['build-mismatch certain @c.example.net'],
  ],
  [
    'encryption',
    [
      error('Encryption mismatch in message transfer: server: none client: version2>'),
      crit('Invalid connection attempt: Msg signature mismatch>, client=<c.example.net>'),
    ],
    ['build-mismatch certain @c.example.net'],
  ],
  [
    'foreign greeting',
    [
      error('Invalid connection state>, expect=<SALT>, received=<\\107\\105\\124\\040>, host=<c.example.net>'),
      crit('Invalid connection attempt: No salt requested>, client=<c.example.net>'),
    ],
    ['stray-traffic likely @c.example.net'],
  ],
  ['no name', [crit('Hostname is NULL>')], ['stray-traffic likely']],

  // Server start and logging.
  ['port, 2.6.2', [alert('PANIC Address already in use>, program=<Yule>, subroutine=<bind>')], ['port-in-use certain']],
  [
    'port, 4.2.0',
    [at(t, 'MARK', 'msg=<Server up, simultaneous connections: 1017>, socket_id=<-1>')],
    ['port-in-use certain'],
  ],
  ['IPv6 interface', [alert('PANIC Invalid argument>, program=<Yule>, subroutine=<bind>')], ['bind-failed certain']],
  ['port below 1024', [alert('PANIC Permission denied>, program=<Yule>, subroutine=<bind>')], ['bind-failed certain']],
  [
    'syslog port',
    [alert('PANIC Address already in use>, program=<Yule>, subroutine=<syslog bind>')],
    ['bind-failed certain'],
  ],
  [
    'chroot directory',
    [
      error('No such file or directory>, interface=<chdir>, path=</srv/yule>'),
      alert('EXIT>, program=<Yule>, status=<exit_failure>'),
    ],
    ['chroot certain'],
    'server',
  ],
  ['chroot call', [error('Operation not permitted>, subroutine=<chroot>')], ['chroot certain'], 'server'],
  [
    'no signature',
    [
      error('No good signature>, subroutine=<gpg_check_file_sign>'),
      alert('PANIC Error initializing the application>, program=<Yule>'),
    ],
    ['config-signature certain'],
  ],
  [
    'no signature, client',
    [
      error('No good signature>, subroutine=<gpg_check_file_sign>'),
      alert('PANIC Error initializing the application>, program=<Samhain>'),
    ],
    ['config-signature certain'],
  ],
  ['stealth', [alert('PANIC - No data in file>, path=<Stealth config file.>')], ['stealth-config certain']],
  ['user', [block('User yule does not exist. Please add the user to your system.')], ['server-user-missing certain']],
  [
    'crash',
    [
      alert('START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<0>'),
      'samhain[35]: exit on signal 11',
      refused,
    ],
    ['server-crashed certain'],
  ],
  [
    'crash of a client',
    [alert('START>, program=<Samhain>, userid=<0>, path=</etc/samhainrc>, hash=<0>'), 'samhain[35]: exit on signal 11'],
    ['restart-without-exit likely'],
  ],
  [
    'PID directory',
    [
      error('Cannot create PID directory>, subroutine=<sh_unix_check_piddir>'),
      error('Could not write PID file>, userid=<0>, path=</run/yule.pid>'),
    ],
    ['pid-file certain'],
    'server',
  ],
  [
    'live lock',
    [
      error('Cannot remove stale lock file, PID may be a running process>, subroutine=<sh_unix_test_and_lock>'),
      error('File lock error>, userid=<65534>, path=</var/log/yule/yule_log>, obj=</var/log/yule/yule_log.lock>'),
      error('Service failure>, service=<logfile>, obj=</var/log/yule/yule_log>'),
    ],
    ['stale-lock certain'],
    'server',
  ],
  [
    'no room for a lock',
    [
      error('Cannot create lock file (1)>, subroutine=<sh_unix_test_and_lock>'),
      error('File lock error>, userid=<65534>, path=</var/log/yule/yule_log>, obj=</var/log/yule/yule_log.lock>'),
      error('Service failure>, service=<logfile>, obj=</var/log/yule/yule_log>'),
    ],
    ['server-log-not-writable likely'],
    'server',
  ],
  ['console', [error('Service failure>, service=<console>, obj=</dev/console>')], ['console-not-writable certain']],
  [
    'status page',
    [error('File not accessible>, userid=<65534>, path=</var/log/yule.html>'), error('Error writing HTML status>')],
    ['status-page-not-writable certain'],
  ],
  [
    'log of an ordinary user',
    [
      error('Owner not trustworthy>, subroutine=<trustfile>, path=</var/log/yule/yule_log>, obj=</var/log/yule>'),
      error('Untrusted path>, userid=<1000>, path=</var/log/yule/yule_log>'),
      error('Service failure>, service=<logfile>, obj=</var/log/yule/yule_log>'),
    ],
    ['not-root likely'],
    'server',
  ],

  // Files and services.
  [
    'empty configuration',
    [
      at(t, 'INFO', 'msg=<File download completed>'),
      at(t, 'WARN', 'msg=<No files or directories defined for checking>'),
    ],
    ['empty-config likely'],
  ],
  [
    'old database',
    [
      error(
        'Record with bad version number in file signature database>, subroutine=<sh_dbIO_getdataent>, path=<(null)>',
      ),
    ],
    ['bad-database certain'],
    'client',
  ],
  ['too large', [error('File too large>, subroutine=<get_client_data_file>')], ['file-not-served certain'], 'server'],
  [
    'SMTP',
    [
      error('RCPT TO failed>, subroutine=<sh_mail_start_conn>, service=<mail>, host=<admin@example.net>'),
      error('Service failure>, service=<mail>, obj=<admin@example.net>'),
    ],
    ['mail-relay certain'],
    'client',
  ],
  [
    'mail refused is no refused server',
    [error('Connection refused, address 127.0.0.1>, subroutine=<connect>, service=<email>, host=<127.0.0.1>')],
    ['mail-relay certain'],
  ],
  [
    'SQL',
    [error('could not connect to server: Connection refused>, subroutine=<sh_database_query>')],
    ['database-down certain'],
    'server',
  ],
  [
    'program',
    [error('Could not execute file>, userid=<65534>, path=</usr/local/bin/notify>')],
    ['external-program certain'],
    'server',
  ],
  [
    'program not trusted',
    [
      error('World writeable>, subroutine=<trustfile>, path=</usr/local/bin/notify>, obj=</usr/local/bin/notify>'),
      error('Could not execute file>, userid=<65534>, path=</usr/local/bin/notify>'),
    ],
    ['external-program certain'],
    'server',
  ],
  [
    'no key ring: a block, and a PANIC that has other causes too',
    [
      block(
        'Gnupg public keyring /nonexistent/.gnupg/pubring.gpg for user yule\ndoes not exist or is not accessible.\nPlease add the directory and put the keyring (pubring.gpg) there\nto verify the configuration file.',
      ),
      alert('PANIC Error initializing the application>, program=<Yule>'),
    ],
    ['config-signature certain'],
    'server',
  ],
  ['queue', [error('Queue full, messages may get lost> service=<log server>')], ['queue-full certain'], 'client'],
];

describe('lines', () => {
  test.each(cases)('%s', (_name, lines, expected, side) => {
    expect(verdicts(judge(lines.join('\n'), side)).slice(0, expected.length)).toEqual(expected);
  });
});

describe('quiet', () => {
  test.each([
    ['nothing at all', ''],
    ['foreign text', 'Nov 23 10:00:00 host sshd[1]: Failed password for root'],
    [
      'file of the host missing, served all the same',
      [
        at(t, 'WARN', 'msg=<File not accessible>, userid=<65534>, path=</var/lib/yule/rc.c.example.net>'),
        at(t, 'INFO', 'msg=<File transfer completed>, client=<c.example.net>'),
      ].join('\n'),
    ],
    ['reload', crit('Runtime configuration reloaded>')],
    ['new key every two hours', at(t, 'INFO', 'msg=<Force authentication>, client=<c.example.net>')],
    [
      'foreign syslog',
      '<NET>  :  [2026-11-23T10:00:00+0000] ip=<198.51.100.20> facility=<auth> priority=<info> syslog_msg=<Nov 23 15:00:00 router1 sshd[77]: Failed password>',
    ],
    [
      'suspended client',
      '<TCP>  :  [2026-11-23T10:00:00+0000] client=<c>, msg=<MARK   :  [2026-11-23T10:00:00+0000] msg=<SUSPEND> program=<Samhain>>',
    ],
  ])('%s', (_name, text) => {
    expect(verdicts(judge(text))).toEqual([]);
  });

  test('tells why a line that looks bad is not', () => {
    const result = judge(crit('Runtime configuration reloaded>'));
    expect(result.harmless).toHaveLength(1);
  });
});

test('a guess says what decides, a certainty does not', () => {
  const [guess] = judge(noauth).diagnoses;
  expect(guess?.alternatives).toContain('wrong-password');
  expect(guess?.ask.map(({ on }) => on)).toContain('server');
  const [sure] = judge(crit('Invalid connection attempt: Session key mismatch>, client=<c.example.net>')).diagnoses;
  expect(sure?.ask).toEqual([]);
  expect(sure?.alternatives).toEqual([]);
});
