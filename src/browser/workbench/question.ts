/** What the page asks of the engine. */
import type { Asked } from '../../engine/judge.ts';
import type { Choice } from '../../engine/setup.ts';
import type { Source } from '../../engine/types.ts';

/** What is asked: the texts, the time that is to be judged, and the setup whose commands are shown. */
export interface Question extends Partial<Asked> {
  sources: Source[];
  choice: Choice;
  /** Key of the group that must have all that it says, however many there are. */
  open?: string;
}
