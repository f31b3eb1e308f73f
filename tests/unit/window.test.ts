/** A time that is chosen: which windows have a name in given lines, what words mean, what lies outside. */
import { expect, test } from 'vitest';
import { judge, timesIn } from '../../src/engine/judge.ts';
import { namedWindows, readTime, readWindow } from '../../src/engine/window.ts';
import { content } from './diagnosis/judge.ts';

const line = (at: string, rest: string, zone = '+0000') => `CRIT   :  [${at}${zone}] ${rest}\n`;
const mismatch = (at: string, client: string, zone?: string) =>
  line(at, `msg=<Invalid connection attempt: Session key mismatch>, client=<${client}>`, zone);
const letIn = (at: string, client: string, zone?: string) =>
  line(at, `msg=<NEW CLIENT>, client=<${client}>`, zone).replace('CRIT  ', 'NOTICE');
const started = (at: string) =>
  line(at, `msg=<START>, program=<Yule>, userid=<65534>, path=</etc/yulerc>, hash=<${'A5'.repeat(24)}>`).replace(
    'CRIT ',
    'ALERT',
  );

const read = (text: string) => {
  const judged = judge([{ name: 'yule_log', text }], content);
  const times = timesIn(judged, content);
  if (!times) throw new Error('no times');
  return times;
};
const iso = (time: number | undefined) => time !== undefined && new Date(time).toISOString().slice(0, 19);
const names = (text: string) =>
  Object.fromEntries(namedWindows(read(text)).map(({ name, window }) => [name, [iso(window.from), iso(window.to)]]));

test('a window has a name by the clock of the log: its last day, the night before, the last repair', () => {
  const text = [
    mismatch('2026-11-22T21:00:00', 'web1.example.net', '+0200'),
    letIn('2026-11-23T09:30:00', 'web1.example.net', '+0200'),
    mismatch('2026-11-23T12:00:00', 'web2.example.net', '+0200'),
  ].join('');
  expect(names(text)).toEqual({
    repair: ['2026-11-23T07:30:00', '2026-11-23T10:00:00'],
    today: ['2026-11-22T22:00:00', '2026-11-23T10:00:00'],
    'last-night': ['2026-11-22T18:00:00', '2026-11-23T06:00:00'],
  });
  expect(read(text).repair).toMatchObject({ by: 'fixed', host: 'web1.example.net' });
  // Of one hour nothing but the repair tells a part from the whole.
  expect(names(mismatch('2026-11-23T12:00:00', 'a.example') + mismatch('2026-11-23T12:30:00', 'b.example'))).toEqual(
    {},
  );
});

test('a start of the server is a repair only behind a fault', () => {
  const fault = mismatch('2026-11-23T12:00:00', 'web2.example.net');
  expect(read(started('2026-11-23T11:00:00') + fault).repair).toBeUndefined();
  expect(read(fault + started('2026-11-23T13:00:00')).repair).toEqual({
    by: 'started',
    time: Date.UTC(2026, 10, 23, 13),
  });
});

test('words for a time go by the log, with its zone and its last record', () => {
  const times = { last: Date.UTC(2026, 10, 23, 10), ahead: 2 * 3_600_000, zoned: true };
  const at = (text: string) => iso(readTime(text, times));
  expect(at('2026-11-23T11:00')).toBe('2026-11-23T09:00:00');
  expect(at('2026-11-23 11:00:30')).toBe('2026-11-23T09:00:30');
  expect(at('2026-11-23T11:00Z')).toBe('2026-11-23T11:00:00');
  expect(at('2026-11-23T11:00-0130')).toBe('2026-11-23T12:30:00');
  expect(at('2026-11-23')).toBe('2026-11-22T22:00:00');
  expect(at('11:30')).toBe('2026-11-23T09:30:00');
  // The last 13:00 that the lines can have.
  expect(at('13:00')).toBe('2026-11-22T11:00:00');
  expect(at('90m')).toBe('2026-11-23T08:30:00');
  expect(at(' 2026-11-23 11:00\n')).toBe('2026-11-23T09:00:00');
  for (const text of ['', 'yesterday', '25:00', '2026-13-01', '11', '-2h', '11:00; reboot'])
    expect(at(text)).toBe(false);
  const whole = { ...times, first: Date.UTC(2026, 10, 20) };
  expect(readWindow({ since: '11:00', until: '10:00' }, whole)).toEqual({ not: '10:00' });
  expect(readWindow({ since: 'repair' }, whole)).toEqual({ not: 'repair' });
});

test('what lies outside is counted, and nobody is called never seen for a time alone', () => {
  const text = [
    '[SOF]\n',
    mismatch('2026-11-23T10:00:00', 'web1.example.net'),
    'A rest of something\n',
    mismatch('2026-11-23T11:00:00', 'web2.example.net'),
    mismatch('2026-11-23T12:00:00', 'web3.example.net'),
  ].join('');
  const entry = (name: string) => `Client=${name}@${'A1'.repeat(8)}@${'B2'.repeat(128)}\n`;
  const yulerc = `[Clients]\n${entry('web1.example.net')}${entry('web2.example.net')}${entry('web3.example.net')}`;
  const at = Date.UTC(2026, 10, 23, 11);
  const given = [
    { name: 'yule_log', text },
    { name: 'yulerc', text: yulerc },
  ];
  const { result, outside } = judge(given, content, { window: { from: at, to: at } });
  expect(outside).toEqual({ before: 3, after: 1 });
  expect(result.diagnoses.map(({ host }) => host)).toEqual(['web2.example.net']);
  expect(result.clients.map(({ host }) => host)).toEqual(['web2.example.net']);
});

test('a window that begins behind the last record holds nothing, and its end is not before its beginning', () => {
  const times = read(
    mismatch('2026-11-23T10:00:00', 'web1.example.net') + letIn('2026-11-23T11:00:00', 'web1.example.net'),
  );
  const window = readWindow({ since: '2026-11-24T10:00' }, times);
  expect('not' in window ? window : [iso(window.from), iso(window.to)]).toEqual([
    '2026-11-24T10:00:00',
    '2026-11-24T10:00:00',
  ]);
});
