/** Was it over later? A case is cut where the problem was mended: what stands now, and what was before. */
import type { Relief } from '../../content/schemas.ts';
import type { Case, Found } from './evidence.ts';
import type { Observation } from './observe.ts';
import { later, Sequence } from './sequence.ts';
import type { Timeline } from './timeline.ts';

/** A case with its end, if it has one. */
export interface Episode extends Case {
  over?: Observation;
}

/**
 * One episode, or two: an earlier one that was mended, and the latest.
 * @param most where more than so many records could have ended it, those nearest to its last signs are looked at (shareOf)
 */
export function episodes(one: Case, timeline: Timeline, most: number): Episode[] {
  const last = latest(one.found);
  const reliefs = one.problem.over.flatMap((relief) =>
    timeline
      .scope(relief, one.host)
      // (A quotation shows the end of nothing.)
      .flatMap((candidates) => nearest(candidates, last, most).flatMap((it) => (it.quoted ? [] : [{ relief, it }]))),
  );
  const end = first(reliefs, last, timeline);
  if (end) return [{ ...one, over: end }];
  const between = lastBetween(reliefs, one.found, last, timeline);
  if (!between) return [one];
  // Mended once, and back again: only what came after the last mending stands.
  const before = one.found.filter(({ it }) => later(between, it));
  const now = one.found.filter(({ it }) => !later(between, it));
  if (before.length === 0 || now.length === 0) return [one];
  return [
    { ...one, found: now },
    { ...one, found: before, over: between },
  ];
}

/** All of them; of very many the closest ones before and after each of the last signs, in their order. */
function nearest(candidates: Sequence, last: readonly Observation[], most: number): readonly Observation[] {
  if (candidates.list.length <= most) return candidates.list;
  const each = Math.max(5, Math.floor(most / last.length));
  const found = new Set(last.flatMap((sign) => [...candidates.around(sign, undefined, each)]));
  return [...found].sort((a, b) => a.index - b.index);
}

interface Candidate {
  relief: Relief;
  it: Observation;
}

/** The latest relief that stands before one of the last signs, with its companions after the sign before it. */
function lastBetween(
  reliefs: readonly Candidate[],
  found: readonly Found[],
  last: readonly Observation[],
  timeline: Timeline,
): Observation | undefined {
  const signs = new Sequence(found.map(({ it }) => it));
  let between: Observation | undefined;
  for (const { relief, it } of reliefs) {
    if (between && !later(it, between)) continue;
    if (!last.some((sign) => later(sign, it))) continue;
    const before = signs.previous(it);
    const after = (c: Observation) => !before || later(c, before);
    if (!relief.with?.some((companion) => !timeline.exists(companion, it, after))) between = it;
  }
  return between;
}

/** The last signs: one of each text, and the one with the latest time. */
function latest(found: readonly Found[]): Observation[] {
  const ends = new Map<number, Observation>();
  let newest: Observation | undefined;
  for (const { it } of found) {
    const end = ends.get(it.source);
    if (!end || later(it, end)) ends.set(it.source, it);
    if (it.time !== undefined && (newest?.time === undefined || it.time > newest.time)) newest = it;
  }
  return [...new Set([...ends.values(), ...(newest ? [newest] : [])])];
}

/** The earliest relief that is later than all last signs. */
function first(
  reliefs: readonly Candidate[],
  last: readonly Observation[],
  timeline: Timeline,
): Observation | undefined {
  const after = (it: Observation) => last.every((sign) => later(it, sign) || unordered(it, sign));
  const counts = (it: Observation) => after(it) && last.some((sign) => later(it, sign));
  let end: Observation | undefined;
  for (const { relief, it } of reliefs) {
    if (!counts(it) || (end && !later(end, it))) continue;
    if (relief.with?.some((companion) => !timeline.exists(companion, it, (c) => counts(c)))) continue;
    end = it;
  }
  return end;
}

/** Nothing tells which came first: another text, and no time on one of them. */
function unordered(a: Observation, b: Observation): boolean {
  return a.source !== b.source && (a.time === undefined || b.time === undefined);
}
