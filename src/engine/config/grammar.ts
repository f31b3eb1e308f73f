/** What the content says of configurations, as the reader uses it. Pure. */

import type { Sections } from '../log/configuration.ts';
import type { Rule } from './judge.ts';

export type Build = 'client' | 'server' | 'stand-alone';

/** What options have in common. */
export interface OptionKind {
  /** Sections that take it. */
  in: readonly string[];
  builds: readonly Build[];
  /** Kind of value, see values.ts. */
  value: string;
  /** The only values. */
  words?: readonly string[] | undefined;
  /** Values beside those of its kind. */
  also?: readonly string[] | undefined;
  form?: string | undefined;
  twice: 'last' | 'first' | 'adds';
  most?: number | undefined;
  /** Published entries that fit no real client, by their sum (values.ts). */
  samples?: readonly string[] | undefined;
  secret?: boolean | undefined;
  /** True if it takes no value. */
  bare?: boolean | undefined;
}

/** What the content says of an option. */
export interface OptionFact extends OptionKind {
  name: string;
}

/** What the content says of a section. */
export interface SectionFact {
  section: string;
  builds: readonly Build[];
  module?: boolean | undefined;
  /** The smallest depth of a path in it, if below 0. */
  least?: number | undefined;
}

/** Words of one kind, of which values are made. */
export interface WordsFact {
  kind: string;
  words: readonly string[];
  all?: string | undefined;
  none?: string | undefined;
  ignored?: readonly string[] | undefined;
}

/** The content's share (src/build/knowledge/settings.ts). */
export interface CompiledSettings {
  sections: readonly SectionFact[];
  /**
   * In the reader's order: of names with the same beginning the first counts. `for`: the second letters of the programs; all of
   * them, and `last`, where nothing is said.
   */
  options: readonly (Omit<OptionKind, 'builds' | 'twice'> & {
    names: readonly string[];
    for?: string | undefined;
    twice?: OptionKind['twice'] | undefined;
  })[];
  words: readonly WordsFact[];
  rules: readonly Rule[];
}

export interface Grammar {
  options: readonly OptionFact[];
  sections: readonly SectionFact[];
  words: ReadonlyMap<string, WordsFact>;
  /** For telling a configuration from a log. */
  names: Sections;
}

const BUILDS: readonly Build[] = ['client', 'server', 'stand-alone'];

export function createGrammar({ sections, options: kinds, words }: CompiledSettings): Grammar {
  const options = kinds.flatMap(({ names, for: initials, twice = 'last', ...kind }) => {
    const of = BUILDS.filter((build) => initials === undefined || initials.includes(build.charAt(1)));
    return names.map((name) => ({ name, ...kind, builds: of, twice }));
  });
  const names = sections.map(({ section }) => [
    section.toLowerCase(),
    options.filter((option) => option.in.includes(section)).map(({ name }) => name.toLowerCase()),
  ]);
  return { options, sections, words: new Map(words.map((one) => [one.kind, one])), names: Object.fromEntries(names) };
}
