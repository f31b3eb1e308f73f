/** The last touches on the pages of the site itself: texts for other editions go, sizes of the downloads are filled in. */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keepEdition } from './parts/edition-page.ts';
import { attribute, type BuiltPage, parsePage } from './site.ts';

const marks = / data-(?:edition|size-of)=/;

/** Size as a person would say it. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

/** Writes the pages that carry marks anew. @returns all pages as they stand now */
export function finishSite(folder: string, pages: readonly BuiltPage[]): BuiltPage[] {
  return pages.map((page) => {
    if (!marks.test(page.html)) return page;
    const root = parsePage(page.html);
    keepEdition(root, 'site');
    for (const place of root.querySelectorAll('[data-size-of]')) {
      place.textContent = `(${megabytes(statSync(join(folder, attribute(place, 'data-size-of'))).size)})`;
      place.removeAttribute('data-size-of');
    }
    const html = root.toString();
    writeFileSync(join(folder, page.file), html);
    return { ...page, html };
  });
}
