/**
 * How samhain was installed, as the values that commands take: the paths, names and tools of one setup, with those that a
 * reader gave in place of some of them.
 */
import type { Setup, Variable } from '../content/schemas.ts';
import type { Side } from './types.ts';

/** Reader's choice: a setup, and values of his own by variable. */
export interface Choice {
  setup: string;
  own: Readonly<Record<string, string>>;
}

/** The content that the values come from. The first setup has one for every variable. */
export interface Installations {
  variables: readonly Variable[];
  setups: readonly Setup[];
}

/** What one variable is in one setup. */
export interface SetupValue {
  /** As it is: a path without quotes. Absent where the setup has none. */
  value?: string;
  /** As it stands in a command: one word, or the beginning of a command. Absent where the setup has none. */
  text?: string;
  /** Why there is none. */
  none?: string;
  /** What a reader should know before it is believed. */
  note?: string;
  /** The reader's own value. */
  own?: true;
}

/** All variables of a setup, by id; one that depends on the side is asked for with it. */
export interface SetupValues {
  /** undefined if there is no such variable. */
  of(name: string, side?: Side): SetupValue | undefined;
  /** The variable that the name means on a side: `client_log` for `log` on the client. */
  nameOf(name: string, side?: Side): string;
  /** True for a variable that client and server have apart. */
  bySide(name: string): boolean;
}

/** Another setup that has a path which a record names, and no other has: it may be the reader's. */
export function suggestSetup(
  { variables, setups }: Installations,
  chosen: string,
  named: Iterable<string>,
): { id: string; title: string; path: string } | undefined {
  const owners = new Map<string, Set<Setup>>();
  for (const setup of setups) {
    const values = valuesOf({ variables, setups }, { setup: setup.id, own: {} });
    for (const variable of variables) {
      const path = 'kind' in variable && variable.kind === 'path' ? values.of(variable.id)?.value : undefined;
      if (path !== undefined) owners.set(path, (owners.get(path) ?? new Set()).add(setup));
    }
  }
  for (const path of named) {
    const [owner, ...others] = owners.get(path) ?? [];
    if (owner && others.length === 0)
      return owner.id === chosen ? undefined : { id: owner.id, title: owner.title, path };
  }
  return undefined;
}

/** Of tests and tools that show no command: no variable is known. */
export const noSetup: SetupValues = { of: () => undefined, nameOf: (name) => name, bySide: () => false };

type One = Extract<Variable, { kind: string }>;

/** Longer than any path or name that a command can use. */
const longest = 200;

/** What a typed value must look like. No `!`: csh looks into single quotes for it. */
const looksLike: Readonly<Record<One['kind'], RegExp | undefined>> = {
  path: /^\/(?:(?!\.\.(?:\/|$))[^/\p{C}\p{Zl}\p{Zp}!]*\/)*(?!\.\.$)[^/\p{C}\p{Zl}\p{Zp}!]+$/u,
  name: /^[a-z_][a-z0-9_.-]*$/i,
  number: /^\d{1,5}$/,
  tool: undefined,
};

/** Whether a reader may put this value in for a variable: what it stands in are shell commands, run as root. */
export function fits(variable: Variable | undefined, value: string): boolean {
  if (!variable || 'either' in variable || !variable.title) return false;
  return value.length <= longest && Boolean(looksLike[variable.kind]?.test(value));
}

/** One word of a POSIX shell, and of csh where no `!` is in it: whatever the text holds, it stays whole and is never run. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Words that mean nothing to a shell stay as they are, so that a command with usual paths reads like one typed by hand. */
export const plainOrQuoted = (text: string): string =>
  /^[A-Za-z0-9_./:@%+,][A-Za-z0-9_./:@%+,-]*$/.test(text) ? text : quoted(text);

const place = /\{([a-z_]+)\}/g;

/**
 * The values of a setup; an unknown one is the first.
 * @param choice own values that do not look like what they stand for are left out
 */
export function valuesOf({ variables, setups }: Installations, choice?: Choice): SetupValues {
  const byId = new Map(variables.map((variable) => [variable.id, variable]));
  const [first] = setups;
  const setup = setups.find(({ id }) => id === choice?.setup) ?? first;
  const known = new Map<string, SetupValue | undefined>();

  const nameOf = (name: string, side?: Side): string => {
    const variable = byId.get(name);
    return variable && 'either' in variable ? variable.either[side ?? 'server'] : name;
  };

  const of = (name: string, side?: Side): SetupValue | undefined => {
    const id = nameOf(name, side);
    const variable = byId.get(id);
    if (!variable || 'either' in variable) return undefined;
    if (!known.has(id)) known.set(id, make(variable));
    return known.get(id);
  };

  const make = (variable: One): SetupValue | undefined => {
    const { id, kind, is, folderOf } = variable;
    if (folderOf) {
      const whole = of(folderOf);
      if (whole?.value === undefined) return whole;
      const value = whole.value.slice(0, whole.value.lastIndexOf('/')) || '/';
      return { ...whole, value, text: plainOrQuoted(value) };
    }
    if (choice && Object.hasOwn(choice.own, id)) {
      const own = choice.own[id] ?? '';
      if (fits(variable, own)) return { value: own, text: plainOrQuoted(own), own: true };
    }
    const given = is ?? setup?.values[id] ?? first?.values[id];
    if (given === undefined) return undefined;
    if (typeof given === 'object' && 'none' in given) return given;
    const { value: template, note } = typeof given === 'string' ? { value: given, note: undefined } : given;
    let none: string | undefined;
    let own: boolean | undefined;
    const filled = template.replace(place, (_, name: string) => {
      const inner = of(name);
      none ??= inner?.none;
      own ||= inner?.own;
      return (kind === 'tool' ? inner?.text : inner?.value) ?? '';
    });
    if (none !== undefined) return { none };
    return {
      value: filled,
      text: kind === 'tool' ? filled : plainOrQuoted(filled),
      ...(note === undefined ? {} : { note }),
      ...(own ? { own: true as const } : {}),
    };
  };

  return {
    of,
    nameOf,
    bySide: (name) => {
      const variable = byId.get(name);
      return variable !== undefined && 'either' in variable;
    },
  };
}
