/**
 * Whole reports, word by word: what the terminal prints, and what is pasted into a ticket, of one situation of each kind. They
 * are kept in `stored`; `npm run captures` writes them anew, and the difference is to be read like a change of the code.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { statuses } from '../../../src/cli/run.ts';
import { type Asked, type Chosen, judge, judgeTime } from '../../../src/engine/judge.ts';
import { Summary } from '../../../src/engine/summarise.ts';
import type { Source } from '../../../src/engine/types.ts';
import { explained } from '../../../src/report/explain.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/model.ts';
import { Redaction, redactionWords } from '../../../src/report/redact.ts';
import { quietTextOf, textOf } from '../../../src/report/text.ts';
import { visibleJson } from '../../../src/report/visible.ts';
import { samples, session } from '../../captures/samples.ts';
import { at, content, knowledge, setup } from '../diagnosis/judge.ts';

const tests = join(import.meta.dirname, '../..');
const stored = join(import.meta.dirname, 'stored');
const rewrite = process.env.CAPTURES === 'write';
const all = samples();

/** The files of a captured run; with those after its repair, if asked for. */
function run(name: string, mended = false): Source[] {
  const sample = all.find((one) => one.name === name);
  if (!sample) throw new Error(`There is no run ${name}.`);
  return mended ? session(sample.fault, sample.after) : sample.fault;
}

/** The configurations and logs of one of tests/configs. */
const configured = (name: string): Source[] =>
  readdirSync(join(tests, 'configs', name), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: entry.name,
      text: readFileSync(join(tests, 'configs', name, entry.name), 'latin1'),
    }));

/** Printed outputs of tests/checks, by what stands behind `===`. */
const printed = new Map(
  ['outputs.txt', 'elsewhere.txt'].flatMap((file) =>
    readFileSync(join(tests, 'checks', file), 'utf8')
      .split(/^=== /m)
      .slice(1)
      .map((one) => [one.slice(0, one.indexOf('\n')), one.slice(one.indexOf('\n') + 1)] as const),
  ),
);
function output(title: string): string {
  const text = printed.get(title);
  if (text === undefined) throw new Error(`There is no output ${title}.`);
  return text;
}

const wild = (name: string) => readFileSync(join(tests, 'wild-kinds', name), 'utf8');

const pasted = (...texts: string[]): Source[] => texts.map((text, i) => ({ name: `text ${i + 1}`, text }));

/** A long log as it is read: in pieces, and of what is long only what can matter. */
function read(name: string, text: string): Source {
  const summary = new Summary(() => content);
  summary.push(new TextEncoder().encode(text));
  return { name, ...summary.end() };
}

interface Situation {
  sources: Source[];
  only?: string[];
  words?: Asked['words'];
  redact?: boolean;
  /** Programs are given it too. */
  json?: boolean;
}

/** What one side's gather block printed, by the title of its situation. */
const blocks = new Map(
  gunzipSync(readFileSync(join(tests, 'checks/blocks-format-1.txt.gz')))
    .toString('utf8')
    .split(/^=== /m)
    .slice(1)
    .map((one) => [one.slice(0, one.indexOf(' ')), one.slice(one.indexOf('\n') + 1)] as const),
);
function gathered(title: string): Source[] {
  const [, ...sides] = (blocks.get(title) ?? '').split(/^--- /m);
  if (sides.length === 0) throw new Error(`There is no block ${title}.`);
  return pasted(...sides.map((one) => one.slice(one.indexOf('\n') + 1)));
}

const refused =
  'ERROR  :  [2026-11-23T10:00:00+0000] msg=<Connection refused, address yule.example.net>, subroutine=<connect>, service=<export>, host=<yule.example.net>\n';

