/** A format for lnav: what is printed in either form, and what the server relays, with a tag for each message and problem. */
import type { Knowledge } from '../knowledge/types.ts';
import { type Piece, type Shape, type Style, shapesOf } from './shapes.ts';

const quoted = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** What varies ends where its form closes a value; the last one may hold anything. */
function expressionOf(pieces: readonly Piece[], style: Style): string {
  const any = style === 'plain' ? '[^>]*' : '[^"]*';
  return pieces
    .map((piece, i) => {
      if (typeof piece === 'string') return quoted(piece);
      const next = pieces[i + 1];
      const isWorded = typeof next === 'string' && !/^[>"]/.test(next);
      return isWorded ? `${any}?` : next === undefined ? '.*' : any;
    })
    .join('');
}

/** Words that are printed for many things tell nothing by themselves: their texts do. */
const distinctive = 6;

const stamp = String.raw`(?<timestamp>\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[+-]\d{4})`;
/** A client and a server can be set to different forms. */
const wrapper = '(?:<trail>)?<log sev="[A-Z]+" tstamp="[^"]*" remote_host="[^"]*" ?> ?';
const relayed = String.raw`client=<[^>]*>, msg=<[A-Z]+ *:  \[`;

/**
 * A tag's expression is tried on the line, head and all. What a client sends stands in values: it is no head, and a record
 * that is relayed is its own message, never the one that wraps it.
 */
const begins: Record<Style, string> = {
  plain: String.raw`(?:${wrapper})?+(?:[A-Z]+|<TCP>|<NET>) *:  \[[^\]]*\] (?:${relayed}[^\]]*\] )?+`,
  xml: '(?:<trail>)?<log sev="[A-Z]+" tstamp="[^"]*" (?:remote_host="[^"]*" ?> ?<log sev="[A-Z]+" tstamp="[^"]*" )?+',
};
const ends: Record<Style, string> = { plain: '>? *(?:</log>)?', xml: '(?: */?> *(?:</log>)*)?' };

/** The file as an object. @param sample lines that lnav itself tries each time it reads the format */
export function lnavFormat(knowledge: Pick<Knowledge, 'messages' | 'problems' | 'samples'>) {
  const shapes = shapesOf(knowledge);
  const expressions = new Map<string, Record<Style, Set<string>>>();
  const add = (tag: string, shape: Shape) => {
    const list = expressions.get(tag) ?? { plain: new Set<string>(), xml: new Set<string>() };
    list[shape.style].add(expressionOf(shape.pieces, shape.style));
    expressions.set(tag, list);
  };
  for (const shape of shapes) {
    if (!shape.text && shape.weight >= distinctive) add(shape.message.id, shape);
    if (shape.text && !shapes.some((one) => one.message === shape.message && !one.text && one.weight >= distinctive))
      add(shape.message.id, shape);
    for (const problem of shape.proves) add(`problem:${problem}`, shape);
  }
  const whole = (style: Style, list: ReadonlySet<string>) =>
    list.size > 0 ? [`${begins[style]}(?:${[...list].join('|')})${ends[style]}`] : [];
  const tags = Object.fromEntries(
    [...expressions].map(([tag, { plain, xml }]) => [
      tag,
      {
        pattern: `^(?:${[...whole('plain', plain), ...whole('xml', xml)].join('|')})$`,
        description: tag.startsWith('problem:') ? 'a problem that this line proves' : 'a message of samhain or yule',
      },
    ]),
  );
  return {
    $schema: 'https://lnav.org/schemas/format-v1.schema.json',
    samhain_log: {
      title: 'samhain and yule',
      description: 'Logs of samhain clients and yule servers: messages and the problems that a line proves, as tags',
      url: 'https://www.la-samhna.de/samhain/',
      regex: {
        plain: { pattern: String.raw`^(?<level>[A-Z]+|<TCP>|<NET>) *:  \[${stamp}\] (?!${relayed})(?<body>.*)$` },
        relayed: {
          pattern: String.raw`^(?:[A-Z]+|<TCP>|<NET>) *:  \[${stamp}\] client=<(?<client>[^>]*)>, msg=<(?<level>[A-Z]+) *:  \[[^\]]*\] (?<body>.*)>$`,
        },
        xml: {
          pattern: String.raw`^(?:<trail>)?<log sev="(?<level>[A-Z]+)" tstamp="${stamp}" (?!remote_host="[^"]*" ?> ?(?:<log |[A-Z]+ *:  \[))(?<body>.*?)(?: */?>)?$`,
        },
        mixed_relayed: {
          pattern: String.raw`^(?:<trail>)?<log sev="[A-Z]+" tstamp="${stamp}" remote_host="(?<client>[^"]*)" ?> ?(?<level>[A-Z]+) *:  \[[^\]]*\] (?<body>.*?)>? *(?:</log>)?$`,
        },
        xml_relayed: {
          pattern: `^(?:<trail>)?<log sev="[A-Z]+" tstamp="${stamp}" remote_host="(?<client>[^"]*)" ?> ?<log sev="(?<level>[A-Z]+)" tstamp="[^"]*" (?<body>.*?) */?> *(?:</log>)*$`,
        },
      },
      'level-field': 'level',
      level: {
        critical: '^(?:CRIT|ALERT|ALRT)$',
        error: '^(?:ERROR|ERRO)$',
        warning: '^WARN$',
        notice: '^(?:NOTICE|NOTE)$',
        info: '^(?:INFO|<TCP>|<NET>|RCVT)$',
        stats: '^MARK$',
        debug: '^(?:DEBUG|DEBG)$',
      },
      value: { client: { kind: 'string', identifier: true }, level: { kind: 'string' } },
      tags,
      sample: samplesOf(knowledge),
    },
  };
}

/** A captured line of each form. */
function samplesOf({ samples }: Pick<Knowledge, 'samples'>): { line: string }[] {
  return (['plain', 'xml'] as const).flatMap((form) => {
    const line = samples.find((one) => one.form === form)?.line;
    return line === undefined ? [] : [{ line }];
  });
}
