/** One report, several faces: JSON by its schema, Markdown that can be pasted, copies without names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { analyseToView } from '../../../src/components/diagnosis/view.ts';
import type { Source } from '../../../src/engine/types.ts';
import { explained } from '../../../src/report/explain.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { markdownOf } from '../../../src/report/markdown.ts';
import { reportOf } from '../../../src/report/model.ts';
import { Redaction, redactionWords, restore } from '../../../src/report/redact.ts';
import { textOf } from '../../../src/report/text.ts';
import { samples, session } from '../../captures/samples.ts';
import { at, judge, judgeSources, knowledge, setup } from '../diagnosis/judge.ts';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../../../public/report.schema.json'), 'utf8'));
const validate = new Ajv({ allErrors: true, formats: { 'date-time': true }, strictRequired: false }).compile(schema);
const all = samples();

/** The captured runs are asked for by several tests. */
const reports = new Map<readonly Source[], ReturnType<typeof reportAnew>>();
function reportAnew(sources: readonly Source[]) {
  const { read, ...result } = judgeSources(sources);
  return { report: reportOf({ read, result, ...knowledge, setup }), read };
}
function report(sources: readonly Source[]) {
  const known = reports.get(sources) ?? reportAnew(sources);
  reports.set(sources, known);
  return known;
}

test('the JSON of every captured run is as its schema says', () => {
  for (const { name, fault } of all) {
    const json = jsonOf(report(fault).report);
    validate(json);
    expect(validate.errors ?? [], name).toEqual([]);
    const { found, excluded, notJudged } = json.counts;
    expect(found + excluded + notJudged, name).toBe(knowledge.problems.length);
    expect([json.excluded.length, json.notJudged.length], name).toEqual([excluded, notJudged]);
  }
});

test('lists hold the best, and totals count all', () => {
  const lines = Array.from({ length: 1200 }, (_, i) =>
    at(
      `10:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`,
      'CRIT',
      'msg=<Invalid connection attempt: Session key mismatch>, client=<web1.example.net>',
    ),
  );
  const strange = Array.from({ length: 1200 }, (_, i) => `what is this ${i}`);
  const json = jsonOf(report([{ name: 'text', text: [...lines, ...strange].join('\n') }]).report);
  expect(json.diagnoses[0]?.evidence.length).toBe(100);
  expect(json.diagnoses[0]?.evidenceCount).toBe(1200);
  expect(json.input.unrecognised.length).toBe(1000);
  expect(json.input.unrecognisedCount).toBe(1200);
});

