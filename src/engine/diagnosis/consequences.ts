/** What follows from a problem: records that are no signs of another one while it stands. */
import type { Consequence } from '../../content/schemas.ts';
import { comparesWithSign, matches } from './match.ts';
import type { Observation } from './observe.ts';
import type { Episode } from './over.ts';
import { inOrder, later, near, Sequence, sameHost, type Timeline } from './timeline.ts';

/** Observations that an episode explains, its own signs left out. */
export function consequences(episode: Episode, timeline: Timeline): Set<Observation> {
  const signs = episode.found.map(({ it }) => it);
  const own = new Set(signs);
  const sequence = new Sequence(signs);
  const explained = new Set<Observation>();
  for (const consequence of episode.problem.explains) {
    for (const it of following(consequence, episode, sequence, timeline)) if (!own.has(it)) explained.add(it);
  }
  return explained;
}

function following(
  consequence: Consequence,
  { host, over, found }: Episode,
  signs: Sequence,
  timeline: Timeline,
): Observation[] {
  const candidates = timeline
    .candidates(consequence)
    .filter((it) => consequence.within === 'input' || sameHost(it.host, host));
  if (candidates.length === 0) return [];
  if (consequence.first) {
    const sequence = new Sequence(candidates);
    return found.map(({ it }) => sequence.next(it)).filter((it) => it !== undefined);
  }
  // What came after the end of the problem has another cause.
  return candidates.filter((it) => !(over && later(it, over)) && follows(consequence, it, signs));
}

function follows(consequence: Consequence, it: Observation, signs: Sequence): boolean {
  const { within, when } = consequence;
  const compares = comparesWithSign(consequence);
  const opposite = when === 'after' ? 'before' : when === 'before' ? 'after' : undefined;
  if (within !== 'near' && !compares) return !when || signs.has(it, opposite);
  const reach = within === 'near' ? (sign: Observation) => near(sign, it) : undefined;
  for (const sign of signs.around(it, reach)) {
    if (!inOrder(consequence, it, sign)) continue;
    if (!compares || matches(consequence, it, sign.values)) return true;
  }
  return false;
}
