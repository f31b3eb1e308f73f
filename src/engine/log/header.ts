/** The head of a record: severity label and time stamp (sh_error.c, sh_error_string; both versions). */
import type { Severity } from '../types.ts';
import type { Style } from './fields.ts';
import { readStamp, STAMP } from './time.ts';

export interface Head {
  style: Style;
  /** Where the head begins, and where the body (its first `name=`) begins. */
  start: number;
  bodyStart: number;
  /** The head is the program's own, not one set by MessageHeader, and nothing of it is missing. */
  standard: boolean;
  /** The label is in small letters, which no program prints. A client's name, though, is logged in small letters. */
  small?: boolean;
  /** An element with other attributes than the program's own. */
  strange?: true;
  severity?: Severity;
  stamp?: string;
  time?: number;
  debug?: { file: string; line: string; status: string };
}

const LABELS: Record<string, Severity> = {
  DEBUG: 'DEBUG',
  INFO: 'INFO',
  NOTICE: 'NOTICE',
  WARN: 'WARN',
  MARK: 'MARK',
  ERROR: 'ERROR',
  CRIT: 'CRIT',
  ALERT: 'ALERT',
  '<TCP>': 'RECEIVED',
  '<NET>': 'RECEIVED',
  DEBG: 'DEBUG',
  NOTE: 'NOTICE',
  ERRO: 'ERROR',
  ALRT: 'ALERT',
  RCVT: 'RECEIVED',
};

const PLAIN_HEAD = new RegExp(
  String.raw`(debug|info|notice|warn|mark|error|crit|alert|<tcp>|<net>|\?\?\?)[ \t]{0,9}:[ \t]{0,9}\[(${STAMP})\][ \t]{0,9}`,
  'gi',
);
const DEBUG_HEAD = /\(([\w.-]{1,60}),[ \t]?(\d{1,7}),[ \t]?(-?\d{1,9})\)[ \t]{0,4}/y;
const XML_HEAD = /<log[ \t]{1,4}/gi;
/** Names that can begin a body: every text of the catalogue begins with one of them. */
const PLAIN_BODY = /(?:^|[^\w])((?:msg|interface|client|ip)=<)/gi;
const XML_BODY = /(?:^|[^\w])((?:msg|interface|ip|remote_host)=")/gi;
/** The start of a body, or as much as is left of it at a cut or wrapped line. */
const BODY_START = /^(?:[a-z_]\w{0,31}=<|[a-z_]{0,12}=?$)/i;
const SET_LABEL =
  /(?:^|[^A-Za-z])(DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT|DEBG|NOTE|ERRO|ALRT|RCVT|<TCP>|<NET>)(?![A-Za-z])/;
const SET_STAMP = new RegExp(STAMP, 'i');
const ATTRIBUTE = /(sev|tstamp|p\.f|p\.l|p\.s)[ \t]{0,2}=[ \t]{0,2}"([^"]{0,60})"[ \t]{0,4}/iy;
/** A head set by the user that is longer than this is prose. */
const HEAD_LIMIT = 300;

/** The severity that a label of either form means. */
export function readLabel(label: string): Severity | undefined {
  return LABELS[label.trim().toUpperCase()];
}

/** Finds the first record head of a line, wherever it stands. Linear in the line's length. */
export function findHead(text: string): Head | undefined {
  const plain = findPlain(text);
  const xml = findXml(text);
  const standard = plain && xml ? (plain.start < xml.start ? plain : xml) : (plain ?? xml);
  const limit = standard ? standard.start : text.length;
  if (limit === 0) return standard;
  return findSet(text, limit) ?? standard;
}

function findPlain(text: string): Head | undefined {
  PLAIN_HEAD.lastIndex = 0;
  for (let found = PLAIN_HEAD.exec(text); found; found = PLAIN_HEAD.exec(text)) {
    const [whole, label = '', stamp = ''] = found;
    const before = text.charCodeAt(found.index - 1);
    // A letter before the label: part of another word. (A hexadecimal digit is no letter here: a torn signature may precede.)
    if (/[G-Zg-z]/.test(String.fromCharCode(before || 32)) && /\w/.test(label)) continue;
    let bodyStart = found.index + whole.length;
    DEBUG_HEAD.lastIndex = bodyStart;
    const debug = DEBUG_HEAD.exec(text);
    if (debug) bodyStart = DEBUG_HEAD.lastIndex;
    const rest = text.slice(bodyStart, bodyStart + 200);
    let standard = true;
    if (!BODY_START.test(rest)) {
      // MessageHeader may append the class or more.
      const gap = /[ \t](?=[a-z_]\w{0,31}=<)/i.exec(rest);
      if (!gap || gap.index > 100 || rest.slice(0, gap.index).includes('=<')) continue;
      bodyStart += gap.index + 1;
      standard = false;
    }
    return {
      style: 'plain',
      start: found.index,
      bodyStart,
      standard,
      small: label === label.toLowerCase() && /[a-z]/.test(label),
      severity: readLabel(label),
      stamp,
      time: readStamp(stamp),
      debug: debug ? { file: debug[1] ?? '', line: debug[2] ?? '', status: debug[3] ?? '' } : undefined,
    };
  }
  return undefined;
}

