/** However lines end, all that cuts a text agrees: the number of a line, the line shown for it, secrets, configurations. */
import { expect, test } from 'vitest';
import { analyseToView } from '../../../src/components/diagnosis/view.ts';
import { Tail } from '../../../src/engine/tail.ts';
import { jsonOf } from '../../../src/report/json.ts';
import { reportOf } from '../../../src/report/model.ts';
import { at, judgeSources, knowledge, setup } from './judge.ts';

const refusal = at('10:00:00', 'CRIT', 'msg=<Invalid connection attempt: Not in client list>, client=<c.example.net>');
const quiet = at('09:00:00', 'INFO', 'msg=<Session key negotiated>');
const signs = '8C1F0B2D77A9E3C4';
const verifier = `Client=c.example.net@${signs}@${'0A1B2C3D'.repeat(32)}`;

function faces(text: string, part?: { skippedLines: number; bytes: number }) {
  const sources = [{ name: 'x.log', text, ...(part ? { part } : {}) }];
  const result = judgeSources(sources);
  const [diagnosis] = jsonOf(reportOf({ read: result.read, result, ...knowledge, setup })).diagnoses;
  const [verdict] = analyseToView(sources).verdicts;
  return { json: diagnosis?.evidence[0]?.line, page: verdict?.evidence[0], lines: result.read.lines, result };
}

/** Lines before the refusal, the text, and the number of the line. */
const endings: [string, string, number][] = [
  ['LF', `${quiet}\n\n${refusal}\n`, 3],
  ['CR LF', `${quiet}\r\n\r\n${refusal}\r\n`, 3],
  ['CR alone', `${quiet}\r\r${refusal}\r`, 3],
  ['NEL alone', `${quiet}\u0085\u0085${refusal}\u0085`, 3],
  ['the separators of Unicode', `${quiet}\u2028\u2029${refusal}`, 3],
  ['LF, with CR inside lines', `working 1%\rworking 99%\r\n${quiet}\r\r\n${refusal}\n`, 3],
  ['LF, with separators inside lines', `${quiet}\u2028${quiet}\n${quiet}\v${quiet}\n${refusal}\n`, 3],
  ['a form feed', `${quiet}\f\n${refusal}\n`, 2],
];

test.each(endings)('%s', (_, text, line) => {
  const { json, page, lines } = faces(text);
  expect(json).toBe(line);
  expect(page).toMatchObject({ where: `x.log, line ${line}`, line: refusal });
  expect(lines).toBe(line);
});

test.each(endings)('%s, of a file of which only the end was read', (_, text) => {
  const before = text.replace(refusal, quiet);
  const tail = new Tail({ bytes: text.length + quiet.length + 8, lines: 1000 });
  const whole = `${before.repeat(40)}${text}`;
  tail.push(new TextEncoder().encode(whole));
  const { text: end, part } = tail.end();
  const known = faces(whole);
  const { json, page, lines } = faces(end, part);
  expect(part?.skippedLines).toBeGreaterThan(20);
  expect([json, page]).toEqual([known.json, known.page]);
  expect(lines + (part?.skippedLines ?? 0)).toBe(known.lines);
});

test.each(['\n', '\r', '\u0085', '\u2028', '\v'])('a secret ends with its line: %j', (end) => {
  const password = ['PW=abc', refusal].join(end);
  expect(faces(password).json).toBe(end === '\v' ? 1 : 2);
  // The line below is a part of the secret only if it can be one.
  const { result } = faces([verifier, refusal, `password = secret`, refusal].join(end));
  expect(result.read.findings).toHaveLength(2);
  expect(JSON.stringify(result.read)).not.toContain(signs);
});

test.each(['\n', '\r', '\u2028'])('a configuration is one: lines that end in %j', (end) => {
  const { read } = faces(['[Log]', 'LogSeverity=warn', '[Misc]', 'SetLoopTime=60'].join(end)).result;
  expect(read.configurations).toEqual([0]);
});

test('lines of nothing but marks of quotation are blank, however many, and are held once', () => {
  const text = `> ${quiet}\n${'>\n> >\n  |\n'.repeat(300_000)}> ${refusal}`;
  const { json, lines, result } = faces(text);
  expect([json, lines]).toEqual([900_002, 900_002]);
  expect(result.read.asides.map(({ kind, line, endLine }) => [kind, line, endLine])).toEqual([['blank', 2, 900_001]]);
  const tail = new Tail({ bytes: 10_000_000, lines: 10 });
  tail.push(new TextEncoder().encode(text));
  expect(tail.end().part).toBeUndefined();
});
