/** Placeholders of commands. On a page they show their examples, marked as such. */
import type { Problem } from '../content/schemas.ts';

export interface CommandPart {
  text: string;
  /** What to put in here, if it is an example. */
  what?: string;
}

/**
 * `kill {client}` in parts: `kill `, and `client1.example.net` marked as an example.
 * Names that are not declared stay as they are: they are the shell's.
 */
export function withExamples(text: string, values: Problem['values']): CommandPart[] {
  return text.split(/(\{[a-z_]+\})/).flatMap((part) => {
    const value = values[part.slice(1, -1)];
    if (value && part.startsWith('{')) return [{ text: value.example, what: value.usual ? undefined : value.what }];
    return part ? [{ text: part }] : [];
  });
}
