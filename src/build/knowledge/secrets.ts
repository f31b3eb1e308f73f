/** What the content calls a secret, made ready for finding it in pasted text (engine/log/secrets.ts). */
import type { Message, Option } from '../../content/schemas.ts';
import type { SecretField, Secrets } from '../../engine/log/secrets.ts';

/** How far two words of one fixed text are apart, however it is encoded; and what can stand between two of them. */
const NEAR = 24;
const FAR = 300;

export function compileSecrets({
  options,
  messages,
}: {
  options: readonly Option[];
  messages: readonly Message[];
}): Secrets {
  const secret = options.filter((option) => option.secret !== undefined);
  return {
    settings: secret.flatMap((option) => {
      const { secret: part } = option;
      if (part !== 'value' && part !== 'rest') return [];
      const begins = option.kind === 'configuration option';
      return namesOf(option).map((name) => ({
        name: name.replace('--', '').toLowerCase(),
        label: `${name}=`,
        part,
        begins,
      }));
    }),
    words: secret.flatMap((option) => {
      const names = option.secret === 'argument' ? option.name.split(', ') : [];
      const [label = ''] = option.secret === 'argument' ? names : [`${option.name}=`];
      return [...names, ...option.secretAfter].map((word) => ({ word, label }));
    }),
    fields: messages.flatMap((message) =>
      message.secrets.flatMap((one) =>
        message.forms.flatMap(({ plain }) =>
          typeof one === 'string' ? fieldOf(plain, one) : fieldOf(plain, one.field, one.of),
        ),
      ),
    ),
  };
}

/** `--enable-base` and `YULECTL_PASSWORD`, but not `$HOME/.yulectl_cred`. */
function namesOf({ name }: Option): string[] {
  return name.split(', ').filter((one) => /^(?:--)?[A-Za-z][\w-]*$/.test(one));
}

/**
 * The words that lead to a field of a template: the fixed text just before it if that is distinctive, else all from
 * the message's own on.
 */
function fieldOf(template: string, field: string, setting?: string): SecretField[] {
  const place = template.indexOf(`{${field}}`);
  if (place < 0) return [];
  const texts = template
    .slice(template.indexOf('=') + 1, place)
    .split(/\{[^{}]*\}/)
    .map((text) => text.match(/[A-Za-z]{3,}/g) ?? []);
  const last = texts.at(-1) ?? [];
  const used = last.length > 1 && setting === undefined ? [last] : texts;
  const words = used.flatMap((text, i) => text.map((word, j) => ({ word, reach: i > 0 && j === 0 ? FAR : NEAR })));
  const label = (texts.flat()[0] ?? field) as string;
  return [{ label, words, ...(setting === undefined ? {} : { setting }) }];
}
