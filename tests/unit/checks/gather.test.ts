/**
 * Gather blocks of an installation that is not as the setup says: what its names lack is no fault. The blocks are those of a
 * real pair of samhain 2.6.2, with the sections that decide.
 */
import { describe, expect, test } from 'vitest';
import { judgeSources } from '../diagnosis/judge.ts';

type Sections = Record<string, string>;
const block = (side: string, sections: Sections) =>
  [
    `== samhain-gather 2 ${side} host ==\nuser root\n2026-11-28T10:11:54Z`,
    ...Object.entries(sections).map(([name, text]) => `== samhain-gather 2 ${side} ${name} ==\n${text}`),
    `== samhain-gather 2 ${side} end ==`,
  ].join('\n');

/** yule runs as nobody, and its program is not where the setup has it. */
const healthy: Sections = {
  program: "ls: cannot access '/usr/local/sbin/yule': No such file or directory\n/usr/local/sbin/yule -v: no output",
  process:
    'USER         PID    PPID STAT                  STARTED COMMAND\nnobody       118       1 SLs  Sat Nov 28 10:11:49 2026 yule',
  listening:
    'State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\nLISTEN 0      5            0.0.0.0:49777      0.0.0.0:*    users:(("yule",pid=118,fd=3))',
  config:
    '-rw-r--r-- 1 root root 448 Nov 28 10:11 /etc/yulerc\nnewer than the last start: no\n1: [Log]\n3: LogSeverity=info\n10: [Clients]\n11: Client=web01.corp.example fields=3 salt=16 verifier=256 in [Clients]\n12: [EOF]',
  access:
    "as user yule\nid: 'yule': no such user\nnot available: read /etc/yulerc\nnot available: write /var/log/yule\nnot available: read /var/lib/yule/rc",
  served:
    "ls: cannot access '/var/lib/yule/file*': No such file or directory\n-rw-r--r-- 1 root root 183 Nov 28 10:11 /var/lib/yule/rc\n  [SOF] lines: 0, section lines: 4",
  startexit:
    'ALERT  :  [2026-11-28T10:11:50+0000] msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<<48 hex digits>>',
};
const client: Sections = {
  name: 'uname -n: web01\nhostname -f: web01.corp.example\ngetent ahosts web01: 10.7.0.11       STREAM web01.corp.example',
  program:
    "ls: cannot access '/usr/local/sbin/samhain': No such file or directory\npassword placeholder: not available",
  config: '-rw-r--r-- 1 root root 217 Nov 28 10:11 /etc/samhainrc\n1: [Log]\n10: SetLogServer=loghost.corp.example',
  baseline: '-rw-r----- 1 root root 1513 Nov 28 10:11 /var/lib/samhain/samhain_file\n  [SOF] lines: 1',
  startexit:
    'ALERT  :  [2026-11-28T10:11:51+0000] msg=<START>, program=<Samhain>, userid=<0>, path=</etc/samhainrc>, hash=<<48 hex digits>>',
};
const built = (user: string, port = 49777, log = '/var/log/yule/yule_log') =>
  `-rwx------ 1 root root 468400 Nov 27 03:17 /usr/local/sbin/yule\nCompiled-in log facilities:\n logfile (${log})\nServer executable (port ${port}, user ${user}), compiled-in options:\ntcp wrapper: 0`;
const none = 'USER         PID    PPID STAT                  STARTED COMMAND\nnone';
const gone = {
  process: none,
  listening: 'State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess\nnone',
  startexit: '',
};

const judged = (server: Sections, also: Sections = client) =>
  judgeSources([
    { name: 'server', text: block('server', { ...healthy, ...server }) },
    { name: 'client', text: block('client', { ...client, ...also }) },
  ]);
const certain = (server: Sections, also?: Sections) =>
  judged(server, also)
    .diagnoses.filter(({ confidence }) => confidence === 'certain')
    .map(({ problem }) => problem);

