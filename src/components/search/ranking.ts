/** Puts the page first that a person means: Pagefind counts words; titles, other names and kinds are weighed here. */

export interface Ranked {
  /** Pagefind's own score, larger is better. */
  score: number;
  title: string;
  kind: string;
  /** Other names of the page, as people search for it. */
  also: string;
}

/** Whoever searches is in trouble: pages that mend come before pages that explain a line. */
const kinds: Record<string, number> = { Problem: 1.5, Procedure: 1.2, Guide: 1.2, Message: 1 };

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_./<>()=-]+/g, ' ')
    .trim();

/** Words of a query that carry meaning on this site: its own name says nothing. */
export function queryWords(query: string): string[] {
  return plain(query)
    .split(' ')
    .filter((word) => word && word !== 'samhain');
}

/** How well a page fits the query: its score, times what its title, other names and kind say. */
export function weigh(query: string, page: Ranked): number {
  const words = queryWords(query);
  const phrase = words.join(' ');
  const title = plain(page.title);
  const also = plain(page.also);
  const share = (text: string) => words.filter((word) => text.includes(word)).length / Math.max(1, words.length);
  let factor = kinds[page.kind] ?? 0.8;
  if (title === phrase) factor *= 4;
  else if (phrase && title.includes(phrase)) factor *= 2.5;
  if (phrase && also.includes(phrase)) factor *= 3;
  return page.score * factor * (1 + 2 * share(title) + share(also));
}

/**
 * What to look for when the query is a log line: the words of its msg fields; else the query without this site's name.
 */
export function searchText(query: string): string {
  const messages = [...query.slice(0, 4000).matchAll(/msg=(?:<([^<>]{1,200})|"([^"]{1,200}))/g)].map(
    ([, a, b]) => a ?? b ?? '',
  );
  if (messages.length > 0) return messages.at(-1) ?? query;
  return query.replace(/\bsamhain\b/gi, ' ').trim() || query;
}
