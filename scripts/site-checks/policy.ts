/** The Content-Security-Policy is on every page, and nothing on the page needs what it forbids. */
import type { CheckResult, Site } from './site.ts';

export async function checkPolicy({ pages }: Site): Promise<CheckResult> {
  const problems: string[] = [];
  for (const { path, html } of pages) {
    const policy = /<meta http-equiv="content-security-policy" content="([^"]*)"/i.exec(html)?.[1];
    if (!policy) problems.push(`${path}: no Content-Security-Policy`);
    else {
      if (/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/.test(policy))
        problems.push(`${path}: the policy allows unsafe code`);
      if (!policy.includes("default-src 'none'"))
        problems.push(`${path}: the policy does not begin with nothing allowed`);
    }
    if (/\sstyle="/.test(html)) problems.push(`${path}: a style attribute`);
    // Log lines may hold anything; they stand in <pre>.
    const parts = html.split('<pre').map((part, i) => (i === 0 ? part : part.slice(part.indexOf('</pre>'))));
    if (parts.some((part) => /\son[a-z]+="/.test(part))) problems.push(`${path}: an event handler in the HTML`);
  }
  return { name: 'Content-Security-Policy', looked: pages.length, problems };
}
