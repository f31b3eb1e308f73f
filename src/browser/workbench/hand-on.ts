/** The answer as a text for a colleague, with or without the names in it. Made where the engine runs. */
import knowledge from 'virtual:knowledge';
import { judged } from '../../components/diagnosis/view.ts';
import { markdownOf } from '../../report/markdown.ts';
import { reportOf } from '../../report/model.ts';
import { type Hidden, Redaction, redactionWords } from '../../report/redact.ts';
import { textOf } from '../../report/text.ts';
import { visible } from '../../report/visible.ts';
import type { Question } from './question.ts';

/** What the reader wants to hand on. */
export interface HandOnWish {
  /** Hosts, addresses, users and paths get stand-ins. Secrets are masked in any case. */
  redact: boolean;
  /** Further words to hide. */
  hide: string[];
  /** Steps that are ticked, in words. */
  done: string[];
}

export interface HandedOn {
  markdown: string;
  text: string;
  /** What has a stand-in; empty if nothing was to be hidden. */
  hidden: Hidden[];
}

/** The report of the same judgement that the page shows. */
export function handOn({ sources, choice, ...asked }: Question, { redact, hide, done }: HandOnWish): HandedOn {
  const { setup, window, ...told } = judged(sources, choice, asked);
  const { problems, messages } = knowledge;
  const time = window && !('not' in window) ? { window } : {};
  const whole = { report: reportOf({ ...told, ...time, problems, messages, setup }), done };
  const redaction = redact ? new Redaction(told.read, redactionWords(knowledge, setup, hide)) : undefined;
  const said = redaction?.all(whole) ?? whole;
  return {
    markdown: visible(markdownOf(said.report, said.done)),
    text: visible(textOf(said.report)),
    hidden: redaction?.hidden ?? [],
  };
}