const situations: Record<string, Situation> = {
  'wrong-password': { sources: run('03a-password-never-set/42-plain') },
  'wrong-password-mended': { sources: run('03a-password-never-set/42-plain', true) },
  'since-the-repair': { sources: run('03a-password-never-set/42-plain', true), words: { since: 'repair' } },
  'not-listed-xml': { sources: run('04a-not-in-client-list/42-xml') },
  'client-alone': { sources: run('01a-refused-server-not-running/42-plain').filter(({ side }) => side === 'client') },
  'many-clients': { sources: run('20a-many-clients/42-plain') },
  'one-of-many': { sources: run('20a-many-clients/42-plain'), only: ['pos-17'] },
  'two-names-one-host': { sources: run('07f-cloned-vm-two-hosts-same-name/42-plain'), redact: true },
  relay: { sources: run('40b-relay-wrong-password/42-plain'), redact: true },
  healthy: { sources: run('13a-healthy-full-session-policy/42-plain') },
  'configuration-and-logs': { sources: configured('f02-client-duplicate-good-first') },
  'configuration-of-faults': {
    sources: configured('f70-several-faults-in-a-longer-file').filter(({ name }) => !/stderr|log/.test(name)),
  },
  'configuration-hidden': { sources: configured('f16-host-block-in-yulerc'), redact: true },
  outputs: {
    sources: pasted(
      refused,
      output('ss-06: server.listening=yule-loopback'),
      output('client.baseline several k39-baseline-two-sof'),
    ),
  },
  'outputs-alone': { sources: pasted(output('ss-01: server.listening=yule-all')) },
  'block-of-both': { sources: gathered('k05-loopback-only') },
  'block-healthy': { sources: gathered('k01-healthy'), redact: true },
  'other-programs': {
    sources: pasted(
      'Nov 23 10:00:00 web1 sshd[812]: error: Connection refused by peer\nwhat is this\nSession key mismatch\n',
    ),
  },
  'bare-words': { sources: pasted('Session key negotiation failed\nFile download failed\n') },
  'copied-words': { sources: pasted('CRIT: Invalid connection attempt: Session key mismatch\n') },
  'output-that-points': { sources: pasted(output('server.listening nothing k04-server-down')) },
  'errors-that-nothing-explains': {
    sources: pasted(
      [
        at('10:00:00', 'ERROR', 'msg=<Module execution error>, module=<SUIDCHECK>, return_code=<9>'),
        at('10:00:01', 'ALERT', 'msg=<EXIT>, program=<Samhain>, status=<exit_failure>'),
        at('10:00:02', 'ERROR', 'msg=<Something that no version prints>, code=<1>'),
      ].join('\n'),
    ),
  },
  'two-clocks': { sources: [{ name: 'yule_log', text: ahead() }] },
  'a-crash': {
    sources: pasted(
      'Nov 23 10:00:00 yule kernel: yule[8812]: segfault at 0 ip 00007f1c2d3a4b5c sp 00007ffe12345678 error 4\n',
      refused,
    ),
  },
  'read-in-part': {
    sources: [
      { name: 'old.log', text: refused, part: { skippedLines: 1200, bytes: 90 << 20 } },
      { name: 'cut.log.gz', text: refused, part: { skippedLines: 0, bytes: 3000, broken: true } },
      { name: 'closed.log', text: '', part: { skippedLines: 0, bytes: 0, unreadable: true } },
      { name: 'stopped.log', text: refused, part: { skippedLines: 0, bytes: 200 << 20, readBytes: 20 << 20 } },
      { name: 'strange.log', text: refused, part: { skippedLines: 0, bytes: 200 << 20, lostLines: 5000 } },
    ],
  },
  'many-faults-in-a-file': {
    sources: [{ name: 'yulerc', text: `[Misc]\nDaemon=yes\n${'SetLoopTime sixty\n'.repeat(120)}` }],
  },
  'from-one-minute-on': { sources: run('03a-password-never-set/42-plain', true), words: { since: '15:18:18' } },
  'nothing-of-it': { sources: pasted('Nov 23 10:00:00 web1 CRON[1]: (root) CMD (true)\n\nhello\n') },
  'nothing-given': { sources: pasted('') },
  'block-of-a-clock': { sources: gathered('k49-clock-two-hours-off') },
  'block-behind-a-firewall': { sources: gathered('k13-firewall-drop'), json: true },
  'block-of-odd-lines': { sources: gathered('k28-client-line-blanks') },
  'lines-of-syslog': { sources: pasted(output('server.syslog lines k01-healthy')) },
  'output-of-a-start': { sources: pasted(output('client.start panic k36-baseline-missing')) },
  'folder-not-writable-mended': { sources: run('11a-log-dir-not-writable/26-plain', true) },
  'stand-alone': { sources: [{ name: 'samhain_log', text: wild('stand-alone-config-line.log') }] },
  'reports-of-files': { sources: [{ name: 'samhain_log', text: wild('reports-beside-module-error.log') }], json: true },
  'a-clock-and-a-fault': {
    sources: [
      {
        name: 'yule_log',
        text: `${ahead()}<TCP>  :  [2026-11-23T10:06:00+0000] client=<web1.example.net>, msg=<ERROR  :  [2026-11-23T10:07:40+0000] msg=<Could not open file>, path=</etc/x>, subroutine=<open>>\n`,
      },
      { name: 'web1.log', text: refused.replace('10:00:00', '10:03:40') },
    ],
    json: true,
  },
  'probably-over': {
    sources: pasted(
      [
        at('10:00:00', 'CRIT', 'msg=<Refused connection from 198.51.100.30>, subroutine=<libwrap>'),
        at('10:10:00', 'CRIT', 'msg=<Refused connection from 198.51.100.30>, subroutine=<libwrap>'),
        at('10:20:00', 'NOTICE', 'msg=<NEW CLIENT>, client=<web1.example.net>'),
        at('13:20:00', 'NOTICE', 'msg=<NEW CLIENT>, client=<web1.example.net>'),
      ].join('\n'),
    ),
    json: true,
  },
  // A mere possibility has no steps, whether it is over or probably over.
  'guesses-over': {
    sources: pasted(
      [
        at('10:00:00', 'CRIT', 'msg=<Illegal zero reply>'),
        at('10:10:00', 'CRIT', 'msg=<Illegal zero reply>'),
        at('10:20:00', 'NOTICE', 'msg=<NEW CLIENT>, client=<web1.example.net>'),
        at('13:20:00', 'NOTICE', 'msg=<NEW CLIENT>, client=<web1.example.net>'),
      ].join('\n'),
    ),
  },
  'typed-from-a-screen': {
    sources: pasted(
      [
        at('10:00:00', 'CRIT', 'msg=<Invalid conection attempt: Session key mismatch>, client=<web1.example.net>'),
        at('10:05:00', 'NOTICE', 'msg=<NEW CLIENT>, client=<web1.example.net>'),
        at('10:06:00', 'CRIT', 'msg=<Invalid conection attempt: Session key mismatch>, client=<web2.example.net>'),
      ].join('\n'),
    ),
  },
  'not-root': { sources: run('11v-not-root/26-plain') },
  'output-of-the-list': { sources: pasted(output('server.registered not-listed k04-server-down')) },
  'output-of-a-log': { sources: pasted(output('server.log-tail connections-only k17-not-in-list')) },
  'two-servers-since-the-repair': {
    sources: run('41c-backup-server-failover-while-running/42-plain', true),
    words: { since: 'repair' },
    json: true,
  },
  'no-server-since-the-repair': {
    sources: run('01n-no-server-name-configured/42-plain', true),
    words: { since: 'repair' },
  },
  'server-alone': {
    sources: configured('f46-time-limit-below-loop-time').filter(({ name }) => name === 'server.stderr'),
  },
  'short-name': { sources: configured('f01-client-short-name').filter(({ name }) => name === 'yulerc'), json: true },
  'relay-for-programs': { sources: run('40b-relay-wrong-password/42-plain'), json: true },
  'a-long-log': { sources: [read('yule_log', long())] },
};

