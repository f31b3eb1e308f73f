/** The checked content for pages. Read once for a build; in development again for each page, to show edits. */
import { loadKnowledge } from '../knowledge/load.ts';
import type { Knowledge } from '../knowledge/types.ts';

declare global {
  /** What a build has read before it makes the pages (build/knowledge/integration.ts). */
  var samhainContent: Knowledge | undefined;
}

let cached: Knowledge | undefined;

/** All content. Pages are made from the project's folder. */
export function content(): Knowledge {
  if (import.meta.env.DEV) return loadKnowledge(process.cwd());
  cached ??= globalThis.samhainContent ?? loadKnowledge(process.cwd());
  return cached;
}

/** The entry with this id. @throws if there is none: a page asked for what the checks would have refused */
export function byId<T extends { id: string }>(list: readonly T[], id: string): T {
  const entry = list.find((e) => e.id === id);
  if (!entry) throw new Error(`There is no entry ${id}.`);
  return entry;
}
