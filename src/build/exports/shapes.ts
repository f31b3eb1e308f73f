/** What is printed, as fixed texts with what varies between them: what the formats of other programs are made from. */

import { routes } from '../../browser/routes.ts';
import type { Message } from '../../content/schemas.ts';
import type { Severity, Side } from '../../engine/types.ts';
import { base, siteUrl } from '../editions/site.ts';
import type { Knowledge } from '../knowledge/types.ts';

export type Style = 'plain' | 'xml';

/** A fixed text, or the name of what varies. */
export type Piece = string | { name: string };

type Text = Message['texts'][number];

/** One form of a message, or of one of its texts. */
export interface Shape {
  message: Message;
  text?: Text;
  style: Style;
  pieces: Piece[];
  /** Letters and digits that are fixed: of two shapes that fit the one with more is meant. */
  weight: number;
  severities: Severity[];
  /** Problems that the record by itself proves, whatever stands around it. */
  proves: string[];
}

/** Severities as the two forms write them. */
export const labels: Record<Style, Record<Severity, string>> = {
  plain: {
    DEBUG: 'DEBUG  ',
    INFO: 'INFO   ',
    NOTICE: 'NOTICE ',
    WARN: 'WARN   ',
    MARK: 'MARK   ',
    ERROR: 'ERROR  ',
    CRIT: 'CRIT   ',
    ALERT: 'ALERT  ',
    RECEIVED: '<TCP>  ',
  },
  xml: {
    DEBUG: 'DEBG',
    INFO: 'INFO',
    NOTICE: 'NOTE',
    WARN: 'WARN',
    MARK: 'MARK',
    ERROR: 'ERRO',
    CRIT: 'CRIT',
    ALERT: 'ALRT',
    RECEIVED: 'RCVT',
  },
};

export const problemPage = (id: string): string => siteUrl + base + routes.problem(id);
export const messagePage = (id: string, text?: string): string => siteUrl + base + routes.message(id, text);

/** Cuts a template of the catalogue. */
function piecesOf(template: string): Piece[] {
  return template
    .split(/(\{[^{}]*\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{[^{}]*\}$/.test(part) ? { name: part.slice(1, -1) } : part));
}

const joined = (pieces: readonly Piece[]): Piece[] => {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
};

/** The template with the text in the free part of its `msg`, or in place of all of it. */
function withText(template: string, text: string, style: Style): string | undefined {
  const msg = style === 'plain' ? /msg=<((?:[^<>]|<[^<>]*>)*?)>(?=,|$|\s)/ : /msg="([^"]*)"/;
  const value = msg.exec(template)?.[1];
  if (value === undefined) return undefined;
  const free = value.match(/\{[^{}]*\}/g) ?? [];
  const said = style === 'xml' ? escapedXml(text) : text;
  const whole = free.length === 1 ? value.replace(/\{[^{}]*\}/, () => said) : free.length === 0 ? undefined : said;
  return whole === undefined ? undefined : template.replace(value, () => whole);
}

const escapedXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Fixed values in the place of names, as a text's tests ask for them; undefined where a test is of another kind. */
function withFields(pieces: readonly Piece[], where: Text['where']): Piece[][] | undefined {
  let all: Piece[][] = [[...pieces]];
  for (const [name, test] of Object.entries(where ?? {})) {
    const values = typeof test === 'string' ? [test] : Object.keys(test).join() === 'is' ? test.is : undefined;
    if (!values || !pieces.some((piece) => typeof piece !== 'string' && piece.name === name)) return undefined;
    all = all.flatMap((one) =>
      values.map((value) => one.map((piece) => (typeof piece !== 'string' && piece.name === name ? value : piece))),
    );
  }
  return all.map(joined);
}

/** All forms of all messages that the programs print by themselves, those with more fixed letters first. */
export function shapesOf({ messages, problems }: Pick<Knowledge, 'messages' | 'problems'>): Shape[] {
  const proven = (message: Message, text?: Text): string[] =>
    problems.flatMap(({ id, signs }) =>
      signs.some(
        (sign) =>
          sign.weight === 'proves' &&
          sign.message === message.id &&
          (sign.text === undefined || (text !== undefined && sign.text.includes(text.id))) &&
          !sign.with &&
          !sign.without &&
          !sign.many &&
          !sign.opens &&
          !sign.sink &&
          !sign.severity &&
          !sign.fields &&
          (sign.side === undefined || sign.side === (text?.side ?? message.side)),
      )
        ? [id]
        : [],
    );
  const shapes: Shape[] = [];
  for (const message of messages) {
    if (!message.printed || message.forms.every(({ plain }) => !/[\w]=</.test(plain))) continue;
    for (const form of message.forms) {
      for (const style of ['plain', 'xml'] as const) {
        const add = (pieces: Piece[], text?: Text) => {
          const letters = pieces.map((piece) =>
            typeof piece === 'string' ? piece.replace(/[^\p{L}\p{N}]/gu, '') : '',
          );
          const own = text?.severity ? [text.severity] : [];
          const severities = [...new Set([...own, message.severity, ...message.alsoSeverity])];
          const proves = proven(message, text);
          shapes.push({
            message,
            ...(text ? { text } : {}),
            style,
            pieces,
            weight: letters.join('').length,
            severities,
            // (Two problems that one record proves: then the rest of the lines tells which.)
            proves: proves.length === 1 ? proves : [],
          });
        };
        const template = form[style];
        // What has more lines is printed in a mail only.
        if (template.includes('\\r\\n')) continue;
        add(joined(piecesOf(template)));
        for (const text of message.texts) {
          const said = text.text === undefined ? template : withText(template, text.text, style);
          const variants = said === undefined ? undefined : withFields(joined(piecesOf(said)), text.where);
          for (const pieces of variants ?? []) add(pieces, text);
        }
      }
    }
  }
  return shapes.sort((a, b) => b.weight - a.weight);
}

/** Whether a side prints it. */
export const isOf = ({ message, text }: Shape, side: Side): boolean => {
  const whose = text?.side ?? message.side;
  return whose === 'both' || whose === side || message.side === 'both';
};
