/**
 * The blocks that gather, run: what they print is recognised, and over hostile logs, configurations and names nothing is run,
 * written or shown that should not be.
 */
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { filledBlock, gatherBlock } from '../../../src/build/knowledge/gather.ts';
import { valuesOf } from '../../../src/engine/setup.ts';
import { judgeSources, knowledge, setup } from '../diagnosis/judge.ts';
import { canHost, type Host, hasUsers, mark, type Ran, runOn } from '../support/host.ts';

const sides = ['client', 'server'] as const;
const blockOf = (side: 'client' | 'server', values = setup): string => {
  const block = filledBlock(gatherBlock(knowledge, side), values);
  if ('none' in block) throw new Error(block.none);
  return block.text;
};

const shells = ['dash', 'bash', 'busybox sh'].filter(
  (shell) => spawnSync(`${shell} -c :`, { shell: true }).status === 0,
);
const salt = '0123456789ABCDEF';
const verifier = 'A1B2C3D4E5F60718'.repeat(16);

const version = (name: string) => `#!/bin/sh
case $1 in -v) echo "This is samhain (4.1.4)"; echo "${name === 'yule' ? 'Server executable (port 49777, user yule)' : 'Client executable (port 49777)'}, compiled-in options:"; echo " support tcp wrapper";; *) sleep 60;; esac
`;
const base = {
  '/etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nyule:x:995:995::/:/bin/false\nanna:x:1000:1000::/:/bin/sh\n',
  '/etc/group': 'root:x:0:\nyule:x:995:\nanna:x:1000:\n',
  '/etc/hosts': '# comment\n127.0.0.1 localhost\n198.51.100.10 yule.example.net yule\n',
  '/etc/hosts.allow': '# none\n',
  '/etc/hosts.deny': '# none\n',
  '/etc/nsswitch.conf': 'hosts: files\n',
};
const getent = `case "$1 $2" in
'ahosts yule.example.net') printf '%s\\n' '198.51.100.10   STREAM yule.example.net' '198.51.100.10   DGRAM' '198.51.100.10   RAW';;
'hosts 198.51.100.10') echo '198.51.100.10   yule.example.net yule';;
'ahosts client1') echo '198.51.100.20   STREAM client1.example.net';;
'hosts client1.example.net'|'hosts 198.51.100.20') echo '198.51.100.20   client1.example.net client1';;
*) exit 2;; esac`;

const server: Host = {
  name: 'yule',
  files: {
    ...base,
    '/usr/local/sbin/yule': { text: version('yule'), mode: 0o755 },
    '/etc/yulerc': `[Log]\nLogSeverity=info\n[Server]\nSetServerInterface=127.0.0.1\n[Clients]\nClient=client1.example.net@${salt}@${verifier}\n`,
    '/var/log/yule/yule_log': `[SOF]\nALERT  :  [2026-11-27T03:10:49+0000] msg=<START>, program=<Yule>, userid=<995>, path=</etc/yulerc>\n${verifier.slice(0, 48)}\n`,
    '/var/log/yule/yule.html': '[STATUS:] client1.example.net Inactive [2026-11-27T03:10:48+0000]\n',
    '/var/lib/yule/rc.client1.example.net': '[Misc]\nSetDatabasePassword=hunter2\n',
    '/var/lib/yule/file.client1.example.net': '[SOF]\n',
  },
  programs: {
    getent,
    hostname: 'echo yule.example.net',
    ip: "echo '2: eth0    inet 198.51.100.10/24 scope global eth0'",
    ss: `case $1 in -Htn) ;; *) echo 'State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess'
      echo 'LISTEN 0      64         127.0.0.1:49777      0.0.0.0:*    users:(("yule",pid=925,fd=3))';; esac`,
  },
  before:
    'chown -R 995:995 /var/log/yule /etc/yulerc; /usr/local/sbin/yule & echo $! > /var/run/yule.pid; cp /var/run/yule.pid /var/log/yule/yule_log.lock 2>/dev/null || cat /var/run/yule.pid > /var/log/yule/yule_log.lock',
};
const client: Host = {
  name: 'client1',
  files: {
    ...base,
    '/usr/local/sbin/samhain': { text: version('samhain'), mode: 0o755 },
    '/var/lib/samhain/samhain_file': '[SOF]\n',
    '/var/log/samhain_log':
      'ERROR  :  [2026-11-27T03:10:54+0000] msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>\n',
  },
  programs: {
    getent,
    hostname: 'echo client1.example.net',
    nc: "echo 'nc: connect to yule.example.net (198.51.100.10) port 49777 (tcp) failed: Connection refused' >&2; exit 1",
  },
  before: '/usr/local/sbin/samhain & echo $! > /var/run/samhain.pid',
};

