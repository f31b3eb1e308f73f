/** Access to the Pagefind index: loaded at the first search, never before. */
import type { Pagefind } from '../../site/edition.ts';
import { href } from '../../site/paths.ts';
import { searchText, weigh } from './ranking.ts';

export interface Hit {
  url: string;
  title: string;
  kind: string;
  /** Parts of the excerpt; `hit` where a word of the query stands. */
  excerpt: { text: string; hit: boolean }[];
}

/** So many of Pagefind's first pages are weighed anew. */
const weighed = 40;

let loading: Promise<Pagefind> | undefined;

async function load(): Promise<Pagefind> {
  const path = href('/pagefind/pagefind.js');
  // An edition without a web server brings its own: modules cannot be loaded there.
  const own = globalThis.samhainEdition?.search();
  const pagefind = own ? await own : ((await import(/* @vite-ignore */ path)) as Pagefind);
  await pagefind.options({ excerptLength: 24 });
  await pagefind.init();
  return pagefind;
}

/** Pagefind marks its hits as HTML; it is read as such and only its text is kept. */
function excerptParts(html: string): Hit['excerpt'] {
  const body = new DOMParser().parseFromString(html, 'text/html').body;
  return [...body.childNodes].map((node) => ({ text: node.textContent ?? '', hit: node.nodeName === 'MARK' }));
}

/**
 * The best pages for a query; `undefined` if a newer query has overtaken this one.
 * @throws if the index cannot be loaded
 */
export async function search(query: string, most = 12): Promise<{ hits: Hit[]; total: number } | undefined> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined;
  });
  const pagefind = await loading;
  const found = await pagefind.debouncedSearch(searchText(query), {}, 120);
  if (!found) return undefined;
  const pages = await Promise.all(
    found.results.slice(0, weighed).map(async (result) => ({ score: result.score, page: await result.data() })),
  );
  const ranked = pages
    .map(({ score, page: { url, excerpt, meta } }) => {
      const { title = url, kind = 'Page', also = '', summary } = meta;
      return { url, title, kind, excerpt, summary, weight: weigh(query, { score, title, kind, also }) };
    })
    .sort((a, b) => b.weight - a.weight);
  return {
    total: found.results.length,
    hits: ranked.slice(0, most).map(({ url, title, kind, excerpt, summary }) => ({
      url: globalThis.samhainEdition?.href(url) ?? url,
      title,
      kind,
      excerpt: summary ? [{ text: summary, hit: false }] : excerptParts(excerpt),
    })),
  };
}
