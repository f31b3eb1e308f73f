/** What is right but not finished: told to those who ask for it (`npm run check:content -- --all`). */
import type { ContentError } from './files.ts';
import type { Knowledge } from './types.ts';

/** Every answer that says it is unknown, and why. */
export function unfinished({ problems, places }: Knowledge): ContentError[] {
  return problems.flatMap((problem) =>
    Object.entries(problem.impact).flatMap(([field, cost]) =>
      typeof cost === 'object' && 'unknown' in cost
        ? [
            {
              file: places.get(problem)?.file ?? '',
              line: places.get(problem)?.lineOf(['impact', field]),
              field: `${problem.id}: impact.${field}`,
              reason: `unknown: ${cost.unknown}`,
            },
          ]
        : [],
    ),
  );
}
