/** A file that cannot be opened is the program's own log only if it is; and what a module of the checks lacks hides nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { at, judge, verdicts } from './judge.ts';

const access = (path: string, userid = '0') =>
  at('10:00:01', 'ERROR', `msg=<File not accessible>, userid=<${userid}>, path=<${path}>`);
const failure = (path: string) => at('10:00:01', 'ERROR', `msg=<Service failure>, service=<logfile>, obj=<${path}>`);
const check = at('10:00:00', 'MARK', 'msg=<File check starting.>');

test.each([
  ['/var/log/samhain_log', 'client-log-not-writable'],
  ['/var/log/samhain/samhain.log', 'client-log-not-writable'],
  ['/var/log/postgresql/main.log', 'client-file-errors'],
  ['/srv/data/file.db', 'client-file-errors'],
  ['/etc/rc', 'client-file-errors'],
])('%s, in the log of a client: %s', (path, problem) => {
  expect(verdicts(judge(`${check}\n${access(path)}\n`))).toEqual([`${problem} likely`]);
});

test('the usual log of yule is its own', () => {
  expect(verdicts(judge(access('/var/log/yule/yule_log', '65534')))[0]).toMatch(/^server-log-not-writable/);
});

test('a log that another line names is the program’s own, wherever it lies', () => {
  const path = '/var/log/hids/own.log';
  expect(verdicts(judge(`${check}\n${access(path)}\n${failure(path)}\n`))).toEqual(['client-log-not-writable certain']);
});

const report = at(
  '10:00:02',
  'CRIT',
  'msg=<POLICY [ReadOnly] C-------TS>, path=</usr/sbin/sshd>, size_old=<1>, size_new=<2>',
);

test.each([
  ['msg=<Cannot find auditctl - No such file or directory>, subroutine=<sh_audit_checkdaemon>'],
  ['msg=<Audit daemon for Linux kernel audit system is not running>, subroutine=<sh_audit_checkdaemon>'],
  ['msg=<setmntent() failed>, subroutine=<filesystem_type_uncached>'],
])('what a host lacks is known and hides no report: %s', (body) => {
  const { state, reports, harmless } = judge(`${check}\n${report}\n${at('10:00:03', 'ERROR', body)}\n`);
  expect(state).toBe('reports');
  expect(reports).toHaveLength(1);
  expect(harmless.map(({ because }) => because).join()).toMatch(/host/);
});

test('reports beside a module that has failed', () => {
  const text = readFileSync(join(import.meta.dirname, '../../wild-kinds/reports-beside-module-error.log'), 'utf8');
  expect(judge(text)).toMatchObject({ diagnoses: [], reports: [expect.any(Number)] });
});

test('a script that is not there is an external program, not a path that nobody trusts', () => {
  const body =
    'msg=<stat() failed>, subroutine=<trustfile>, path=</usr/local/bin/page.sh>, obj=</usr/local/bin/page.sh>';
  expect(verdicts(judge(at('10:00:01', 'ERROR', body)))).toEqual(['external-program certain']);
});
