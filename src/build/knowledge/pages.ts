/** What the page of a problem or a guide is made of: the parts that its text may, and must, name. */
import { basename } from 'node:path';
import type { ContentError } from './files.ts';

/** Components that a text may name, by the folder of the text; those of a problem must all be there, once. */
export const parts = {
  problems: ['Seen', 'Similar', 'Fix', 'Verify', 'Versions'],
  guides: ['Stages'],
} as const;

export type ProblemPart = (typeof parts)['problems'][number];
export type GuidePart = (typeof parts)['guides'][number];

/**
 * Names of components in the text of a page that its kind does not have, and parts of a problem's page that are missing or
 * there twice: without its fix a page would look whole and help nobody.
 * @param body the MDX below the frontmatter
 * @param before lines of the file above the body
 */
export function checkPage(
  kind: keyof typeof parts,
  { file, body, before }: { file: string; body: string; before: number },
): ContentError[] {
  const known: readonly string[] = parts[kind];
  const found: { name: string; line: number }[] = [];
  for (const { index, 1: name } of withoutCode(body).matchAll(/<([A-Z]\w*)/g)) {
    if (name) found.push({ name, line: before + body.slice(0, index).split('\n').length });
  }
  const id = basename(file, '.mdx');
  const errors = markupIn(body).map(({ text, line }) => ({
    file,
    line: before + line,
    field: `${id}: text`,
    reason: `${text} is markup in a page: put it in backticks`,
  }));
  const unknown = found
    .filter(({ name }) => !known.includes(name))
    .map(({ name, line }) => ({ file, line, field: `${id}: <${name} />`, reason: 'there is no such component' }));
  errors.push(...unknown);
  if (kind !== 'problems') return errors;
  for (const name of known) {
    const times = found.filter((one) => one.name === name).length;
    if (times !== 1)
      errors.push({ file, line: before, field: `${id}: <${name} />`, reason: times ? 'stands twice' : 'is missing' });
  }
  return errors;
}

/** The blocks of commands of a text, each with the line at which it begins. Not those marked `sh literal`: they are about one system. */
export function commandBlocks({ body, before }: { body: string; before: number }): { text: string; line: number }[] {
  return [...body.matchAll(/^[ ]*```sh[ ]*\n([\s\S]*?)^[ ]*```/gm)].map(({ index, 1: text = '' }) => ({
    text,
    line: before + body.slice(0, index).split('\n').length + 1,
  }));
}

/** Braces, and tags in small letters, that stand in the text of a page as if they were a log's; a span may carry an anchor. */
function markupIn(body: string): { text: string; line: number }[] {
  return withoutCode(body)
    .split('\n')
    .flatMap((line, i) =>
      [...line.matchAll(/\{|<(?!\/?span\b)[a-z/!…]/g)].map(({ index }) => ({
        text: line.slice(index, index + 20).trim(),
        line: i + 1,
      })),
    );
}

/** The text with each character of code as a blank: what stands there is no component. */
function withoutCode(body: string): string {
  let fenced = false;
  const lines = body.split('\n').map((line) => {
    const fence = line.trimStart().startsWith('```');
    const code = fenced || fence;
    if (fence) fenced = !fenced;
    // Between marks of code, every second part is code.
    const parts = line.split('`');
    return code ? '' : parts.map((part, i) => (i % 2 ? ' '.repeat(part.length) : part)).join(' ');
  });
  return lines.join('\n');
}
