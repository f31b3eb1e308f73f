/** Sentences that several faces of a report say alike. */
import type { Ask } from '../engine/diagnosis/types.ts';
import { cleanValue } from '../engine/diagnosis/values.ts';
import type { Outside } from '../engine/window.ts';
import type { Exclusion, Report, ReportNeed, ReportWindow } from './model.ts';

/** What is said where no line of samhain or yule was found. */
export const nothingFound = 'No line of samhain or yule was found, so nothing can be said.';

/** The same where only some clients were asked for, of which there is none, or a time in which there is no line. */
export const nothingText = ({ only, input, window }: Pick<Report, 'only' | 'input' | 'window'>): string =>
  only.length > 0 && input.recognised > 0
    ? `No line is about ${only.join(', ')}.`
    : window
      ? 'No line of samhain or yule is from that time, so nothing can be said.'
      : nothingFound;

/** How much was not judged, since it lies outside the time that was chosen; nothing where all of it lies inside. */
export function outsideText({ before, after }: Outside, { from, to }: { from: string; to: string }): string {
  if (before + after === 0) return '';
  const lines = (n: number) => `${n.toLocaleString('en')} line${n === 1 ? '' : 's'}`;
  const parts = [before > 0 && `${lines(before)} before ${from}`, after > 0 && `${lines(after)} after ${to}`];
  return `${parts.filter(Boolean).join(' and ')} ${before + after === 1 ? 'was' : 'were'} not judged.`;
}

/** Which time was judged, and what was not. */
export function windowText({ from = 'the beginning', to = 'the end', ...outside }: ReportWindow): string {
  return `Judged: only what happened from ${from} to ${to}. ${outsideText(outside, { from, to })}`.trim();
}

/** Of a text that ends within a record, before what tells why. @param place `pasted, line 12` */
export const cutEndText = (place: string): string =>
  `The text ends within a record (${place}): the copy was cut there, or the log itself stops there. This shows which:`;

/** Said first where nothing shows that samhain wrote the evidence. */
export const askWhole =
  "If this is samhain's: give the whole line as it is in the log, with severity, time stamp and all that follows.";

/** Prose of the content for a place without links, such as a terminal: the words of a link, then its address. */
export const linksInWords = (prose: string): string =>
  prose.replace(/\[([^[\]]+)\]\(([^()\s]+)\)/g, (_, words: string, to: string) =>
    to.startsWith('#') ? words : `${words} (${to})`,
  );

/** One line of advice. */
export function askText({ look, run, on, none }: Ask): string {
  const where = on === 'both' ? 'On both sides' : `On the ${on}`;
  if (none !== undefined) return `${where}: ${look} No command here: ${none}`;
  return run ? `${where}: ${look} Command: ${run.includes('\n') ? `\n${run}` : run}` : `${where}: ${look}`;
}

/** `1 found · 31 ruled out · 17 not judged`: of all problems that the content knows. */
export const countsText = ({ found, excluded, notJudged }: Report['counts']): string =>
  `${found} found · ${excluded} ruled out · ${notJudged} not judged`;

/** `the server's block: 21 parts, run as root at 2026-11-27T03:10:58Z` */
export function blockText({ side, sections, user, time, cut }: Report['blocks'][number]): string {
  const who = user === undefined ? '' : ` as ${user}`;
  const when = time === undefined ? '' : ` at ${new Date(time).toISOString().replace('.000Z', 'Z')}`;
  const end = cut ? '. Its end is missing' : '';
  return `the ${side}'s block: ${sections} parts${who || when ? `, run${who}${when}` : ''}${end}`;
}

interface Whose {
  host?: string;
  because: readonly Pick<Exclusion, 'why' | 'side' | 'check'>[];
}

/** Why a problem is ruled out, without the places of the lines. */
export function excludedText({ because, host }: Whose): string {
  const [first] = because;
  const whose = host === undefined ? '' : cleanValue(host);
  if (first?.why === 'check') return `of the output of ${because.map(({ check }) => check).join(', ')}`;
  if (first?.why === 'reached') return `a later step was reached at that time${whose && ` (${whose})`}`;
  if (first?.why === 'works') return `a record shows that this works${whose && ` (${whose})`}`;
  const sides = [...new Set(because.map(({ side }) => side))];
  return `${sides.map((side) => `the ${side}'s`).join(' and ')} log covers the time and would show it`;
}

/** Problems that have the same reason, together. */
export function byReason<T>(all: readonly T[], reason: (one: T) => string): [reason: string, its: T[]][] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const said = reason(one);
    const its = groups.get(said);
    if (its) its.push(one);
    else groups.set(said, [one]);
  }
  return [...groups];
}

/** What would judge it. */
export function needText(need: ReportNeed): string {
  if ('check' in need) return `the output of ${need.check}`;
  if ('setting' in need) return `${need.setting} in the configuration`;
  return `the ${need.side}'s log of ${need.log}`;
}

/** What would judge it, any one of them: `the output of server.process, server.status or client.reach`. */
export function needsText(needs: readonly ReportNeed[]): string {
  const before = needs.filter((need) => !('check' in need)).map(needText);
  const checks = needs.flatMap((need) => ('check' in need ? [need.check] : []));
  const outputs = checks.length > 0 ? [`the output of ${anyOf(checks)}`] : [];
  return [...before, ...outputs].join(', or ');
}

const anyOf = (words: readonly string[]): string =>
  words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? '');

/** That the clock of a client is off, and what follows for its lines. */
export function clockText({ host, ahead }: { host: string; ahead: number }): string {
  return `${host}'s clock is ${spanText(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'} the server's. Its lines are matched to the server's time.`;
}

/** `3 s`, `2 min 5 s`, `1 h 2 min`: the two largest parts. */
function spanText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const;
  const first = parts.findIndex(([n]) => n > 0);
  return parts
    .slice(first, first + 2)
    .flatMap(([n, unit]) => (n > 0 ? [`${n} ${unit}`] : []))
    .join(' ');
}
