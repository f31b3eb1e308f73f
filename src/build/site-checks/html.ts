/** Valid, accessible HTML by html-validate's recommended rules (.htmlvalidate.json). */
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import type { CheckResult, Site } from './site.ts';

/** Astro puts this one style beside the first island of a page; its place cannot be chosen. */
const islandStyle = '<style>astro-island,astro-slot,astro-static-slot{display:contents}</style>';

export async function checkHtml({ pages }: Site): Promise<CheckResult> {
  const validator = new HtmlValidate(JSON.parse(readFileSync('.htmlvalidate.json', 'utf8')));
  const problems: string[] = [];
  for (const { path, html } of pages) {
    const report = await validator.validateString(html.replace(islandStyle, ''), path);
    for (const result of report.results) {
      for (const m of result.messages) problems.push(`${path}:${m.line}: ${m.message} (${m.ruleId})`);
    }
  }
  return { name: 'HTML', looked: pages.length, problems };
}
