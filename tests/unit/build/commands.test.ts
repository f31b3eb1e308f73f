/** What a command of the content may not do with a value that a log or a reader fills in, and what it may. */
import { describe, expect, test } from 'vitest';
import { checkCommands } from '../../../src/build/knowledge/commands.ts';
import { loadKnowledge } from '../../../src/build/knowledge/load.ts';
import { problemSchema } from '../../../src/content/schemas.ts';

const installations = loadKnowledge();

/** The reasons against a command of a step. {log} and {host} can come from a log, {jail} is a choice of ours. */
function reasons(run: string, changes = false): string[] {
  const problem = problemSchema.parse({
    id: 'x',
    title: 'x',
    summary: 'x',
    step: 'logging',
    decisiveSide: 'both',
    impact: { watched: 'x', reports: 'x', heals: 'x', intruder: 'x' },
    signs: [{ message: 'MSG_X', weight: 'fits', because: 'x' }],
    values: {
      log: { setup: 'log', fields: ['path'], what: 'x', kind: 'path' },
      host: { example: 'web1', fields: ['host'], what: 'x', kind: 'host' },
      jail: { example: '/srv/x', what: 'x', kind: 'path', usual: true },
    },
    steps: [{ do: 'x', run, changes }],
    verify: [{ do: 'x' }],
    known: 'source',
    updated: '2026-11-27',
  });
  return checkCommands({ ...problem, consequences: [], fixedBy: [], checks: [] }, installations).map(
    ({ reason }) => reason,
  );
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
    ['ls {nothing}', 'no variable'],
    // A value of the setup: a reader may type it.
    ['ls "{server_log}"', 'outside of them'],
    ["ls '{server_log}'", 'outside of them'],
    ['sh -c {server_log}', 'sh'],
    ['{as_server_user} sh -c "cat {server_log}"', 'sh'],
    ['sed -n {baseline} x', 'sed'],
    ['scp {baseline} root@web1:/x', 'scp'],
    // What other systems have elsewhere.
    ['tail /var/log/yule/yule_log', 'write {server_log}'],
    ['rm /var/log/yule/yule_log.lock', 'write {server_lock}'],
    ['mv /var/log/yule/yule_log /root', 'write {server_log}'],
    ['ls "$(dirname /etc/yulerc)"', 'write {server_config}'],
    ['ss -ltnp', 'write {listening}'],
    ['yule stop; yule start', 'write {server_start}'],
    ['runuser -u yule -- id', 'write {as_server_user}'],
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
    '{server_stop}',
    '{as_server_user} test -r {server_config} && {server_reload}',
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
    '{as_server_user} head -c1 {log} > /dev/null && echo ok',
    'grep "START.*{daemon}" {server_log}* {log}.old',
    'ls /srv/yule/etc/yulerc /var/log/yule.html',
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
