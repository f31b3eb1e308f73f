/** What the file check reports, each with the file or the other thing that it names. */

import { messageHref } from '../../browser/paths.ts';
import type { Recognised } from '../../engine/index.ts';
import type { Source } from '../../engine/types.ts';
import { valuesOf, wordsOf } from './log-view.ts';
import type { ReportView } from './types.ts';
import { whereIs } from './words.ts';

/** A path is what a report is about: shown whole. */
const mostPath = 4096;

/** @param reports indexes into the findings */
export function makeReports(found: Recognised, reports: readonly number[], sources: readonly Source[]): ReportView[] {
  return reports.flatMap((index) => {
    const finding = found.findings[index];
    if (!finding) return [];
    const { record, message, text, host } = finding;
    return [
      {
        where: whereIs(sources, record.source, record.line),
        severity: record.severity,
        host: host?.slice(0, 255),
        words: wordsOf(finding),
        about: finding.values.path?.slice(0, mostPath) ?? valuesOf(finding).slice(0, 3).join(' · '),
        href: message ? messageHref(message, text) : undefined,
        forged: Boolean(record.suspicious),
      },
    ];
  });
}
