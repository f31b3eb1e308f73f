/** The angle brackets of a record's values, put back where a form or a page's filter has taken them out. */
import { STAMP } from './time.ts';

/** The program's own head, and behind it an item whose value has no bracket. */
const HEAD = new RegExp(
  String.raw`(?:^|[^\w<])(<?(?:tcp|net)>?|debug|info|notice|warn|mark|error|crit|alert)([ \t]{1,9}:[ \t]{1,9}\[${STAMP}\][ \t]{1,9}(?:\([\w.-]{1,60},[ \t]?\d{1,7},[ \t]?-?\d{1,9}\)[ \t]{1,4})?)(?=(?:msg|interface|client|ip)=[^<"])`,
  'i',
);
/** An item begins behind a comma; a few texts have a blank alone before items with these names. */
const NEXT =
  /(?:,[ \t]{1,4}(?=[a-z_]\w{0,31}=)|[ \t]{1,4}(?=(?:userid|host|time|pid|service|program|path|peer|obj|priority|syslog_msg)=))([a-z_]\w{0,31})=/gi;
const FIRST = /^([a-z_]\w{0,31})=/i;
/** A server's wrapper around a wrapper, and no more. */
const LEVELS = 3;

/** `msg=Connection refused, host=h` behind a head of the program's own becomes `msg=<Connection refused>, host=<h>`. */
export function withBrackets(text: string, levels = LEVELS): string {
  // (Nearly every line has its brackets: one look tells.)
  if (text.includes('=<') || !text.includes('=') || levels === 0) return text;
  const head = HEAD.exec(text);
  if (!head) return text;
  const [whole, label = '', rest = ''] = head;
  const start = head.index + whole.length - label.length - rest.length;
  const received = /^(?:tcp|net)$/i.test(label) ? `<${label}>` : label;
  const body = text.slice(head.index + whole.length).trimEnd();
  return text.slice(0, start) + received + rest + itemsOf(body, levels);
}

function itemsOf(body: string, levels: number): string {
  const inner = /^(client=)([^\s,=]{1,255})(, ?msg=)(?=\S)/i.exec(body);
  const relayed = inner && withBrackets(body.slice(inner[0].length), levels - 1);
  if (inner && relayed !== undefined && relayed !== body.slice(inner[0].length))
    return `${inner[1]}<${inner[2]}>${inner[3]}<${relayed}>`;
  let items = '';
  let name = FIRST.exec(body)?.[1] ?? '';
  let from = name.length + 1;
  for (const next of body.matchAll(NEXT)) {
    // A blank that is part of a path is escaped.
    if (next.index < from || body[next.index - 1] === '\\') continue;
    const separator = next[0].slice(0, next[0].length - (next[1]?.length ?? 0) - 1);
    items += `${name}=<${body.slice(from, next.index)}>${separator}`;
    name = next[1] ?? '';
    from = next.index + next[0].length;
  }
  return `${items}${name}=<${body.slice(from)}>`;
}
