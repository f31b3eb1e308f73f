/** What the sieve leaves out changes nothing: the same log, whole and reduced, must get the same answer. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { judge, timesIn } from '../../../src/engine/judge.ts';
import { lineLookup, missingIn } from '../../../src/engine/log/lines.ts';
import type { Limits } from '../../../src/engine/sieve/sieve.ts';
import { Summary, usualMost } from '../../../src/engine/summarise.ts';
import type { Source } from '../../../src/engine/types.ts';
import { sliceOf, type Window } from '../../../src/engine/window.ts';
import { type Kind, makeLog } from '../../bench/logs.ts';
import { samples } from '../../captures/samples.ts';
import { content } from '../diagnosis/judge.ts';

vi.setConfig({ testTimeout: 600_000 });

const rules = content;
/** So little is kept that most captured runs lose records. */
const little: Limits = { ...usualMost.sieve, first: 1, last: 2, before: 6, after: 4, reports: 5 };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A server's log through the sieve, in pieces of a size. */
function reduced(bytes: Uint8Array, sieve: Limits, size = bytes.length, whole = 800): Source {
  const summary = new Summary(() => rules, { ...usualMost, whole, sieve });
  for (let at = 0; at < bytes.length; at += size) summary.push(bytes.subarray(at, at + size));
  return { name: 'server.log', ...summary.end() };
}

