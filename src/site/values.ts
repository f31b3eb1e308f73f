/** Placeholders of commands. On a page they show their examples. */
import type { Problem } from '../content/schemas.ts';

/** `kill {client}` → `kill client1.example.net`. Names that are not declared stay as they are: they are the shell's. */
export function withExamples(text: string, values: Problem['values']): string {
  return text.replace(/\{([a-z_]+)\}/g, (whole, name: string) => values[name]?.example ?? whole);
}
