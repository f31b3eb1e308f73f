/** The pages of the site as sections of one file, in the order in which one would read them. */
import type { HTMLElement } from 'node-html-parser';
import { insideAddress, rewriteAddresses } from '../addresses.ts';
import { keepEdition, withoutScripts } from '../parts/edition-page.ts';
import { attribute, type BuiltPage, elementsIn, only, parsePage, withAny, withAttribute } from '../site.ts';
import { anchorName, fileAddress, sheetName } from './names.ts';
import { removeRepeated } from './repeated.ts';
import { serialize } from './serialize.ts';

export interface Sheet {
  name: string;
  main: HTMLElement;
}

const order = [
  '',
  'diagnose',
  'wizard',
  'walk',
  'ends',
  'problems',
  'guides',
  'messages',
  'options',
  'search',
  'offline',
  'about',
];

/** The links of each list come first to last, as they stand on it. */
function inReadingOrder(pages: readonly BuiltPage[]): BuiltPage[] {
  const places = new Map<string, number>();
  for (const section of order) {
    const list = pages.find((page) => page.address === (section ? `/${section}/` : '/'));
    if (!list) continue;
    for (const address of [list.address, ...linksOf(list)]) if (!places.has(address)) places.set(address, places.size);
  }
  const rank = ({ address }: BuiltPage) => {
    const section = order.indexOf(address.split('/')[1] ?? '');
    return (section < 0 ? order.length : section) * 1e6 + (places.get(address) ?? 1e5);
  };
  return [...pages].sort((a, b) => rank(a) - rank(b) || a.address.localeCompare(b.address));
}

function linksOf(page: BuiltPage): string[] {
  const links = only(parsePage(page.html), 'main').getElementsByTagName('a');
  return links.flatMap((link) => insideAddress(attribute(link, 'href'), page.address)?.path ?? []);
}

function toSheet({ address, html }: BuiltPage): Sheet {
  const page = parsePage(html);
  keepEdition(page, 'file');
  withoutScripts(page);
  const name = sheetName(address);
  const main = only(page, 'main');
  for (const element of withAny(main, '.side, .toc, .contents, .bar, .ends')) element.remove();
  for (const facts of withAny(main, '.page-facts')) if (facts.childNodes.length === 0) facts.remove();
  shortenProgress(main);
  // The header leads to each list; only where a page belongs to a part of one, the way there is kept.
  for (const crumbs of withAny(main, '.crumbs')) {
    if (!crumbs.getElementsByTagName('a').some((link) => attribute(link, 'href').includes('#'))) crumbs.remove();
  }
  const [columns] = withAny(main, '.three');
  if (columns) columns.replaceWith(...columns.childNodes);
  rewriteAddresses(main, address, ({ path, query, hash }) => fileAddress(path, query, hash));
  const ids = new Set(withAttribute(main, 'id').map((element) => attribute(element, 'id')));
  for (const link of main.getElementsByTagName('a')) {
    const href = attribute(link, 'href');
    const to = href.slice(1);
    // What still points into the page itself: an address of the file begins with the name of a page.
    if (href.startsWith('#') && ids.has(to)) link.setAttribute('href', `#${anchorName(name, to)}`);
  }
  return { name, main };
}

/** The map beside each question is a picture of the names that stand below it: here the names are enough. */
function shortenProgress(main: HTMLElement): void {
  for (const element of withAny(main, '.progress-wide')) element.remove();
  // A page shows the other ways beside the question or below it; one of the two is enough.
  for (const ways of withAny(main, '.other-ways')) {
    if (ways.closest('.progress')) ways.remove();
    else ways.setAttribute('class', 'small ways-out');
  }
  for (const narrow of withAny(main, '.progress-narrow')) for (const map of withAny(narrow, '.map')) map.remove();
  for (const names of withAny(main, '.progress-names')) {
    names.removeAttribute('aria-hidden');
    names.setAttribute('class', 'small');
    names.parentNode.replaceWith(names);
  }
}

/** Ids become the page's own; those that nothing points to are left out. */
function ownIds({ name, main }: Sheet, wanted: ReadonlySet<string>): void {
  for (const element of elementsIn(main)) {
    for (const attributeName of ['for', 'aria-labelledby', 'aria-describedby', 'aria-controls']) {
      if (!element.rawAttrs.includes(attributeName) || !element.hasAttribute(attributeName)) continue;
      if (element.closest('[data-component]')) continue;
      element.setAttribute(attributeName, anchorName(name, attribute(element, attributeName)));
    }
  }
  for (const element of withAttribute(main, 'id')) {
    // Components keep the ids that they have given themselves.
    if (element.closest('[data-component]')) continue;
    const id = anchorName(name, attribute(element, 'id'));
    if (wanted.has(id)) element.setAttribute('id', id);
    else element.removeAttribute('id');
  }
}

/** All pages as sheets, in reading order. */
export function makeSheets(pages: readonly BuiltPage[]): Sheet[] {
  const sheets = inReadingOrder(pages).map(toSheet);
  removeRepeated(sheets);
  return sheets;
}

/**
 * Reference, background and planned work, which nobody needs while something is broken, and the search, which is nothing
 * without a script: it is half of the text, and stands deflated in the file.
 */
const isReference = ({ name, main }: Sheet): boolean =>
  /^(?:messages|options|checks|tools|wizard\/tree|search)(?:\/|$)/.test(name) ||
  withAttribute(main, 'data-background').length > 0;

/**
 * All sheets as HTML: those that anybody can read, the first of which is shown from the beginning, and the reference, which a
 * script puts behind them.
 */
export function writeSheets(sheets: readonly Sheet[]): { text: string; reference: string } {
  const wanted = new Set<string>();
  for (const { name, main } of sheets) {
    for (const link of main.getElementsByTagName('a')) wanted.add(attribute(link, 'href').slice(1).split('?')[0] ?? '');
    for (const element of elementsIn(main)) {
      if (!/for|aria-labelledby/.test(element.rawAttrs)) continue;
      const to = element.getAttribute('for') ?? element.getAttribute('aria-labelledby');
      if (to !== undefined) wanted.add(anchorName(name, to));
    }
  }
  const write = (some: readonly Sheet[]) =>
    some
      .map((sheet) => {
        ownIds(sheet, wanted);
        return `<section class=sheet id="${sheet.name}">${serialize(sheet.main.childNodes)}</section>`;
      })
      .join('\n');
  return {
    text: write(sheets.filter((sheet) => !isReference(sheet))),
    reference: write(sheets.filter(isReference)),
  };
}
