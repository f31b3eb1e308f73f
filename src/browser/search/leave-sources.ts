/** What one page leaves for the paste box of the next; log-line.ts takes it there. Of its own, so that a page loads it alone. */

/** Where they lie, in this tab only. A type, since a constant that two pages share would be a file more for each. */
export type SourcesKey = 'samhain-troubleshooter-sources';
const sourcesKey: SourcesKey = 'samhain-troubleshooter-sources';

/** A text that another page took for the paste box, as a source of its own. */
export interface HandedSource {
  name: string;
  text: string;
  side?: 'client' | 'server';
}

/**
 * Leaves sources for the paste box of the page opened next; there they come beside what it has.
 * @returns false where the browser keeps nothing
 */
export function handOverSources(sources: readonly HandedSource[]): boolean {
  try {
    if (sources.length === 0) sessionStorage.removeItem(sourcesKey);
    else sessionStorage.setItem(sourcesKey, JSON.stringify(sources));
    return true;
  } catch {
    return false;
  }
}
