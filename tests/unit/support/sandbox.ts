/**
 * Runs shell scripts where they can harm nothing: in namespaces of their own, with a root directory in memory, the
 * system's programs read-only, no network and no process of ours. It proves that before it is trusted.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Script {
  name: string;
  text: string;
}

/** What one script did. */
export interface Trace {
  /** It made the file that only a value which was run can make. */
  owned: boolean;
  /** The programs that it called, each with its words. Programs that would change or ask anything are stand-ins. */
  calls: string[][];
}

/** The file by which a value that was run gives itself away. */
export const mark = '/tmp/owned';

/** Programs that really run: what could run a value has to be there to do so. */
const real = new Set(
  'sh dash bash zsh ksh env xargs awk mawk gawk sed find grep egrep cut dirname basename cat head tail test [ printf echo true false sort uniq wc tr'.split(
    ' ',
  ),
);
/** What a shell does by itself. */
const builtin = new Set(
  'cd read exit return set export unset shift kill wait eval trap exec command : . umask'.split(' '),
);

// A stand-in writes its name and its words down. What logs in elsewhere runs what follows the colon, as a shell there
// would. pgrep finds nothing, so that a loop that waits for the end of a process comes to its own end.
const standIn = `#!/bin/sh
{ printf '%s\\037' "\${0##*/}" "$@"; echo; } >> /tmp/calls
case "\${0##*/}" in scp|rsync|ssh) for word; do case $word in *:*) sh -c "echo \${word#*:}" ;; esac; done ;; pgrep) exit 1 ;; esac
exit 0
`;

/**
 * @param programs names of all programs that the scripts may call
 * @returns undefined where this system allows no namespaces
 */
export function openSandbox(
  programs: readonly string[],
): ((scripts: readonly Script[], shell: string) => Trace[]) | undefined {
  const way = [['--user', '--map-root-user'], []].find((rights) => proves(rights, programs));
  return way && ((scripts, shell) => run(way, programs, scripts, shell).traces);
}

/** Nothing that a script writes or kills is seen outside; and a value that is run is seen. */
function proves(rights: readonly string[], programs: readonly string[]): boolean {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'));
  try {
    const scripts = [
      { name: 'write', text: ['/usr', '/etc', outside].map((path) => `(: > ${path}/escaped)`).join('; ') },
      { name: 'kill', text: `kill -0 ${process.pid} && : > ${mark}` },
      { name: 'harm', text: `mkdir -p "$(dirname "'/$(:>${mark})'")"` },
      { name: 'none', text: 'echo' },
    ];
    const { status, traces } = run(rights, programs, scripts, 'sh');
    const escaped = [`${outside}/escaped`, '/usr/escaped', '/etc/escaped'].filter((path) => existsSync(path));
    return status === 0 && escaped.length === 0 && traces.map(({ owned }) => owned).join() === 'false,false,true,false';
  } finally {
    rmSync(outside, { recursive: true, force: true });
  }
}

function run(rights: readonly string[], programs: readonly string[], scripts: readonly Script[], shell: string) {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  try {
    const bin = join(folder, 'in', 'bin');
    mkdirSync(bin, { recursive: true });
    mkdirSync(join(folder, 'root'));
    for (const name of programs) {
      if (!real.has(name) && !builtin.has(name) && /^[\w.-]+$/.test(name))
        writeFileSync(join(bin, name), standIn, { mode: 0o755 });
    }
    scripts.forEach(({ text }, i) => {
      writeFileSync(join(folder, 'in', `${i}.sh`), text);
    });
    writeFileSync(join(folder, 'in', 'all.sh'), all(scripts.length, shell));
    writeFileSync(join(folder, 'enter.sh'), enter(folder));
    const words = [...rights, '--mount', '--pid', '--net', '--ipc', '--uts', '--fork', 'sh', join(folder, 'enter.sh')];
    const { status, stdout } = spawnSync('unshare', words, { encoding: 'utf8', timeout: 200_000, maxBuffer: 1 << 28 });
    const parts = (stdout ?? '').split('\u001e').slice(1);
    const traces = parts.map((part): Trace => {
      const [first = '', ...calls] = part.split('\n');
      return {
        owned: first === 'owned',
        calls: calls.filter(Boolean).map((call) => call.split('\u001f').slice(0, -1)),
      };
    });
    return { status: traces.length === scripts.length ? status : 1, traces };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A root directory in memory, with the programs of this system bound to it so that nobody can write to them. */
function enter(folder: string): string {
  const root = join(folder, 'root');
  const system = ['/usr', '/bin', '/sbin', '/lib', '/lib64'].filter((path) => existsSync(path));
  const bind = (from: string, to: string) =>
    `mkdir -p ${to} && mount --bind ${from} ${to} && mount -o remount,bind,ro ${to}`;
  return [
    'set -e',
    'mount --make-rprivate / 2>/dev/null || true',
    `mount -t tmpfs none ${root}`,
    ...system.map((path) =>
      lstatSync(path).isSymbolicLink() ? `ln -s ${readlinkSync(path)} ${root}${path}` : bind(path, root + path),
    ),
    bind(join(folder, 'in'), `${root}/in`),
    `mkdir -p ${root}/dev ${root}/tmp ${root}/etc ${root}/root ${root}/var/log/yule ${root}/var/run ${root}/var/lib/yule ${root}/work`,
    `touch ${root}/dev/null ${root}/etc/yulerc ${root}/var/log/yule/yule_log ${root}/var/log/samhain_log`,
    `echo 4242 > ${root}/var/run/yule.pid`,
    `mount --bind /dev/null ${root}/dev/null`,
    `exec chroot ${root} /bin/sh /in/all.sh`,
    '',
  ].join('\n');
}

/** Runs one script after the other, and says of each what it did. */
function all(count: number, shell: string): string {
  return `export PATH=/in/bin:/usr/bin:/bin HOME=/root
i=0
while [ $i -lt ${count} ]; do
  cd /work
  : > /tmp/calls
  ${shell} /in/$i.sh < /dev/null > /dev/null 2>&1
  printf '\\036'
  if [ -e ${mark} ]; then echo owned; /bin/rm -f ${mark}; else echo; fi
  while IFS= read -r line; do printf '%s\\n' "$line"; done < /tmp/calls
  i=$((i + 1))
done
`;
}
