/** What a terminal may be given: nothing that moves its cursor, hides a text or turns its direction. */

/** Control characters and marks without width, a line end and a tab apart. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** As an escape that can be read, `\u{1b}`: a name that holds one must not look like another name. */
const escaped = (char: string): string => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;

/** A text of several lines for a terminal. */
export const visible = (text: string): string => text.replace(unseen, escaped);

/** A name of a file, or anything else that must stay on its line. */
export const visibleLine = (text: string): string => visible(text.replace(/[\n\t]/g, escaped));

/** JSON for a terminal: the same values, with everything unseen as `\uXXXX`. */
export function visibleJson(value: unknown, indent = 2): string {
  const units = (char: string) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');
  return JSON.stringify(value, null, indent).replace(unseen, units);
}
