/**
 * What an edition that no web server delivers does in its own way: the one in a folder, and the one that is a single
 * file. They are made from the built site by src/build/editions; the site itself leaves `samhainEdition` unset.
 */

/** What such an edition loads when it is first needed. */
export type PartName = 'names' | 'engine';

export interface Edition {
  /** The address of a page, given as on a site at a host's root: `/problems/x/#fix-it`. */
  href(path: string): string;
  /** The query of the present address, with its question mark. */
  query(): string;
  /** What is needed now and then only: the table of names, the engine. */
  load(what: PartName): Promise<unknown>;
  /** Where a worker with the engine is. */
  worker(): Promise<string>;
}

declare global {
  var samhainEdition: Edition | undefined;
}
