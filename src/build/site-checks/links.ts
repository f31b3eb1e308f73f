/** Every link, image, script and anchor inside the site has its target; nothing is loaded from elsewhere. */
import type { CheckResult, Site } from './site.ts';

const attribute = /<(a|link|script|img|source|iframe|use|form)\b[^<>]*?\s(href|src|action)="([^"]*)"/g;
const decode = (text: string) => text.replaceAll('&amp;', '&').replaceAll('&#38;', '&');

export async function checkLinks({ pages, files }: Site): Promise<CheckResult> {
  const base = (process.env.BASE_PATH ?? '/').replace(/\/$/, '');
  const anchors = new Map(
    pages.map((page) => [page.path, new Set([...page.html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id))]),
  );
  const problems: string[] = [];
  let looked = 0;
  for (const { path, html } of pages) {
    const from = new URL(`${base}/${path}`, 'http://site/');
    for (const [, tag, , value = ''] of html.matchAll(attribute)) {
      looked += 1;
      const url = new URL(decode(value), from);
      if (url.origin !== 'http://site') {
        const harmless = tag === 'a' || (tag === 'link' && html.includes(`rel="canonical" href="${value}"`));
        if (!harmless || url.protocol === 'javascript:')
          problems.push(`${path}: <${tag}> loads from elsewhere: ${value}`);
        continue;
      }
      const inside = decodeURIComponent(url.pathname);
      if (!inside.startsWith(`${base}/`)) {
        problems.push(`${path}: ${value} leads out of the base path`);
        continue;
      }
      const wanted = inside.slice(base.length + 1);
      const target = [wanted, `${wanted}index.html`, `${wanted}/index.html`].find((name) => files.has(name));
      if (target === undefined) problems.push(`${path}: ${value} has no target`);
      else if (url.hash && anchors.has(target) && !anchors.get(target)?.has(decodeURIComponent(url.hash.slice(1)))) {
        problems.push(`${path}: ${value}: ${target} has no such anchor`);
      }
    }
  }
  return { name: 'Links', looked, problems };
}
