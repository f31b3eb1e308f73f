/** What the sieve leaves out changes nothing: the same log, whole and reduced, must get the same answer. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { judge, lastTime, readSince } from '../../../src/engine/judge.ts';
import { lineLookup, missingIn } from '../../../src/engine/log/lines.ts';
import type { Limits } from '../../../src/engine/sieve/sieve.ts';
import { Summary, usualMost } from '../../../src/engine/summarise.ts';
import type { Source } from '../../../src/engine/types.ts';
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

test('of a time that was chosen only what happened in it counts, reduced or not', () => {
  const bytes = made('worst', 1_000_000);
  const whole: Source = { name: 'server.log', text: bytes.toString() };
  const from = readSince('5m', lastTime(judge([whole], rules).read)) ?? 0;
  const summary = new Summary(() => rules, { ...usualMost, whole: 800 }, { from });
  summary.push(bytes);
  const source: Source = { name: 'server.log', ...summary.end() };
  const problemsOf = (one: Source) =>
    judge([one], rules, { window: { from } }).result.diagnoses.map(({ problem, host }) => `${problem} ${host}`);
  const all = judge([whole], rules).result.diagnoses;
  const chosen = problemsOf(whole);
  expect(chosen.length).toBeGreaterThan(0);
  expect(chosen.length).toBeLessThan(all.length);
  expect(problemsOf(source).sort()).toEqual(chosen.sort());
  expect(readSince('yesterday', 0)).toBeUndefined();
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
