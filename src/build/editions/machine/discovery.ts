/** What machines look for at a site's root: sitemap.xml, robots.txt, opensearch.xml. All hold absolute addresses. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapeHtml } from '../../escape-html.ts';
import { type BuiltPage, base, siteUrl } from '../site.ts';

const absolute = (address: string): string => siteUrl + base + address;

/** The day a page's content was last changed, where the page says so. */
function lastChanged(page: BuiltPage): string | undefined {
  const at = page.html.indexOf('<p class="page-facts">');
  const facts = at < 0 ? '' : page.html.slice(at, page.html.indexOf('</p>', at));
  return / datetime="([^"]{1,40})"/.exec(facts)?.[1];
}

function sitemap(pages: readonly BuiltPage[]): string {
  const entries = pages
    .filter((page) => page.address.endsWith('/'))
    .map((page) => {
      const day = lastChanged(page);
      return `<url><loc>${escapeHtml(absolute(page.address))}</loc>${day ? `<lastmod>${day}</lastmod>` : ''}</url>`;
    });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join('\n')}
</urlset>
`;
}

const robots = () => `User-agent: *
Disallow: ${base}/download/

Sitemap: ${absolute('/sitemap.xml')}
# The same pages as plain text: ${absolute('/llms.txt')}
`;

const openSearch = () => `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Samhain trouble</ShortName>
<LongName>Samhain Troubleshooter</LongName>
<Description>Search problems, messages and procedures of samhain clients and yule servers</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="192" height="192" type="image/png">${escapeHtml(absolute('/icons/icon-192.png'))}</Image>
<Url type="text/html" template="${escapeHtml(absolute('/search/'))}#q={searchTerms}"/>
</OpenSearchDescription>
`;

export function writeDiscovery(folder: string, pages: readonly BuiltPage[]): void {
  writeFileSync(join(folder, 'sitemap.xml'), sitemap(pages));
  writeFileSync(join(folder, 'robots.txt'), robots());
  writeFileSync(join(folder, 'opensearch.xml'), openSearch());
}
