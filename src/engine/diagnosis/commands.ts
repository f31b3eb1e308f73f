/**
 * Commands with their values in: what a page shows and the Copy button copies, byte for byte.
 *
 * A value out of a log is never part of a command's text. It stands once above the command, as an assignment in single
 * quotes, and the command uses the variable: what a variable holds is not parsed again, so no value can run anything.
 */
import { readShell } from './shell.ts';
import { cleanValue, type Slot } from './values.ts';

/** The line above a command that sets one variable. */
export interface Assignment {
  /** Name of the variable; the prefix keeps clear of PATH, UID, IFS and the like. */
  word: string;
  /** The line: `my_client='web1.example.net'`. */
  text: string;
  /** What to put in, in words. */
  what: string;
  /** Nobody knows the value: the line sets the variable to nothing, and the command refuses to run with it. */
  open: boolean;
  found: boolean;
  /** What the log names there, and the line that takes it over. */
  logged?: { value: string; text: string };
}

export interface Command {
  assignments: Assignment[];
  /** Below the assignments. */
  body: string;
  /** All of it, as it is copied. */
  text: string;
}

/** One word of a POSIX shell: whatever the value holds, it stays whole and is never run. */
export function shellQuote(value: string): string {
  return `'${cleanValue(value).replaceAll("'", "'\\''")}'`;
}

/** Words that mean nothing to a shell stay as they are, so that a command with usual paths reads like one typed by hand. */
function plainOrQuoted(value: string): string {
  return /^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,-]*$/.test(value) ? value : shellQuote(value);
}

/**
 * Puts values into a command.
 * @param template with `{name}` places; those that no slot knows stay as they are: they are the shell's
 * @param changes true: a variable that is empty stops the command, so that it never means the host's own file
 */
export function renderCommand(template: string, slots: Readonly<Record<string, Slot>>, changes: boolean): Command {
  const source = template.trimEnd();
  const { places } = readShell(source);
  const assignments = new Map<string, Assignment>();
  let body = '';
  let at = 0;
  for (const { name, start, end, quotes } of places) {
    const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (!slot) continue;
    body += source.slice(at, start);
    at = end;
    if (slot.fixed && slot.value !== undefined) {
      body += fixedWord(slot.value, quotes);
      continue;
    }
    if (!assignments.has(name)) assignments.set(name, assignmentOf(slot));
    const word = `my_${name}`;
    const stops = changes || slot.value === undefined ? ':?' : '';
    const variable = quotes || stops ? `\${${word}${stops}}` : `$${word}`;
    // In single quotes the build allows no such place; should one stand there all the same, they are left for it.
    body += quotes === '"' ? variable : `${quotes}"${variable}"${quotes}`;
  }
  body += source.slice(at);
  const above = [...assignments.values()];
  return { assignments: above, body, text: [...above.map(({ text }) => text), body].join('\n') };
}

function fixedWord(value: string, quotes: string): string {
  if (quotes === '"') return cleanValue(value).replace(/[\\"$`]/g, '\\$&');
  return quotes + plainOrQuoted(value) + quotes;
}

function assignmentOf({ name, what, value, found, logged }: Slot): Assignment {
  const word = `my_${name}`;
  const line = (text: string) => `${word}=${shellQuote(text)}`;
  return {
    word,
    what,
    text: line(value ?? ''),
    open: value === undefined,
    found,
    ...(logged === undefined ? {} : { logged: { value: logged, text: line(logged) } }),
  };
}

/** The values in a text that is no command, such as what a command prints. */
export function renderText(template: string, slots: Readonly<Record<string, Slot>>): string {
  return template
    .trimEnd()
    .replace(/\{([a-z][a-z_]*)\}/g, (place, name: string) =>
      Object.hasOwn(slots, name) ? cleanValue(slots[name]?.value ?? `my_${name}`) : place,
    );
}
