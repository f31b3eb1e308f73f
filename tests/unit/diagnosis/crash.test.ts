/** A crash is mostly told by the system, not by the program: kernel, systemd, core-dump handler, shell. */
import { expect, test } from 'vitest';
import { judge, judgeSources, verdicts } from './judge.ts';

const log = 'Sep  3 10:00:01 loghost';

test.each([
  [`${log} kernel: [12345.678] yule[8812]: segfault at 0 ip 00007f1c2d3a4b5c sp 00007ffe12345678 error 4 in libc.so.6`],
  ['[12345.678901] yule[8812]: segfault at 8 ip 0000559012345678 sp 00007ffd12345678 error 4'],
  [`${log} kernel: traps: yule[8812] general protection fault ip:7f1c2d3a4b5c sp:7ffe12345678 error:0 in libc.so.6`],
  [`${log} kernel: Out of memory: Killed process 8812 (yule) total-vm:123456kB, anon-rss:100000kB`],
  [`${log} systemd[1]: yule.service: Main process exited, code=dumped, status=11/SEGV`],
  [`${log} systemd[1]: yule.service: Failed with result 'core-dump'.`],
  [`${log} systemd-coredump[912]: Process 8812 (yule) of user 65534 dumped core.`],
  [`${log} kernel: pid 8812 (yule), jid 0, uid 65534: exited on signal 11 (core dumped)`],
  ['Thu 2026-09-03 10:00:01 UTC  8812 65534 65534 SIGSEGV present  /usr/local/sbin/yule 88.5K'],
  ['./start.sh: line 12:  8812 Segmentation fault      (core dumped) /usr/local/sbin/yule -D'],
  ['root@loghost:~# yule -p info --foreground\nSegmentation fault (core dumped)'],
])('yule was ended: %s', (text) => {
  expect(verdicts(judge(text))).toEqual(['server-crashed certain']);
});

test.each([
  ['web5:~# samhain -t check --foreground\nSegmentation fault'],
  [`${log} kernel: oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task=samhain,pid=8812,uid=0`],
  [`${log} systemd[1]: samhain.service: Main process exited, code=killed, status=6/ABRT`],
])('a client was ended: %s', (text) => {
  expect(verdicts(judge(text))).toEqual(['restart-without-exit likely']);
});

test.each([
  [`${log} kernel: [12345.678] nginx[8812]: segfault at 0 ip 00007f1c2d3a4b5c sp 00007ffe12345678 error 4 in nginx`],
  [`${log} systemd[1]: nginx.service: Main process exited, code=killed, status=11/SEGV`],
  [`${log} systemd[1]: yule.service: Main process exited, code=killed, status=15/TERM`],
  [`${log} sshd[12]: Invalid user yule[1]: segfault at 0 from 198.51.100.7`],
  ['root@loghost:~# yule -v\nroot@loghost:~# ./other\nSegmentation fault'],
  ['Segmentation fault'],
])('no crash of samhain or yule: %s', (text) => {
  expect(judge(text).diagnoses).toEqual([]);
});

test('yule was started again: that is over', () => {
  const text = [
    `${log} kernel: yule[8812]: segfault at 0 ip 00007f1c2d3a4b5c sp 00007ffe12345678 error 4`,
    'Sep  3 10:05:00 loghost Yule[9001]: MARK   :  [2026-09-03T10:05:00+0000] msg=<Server up, simultaneous connections: 1017>, socket_id=<3>',
  ].join('\n');
  expect(verdicts(judge(text))).toEqual(['server-crashed certain over']);
});

const ends = [
  ['samhain[8812]: exit on signal 11', 'yule'],
  ['yule.service: Main process exited, code=dumped, status=11/SEGV', 'systemd[1]'],
] as const;
const dates = {
  'with its zone': ['2026-09-03T10:00:01.020253+02:00', '2026-09-03T10:00:05.911352+02:00'],
  'without a zone: that of the record above': ['Sep  3 10:00:01', 'Sep  3 10:00:05'],
  'without a zone, and with its year': ['2026-09-03 10:00:01', '2026-09-03 10:00:05'],
  'without a zone, by another clock than the record above': ['Sep  3 08:00:01', 'Sep  3 08:00:05'],
};

test.each(ends.flatMap(([text, tag]) => Object.entries(dates).map(([how, date]) => [how, date, text, tag] as const)))(
  'what came between the start and a crash that has its own time does not end it, %s',
  (_, [start, end], text, tag) => {
    const lines = [
      `${start} loghost Yule[8812]: ALERT  :  [2026-09-03T10:00:01+0200] msg=<START>, program=<Yule>, userid=<995>, path=</etc/yulerc>, hash=<0>`,
      `${end} loghost ${tag}: ${text}`,
    ];
    const own = 'INFO   :  [2026-09-03T10:00:02+0200] msg=<New connection>, socket_id=<4>';
    const sources = [
      { name: 'syslog', text: lines.join('\n'), side: 'server' as const },
      { name: 'server.log', text: own, side: 'server' as const },
    ];
    expect(verdicts(judgeSources(sources))).toEqual(['server-crashed certain']);
  },
);

const up = (time: string) =>
  `MARK   :  [2026-09-03T${time}+0000] msg=<Server up, simultaneous connections: 1017>, socket_id=<3>`;
const fault = 'loghost kernel: yule[8812]: segfault at 0 ip 00007f1c2d3a4b5c sp 00007ffe12345678 error 4';

// (By a clock that is two hours ahead it would come after the record that shows its end.)
test.each([
  ['at its own time, by its zone', `2026-09-03T12:05:00+0200 ${fault}`, '10:05:00'],
  ['at its own time without a zone, where that fits', `Sep  3 10:05:00 ${fault}`, '10:05:00'],
  ['at that of the record behind it, where its clock is ahead', `Sep  3 12:05:00 ${fault}`, '10:10:00'],
  ['at that of the record behind it, where its clock is behind', `Sep  3 08:05:00 ${fault}`, '10:10:00'],
])('a crash between two records of the own log was %s', (_, line, time) => {
  const result = judge([up('10:00:00'), line, up('10:10:00')].join('\n'));
  expect(verdicts(result)).toEqual(['server-crashed certain over']);
  expect(result.diagnoses[0]?.from).toBe(Date.parse(`2026-09-03T${time}Z`));
});

test('a crash behind the last record was at its own time, by its zone', () => {
  const result = judge([up('10:00:00'), `2026-09-03T12:05:00+0200 ${fault}`].join('\n'));
  expect(result.diagnoses[0]?.from).toBe(Date.parse('2026-09-03T10:05:00Z'));
});

test("the words of an explanation in another program's line explain nothing", () => {
  const words = 'Could not set up the listening socket';
  const other = `Sep  3 10:05:00 loghost sudo[12]: admin : COMMAND=/bin/grep ${words} /var/log/messages`;
  expect(judge([up('10:00:00'), other].join('\n')).diagnoses).toEqual([]);
  // As yule itself explains it, they do.
  const explained = `---------   sh_socket.c  ---   1236 ---------\n\n${words}\n\n${'-'.repeat(46)}`;
  expect(verdicts(judge(explained))).toEqual(['bind-failed possible']);
});
