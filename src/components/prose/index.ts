/** What MDX pages use for plain Markdown elements. */
import Code from './Code.astro';
import Link from './Link.astro';
import Pre from './Pre.astro';
import Table from './Table.astro';

export const prose = { a: Link, code: Code, pre: Pre, table: Table };
