/** What every edition changes in a built page's head, and the parts of a text that are meant for one edition only. */
import { createHash } from 'node:crypto';
import type { HTMLElement } from 'node-html-parser';
import { themeEarly } from '../../../browser/page/theme-early.ts';
import { attribute, only, withAttribute } from '../site.ts';

/** The site on a web server, the folder opened by file://, the single file. */
export type EditionName = 'site' | 'folder' | 'file';

/** Removes what is meant for other editions: elements whose `data-edition` does not name this one. */
export function keepEdition(page: HTMLElement, name: EditionName): void {
  for (const element of withAttribute(page, 'data-edition')) {
    if (!attribute(element, 'data-edition').split(' ').includes(name)) element.remove();
    else {
      element.removeAttribute('data-edition');
      element.removeAttribute('hidden');
    }
  }
}

const forServers = [
  'link[rel="canonical"]',
  'link[rel="alternate"]',
  'link[rel="manifest"]',
  'link[rel="search"]',
  'link[rel="apple-touch-icon"]',
  'meta[property]',
  'meta[name="twitter:card"]',
  'meta[name="robots"]',
  'script[type="application/ld+json"]',
];

/** Removes from the head what only servers, crawlers and installers have a use for. */
export function cleanHead(page: HTMLElement): void {
  const head = only(page, 'head');
  for (const element of head.querySelectorAll(forServers.join())) element.remove();
}

/** How a policy names a script or style that stands in the page. */
export const hashSource = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Removes the site's scripts, which the edition has in one of its own; the theme's and blocks of data stay. */
export function withoutScripts(page: HTMLElement): void {
  for (const script of page.getElementsByTagName('script')) {
    if (script.textContent !== themeEarly && attribute(script, 'type') !== 'application/ld+json') script.remove();
  }
}

/**
 * Puts a Content-Security-Policy in place of the page's own. Without `connect-src` the browser refuses every fetch,
 * beacon, socket and event stream: `default-src 'none'` holds for them. A worker starts from a text of the page's own, and
 * inherits all this.
 */
export function setPolicy(page: HTMLElement, allowed: { script: string[]; style: string[]; img: string[] }): void {
  const policy = [
    "default-src 'none'",
    `script-src ${[hashSource(themeEarly), ...allowed.script].join(' ')}`,
    `style-src ${allowed.style.join(' ')}`,
    `img-src ${allowed.img.join(' ')}`,
    'worker-src blob:',
    "require-trusted-types-for 'script'",
    'trusted-types own-scripts own-markup',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  page.querySelector('meta[http-equiv="content-security-policy"]')?.remove();
  // First of all, so that it holds for everything below it.
  only(page, 'meta[charset]').insertAdjacentHTML(
    'afterend',
    `<meta http-equiv="content-security-policy" content="${policy}">`,
  );
}

/** Scripts and styles of a page, each with its attributes as they stand there and its text. */
export function inlineElements(html: string): { attributes: string; text: string }[] {
  const found: { attributes: string; text: string }[] = [];
  let at = 0;
  for (;;) {
    const next = /<(script|style)\b/g;
    next.lastIndex = at;
    const start = next.exec(html);
    if (!start) return found;
    const open = html.indexOf('>', next.lastIndex);
    const end = html.indexOf(`</${start[1]}>`, open);
    if (open < 0 || end < 0) return found;
    found.push({ attributes: html.slice(next.lastIndex, open), text: html.slice(open + 1, end) });
    at = end;
  }
}
