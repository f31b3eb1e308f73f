/** What the folder edition does in its own way; runs in the browser, before the scripts of the page. */
import type { Edition, Pagefind } from '../../../src/site/edition.ts';
import { fileOf } from '../file-names.ts';
import { hydrate, type Islands } from '../parts/islands.ts';

declare global {
  var samhainSearch: Pagefind | undefined;
}

const { root = '', search = '' } = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

/** The search with its whole index is one large script, added at the first search only. */
function loadSearch(): Promise<Pagefind> {
  return new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = root + search;
    script.addEventListener('load', () => {
      if (globalThis.samhainSearch) done(globalThis.samhainSearch);
      else fail(new Error('The search index is empty.'));
    });
    script.addEventListener('error', () => fail(new Error('The search index cannot be loaded.')));
    document.head.append(script);
  });
}

const edition: Edition = {
  href(path) {
    const url = new URL(path, 'http://site.invalid/');
    return root + fileOf(url.pathname) + url.search + url.hash;
  },
  query: () => location.search,
  search: loadSearch,
};
globalThis.samhainEdition = edition;

export const startIslands = (islands: Islands): void => hydrate(document, islands);