test('a block that was quoted in a mail, or copied from the source of a page, says all that it says', () => {
  const text = block('server', { ...healthy, program: built('nobody', 40123) });
  const outcomes = (given: string) =>
    judgeSources([{ name: 'server', text: given }]).read.outputs.outcomes.map(
      ({ check, outcome }) => `${check} ${outcome.id}`,
    );
  expect(outcomes(text).length).toBeGreaterThan(5);
  for (const margin of ['> ', '    ']) expect(outcomes(text.replaceAll(/^/gm, margin))).toEqual(outcomes(text));
  expect(outcomes(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))).toEqual(
    outcomes(text),
  );
});

test('a block without its end: what its last section lacks is no answer, and words below it are not read', () => {
  const whole = block('server', {
    ...healthy,
    config:
      healthy.config?.replace(
        '3: LogSeverity=info',
        '3: LogSeverity=info\n4: [Server]\n5: SetServerInterface=127.0.0.1',
      ) ?? '',
  });
  const at = whole.indexOf('10: [Clients]');
  const words = 'That is all that I got.';
  const ids = ({ read }: ReturnType<typeof judgeSources>) => read.outputs.outcomes.map(({ check }) => check);
  const [all, part] = [whole, `${whole.slice(0, at)}\n${words}\n`].map((text) =>
    judgeSources([{ name: 'server', text }]),
  );
  if (!all || !part) throw new Error('nothing judged');
  // That it logs enough, and that the client is not in the list, may be otherwise in what is missing; the address is not.
  expect(ids(all)).toEqual(
    expect.arrayContaining(['server.log-options', 'server.client-twice', 'server.port-options']),
  );
  expect(ids(part).filter((id) => /log-options|client-|registered/.test(id))).toEqual([]);
  expect(ids(part)).toContain('server.port-options');
  expect(part.read.outputs.blocks.map(({ cut }) => cut)).toEqual([true]);
  expect(all.read.outputs.blocks.map(({ cut }) => cut)).toEqual([undefined]);
  expect(part.read.unrecognised.map(({ text }) => text)).toEqual([words]);
  const below = judgeSources([{ name: 'server', text: `${whole}\n${words}\n` }]);
  expect(below.read.unrecognised.map(({ text }) => text)).toEqual([words]);
});

describe('a healthy pair that is not as the setup says', () => {
  const asked = (user: string) =>
    `as user ${user}\nuid=995(${user}) gid=995(${user})\nno:  read /etc/yulerc\nno:  write /var/log/yule\nno:  read /var/lib/yule/rc.web01.corp.example`;
  const port = (number: number) => healthy.listening?.replace('49777', String(number)) ?? '';
  const refused =
    'nc: connect to loghost.corp.example (10.7.0.2) port 49777 (tcp) failed: Connection refused\nnc: rc=1';
  const cases: [string, Sections, Sections?][] = [
    ["runs as another user, and the setup's is not there", {}],
    ["runs as another user, and the setup's may do nothing", { access: asked('yule') }],
    ['was built for another user than runs', { program: built('yule'), access: asked('yule') }],
    [
      'has no file for a client that has its own',
      {
        served:
          "ls: cannot access '/var/lib/yule/rc*': No such file or directory\nls: cannot access '/var/lib/yule/file*': No such file or directory",
      },
    ],
    ['listens on another port', { listening: port(50123) }],
    [
      'was built for another port, as the client was',
      { program: built('nobody', 50123), listening: port(50123) },
      { program: 'Client executable (port 50123), compiled-in options:', reach: refused },
    ],
    [
      'listens on another port, and a stranger has this one',
      {
        listening:
          `${healthy.listening}\nLISTEN 0      9            0.0.0.0:49778      0.0.0.0:*    users:(("yule",pid=118,fd=3))`.replace(
            '"yule",pid=118,fd=3',
            '"sshd",pid=9,fd=3',
          ),
      },
    ],
    [
      'writes its log elsewhere',
      {
        program: built('nobody', 49777, '/srv/log/yule.log'),
        access: 'as user nobody\nuid=65534(nobody) gid=65534(nogroup)\nyes: read /etc/yulerc\nno:  write /var/log/yule',
      },
    ],
    [
      'reads another configuration than lies there',
      {
        startexit: healthy.startexit?.replace('/etc/yulerc', '/etc/yule/main') ?? '',
        config:
          '-rw-r--r-- 1 root root 448 Nov 28 10:11 /etc/yulerc\n1: [Log]\n3: LogSeverity=none\n10: [Clients]\n11: Client=old.corp.example fields=3 salt=16 verifier=20 in [Clients]',
      },
    ],
    [
      'has another name',
      {
        process: none,
        listening: healthy.listening?.replace('"yule"', '"watcher"') ?? '',
        config: "ls: cannot access '/etc/yulerc': No such file or directory",
        startexit: '',
      },
    ],
    [
      'whose client writes its log elsewhere',
      {},
      { modes: "ls: cannot access '/var/log': No such file or directory\nno:  write /var/log" },
    ],
  ];
  test.each(cases)('%s', (_, server, also) => {
    expect(certain(server, also)).toEqual([]);
  });
});