/** Records that a server got from a client whose clock is 100 s ahead. */
function ahead(): string {
  const time = (seconds: number) =>
    `${new Date(Date.UTC(2026, 10, 23, 10) + seconds * 1000).toISOString().slice(0, 19)}+0000`;
  const records = Array.from({ length: 6 }, (_, i) => {
    return `<TCP>  :  [${time(i * 60)}] client=<web1.example.net>, msg=<INFO   :  [${time(i * 60 + 100)}] msg=<Checking>, path=</etc/x${i}>>\n`;
  });
  return records.join('');
}

/** Two hours of eighty clients, of which one is refused now and then: long enough for the sieve. */
function long(): string {
  const lines: string[] = [];
  for (let i = 0; lines.length < 9000; i += 1) {
    const time = new Date(Date.UTC(2026, 10, 23) + i * 1000).toISOString().slice(0, 19);
    const of = i % 80;
    const client = `host${of}.example.net`;
    const say = (severity: string, body: string) => lines.push(`${severity.padEnd(7)}:  [${time}+0000] ${body}`);
    if (of === 7 && i % 3 === 0)
      say('CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`);
    else if (i < 80) say('NOTICE', `msg=<NEW CLIENT>, client=<${client}>`);
    else say('MARK', `msg=<TIMESTAMP>, client=<${client}>, status=<${'x'.repeat(i % 60)}>`);
  }
  return `${lines.join('\n')}\n`;
}

/** What each face says of it. */
function faces({ sources, only = [], words, redact, json }: Situation): Record<string, string> {
  const chosen: Chosen = { setup, ...(only.length > 0 ? { only } : {}) };
  const { messages, problems } = knowledge;
  const told = words ? judgeTime(sources, content, { words }, chosen) : judge(sources, content, chosen);
  const whole = reportOf({ ...told, messages, problems, setup, checking: knowledge, only });
  const report = redact
    ? new Redaction(told.read, redactionWords({ ...content, ...knowledge }, setup)).all(whole)
    : whole;
  // As with --quiet, which says nothing where all is well, and as without.
  const quiet = statuses[report.state] === 0 ? '' : quietTextOf(report);
  return {
    txt: `${quiet}${'-'.repeat(40)}\n${textOf(report)}`,
    md: markdownOf(report),
    ...(json ? { json: `${visibleJson(jsonOf(report))}\n` } : {}),
  };
}

describe('the reports of', () => {
  test.each(Object.entries(situations))('%s', (name, situation) => {
    for (const [face, said] of Object.entries(faces(situation))) {
      const file = join(stored, `${name}.${face}`);
      if (rewrite) writeFileSync(file, said);
      expect(said, file).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
    }
  });

  test('what --explain says of a message of each kind', () => {
    const { messages, problems } = knowledge;
    const said = [
      'MSG_TCP_BADCONN',
      'MSG_TCP_BADCONN/session-key-mismatch',
      'MSG_E_NET',
      'MSG_FI_CHAN',
      'wrong-password',
    ]
      .map((id) => `${id}:\n${explained(id, { messages, problems, setup })}`)
      .join('\n');
    const file = join(stored, 'explained.txt');
    if (rewrite) writeFileSync(file, said);
    expect(said).toBe(readFileSync(file, 'utf8'));
  });

  test('nothing else is stored', () => {
    const known = [
      ...Object.entries(situations).flatMap(([name, { json }]) =>
        ['md', 'txt', ...(json ? ['json'] : [])].map((end) => `${name}.${end}`),
      ),
      'explained.txt',
    ];
    const more = readdirSync(stored).filter((file) => !known.includes(file));
    if (rewrite) for (const file of more) rmSync(join(stored, file));
    else expect(more).toEqual([]);
  });
});
