/** What the folder edition does in its own way; runs in the browser, before the scripts of the page. */

import { fileOf } from '../../build/editions/file-names.ts';
import type { Edition, PartName } from '../edition.ts';
import { ownScript } from '../own-script.ts';
import { part, workerAddress } from './parts.ts';

const { root = '', ...parts } = { ...(document.currentScript as HTMLScriptElement | null)?.dataset };

/** The table of names and the engine are scripts of their own, each added when it is first needed. */
function load(what: PartName): Promise<unknown> {
  return new Promise((done, fail) => {
    const there = () => part(what);
    if (there()) {
      done(there());
      return;
    }
    const script = document.createElement('script');
    script.src = ownScript(root + parts[what]);
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
  worker: async () => {
    await load('engine');
    return workerAddress();
  },
};
globalThis.samhainEdition = edition;

// They ask for the edition as they begin: it is there first.
void import('./pages.ts');
