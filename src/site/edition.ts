/**
 * What an edition that no web server delivers does in its own way: the one in a folder, and the one that is a single
 * file. They are made from the built site by scripts/editions; the site itself leaves `samhainEdition` unset.
 */

/** The part of Pagefind's interface that the search uses. */
export interface Pagefind {
  options(options: Record<string, unknown>): Promise<void>;
  init(): Promise<void>;
  debouncedSearch(term: string, options?: object, wait?: number): Promise<{ results: PagefindResult[] } | null>;
}

export interface PagefindResult {
  /** Larger is better. */
  score: number;
  /** The excerpt is HTML with `<mark>` around what was found. */
  data(): Promise<{ url: string; excerpt: string; meta: Record<string, string> }>;
}

export interface Edition {
  /** The address of a page, given as on a site at a host's root: `/problems/x/#fix-it`. */
  href(path: string): string;
  /** The query of the present address, with its question mark. */
  query(): string;
  search(): Promise<Pagefind>;
}

declare global {
  var samhainEdition: Edition | undefined;
}
