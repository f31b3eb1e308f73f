/** What configurations hold, for a terminal and for pipelines. */

import type { Report, ReportConfiguration, SettingFinding } from './model.ts';
import { degreeCounts, openSettingWords, sideWords } from './setting-words.ts';
import { visibleLine } from './visible.ts';

/** So many findings of a file are shown. */
const mostFindings = 100;

/** A part of the report for each configuration. */
export function settingsText({ configurations }: Report): string[] {
  return configurations.map(({ file, side, clients, settings, open }: ReportConfiguration) => {
    const listed = clients > 0 ? `, ${clients} client${clients === 1 ? '' : 's'}` : '';
    const left = settings.length - mostFindings;
    return [
      `${visibleLine(file)}: ${sideWords(side)}${listed}: ${degreeCounts(settings)}`,
      ...settings.slice(0, mostFindings).flatMap(findingText),
      ...(left > 0 ? [`   - and ${left} more`] : []),
      ...openSettingWords(open).map((words) => `   ${words}`),
    ].join('\n');
  });
}

function findingText({ degree, text, write, edit, leadsTo, ...one }: SettingFinding): string[] {
  const to = leadsTo ? [`       Leads to: ${leadsTo.title} (/problems/${leadsTo.problem}/)`] : [];
  return [
    `   - ${place(one)}: ${degree}: ${text}`,
    ...(write === undefined ? [] : [`       Write: ${write}`]),
    ...(edit === undefined ? [] : [`       ${edit}`]),
    ...to,
  ];
}

const place = ({ file, line }: Pick<SettingFinding, 'file' | 'line'>): string =>
  line === 0 ? visibleLine(file) : `${visibleLine(file)}:${line}`;

/** One line a finding, as compilers print them. */
export function settingsLines({ settings }: Report): string[] {
  return settings.map(({ file, line, degree, text, write, edit, rule }) => {
    const fix = write === undefined ? edit : `Write: ${write}`;
    return `${visibleLine(file)}:${line}: ${degree}: ${text}${fix === undefined ? '' : ` ${fix}`} [${rule}]`;
  });
}
