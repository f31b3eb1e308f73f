/** Outputs of checks as evidence, through the public face: text in, result and report out. */
import { describe, expect, test } from 'vitest';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { Redaction, redactionWords } from '../../../src/report/redact.ts';
import { textOf } from '../../../src/report/text.ts';

import { at, judge, judgeSources, knowledge, setup, verdicts } from '../diagnosis/judge.ts';

const none = 'root@yule:~# ss -ltnp | grep -e yule -e 49777\nroot@yule:~# ';
const loopback =
  'root@yule:~# ss -ltnp\nLISTEN 0 64 127.0.0.1:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))\nroot@yule:~# ';
const all = 'root@yule:~# ss -ltnp\nLISTEN 0 64 0.0.0.0:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))\nroot@yule:~# ';
const disk = (host: string, folder: string) =>
  `root@${host}:~# df -h ${folder}; df -i ${folder}\nFilesystem Size Used Avail Use% Mounted on\n/dev/vda 252G 26G 76G 26% /var/log\nFilesystem Inodes IUsed IFree IUse% Mounted on\n/dev/vda 16777216 515744 16261472 4% /var/log\nroot@${host}:~# `;
const report = (text: string) => {
  const { read, ...result } = judge(text);
  return reportOf({ read, result, problems: knowledge.problems, messages: knowledge.messages, setup });
};

test('a test as another user than the one that yule runs as, by its own word, proves nothing', () => {
  const denied = "head: cannot open '/var/lib/yule/rc.web1.example.net' for reading: Permission denied";
  const said = (user: string, typed: string) =>
    verdicts(
      judge(
        `== samhain-gather 2 server program ==\nServer executable (port 49777, user ${user})\n== samhain-gather 2 server end ==\n` +
          `root@yule:~# runuser -u ${typed} -- head -c1 /var/lib/yule/rc.web1.example.net >/dev/null && echo ok\n${denied}\nroot@yule:~# \n`,
      ),
    );
  expect(said('yule', 'yule')).toEqual(['file-not-served certain']);
  expect(said('daemon', 'daemon')).toEqual(['file-not-served certain']);
  expect(said('daemon', 'yule')).toEqual([]);
});

test('a block says which server the client uses, and a command may ask of another one', () => {
  const block = '== samhain-gather 2 client server ==\nSERVER=yule.example.net\n== samhain-gather 2 client end ==\n';
  for (const server of ['yule.example.net', 'mirror.example.net']) {
    const asked = `timeout 5 bash -c '</dev/tcp/"$1"/"$2"' x ${server} 49777; echo "rc=$?"\nrc=0`;
    const { checks = [] } = judge(`${block}root@web1:~# ${asked}\nroot@web1:~# `);
    expect(checks.map(({ base, values }) => [base, values?.server])).toEqual([['client.reach-bash', server]]);
  }
});

test('outputs are listed as they stand, behind a prompt or in a block below it', () => {
  const text = `${all}\n== samhain-gather 2 client host ==\nuser root\n== samhain-gather 2 client modes ==\nno:  write /var/log\n== samhain-gather 2 client end ==\n`;
  const { checks = [] } = judge(text);
  expect(checks.map(({ base }) => base)).toEqual(['server.listening', 'client.log-writable']);
  expect(checks.map(({ line }) => line)).toEqual([1, 6]);
});

test('a margin is that of the command, though a note above it has a smaller one', () => {
  const text = loopback.trimEnd().replaceAll(/^/gm, '    ');
  const { checks = [] } = judge(`  as asked:\n${text}\n`);
  expect(checks.map(({ base, outcome, line }) => [base, outcome.id, line])).toEqual([
    ['server.listening', 'yule-loopback', 2],
  ]);
});

