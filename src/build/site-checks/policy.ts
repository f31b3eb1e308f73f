/** The Content-Security-Policy is on every page, nothing on the page needs what it forbids, and it allows no more. */
import { hashSource, inlineElements } from '../editions/parts/edition-page.ts';
import type { CheckResult, Site } from './site.ts';

export async function checkPolicy({ pages }: Site): Promise<CheckResult> {
  const problems: string[] = [];
  for (const { path, html } of pages) {
    const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1];
    if (!policy) problems.push(`${path}: no Content-Security-Policy`);
    else {
      if (!policy.includes("require-trusted-types-for 'script'"))
        problems.push(`${path}: the policy asks for no Trusted Types`);
      if (/unsafe-inline|unsafe-eval'/.test(policy)) problems.push(`${path}: the policy allows unsafe code`);
      if (!policy.includes("default-src 'none'"))
        problems.push(`${path}: the policy does not begin with nothing allowed`);
      const inline = inlineElements(html).filter(({ attributes }) => !/ src=|ld\+json/.test(attributes));
      const needed = new Set(inline.map(({ text }) => hashSource(text)));
      const allowed = new Set(policy.match(/'sha256-[^']+'/g) ?? []);
      if ([...needed].some((hash) => !allowed.has(hash))) problems.push(`${path}: a script that the policy forbids`);
      if ([...allowed].some((hash) => !needed.has(hash)))
        problems.push(`${path}: the policy allows a script or style that the page does not hold`);
    }
    if (/\sstyle="/.test(html)) problems.push(`${path}: a style attribute`);
    // Log lines may hold anything; they stand in <pre>.
    const parts = html.split('<pre').map((part, i) => (i === 0 ? part : part.slice(part.indexOf('</pre>'))));
    if (parts.some((part) => /\son[a-z]+="/.test(part))) problems.push(`${path}: an event handler in the HTML`);
  }
  return { name: 'Content-Security-Policy', looked: pages.length, problems };
}