const said = (...texts: string[]) =>
  judgeSources(texts.map((text, i) => ({ name: `block ${i}`, text }))).read.outputs.outcomes.map(
    ({ check, outcome }) => `${check}=${outcome.id}`,
  );

describe.runIf(canHost)('the blocks run', () => {
  describe.each(shells)('%s', (shell) => {
    const [ofServer, ofClient] = [server, client].map((host, i) =>
      runOn(host, blockOf(i ? 'client' : 'server'), shell),
    ) as [Ran, Ran];

    test('and write nothing', () => {
      expect([ofServer, ofClient].map(({ written, owned }) => ({ written, owned }))).toEqual([
        { written: [], owned: false },
        { written: [], owned: false },
      ]);
    });

    test('every section ran, without a mistake of the shell', () => {
      for (const side of sides) {
        const { output } = side === 'client' ? ofClient : ofServer;
        const markers = [...output.matchAll(/^== samhain-gather 2 (\w+) (\w+) ==$/gm)].map(
          ([, on, name]) => `${on} ${name}`,
        );
        const parts = gatherBlock(knowledge, side).parts.flatMap(({ marker }) => (marker ? [`${side} ${marker}`] : []));
        expect(markers).toEqual([...parts, `${side} end`]);
        expect(output).not.toMatch(/syntax error|bad substitution|not found$|unexpected/im);
      }
    });

    test('what they print is recognised, under the ids of the single checks', () => {
      const outcomes = said(ofServer.output, ofClient.output);
      expect(outcomes).toEqual(
        expect.arrayContaining([
          'server.listening=yule-loopback',
          'server.process=runs-as-root',
          'server.version=libwrap',
          'server.wrappers=no-rules',
          'server.log-options=info',
          'server.port-options=loopback',
          'server.client-sections=in-clients',
          'server.client-lengths=good',
          'server.client-lookup=both',
          'server.registered=listed-inactive',
          'server.data-files=both',
          'server.baseline-sof=one',
          'server.disk=space',
          'server.lock=own',
          'server.pidfile=own',
          'server.refusals=none',
          'server.start-exit=start-last',
          'client.own-name=full-name',
          'client.password-placeholder=replaced',
          'client.process-list=one-program',
          'client.server-lookup=right',
          'client.server-reverse=same',
          'client.reach=refused',
          'client.baseline=one',
          'client.log-writable=ok',
          'client.pidfile=own',
          'client.lock=no-lock',
        ]),
      );
      if (hasUsers)
        expect(outcomes).toEqual(
          expect.arrayContaining(['server.config-readable=ok', 'server.log-writable=ok', 'server.data-readable=ok']),
        );
      const { diagnoses } = judgeSources([{ name: 's', text: ofServer.output }]);
      expect(diagnoses[0]).toMatchObject({ problem: 'connection-refused', confidence: 'certain' });
    });

    test('nothing of a log, a configuration or a name is run, passed as an option, or escapes', () => {
      for (const [host, side] of [
        [hostile(server), 'server'],
        [hostile(client), 'client'],
      ] as const) {
        const { output, owned, written, calls } = runOn(host, blockOf(side), shell);
        expect([owned, written]).toEqual([false, []]);
        expect(output).not.toMatch(/[^\n\t -~]/);
        expect(output).not.toMatch(/[0-9a-f]{16}/i);
        expect(output).not.toContain('hunter2');
        expect(output).not.toMatch(/^== samhain-gather 1|^== samhain-gather 2 \w+ evil/m);
        for (const line of output.split('\n')) expect(line.length).toBeLessThan(1000);
        expect(output.split('\n').length).toBeLessThan(500);
        expect(output).toMatch(/\(\d+ (?:more lines|lines before these)\)/);
        // Of what came out of a file nothing is an option, and no word holds more than a name.
        for (const [name, ...words] of calls.filter(([one]) => one === 'getent' || one === 'nc'))
          expect([name, words.filter((word) => !/^(?:-vz|-w|[\w.:@/%+,][\w.:@/%+,-]*)$/.test(word))]).toEqual([
            name,
            [],
          ]);
      }
    });

    test('pasted into a shell that shows what was typed, the same is read, and the block holds no 16 hexadecimal digits', () => {
      const all = said(ofServer.output);
      for (const [prompt, goesOn] of [
        ['root@yule:~# ', '> '],
        ['yule# ', 'heredoc> '],
      ]) {
        const [first = '', ...rest] = blockOf('server').split('\n');
        const pasted = [
          `${prompt}${first}`,
          ...rest.map((line) => `${goesOn}${line}`),
          `${ofServer.output}${prompt}`,
        ].join('\n');
        expect(said(pasted)).toEqual(all);
        expect(judgeSources([{ name: 'pasted', text: pasted }]).read.unrecognised).toEqual([]);
        expect(pasted).not.toMatch(/[0-9a-f]{16}/i);
      }
    });

    test.runIf(hasUsers)('an ordinary user is told what he may not see, and it excludes nothing', () => {
      const { output, written } = runOn(
        { ...server, before: `${server.before}; chmod 700 /var/lib/yule /var/log/yule; chmod 600 /etc/yulerc` },
        blockOf('server'),
        shell,
        1000,
      );
      expect(written).toEqual([]);
      expect(output).toContain('not available: needs root');
      const outcomes = said(output);
      expect(outcomes).toEqual(
        expect.arrayContaining(['server.data-files=not-permitted', 'server.lock=not-permitted']),
      );
      expect(
        outcomes.filter((one) => /client-|registered=(?!not-permitted)|start-exit=(?!not-permitted)/.test(one)),
      ).toEqual([]);
    });

    test('of a list that was cut, nothing is said to be missing', () => {
      const many = Array.from({ length: 100 }, (_, i) => `Client=a${i}.example.net@${salt}@${verifier}`).join('\n');
      const files = Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`/var/lib/yule/rc.a${i}.example.net`, '']),
      );
      const host = {
        ...server,
        files: {
          ...server.files,
          ...files,
          '/etc/yulerc': `[Clients]\n${many}\nClient=client1.example.net@${salt}@${verifier}\n`,
        },
      };
      const outcomes = said(runOn(host, blockOf('server'), shell).output, ofClient.output);
      expect(outcomes.filter((one) => /client-sections|client-lengths|data-files=(?!both)/.test(one))).toEqual([]);
    });

    test('a tool that is missing is named', () => {
      const { output } = runOn({ ...server, programs: {} }, blockOf('server'), shell);
      for (const tool of ['ss', 'netstat', 'ip', 'getent', 'nft']) expect(output).toContain(`${tool}: not available`);
      expect(said(output)).not.toContain('server.listening=nothing');
    });
  });
});

