/** What configurations hold, for a terminal and for scripts. */
import type { Problem } from '../content/schemas.ts';
import type { FoundSetting } from '../engine/config/configurations.ts';
import { cleanValue, type Result } from '../engine/diagnosis/index.ts';
import type { Input } from '../engine/input.ts';
import type { Source } from '../engine/types.ts';
import { degreeCounts, openSettingWords, sideWords } from '../site/setting-words.ts';
import { visibleLine } from './terminal.ts';

/** So many findings of a file are shown. */
const mostFindings = 100;

export interface JsonSetting {
  file: string;
  /** 0: the file as a whole. */
  line: number;
  rule: string;
  degree: FoundSetting['degree'];
  /** What is there, and what the program makes of it. */
  text: string;
  /** The problem that it leads to, if it is one of the site's. */
  problem?: string;
}

/** Findings as plain data. */
export function jsonSettings({ settings }: Result, file: (source: number) => string): JsonSetting[] {
  return (settings ?? []).map((one) => ({
    file: file(one.source),
    line: one.line,
    rule: one.rule,
    degree: one.degree,
    text: sentence(one),
    ...(one.problem === undefined ? {} : { problem: one.problem }),
  }));
}

const sentence = ({ says, effect }: FoundSetting): string => cleanValue(`${says} ${effect}`);

/** A part of the report for each configuration. */
export function settingsText(
  { sources, read, problems }: { sources: readonly Source[]; read: Input; problems: readonly Problem[] },
  { settings = [], settingsOpen = [] }: Result,
): string[] {
  return read.settings.map(({ source, side, settings: { entries } }) => {
    const name = visibleLine(sources[source]?.name ?? '');
    const own = settings.filter((one) => one.source === source);
    const clients = entries.filter(({ facts }) => typeof facts.key === 'string').length;
    const listed = clients > 0 ? `, ${clients} client${clients === 1 ? '' : 's'}` : '';
    const left = own.length - mostFindings;
    const open = openSettingWords(settingsOpen.filter((one) => one.source === source));
    return [
      `${name}: ${sideWords(side)}${listed}: ${degreeCounts(own)}`,
      ...own.slice(0, mostFindings).flatMap((one) => findingText(one, name, problems)),
      ...(left > 0 ? [`   - and ${left} more`] : []),
      ...open.map((words) => `   ${words}`),
    ].join('\n');
  });
}

function findingText(one: FoundSetting, name: string, problems: readonly Problem[]): string[] {
  const problem = problems.find(({ id }) => id === one.problem);
  const only = problem?.cases.find(({ id }) => id === one.case);
  const to = problem
    ? [`       Leads to: ${problem.title}${only ? `: ${only.title}` : ''} (/problems/${problem.id}/)`]
    : [];
  return [
    `   - ${place(one, name)}: ${one.degree}: ${sentence(one)}`,
    ...(one.write === undefined ? [] : [`       Write: ${cleanValue(one.write)}`]),
    ...(one.edit === undefined ? [] : [`       ${cleanValue(one.edit)}`]),
    ...to,
  ];
}

const place = ({ line }: FoundSetting, name: string): string => (line === 0 ? name : `${name}:${line}`);

/** One line a finding, as compilers print them. */
export function settingsLines(sources: readonly Source[], { settings = [] }: Result): string[] {
  return settings.map((one) => {
    const fix = one.write === undefined ? one.edit : `Write: ${one.write}`;
    const text = `${one.degree}: ${sentence(one)}${fix === undefined ? '' : ` ${cleanValue(fix)}`} [${one.rule}]`;
    return `${visibleLine(sources[one.source]?.name ?? '')}:${one.line}: ${text}`;
  });
}
