/** Tells a person's description from lines of a log. */

/** Longer texts are no question that somebody typed. */
const longest = 600;

/** A clock, a field, a bracket, a path alone: what programs print and people in a sentence seldom write. */
const printed = /\d:\d\d:\d\d|\w=\S|[<>{}[\]|\\]|^[ \t]{0,40}[#$]|\b[A-Z]{4,20}[ \t]{0,4}:/m;

/** True for a few lines of plain words, such as "my client does not report any more since the reboot". */
export function isSentence(text: string): boolean {
  const lines = text.trim().split('\n');
  if (text.length > longest || lines.length > 6 || printed.test(text)) return false;
  const words = text.match(/(?<![\p{L}\p{N}/._-])[\p{L}][\p{L}'’-]*(?![\p{L}\p{N}/_])/gu) ?? [];
  const all = text.trim().split(/\s+/);
  return words.length >= 3 && words.length >= all.length * 0.7;
}
