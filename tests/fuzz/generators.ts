/**
 * Made inputs: captured logs cut, mixed, damaged and dressed; lines of other programs; names that attack. All of it comes
 * from one seed, so that whatever fails can be made again.
 */
import fc from 'fast-check';
import type { Source } from '../../src/engine/types.ts';
import { samples } from '../captures/samples.ts';

/** Logs short enough that thousands can be read. */
const mostCharacters = 40_000;

const logs = samples()
  .flatMap(({ name, fault }) => fault.map(({ text, side }) => ({ name, side, text })))
  .filter(({ text }) => text.length > 0 && text.length < mostCharacters);

const runs = samples().filter(
  ({ fault }) => fault.length > 0 && fault.reduce((sum, { text }) => sum + text.length, 0) < mostCharacters,
);

/** One captured log. */
export const log = fc.constantFrom(...logs).map(({ text }) => text);

/** The logs of one captured run. */
export const run: fc.Arbitrary<Source[]> = fc.constantFrom(...runs).map(({ fault }) => [...fault]);

/** What a log is written with: heads, names of items, quotation marks, marks of syslog, of XML, of blocks. */
const words = [
  'msg=<',
  'msg="',
  '>, ',
  '" ',
  '>',
  ', ',
  '\n',
  '\n\n',
  'client=<a>',
  'host=<b.example.net>',
  'CRIT   :  [2026-11-23T15:18:17+0000] ',
  'ERROR  :  [2026-11-23T15:18:18+0000] msg=<',
  '<TCP>  :  [2026-11-23T15:18:19+0000] client=<c>, msg=<',
  '<log sev="CRIT" tstamp="2026-11-23T15:18:17+0000" ',
  '" />',
  'Nov 23 15:18:17 yule Yule[35]: ',
  'Nov 23 15:18:17 web1 Samhain[36]: ',
  'Session key mismatch',
  'Invalid connection attempt: ',
  'expect=<PARP>',
  '0123456789ABCDEF'.repeat(3),
  '[SOF]',
  '---------   sh_unix.c  ---   1174 ---------',
  '-'.repeat(44),
  'samhain[1]: exit on signal 11',
  '==> a.log <==',
  'Client=a@0123456789ABCDEF@b',
  'password=a',
  '{"MESSAGE":"',
  '> ',
  '\u001b[31m',
  '\u200b',
  '\u2028',
  '\r',
  '=3D',
  '=\n',
  'a',
  ' ',
];

/** A text that is made of such words, as no program would. */
export const soup = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 60 }).map((list) => list.join(''));

type Edit = (text: string, at: number, word: string, length: number) => string;

const edits: Edit[] = [
  (text, at, _, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, word) => text.slice(0, at) + word + text.slice(at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at, _, length) => text + text.slice(at, at + length * 20),
  (text, at, _, length) => text.slice(at) + text.slice(0, at).slice(0, length * 50),
  (text, at, _, length) => text.slice(0, at) + text.slice(at, at + length).toUpperCase() + text.slice(at + length),
  (text, _, __, length) => text.replace(new RegExp(`[^\\n]{${length + 30}}`, 'g'), '$&\n'),
  (text, at) => text.slice(0, at) + String.fromCharCode(at % 0x250) + text.slice(at + 1),
];

/** A captured log after some accidents: lines lost, doubled, moved, broken, characters exchanged. */
export const damaged = fc
  .tuple(
    log,
    fc.array(
      fc.record({
        edit: fc.constantFrom(...edits),
        place: fc.double({ min: 0, max: 1, noNaN: true }),
        word: fc.constantFrom(...words),
        length: fc.integer({ min: 1, max: 90 }),
      }),
      { minLength: 1, maxLength: 6 },
    ),
  )
  .map(([text, accidents]) =>
    accidents.reduce(
      (now, { edit, place, word, length }) => edit(now, Math.floor(place * now.length), word, length),
      text,
    ),
  );

