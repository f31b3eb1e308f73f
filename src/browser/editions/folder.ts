/** What the folder edition does in its own way; runs in the browser, before the scripts of the page. */

import { fileOf } from '../../build/editions/file-names.ts';
import { hydrate, type Islands } from '../../build/editions/parts/islands.ts';
import type { Edition } from '../edition.ts';

declare global {
  /** What the scripts of `load` leave here. */
  var samhainParts: Record<string, unknown> | undefined;
}

const { root = '', ...parts } = { ...(document.currentScript as HTMLScriptElement | null)?.dataset };

/** The table of names and the engine are scripts of their own, each added when it is first needed. */
function load(what: 'names' | 'engine'): Promise<unknown> {
  return new Promise((done, fail) => {
    const there = () => globalThis.samhainParts?.[what];
    if (there()) {
      done(there());
      return;
    }
    const script = document.createElement('script');
    script.src = root + parts[what];
    script.addEventListener('load', () => (there() ? done(there()) : fail(new Error(`${script.src} is empty.`))));
    script.addEventListener('error', () => fail(new Error(`${script.src} cannot be loaded.`)));
    document.head.append(script);
  });
}

const edition: Edition = {
  href(path) {
    const url = new URL(path, 'http://site.invalid/');
    return root + fileOf(url.pathname) + url.search + url.hash;
  },
  query: () => location.search,
  load,
};
globalThis.samhainEdition = edition;

export const startIslands = (islands: Islands): void => hydrate(document, islands);
