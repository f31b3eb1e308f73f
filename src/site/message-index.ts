/** What the lists and pages of messages are made from: one row per catalogue entry and per text of a carrier. */
import type { Message, Problem } from '../content/schemas.ts';
import type { Knowledge } from '../knowledge/load.ts';
import { messageWords, textWords } from './message-words.ts';
import { messageHref } from './paths.ts';

type Text = Message['texts'][number];

export interface MessageRow {
  href: string;
  /** The literal words, {names} standing for what varies. */
  title: string;
  message: Message;
  text?: Text;
  severity: string;
  side: 'client' | 'server' | 'both';
  stage: string;
  problems: Problem[];
}

function problemsOf(problems: Problem[], message: string, text?: string): Problem[] {
  return problems.filter((problem) =>
    problem.signs.some((sign) => sign.message === message && (!text || !sign.text || sign.text === text)),
  );
}

/** All rows, path messages first. */
export function messageRows({ messages, problems }: Knowledge): MessageRow[] {
  const rows: MessageRow[] = [];
  for (const message of messages) {
    const { severity, side, stage } = message;
    rows.push({
      href: messageHref(message.id),
      title: messageWords(message),
      message,
      severity,
      side,
      stage,
      problems: problemsOf(problems, message.id),
    });
    for (const text of message.texts) {
      rows.push({
        href: messageHref(message.id, text.id),
        title: textWords(message, text),
        message,
        text,
        severity: text.severity ?? severity,
        side: text.side ?? side,
        stage: text.stage ?? stage,
        problems: problemsOf(problems, message.id, text.id),
      });
    }
  }
  const rank = { path: 0, report: 1, trace: 2 };
  return rows.sort((a, b) => rank[a.message.kind] - rank[b.message.kind]);
}
