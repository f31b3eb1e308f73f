/** What a reader has done on a fix: ticks, values, the case that was chosen. Kept in this tab, and gone with the lines. */

const key = 'samhain-troubleshooter-fix';

/** Said on the window when something of it has changed. */
export const workChanged = 'workchange';

interface Work {
  ticks: string[];
  /** By verdict, then by variable. */
  values: Record<string, Record<string, string>>;
  cases: Record<string, string>;
  /** When the last step was ticked that changes something: what was written since then is of the time after the repair. */
  repaired?: number | undefined;
}

const nothing = (): Work => ({ ticks: [], values: {}, cases: {} });

function read(): Work {
  try {
    const work = JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Work>;
    const { ticks, values, cases, repaired } = work;
    return { ticks: Array.isArray(ticks) ? ticks : [], values: values ?? {}, cases: cases ?? {}, repaired };
  } catch {
    return nothing();
  }
}

let state: Work | undefined;

/** What is saved now. */
export function savedWork(): Work {
  state ??= read();
  return state;
}

/** Changes it. */
export function saveWork(change: (work: Work) => void): void {
  const now = savedWork();
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
