/** The problem whose page is being made, for the components that stand in its MDX. */
import type { Problem } from '../../content/schemas.ts';
import { byId, content } from './content.ts';

/** @param params of the page /problems/[id]/ */
export const currentProblem = (params: Record<string, string | undefined>): Problem =>
  byId(content().problems, params.id ?? '');
