/** Configurations as the page shows them: the file, with its findings at their lines. Secrets are masked in it already. */

import { problemHref } from '../../browser/paths.ts';
import type { FoundSetting } from '../../engine/config/types.ts';
import type { Result } from '../../engine/diagnosis/types.ts';
import type { Input } from '../../engine/input.ts';
import { pasted } from '../../engine/names.ts';
import type { Source } from '../../engine/types.ts';
import { degreeCounts, degrees, openSettingWords, sideWords } from '../../report/setting-words.ts';
import type { StepView } from './types.ts';
import { sentence } from './verdicts.ts';
import { problemById } from './words.ts';

type Words = StepView['do'];

/** Lines of the file, one after the other. */
export interface LinesView {
  from: number;
  lines: string[];
  /** How many they are; more than are held where it is a long stretch. */
  count: number;
  /** Nothing is said of them: only their numbers are shown at first. */
  folded: boolean;
}

export interface SettingView {
  degree: FoundSetting['degree'];
  rule: string;
  /** The line, and those that are its rest; none where it is the file as a whole. */
  at?: LinesView;
  says: Words;
  effect: Words;
  write?: string;
  edit?: Words;
  leads?: { href: string; title: string; only?: string };
}

export interface ConfigurationView {
  /** Absent for what was pasted. */
  name?: string;
  kind: string;
  counts: string;
  /** What the worst finding leads to. */
  headline?: string;
  breaks: boolean;
  /** How many findings of each degree. */
  found: Record<FoundSetting['degree'], number>;
  parts: (LinesView | SettingView)[];
  /** Findings that are not shown. */
  left: number;
  /** What would be judged with more. */
  asks: string[];
}

const mostFindings = 100;
/** Lines shown around a finding; a stretch between two that is hardly longer is shown whole. */
const around = 3;
const mostLines = 400;
const mostWidth = 600;

/** One for each that was read from its beginning; one that breaks something comes before what is in order. */
export function makeConfigurations(
  sources: readonly Source[],
  read: Input,
  { settings = [], settingsOpen = [] }: Result,
): ConfigurationView[] {
  const views = read.settings.map(({ source, side, settings: { rests } }): ConfigurationView => {
    const { name = '', text = '' } = sources[source] ?? {};
    const own = settings.filter((one) => one.source === source);
    const count = (degree: FoundSetting['degree']) => own.filter((one) => one.degree === degree).length;
    const lines = text.split(text.includes('\n') ? '\n' : '\r');
    if (lines.at(-1) === '') lines.pop();
    return {
      ...(name === pasted ? {} : { name }),
      kind: sideWords(side),
      counts: degreeCounts(own),
      ...headlineOf(own),
      breaks: count('breaks') > 0,
      found: { breaks: count('breaks'), misleads: count('misleads'), untidy: count('untidy') },
      parts: partsOf(own.slice(0, mostFindings), lines, new Set(rests)),
      left: Math.max(0, own.length - mostFindings),
      asks: openSettingWords(settingsOpen.filter((one) => one.source === source)),
    };
  });
  // (By the gravest finding; a file without one comes last.)
  const place = ({ found }: ConfigurationView) =>
    [...degrees.map((degree) => found[degree]), 1].findIndex((n) => n > 0);
  return views.sort((a, b) => place(a) - place(b));
}

/** What it costs, by the gravest finding that leads to a problem. */
function headlineOf(found: readonly FoundSetting[]): { headline?: string } {
  const leading = found.find(({ degree, problem }) => degree === 'breaks' && problem);
  const title = problemById.get(leading?.problem ?? '')?.title;
  return title ? { headline: title } : {};
}

function partsOf(found: readonly FoundSetting[], lines: readonly string[], rests: ReadonlySet<number>) {
  const parts: ConfigurationView['parts'] = [];
  const put = (from: number, to: number, folded: boolean) => {
    if (to >= from) parts.push(stretch(lines, { from, to, folded }));
  };
  /** The first line that is not told yet. */
  let next = 1;
  const upTo = (end: number, last: boolean) => {
    const [first, second] = [next > 1 ? next + around : next, last ? end + 1 : end + 1 - around];
    if (second - first <= around) put(next, end, false);
    else {
      put(next, first - 1, false);
      put(first, second - 1, true);
      put(second, end, false);
    }
  };
  for (const one of found) {
    if (one.line > 0) upTo(one.line - 1, false);
    let to = one.line;
    while (rests.has(to + 1)) to += 1;
    const at = one.line > 0 && one.line >= next ? { at: stretch(lines, { from: one.line, to, folded: false }) } : {};
    parts.push({ ...settingView(one), ...at });
    next = Math.max(next, to + 1);
  }
  upTo(lines.length, true);
  return parts;
}

function stretch(
  lines: readonly string[],
  { from, to, folded }: { from: number; to: number; folded: boolean },
): LinesView {
  const shown = lines
    .slice(from - 1, Math.min(to, from - 1 + mostLines))
    .map((line) => masked(line.slice(0, mostWidth)));
  return { from, lines: shown, count: to - from + 1, folded };
}

/** Of a long secret the length is shown. */
const masked = (line: string): string => line.replace(/X{17,}/g, (all) => `XXXX… (${all.length})`);

function settingView({ degree, rule, says, effect, write, edit, problem: id, case: only }: FoundSetting): SettingView {
  const problem = problemById.get(id ?? '');
  const title = problem?.cases.find((one) => one.id === only)?.title;
  return {
    degree,
    rule,
    says: sentence(says),
    effect: sentence(effect),
    ...(write === undefined ? {} : { write }),
    ...(edit === undefined ? {} : { edit: sentence(edit) }),
    ...(problem
      ? { leads: { href: problemHref(problem.id), title: problem.title, ...(title ? { only: title } : {}) } }
      : {}),
  };
}
