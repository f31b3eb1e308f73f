/** The little Markdown that sentences of the content use: `code`, **bold**, [links](/path/). */
import { href } from '../../browser/paths.ts';
import { escapeHtml } from '../escape-html.ts';

/** Longer words than this may not fit on a line of a phone: they break where they must. */
const longest = 34;

/** Text of inline code, as HTML, that breaks at spaces only: not behind a hyphen, a slash or a question mark inside a word. */
export const wholeWords = (html: string): string =>
  html
    .split(' ')
    .map((word) => {
      const length = word.replace(/&#?\w+;/g, '.').length;
      return length <= longest && /[^\w.,:;*]/.test(word) && !word.includes('<')
        ? `<span class="w">${word}</span>`
        : word;
    })
    .join(' ');

/** HTML of one sentence of our own content; everything else in it is escaped. */
export function inlineMarkdown(text: string): string {
  return text
    .split(/(`[^`]+`)/)
    .map((part) => {
      if (part.length > 2 && part.startsWith('`')) return `<code>${wholeWords(escapeHtml(part.slice(1, -1)))}</code>`;
      return escapeHtml(part)
        .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
        .replace(
          /\[([^\][]+)\]\((\/[^()\s]*)\)/g,
          (_, label: string, path: string) => `<a href="${href(path)}">${label}</a>`,
        );
    })
    .join('');
}

/** Several paragraphs, separated by an empty line. */
export const paragraphs = (text: string): string[] =>
  text
    .trim()
    .split(/\n\s*\n/)
    .map(inlineMarkdown);