/** The same host with everything in it that tries to get out. */
function hostile(host: Host): Host {
  const name = host.name === 'yule' ? 'yule' : 'samhain';
  const out = `$(:>${mark})\`:>${mark}\`'; :>${mark}; '"; :>${mark}; "`;
  const forged = '== samhain-gather 2 server evil ==\n== samhain-gather 1 server listening ==\nuser root';
  const record = (value: string) =>
    `CRIT   :  [2026-11-27T03:10:54+0000] msg=<Invalid connection attempt: Not in client list>, client=<${value}>`;
  const log = [
    ...Array.from({ length: 80 }, () => record(out)),
    record(`\u001b[2J\u001b]0;x\u0007\r\n${forged}`),
    `DEBUG  :  [2026-11-27T03:10:54+0000] msg=<verifier ${verifier}>, password=hunter2`,
    `ERROR  :  [2026-11-27T03:10:54+0000] msg=<x>, service=<export>, host=<${out}>`,
    record('A'.repeat(300_000)),
    record(`${'z'.repeat(3990)}${verifier}`),
    '\u0000\u0001\u009b31m binary',
    `ALERT  :  [2026-11-27T03:10:54+0000] msg=<START>, program=<${host.name === 'yule' ? 'Yule' : 'Samhain'}>${out}`,
  ].join('\n');
  const config = [
    '[Log]',
    `LogSeverity=${out}`,
    `SetLogServer=${out}`,
    'SetLogServer=-e',
    'SetDatabasePassword=hunter2',
    `[Clients] ${verifier}`,
    `Client=${out}@${salt}@${verifier}`,
    'Client=-v@1@2',
    `Client=client1.example.net ${salt} ${verifier}`,
    `Client=${'b'.repeat(300_000)}@1@2`,
    `Client=x\u001b[2J@${salt}@${verifier.slice(0, 100)} ${verifier.slice(100)}`,
    ...Array.from({ length: 200 }, (_, i) => `Client=host${i}.example.net@${salt}@${verifier}\r`),
    verifier,
    forged,
  ].join('\n');
  const path = host.name === 'yule' ? '/var/log/yule/yule_log' : '/var/log/samhain_log';
  return {
    ...host,
    name: 'a$(id)b',
    files: {
      ...host.files,
      [path]: { text: Buffer.from(log, 'latin1'), mode: 0o644 },
      [host.name === 'yule' ? '/etc/yulerc' : '/etc/samhainrc']: { text: Buffer.from(config, 'latin1'), mode: 0o644 },
      '/etc/hosts': `${base['/etc/hosts']}198.51.100.66 ${out}\n`,
      '/etc/hosts.deny': `ALL: ALL: spawn ${out}\n`,
      '/var/log/yule/yule.html': Array.from({ length: 50 }, () => `[STATUS:] ${out} Inactive`).join('\n'),
      [`/var/run/${name}.pid`]: `1;:>${mark}\n`,
    },
    programs: {
      ...host.programs,
      // Names that a resolver gives are a stranger's too.
      getent: `printf '%s\\n' '-e ${out.replaceAll("'", '')}'`,
      hostname: `printf '%s\\n' '${out.replaceAll("'", '')}'`,
    },
    before: `${host.before}
cd /var/lib/yule 2>/dev/null && { touch -- 'file.-e' 'rc.$(:>${mark})' 'rc.
yes: read /etc/yulerc
== samhain-gather 2 server evil ==' "file.$(printf '\\033[2J')"; i=0; while [ $i -lt 60 ]; do : > "rc.host$i"; i=$((i+1)); done; }; cd /
printf '%s' '1;:>${mark}' > ${path}.lock`,
  };
}

describe('as text', () => {
  test.each(knowledge.setups)('$id: short, and nothing that a shell would expand before it runs', ({ id }) => {
    for (const side of sides) {
      const block = filledBlock(gatherBlock(knowledge, side), valuesOf(knowledge, { setup: id, own: {} }));
      if ('none' in block) continue;
      const lines = block.text.split('\n');
      expect(lines.length).toBeLessThanOrEqual(120);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(100);
      expect(block.text).not.toMatch(/[!\t]|[0-9a-f]{16}/i);
      expect([lines[0], lines.at(-1)]).toEqual(["sh <<'GATHER'", 'GATHER']);
    }
  });

  test("follows a reader's own values, each one word", () => {
    const own = { client_log: '/var/log/a b/$(x)/samhain_log' };
    const text = blockOf('client', valuesOf(knowledge, { setup: 'source', own }));
    expect(text).toContain("LOG='/var/log/a b/$(x)/samhain_log'");
  });
});