/** All that is said, with times and lines. */
function said(source: Source) {
  const { read, result } = judge([source], rules);
  const lineOf = (finding: number) => read.findings[finding]?.record.line;
  return {
    lines: read.lines,
    records: read.records,
    state: result.state,
    clients: result.clients,
    diagnoses: result.diagnoses
      .map(({ problem, confidence, host, over, from, to }) => ({
        problem,
        confidence,
        host,
        over: over && { line: lineOf(over.finding), likely: over.likely },
        from,
        to,
      }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    open: result.open.map(lineOf),
    // (By which of several records does not matter, since each shows it.)
    excluded: result.excluded.map(({ problem, host, because }) => [problem, host, because.map(({ kind }) => kind)]),
    notJudged: result.notJudged.map(({ problem, needs }) => [
      problem,
      needs.map((need) => ('side' in need ? [need.side, lineOf(need.finding ?? -1)] : need)),
    ]),
  };
}

const logs = samples().flatMap(({ name, fault }) =>
  fault.flatMap((source) =>
    source.name === 'server.log' && source.text.length > 2000 ? [{ name, text: source.text }] : [],
  ),
);

test('the records of captured server logs take the way of the sieve', () => {
  let records = 0;
  let clean = 0;
  for (const { text } of logs) {
    const none: Limits = { ...little, first: 0, last: 0, before: 0, after: 0, reports: 0 };
    const bytes = bytesOf(text);
    const summary = new Summary(() => rules, { ...usualMost, whole: 800, sieve: none });
    summary.push(bytes);
    const { excerpt } = summary.end();
    if (!excerpt) continue;
    clean += excerpt.clean;
    records += judge([{ name: 'server.log', text }], rules).read.records;
  }
  expect(records).toBeGreaterThan(6000);
  expect(clean / records).toBeGreaterThan(0.99);
});

describe.each([
  ['as it is', (text: string) => text],
  ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ['by another clock', (text: string) => text.replaceAll(/(\d\d:\d\d:\d\d)\+0000/g, '$1-0330')],
] as const)('%s, a captured log says the same', (_, changed) => {
  test('reduced to little', () => {
    let left = 0;
    for (const { name, text } of logs) {
      const whole = changed(text);
      const source = reduced(bytesOf(whole), little);
      left += source.excerpt?.records ?? 0;
      expect(said(source), name).toEqual(said({ name: 'server.log', text: whole }));
    }
    expect(left).toBeGreaterThan(2000);
  });
});

test('a log of a clock that was never set, and records of very many values, say the same, and nothing is added', () => {
  const sign =
    'CRIT   :  [1970-01-01T00:00:03+0000] msg=<Invalid connection attempt: Not in client list>, client=<web1.x.y>';
  const mark = 'MARK   :  [1970-01-01T00:00:04+0000] msg=<Server up, simultaneous connections: 1017>, socket_id=<3>';
  const many = `ERROR  :  [1970-01-01T00:00:05+0000] msg=<Refused connection from web1.x.y>${Array.from({ length: 70 }, (_, i) => `, v${i}=<${i}>`).join('')}, subroutine=<libwrap>`;
  const text = `${[sign, ...Array(30).fill(mark), many, ...Array(30).fill(mark)].join('\n')}\n`;
  const source = reduced(bytesOf(text), little);
  expect(source.excerpt?.records).toBeGreaterThan(20);
  expect(source.text.split('\n').every((line) => text.includes(line))).toBe(true);
  expect(source.text.startsWith(sign)).toBe(true);
  expect(source.text.match(/v69/g)).toHaveLength(1);
  expect(said(source)).toEqual(said({ name: 'server.log', text }));
});

test('lines keep their numbers, and the size of the pieces changes nothing', () => {
  for (const { name, text } of logs.filter((_, i) => i % 9 === 0)) {
    const source = reduced(bytesOf(text), little);
    const original = lineLookup(text);
    const kept = lineLookup(source.text, missingIn(source));
    const { read } = judge([source], rules);
    for (const { record } of read.findings) {
      expect(kept(record.line), name).toBe(original(record.line));
    }
    for (const size of [1, 97, 4096]) expect(reduced(bytesOf(text), little, size), name).toEqual(source);
  }
});

const folder = mkdtempSync(join(tmpdir(), 'sieve-'));
afterAll(() => rmSync(folder, { recursive: true }));

function made(kind: Kind, size: number): Buffer {
  const path = join(folder, kind);
  makeLog(join(import.meta.dirname, '../../captures'), kind, size, path);
  return readFileSync(path);
}

test('a log of 300 clients over a week says the same, and most of it is left out', () => {
  const bytes = made('ordinary', 3_000_000);
  const source = reduced(bytes, usualMost.sieve);
  expect(said(source)).toEqual(said({ name: 'server.log', text: bytes.toString() }));
  expect(source.text.length).toBeLessThan(bytes.length / 2);
});

test('what was left out is counted with what it stands for', () => {
  const bytes = made('worst', 1_500_000);
  const total = (source: Source) => {
    const { read, result } = judge([source], rules);
    return result.reports.reduce((sum, finding) => {
      const { line } = read.findings[finding]?.record ?? { line: 0 };
      return sum + 1 + (source.excerpt?.stands.get(line) ?? 0);
    }, 0);
  };
  const source = reduced(bytes, little);
  expect(source.excerpt?.stands.size).toBeGreaterThan(10);
  expect(total(source)).toBe(total({ name: 'server.log', text: bytes.toString() }));
});

/** Problems, clients and lines that lie outside, of a source in a window. */
function inWindow(source: Source, window: Window) {
  const { result, outside } = judge([source], rules, { window });
  const diagnoses = result.diagnoses.map(({ problem, host, over, from, to }) =>
    [problem, host, over ? over.time : false, from, to].join(' '),
  );
  return { diagnoses: diagnoses.sort(), clients: result.clients, outside };
}

/** The last part of a log, by its last record. */
const lastOf = (source: Source, before: number): Window => {
  const to = timesIn(judge([source], rules), rules)?.last ?? 0;
  return { from: to - before, to };
};

test('of a time that was chosen only what happened in it counts, reduced or not', () => {
  const bytes = made('worst', 1_000_000);
  const whole: Source = { name: 'server.log', text: bytes.toString() };
  const window = lastOf(whole, 5 * 60_000);
  const summary = new Summary(() => rules, { ...usualMost, whole: 800 }, window);
  summary.push(bytes);
  const said = inWindow({ name: 'server.log', ...summary.end() }, window);
  const all = judge([whole], rules).result.diagnoses;
  const chosen = inWindow(whole, window);
  expect(chosen.diagnoses.length).toBeGreaterThan(0);
  expect(chosen.diagnoses.length).toBeLessThan(all.length);
  expect(said.clients).toEqual(chosen.clients);
  expect(said.outside).toEqual(chosen.outside);
  expect(chosen.outside?.before).toBeGreaterThan(1000);
  expect(chosen.outside?.after).toBe(0);
});

test('of a long log only the part in which the window lies is read again, and the answer is the same', () => {
  const bytes = made('ordinary', 12_000_000);
  const whole = reduced(bytes, usualMost.sieve);
  const { excerpt } = whole;
  if (!excerpt) throw new Error('the log was not reduced');
  // The stretches cover the file, in its order.
  expect(excerpt.index[0]).toMatchObject({ at: 0, line: 1 });
  // (Counted from stretch to stretch: from the beginning each time it took as long as all the rest.)
  let [counted, above] = [0, 0];
  for (const { at, line } of excerpt.index) {
    for (let next = bytes.indexOf(10, counted); next >= 0 && next < at; next = bytes.indexOf(10, next + 1)) above += 1;
    counted = at;
    expect(above).toBe(line - 1);
  }
  const lines = bytes.toString().split('\n');
  const times = timesIn(judge([whole], rules), rules);
  if (!times) throw new Error('no times');
  const days = (n: number) => times.first + n * 86_400_000;
  for (const window of [
    { from: days(2), to: days(3) },
    { from: times.first, to: days(0.2) },
    { from: days(5.5), to: times.last },
  ]) {
    const slice = sliceOf(excerpt, window);
    expect(slice.end - slice.at).toBeLessThan(bytes.length * 0.75);
    const once = new Summary(() => rules, usualMost, window);
    once.push(bytes);
    const again = new Summary(() => rules, usualMost, window, slice);
    again.push(bytes.subarray(slice.at, slice.end));
    const read: Source = { name: 'server.log', ...again.end() };
    const said = inWindow(read, window);
    expect(said).toEqual(inWindow({ name: 'server.log', ...once.end() }, window));
    expect(said.diagnoses).toEqual(inWindow({ name: 'server.log', text: bytes.toString() }, window).diagnoses);
    const { before, after } = said.outside ?? { before: 0, after: 0 };
    // The first line that counts, and the first one after those that do, by their own times.
    const timeFrom = (i: number) => {
      const stamp = lines.slice(i, i + 3).map((line) => /\[(\S{19})\+0000\]/.exec(line)?.[1]);
      return Date.parse(`${stamp.find(Boolean)}Z`);
    };
    expect(timeFrom(before)).toBeGreaterThanOrEqual(window.from);
    expect(timeFrom(before)).toBeLessThanOrEqual(window.to);
    if (after > 0) expect(timeFrom(excerpt.lines - after)).toBeGreaterThan(window.to);
  }
});

/** Records of a client, by minutes after midnight. */
function client(name: string) {
  const log = logs.find(({ name }) => name.endsWith('42-plain'))?.text ?? '';
  const sign = log.split('\n').find((line) => /^[0-9A-F]{48}$/.test(line)) ?? '';
  return (label: string, minutes: number, words: string) => {
    const time = new Date(Date.UTC(2026, 10, 23, 0, minutes)).toISOString().slice(0, 19);
    return `${label}  [${time}+0000] msg=<${words}>, client=<${name}>\n${sign}\n`;
  };
}

test('what stops no connection is over where it was, however little is kept of the quiet time after it', () => {
  const record = client('web1.example.net');
  // Twice an hour a file is taken, for twenty hours; in the first five it was restarted without an end, mostly each hour.
  let text = '';
  for (let half = 0; half < 40; half++) {
    if ([0, 2, 6, 8, 10].includes(half)) text += record('CRIT   :', half * 30, 'Restart without prior exit');
    text += record('INFO   :', half * 30 + 1, 'File transfer completed');
  }
  const whole = said({ name: 'server.log', text });
  expect(whole.diagnoses[0]?.over).toMatchObject({ line: expect.any(Number) });
  const source = reduced(bytesOf(text), { ...little, after: 1, before: 1 });
  expect(source.excerpt?.records).toBeGreaterThan(10);
  expect(said(source)).toEqual(whole);
});

test('the last sign of life of a client is kept, whatever was heard of it after', () => {
  const record = client('web1.example.net');
  let text = '';
  for (let i = 0; i < 40; i++) text += record('INFO   :', i, 'File transfer completed');
  for (let i = 0; i < 40; i++) text += record('INFO   :', 100 + i, 'Force authentication');
  // (The last one of its kind is another client's.)
  text += client('web2.example.net')('INFO   :', 200, 'File transfer completed');
  const whole = said({ name: 'server.log', text });
  expect(whole.clients[0]).toMatchObject({ alive: Date.UTC(2026, 10, 23, 0, 39) });
  const source = reduced(bytesOf(text), { ...little, after: 1, before: 1 });
  expect(source.excerpt?.records).toBeGreaterThan(40);
  expect(said(source)).toEqual(whole);
});

test('what a stranger sends is never left out as if it were known', () => {
  const log = logs.find(({ name }) => name.startsWith('01a')) ?? logs[0];
  const [head = '', sign = ''] = (log?.text ?? '').split('\n').filter((line) => /^INFO|^[0-9A-F]{48}$/.test(line));
  const forged = `${head.slice(0, 37)}msg=<New connection>, socket_id=<4>, client=<a>, msg=<Session key mismatch>\n${sign}\n`;
  const text = `${log?.text ?? ''}${forged.repeat(400)}`;
  const source = reduced(bytesOf(text), usualMost.sieve);
  expect(said(source)).toEqual(said({ name: 'server.log', text }));
});

test('an error that nothing explains is found among many records', () => {
  const log = logs.find(
    ({ name, text }) =>
      name.endsWith('42-plain') && judge([{ name: 'server.log', text }], rules).result.state === 'healthy',
  );
  const lines = (log?.text ?? '').split('\n');
  const sign = lines.find((line) => /^[0-9A-F]{48}$/.test(line)) ?? '';
  const stamp = /\[\d[^\]]*\]/.exec(log?.text ?? '')?.[0];
  const error = `ERROR  :  ${stamp} msg=<Insecure key generation>, subroutine=<keys>\n${sign}\n`;
  const usual = `INFO   :  ${stamp} msg=<New connection>, socket_id=<4>\n${sign}\n`;
  const text = `${log?.text ?? ''}${usual.repeat(50)}${error}${usual.repeat(50)}`;
  const source = reduced(bytesOf(text), { ...little, after: 1, before: 1 });
  const whole = said({ name: 'server.log', text });
  expect(source.excerpt?.records).toBeGreaterThan(50);
  expect(whole.open.length).toBeGreaterThan(0);
  expect(said(source)).toEqual(whole);
});

test('clients whose names begin alike are told apart, however many', () => {
  const log = logs.find(({ name }) => name.endsWith('42-plain'))?.text ?? '';
  const sign = log.split('\n').find((line) => /^[0-9A-F]{48}$/.test(line)) ?? '';
  let seconds = Date.UTC(2026, 10, 23) / 1000;
  const record = (label: string, body: string) => {
    seconds += 20;
    return `${label}  [${new Date(seconds * 1000).toISOString().slice(0, 19)}+0000] ${body}\n${sign}\n`;
  };
  const visit = (name: string, refused: boolean) =>
    record('NOTICE :', `msg=<NEW CLIENT>, client=<${name}>`) +
    (refused
      ? record('CRIT   :', `msg=<Invalid connection attempt: Session key mismatch>, client=<${name}>`)
      : record('INFO   :', `msg=<File transfer completed>, client=<${name}>`));
  let text = '';
  for (let round = 0; round < 6; round++)
    for (let i = 0; i < 40; i++) text += visit(`web.site${i}.example.net`, i % 5 === 0);
  const source = reduced(bytesOf(text), little);
  const whole = said({ name: 'server.log', text });
  expect(source.excerpt?.records).toBeGreaterThan(50);
  expect(whole.clients.filter(({ state }) => state === 'to-fix')).toHaveLength(8);
  const { clients, diagnoses } = said(source);
  expect({ clients, diagnoses }).toEqual({ clients: whole.clients, diagnoses: whole.diagnoses });
});

test('words that only look alike to a table are told apart', () => {
  const log = logs.find(({ name }) => name.endsWith('42-plain'))?.text ?? '';
  const sign = log.split('\n').find((line) => /^[0-9A-F]{48}$/.test(line)) ?? '';
  const stamp = /\[\d[^\]]*\]/.exec(log)?.[0];
  // The same sum of bytes as `New connection`.
  const of = (words: string) => `INFO   :  ${stamp} msg=<${words}>, socket_id=<4>\n${sign}\n`;
  const usual = of('New connection').repeat(30);
  const text = `${log}${usual}${of('OFw connection').repeat(3)}${usual}`;
  const source = reduced(bytesOf(text), little);
  expect(source.text.match(/OFw/g)).toHaveLength(3);
});

test('a text that is no server log keeps its end, as before', () => {
  const text = `${'Nov 23 15:20:33 host sshd[812]: Accepted publickey\n'.repeat(3000)}`;
  const source = reduced(bytesOf(text), usualMost.sieve);
  expect(source.excerpt).toBeUndefined();
  expect(source.text).toBe(text);
});
