/** What stands before a record on its line: syslog, journal, containers, grep, mail quotes, numbers, CSV. */

import { readWall } from './time.ts';

export interface Prefix {
  /** ours: a syslog tag of samhain or yule; foreign: the tag of another program; neutral: anything else, or nothing. */
  kind: 'ours' | 'foreign' | 'neutral';
  /** Where the prefix ends. */
  end: number;
  sink?: 'syslog' | 'journal';
  host?: string;
  program?: 'Samhain' | 'Yule';
  pid?: string;
  /** The date of the system's log (`readWall`). */
  wall?: number;
  /** File named by grep. */
  origin?: string;
  quoted?: boolean;
}

const MONTH = String.raw`[A-Za-zÀ-ÿ]{3,5}\.?[ \t]{1,2}\d{1,2}[ \t]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[ \t]\d{4}(?!\S))?`;
const ISO = String.raw`\d{4}-\d\d-\d\d[T \t]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:[ \t]?(?:Z|UTC|[+-]\d\d:?\d\d)|[ \t][A-Z]{2,5}(?!\S))?`;
const DATE = String.raw`(?:(?:[A-Z][a-z]{2},?[ \t])?(?:${ISO}|${MONTH})|\[[ \t]{0,9}\d{1,9}\.\d{1,9}\]|\d{9,10}\.\d{1,9})`;

const INDENT = /[ \t]{0,80}/y;
const QUOTE = /[ \t]{0,8}(?:>[ \t]?){1,8}(?!,)|[ \t]{0,8}\|[ \t]/y;
const NUMBER = /[ \t]{0,8}\d{1,7}(?:[:)-][ \t]{0,4}|\.[ \t]{1,4}|[ \t]{1,8})/y;
const BULLET = /[ \t]{0,8}(?:[-*•+][ \t]{1,4}|["'`]{1,3}|\*{2}|\$[ \t])/y;
const COMPOSE = /[\w.-]{1,60}[ \t]{1,20}\|[ \t]?/y;
const POD = /\[?pod\/[\w./-]{1,200}\]?[ \t]/y;
const STREAM = /(?:stdout|stderr)[ \t][FP][ \t]/y;
const PRIORITY = /<\d{1,3}>/y;
const GREP =
  /([\w.~/@][\w.~/@+-]{0,200}?)[:-](?:\d{1,7}[:-])?[ \t]?(?=(?:debug|info|notice|warn|mark|error|crit|alert)[ \t]{0,9}:|<(?:tcp|net|log|sig|trail|\/)|[0-9A-F]{48}|\[SOF\]|[A-Z][a-z]{2}[ \t]{1,2}\d{1,2}[ \t]\d\d:\d\d:|\d{4}-\d\d-\d\d[T ]|msg=[<"]|-{5,60}(?:[ \t]|$))/iy;
const DATED = new RegExp(String.raw`(${DATE})[ \t]{1,2}`, 'iy');
const SYSLOG = new RegExp(
  String.raw`(?:${DATE})[ \t]{1,2}(?:([\w.:%-]{1,255})[ \t]{1,2})?(?:[a-z0-9]{1,10}\.[a-z]{1,10}[ \t]{1,2})?([\w./@()-]{1,80}?)(?:\[(\d{1,10})\])?:(?:[ \t]|$)(?:\[ID \d{1,10} \w{1,10}\.\w{1,10}\][ \t])?`,
  'iy',
);
const RFC5424 =
  /(?:<\d{1,3}>)?1[ \t](?:\d{4}-\S{1,40}|-)[ \t](\S{1,255})[ \t](\S{1,48})[ \t](\S{1,128})[ \t]\S{1,32}[ \t](?:-|\[[^\]]{0,1000}\])(?:[ \t]|$)/y;
/** A tag without date and host, as `logger -s` and some exports print it. */
const TAG = /(samhain|yule)\[(\d{1,10})\]:(?:[ \t]|$)/iy;
const FACILITY = /^[a-z0-9]{2,10}\.(?:emerg|alert|crit|err|error|warn|warning|notice|info|debug)$/i;
const CSV = /"[^"<>]{0,100}"[,;\t]|[^",;<>=\s:[\]]{0,60}[,;](?=")/y;
const ACCESS_LOG = /"(?:GET|POST|HEAD|PUT|DELETE|OPTIONS|CONNECT|PATCH|TRACE) /;

/** Reads the prefix at the start of a line. */
export function readPrefix(text: string): Prefix {
  const prefix: Prefix = { kind: 'neutral', end: 0 };
  for (let round = 0; round < 12; round += 1) {
    const before = prefix.end;
    if (step(text, prefix) || prefix.end === before) break;
  }
  if (prefix.kind === 'neutral' && ACCESS_LOG.test(text.slice(0, 400))) prefix.kind = 'foreign';
  return prefix;
}

/** One element of a prefix; true where nothing can follow it. */
function step(text: string, prefix: Prefix): boolean {
  // Pages, answers and status displays indent what they quote.
  const at = prefix.end + (match(INDENT, text, prefix.end)?.[0].length ?? 0);
  const modern = match(RFC5424, text, at);
  if (modern) return named(prefix, at, modern, 'syslog');
  const classic = match(SYSLOG, text, at);
  if (classic) return named(prefix, at, classic, 'syslog');
  const tag = match(TAG, text, at);
  if (tag) return named(prefix, at, [tag[0], undefined, tag[1], tag[2]], 'syslog');
  const grep = match(GREP, text, at);
  if (grep && !/^(?:debug|info|notice|warn|mark|error|crit|alert|\d{1,7})$/i.test(grep[1] ?? '')) {
    prefix.origin = grep[1];
    prefix.end = at + grep[0].length;
    return false;
  }
  const quote = match(QUOTE, text, at);
  if (quote) prefix.quoted = true;
  for (const element of [PRIORITY, DATED, POD, COMPOSE, STREAM, CSV]) {
    if (quote) break;
    const found = match(element, text, at);
    if (found) {
      prefix.end = at + found[0].length;
      return false;
    }
  }
  const other = quote ?? match(NUMBER, text, at) ?? match(BULLET, text, at);
  if (other) prefix.end = at + other[0].length;
  return false;
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

function named(
  prefix: Prefix,
  at: number,
  found: readonly (string | undefined)[],
  sink: 'syslog' | 'journal',
): boolean {
  const [whole = '', host, tag = '', pid] = found;
  prefix.end = at + whole.length;
  prefix.sink = sink;
  const wall = readWall(whole);
  if (wall !== undefined) prefix.wall = wall;
  if (host !== undefined && host !== '-' && !FACILITY.test(host)) prefix.host = host;
  if (pid !== undefined && pid !== '-') prefix.pid = pid;
  const program = readProgram(tag);
  prefix.kind = program ? 'ours' : 'foreign';
  prefix.program = program === 'unit' ? undefined : program;
  return true;
}

/** Samhain or Yule from a syslog tag or a unit's name. `unit`: ours, but which of the two is not said. */
export function readProgram(tag: string): 'Samhain' | 'Yule' | 'unit' | undefined {
  const name = (tag.split('/').pop() ?? '').replace(/\.service$/i, '').toLowerCase();
  if (name === 'samhain' || name === 'samhaind') return 'Samhain';
  if (name === 'yule' || name === 'yuled') return 'Yule';
  return /^(?:samhain|yule)[\w.@-]{0,40}$/.test(name) ? 'unit' : undefined;
}
