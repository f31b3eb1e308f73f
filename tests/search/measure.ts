/** How many of the recorded queries have a right page among the first three: as the page shows them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { looksLikeLogLine } from '../../src/browser/search/log-line.ts';
import { createNames } from '../../src/browser/search/names.ts';
import { loadKnowledge } from '../../src/build/knowledge/load.ts';
import { compileNames } from '../../src/build/knowledge/names.ts';
import { judge } from '../unit/diagnosis/judge.ts';

export interface Query {
  kind: string;
  query: string;
  /** Ids of the pages that are right: problems, messages, guides, options, questions, checks. */
  right: string[];
}

/** The queries of a file beside this one. */
export function readQueries(file: string): Query[] {
  const lines = readFileSync(join(import.meta.dirname, file), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [kind = '', query = '', right = ''] = line.split('\t');
    return { kind, query, right: right.split(' or ') };
  });
}

/** The id of the entry that a page is about. */
export function idOf(path: string): string {
  const [, kind, first = '', anchor = ''] = path.replace('#', '/').split(/\/+/);
  if (kind === 'options') return first || anchor;
  return kind === 'messages' ? first.toUpperCase().replaceAll('-', '_') : first;
}

export const knowledge = loadKnowledge();
export const names = createNames(compileNames(knowledge));

/** Queries without a right page among the first three, with what came instead. */
export function missed(queries: readonly Query[]): { query: Query; first: string[] }[] {
  return queries.flatMap((query) => {
    const { found, exact } = names.find(query.query);
    // As the page shows them: what is recognised, then the hits, each page once.
    const line = looksLikeLogLine(query.query) ? judge(query.query) : undefined;
    const recognised = line?.diagnoses[0]?.problem ?? line?.read.findings[0]?.message;
    const paths = [exact?.proves ?? exact?.path ?? [], ...found.map(({ row }) => row.path)].flat();
    const ids = [recognised ?? [], ...paths.map(idOf)].flat();
    const first = [...new Set(ids)].slice(0, 3);
    return first.some((id) => query.right.includes(id)) ? [] : [{ query, first }];
  });
}
