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
  const margins = withoutMargins(lines);
  return withoutFences(margins);
}

/** Takes the marks off a quotation, and the margin off a block, that shows a prompt with a command. */
function withoutMargins(lines: readonly string[]): string[] {
  const left = [...lines];
  for (let i = 0; i < left.length; i += 1) {
    const line = left[i] ?? '';
    const quote = QUOTED.exec(line)?.[0];
    const margin = quote ?? MARGIN.exec(line)?.[0];
    if (margin === undefined) continue;
    const bare = margin.trimEnd();
    const isIn = (one: string) => one.startsWith(margin) || (quote ? one.startsWith(bare) : one.trim() === '');
    let end = i + 1;
    while (end < left.length && isIn(left[end] ?? '')) end += 1;
    const own = left.slice(i, end).map((one) => one.slice(one.startsWith(margin) ? margin.length : bare.length));
    // (Below a command line stands what a shell prompts with where the command goes on.)
    const shows = quote ? !isTyped(left[i - 1] ?? '') && own.some(isTyped) : isTyped(own[0] ?? '');
    if (shows) left.splice(i, own.length, ...own);
    i = quote || shows ? end - 1 : i;
  }
  return left;
}

/** Where a prompt stands between fences, what stands outside of them and shows none is somebody's words. */
function withoutFences(lines: readonly string[]): string[] {
  const fences = lines.flatMap((line, at) => (FENCE.test(line) ? [at] : []));
  if (fences.length === 0) return [...lines];
  const parts = [-1, ...fences].map((from, n) => ({
    from: from + 1,
    to: fences[n] ?? lines.length,
    inside: n % 2 === 1,
  }));
  const shows = parts.map(({ from, to }) => lines.slice(from, to).some(isTyped));
  if (!parts.some(({ inside }, n) => inside && shows[n])) return [...lines];
  const left = [...lines];
  for (const at of fences) left[at] = '';
  parts.forEach(({ from, to, inside }, n) => {
    if (!inside && !shows[n]) left.fill('', from, to);
  });
  return left;
}
