/** What the lists and pages of messages are made from: one row per catalogue entry and per text of a carrier. */

import { messageHref } from '../../browser/paths.ts';
import type { Message, Problem } from '../../content/schemas.ts';
import { testField } from '../../engine/index.ts';
import { messageWords, textWords } from '../../report/message-words.ts';
import type { Knowledge } from '../knowledge/types.ts';

type Text = Message['texts'][number];

export interface MessageRow {
  href: string;
  /** The literal words, {names} standing for what varies. */
  title: string;
  message: Message;
  text?: Text;
  severity: string;
  side: 'client' | 'server' | 'both';
  step: string;
  problems: Problem[];
}

/** Values that every record with this text has: the words in the free place, and what its `where` names outright. */
function fixedValues(message: Message, text: Text): Record<string, string> {
  const values: Record<string, string> = {};
  const free = /msg=<[^<{]*\{([a-z_]+)\}/.exec(message.forms[0]?.plain ?? '')?.[1];
  if (free && text.text) values[free] = text.text;
  for (const [name, test] of Object.entries(text.where ?? {})) if (typeof test === 'string') values[name] = test;
  return values;
}

/** Problems with a sign that this message, or this text of it, can be. */
function problemsOf(problems: Problem[], message: Message, text?: Text): Problem[] {
  const values = text ? fixedValues(message, text) : {};
  return problems.filter((problem) =>
    problem.signs.some(
      (sign) =>
        sign.message === message.id &&
        (!text || !sign.text || sign.text.includes(text.id)) &&
        Object.entries(sign.fields ?? {}).every(([name, test]) => !(name in values) || testField(test, values[name])),
    ),
  );
}

/** All rows: the way between client and server first, signs of problems before the rest, in the order of the steps. */
export function messageRows({ messages, problems, steps }: Knowledge): MessageRow[] {
  const rows: MessageRow[] = [];
  for (const message of messages) {
    const { severity, side, step } = message;
    rows.push({
      href: messageHref(message.id),
      title: messageWords(message),
      message,
      severity,
      side,
      step,
      problems: problemsOf(problems, message),
    });
    for (const text of message.texts) {
      rows.push({
        href: messageHref(message.id, text.id),
        title: textWords(message, text),
        message,
        text,
        severity: text.severity ?? severity,
        side: text.side ?? side,
        step: text.step ?? step,
        problems: problemsOf(problems, message, text),
      });
    }
  }
  const rank = { path: 0, report: 1, trace: 2 };
  const order = new Map(steps.map((step, i) => [step.id, i]));
  return rows.sort(
    (a, b) =>
      rank[a.message.kind] - rank[b.message.kind] ||
      Number(b.problems.length > 0) - Number(a.problems.length > 0) ||
      (order.get(a.step) ?? 0) - (order.get(b.step) ?? 0),
  );
}

/**
 * What the list is filtered by beside the title and the address, in lower case and each word once: id, template without
 * its places, and the values that tell a text of a carrier.
 */
export function filterWords({ title, href, message, text }: MessageRow): string {
  const known = `${title} ${href}`.toLowerCase();
  const template = (message.forms[0]?.plain ?? '').replace(/\{[a-z_0-9]+\}>?,?/gi, '');
  const values = text ? Object.values(fixedValues(message, text)) : [];
  const words = [message.id, template, ...values].join(' ').toLowerCase().split(/\s+/);
  return [...new Set(words)].filter((word) => !known.includes(word)).join(' ');
}
