/** What follows from a problem: records that are no signs of another one while it stands. */
import type { Consequence } from '../../content/schemas.ts';
import { comparesWithSign, matches } from './match.ts';
import type { Episode } from './over.ts';
import { isOneRun, later, near, reachOf, Sequence } from './sequence.ts';
import { inOrder, type Timeline } from './timeline.ts';
import type { Observation } from './types.ts';

/**
 * Observations that an episode explains, its own signs left out: what came after its end has another cause, but for the first
 * of its kind, if it comes with the end.
 * @param most where more than so many records could follow, only so many neighbours of each sign are looked at (shareOf)
 */
export function consequences(episode: Episode, timeline: Timeline, most: number): Set<Observation> {
  const { over, found } = episode;
  const signs = new Sequence(found.map(({ it }) => it));
  const explained = new Set<Observation>();
  for (const consequence of episode.problem.consequences) {
    for (const candidates of timeline.scope(consequence, episode.host)) {
      if (candidates.list.length === 0) continue;
      following(consequence, signs, { candidates, limit: most }, (it) => {
        if (!over || !later(it, over.it) || isOfTheEnd(consequence, it, over.it)) explained.add(it);
      });
    }
  }
  for (const it of signs.list) explained.delete(it);
  return explained;
}

/** The first of its kind comes with the end; what the problem brought about as it lasted is printed in its second still. */
function isOfTheEnd({ first, when, within }: Consequence, it: Observation, end: Observation): boolean {
  if (first) return near(it, end);
  const lasting = when === 'after' && !reachOf({ within });
  return lasting && it.time !== undefined && end.time !== undefined && Math.abs(it.time - end.time) <= 1000;
}

/** Gives those of the candidates that stand in the right place to a sign, some of them more than once. */
function following(
  consequence: Consequence,
  signs: Sequence,
  { candidates, limit }: { candidates: Sequence; limit: number },
  give: (it: Observation) => void,
): void {
  const { when, first } = consequence;
  const narrow = reachOf(consequence);
  const compares = comparesWithSign(consequence);
  if (first) {
    for (const sign of signs.list) {
      const it = candidates.next(sign);
      if (it) give(it);
    }
  } else if (
    compares ||
    candidates.list.length > limit ||
    (narrow && (when || candidates.list.some(({ run }) => run > 0)))
  ) {
    // Many signs, few neighbours each; one sign, many: the work stays the same.
    const most = Math.max(20, Math.floor(Math.min(limit, 100_000) / signs.list.length));
    for (const sign of signs.list) {
      const reach = narrow && ((it: Observation) => narrow(it, sign));
      const test = (it: Observation) => {
        if (narrow && !isOneRun(it, sign)) return false;
        if (inOrder(consequence, it, sign) && (!compares || matches(consequence, it, sign.values))) give(it);
        return false;
      };
      candidates.around(sign, test, reach, most);
    }
  } else if (narrow) {
    for (const it of candidates.nearTo(signs)) give(it);
  } else {
    const opposite = when === 'after' ? 'before' : 'after';
    for (const it of candidates.list) if (!when || signs.has(it, opposite)) give(it);
  }
}
