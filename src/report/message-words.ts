/** The literal words of messages, {names} standing for what varies: titles of pages, lists and results. */
import type { Message } from '../content/schemas.ts';

type Words = Pick<Message, 'id' | 'forms'>;
type Text = Pick<Message['texts'][number], 'id' | 'text' | 'where'>;

/** The words of msg in a plain template; empty if it has none or only a free place. */
function literalWords(plain: string): string {
  const start = plain.indexOf('msg=<');
  const rest = start < 0 ? '' : plain.slice(start + 'msg=<'.length);
  const words = rest.slice(0, Math.max(0, rest.search(/>(?:,| |$)/)));
  return words.replace(/\{[^{}]*\}/g, '').trim() ? words : '';
}

/** The words of msg in the plain form: `Invalid connection attempt: {reason}`. A message that is nothing but a free text is told by its other fields. */
export function messageWords(message: Words): string {
  const plain = message.forms[0]?.plain ?? message.id;
  return literalWords(plain) || plain;
}

/** A place right after a comma may be empty: `refused,{family} address` reads `refused, address`. */
const readable = (text: string): string => text.replace(/,\{[a-z_]+\} /g, ', ');

/** The template with the values that the text's `where` names outright. */
function withKnownFields(plain: string, where: Text['where']): string {
  return Object.entries(where ?? {}).reduce((line, [name, test]) => {
    const value = typeof test === 'string' ? test : test.is?.[0];
    return value ? line.replace(`{${name}}`, value) : line;
  }, plain);
}

/** The words with a text put into the free place of msg; a text without words of its own is told by where it comes from. */
export function textWords(message: Words, text: Text): string {
  const plain = message.forms[0]?.plain ?? message.id;
  const words = literalWords(plain);
  const name = text.id.replaceAll('-', ' ');
  if (!words) return text.text ? readable(text.text) : `${withKnownFields(plain, text.where)} (${name})`;
  const free = /\{(?:reason|text|error|details)\}/.exec(words)?.[0] ?? /\{[a-z_]+\}/.exec(words)?.[0];
  if (text.text) return free ? words.replace(free, readable(text.text)) : readable(text.text);
  return `${words} (${name})`;
}
