/**
 * The Content-Security-Policy is on every page, before everything that it governs; nothing on the page needs what it
 * forbids, and it allows no more.
 */
import { hashSource, inlineElements } from '../editions/parts/edition-page.ts';
import type { CheckResult, Site } from './site.ts';

/** The policy of a page: the first thing in its head but for the encoding, since what is above it goes by none. */
const first =
  /^<!doctype html><html[^>]*><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="([^"]*)"/i;
const anywhere = /<meta http-equiv="content-security-policy"/gi;

/** @returns what is wrong about the policy of a page */
export function policyFaults(html: string): string[] {
  const policy = first.exec(html)?.[1];
  const count = html.match(anywhere)?.length ?? 0;
  if (count === 0) return ['no Content-Security-Policy'];
  if (policy === undefined) return ['the policy comes after something that it governs'];
  const inline = inlineElements(html).filter(({ attributes }) => !/ src=|ld\+json/.test(attributes));
  const needed = new Set(inline.map(({ text }) => hashSource(text)));
  const allowed = new Set(policy.match(/'sha256-[^']+'/g) ?? []);
  const faults: [boolean, string][] = [
    [count > 1, 'more than one policy'],
    [!policy.startsWith("default-src 'none'"), 'the policy does not begin with nothing allowed'],
    [!policy.includes("require-trusted-types-for 'script'"), 'the policy asks for no Trusted Types'],
    [/unsafe-inline|unsafe-eval'/.test(policy), 'the policy allows unsafe code'],
    [[...needed].some((hash) => !allowed.has(hash)), 'a script that the policy forbids'],
    [[...allowed].some((hash) => !needed.has(hash)), 'the policy allows a script or style that the page does not hold'],
  ];
  return faults.flatMap(([wrong, what]) => (wrong ? [what] : []));
}

export async function checkPolicy({ pages }: Site): Promise<CheckResult> {
  const problems: string[] = [];
  for (const { path, html } of pages) {
    problems.push(...policyFaults(html).map((fault) => `${path}: ${fault}`));
    if (/\sstyle="/.test(html)) problems.push(`${path}: a style attribute`);
    // Log lines may hold anything; they stand in <pre>.
    const parts = html.split('<pre').map((part, i) => (i === 0 ? part : part.slice(part.indexOf('</pre>'))));
    if (parts.some((part) => /\son[a-z]+="/.test(part))) problems.push(`${path}: an event handler in the HTML`);
  }
  return { name: 'Content-Security-Policy', looked: pages.length, problems };
}
