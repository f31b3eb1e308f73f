/**
 * One server's log of 26 clients against what was done to each of them, client by client: what stands, what is fixed, and
 * who is well. Nothing of one client may say anything of another.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClientState } from '../../../src/engine/diagnosis/index.ts';
import { judgeSources } from './judge.ts';

const folder = join(import.meta.dirname, '../../captures/20a-many-clients');

interface Row {
  problem: string;
  from: number;
  /** Undefined: it lasted to the end. */
  to: number | undefined;
}

/** The server knows these by their addresses only. */
const address: Record<string, string> = { nas: '198.51.100.26', 'lab-pc7.example.edu': '198.51.100.30' };
/** A server alone cannot tell these two apart. */
const alike = ['restart-without-exit', 'second-instance'];
/** What a client's own clock, the second's end and the next report can differ by. */
const about = 2_000;

function truth(): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  const [, ...lines] = readFileSync(join(folder, 'truth.tsv'), 'utf8').trim().split('\n');
  for (const line of lines) {
    const [client = '', problem = '', from = '', to = ''] = line.split('\t');
    // The restart of the server itself is no client's.
    if (client === '*') continue;
    const host = address[client] ?? client.toLowerCase();
    const row = { problem, from: Date.parse(from), to: to === 'end' ? undefined : Date.parse(to) };
    rows.set(host, [...(rows.get(host) ?? []), row]);
  }
  return rows;
}

const clients = truth();
const one = (problem: string) => (alike.includes(problem) ? alike : [problem]);

test('the truth is about 26 clients', () => {
  expect(clients.size).toBe(26);
});

describe.each(['server.log', 'server.syslog', 'server.stderr'])('%s alone', (name) => {
  const result = judgeSources([{ name, text: readFileSync(join(folder, '42-plain', name), 'utf8') }]);
  const of = (host: string) => result.diagnoses.filter((diagnosis) => diagnosis.host === host);

  test.each([...clients])('%s', (host, rows) => {
    const lasting = rows.filter(({ problem, to }) => to === undefined && problem !== 'healthy');
    const fixed = rows.filter(({ to }) => to !== undefined);
    const [first, ...others] = of(host).filter(({ over }) => !over);
    if (lasting.length > 0) expect(lasting.flatMap(({ problem }) => one(problem))).toContain(first?.problem);
    else expect([first, ...others].filter(Boolean)).toEqual([]);
    for (const { problem, to = 0 } of fixed) {
      const said = of(host).filter((diagnosis) => one(problem).includes(diagnosis.problem));
      expect(said).not.toEqual([]);
      // What goes on under another name may stand a while longer; where nothing stands, all of it is over, and not too early.
      if (lasting.length > 0) continue;
      for (const { over } of said) expect(over && over.time !== undefined && over.time >= to - about).toBe(true);
    }
    const state = result.clients.find((client) => client.host === host)?.state;
    const silent = lasting.some(({ problem }) => problem === 'client-silent');
    const wanted: ClientState = silent ? 'silent' : lasting.length > 0 ? 'to-fix' : fixed.length > 0 ? 'fixed' : 'fine';
    expect(state).toBe(wanted);
  });

  test('no other client is named', () => {
    const hosts = result.clients.map(({ host }) => host);
    expect(hosts).toEqual([...clients.keys()].sort());
  });
});
