/** How the single file names its pages: `/problems/x/#fix-it` is `#problems/x/fix-it`. Runs in browsers too. */

/** The name of a page's section. @param path address below the site's base, without query and anchor */
export const sheetName = (path: string): string => path.replace(/^\/|\/$/g, '').replace(/\.html$/, '') || 'start';

/** The id of an anchor on a page. */
export const anchorName = (sheet: string, anchor: string): string => `${sheet}/${anchor}`;

/** The address inside the file for one on the site. A query stands at the end, where no browser looks for one. */
export function fileAddress(path: string, query: string, hash: string): string {
  const sheet = sheetName(path);
  return `#${hash ? anchorName(sheet, hash.slice(1)) : sheet}${query}`;
}

/** Of the element that holds the deflated sheets. */
export const referenceId = 'reference';
