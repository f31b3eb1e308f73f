/** What is in the box, kept in this tab, so that Back from a page finds it again; gone when the tab is closed. */
import type { Side } from '../../engine/types.ts';
import type { WindowWords } from '../../engine/window.ts';

const key = 'samhain-troubleshooter-box';

/** Larger texts are not kept: storage is small, and the user has them in a file. */
const most = 1_000_000;

export interface BoxMemory {
  text: string;
  side?: Side;
  /** What was pasted beside it. */
  pasted: { name: string; text: string; side?: Side }[];
  /** Names of files, which only the reader can give again. */
  files: string[];
  /** The row that was open. */
  open: string;
  /** The time that was judged. */
  time?: WindowWords;
}

export const emptyMemory: BoxMemory = { text: '', pasted: [], files: [], open: '' };

export function keepBox(box: BoxMemory): void {
  try {
    const { text, pasted, files } = box;
    const size = text.length + pasted.reduce((sum, one) => sum + one.text.length, 0);
    if (text === '' && pasted.length === 0 && files.length === 0) sessionStorage.removeItem(key);
    else if (size <= most) sessionStorage.setItem(key, JSON.stringify(box));
    else sessionStorage.removeItem(key);
  } catch {
    // Storage refused: Back then finds what the browser itself restores.
  }
}

/**
 * What was kept, if the page was reached by Back, Forward or reload; a fresh visit begins with an empty box.
 * @param added something comes from another page of the site, to stand beside it
 */
export function savedBox(added = false): BoxMemory {
  const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  // The wizard leads back to the lines by their name.
  const asked = added || location.hash.endsWith('lines');
  if (!asked && how?.type !== 'back_forward' && how?.type !== 'reload') return emptyMemory;
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<BoxMemory>;
    return typeof kept.text === 'string' ? { ...emptyMemory, ...kept } : emptyMemory;
  } catch {
    return emptyMemory;
  }
}
