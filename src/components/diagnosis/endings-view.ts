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

export interface EndingsView {
  counts: string;
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
  return {
    counts: countsText(counts),
    excluded: byReason(excluded, ({ because }) => `${excludedText(because)} ${places(because)}`).map(([, its]) => ({
      problems: its.map(linked),
      because: excludedText(its[0]?.because ?? []),
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
