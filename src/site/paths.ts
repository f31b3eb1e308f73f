/** Addresses of the site's pages. Every link is made here, so that the site can stand under any base path. */
import type {} from './edition.ts';

const base = import.meta.env.BASE_URL.replace(/\/$/, '');

/** Address of a page or file, given from the site's root: `href('/problems/')`. */
export const href = (path: string): string => globalThis.samhainEdition?.href(path) ?? base + path;

/** A message id as it stands in an address: MSG_TCP_BADCONN → msg-tcp-badconn. */
export const slug = (id: string): string => id.toLowerCase().replaceAll('_', '-');

export const problemHref = (id: string): string => href(`/problems/${id}/`);
export const guideHref = (id: string): string => href(`/guides/${id}/`);
/** Of a check's id, or of one of its outcomes: `server.listening` → /checks/server-listening/. */
export const checkHref = (id: string, outcome?: string): string =>
  href(`/checks/${id.replace('.', '-')}/${outcome ? `#${outcome.replace(/[^a-z0-9]+/g, '-')}` : ''}`);
export const questionHref = (id: string): string => href(`/wizard/${id}/`);
export const optionHref = (id: string): string => href(`/options/#${id.toLowerCase()}`);
export const messageHref = (id: string, text?: string): string =>
  href(`/messages/${slug(id)}/${text ? `${text}/` : ''}`);
