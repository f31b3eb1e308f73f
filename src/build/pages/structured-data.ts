/** Structured data (schema.org, as JSON-LD) and absolute addresses, for machines that read the pages. */
import { href } from '../../browser/paths.ts';

/** Where the site stands. Unknown unless a build is told so: then addresses are given from the host's root. */
const site = process.env.SITE_URL?.replace(/\/$/, '') ?? '';

/** Whether it is known: else a page has no address by which other sites know it. */
export const hasSite = site !== '';

/** The address of a page or file by which other sites know it. @param path with the base path */
export const siteAddress = (path: string): string => site + path;

export interface PageData {
  title: string;
  description: string;
  /** What the search calls the page: Problem, Guide, Message, … */
  kind?: string | undefined;
  updated?: string | undefined;
  /** With the base path. */
  path: string;
}

/** What the site calls the pages that explain something. */
const articles = new Set([
  'Problem',
  'Guide',
  'Procedure',
  'Check',
  'Message',
  'Report of the file check',
  'Trace line',
]);

/** JSON-LD of a page, safe to stand in a script element; undefined for a page that has nothing to say. */
export function structuredData(page: PageData): string | undefined {
  const { title, description, kind = '', updated, path } = page;
  const about = {
    '@type': 'SoftwareApplication',
    name: 'samhain and yule',
    applicationCategory: 'SecurityApplication',
  };
  let graph: object[] | undefined;
  if (kind === 'Start') {
    graph = [
      {
        '@type': 'WebSite',
        name: title,
        description,
        url: siteAddress(path),
        potentialAction: {
          '@type': 'SearchAction',
          target: `${siteAddress(href('/search/'))}#q={search_term_string}`,
          'query-input': 'required name=search_term_string',
        },
      },
    ];
  } else if (articles.has(kind)) {
    const article = {
      '@type': 'TechArticle',
      headline: title,
      description,
      ...(hasSite ? { url: siteAddress(path) } : {}),
      dateModified: updated,
      about,
    };
    graph = [article];
  }
  return graph && JSON.stringify({ '@context': 'https://schema.org', '@graph': graph }).replaceAll('<', '\\u003c');
}
