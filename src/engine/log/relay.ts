/** Records of clients inside a server's log (sh_xfer_server.c, do_message_transfer; MSG_TCP_MSG), in all four nestings. */
import type { Severity } from '../types.ts';
import type { Style } from './fields.ts';
import { findHead, type Head } from './header.ts';

export interface Relayed {
  client: string;
  style: Style;
  head: Head;
  /** The client's own body. */
  body: string;
}

export interface Wrapper {
  client: string;
  severity?: Severity;
  time?: number;
  stamp?: string;
}

const HEAD_LIMIT = 200;
const PLAIN_START =
  /^client=<([^\r\n]{0,255}?)>,?[ \t]{0,4}msg=<|^msg=<(?=(?:\w{4,6}|<\w{3}>)[ \t]{0,9}:[ \t]{0,9}\[\d{4}-|<log[ \t])/i;
const XML_START = /^remote_host="([^"]{0,255})"[ \t]{0,4}>[ \t]{0,4}/i;

/** The record inside a relaying body; undefined where the body is no relay or what it holds is no record. */
export function unwrap(style: Style, body: string): Relayed | undefined {
  const start = (style === 'plain' ? PLAIN_START : XML_START).exec(body);
  if (!start) return undefined;
  const inner = body.slice(start[0].length);
  const head = findHead(inner);
  // Before the body stands the head, be it the program's own or one set by MessageHeader, and nothing else.
  if (!head || /=[<"]/.test(inner.slice(0, head.start)) || head.start > HEAD_LIMIT) return undefined;
  let rest = inner.slice(head.bodyStart);
  if (style === 'plain') {
    // What follows the record (an export's quotes, prose) goes first, then the wrapper's own bracket.
    const end = rest.lastIndexOf('>');
    if (end >= 0 && rest.length - end < 400) rest = rest.slice(0, end + 1);
    // (A report of the file check ends with a comma and a blank.)
    if (/>,? {0,2}>$/.test(rest)) rest = rest.slice(0, -1).trimEnd();
  } else rest = rest.replace(/[ \t]{0,4}<\/log>[^<>]{0,400}$/i, '');
  return { client: start[1] ?? '', style: head.style, head, body: rest };
}