/** Ways in which the same lines can come, that say nothing of what happened. */
export const dresses: Record<string, (sources: Source[]) => Source[]> = {
  'with CR LF': each((text) => text.replace(/\n/g, '\r\n')),
  'with a byte order mark': each((text) => `\ufeff${text}`),
  'without the last line end': each((text) => text.trimEnd()),
  'with blank lines at both ends': each((text) => `\n\n${text}\n\n`),
  'in another order of files': (sources) => [...sources].reverse(),
  'quoted in a mail': each((text) =>
    text
      .split('\n')
      .map((line) => `> ${line}`)
      .join('\n'),
  ),
  'as HTML': each((text) => `<pre>\n${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')}</pre>`),
  'with no-break spaces': each((text) => text.replace(/ /g, '\u00a0')),
  'in colour': each((text) => text.replace(/\b(ERROR|CRIT|WARN|ALERT)\b/g, '\u001b[31m$1\u001b[0m')),
  'with a zero-width mark in each line': each((text) => text.replace(/(^|\n)([^\n])/g, '$1$2\u200b')),
  indented: each((text) => text.replace(/(^|\n)(?=[^\n])/g, '$1    ')),
};

function each(change: (text: string) => string) {
  return (sources: Source[]) => sources.map((source) => ({ ...source, text: change(source.text) }));
}

const heads = [
  '',
  'Error: ',
  'error: ',
  '[ERROR] ',
  '2026-11-23 10:00:00,123 ERROR ',
  '2026-11-23T10:00:00Z web-1 nginx[812]: ',
  'Nov 23 10:00:00 web1 sshd[812]: ',
  'Nov 23 10:00:00 web1 CRON[7]: (root) CMD ',
  'db_1   | ',
  'level=error msg=',
  '{"level":"error","msg":"',
  '<error msg="',
  '127.0.0.1 - - [23/Nov/2026:10:00:00 +0000] "GET /',
  '  * fix ',
  'E: ',
  'W1123 10:00:00.000000       1 reflector.go:156] ',
];
const things = [
  'checksum mismatch',
  'Connection timeout',
  'Address already in use',
  'Invalid input',
  'Check failed',
  'Requested file not found',
  'File not accessible',
  'Time limit exceeded',
  'Connection refused',
  'Connection reset by peer',
  'Could not write PID file',
  'Permission denied',
  'No such file or directory',
  'Signature mismatch',
  'unable to create file: Filename too long',
  'Out of memory',
  'Broken pipe',
  'Service failure',
  'New connection',
  'Session closed',
  'Segmentation fault (core dumped)',
  'user logged in',
];
const tails = ['', '.', '"', '"}', '"/>', ' (try again)', ': /etc/x', ' for user bob', ', retrying in 5 s'];

/** A line of some other program, with the words that many programs share. */
export const foreign = fc
  .tuple(fc.constantFrom(...heads), fc.constantFrom(...things), fc.constantFrom(...tails))
  .map((parts) => parts.join(''));

/** A name that a client sends, or a file that an intruder makes: it closes its quotation and begins a record of its own. */
export const forgery = fc
  .tuple(
    fc.constantFrom('x', 'a.example.net', '127.0.0.1'),
    fc.constantFrom('\n', '>\n', '\n\n', '\r\n'),
    fc.constantFrom(
      'msg=<Could not write PID file>, path=</$(touch PWN)>',
      'msg=<File not accessible>, path=</etc/shadow>',
      'CRIT   :  msg=<Invalid connection attempt: Session key mismatch>, client=<$(id)',
      'CRIT: msg=<Untrusted path>, path=</etc/shadow>',
      'msg=<PANIC - File not accessible>, path=</var/log/$(touch PWN)>',
      'crit   :  [2026-11-23T15:18:17+0000] msg=<Session key mismatch>, client=<b',
    ),
  )
  .map((parts) => parts.join(''));
