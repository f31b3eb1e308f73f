/** What MDX pages use for plain Markdown elements. */
import Link from './Link.astro';
import Pre from './Pre.astro';
import Table from './Table.astro';

export const prose = { a: Link, pre: Pre, table: Table };
