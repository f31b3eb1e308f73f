/**
 * Many at once: different names within seconds, each tried once. That is one thing that happened, somebody going through a
 * list, and not one problem a name. A client has one name, and when it is refused it tries again.
 */
import type { Sign } from '../../content/schemas.ts';
import type { Observation } from './types.ts';

type Many = NonNullable<Sign['many']>;

/** Lines of one name that are no further apart are one try: two connections, or two records of one. */
const oneTry = 2_000;
/** A client that is refused pauses 34 minutes and its loop time at most; what comes back later is another visit. */
const rest = 2 * 3_600_000;
/** Names found to be no part of it change who else is near; after so many rounds what is left counts. */
const rounds = 8;

/**
 * Those of a sign's lines that are a crowd.
 * @param clients keys of hosts of which the input holds records of their own: they are no strangers
 */
export function crowdOf(
  found: readonly Observation[],
  { field, values, seconds }: Many,
  clients: ReadonlySet<string>,
): Set<Observation> {
  const named = (it: Observation) => it.values[field]?.trim().toLowerCase() ?? '';
  const timed = found
    .filter((it) => it.time !== undefined && named(it) !== '' && !(it.host && clients.has(it.host)))
    .sort((a, b) => timeOf(a) - timeOf(b) || a.index - b.index);
  const again = triedAgain(timed, named);
  let left = timed.filter((it) => !again.has(named(it)));
  let crowd = new Set<Observation>();
  for (let round = 0; round < rounds; round++) {
    const runs = runsOf(left, seconds * 1000).filter((run) => isCrowd(run, { named, values, width: seconds * 1000 }));
    crowd = new Set(runs.flat());
    // A name that is also refused by itself has a rhythm of its own.
    const alone = new Set(left.filter((it) => !crowd.has(it)).map(named));
    const stay = left.filter((it) => !crowd.has(it) || !alone.has(named(it)));
    if (stay.length === left.length) break;
    left = stay;
    crowd = new Set([...crowd].filter((it) => !alone.has(named(it))));
  }
  return crowd;
}

const timeOf = ({ time }: Observation): number => time ?? 0;

/** Names that come back after a pause, as a client does. */
function triedAgain(timed: readonly Observation[], named: (it: Observation) => string): Set<string> {
  const last = new Map<string, number>();
  const again = new Set<string>();
  for (const it of timed) {
    const name = named(it);
    const pause = timeOf(it) - (last.get(name) ?? Number.NEGATIVE_INFINITY);
    if (pause > oneTry && pause < rest) again.add(name);
    last.set(name, timeOf(it));
  }
  return again;
}

/** Stretches without a longer pause than this. */
function runsOf(timed: readonly Observation[], pause: number): Observation[][] {
  const runs: Observation[][] = [];
  for (const it of timed) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && timeOf(it) - timeOf(before) <= pause) run.push(it);
    else runs.push([it]);
  }
  return runs;
}

/** True if so many different names stand within the width anywhere in the run. */
function isCrowd(
  run: readonly Observation[],
  { named, values, width }: { named: (it: Observation) => string; values: number; width: number },
): boolean {
  const within = new Map<string, number>();
  let from = 0;
  for (const it of run) {
    within.set(named(it), (within.get(named(it)) ?? 0) + 1);
    for (let first = run[from]; first && timeOf(it) - timeOf(first) > width; first = run[++from]) {
      const left = (within.get(named(first)) ?? 1) - 1;
      if (left > 0) within.set(named(first), left);
      else within.delete(named(first));
    }
    if (within.size >= values) return true;
  }
  return false;
}
