/** Reads the content from disk: YAML lists and the frontmatter of MDX files. Node only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseDocument } from 'yaml';

/** One entry as it stands in a file, not yet checked. */
export interface RawEntry {
  /** Path relative to the project, for error messages. */
  file: string;
  /** Line of the entry in its file, from 1. */
  line: number;
  data: unknown;
}

/** A mistake in the content: where it is, and what is wrong with it. */
export interface ContentError {
  file: string;
  line?: number;
  field: string;
  reason: string;
}

/** Thrown when content cannot be used; lists every mistake found. */
export class ContentFault extends Error {
  readonly errors: readonly ContentError[];
  constructor(errors: readonly ContentError[]) {
    const lines = errors.map((e) => `  ${e.file}${e.line ? `:${e.line}` : ''}: ${e.field}: ${e.reason}`);
    super(`${errors.length} mistake${errors.length === 1 ? '' : 's'} in the content:\n${lines.join('\n')}`);
    this.name = 'ContentFault';
    this.errors = errors;
  }
}

/** Files below `folder` whose names end in `ending`, sorted, as absolute paths. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

function parseYaml(root: string, path: string, text: string, firstLine: number) {
  const document = parseDocument(text);
  const file = relative(root, path);
  const error = document.errors[0];
  if (error) {
    const line = firstLine + (error.linePos?.[0].line ?? 1) - 1;
    throw new ContentFault([{ file, line, field: 'YAML', reason: error.message.split('\n')[0] ?? 'cannot be read' }]);
  }
  return { document, file };
}

/** The entries of a YAML file that holds a list. */
export function readList(root: string, path: string): RawEntry[] {
  const text = readFileSync(path, 'utf8');
  const { document, file } = parseYaml(root, path, text, 1);
  const data: unknown = document.toJS();
  if (!Array.isArray(data)) throw new ContentFault([{ file, line: 1, field: 'file', reason: 'must hold a list' }]);
  const contents = document.contents as { items?: { range?: [number, number, number] }[] } | null;
  return data.map((entry: unknown, i) => {
    const offset = contents?.items?.[i]?.range?.[0] ?? 0;
    return { file, line: text.slice(0, offset).split('\n').length, data: entry };
  });
}

/** The frontmatter of an MDX file. */
export function readFrontmatter(root: string, path: string): RawEntry & { body: string } {
  const text = readFileSync(path, 'utf8');
  const file = relative(root, path);
  const end = text.indexOf('\n---', 3);
  if (!text.startsWith('---\n') || end < 0) {
    throw new ContentFault([{ file, line: 1, field: 'frontmatter', reason: 'must stand between two lines of ---' }]);
  }
  const { document } = parseYaml(root, path, text.slice(4, end + 1), 2);
  return { file, line: 1, data: document.toJS(), body: text.slice(end + 4) };
}
