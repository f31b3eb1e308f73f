/** The answers given so far, and how an address holds them. */

export interface TrailStep {
  question: string;
  answer: string;
}

/** The first step of a trail that begins with an answer of the workbench: what follows was read from lines. */
export const fromLines: TrailStep = { question: 'lines', answer: 'given' };

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

/** The query of an address that holds these steps; empty for none. */
export const trailQuery = (steps: readonly TrailStep[]): string =>
  steps.length > 0 ? `?t=${steps.map((s) => `${s.question}:${s.answer}`).join('~')}` : '';
