/** What a reader has done on a fix: ticks, values, the case that was chosen. Kept in this tab, and gone with the lines. */

const key = 'samhain-troubleshooter-fix';

/** Said on the window when something of it has changed. */
export const workChanged = 'workchange';

interface Kept {
  ticks: string[];
  /** By verdict, then by variable. */
  values: Record<string, Record<string, string>>;
  cases: Record<string, string>;
  /** When the last step was ticked that changes something: what was written since then is of the time after the repair. */
  repaired?: number | undefined;
}

const nothing = (): Kept => ({ ticks: [], values: {}, cases: {} });

function read(): Kept {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Kept>;
    const { ticks, values, cases, repaired } = kept;
    return { ticks: Array.isArray(ticks) ? ticks : [], values: values ?? {}, cases: cases ?? {}, repaired };
  } catch {
    return nothing();
  }
}

let state: Kept | undefined;

/** What is kept now. */
export function keptWork(): Kept {
  state ??= read();
  return state;
}

/** Changes it. */
export function keepWork(change: (kept: Kept) => void): void {
  const now = keptWork();
  change(now);
  try {
    sessionStorage.setItem(key, JSON.stringify(now));
  } catch {
    // Storage refused: it holds as long as the page is open.
  }
  dispatchEvent(new Event(workChanged));
}

/** Forgets all of it. */
export function forgetWork(): void {
  state = nothing();
  try {
    sessionStorage.removeItem(key);
  } catch {
    // Storage refused: there is nothing.
  }
}
