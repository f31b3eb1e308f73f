/**
 * Captured runs of one client each, renamed and shifted in time, become the log of one server: of each client the same must
 * be said as of its run alone. A short share of fixed seed runs in every test; FUZZ_SEED and FUZZ_RUNS make others.
 */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Diagnosis } from '../../../src/engine/diagnosis/index.ts';
import { samples, session } from '../../captures/samples.ts';
import { judge } from './judge.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261127);
const runs = Math.max(20, Math.round(Number(process.env.FUZZ_RUNS ?? 60) / 5));
vi.setConfig({ testTimeout: 3_600_000 });

interface Entry {
  /** Milliseconds. */
  time: number;
  text: string;
}

/** A record on the server's terminal, in either form: one line, with its time. */
const record = /^(?:[A-Z<>]{4,7} *: {2}\[|<log sev="[A-Z]{4}" tstamp=")([\d-]{10}T[\d:]{8}[+-]\d{4})/;
/** The server's own start and end are no client's. */
const ofServer =
  /program=["<]Yule|msg=["<]Server up|^\w+ *: {2}\[[^\]]*\] msg=<Runtime config|^<log [^<]*msg="Runtime config/;

function entriesOf(log: string): Entry[] {
  return log.split('\n').flatMap((text) => {
    const stamp = record.exec(text)?.[1];
    return stamp && !ofServer.test(text) ? [{ time: Date.parse(stamp), text }] : [];
  });
}

/** Runs by the form of their records: one server writes one form. */
const forms = ['plain', 'xml'].map((form) =>
  samples()
    .filter(({ name }) => new RegExp(`^(?:0[2-9]|10|12h|13a|14n|50a)\\w*-.*/(?:26|41|42)-${form}$`).test(name))
    .flatMap(({ name, fault, after }) => {
      const log = session(fault, after).find((source) => source.name === 'server.stderr')?.text ?? '';
      const entries = entriesOf(log);
      const names = new Set([...log.matchAll(/(?:client=<|remote_host=")([\w.-]*)[>"]/g)].map((found) => found[1]));
      // One client, whom the server knows by name or by its one address.
      const others = [...names].filter((client) => client && !/^client1(?:\.example\.net)?$/.test(client));
      return entries.length > 0 && others.every((client) => client === '198.51.100.20') ? [{ name, entries }] : [];
    }),
);

/** The log of a run as that of another client at another time. */
function moved(entries: readonly Entry[], number: number, start: number): Entry[] {
  const first = entries[0]?.time ?? 0;
  const base = Date.parse('2026-11-25T10:00:00Z');
  return entries.map(({ time, text }) => {
    const shift = base + start * 1000 - first;
    const renamed = text
      .replaceAll('client1', `host${number}`)
      .replaceAll('198.51.100.20', `198.51.100.${100 + number}`)
      .replaceAll(/(?<=\[|tstamp=")\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}(?=[\]"])/g, (stamp) => {
        const at = new Date(Date.parse(stamp) + shift).toISOString().slice(0, 19);
        return `${at}+0000`;
      });
    return { time: time + shift, text: renamed };
  });
}

/** By time; what happened in one second in any order, each run's own order kept. */
function merged(logs: readonly (readonly Entry[])[], order: readonly number[]): string {
  const waiting = logs.map((log) => [...log]);
  const lines: string[] = [];
  for (let step = 0; ; step += 1) {
    const heads = waiting.filter((log) => log.length > 0);
    if (heads.length === 0) return lines.join('\n');
    const time = Math.min(...heads.map(([head]) => head?.time ?? 0));
    const able = heads.filter(([head]) => (head?.time ?? 0) <= time);
    const log = able[(order[step % order.length] ?? 0) % able.length];
    for (let next = log?.shift(); next; next = log?.shift()) {
      lines.push(next.text);
      // The server writes these and what follows of the same client in one go.
      if (/(?:client|host)=["<]|msg=["<]New connection/.test(next.text)) break;
    }
  }
}

interface Said {
  words: string;
  /** Time of the end; none for an address: whose it is can be told of one client, and not among many. */
  over: number | undefined;
}

/** What is said of a client, sorted. */
function said(diagnoses: readonly Diagnosis[], number: number): Said[] {
  const name = `host${number}`;
  const address = `198.51.100.${100 + number}`;
  return diagnoses
    .filter(({ host = '' }) => host === name || host.startsWith(`${name}.`) || host === address)
    .map(({ problem, host = '', confidence, over }) => {
      const end = over && host !== address ? over : undefined;
      return { words: `${problem} ${confidence} ${host}${end ? ' over' : ''}`, over: end?.time };
    })
    .sort((a, b) => (a.words < b.words ? -1 : 1));
}

test('there are runs to merge', () => {
  expect(forms.map(({ length }) => length > 12)).toEqual([true, true]);
});

test.each(forms.map((kinds) => [kinds]))('what is said of a client does not depend on the others', (kinds) => {
  const one = fc.record({ run: fc.nat(kinds.length - 1), start: fc.nat(900) });
  const all = fc.record({
    clients: fc.array(one, { minLength: 2, maxLength: 14 }),
    order: fc.array(fc.nat(13), { minLength: 30, maxLength: 60 }),
  });
  fc.assert(
    fc.property(all, ({ clients, order }) => {
      // Names that nobody knows, within seconds, are somebody who goes through a list: they stand apart here.
      const logs = clients.map(({ run, start }, i) => moved(kinds[run]?.entries ?? [], i + 10, start + 40 * i));
      const together = judge(merged(logs, order), 'server');
      logs.forEach((log, i) => {
        const alone = judge(log.map(({ text }) => text).join('\n'), 'server');
        const name = kinds[clients[i]?.run ?? 0]?.name;
        const [its, own] = [said(together.diagnoses, i + 10), said(alone.diagnoses, i + 10)];
        expect({ name, said: its.map(({ words }) => words) }).toEqual({ name, said: own.map(({ words }) => words) });
        // Where two connections overlap nothing tells whose a line without a name is: then the end is seen a little later.
        its.forEach(({ over = 0 }, n) => {
          expect(Math.abs(over - (own[n]?.over ?? 0)), name).toBeLessThan(10_000);
        });
      });
    }),
    { seed, numRuns: runs },
  );
});
