/** Records that our own checks left in a log: where one was run lately, they are no finding. */
import type { Check } from '../../content/schemas.ts';
import { matches } from '../diagnosis/match.ts';
import type { Timeline } from '../diagnosis/timeline.ts';
import type { Observation } from '../diagnosis/types.ts';
import type { Outputs } from './recognise.ts';

/** Who runs one check runs others, and a block some minutes after them. */
const LATELY = 15 * 60_000;
const CLOCKS_APART = 60_000;

/**
 * The records that checks left. A block of either side shows that checks are being run, and when; an output in a terminal
 * has no time: then the end of the log counts.
 */
export function tracesOf(
  timeline: Timeline,
  { outcomes, blocks }: Pick<Outputs, 'outcomes' | 'blocks'>,
  checks: readonly Pick<Check, 'id' | 'traces'>[],
): Set<Observation> {
  const leaving = checks.filter(({ traces }) => traces.length > 0);
  const asked = outcomes.some(({ base }) => leaving.some(({ id }) => id === base));
  if (blocks.length === 0 && !asked) return new Set();
  const patterns = leaving.flatMap(({ traces }) => traces);
  const left = [...timeline.all].filter((it) => patterns.some((one) => matches(one, it)));
  const times = blocks.flatMap(({ time }) => time ?? []);
  const ends = [...timeline.all].reduce((last, { time = 0 }) => Math.max(last, time), 0);
  const untimed = asked && times.length === 0;
  return new Set(
    left.filter(({ time }) => {
      if (time === undefined) return true;
      if (untimed) return time >= ends - LATELY;
      return times.some((at) => time >= at - LATELY && time <= at + CLOCKS_APART);
    }),
  );
}
