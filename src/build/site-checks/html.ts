/** Valid, accessible HTML by html-validate's recommended rules (.htmlvalidate.json). */
import { readFileSync } from 'node:fs';
import { HtmlValidate } from 'html-validate';
import type { CheckResult, Site } from './site.ts';

export async function checkHtml({ pages }: Site): Promise<CheckResult> {
  const validator = new HtmlValidate(JSON.parse(readFileSync('.htmlvalidate.json', 'utf8')));
  const problems: string[] = [];
  for (const { path, html } of pages) {
    const report = await validator.validateString(html, path);
    for (const result of report.results) {
      for (const m of result.messages) problems.push(`${path}:${m.line}: ${m.message} (${m.ruleId})`);
    }
  }
  return { name: 'HTML', looked: pages.length, problems };
}
