/** What the single file does in its own way: one section is shown as if it were a page. Runs in the browser, first. */

import { fileAddress, referenceId } from '../../build/editions/file/names.ts';
import type { Edition } from '../edition.ts';
import { hydrateBelow } from '../page/components.ts';
import { inflateText } from './inflate-text.ts';
import { part, workerAddress } from './parts.ts';

const address = () => decodeURIComponent(location.hash.slice(1));

const edition: Edition = {
  href(path) {
    const url = new URL(path, 'http://site.invalid/');
    return fileAddress(url.pathname, url.search, url.hash);
  },
  query: () => /\?.*$/s.exec(address())?.[0] ?? '',
  load: async (what) => part(what),
  worker: async () => workerAddress(),
};
globalThis.samhainEdition = edition;

interface Markup {
  createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): unknown };
}
const types = globalThis.trustedTypes as unknown as Markup | undefined;
// Made for this one text, and kept nowhere.
const markup = types?.createPolicy('own-markup', { createHTML: (text) => text });
const packed = document.getElementById(referenceId);
if (packed) {
  const text = inflateText(packed.textContent ?? '');
  document.querySelector('main')?.insertAdjacentHTML('beforeend', (markup?.createHTML(text) ?? text) as string);
}
packed?.remove();

const sheets = [...document.querySelectorAll<HTMLElement>('.sheet')];
/** How far down each page was read, for Back. */
const read = new Map<string, number>();
const siteTitle = document.title;
let shown: HTMLElement | undefined;
let followed = false;

/** The section of an address, and the place in it; an address without a section has none. */
function place(name: string): { sheet: HTMLElement | undefined; target: HTMLElement | null } {
  const target = document.getElementById(name);
  if (name === '') return { sheet: sheets[0], target: null };
  if (target && !target.closest('.sheet')) return { sheet: shown, target };
  return { sheet: target?.closest<HTMLElement>('.sheet') ?? document.getElementById('404') ?? undefined, target };
}

function show(): void {
  const name = address().split('?')[0] ?? '';
  const { sheet, target } = place(name);
  if (!sheet) return;
  for (const dialog of document.querySelectorAll('dialog[open]')) (dialog as HTMLDialogElement).close();
  const moved = sheet !== shown;
  shown = sheet;
  // Hidden so that the browser's own search in the page finds it all the same, where a browser can do that.
  for (const other of sheets) if (other !== sheet && !other.hidden) other.setAttribute('hidden', 'until-found');
  sheet.removeAttribute('hidden');
  hydrateBelow(sheet);
  // What scrolls sideways can be reached by key.
  for (const box of sheet.querySelectorAll<HTMLElement>('pre, .table-box')) box.tabIndex = 0;
  const heading = sheet.querySelector('h1')?.textContent;
  document.title = sheet === sheets[0] || !heading ? siteTitle : `${heading} · ${siteTitle}`;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.top nav a')) {
    const section = link.getAttribute('href')?.slice(1) ?? '';
    if (`${sheet.id}/`.startsWith(`${section}/`)) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  if (target && target !== sheet) target.scrollIntoView();
  else if (moved) scrollTo(0, followed ? 0 : (read.get(sheet.id) ?? 0));
  if (moved && followed) document.getElementById('main')?.focus({ preventScroll: true });
  followed = false;
}

/** The whole file one after the other: to read on, to search, to print. */
function showAll(): void {
  for (const sheet of sheets) {
    sheet.removeAttribute('hidden');
    hydrateBelow(sheet);
  }
}

document.addEventListener('click', ({ target }) => {
  if (!(target instanceof Element)) return;
  if (target.closest('[data-show-all]')) showAll();
  followed = target.closest('a[href^="#"]') !== null;
});
document.addEventListener('scroll', () => shown && read.set(shown.id, scrollY), { passive: true });
document.addEventListener('beforematch', ({ target }) => {
  const sheet = target instanceof Element && target.closest('.sheet');
  // A link fires this too; then the address is that of the page already.
  if (!sheet || place(address().split('?')[0] ?? '').sheet === sheet) return;
  history.pushState(null, '', `#${sheet.id}`);
  show();
});
addEventListener('hashchange', show);

// The pages' own scripts look for what is shown.
show();
document.documentElement.dataset.ready = '';
// They ask for the edition as they begin: it is there first.
void import('./pages.ts');
