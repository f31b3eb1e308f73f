/** Reads the content from disk: YAML lists and the frontmatter of MDX files. Node only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument, visit } from 'yaml';

/** One entry as it stands in a file, not yet checked. */
export interface RawEntry {
  /** Path relative to the project, for error messages. */
  file: string;
  lineOf: LineOf;
  data: unknown;
}

/**
 * The line, from 1, of what a path leads to: keys, indexes, ids of a list's entries. Where the path ends early, because a
 * field is missing, the line of the last part that is there.
 */
export type LineOf = (path: readonly PropertyKey[]) => number;

/** A mistake in the content: where it is, and what is wrong with it. */
export interface ContentError {
  file: string;
  line?: number;
  field: string;
  reason: string;
}

/** `file:line: field: reason`, as editors and terminals make links of it. */
export const describeMistake = ({ file, line, field, reason }: ContentError): string =>
  `${file}${line ? `:${line}` : ''}: ${field}: ${reason}`;

/** Thrown when content cannot be used; lists every mistake found. */
export class ContentFault extends Error {
  // A property `errors` would be taken for a bundler's list by Astro and Vite, which then print each by its `message`.
  readonly mistakes: readonly ContentError[];
  constructor(mistakes: readonly ContentError[]) {
    const lines = mistakes.map((mistake) => `  ${describeMistake(mistake)}`);
    super(`${mistakes.length} mistake${mistakes.length === 1 ? '' : 's'} in the content:\n${lines.join('\n')}`);
    this.name = 'ContentFault';
    this.mistakes = mistakes;
  }
}

/** Files below `folder` whose names end in `ending`, sorted, as absolute paths. */
export function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}

interface Parsed {
  yaml: string;
  document: Document.Parsed;
  /** What is wrong with it: where, counted from the beginning of `yaml`, and what. */
  fault?: { at: number; reason: string } | undefined;
}

/** Texts that were parsed, by path: a build reads the content several times, the tests once for each mistake. */
const parsed = new Map<string, Parsed>();

/** A text as a document. That of the same text is kept, since every reader makes plain data of its own from it. */
function documentOf(path: string, yaml: string): Parsed {
  const known = parsed.get(path);
  if (known?.yaml === yaml) return known;
  const document = parseDocument(yaml, { prettyErrors: false });
  const one: Parsed = { yaml, document, fault: faultIn(document) };
  parsed.set(path, one);
  return one;
}

function faultIn(document: Document.Parsed): Parsed['fault'] {
  // A tag that nobody knows is only a warning of the parser, but it takes a word out of a text.
  const error = document.errors[0] ?? document.warnings[0];
  if (error) return { at: error.pos[0], reason: error.message };
  let fault: Parsed['fault'];
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return undefined;
      const reason = `*${alias.source} has no anchor; a text that begins with * needs quotes`;
      fault = { at: alias.range?.[0] ?? 0, reason };
      return visit.BREAK;
    },
  });
  return fault;
}

/** @param start where `yaml` begins in the text of the file */
function parseYaml(root: string, path: string, text: string, start: number, end: number) {
  const { document, fault } = documentOf(path, text.slice(start, end));
  const file = relative(root, path);
  const lineAt = (offset: number) => text.slice(0, start + offset).split('\n').length;
  if (fault) throw new ContentFault([{ file, line: lineAt(fault.at), field: 'YAML', reason: fault.reason }]);
  const lineOf =
    (from: unknown): LineOf =>
    (keys) => {
      let node = from as Node | null | undefined;
      let offset = node?.range?.[0] ?? 0;
      for (const key of keys) {
        const next = step(node, key);
        if (!next) break;
        offset = next.at;
        node = next.value;
      }
      return lineAt(offset);
    };
  return { document, file, lineOf };
}

/** One key, index or id further down. */
function step(node: unknown, key: PropertyKey): { at: number; value: Node | null } | undefined {
  if (isMap<Node, Node | null>(node)) {
    const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === String(key));
    return pair && { at: pair.key.range?.[0] ?? 0, value: pair.value };
  }
  if (!isSeq<Node>(node)) return undefined;
  const value = node.items.find((item, i) => i === key || (isMap(item) && item.get('id') === key));
  return value && { at: value.range?.[0] ?? 0, value };
}

/** The entries of a YAML file that holds a list. */
export function readList(root: string, path: string): RawEntry[] {
  const text = readFileSync(path, 'utf8');
  const { document, file, lineOf } = parseYaml(root, path, text, 0, text.length);
  const data: unknown = document.toJS();
  if (!Array.isArray(data) || !isSeq(document.contents)) {
    throw new ContentFault([{ file, line: 1, field: 'file', reason: 'must hold a list' }]);
  }
  const { items } = document.contents;
  return data.map((entry: unknown, i) => ({ file, lineOf: lineOf(items[i]), data: entry }));
}

/** The frontmatter of an MDX file, and the text below it, which begins after so many lines. */
export function readFrontmatter(root: string, path: string): RawEntry & { body: string; before: number } {
  const text = readFileSync(path, 'utf8');
  const end = text.indexOf('\n---', 3);
  if (!text.startsWith('---\n') || end < 0) {
    const file = relative(root, path);
    throw new ContentFault([{ file, line: 1, field: 'frontmatter', reason: 'must stand between two lines of ---' }]);
  }
  const { document, file, lineOf } = parseYaml(root, path, text, 4, end + 1);
  const before = text.slice(0, end + 4).split('\n').length - 1;
  return { file, lineOf: lineOf(document.contents), data: document.toJS(), body: text.slice(end + 4), before };
}
