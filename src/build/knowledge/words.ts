/** Words of the content that a reader would stumble over, by line; code and quoted log lines are left alone. Node only. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { WordToAvoid } from '../../content/schemas.ts';
import { type ContentError, filesBelow } from './files.ts';

/**
 * Every place in the prose of the content.
 * @param root project folder
 * @param all also words of which some uses are right
 */
export function checkWords(words: readonly WordToAvoid[], root: string, all = false): ContentError[] {
  const wanted = words.filter((word) => all || !word.all);
  const write = new Map(wanted.flatMap((word) => word.avoid.map((one) => [one.toLowerCase(), word.write] as const)));
  const folder = join(root, 'src', 'content');
  return ['.mdx', '.yaml'].flatMap((ending) =>
    filesBelow(folder, ending)
      .filter((path) => !path.endsWith('words.yaml') && !path.endsWith('samples.yaml'))
      .flatMap((path) =>
        proseOf(readFileSync(path, 'utf8')).flatMap(({ text, line }) =>
          foundIn(text, write).map((found) => ({
            file: relative(root, path),
            line,
            field: 'words',
            reason: `"${found}": write ${write.get(found.toLowerCase()) ?? ''}`,
          })),
        ),
      ),
  );
}

/** Those that stand in a line, the longest first where one begins with another; MSG_STAND and stand-alone are other words. */
function foundIn(text: string, write: ReadonlyMap<string, string>): string[] {
  const words = text.match(/[\w-]+/g) ?? [];
  const found: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const length = [4, 3, 2, 1].find((n) =>
      write.has(
        words
          .slice(i, i + n)
          .join(' ')
          .toLowerCase(),
      ),
    );
    if (length === undefined) continue;
    found.push(words.slice(i, i + length).join(' '));
    i += length - 1;
  }
  return found;
}

/** Lines without code, comments, lines of a log and the fields that hold commands, each with its number from 1. */
function proseOf(text: string): { text: string; line: number }[] {
  let code: number | undefined;
  let fenced = false;
  return text.split('\n').flatMap((whole, i) => {
    const indent = whole.length - whole.trimStart().length;
    if (/^\s*```/.test(whole)) fenced = !fenced;
    // The lines of `run: |` are those that stand further in.
    if (code !== undefined && whole.trim() !== '' && indent <= code) code = undefined;
    if (fenced || code !== undefined || /^\s*#\s/.test(whole)) return [];
    const key = /^\s*(?:- )?(run|prints|line|lines|plain|xml|text|example|run|also|path)\b:/.exec(whole)?.[1];
    if (key === 'run' && /\|\s*$/.test(whole)) code = indent;
    if (key) return [];
    return [{ text: whole.replace(/`[^`]*`/g, '``').replace(/"[^"]*"/g, '""'), line: i + 1 }];
  });
}
