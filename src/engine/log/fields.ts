/** The `name=<value>` and `name="value"` items of a record's body (sh_error.c; both versions). */
import type { Field } from '../types.ts';
import { decodeEntities } from './decode.ts';

export type Style = 'plain' | 'xml';

export interface Body {
  fields: Field[];
  /** Free text after the last item, if the record has such. */
  tail: string;
  /** The last item has no end. */
  open: boolean;
  /** The body without what stands behind the record (an export's quotes, prose). */
  text: string;
}

const PLAIN_FIRST = /^[ \t]{0,8}([A-Za-z_][\w.]{0,31})=</;
/**
 * A value ends where the next item begins. File names have their blanks escaped by the program, so that `>, name=<`
 * with a real blank is no part of one; a blank without comma stands in some texts.
 */
const PLAIN_NEXT = />(?:,[ \t]{0,4}[ \t]|[ \t]{1,4})([A-Za-z_][\w.]{0,31})=</g;
const XML_FIRST = /^[ \t]{0,8}([A-Za-z_][\w.]{0,31})="/;
const XML_NEXT = /",?[ \t]{1,4}([A-Za-z_][\w.]{0,31})="/g;
const XML_END = /"[ \t]{0,4}\/?>/g;
/** How people and programs show that they have cut a line. */
const CUT = /[ \t]{0,4}(?:\[\.\.\.\]|\.\.\.|…)$/;

/** Reads a plain body. Duplicate names stay duplicate (START has path and hash twice). */
export function readPlain(body: string): Body {
  const first = PLAIN_FIRST.exec(body);
  if (!first) return { fields: [], tail: body, open: false, text: body };
  const fields: Field[] = [];
  let name = first[1] ?? '';
  let from = first[0].length;
  PLAIN_NEXT.lastIndex = from;
  for (let next = PLAIN_NEXT.exec(body); next; next = PLAIN_NEXT.exec(body)) {
    fields.push({ name, value: body.slice(from, next.index) });
    name = next[1] ?? '';
    from = PLAIN_NEXT.lastIndex;
    // An empty value's `>` is this very item's opening neighbour: `=<>, next=<`.
    PLAIN_NEXT.lastIndex = from;
  }
  const end = body.lastIndexOf('>');
  if (end < from) {
    const cut = body.slice(from).replace(CUT, '');
    fields.push({ name, value: cut });
    return { fields, tail: '', open: true, text: body.slice(0, from) + cut };
  }
  fields.push({ name, value: body.slice(from, end) });
  return { fields, tail: body.slice(end + 1), open: false, text: body.slice(0, end + 1) };
}

/** Reads an XML body, up to its `/>` or `>`. Quotes inside a value (not all are escaped) do not end it. */
export function readXml(body: string): Body {
  const first = XML_FIRST.exec(body);
  if (!first) return { fields: [], tail: body, open: false, text: body };
  const fields: Field[] = [];
  let name = first[1] ?? '';
  let from = first[0].length;
  XML_NEXT.lastIndex = from;
  for (let next = XML_NEXT.exec(body); next; next = XML_NEXT.exec(body)) {
    fields.push({ name, value: decodeEntities(body.slice(from, next.index)) });
    name = next[1] ?? '';
    from = XML_NEXT.lastIndex;
  }
  let end = -1;
  XML_END.lastIndex = from;
  for (let mark = XML_END.exec(body); mark; mark = XML_END.exec(body)) end = mark.index;
  const closed = end >= 0;
  if (!closed) end = body.lastIndexOf('"');
  if (end < from) {
    const cut = body.slice(from).replace(CUT, '');
    fields.push({ name, value: decodeEntities(cut) });
    return { fields, tail: '', open: true, text: body.slice(0, from) + cut };
  }
  fields.push({ name, value: decodeEntities(body.slice(from, end)) });
  const rest = body.slice(end + 1);
  const text = closed ? body.slice(0, end + 1 + rest.indexOf('>') + 1) : body.slice(0, end + 1);
  const tail = closed ? '' : rest.trim();
  return { fields, tail, open: false, text };
}

export function readBody(style: Style, body: string): Body {
  return style === 'plain' ? readPlain(body) : readXml(body);
}