function findXml(text: string): Head | undefined {
  XML_HEAD.lastIndex = 0;
  const found = XML_HEAD.exec(text);
  if (!found) return undefined;
  const attributes: Record<string, string> = {};
  let at = XML_HEAD.lastIndex;
  for (let count = 0; count < 8; count += 1) {
    ATTRIBUTE.lastIndex = at;
    const attribute = ATTRIBUTE.exec(text);
    if (!attribute) break;
    attributes[(attribute[1] ?? '').toLowerCase()] = attribute[2] ?? '';
    at = ATTRIBUTE.lastIndex;
  }
  let standard = attributes.sev !== undefined && attributes.tstamp !== undefined;
  if (!standard) {
    XML_BODY.lastIndex = at - 1;
    const body = XML_BODY.exec(text);
    if (body && body.index - at < HEAD_LIMIT) at = body.index + body[0].length - (body[1]?.length ?? 0);
    else if (attributes.sev === undefined && !/^[a-z.]{0,10}=?"?[\w:+-]{0,30}$/i.test(text.slice(at))) return undefined;
  }
  const head = text.slice(found.index, at);
  const stamp = attributes.tstamp ?? SET_STAMP.exec(head)?.[0];
  const label = attributes.sev ?? SET_LABEL.exec(head)?.[1] ?? '';
  if (text.length - at < 3) standard = false;
  const file = attributes['p.f'];
  return {
    style: 'xml',
    start: found.index,
    bodyStart: at,
    standard,
    small: label === label.toLowerCase() && label !== '',
    ...(isStrange(head.slice(found[0].length)) ? { strange: true } : {}),
    severity: readLabel(label),
    stamp,
    time: stamp === undefined ? undefined : readStamp(stamp),
    debug: file === undefined ? undefined : { file, line: attributes['p.l'] ?? '', status: attributes['p.s'] ?? '' },
  };
}

/**
 * `Not in client list, client=<c>`: words were copied without `msg=<`. Only the record that wraps a relayed one begins with
 * its client, and there the client's own message follows.
 */
function isFieldOfWords(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - HEAD_LIMIT), at);
  const words = before.slice(Math.max(...['<', '>', '='].map((mark) => before.lastIndexOf(mark))) + 1);
  return (
    /[ \t]$/.test(words) &&
    /[A-Za-z]{2}/.test(words) &&
    /^client=<[^<>]{1,255}>[\s.,;)'"]{0,9}$/i.test(text.slice(at, at + HEAD_LIMIT))
  );
}

/** A body before any head of the program's own: the head was set by MessageHeader, is cut, or is missing. */
function findSet(text: string, limit: number): Head | undefined {
  const region = limit === text.length ? text : text.slice(0, limit);
  PLAIN_BODY.lastIndex = 0;
  let plain = PLAIN_BODY.exec(region);
  // `…mismatch>, client=<c>` is the end of a body, not the start of one.
  if (
    plain &&
    plain[1]?.toLowerCase() === 'client=<' &&
    (/(?:[^<>\s]>,?|^>,)[ \t]{1,4}$/.test(region.slice(0, plain.index + 1)) || isFieldOfWords(region, plain.index + 1))
  )
    plain = null;
  if (plain) {
    const bodyStart = plain.index + plain[0].length - (plain[1]?.length ?? 0);
    return { style: 'plain', start: bodyStart, bodyStart, standard: false, ...readSet(text, bodyStart) };
  }
  XML_BODY.lastIndex = 0;
  const xml = XML_BODY.exec(region);
  if (!xml) return undefined;
  const bodyStart = xml.index + xml[0].length - (xml[1]?.length ?? 0);
  const set = readSet(text, bodyStart);
  // `msg="…"` is common elsewhere: only what is left of samhain's own element counts here.
  const before = text.slice(Math.max(0, bodyStart - HEAD_LIMIT), bodyStart);
  const remnant = /(?:^|\s)\w{1,6}="[^"]{0,40}"[ \t]{1,4}$|^=?"?[\d:T+-]{0,30}"[ \t]{1,4}$/.test(before);
  const relay = text.startsWith('remote_host', bodyStart);
  if (!remnant && !relay && !(before.trim() === '' && /"[ \t]{1,3}\/?>[ \t]{0,4}$/.test(text.slice(-200))))
    return undefined;
  const strange = !relay && isStrange(before);
  return { style: 'xml', start: bodyStart, bodyStart, standard: false, ...(strange ? { strange } : {}), ...set };
}

/** Attributes, but none of samhain's own. The end of a time stamp may be all that was copied of them. */
function isStrange(attributes: string): boolean {
  return attributes.trim() !== '' && !/(?:sev|tstamp)="|^[=\d:T+-]{0,30}"/i.test(attributes.trimStart());
}

function readSet(text: string, bodyStart: number): Pick<Head, 'severity' | 'stamp' | 'time'> {
  const before = text.slice(Math.max(0, bodyStart - HEAD_LIMIT), bodyStart);
  const stamp = SET_STAMP.exec(before)?.[0];
  const label = SET_LABEL.exec(before)?.[1];
  return {
    severity: label === undefined ? undefined : readLabel(label),
    stamp,
    time: stamp === undefined ? undefined : readStamp(stamp),
  };
}
