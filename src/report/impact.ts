/** What a problem costs until it is fixed, in words: the same in page, answer and terminal. */
import type { Cost, Impact } from '../content/schemas.ts';

/** One question with its answers; several where it depends on how the client is set up, each with that condition. */
export interface ImpactWords {
  ask: string;
  answers: { when?: string; say: string }[];
}

const asks: Record<keyof Impact, string> = {
  watched: 'Is the host watched?',
  reports: 'Are reports kept?',
  heals: 'Does it go away by itself?',
  intruder: 'Could it be an intruder?',
};

const conditions: Record<string, string> = {
  downloaded: 'Configuration downloaded',
  local: 'Configuration local',
  running: 'Client was running',
  starting: 'Client was starting',
};

/** The four questions with their answers, in the order in which they are asked. */
export function impactWords(impact: Impact): ImpactWords[] {
  return (Object.keys(asks) as (keyof Impact)[]).map((key) => ({ ask: asks[key], answers: answersOf(impact[key]) }));
}

/** An answer in two parts: what is read at a glance, if the sentence begins with something as short, and the rest. */
export function glance(say: string): [lead: string, rest: string] {
  const lead = /^[^.,:;]{2,40}(?=[.,:;])/.exec(say)?.[0] ?? '';
  return [lead, say.slice(lead.length)];
}

function answersOf(cost: Cost): ImpactWords['answers'] {
  if (typeof cost === 'string') return [{ say: cost }];
  if ('unknown' in cost) return [{ say: `Not known: ${cost.unknown}` }];
  return Object.entries(cost).map(([variant, say]) => ({ when: conditions[variant] ?? variant, say }));
}
