/** What the page and the worker tell each other. */
import type { View, WalkView } from '../../components/diagnosis/view.ts';
import type { WalkOutput } from '../../engine/checks/walk.ts';
import type { Choice } from '../../engine/setup.ts';
import type { Source } from '../../engine/types.ts';
import type { Slice, Window } from '../../engine/window.ts';
import type { Around, AroundWish } from './around.ts';
import type { HandedOn, HandOnWish } from './hand-on.ts';
import type { Question } from './question.ts';

/** What the worker is told: to judge, to read a file, to end that and keep what was read, to write a report, to read outputs, to show lines. */
export type Order =
  | Question
  | Walk
  | { around: AroundWish; id: number }
  | { file: File; again?: Again | undefined }
  | { question: Question; wish: HandOnWish }
  | 'enough';

/** What was printed on the page to walk, and what the reader typed for the places in its commands. */
export interface Walk {
  outputs: WalkOutput[];
  given: Record<string, string>;
  choice: Choice;
}

/** What the worker says: that it has started, then one answer to each call; of a file before that how far it is. */
export type Answer =
  | 'ready'
  | { view: View }
  | { walk: WalkView }
  | { error: string }
  | { bytes: number }
  | { read: ReadFile }
  | { handedOn: HandedOn }
  | { around: Around; id: number };

/** A file as it was read; a sentence if it could not be. */
export interface ReadFile {
  source: Source;
  refused?: string;
}

/** A long file is read once more, for a window: the part in which that lies. */
export interface Again {
  window: Window;
  slice: Slice;
}

/** What a reading is told and tells. */
export interface FileReading {
  /** Not wanted any more. */
  signal: AbortSignal;
  /** Wanted as far as it has come. */
  enough: AbortSignal;
  progress(bytes: number): void;
  again?: Again | undefined;
}
