/** Finds every address in a page that leads inside the site, and writes it anew. */
import type { HTMLElement } from 'node-html-parser';
import { attribute, base, elementsIn } from './site.ts';

/** An address inside the site, below its base, taken apart. */
export interface Inside {
  path: string;
  query: string;
  hash: string;
}

/**
 * Reads an address as a browser would on that page.
 * @returns undefined if it leads elsewhere, or only to an anchor of the same page
 */
export function insideAddress(value: string, pageAddress: string): Inside | undefined {
  if (value === '' || value.startsWith('#')) return undefined;
  const url = new URL(value, `http://site.invalid${base}${pageAddress}`);
  if (url.origin !== 'http://site.invalid' || !`${url.pathname}/`.startsWith(`${base}/`)) return undefined;
  return { path: decodeURI(url.pathname.slice(base.length)) || '/', query: url.search, hash: url.hash };
}

/** Sets every `href`, `src`, `action` and `data-setups` that leads inside the site to what `write` gives. */
export function rewriteAddresses(root: HTMLElement, pageAddress: string, write: (to: Inside) => string): void {
  for (const element of elementsIn(root)) {
    for (const name of ['href', 'src', 'action', 'data-setups']) {
      if (!element.rawAttrs.includes(name)) continue;
      const inside = insideAddress(attribute(element, name), pageAddress);
      if (inside) element.setAttribute(name, write(inside));
    }
  }
}

/** The way from one file of a folder to another: `../../problems/index.html`. */
export function relativePath(fromFile: string, toFile: string): string {
  const from = fromFile.split('/').slice(0, -1);
  const to = toFile.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared += 1;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/');
}