describe('a value that no record holds', () => {
  const reach = (server: string) =>
    `root@web1:~# nc -vz -w 5 ${server} 49777\nnc: connect to ${server} port 49777 (tcp) failed: No route to host\n`;
  const lookup = (address: string) => `root@web1:~# getent hosts yule.example.net\n${address}   yule.example.net\n`;
  const steps = (...texts: string[]) => {
    const { read, ...result } = judgeSources(
      texts.map((text, i) => ({ name: i === 0 ? 'text' : `samhainrc${i}`, text })),
    );
    const whole = { read, result, problems: knowledge.problems, messages: knowledge.messages, setup };
    return { json: jsonOf(reportOf(whole)).diagnoses[0]?.steps ?? [], text: textOf(reportOf(whole)) };
  };
  const run = (text: string) =>
    steps(text)
      .json.map((one) => one.run)
      .join('\n');

  test('is filled into a step that only looks: what was typed, what was printed', () => {
    expect(run(reach('yule.example.net'))).toContain("my_server='yule.example.net'");
    expect(run(lookup('198.51.100.10') + reach('yule.example.net'))).toContain("my_server_address='198.51.100.10'");
    // Of two nobody knows which, and an option is no name.
    const two = `${lookup('198.51.100.10')}${reach('yule.example.net')}${lookup('198.51.100.11')}`;
    expect(run(two)).toContain("my_server_address=''");
    expect(run(reach('-x'))).not.toContain("my_server='-x'");
  });

  test('is offered in a step that changes something, and never stands there by itself', () => {
    const refused = at(
      '10:00:00',
      'CRIT',
      'msg=<Invalid connection attempt: Not in client list>, client=<web1.example.net>',
    );
    const { json, text } = steps(refused, '[Client]\nSetLogServer=loghost.example.net\n[ReadOnly]\ndir=/etc\n');
    const changing = json.filter(({ changes, run }) => changes && run?.includes('my_server'));
    expect(changing.length).toBeGreaterThan(0);
    for (const one of changing) {
      expect(one.run).toContain("my_server=''");
      expect(one.open).toContainEqual(expect.objectContaining({ name: 'my_server', logged: 'loghost.example.net' }));
    }
    const { read, ...result } = judgeSources([
      { name: 'text', text: refused },
      { name: 'samhainrc', text: '[Client]\nSetLogServer=loghost.example.net\n[ReadOnly]\ndir=/etc\n' },
    ]);
    const whole = reportOf({ read, result, problems: knowledge.problems, messages: knowledge.messages, setup });
    expect(textOf(new Redaction(read, redactionWords(knowledge, setup)).all(whole))).not.toContain('loghost');
    expect(text).toContain('The configuration names loghost.example.net: check it before you use it.');
  });
});

