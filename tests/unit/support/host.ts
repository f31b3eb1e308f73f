/**
 * A host in a box: namespaces of their own, a root directory in memory, files and programs as a test says, no network. A
 * script runs there as a person would run it, and what it printed, wrote and ran can be seen.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A file that nothing makes but a value that was run. */
export const mark = '/tmp/owned';

export interface Host {
  name: string;
  /** By path: text, or text and mode. */
  files: Readonly<Record<string, string | { text: string | Buffer; mode: number }>>;
  /** Stand-ins, by name: text of shell scripts. Each call is noted. */
  programs: Readonly<Record<string, string>>;
  /** Run before the script: what makes users, processes, strange names. */
  before?: string;
}

export interface Ran {
  output: string;
  /** A value was run as a command. */
  owned: boolean;
  /** Files that are newer than the start. */
  written: string[];
  /** What the stand-ins were called with. */
  calls: string[][];
}

/** What a block may use, if it is there; nothing else of this system is in the box. */
const tools =
  'sh dash bash busybox awk mawk gawk grep egrep sed tr head tail sort uniq cut od ls df date uname id dirname basename cat printf test [ env ps timeout stdbuf setpriv chroot true false sleep wc expr rm touch find mkdir chown chmod ln'.split(
    ' ',
  );

const standIn = (text: string) => `#!/bin/sh
{ printf '%s\\037' "\${0##*/}" "$@"; echo; } >> /calls
${text}
`;

const rights = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

/** Whether this system allows such a box. */
export const canHost =
  spawnSync('unshare', [...rights, '--mount', '--pid', '--net', '--uts', '--fork', 'true']).status === 0;
/** Whether other users than root can be had in it. */
export const hasUsers = canHost && rights.length === 0;

/** Runs a script there. @param as a user of the host's /etc/passwd, by number */
export function runOn(host: Host, script: string, shell: string, as = 0): Ran {
  const folder = mkdtempSync(join(tmpdir(), 'host-'));
  try {
    const root = join(folder, 'root');
    const files = join(folder, 'files');
    mkdirSync(root);
    const put = (path: string, text: string | Buffer, mode: number) => {
      const target = join(files, path);
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text);
      chmodSync(target, mode);
    };
    for (const [path, given] of Object.entries(host.files)) {
      if (typeof given === 'string') put(path, given, 0o644);
      else put(path, given.text, given.mode);
    }
    for (const [name, text] of Object.entries(host.programs)) put(`/in/bin/${name}`, standIn(text), 0o755);
    put('/in/block.sh', script, 0o644);
    put('/in/all.sh', inside(host, shell, as), 0o755);
    writeFileSync(join(folder, 'enter.sh'), enter(root, files, Object.keys(host.programs)));
    const words = [...rights, '--mount', '--pid', '--net', '--ipc', '--uts', '--fork', 'sh', join(folder, 'enter.sh')];
    const { stdout, stderr } = spawnSync('unshare', words, {
      encoding: 'latin1',
      timeout: 120_000,
      maxBuffer: 1 << 28,
    });
    const [output = '', owned = '', written = '', calls = ''] = (stdout ?? '').split('\u001e');
    if (!stdout?.includes('\u001e')) throw new Error(`The box did not run: ${stderr}`);
    return {
      output,
      owned: owned === 'owned',
      written: written.split('\n').filter(Boolean),
      calls: calls
        .split('\n')
        .filter(Boolean)
        .map((call) => call.split('\u001f').slice(0, -1)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function enter(root: string, files: string, standIns: readonly string[]): string {
  const system = ['/usr', '/bin', '/lib', '/lib64'].filter((path) => existsSync(path));
  const bind = (path: string) =>
    `mkdir -p ${root}${path} && mount --bind ${path} ${root}${path} && mount -o remount,bind,ro ${root}${path}`;
  return [
    'set -e; umask 022',
    'mount --make-rprivate / 2>/dev/null || true',
    `mount -t tmpfs none ${root}`,
    ...system.map((path) =>
      lstatSync(path).isSymbolicLink() ? `ln -s ${readlinkSync(path)} ${root}${path}` : bind(path),
    ),
    `mount -t tmpfs none ${root}/usr/local`,
    `mount -t tmpfs none ${root}/usr/sbin`,
    `mkdir -p ${root}/dev ${root}/proc ${root}/tmp ${root}/etc ${root}/root ${root}/var/log ${root}/var/run ${root}/in`,
    `chmod 1777 ${root}/tmp`,
    `(cd ${files} && find . -type f -print0 | tar --null -T - -cf -) | tar -C ${root} -xpf - --no-same-owner`,
    `mkdir -p ${root}/in/bin`,
    ...tools
      .filter((name) => !standIns.includes(name))
      .map(
        (name) =>
          `for d in /usr/bin /bin /usr/sbin; do if [ -e "$d/${name}" ]; then p=$(readlink -f "$d/${name}"); case $p in /usr/sbin/*) cp "$p" ${root}/in/bin/'${name}';; *) ln -s "$p" ${root}/in/bin/'${name}';; esac; break; fi; done; true`,
      ),
    `touch ${root}/dev/null ${root}/calls; chmod 666 ${root}/calls`,
    `mount --bind /dev/null ${root}/dev/null`,
    `mount -t proc proc ${root}/proc`,
    `exec chroot ${root} /bin/sh /in/all.sh`,
    '',
  ].join('\n');
}

function inside({ name, before = '' }: Host, shell: string, as: number): string {
  const run = as === 0 ? shell : `setpriv --reuid ${as} --regid ${as} --clear-groups ${shell}`;
  return `export PATH=/in/bin HOME=/root
printf '%s' '${name}' > /proc/sys/kernel/hostname
cd /root
${before}
: > /calls; touch /stamp; sleep 0.02
${run} /in/block.sh 2>&1
printf '\\036'; if [ -e ${mark} ]; then printf owned; fi
printf '\\036'; find / -xdev -newer /stamp -not -path /calls -not -path /stamp -not -path '/dev*' -print 2>/dev/null
printf '\\036'; cat /calls
printf '\\036'
kill -9 -1 2>/dev/null
`;
}
