/**
 * Values for the commands of a fix: taken from the lines, which are somebody else's text.
 * They are quoted so that a shell passes them on as one word and never runs them.
 */
import type { Problem } from '../../content/schemas.ts';
import type { Finding } from '../types.ts';
import type { Diagnosis } from './types.ts';

/** A value for one placeholder. */
export interface CommandValue {
  value: string;
  /** True if it was found in the lines; else it is the example. */
  found: boolean;
  /** What it is, in words. */
  what: string;
  /** Not in the lines, and no installation is like another: the reader must put it in. */
  open: boolean;
}

/**
 * What stands in a command for each placeholder. One that is open stands there as its own name in capitals: an example
 * that looks real would be run as it stands.
 */
export function commandWords(values: Readonly<Record<string, CommandValue>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, { value, open }]) => [name, open ? name.toUpperCase() : value]),
  );
}

/** Longer than any name or path that a command can use. */
const longest = 1024;

/** What samhain prints for "nothing". */
const nothing = new Set(['', '(null)', 'null']);

/** Control characters, and marks that make a text look other than it is (direction, no width). */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

const label = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]{0,251}[\p{L}\p{N}_])?\.?$/u;

/** A name or an address that leads to one other host. */
function isHost(value: string): boolean {
  const name = value.toLowerCase();
  if (name === '0.0.0.0' || name.startsWith('127.') || name === '::' || name === '::1') return false;
  if (name === 'localhost' || name.startsWith('localhost.')) return false;
  return label.test(value) || (value.includes(':') && /^[0-9a-f:.]{2,45}(?:%[\w.-]{1,32})?$/i.test(value));
}

type Kind = Problem['values'][string]['kind'];

/** What a stranger's text must look like to stand in a command for this. */
const looksLike: Readonly<Record<Kind, (value: string) => boolean>> = {
  host: isHost,
  path: (value) => value.startsWith('/'),
  number: (value) => /^\d{1,10}$/.test(value),
  text: () => true,
};

/** The text of a value without what cannot be seen. */
export function cleanValue(value: string): string {
  return value.replace(unseen, '');
}

/**
 * One word for a POSIX shell, whatever the value holds. Plain words stay as they are, everything else stands in
 * single quotes; control characters are left out, for no name or path that we fill in has any.
 */
export function shellQuote(value: string): string {
  const clean = cleanValue(value);
  if (/^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,-]*$/.test(clean)) return clean;
  return `'${clean.replaceAll("'", "'\\''")}'`;
}

/**
 * The values of a problem's placeholders: from the weightiest evidence that has one of the fields named in the
 * content, then from what the problem explains, else the example.
 * Not taken is a value of a record that looks forged, of the other side, or unlike what the command needs; nor one that
 * begins with a dash: as a word of a command it would be an option.
 */
export function commandValues(
  problem: Pick<Problem, 'values'>,
  diagnosis: Pick<Diagnosis, 'evidence' | 'explains'>,
  findings: readonly Finding[],
): Record<string, CommandValue> {
  const weights = ['proves', 'points', 'fits'];
  const evidence = [...diagnosis.evidence].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  const order = [...evidence.map(({ finding }) => finding), ...diagnosis.explains];
  const out: Record<string, CommandValue> = {};
  for (const [name, wanted] of Object.entries(problem.values)) {
    const { example, what, usual } = wanted;
    const value = firstValue(order, wanted, findings);
    out[name] = { value: value ?? example, found: value !== undefined, what, open: value === undefined && !usual };
  }
  return out;
}

function firstValue(
  order: readonly number[],
  { fields, kind, side }: Problem['values'][string],
  findings: readonly Finding[],
): string | undefined {
  if (fields.length === 0) return undefined;
  for (const index of order) {
    const finding = findings[index];
    if (!finding || finding.record.suspicious !== undefined) continue;
    if (side && finding.side && finding.side !== side) continue;
    for (const field of fields) {
      const value = cleanValue(finding.values[field] ?? '').trim();
      if (nothing.has(value.toLowerCase()) || value.startsWith('-') || value.length > longest) continue;
      if (looksLike[kind](value)) return value;
    }
  }
  return undefined;
}

/**
 * Puts quoted values into the {name} places of a command. Inside quotes of the command the quotes are closed around
 * the value and opened again, so that a value can never leave its word.
 * @param values by placeholder name; places without a value stay as they are
 */
export function fillCommand(command: string, values: Readonly<Record<string, string>>): string {
  let out = '';
  let quote = '';
  for (let i = 0; i < command.length; i++) {
    const char = command[i] ?? '';
    const place = char === '{' ? placeAt(command, i) : undefined;
    const value = place === undefined || !Object.hasOwn(values, place) ? undefined : values[place];
    if (place !== undefined && value !== undefined) {
      out += quote + shellQuote(value) + quote;
      i += place.length + 1;
      continue;
    }
    out += char;
    if (char === '\\' && quote !== "'") {
      out += command[i + 1] ?? '';
      i++;
    } else if (char === quote) quote = '';
    else if (!quote && (char === "'" || char === '"')) quote = char;
  }
  return out;
}

/** Name between braces at `start`, if it is one. */
function placeAt(command: string, start: number): string | undefined {
  const end = command.indexOf('}', start);
  const name = end < 0 || end - start > 40 ? '' : command.slice(start + 1, end);
  return /^[a-z][a-z_]*$/.test(name) ? name : undefined;
}
