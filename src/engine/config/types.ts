/** Shapes of configurations: what the content says of options and rules, what the reader reads, what the judge finds. */
import type { Sections } from '../log/configuration.ts';
import type { Side } from '../types.ts';

/** What a fact must be. */
export type FactTest =
  | string
  | number
  | boolean
  | {
      is?: readonly string[] | undefined;
      not?: readonly string[] | undefined;
      matches?: string | undefined;
      above?: number | undefined;
      below?: number | undefined;
    };

export type Need = 'other-file' | 'log' | 'mode' | 'check' | 'setup';

export interface Rule {
  /** Its name in results; several rules can have one. */
  rule: string;
  degree: 'breaks' | 'misleads' | 'untidy';
  /** Whose files; all if not said. */
  files?: readonly ('client' | 'server')[] | undefined;
  needs?: readonly Need[] | undefined;
  /** What it needs is not asked for. */
  quiet?: boolean | undefined;
  when: Readonly<Record<string, FactTest>>;
  /** Not if some other option has a value that logs. */
  unless?: { option: readonly string[] } | undefined;
  /** The whole file, if it has none of these options: the finding has no line. */
  lacks?: readonly string[] | undefined;
  /** Compared with the last value of an option in the other side's file. */
  against?: { option: string; default: string; is: 'not-above' | 'differs' } | undefined;
  /** A record of the log that there must be beside it. */
  seen?: Seen | undefined;
  /** Bits of the file mode, one of which is set. */
  mode?: number | undefined;
  setup?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** What is there and what the program makes of it; {option}, {value} … are facts of the line. */
  says: string;
  effect: string;
  /** The corrected line. */
  write?: string | undefined;
  /** What to do, where a line cannot be given. */
  edit?: string | undefined;
  problem?: string | undefined;
  case?: string | undefined;
  /** What stands for a name in the line is no client's. */
  nobody?: boolean | undefined;
}

/** A record of the log, and how what it names is related to what the line names. */
export interface Seen {
  message: string;
  text?: readonly string[] | undefined;
  /** Fields of the record, and the fact of the line (or `line`, its number) that they are compared with. */
  field: readonly string[];
  fact: string;
  /**
   * same: it is it. first-part: the log has a short name, the line the full one. longer: the other
   * way round. misspelt: they are one or two letters apart. only: the log has one full name that no line is for. there: the
   * record is enough.
   */
  is: 'same' | 'first-part' | 'longer' | 'misspelt' | 'only' | 'there';
}

export interface SettingFinding {
  /** 0: the whole file. */
  line: number;
  rule: string;
  degree: Rule['degree'];
  says: string;
  effect: string;
  write?: string;
  edit?: string;
  problem?: string;
  case?: string;
  /** The clients that the line is about; none where it could be any. */
  hosts?: readonly string[];
  /** What the log calls it. */
  seen?: string;
}

export type Fact = string | number | boolean | undefined;

/** A line with what the program makes of it. No secret is in it. */
export interface Entry {
  line: number;
  facts: Record<string, Fact>;
  /** The clients that lines are for which are lost with this one, or in it. */
  hosts?: string[];
}

export interface Settings {
  /** Programs that may read the file. */
  builds: readonly Build[];
  entries: Entry[];
  /** Sections of modules that a build may lack: what stands in them is not judged. */
  modules: { line: number; section: string }[];
  /** Lines that are the rest of an entry above. */
  rests: number[];
  /** Clients that a line is written for, whether it is read or not. */
  named: ReadonlySet<string>;
  /** False if the text was longer than what is read. */
  complete: boolean;
}

/** What is known of a file beside its text. */
export interface FileFacts {
  /** The full name of the machine that reads it. */
  host?: string | undefined;
  /** It was copied from somewhere: its last line may have had an end. */
  copied?: boolean | undefined;
  /**
   * Which part of it this is, where that is known: `beginning` ends anywhere, `end` begins anywhere, and `lines` are single ones of it,
   * such as grep prints: the heading above one of them need not be its own.
   */
  part?: 'whole' | 'beginning' | 'end' | 'lines' | undefined;
  /** It begins with a byte order mark, which the text has no longer. */
  mark?: 'utf-8' | 'utf-16' | undefined;
}

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
  /** By side, what its file is called. */
  files: Readonly<Record<Side, string>>;
}

export interface Grammar {
  options: readonly OptionFact[];
  sections: readonly SectionFact[];
  words: ReadonlyMap<string, WordsFact>;
  /** By side, what its file is called. */
  files: Readonly<Record<Side, string>>;
  /** For telling a configuration from a log. */
  names: Sections;
}

/** A finding in one of them. */
export interface FoundSetting extends SettingFinding {
  source: number;
}

/** What could be wrong at a line, and cannot be said from the file alone. */
export interface OpenSetting {
  source: number;
  rule: string;
  line: number;
  needs: Need[];
}
