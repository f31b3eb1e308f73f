/**
 * The last touches on the pages of the site itself: texts for other editions go, sizes of the downloads are filled in,
 * and each page's policy allows the scripts and styles of that page only.
 */
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSource, inlineElements, keepEdition } from './parts/edition-page.ts';
import { attribute, type BuiltPage, parsePage } from './site.ts';

const marks = / data-(?:edition|size-of)=/;

/** Size as a person would say it. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const policy = /(<meta http-equiv="content-security-policy" content=")([^"]*)(">)/;
const encoding = '<meta charset="utf-8">';

/**
 * A policy names the scripts and styles of the whole site; what a page does not hold it need not allow, nor carry. Astro
 * puts it at the end of the head, and a policy does not hold for what is above it: here it goes to the top.
 */
export function ownPolicy(html: string): string {
  const texts = inlineElements(html).map(({ text }) => text);
  const own = new Set(texts.filter((text) => text !== '').map(hashSource));
  let meta = '';
  const rest = html.replace(policy, (_, start: string, text: string, end: string) => {
    meta = start + text.replace(/ ?'sha256-[^']+'/g, (hash) => (own.has(hash.trimStart()) ? hash : '')) + end;
    return '';
  });
  return rest.replace(encoding, () => encoding + meta);
}

/** Writes the pages as the site has them. @returns all pages as they stand now */
export function finishSite(folder: string, pages: readonly BuiltPage[]): BuiltPage[] {
  return pages.map((page) => {
    const html = ownPolicy(marks.test(page.html) ? withoutMarks(folder, page) : page.html);
    if (html !== page.html) writeFileSync(join(folder, page.file), html);
    return { ...page, html };
  });
}

function withoutMarks(folder: string, page: BuiltPage): string {
  const root = parsePage(page.html);
  keepEdition(root, 'site');
  for (const place of root.querySelectorAll('[data-size-of]')) {
    place.textContent = `(${megabytes(statSync(join(folder, attribute(place, 'data-size-of'))).size)})`;
    place.removeAttribute('data-size-of');
  }
  return root.toString();
}
