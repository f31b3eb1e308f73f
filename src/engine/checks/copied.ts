/** What a ticket, a mail or an editor puts around the lines of a terminal: marks of quotations, margins, fences, blanks at the end. */
import { isTyped } from './match.ts';

/** Where a text writes code begins and ends, on a line of its own. */
const FENCE =
  /^\s{0,8}(?:`{3,8}[\w-]{0,20}|~{3,8}\w{0,20}|\{(?:code|noformat)(?::[^}]{0,60})?\}|\[\/?code\]|<\/?pre>)$/i;
/** The marks that a mail program sets before what it quotes, and the margin of a code block. */
const QUOTED = /^(?:> ?){1,6}/;
const MARGIN = /^(?: {2,12}|\t{1,3} {0,8})(?=\S)/;

/** The same lines as the terminal showed them: as many, and each at its place. */
export function asShown(given: readonly string[]): string[] {
  const lines = given.map((line) => (/[^#$%>❯\s]\s+$/.test(line.slice(-200)) ? line.trimEnd() : line));
  const shown = lines.map(() => false);
  takeMargins(lines, shown);
  takeFences(lines, shown);
  if (shown.includes(true)) clearWords(lines, shown);
  return lines;
}

/** How each section of what a gather block prints begins. */
export const SECTION = '== samhain-gather ';

/** Where a terminal shows what it was asked, or what a gather block printed. */
const begins = (line: string): boolean => isTyped(line) || line.startsWith(SECTION);

/** Takes the marks off a quotation, and the margin off a block, that shows a prompt with a command. */
function takeMargins(lines: string[], shown: boolean[]): void {
  for (let i = 0; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const quote = QUOTED.exec(line)?.[0];
    const margin = quote ?? MARGIN.exec(line)?.[0];
    if (margin === undefined) continue;
    // A block begins with its command: asked first, or each line with a margin would look through all that follow.
    if (!quote && !begins(line.slice(margin.length))) continue;
    const bare = margin.trimEnd();
    const isIn = (one: string) => one.startsWith(margin) || (quote ? one.startsWith(bare) : one.trim() === '');
    let end = i + 1;
    while (end < lines.length && isIn(lines[end] ?? '')) end += 1;
    const own = lines.slice(i, end).map((one) => one.slice(one.startsWith(margin) ? margin.length : bare.length));
    // (Below a command line stands what a shell prompts with where the command goes on.)
    const shows = !quote || (!isTyped(lines[i - 1] ?? '') && own.some(begins));
    if (shows) {
      own.forEach((one, n) => {
        lines[i + n] = one;
      });
      // (What follows at once can be what the command printed, copied without the margin.)
      const closed = end === lines.length || [lines[end - 1], lines[end]].some((one) => one?.trim() === '');
      if (closed) shown.fill(true, i, end);
    }
    i = end - 1;
  }
}

/** Takes fences away between which a prompt with a command stands. */
function takeFences(lines: string[], shown: boolean[]): void {
  const fences = lines.flatMap((line, at) => (FENCE.test(line) ? [at] : []));
  for (let n = 0; n < fences.length; n += 2) {
    const [from = 0, to = lines.length] = fences.slice(n, n + 2);
    if (!lines.slice(from, to).some(isTyped)) continue;
    for (const at of [from, to]) if (at < lines.length) lines[at] = '';
    shown.fill(true, from, to);
  }
}

/** Around what a terminal showed stand somebody's words, as far as no prompt stands among them. */
function clearWords(lines: string[], shown: readonly boolean[]): void {
  for (let from = 0; from < lines.length; from += 1) {
    if (shown[from]) continue;
    let to = from;
    while (to < lines.length && !shown[to]) to += 1;
    if (!lines.slice(from, to).some(isTyped)) lines.fill('', from, to);
    from = to;
  }
}
