/** A client whose clock is off: found by its relayed records, and its own lines put at the server's time. */
import { expect, test } from 'vitest';
import { judge } from '../../src/engine/judge.ts';
import { reportOf } from '../../src/report/model.ts';
import { clockText } from '../../src/report/words.ts';
import { content, knowledge, setup } from './diagnosis/judge.ts';

const at = (seconds: number, zone = '+0000') => {
  const ahead = zone === '' ? 0 : Number(zone.slice(0, 3)) * 3600;
  return `${new Date(Date.UTC(2026, 10, 23, 10) + (seconds + ahead) * 1000).toISOString().slice(0, 19)}${zone}`;
};
const relayed = (server: number, client: number, zones = ['+0000', '+0000']) =>
  `<TCP>  :  [${at(server, zones[0])}] client=<web1.example.net>, msg=<INFO   :  [${at(client, zones[1])}] msg=<Checking>, path=</etc/x${server}>>\n`;
const clocks = (text: string) => judge([{ name: 'yule_log', text }], content).read.clocks;
const many = (off: readonly number[], zones?: string[]) =>
  off.map((by, i) => relayed(i * 60, i * 60 + by, zones)).join('');

test('is the smallest difference, in UTC, above two seconds and steady over five records', () => {
  const host = 'web1.example.net';
  expect(clocks(many([3, 3, 2, 3, 3]))).toEqual([{ host, ahead: 3000 }]);
  // Late records are no clock: what waited for the server came minutes after it was written.
  expect(clocks(many([-600, -4, -4, -300, -5, -4, -4]))).toEqual([{ host, ahead: -4000 }]);
  expect(clocks(many([2, 2, 2, 2, 2]))).toBeUndefined();
  expect(clocks(many([3, 3, 3, 3]))).toBeUndefined();
  expect(clocks(many([30, 3, 3, 3, 3, 3]))).toBeUndefined();
  // Another zone is no other clock; without one nothing tells.
  expect(clocks(many([0, 0, 0, 0, 0], ['+0000', '+0200']))).toBeUndefined();
  expect(clocks(many([3600, 3600, 3600, 3600, 3600], ['', '']))).toBeUndefined();
});

test('by it what a client wrote itself is at the time of the server, and a copy of a record is still one', () => {
  const own = (seconds: number, rest: string) => `INFO   :  [${at(seconds)}] ${rest}\n`;
  const text = many([100, 100, 100, 100, 100]);
  const client = [0, 60].map((s) => own(s + 100, `msg=<Checking>, path=</etc/x${s}>`)).join('');
  const { read } = judge(
    [
      { name: 'yule_log', text },
      { name: 'samhain_log', text: client, side: 'client' },
    ],
    content,
  );
  const times = read.findings.map(({ record }) => [record.source, (record.time ?? 0) - Date.UTC(2026, 10, 23, 10)]);
  expect(times).toEqual([...[0, 60, 120, 180, 240].map((s) => [0, s * 1000]), ...[0, 60].map((s) => [1, s * 1000])]);
});

test('is said of a record with the time of the client, not of one that was relayed and has the time of the server', () => {
  const mail = 'msg=<Connection refused, address smtp.example.net>, subroutine=<connect>, service=<mail>';
  const error = (seconds: number) => `ERROR  :  [${at(seconds)}] ${mail}, host=<smtp.example.net>`;
  const told = judge(
    [
      {
        name: 'yule_log',
        text: `${many([100, 100, 100, 100, 100])}<TCP>  :  [${at(300)}] client=<web1.example.net>, msg=<${error(400)}>\n`,
      },
      { name: 'samhain_log', text: `${error(460)}\n`, side: 'client' },
    ],
    content,
  );
  const { diagnoses } = reportOf({ ...told, ...knowledge, setup, checking: knowledge });
  expect(
    diagnoses
      .flatMap(({ evidence }) => evidence)
      .map(({ file, time, clock }) => [file, (time ?? 0) - Date.UTC(2026, 10, 23, 10), clock]),
  ).toEqual([
    ['yule_log', 300_000, undefined],
    ['samhain_log', 360_000, 100_000],
  ]);
});

test('in words', () => {
  const said = (seconds: number) => clockText({ host: 'web1', ahead: seconds * 1000 });
  expect(said(3)).toBe("web1's clock is 3 s ahead of the server's. Its lines are matched to the server's time.");
  expect(said(-3725)).toBe(
    "web1's clock is 1 h 2 min behind the server's. Its lines are matched to the server's time.",
  );
});