test('the terminal has no link in Markdown: it reads its words and its address, and leaves lines of a log alone', () => {
  const mismatch = 'msg=<Invalid connection attempt: Session key mismatch>, client=<[web](/1)>';
  const text = textOf(report([{ name: 'text', text: at('10:00:00', 'CRIT', mismatch) }]).report);
  expect(text).toContain('rebuild the client (/guides/build-client-server/)');
  expect(text).toContain('client=<[web](/1)>');
  for (const { name, fault } of all)
    expect(textOf(report(fault).report).match(/\[[^\]]+\]\((?:\/|#|https?:)[^)]*\)/g) ?? [], name).toEqual([]);
});

test('of many problems the terminal lists all first, says the steps of alike ones once, and a line of each that is over', () => {
  const attempt = (minute: number, what: string, client: string) =>
    at(
      `10:${String(minute).padStart(2, '0')}:00`,
      'CRIT',
      `msg=<Invalid connection attempt: ${what}>, client=<${client}.example.net>`,
    );
  const over = ['app1', 'app2', 'app3', 'app4'];
  const lines = [
    ...over.map((client, i) => attempt(i, 'Session key mismatch', client)),
    ...over.map((client, i) =>
      at(`10:${20 + i}:00`, 'INFO', `msg=<File transfer completed>, client=<${client}.example.net>`),
    ),
    ...['web1', 'web2', 'web3'].map((client, i) => attempt(30 + i, 'Session key mismatch', client)),
    attempt(40, 'Not in client list', 'mail1'),
    attempt(44, 'Not in client list', 'db1'),
    at('10:50:00', 'ERROR', 'msg=<Refused connection from 192.0.2.9>, subroutine=<libwrap>'),
  ];
  const text = textOf(report([{ name: 'yule_log', text: lines.join('\n') }]).report);
  const [overview = ''] = text.split('\n\n');
  expect(overview).toMatch(/^6 to fix, 4 over\n/);
  expect(overview).toMatch(/Wrong password or verifier \(certain, web3\.example\.net and 2 more\)/);
  expect(overview.split('\n')).toHaveLength(4);
  expect(text.match(/How to fix it/g)).toHaveLength(3);
  expect(text).toMatch(/And of web1\.example\.net\n {3}- yule_log:9: /);
  expect(text).toContain('For the others, write their name instead of web3.example.net.');
  expect(text).toMatch(
    /4 are over .*\n(?: {3}- Wrong password or verifier \(certain, app\d\.example\.net, over since [^)]*\): yule_log:\d+\n){4}/,
  );
});

test('a step runs what the page copies, byte for byte', () => {
  for (const { fault } of all.filter((_, i) => i % 10 === 0)) {
    const view = analyseToView(fault);
    const { diagnoses } = jsonOf(report(fault).report);
    view.verdicts.forEach(({ cases, fix, verify }, i) => {
      const steps = [...cases.flatMap((one) => [...(one.test ? [one.test] : []), ...one.steps]), ...fix, ...verify];
      const runs = steps.flatMap(({ commands }) => commands.map(({ text }) => text));
      expect(diagnoses[i]?.steps.map(({ run }) => run)).toEqual(runs);
    });
  }
});

test('the page says the same counts, and links what rules out and what would judge', () => {
  for (const { fault } of all.filter((_, i) => i % 10 === 0)) {
    const { endings } = analyseToView(fault);
    const { counts, excluded, notJudged } = report(fault).report;
    expect(endings?.counts).toBe(
      `${counts.found} found · ${counts.excluded} ruled out · ${counts.notJudged} not judged`,
    );
    const titles = (groups: { problems: { title: string }[] }[] = []) =>
      groups.flatMap(({ problems }) => problems.map(({ title }) => title)).sort();
    expect(titles(endings?.excluded)).toEqual(excluded.map(({ title }) => title).sort());
    expect(titles(endings?.notJudged)).toEqual(notJudged.map(({ title }) => title).sort());
  }
  const { endings } = analyseToView([
    { name: 'text', text: at('15:18:05', 'ERROR', 'msg=<Invalid connection state>, expect=<PARP>, received=<a>') },
  ]);
  const group = endings?.excluded.find(({ problems }) =>
    problems.some(({ href }) => href.includes('/connection-refused/')),
  );
  expect(group).toMatchObject({ because: 'a later step was reached at that time', lines: 'line 1' });
  const disk = endings?.notJudged.find(({ problems }) => problems.some(({ href }) => href.includes('/disk-full/')));
  expect(disk?.needs).toContainEqual({ text: 'the output of client.disk', href: '/checks/client-disk/' });
  expect(analyseToView([{ name: 'text', text: 'nothing of samhain' }]).endings).toBeUndefined();
});

test('what would judge a problem names the minute, and the day where there are several', () => {
  const refused = (day: string) =>
    at('15:18:05', 'ERROR', 'msg=<Session key negotiation failed>').replace('2026-11-23', day);
  const needs = (text: string) => {
    const { notJudged } = jsonOf(report([{ name: 'text', text, side: 'client' }]).report);
    return notJudged.find(({ problem }) => problem === 'file-not-served')?.needs[0];
  };
  expect(needs(refused('2026-11-23'))).toEqual({ side: 'server', log: '15:18' });
  expect(needs(`${refused('2026-11-22')}\n${refused('2026-11-23')}`)).toEqual({
    side: 'server',
    log: '2026-11-23 15:18',
  });
  expect(needs('msg=<Session key negotiation failed>')).toEqual({ side: 'server', log: 'the same minute' });
});

test('a step of the verification shows the line that proves it, of a log or relayed, and only one behind the fault', () => {
  const proofs = (sources: Source[], problem: string) =>
    analyseToView(sources)
      .verdicts.filter(({ href }) => href.includes(`/${problem}/`))
      .flatMap(({ verify }) => verify.flatMap(({ proof }) => proof?.line ?? []));
  const checked = knowledge.problems.filter(({ verify }) => verify.some(({ shows }) => shows)).map(({ id }) => id);
  const runs = all.filter(
    ({ worked, after, expected: { truth } }) => worked && after.length > 0 && checked.includes(truth[0] ?? ''),
  );
  let shown = 0;
  for (const { name, fault, after, expected } of runs.filter((_, i) => i % 6 === 0)) {
    const problem = expected.truth[0] ?? '';
    const lines = proofs(session(fault, after), problem);
    const written = after.map(({ text }) => text).join('\n');
    for (const line of lines) expect(written, name).toContain(line);
    shown += lines.length;
  }
  expect(runs.length).toBeGreaterThan(20);
  expect(shown).toBeGreaterThan(3);
});

describe('Markdown', () => {
  test('pasted again, it gives the same answer', () => {
    for (const { name, fault } of all.filter(({ expected }) => expected.result.state === 'diagnosed')) {
      const { report: first } = report(fault);
      const [best] = first.diagnoses.filter(({ over, confidence }) => !over && confidence === 'certain');
      if (!best || best.evidence.some(({ side }) => side === null)) continue;
      const again = judge(markdownOf(first)).diagnoses.map(({ problem }) => problem);
      expect(again, name).toContain(best.problem);
    }
  });

  test('what the file check reports, and the records around the evidence, stand under headings of their own', () => {
    const report1 = 'msg=<POLICY [ReadOnly] C---I----->, path=</usr/bin/vim>';
    const mismatch = 'msg=<Invalid connection attempt: Session key mismatch>, client=<web1.example.net>';
    const sections = (text: string) =>
      new Map(
        markdownOf(report([{ name: 'text', text }]).report)
          .split(/^## /m)
          .map((part) => [part.split('\n')[0], part] as const),
      );
    const both = sections(
      [at('10:00:00', 'CRIT', mismatch), at('10:00:01', 'CRIT', report1), at('10:00:02', 'CRIT', mismatch)].join('\n'),
    );
    expect(both.get('The file check reports')).toContain('/usr/bin/vim');
    expect(both.get('Records around these')).toContain('ReadOnly');
    const neither = sections(at('10:00:00', 'CRIT', mismatch));
    expect([...neither.keys()]).not.toContain('The file check reports');
    expect([...neither.keys()]).not.toContain('Records around these');
  });

  test('nothing of a log is Markdown or HTML', () => {
    const name = '<img/src=x>[a](b)`x`';
    const text = at('10:00:00', 'CRIT', `msg=<Invalid connection attempt: Session key mismatch>, client=<${name}>`);
    const lines = markdownOf(report([{ name: 'a|b*', text }]).report).split('\n');
    let fence = '';
    const outside = lines.filter((line) => {
      const [ticks] = /^`{3,}/.exec(line) ?? [];
      if (ticks && (fence === '' || ticks === fence)) fence = fence ? '' : ticks;
      return fence === '' && !ticks;
    });
    expect(outside.join('\n')).not.toMatch(/(?<!\\)<img|(?<!\\)\[a\]/);
  });
});

describe('a redacted copy', () => {
  const faces = (sources: readonly Source[], hide: readonly string[] = []) => {
    const { report: whole, read } = report(sources);
    const redaction = new Redaction(read, redactionWords(knowledge, setup, hide));
    const copy = redaction.all(whole);
    return { copy, hidden: redaction.hidden, all: [JSON.stringify(jsonOf(copy)), textOf(copy), markdownOf(copy)] };
  };

  test('names no host, address, user or path of the lines, in any face', () => {
    const secret = [
      'web-7',
      'corp.example.net',
      'alice',
      '203.0.113.99',
      '10.1.2.3',
      '2001:db8:1:2::9',
      '/srv/payroll',
      'erp',
    ];
    const text = [
      at('10:00:00', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<web-7.corp.example.net>'),
      at('10:00:01', 'CRIT', 'msg=<Refused connection from 10.1.2.3>, subroutine=<libwrap>'),
      at(
        '10:00:02',
        'ERROR',
        'msg=<Connection refused, address 203.0.113.99>, subroutine=<connect>, service=<export>, host=<erp.corp.example.net>',
      ),
      at(
        '10:00:03',
        'CRIT',
        'msg=<POLICY [ReadOnly] C-------TS>, path=</srv/payroll/march 2026.ods>, owner_old=<alice>, owner_new=<root>',
      ),
      'web-7.corp.example.net said something at 2001:db8:1:2::9 to alice about /srv/payroll/x',
    ].join('\n');
    const { all: written } = faces([{ name: '/srv/alice/web-7.log', text }]);
    for (const face of written) for (const word of secret) expect(face, word).not.toContain(word);
  });

  test('has one stand-in for one name, and is judged alike', () => {
    for (const { name, fault } of all.filter((_, i) => i % 5 === 0)) {
      const { copy } = faces(fault);
      const { report: whole } = report(fault);
      expect(copy.diagnoses.map(({ problem, confidence }) => [problem, confidence])).toEqual(
        whole.diagnoses.map(({ problem, confidence }) => [problem, confidence]),
      );
      const hosts = whole.clients.map(({ host }) => host);
      expect(new Set(copy.clients.map(({ host }) => host)).size, name).toBe(hosts.length);
      const texts = JSON.stringify(jsonOf(copy));
      for (const host of hosts.filter((one) => /example/.test(one))) expect(texts, name).not.toContain(host);
    }
  });

  test('a path is the same one before a full stop or a colon, which stay', () => {
    const [json = ''] = faces([
      { name: 'pasted', text: 'See /srv/payroll/march. Then /srv/payroll/march: denied; /srv/payroll/march' },
    ]).all;
    expect(JSON.parse(json).input.unrecognised[0].text).toBe('See /path-1. Then /path-1: denied; /path-1');
  });

  test('keeps what decides: one host in all its spellings, one network, loopback, the host in the name of a path', () => {
    const text = [
      at('10:00:00', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<WEB9.corp.test>'),
      at('10:00:01', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<web9.corp.test>'),
      at('10:00:02', 'CRIT', 'msg=<Refused connection from 10.1.2.3>, subroutine=<libwrap>'),
      at('10:00:03', 'CRIT', 'msg=<Refused connection from 10.1.2.4>, subroutine=<libwrap>'),
      at('10:00:04', 'CRIT', 'msg=<Refused connection from 127.0.0.1>, subroutine=<libwrap>'),
      'web9 is web9.corp.test. and web9-backup is not; /var/lib/yule/rc.web9 was there; corp.test is the domain; Zebra',
    ].join('\n');
    const { all: faced, hidden } = faces([{ name: 'pasted', text }], ['zebra']);
    const [json = '', , markdown = ''] = faced;
    for (const face of faced)
      for (const word of ['web9', 'WEB9', 'corp', '10.1.2', 'ebra']) expect(face).not.toContain(word);
    const said = JSON.parse(json).input.unrecognised[0].text;
    expect(said).toBe(
      'host-1 is host-1.example.org. and host-1-backup is not; /path-1/rc.host-1 was there; example.org is the domain; hidden-1',
    );
    expect(markdown).toContain('HOST-1.example.org');
    expect(markdown).toContain('192.0.2.1');
    expect(markdown).toContain('192.0.2.2');
    expect(json).toContain('127.0.0.1');
    expect(hidden.find(({ real }) => real === 'zebra')).toMatchObject({ kind: 'own', times: 1 });
    // A colleague's reply says the real names again.
    expect(restore(said, hidden)).toBe(
      'web9 is web9.corp.test. and web9-backup is not; /var/lib/yule/rc.web9 was there; corp.test is the domain; zebra',
    );
  });
});

test('what is explained of a message holds each of its texts with what to do, or the one that was asked for', () => {
  const content = { messages: knowledge.messages, problems: knowledge.problems, setup };
  let actions = 0;
  for (const { id, texts } of knowledge.messages) {
    const all = explained(id, content) ?? '';
    for (const [index, one] of texts.entries()) {
      const alone = explained(`${id}/${one.id}`, content) ?? '';
      for (const part of [one.meaning, one.action])
        if (part) for (const text of [all, alone]) expect(text).toContain(part);
      actions += one.action ? 1 : 0;
      const other = texts[index + 1];
      if (other) expect(alone).not.toContain(`   ${other.text ?? other.id}: ${other.meaning}`);
    }
  }
  expect(actions).toBeGreaterThan(10);
  expect(explained('no-such-message', content)).toBeUndefined();
});

test('the Markdown has a part for what the file check reports and for the records around, where there are some, and no other', () => {
  const sections = ({ report: one }: ReturnType<typeof report>) =>
    markdownOf(one)
      .split('\n')
      .filter((line) => line.startsWith('## '));
  const changed = at('10:00:01', 'CRIT', 'msg=<POLICY [ReadOnly] C-------TS>, path=</etc/passwd>');
  const mismatch = at('10:00:02', 'CRIT', 'msg=<Invalid connection attempt: Session key mismatch>, client=<web1.x.y>');
  const withReports = report([{ name: 'text', text: changed }]);
  expect(withReports.report.reports.length).toBeGreaterThan(0);
  expect(sections(withReports)).toContain('## The file check reports');
  const withAround = report([{ name: 'text', text: `${changed}\n${mismatch}` }]);
  expect(sections(withAround).includes('## Records around these')).toBe(withAround.report.around.length > 0);
  expect(all.some(({ fault }) => sections(report(fault)).includes('## Records around these'))).toBe(true);
  expect(sections(report([{ name: 'text', text: mismatch }]))).not.toContain('## The file check reports');
  // The same of what is harmless.
  const headings = (fault: (typeof all)[number]['fault']) => {
    const one = report(fault);
    return one.report.harmless.length > 0 ? sections(one) : undefined;
  };
  const [told] = all
    .values()
    .map(({ fault }) => headings(fault))
    .filter((one) => one !== undefined)
    .take(1);
  expect(told).toContain('## Looks alarming, but is normal');
  expect(sections(withReports)).not.toContain('## Looks alarming, but is normal');
});
