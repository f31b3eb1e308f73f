/** What a command of the content may not do with a value that a log or a reader fills in, and what it may. */
import { describe, expect, test } from 'vitest';
import { problemSchema } from '../../../src/content/schemas.ts';
import { checkCommands } from '../../../src/knowledge/commands.ts';

/** The reasons against a command of a step. {log} and {host} can come from a log, {jail} is of the installation. */
function reasons(run: string, changes = false): string[] {
  const problem = problemSchema.parse({
    id: 'x',
    title: 'x',
    summary: 'x',
    stage: 'logging',
    decisiveSide: 'both',
    signs: [{ message: 'MSG_X', weight: 'fits', because: 'x' }],
    values: {
      log: { example: '/var/log/x', fields: ['path'], what: 'x', kind: 'path', usual: true },
      host: { example: 'web1', fields: ['host'], what: 'x', kind: 'host' },
      jail: { example: '/srv/x', what: 'x', kind: 'path', usual: true },
    },
    fix: [{ do: 'x', run, changes }],
    verify: [{ do: 'x' }],
    known: 'source',
    updated: '2026-11-27',
  });
  return checkCommands(problem).map(({ reason }) => reason);
}

describe('refused', () => {
  test.each([
    ["grep '{host}' x", 'single quotes'],
    ["sh -c 'cat {log}'", 'single quotes'],
    ['sh -c "cat {log}"', 'sh'],
    ['sh -c "$(cat {log})"', 'sh'],
    ['sudo bash -lc "cat {log}"', 'bash'],
    ['su - yule -c "cat {log}"', 'su -c'],
    ['runuser yule --command="cat {log}"', 'runuser -c'],
    ['eval ls {log}', 'eval'],
    ['env -S "ls {log}"', 'env -S'],
    ['ssh {host} ls', 'ssh'],
    ['ssh web1 ls {log}', 'ssh'],
    ['printf %s {log} | ssh web1', 'ssh'],
    ['scp a root@web1:{log}', 'scp'],
    ['scp {log} root@web1:/x', 'scp'],
    ['rsync a root@{host}:/x', 'rsync'],
    ['dirname {log} | xargs ls', 'xargs'],
    ['echo {log} | sh', 'sh'],
    ['sh {log}', 'sh'],
    ['. {log}', '.'],
    ['awk "/{host}/" x', 'awk'],
    ['awk -v n={host} 1 x', 'awk'],
    ['awk -F{host} 1 x', 'awk'],
    ['awk 1 {host}', 'awk'],
    ['sed -n {host}p x', 'sed'],
    ['sed -e s/a/{host}/ x', 'sed'],
    ['find /x -exec sh -c "ls {log}" x ";"', 'sh'],
    ['make DESTDIR={log} install', 'make'],
    ['psql -c "SELECT {host}"', 'psql'],
    ['printf {host}', 'printf'],
    ['cat <<X\n{log}\nX', 'a text inside the command'],
    ['ls `dirname {log}`', 'backticks'],
    ['echo $(({host}))', 'arithmetic'],
    ['{log} --version', 'run as a program'],
    ['env -i {log}', 'run as a program'],
    ['runuser -u yule -- {log}', 'run as a program'],
    ['ls {nothing}', 'not declared'],
  ])('%s', (run, why) => {
    expect(reasons(run).join('\n')).toContain(why);
  });
});

describe('asks for `changes: true`', () => {
  test.each([
    'rm x',
    '/bin/rm x',
    'test -e x && rm x',
    'if test -e x; then chmod 600 x; fi',
    'D=x; chown root x',
    'ls > x',
    'echo a >> /etc/hosts.allow',
    'yule stop',
    'systemctl restart yule',
    'samhain -t init',
    'kill -HUP $(cat x)',
    "find x -exec chmod 600 '{}' +",
    'iptables -I INPUT -j DROP',
    'sed -i s/a/b/ x',
    'scp a web1:b',
  ])('%s', (run) => {
    expect(reasons(run).join('\n')).toContain('changes: true');
  });

  test.each(['rm "$D/x"', 'chown root "$(dirname {log})"'])('and then stops if a value is missing: %s', (run) => {
    expect(reasons(run, true).join('\n')).toMatch(/write \$\{D:\?\}|put that into a variable first/);
  });
});

describe('allowed', () => {
  test.each([
    'ls -l {log}',
    'ls -ld "$(dirname {log})" 2> /dev/null',
    'sh -c \'test -r "$1"\' x {log}',
    "getent hosts {host} | awk '{ print $1 }'",
    "grep -F -e {host} {log} | sed 's/ .*//'",
    "awk -F: '{ print $1 }' {log}",
    'runuser -u yule -- head -c1 {log} > /dev/null && echo ok',
    'env -i true {host}',
    "awk '/{jail}/' {jail}/x",
    'sh -c "ls {jail}"',
    "printf '%s\\n' {host}",
    'ls -l {log} # a comment with {host}, and it\'s "open',
  ])('%s', (run) => {
    expect(reasons(run)).toEqual([]);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's
  test.each(['D=$(dirname {log})\nmkdir -p "${D:?}"', 'make DESTDIR={jail} install', 'rm {log}'])('%s', (run) => {
    expect(reasons(run, true)).toEqual([]);
  });
});
