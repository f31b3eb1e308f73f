/** Addresses of pages below the site's root, for what is made before it is known under which path the site will stand. */

/** A message id as it stands in an address: MSG_TCP_BADCONN → msg-tcp-badconn. */
export const slug = (id: string): string => id.toLowerCase().replaceAll('_', '-');

export const routes = {
  problem: (id: string) => `/problems/${id}/`,
  guide: (id: string) => `/guides/${id}/`,
  /** Of a check's id, or of one of its outcomes: `server.listening` → /checks/server-listening/. */
  check: (id: string, outcome?: string) =>
    `/checks/${id.replace('.', '-')}/${outcome ? `#${outcome.replace(/[^a-z0-9]+/g, '-')}` : ''}`,
  question: (id: string) => `/wizard/${id}/`,
  option: (id: string) => `/options/#${id.toLowerCase()}`,
  message: (id: string, text?: string) => `/messages/${slug(id)}/${text ? `${text}/` : ''}`,
};

/** Page of an end of the wizard. By itself: no page's first script needs it. */
export const endRoute = (id: string): string => `/ends/${id}/`;
