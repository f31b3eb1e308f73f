/** Other programs print samhain's words, too: their lines are no proof of anything, and what people quote of samhain's is answered. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../../src/engine/catalogue/catalogue.ts';
import { at, judge as judgeAnew, knowledge, verdicts } from './judge.ts';

const tests = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(tests, ...path), 'utf8');
/** The same lines are asked about in several ways. */
const judged = new Map<string, ReturnType<typeof judgeAnew>>();
function judge(text: string): ReturnType<typeof judgeAnew> {
  const found = judged.get(text) ?? judgeAnew(text);
  judged.set(text, found);
  return found;
}
const above = (text: string) => judge(text).diagnoses.filter(({ confidence }) => confidence !== 'possible');

describe('a line of another program', () => {
  const lines = read('foreign', 'lines.txt').split('\n').filter(Boolean);

  test('never makes more than a possibility, and hardly ever that', () => {
    expect(lines.length).toBeGreaterThan(300);
    expect(lines.filter((line) => above(line).length > 0)).toEqual([]);
    expect(lines.filter((line) => judge(line).diagnoses.length > 0)).toEqual(['No server name known']);
  });

  test('is neither an error of samhain nor a sign of health', () => {
    for (const line of lines) expect(['nothing', 'diagnosed'], line).toContain(judge(line).state);
  });

  test.each(readdirSync(join(tests, 'foreign', 'logs')))('a whole log says nothing of samhain: %s', (name) => {
    const { state, diagnoses } = judge(read('foreign', 'logs', name));
    expect([state, diagnoses]).toEqual(['nothing', []]);
  });

  test('beside records of samhain it changes nothing', () => {
    const healthy = at('10:00:00', 'INFO', 'msg=<Session key negotiated>');
    for (const line of lines.filter((one) => one !== 'No server name known'))
      expect(verdicts(judge(`${healthy}\n${line}\n${healthy}`)), line).toEqual([]);
  });

  test('two lines with words in brackets', () => {
    expect(judge(read('wild-kinds', 'foreign-checksum.log')).diagnoses).toEqual([]);
  });
});

describe('the words of each message', () => {
  const { phrases } = createCatalogue(knowledge.messages);
  const texts = [...new Set(phrases.all.map(({ parts }) => parts.join('x1')))];
  const dressed = (words: string): string[] => [
    words,
    `Error: ${words}`,
    `${words}.`,
    `"${words}"`,
    `step 3 failed (${words}), trying again`,
    `I searched for "${words}" and it is not there.`,
    `  * fix the warning '${words}'`,
    `db_1   | ${words}`,
    `2026-01-01 10:00:00,123 ERROR ${words}`,
    `2026-01-01 10:00:00 [main] ERROR c.e.Shop - ${words}`,
    `[10:00:00] ${words}`,
    `app: ${words}`,
    `<error msg="${words}"/>`,
    `<log level="error" msg="${words}" host="web1"/>`,
    `<log severity="ERROR" time="2026-01-01T10:00:00+0000" msg="${words}"/>`,
    `level=error msg="${words}" path="/x"`,
    `{"level":"error","msg":"${words}"}`,
    `{"log":"${words}\\n","stream":"stderr"}`,
    `# ${words}`,
    `Caused by: java.io.IOException: ${words}`,
  ];

  test('prove nothing in the dress of another program', () => {
    const wrong = texts.flatMap(dressed).filter((text) => above(text).length > 0);
    expect(wrong).toEqual([]);
  });

  test('make no diagnosis if they are two or three, nor amid another text', () => {
    for (const words of texts) {
      const short = words.split(/[^\p{L}\p{N}]+/u).filter(Boolean).length <= 3;
      const silent = dressed(words).slice(short ? 0 : 4, short ? undefined : 7);
      expect(silent.filter((text) => judge(text).diagnoses.length > 0)).toEqual([]);
    }
  });
});

