/** The literal words of messages, {names} standing for what varies: titles of pages, lists and results. */
import type { Message } from '../content/schemas.ts';

type Words = Pick<Message, 'id' | 'forms'>;
type Text = Pick<Message['texts'][number], 'id' | 'text'>;

/** The words of msg in the plain form: `Invalid connection attempt: {reason}`. Records without msg: their whole body. */
export function messageWords(message: Words): string {
  const plain = message.forms[0]?.plain ?? message.id;
  const words = /msg=<(.*?)>(?=,| |$)/.exec(plain)?.[1] ?? '';
  // A message that is nothing but a free text is told by its other fields.
  return words.replace(/\{[^}]*\}/g, '').trim() ? words : plain;
}

/** The words with a text put into the free place of msg; a text without words of its own is told by where it comes from. */
export function textWords(message: Words, text: Text): string {
  const words = messageWords(message);
  const free = /\{(?:reason|text|error|details)\}/.exec(words)?.[0] ?? /\{[a-z_]+\}/.exec(words)?.[0];
  if (text.text?.includes('{') === false && free && words === message.forms[0]?.plain) return text.text;
  if (text.text && free) return words.replace(free, text.text);
  return text.text ?? `${words} (${text.id.replaceAll('-', ' ')})`;
}