describe('what the block itself shows of the installation still proves', () => {
  test('the user that the program was built for is missing, and it does not run', () => {
    expect(certain({ ...gone, program: built('yule') })).toEqual(['server-user-missing']);
    // Of a name that only the setup has nobody knows.
    expect(certain(gone)).toEqual([]);
  });

  test("what the server's own user may not", () => {
    const access =
      'as user nobody\nuid=65534(nobody) gid=65534(nogroup)\nno:  read /etc/yulerc\nno:  write /var/log/yule';
    expect(certain({ program: built('nobody'), access })).toEqual(
      expect.arrayContaining(['config-not-readable', 'server-log-not-writable']),
    );
  });

  test('a list without the client, in the configuration that was read', () => {
    expect(certain({ config: healthy.config?.replace('web01', 'web02') ?? '' })).toEqual(['not-in-client-list']);
  });

  test('another port, where the client is refused', () => {
    const listening = healthy.listening?.replace('49777', '50123') ?? '';
    const reach =
      'nc: connect to loghost.corp.example (10.7.0.2) port 49777 (tcp) failed: Connection refused\nnc: rc=1';
    const { diagnoses } = judged({ program: built('nobody'), listening }, { reach });
    expect(diagnoses[0]).toMatchObject({ problem: 'connection-refused', confidence: 'certain' });
    expect(diagnoses[0]?.checks?.flatMap((one) => one.case ?? [])).toContain('other-port');
  });

  test('the port that it was built for, for its own host only', () => {
    const listening = healthy.listening?.replace('0.0.0.0:49777', '127.0.0.1:50123') ?? '';
    expect(certain({ program: built('nobody', 50123), listening })).toEqual(['connection-refused']);
  });

  test('another program on the port', () => {
    const listening = healthy.listening?.replace('"yule"', '"sshd"') ?? '';
    expect(certain({ ...gone, listening })).toEqual(['not-yule-on-port']);
  });

  test('a file that is missing says nothing until a client asks for it, and its request in the log decides', () => {
    expect(judged({}).diagnoses.map(({ problem }) => problem)).not.toContain('file-not-served');
    const refusals =
      'CRIT   :  [2026-11-28T10:11:52+0000] msg=<Requested file not found>, client=<web01.corp.example>, path=<(NULL)>';
    expect(judged({ refusals }).diagnoses.map(({ problem }) => problem)).toContain('file-not-served');
  });
});

test('a client that is refused by its address is not looked for in the list by that', () => {
  const log = 'ERROR  :  [2026-11-28T10:11:52+0000] msg=<Refused connection from 10.7.0.11>, subroutine=<libwrap>';
  const { diagnoses } = judgeSources([{ name: 'server', text: block('server', { ...healthy, log }) }]);
  expect(diagnoses.map(({ problem }) => problem)).toEqual(['refused-by-libwrap']);
});
