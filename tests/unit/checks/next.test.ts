/** What outputs said and what to ask next, in every face; "it prints nothing"; traces of our own checks; names in outputs. */
import { describe, expect, test } from 'vitest';
import { jsonOf } from '../../../src/report/json.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/model.ts';
import { canPrintNothing, gatherPage, printedNothing } from '../../../src/report/outputs.ts';
import { Redaction, redactionWords } from '../../../src/report/redact.ts';
import { textOf } from '../../../src/report/text.ts';
import { at, judgeSources, knowledge, setup, verdicts } from '../diagnosis/judge.ts';

const refused = at('03:10:20', 'ERROR', 'msg=<Session key negotiation failed>');
const port = 'root@yule:~# ss -ltnp\nLISTEN 0 64 0.0.0.0:49777 0.0.0.0:* users:(("yule",pid=925,fd=3))\nroot@yule:~# ';
const report = (...texts: string[]) => {
  const { read, ...result } = judgeSources(texts.map((text, i) => ({ name: `file${i}`, text })));
  return { report: reportOf({ read, result, ...knowledge, setup, checking: knowledge }), read };
};

describe('what to ask next', () => {
  test('while the cause is undecided: what tells the candidates apart, or the block of a side; the same in every face', () => {
    const { report: given } = report(refused);
    const { check, blocks } = given.next ?? { blocks: [] };
    const possible = new Set(given.diagnoses.map(({ problem }) => problem));
    expect(check?.candidates.length).toBeGreaterThan(0);
    expect(check?.candidates.every(({ problem }) => possible.has(problem))).toBe(true);
    const { next } = jsonOf(given);
    expect([next?.check, next?.side, next?.run]).toEqual([check?.check, check?.side, check?.run]);
    for (const text of [textOf(given), markdownOf(given)]) {
      expect(text).toContain(check?.run.split('\n')[0]);
      expect(text).toMatch(/can decide up to (?:\d+ possible causes?|\d+ of the \d+ problems not judged yet)/);
      for (const { side } of blocks) expect(text).toContain(`${gatherPage}#${side}`);
    }
    expect(blocks.map(({ side }) => side).sort()).toEqual(['client', 'server']);
  });

  test('where an output points: what decides that, though another check settles more; and nothing is said to be well', () => {
    const check = knowledge.checks.find(({ id }) => id === 'server.log-tail');
    const torn = check?.outcomes.find(({ points }) => points.join() === 'disk-full');
    if (!check || !torn) throw new Error('no check leads to a full disk');
    const [command = ''] = printedNothing(check, { setup, checkValues: knowledge.checkValues }).split('\n');
    const { report: given } = report(`${command}\n${torn.shows}`);
    expect(given.next?.check).toMatchObject({ check: 'server.disk', candidates: [{ problem: 'disk-full' }] });
    expect(textOf(given)).toContain('No fault is proved, but an output points to Disk full');
    for (const text of [textOf(given), markdownOf(given)]) expect(text).not.toContain('Nothing wrong');
  });

  test('a check that is answered is not asked again, and a side that was gathered neither', () => {
    const first = report(refused).report.next?.check?.check ?? '';
    const check = knowledge.checks.find(({ id }) => id === first);
    if (!check) throw new Error('nothing is asked next');
    const [command = ''] = printedNothing(check, { setup, checkValues: knowledge.checkValues }).split('\n');
    const outcome = check.outcomes.find(({ shows, points, proves }) => shows && points.length + proves.length === 0);
    const { report: answered } = report(refused, `${command}\n${outcome?.shows?.trimEnd()}\n`);
    expect(answered.checks.map(({ base }) => base)).toEqual([first]);
    expect(answered.next?.check?.check).not.toBe(first);
    const block = '== samhain-gather 2 server host ==\nuser root\n== samhain-gather 2 server end ==\n';
    expect(report(refused, block).report.next?.blocks.map(({ side }) => side)).toEqual(['client']);
  });

  test('where every problem is judged, nothing: no check, and no block of a side', () => {
    const { read, ...result } = judgeSources([{ name: 'ports', text: port }]);
    const settled = { ...result, notJudged: [] };
    expect(result.diagnoses).toEqual([]);
    expect(reportOf({ read, result, ...knowledge, setup, checking: knowledge }).next).toBeDefined();
    expect(reportOf({ read, result: settled, ...knowledge, setup, checking: knowledge }).next).toBeUndefined();
  });

  test('is not asked where something is certain, but stands in the JSON', () => {
    const { report: given } = report(
      at('03:10:20', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<a.example.net>'),
    );
    expect(given.diagnoses[0]?.confidence).toBe('certain');
    expect(textOf(given)).not.toContain('What would settle most');
    expect(jsonOf(given).next).toBeDefined();
  });

  test('with nothing to read the text names the page', () => {
    expect(textOf(report('hello').report)).toContain(gatherPage);
  });
});

test('an output that was recognised says what it proves, points to and rules out', () => {
  const { report: given } = report(port);
  expect(given.checks[0]).toMatchObject({
    base: 'server.listening',
    side: 'server',
    ask: expect.stringMatching(/\?$/),
  });
  expect(given.checks[0]?.excludes.map(({ problem }) => problem)).toContain('port-in-use');
  expect(markdownOf(given)).toContain('Rules out: ');
});

test('"it prints nothing" is an answer of every check that can print nothing, whoever asks', () => {
  const able = knowledge.checks.filter(canPrintNothing);
  expect(able.length).toBeGreaterThan(10);
  for (const check of able) {
    for (const as of ['root', 'user'] as const) {
      const text = printedNothing(check, { setup, checkValues: knowledge.checkValues, as });
      const { checks = [] } = judgeSources([{ name: 'given', text }]);
      expect(
        checks.map(({ base }) => base),
        `${check.id} as ${as}`,
      ).toEqual([check.id]);
      expect(
        checks[0]?.outcome.when.some(({ empty }) => empty),
        check.id,
      ).toBe(true);
    }
  }
});

describe('traces of our own checks', () => {
  const visit = (minute: string) => at(`03:${minute}:00`, 'NOTICE', 'msg=<Connection reset by peer>, client=<>');
  const log = `${at('03:00:00', 'INFO', 'msg=<New connection>, socket_id=<4>')}\n${visit('01')}\n`;
  const reach =
    'anna@web1:~$ nc -vz -w 5 yule.example.net 49777\nConnection to yule.example.net (198.51.100.10) 49777 port [tcp/*] succeeded!\nanna@web1:~$ ';
  const block = (time: string) =>
    `== samhain-gather 2 client host ==\nuser root\n2026-11-23T${time}Z\n== samhain-gather 2 client end ==\n`;

  test('are no finding beside the check, or a block of that time, that left them', () => {
    expect(verdicts(judgeSources([{ name: 'log', text: log }]))).toContain('stray-traffic likely');
    for (const text of [reach, block('03:05:00')]) {
      const { diagnoses, harmless } = judgeSources([
        { name: 'log', text: log },
        { name: 'check', text },
      ]);
      expect(diagnoses).toEqual([]);
      expect(harmless.some(({ because }) => because.startsWith('Left by a check'))).toBe(true);
    }
  });

  test('what came hours before is one', () => {
    const given = judgeSources([
      { name: 'log', text: log },
      { name: 'check', text: block('09:05:00') },
    ]);
    expect(verdicts(given)).toContain('stray-traffic likely');
  });
});

test('a line of a stranger names nobody as who ran the block', () => {
  const text = [
    '== samhain-gather 2 client host ==',
    'user anna',
    '== samhain-gather 2 client log ==',
    'user root',
    '== samhain-gather 2 client modes ==',
    'no:  write /var/log',
    '== samhain-gather 2 client end ==',
  ].join('\n');
  const { checks = [] } = judgeSources([{ name: 'block', text }]);
  expect(checks.map(({ outcome }) => outcome.id)).toEqual(['not-permitted']);
});

test('names in outputs are hidden: of prompts, hosts files, lists, owners, commands', () => {
  const text = `bob@wserver9:/srv/bob$ getent hosts db7.corp.acme.com
10.11.12.13   db7.corp.acme.com db7
bob@wserver9:/srv/bob$ ls -l /var/lib/yule/rc* /var/lib/yule/file*
-rw-r----- 1 bob acmeops 240 Nov 27 03:10 /var/lib/yule/rc.db7.corp.acme.com
-rw-r----- 1 bob acmeops 1361 Nov 27 03:10 /var/lib/yule/file.db7.corp.acme.com
bob@wserver9:/srv/bob$ nc -vz -w 5 db7.corp.acme.com 49777
nc: connect to db7.corp.acme.com (10.11.12.13) port 49777 (tcp) failed: Connection refused
bob@wserver9:/srv/bob$ `;
  const { report: whole, read } = report(text);
  expect(whole.checks.length + whole.unknownOutputs.length).toBeGreaterThan(1);
  const hidden = new Redaction(read, redactionWords(knowledge, setup)).all(whole);
  for (const face of [textOf(hidden), markdownOf(hidden), JSON.stringify(jsonOf(hidden)), JSON.stringify(hidden)]) {
    expect(face).not.toMatch(/acme|wserver9|10\.11\.12\.13|\bbob\b|db7/);
    expect(face).toContain('client.reach');
  }
});
