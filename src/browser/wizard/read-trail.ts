/**
 * Reads the trail of an address. Apart from what writes one, which other parts of the site share: a page of the wizard would
 * ask for one file more.
 */
import type { TrailStep } from './trail.ts';

const word = /^[a-z0-9-]{1,60}$/;

/** Reads `?t=a:b~c:d`. Parts that are no ids are left out; at most twelve steps are read. */
export function parseTrail(search: string): TrailStep[] {
  const text = new URLSearchParams(search).get('t') ?? '';
  const steps: TrailStep[] = [];
  for (const part of text.split('~').slice(0, 12)) {
    const [question = '', answer = '', rest] = part.split(':');
    if (rest === undefined && word.test(question) && word.test(answer)) steps.push({ question, answer });
  }
  return steps;
}
