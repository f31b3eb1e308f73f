/** The search of the single file: the text of its own sections, indexed in the browser at the first search. */
import MiniSearch from 'minisearch';
import type { Pagefind, PagefindResult } from '../../../src/site/edition.ts';

interface Entry {
  id: string;
  title: string;
  /** The summary below the title. */
  lead: string;
  /** Other words for the same; on the page for the search alone. */
  also: string;
  text: string;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** All words of a section. Elements end words, whatever stands between them. */
function textOf(sheet: HTMLElement): string {
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  const parts: string[] = [];
  while (walker.nextNode()) parts.push(walker.currentNode.textContent ?? '');
  return parts.join(' ');
}

function makeIndex(): MiniSearch<Entry> {
  const index = new MiniSearch<Entry>({ fields: ['title', 'lead', 'also', 'text'] });
  for (const sheet of document.querySelectorAll<HTMLElement>('.sheet[data-kind]')) {
    const title = sheet.querySelector('h1')?.textContent ?? sheet.id;
    const part = (selector: string) => sheet.querySelector(selector)?.textContent ?? '';
    index.add({ id: sheet.id, title, lead: part('.lead'), also: part('p.hidden-text'), text: textOf(sheet) });
  }
  return index;
}

/** About `width` words around the first place where one of the terms stands, these marked. */
function excerpt(text: string, terms: readonly string[], width: number): string {
  const words = text.split(/\s+/).filter(Boolean);
  const hit = (word: string) => terms.some((term) => word.toLowerCase().includes(term));
  const from = Math.max(0, words.findIndex(hit) - Math.floor(width / 3));
  return words
    .slice(from, from + width)
    .map((word) => (hit(word) ? `<mark>${escaped(word)}</mark>` : escaped(word)))
    .join(' ');
}

function toResult(id: string, score: number, terms: readonly string[], words: number): PagefindResult {
  return {
    score,
    async data() {
      const sheet = document.getElementById(id);
      const title = sheet?.querySelector('h1')?.textContent ?? id;
      const text = sheet ? textOf(sheet).replace(title, '') : '';
      return {
        url: `/${id}/`,
        excerpt: excerpt(text, terms, words),
        meta: { title, kind: sheet?.dataset.kind ?? 'Page' },
      };
    },
  };
}

/** The same interface as Pagefind's, so that the search field needs to know of one only. */
export function sheetSearch(): Pagefind {
  let index: MiniSearch<Entry> | undefined;
  let words = 24;
  let latest = 0;
  return {
    async options(options) {
      if (typeof options.excerptLength === 'number') words = options.excerptLength;
    },
    async init() {
      index ??= makeIndex();
    },
    async debouncedSearch(term, _options, wait = 120) {
      latest += 1;
      const mine = latest;
      await new Promise((done) => setTimeout(done, wait));
      if (mine !== latest || !index) return null;
      // Of pages that fit alike, the one that says what is wrong and mends it comes first.
      const boostDocument = (id: string) => (document.getElementById(id)?.dataset.kind === 'Problem' ? 2 : 1);
      const options = {
        boostDocument,
        prefix: true,
        fuzzy: (word: string) => (word.length > 4 ? 0.15 : false),
        boost: { title: 4, also: 3, lead: 2 },
      };
      const all = index.search(term, { ...options, combineWith: 'AND' });
      const found = all.length > 0 ? all : index.search(term, options);
      return { results: found.map(({ id, score, terms }) => toResult(String(id), score, terms, words)) };
    },
  };
}
