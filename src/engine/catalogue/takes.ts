/** Whether the values of a record are such as its message can have: a template's words alone do not make a message. */
import { matchPattern } from './template.ts';
import type { CompiledText } from './texts.ts';
import type { CatalogueEntry } from './types.ts';

type Rule = NonNullable<CatalogueEntry['takes']>[string];

const SHAPES: Record<Exclude<Rule, string[] | 'texts'>, RegExp> = {
  number: /^-?\d[\d.,]*$/,
  path: /^(?:\/|[A-Za-z]:[\\/]|\(null\)$|REQ_FROM_SERVER)/,
  tag: /^\[[^[\]]{1,40}\]$/,
  rights: /^[-a-zA-Z?][-rwxsStTlL]{9}[.+@]?$/,
  marks: /^[A-Z-]{1,32}$/,
};

/**
 * False if one of the values is none that the entry's `takes` allows. A value that the record lacks is not judged.
 * @param cut name of the value at which the record was cut, if it was
 */
export function fitsTakes(
  { takes }: Pick<CatalogueEntry, 'takes'>,
  texts: readonly CompiledText[],
  values: readonly { name: string; value: string }[],
  cut?: string,
): boolean {
  if (!takes) return true;
  return values.every(({ name, value }) => {
    const rule = takes[name];
    return rule === undefined || name === cut || value === '' || fits(rule, value.trim(), texts);
  });
}

function fits(rule: Rule, value: string, texts: readonly CompiledText[]): boolean {
  if (rule === 'texts') return texts.some(({ pattern }) => pattern && matchPattern(pattern, value) !== undefined);
  if (typeof rule === 'string') return SHAPES[rule].test(value);
  return rule.some((one) => one.toLowerCase() === value.toLowerCase());
}
