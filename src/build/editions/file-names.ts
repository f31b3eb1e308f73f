/** Files and addresses of pages, one from the other. Runs in browsers too. */

/** `problems/x/index.html` → `/problems/x/` */
export const addressOf = (file: string): string => `/${file.replace(/(^|\/)index\.html$/, '$1')}`;

/** `/problems/x/` → `problems/x/index.html`; an address that names a file keeps its name. */
export const fileOf = (address: string): string => {
  const path = address.replace(/^\//, '');
  if (path === '' || path.endsWith('/')) return `${path}index.html`;
  return /\.[a-z0-9]+$/i.test(path) ? path : `${path}/index.html`;
};
