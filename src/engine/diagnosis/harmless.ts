/** Lines that look bad and are not, as the catalogue tells. */
import type { Message } from '../../content/schemas.ts';
import { matches } from './match.ts';
import type { Timeline } from './timeline.ts';
import type { Harmless, Observation } from './types.ts';

/** The catalogue's share that the judge needs. */
export interface KnownMessage
  extends Pick<
    Message,
    | 'id'
    | 'kind'
    | 'side'
    | 'severity'
    | 'alsoSeverity'
    | 'fields'
    | 'harmless'
    | 'reaches'
    | 'begins'
    | 'session'
    | 'process'
  > {
  texts: readonly Pick<Message['texts'][number], 'id' | 'side' | 'severity' | 'harmless' | 'reaches' | 'begins'>[];
}

/** Why the lines that count for nothing are harmless, where the catalogue says so; every copy of a line is listed. */
export function harmlessLines(
  timeline: Timeline,
  messages: readonly KnownMessage[],
  counted: ReadonlySet<Observation>,
): Harmless[] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const found: Harmless[] = [];
  for (const it of timeline.all) {
    const message = byId.get(it.message);
    if (!message || counted.has(it)) continue;
    const text = it.text === undefined ? undefined : message.texts.find(({ id }) => id === it.text);
    const entries = [...(text?.harmless ?? []), ...message.harmless];
    const reason = entries.find(
      (entry) =>
        matches({ message: it.message, severity: entry.severity, fields: entry.fields }, it) &&
        !entry.with?.some((companion) => !timeline.exists(companion, it)) &&
        !entry.without?.some((companion) => timeline.exists(companion, it)),
    );
    if (!reason) continue;
    for (const finding of [it.finding, ...it.copies]) found.push({ finding, because: reason.because });
  }
  return found.sort((a, b) => a.finding - b.finding);
}