describe('an output', () => {
  test('proves: a diagnosis with its case, and the output as evidence', () => {
    const given = report(loopback);
    expect(given.notJudged.filter(({ needs }) => needs.length === 0)).toEqual([]);
    const json = jsonOf(given);
    expect(json.state).toBe('diagnosed');
    expect(json.diagnoses[0]).toMatchObject({
      problem: 'connection-refused',
      confidence: 'certain',
      evidence: [{ file: 'text', line: 1, side: 'server', check: 'server.listening-all=yule-loopback' }],
    });
    expect(json.checks).toEqual([{ file: 'text', line: 1, check: 'server.listening-all', outcome: 'yule-loopback' }]);
    expect(textOf(given)).toContain('server.listening-all: a LISTEN line of yule at 127.0.0.1');
    // Only the steps of the case that it shows.
    expect(given.diagnoses[0]?.cases.map(({ id }) => id)).toEqual(['loopback']);
  });

  test('points: no diagnosis, but first among what is not judged', () => {
    const { state, diagnoses, notJudged } = judge(none);
    expect([state, diagnoses]).toEqual(['read', []]);
    const pointed = ['connection-refused', 'server-crashed', 'bind-failed', 'stale-lock'];
    expect(pointed).toContain(notJudged[0]?.problem);
    const text = textOf(report(none));
    expect(text).not.toContain('Nothing wrong');
    expect(text).toMatch(
      /^No fault is proved, but an output points to Nothing listens .*; or .*; or .*; or 4 more\.$/m,
    );
  });

  test('excludes, of a problem of both sides only where both are told', () => {
    const out = (text: string) => judge(text).excluded.map(({ problem }) => problem);
    expect(out(all)).toContain('port-in-use');
    expect(out(disk('yule', '/var/log/yule'))).not.toContain('disk-full');
    const { notJudged } = judge(disk('yule', '/var/log/yule'));
    expect(notJudged.find(({ problem }) => problem === 'disk-full')?.needs[0]).toEqual({ side: 'client' });
    expect(out(`${disk('yule', '/var/log/yule')}\n${disk('web1', '/var/log')}`)).toContain('disk-full');
    expect(judge(all).excluded[0]?.because[0]?.kind).toBe('check');
  });

  test('several together prove what none does alone', () => {
    const process = 'root@yule:~# ps -o user,pid,stat,lstart,args -C yule\nUSER PID STAT STARTED COMMAND\n';
    const ended = `root@yule:~# grep -E '(START|EXIT).*Yule' /var/log/yule/yule_log | tail -n 4\n${at('03:10:20', 'ALERT', 'msg=<START>, program=<Yule>, userid=<995>, path=</etc/yulerc>')}\n`;
    expect(verdicts(judge(process))).toEqual([]);
    expect(verdicts(judge(`${process}${ended}`))).toContain('server-crashed certain');
  });

  test('decides between candidates of the lines', () => {
    const log = { name: 'client.log', text: at('03:10:20', 'ERROR', 'msg=<Session key negotiation failed>') };
    const before = judgeSources([log]).diagnoses;
    const port = 'root@yule:~# ss -ltnp\nLISTEN 0 9 0.0.0.0:49777 0.0.0.0:* users:(("sshd",pid=919,fd=3))\n';
    const after = judgeSources([log, { name: 'server.txt', text: port }]).diagnoses;
    expect(before.length).toBeGreaterThan(2);
    expect(after[0]).toMatchObject({ problem: 'not-yule-on-port', confidence: 'certain' });
  });

  test('is bare where nothing of a log is', () => {
    const names = (text: string) => judge(text).checks?.map(({ check }) => check) ?? [];
    expect(names('nc: connect to yule.example.net port 49777 (tcp) failed: Connection refused')).toEqual([
      'client.reach',
    ]);
    expect(names('msg=<Invalid connection attempt: Not in client list>, client=<web1.example.net>')).toEqual([]);
  });

  test('of a configuration, printed by a command, is no configuration', () => {
    const { checks, read } = judge(
      "root@yule:~# grep -nE '^[[:space:]]*(\\[|LogSeverity|LogClass)' /etc/yulerc\n3:[Log]\n5:LogSeverity=none\n9:[Misc]\n13:[Server]\n16:[Clients]\n",
    );
    expect(checks?.map(({ check, outcome }) => `${check}=${outcome.id}`)).toEqual(['server.log-options=none']);
    expect(read.configurations).toEqual([]);
  });

  test('that is none of the known ones says so, and what it resembles', () => {
    const given = report('root@yule:~# ss -ltnp | grep -e yule -e 49777\nsomething else\nroot@yule:~# ');
    expect(given.checks).toEqual([]);
    expect(textOf(given)).toContain('text:1: not a known output of a check; it looks like server.listening');
  });

  test('of a command that is nearly a check’s says which to run in its place', () => {
    const { read, ...result } = judge('root@web1:~# hostname -f\nweb1.example.org\nroot@web1:~# ');
    const { problems, messages } = knowledge;
    const text = textOf(reportOf({ read, result, problems, messages, setup, checking: knowledge }));
    expect(text).toContain('it looks like client.own-name\n       Give what this prints: uname -n; getent ahosts');
  });

  test('is nowhere left over', () => {
    expect(judge(`${none}\n${loopback}`).read.unrecognised).toEqual([]);
  });
});
