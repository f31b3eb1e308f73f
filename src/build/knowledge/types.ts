/** All content as the build and the tests have it, and how a mistake in it is told. */
import type {
  Check,
  CheckLocale,
  CheckValue,
  Combination,
  Consequences,
  End,
  GatherPart,
  GatherReading,
  Guide,
  Message,
  Option,
  Problem,
  Question,
  Recovery,
  Sample,
  SearchWord,
  Section,
  Setting,
  SettingRule,
  SettingWords,
  Setup,
  Step,
  Symptom,
  Variable,
  WalkStep,
  WordToAvoid,
} from '../../content/schemas.ts';
import type { RawEntry } from './files.ts';

/** Where an entry stands, for error messages. */
export type Place = Pick<RawEntry, 'file' | 'lineOf'>;

export interface Knowledge {
  steps: Step[];
  messages: Message[];
  problems: Problem[];
  questions: Question[];
  ends: End[];
  options: Option[];
  guides: Guide[];
  samples: Sample[];
  /** Ways in on the home page. */
  symptoms: Symptom[];
  sections: Section[];
  /** Records with a name, which problems share. */
  consequences: Consequences[];
  recoveries: Recovery[];
  words: WordToAvoid[];
  searchWords: SearchWord[];
  /** In the order in which they are worth asking. */
  checks: Check[];
  combinations: Combination[];
  gather: GatherReading[];
  /** Of the blocks that gather. */
  gatherParts: GatherPart[];
  checkValues: CheckValue[];
  /** What other languages print in place of what outcomes are written in. */
  checkLocales: CheckLocale[];
  /** The page to walk. */
  walk: WalkStep[];
  variables: Variable[];
  /** The first is the source build. */
  setups: Setup[];
  settings: Setting[];
  /** Of a line the first that fits counts. */
  rules: SettingRule[];
  settingWords: SettingWords[];
  /** Text below the frontmatter of each page, by its file. */
  bodies: Map<string, string>;
  /** Place of each entry in the content folder. */
  places: WeakMap<object, Place>;
}

/** Tells a mistake: in which entry, at which field, and why. */
export type Report = (entry: object, field: string, reason: string) => void;
