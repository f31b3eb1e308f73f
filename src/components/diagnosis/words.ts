/** Words for records and places. */
import knowledge from 'virtual:knowledge';
import { pasted } from '../../engine/names.ts';
import type { Finding, Source } from '../../engine/types.ts';
import { messageWords, textWords } from '../../report/message-words.ts';

export const messageById = new Map(knowledge.messages.map((m) => [m.id, m]));
export const problemById = new Map(knowledge.problems.map((p) => [p.id, p]));
export const stepTitle = new Map(knowledge.steps.map((s) => [s.id, s.title]));

/** By what evidence and the row of its line are found from one another. */
export const placeKey = (source: number, line: number): string => `${source}:${line}`;

/** "line 12", or "server.log, line 12" where there is more than the box. */
export function whereIs(sources: readonly Source[], source: number, line: number): string {
  const name = sources[source]?.name;
  return sources.length > 1 || (name && name !== pasted) ? `${name}, line ${line}` : `line ${line}`;
}

/** The literal words of a catalogue entry, names standing for what varies. */
export function messageTitle({ message, text }: Pick<Finding, 'message' | 'text'>): string {
  const entry = messageById.get(message ?? '');
  if (!entry) return message ?? '';
  const part = entry.texts.find((t) => t.id === text);
  return part ? textWords(entry, part) : messageWords(entry);
}
