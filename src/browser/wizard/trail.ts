/** The answers given so far, and how an address holds them; it is read by read-trail.ts. */

export interface TrailStep {
  question: string;
  answer: string;
}

/** The first step of a trail that begins with an answer of the workbench: what follows was read from lines. */
export const fromLines: TrailStep = { question: 'lines', answer: 'given' };

/** The query of an address that holds these steps; empty for none. */
export const trailQuery = (steps: readonly TrailStep[]): string =>
  steps.length > 0 ? `?t=${steps.map((s) => `${s.question}:${s.answer}`).join('~')}` : '';