describe('what people quote of samhain', () => {
  const possible = [
    ['Session key negotiation failed', 'not-in-client-list'],
    ['ERROR: Session key negotiation failed.', 'not-in-client-list'],
    ['> "Session key negotiation failed"', 'not-in-client-list'],
    ['Invalid connection attempt: Not in client list', 'not-in-client-list'],
    ['Invalid connection attempt: Session key mismatch', 'wrong-password'],
    ['Cannot remove stale lock file, PID may be a running process', 'stale-lock'],
    ['Unrecognized section heading in line 3 of configuration file', 'config-errors'],
    ['msg=<Connection timeout>', 'idle-connection-timeout'],
    ['My samhain says Session key negotiation failed. What now?', 'not-in-client-list'],
    ['I set up yule and samhain.\nAll I get is Session key negotiation failed, since Monday.', 'not-in-client-list'],
    ['yule prints "Invalid connection attempt: Session key mismatch" all day', 'wrong-password'],
  ];

  test.each(possible)('is possible, with an if: %s', (text, problem) => {
    const [first] = judge(text).diagnoses;
    expect(first).toMatchObject({ problem, confidence: 'possible', quoted: true });
    expect(first?.ask.length).toBeGreaterThan(0);
  });

  const sure = [
    ['msg=<Invalid connection attempt: Session key mismatch>, client=<c.example.net>', 'wrong-password'],
    ['msg=<Invalid connection attempt: Session key mismatch>', 'wrong-password'],
    ['sg=<Invalid connection attempt: Session key mismatch>, client=<c.example.net>', 'wrong-password'],
    ['msg="Invalid connection attempt: Session key mismatch" host="c.example.net"', 'wrong-password'],
    ['msg="Refused connection from 198.51.100.20" subroutine="libwrap"', 'refused-by-libwrap'],
    ['Refused connection from 198.51.100.20, subroutine=<libwrap>', 'refused-by-libwrap'],
    ['msg=<Connection timeout>, client=<c.example.net>', 'idle-connection-timeout'],
    ['Nov 23 10:00:00 loghost yule[7]: Connection timeout', 'idle-connection-timeout'],
    ['yule[7]: Invalid connection attempt: Session key mismatch', 'wrong-password'],
    ['yule: Invalid connection attempt: Session key mismatch', 'wrong-password'],
    [
      `${at('10:00:00', 'MARK', 'msg=<---- TIMESTAMP ---->')}\nInvalid connection attempt: Session key mismatch`,
      'wrong-password',
    ],
  ];

  test.each(sure)('is certain with something of samhain around it: %s', (text, problem) => {
    expect(judge(text).diagnoses[0]).toMatchObject({ problem, confidence: 'certain', quoted: false });
  });

  test('far from any record it is a quotation again', () => {
    const mark = at('10:00:00', 'MARK', 'msg=<---- TIMESTAMP ---->');
    const text = `${mark}\n${'x\n'.repeat(30)}Invalid connection attempt: Session key mismatch`;
    expect(judge(text).diagnoses[0]).toMatchObject({ confidence: 'possible', quoted: true });
  });

  test('without its head, right behind a whole record, it may be what a stranger sent', () => {
    const text = `${at('10:00:00', 'MARK', 'msg=<---- TIMESTAMP ---->')}\nmsg=<Connection timeout>`;
    expect(judge(text).diagnoses[0]).toMatchObject({ problem: 'idle-connection-timeout', confidence: 'possible' });
  });

  test('a record makes the diagnosis its own, whatever is quoted beside it', () => {
    const crit = at(
      '10:00:00',
      'CRIT',
      'msg=<Invalid connection attempt: Session key mismatch>, client=<c.example.net>',
    );
    const [first] = judge(`My samhain says Session key negotiation failed, and yule\n${crit}`).diagnoses;
    expect(first).toMatchObject({ problem: 'wrong-password', confidence: 'certain', quoted: false });
  });

  test('shows no end of what a record has shown', () => {
    const crit = at(
      '10:00:00',
      'CRIT',
      'msg=<Invalid connection attempt: Session key mismatch>, client=<c.example.net>',
    );
    const text = `${crit}\nyule should say "restart without prior exit" then`;
    expect(verdicts(judge(text))[0]).toBe('wrong-password certain @c.example.net');
  });
});

test.each([
  ['Address already in use', 'MSG_EXIT_ABORTS', 'address-in-use'],
  ['error: checksum mismatch', 'MSG_E_SUBGEN', 'gpg-checksum-mismatch'],
  ['I searched for "Session key mismatch" and it is not there.', 'MSG_TCP_BADCONN', 'session-key-mismatch'],
  ['My client says Session key negotiation failed. What now?', 'MSG_TCP_NOAUTH', undefined],
  ['<error msg="Invalid input"/>', 'MSG_EINVALS', undefined],
])('its page is offered: %s', (line, message, text) => {
  const { state, read: found } = judge(`hello\n${line}`);
  expect(state).toBe('nothing');
  const like = text === undefined ? { message } : { message, text };
  expect(found.unrecognised).toEqual([
    { source: 0, line: 1, text: 'hello' },
    { source: 0, line: 2, text: line, like: [like] },
  ]);
});
