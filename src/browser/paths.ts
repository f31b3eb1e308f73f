/** Addresses of the site's pages. Every link is made here, so that the site can stand under any base path. */
import type {} from './edition.ts';
import { routes, slug } from './routes.ts';

const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** Address of a page or file, given from the site's root: `href('/problems/')`. */
export const href = (path: string): string => globalThis.samhainEdition?.href(path) ?? base + path;

export { slug };

export const problemHref = (id: string): string => href(routes.problem(id));
export const guideHref = (id: string): string => href(routes.guide(id));
export const checkHref = (id: string, outcome?: string): string => href(routes.check(id, outcome));
export const questionHref = (id: string): string => href(routes.question(id));
export const optionHref = (id: string): string => href(routes.option(id));
export const messageHref = (id: string, text?: string): string => href(routes.message(id, text));
