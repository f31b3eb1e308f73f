/**
 * Commands with their values in: what a page shows and the Copy button copies, byte for byte.
 *
 * A value out of a log is never part of a command's text. It stands once above the command, as an assignment in single
 * quotes, and the command uses the variable: what a variable holds is not parsed again, so no value can run anything.
 */
import { plainOrQuoted, quoted, type SetupValues } from '../setup.ts';
import type { Side } from '../types.ts';
import { readShell } from './shell.ts';
import { cleanValue, type Kind, type Slot } from './values.ts';

/** The line above a command that sets one variable. */
export interface Assignment {
  /** Name of the variable; the prefix keeps clear of PATH, UID, IFS and the like. */
  word: string;
  /** The line: `my_client='web1.example.net'`. */
  text: string;
  /** What to put in, in words. */
  what: string;
  kind?: Kind;
  /** What it is set to; absent where nobody knows it. */
  value?: string;
  /** Nobody knows the value: the line sets the variable to nothing, and the command refuses to run with it. */
  open: boolean;
  found: boolean;
  /** What the log names there, and the line that takes it over. */
  logged?: { value: string; text: string; by?: Slot['by'] };
}

/** A part of a command: text, or what a variable of the setup is. */
export type Piece = string | { variable: string; text: string };

export interface Command {
  assignments: Assignment[];
  /** Below the assignments. */
  body: string;
  /** The body again, with the values of the setup told apart: another setup has others. */
  pieces: Piece[];
  /** All of it, as it is copied. Empty if there is none. */
  text: string;
  /** Why this setup has no such command. */
  none?: string;
}

/** What fills the places of a command: values for this one, then the setup on this side. */
export interface Filling {
  slots: Readonly<Record<string, Slot>>;
  setup: SetupValues;
  side?: Side;
}

/** One word of a POSIX shell: whatever the value holds, it stays whole and is never run. */
export function shellQuote(value: string): string {
  return quoted(cleanValue(value));
}

/**
 * Puts values into a command.
 * @param template with `{name}` places; those that nobody knows stay as they are: they are the shell's
 * @param changes true: a variable that is empty stops the command, so that it never means the host's own file
 */
export function renderCommand(template: string, filling: Filling, changes: boolean): Command {
  const source = template.trimEnd();
  const assignments = new Map<string, Assignment>();
  const pieces: Piece[] = [];
  let none: string | undefined;
  let at = 0;
  for (const { name, start, end, quotes } of readShell(source).places) {
    const slot = Object.hasOwn(filling.slots, name) ? filling.slots[name] : undefined;
    const known = slot && !slot.variable ? undefined : fromSetup(slot?.variable ?? name, filling);
    if (!slot && !known) continue;
    pieces.push(source.slice(at, start));
    at = end;
    if (known) {
      none ??= known.none;
      // In quotes the build allows only what needs none itself: a name, a number.
      pieces.push({ variable: known.variable, text: known.text });
    } else if (slot?.fixed && slot.value !== undefined) {
      pieces.push(fixedWord(slot.value, quotes));
    } else if (slot) {
      if (!assignments.has(name)) assignments.set(name, assignmentOf(slot));
      const word = `my_${name}`;
      const stops = changes || slot.value === undefined ? ':?' : '';
      const variable = quotes || stops ? `\${${word}${stops}}` : `$${word}`;
      // In single quotes the build allows no such place; should one stand there all the same, they are left for it.
      pieces.push(quotes === '"' ? variable : `${quotes}"${variable}"${quotes}`);
    }
  }
  pieces.push(source.slice(at));
  if (none !== undefined) return { assignments: [], body: '', pieces: [], text: '', none };
  const above = [...assignments.values()];
  const body = textOf(pieces);
  return {
    assignments: above,
    body,
    pieces: joined(pieces),
    text: [...above.map(({ text }) => text), body].join('\n'),
  };
}

/** What pieces say. */
export const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');

/** Texts that stand side by side as one. */
function joined(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece;
    else if (piece !== '') out.push(piece);
  }
  return out;
}

function fromSetup(
  name: string,
  { setup, side }: Filling,
): { variable: string; text: string; none?: string } | undefined {
  const known = setup.of(name, side);
  if (!known) return undefined;
  const { text = '', none } = known;
  return { variable: setup.nameOf(name, side), text, ...(none === undefined ? {} : { none }) };
}

function fixedWord(value: string, quotes: string): string {
  if (quotes === '"') return cleanValue(value).replace(/[\\"$`]/g, '\\$&');
  return quotes + plainOrQuoted(cleanValue(value)) + quotes;
}

function assignmentOf({ name, what, kind, value, found, logged, by }: Slot): Assignment {
  const word = `my_${name}`;
  const line = (text: string) => `${word}=${shellQuote(text)}`;
  return {
    word,
    what,
    text: line(value ?? ''),
    ...(kind === undefined ? {} : { kind }),
    ...(value === undefined ? {} : { value: cleanValue(value) }),
    open: value === undefined,
    found,
    ...(logged === undefined ? {} : { logged: { value: logged, text: line(logged), ...(by ? { by } : {}) } }),
  };
}

/** The values in a text that is no command, such as what a command prints. */
export function renderText(template: string, filling: Filling): Piece[] {
  const { slots, setup, side } = filling;
  const pieces = template
    .trimEnd()
    .split(/(\{[a-z][a-z_]*\})/)
    .map((part): Piece => {
      const name = /^\{(.*)\}$/.exec(part)?.[1];
      if (name === undefined) return part;
      const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
      if (slot && !slot.variable) return cleanValue(slot.value ?? `my_${name}`);
      const variable = setup.nameOf(slot?.variable ?? name, side);
      const known = setup.of(variable);
      return known ? { variable, text: known.value ?? '…' } : part;
    });
  return joined(pieces);
}
