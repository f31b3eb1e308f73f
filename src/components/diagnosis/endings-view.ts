/** How the problems end that are known: the counts under the verdicts, and the lists behind them. */
import knowledge from 'virtual:knowledge';
import { checkHref, optionHref, problemHref } from '../../browser/paths.ts';
import type { Result } from '../../engine/diagnosis/types.ts';
import type { Input } from '../../engine/input.ts';
import { endingsOf, type ReportNeed } from '../../report/model.ts';
import { byReason, countsText, excludedText, needText } from '../../report/words.ts';

interface Linked {
  href: string;
  title: string;
}

/** Problems that end alike, and what rules them out or would judge them. */
export interface EndingsGroup {
  problems: Linked[];
  /** In words; with the lines that say it. */
  because?: string;
  lines?: string;
  needs?: { text: string; href?: string }[];
}

/** What is missing, and the problems that it would judge. */
export interface Missing {
  text: string;
  href?: string;
  problems: Linked[];
}

export interface EndingsView {
  counts: string;
  /** Those not judged, each once, by what would judge the most of them. */
  missing: Missing[];
  excluded: EndingsGroup[];
  notJudged: EndingsGroup[];
}

/** Plain data for the answer. */
export function makeEndings(read: Input, result: Result): EndingsView {
  const { counts, excluded, notJudged } = endingsOf({ read, result, problems: knowledge.problems });
  const linked = ({ problem, title }: { problem: string; title: string }): Linked => ({
    href: problemHref(problem),
    title,
  });
  const places = (lines: readonly { file: string; line: number }[]) =>
    lines.map(({ file, line }) => (read.sources.length > 1 ? `${file}, line ${line}` : `line ${line}`)).join(' and ');
  const missing = missingOf(notJudged.map((one) => ({ ...linked(one), needs: one.needs })));
  return {
    counts: countsText(counts),
    missing,
    excluded: byReason(excluded, (one) => `${excludedText(one)} ${places(one.because)}`).map(([, its]) => ({
      problems: its.map(linked),
      because: excludedText(its[0] ?? { because: [] }),
      lines: places(its[0]?.because ?? []),
    })),
    notJudged: byReason(notJudged, ({ needs }) => needs.map(needText).join(' or ')).map(([, its]) => ({
      problems: its.map(linked),
      needs: (its[0]?.needs ?? []).map((need) => ({ text: needText(need), ...hrefOf(need) })),
    })),
  };
}

function hrefOf(need: ReportNeed): { href?: string } {
  if ('check' in need) return { href: checkHref(need.check) };
  return 'setting' in need ? { href: optionHref(need.setting) } : {};
}

interface Waiting extends Linked {
  needs: readonly ReportNeed[];
}

/** Each problem under one of the things that would judge it: those first that judge the most. */
function missingOf(problems: readonly Waiting[]): Missing[] {
  const groups: Missing[] = [];
  let left = [...problems];
  while (left.length > 0) {
    const by = new Map<string, { need: ReportNeed; its: Waiting[] }>();
    for (const one of left)
      for (const need of one.needs) {
        const entry = by.get(needText(need)) ?? { need, its: [] };
        entry.its.push(one);
        by.set(needText(need), entry);
      }
    const [text, top] = [...by].sort(([, a], [, b]) => b.its.length - a.its.length)[0] ?? [];
    if (!text || !top) break;
    groups.push({ text, ...hrefOf(top.need), problems: top.its.map(({ href, title }) => ({ href, title })) });
    left = left.filter((one) => !top.its.includes(one));
  }
  return groups;
}
