/** Access to the table of names: loaded and indexed when the search is first opened, never before. */

import type {} from '../edition.ts';
import { href } from '../paths.ts';
import type { Answer, Found, Names, Row, RowKind } from './names.ts';

export interface Part {
  text: string;
  /** A word of the query. */
  hit: boolean;
}

export interface Hit {
  url: string;
  title: Part[];
  note: Part[];
  kind: string;
  place?: string;
  severity?: string;
}

export interface Group {
  id: string;
  title: string;
  hits: Hit[];
}

export interface Results {
  groups: Group[];
  /** Pages with something of the query, shown or not. */
  total: number;
  /** Words that stand on no page and were left out. */
  unknown: string[];
  /** The message whose words these are, with the problem that it proves, or the option that the line sets. */
  recognised?: { itself: Hit; problem?: Hit };
}

const kindNames: Record<RowKind, string> = {
  problem: 'Problem',
  guide: 'Guide',
  procedure: 'How to',
  message: 'Message',
  report: 'Report of the file check',
  trace: 'Trace line',
  option: 'Option',
  check: 'Check',
  question: 'Question',
  end: 'Meaning of a line',
  page: 'Page',
};

/** The first few whatever they are, then the rest by what they are; what only stands in a text comes last. */
const mostBest = 3;
const mostInGroup = 4;
const groups: { id: string; title: string; kinds: RowKind[] }[] = [
  { id: 'problems', title: 'Problems', kinds: ['problem'] },
  { id: 'messages', title: 'Messages', kinds: ['end', 'message', 'report', 'trace'] },
  { id: 'guides', title: 'How to', kinds: ['procedure', 'guide', 'page'] },
  { id: 'options', title: 'Options', kinds: ['option'] },
  { id: 'checks', title: 'To find out', kinds: ['check', 'question'] },
];

/** What is loaded, and the index that is made of it: the first words wait for it, the commonest problems do not. */
interface Loaded {
  common: readonly Row[];
  names: Promise<Names>;
}

let loading: Promise<Loaded> | undefined;

async function load(): Promise<Loaded> {
  const own = globalThis.samhainEdition?.load('names') as Promise<typeof import('virtual:names')> | undefined;
  const [{ default: table }, { commonOf, createNamesInTurns }] = await Promise.all([
    own ?? import('virtual:names'),
    import('./names.ts'),
  ]);
  return { common: commonOf(table), names: createNamesInTurns(table) };
}

function loaded(): Promise<Loaded> {
  loading ??= load();
  loading.catch(() => {
    loading = undefined;
  });
  return loading;
}

/** The table, ready to be asked. @throws if it cannot be loaded; the next call tries again */
export const names = async (): Promise<Names> => (await loaded()).names;

function toHit(row: Row, marked: (text: string) => Part[]): Hit {
  const { path, kind, title, note, place, severity } = row;
  return { url: href(path), title: marked(title), note: marked(note), kind: kindNames[kind], place, severity };
}

const unmarked = (text: string): Part[] => [{ text, hit: false }];

/** The best pages for a query, in groups. */
export async function search(query: string): Promise<Results> {
  const table = await names();
  const answer = table.find(query);
  const marked = (text: string) => table.marks(text, answer);
  const toHits = (all: readonly Found[]) => all.map(({ row }) => toHit(row, marked));
  const named = answer.found.filter(({ inText }) => !inText);
  const best = named.slice(0, mostBest);
  const rest = named.slice(mostBest);
  const shown: Group[] = [
    { id: 'best', title: 'Best', hits: toHits(best) },
    ...groups.map(({ id, title, kinds }) => ({
      id,
      title,
      hits: toHits(rest.filter(({ row }) => kinds.includes(row.kind)).slice(0, mostInGroup)),
    })),
    {
      id: 'texts',
      title: 'In the text',
      hits: toHits(answer.found.filter(({ inText }) => inText).slice(0, mostInGroup)),
    },
  ];
  return {
    groups: shown.filter(({ hits }) => hits.length > 0),
    total: answer.found.length,
    unknown: answer.unknown,
    recognised: recognised(table, answer),
  };
}

/** Bare words of a message say what they mean if samhain printed them; nothing shows that it did. */
function recognised(table: Names, { exact }: Answer): Results['recognised'] {
  if (!exact) return undefined;
  const problem = exact.proves ? table.row(exact.proves) : undefined;
  return { itself: toHit(exact, unmarked), problem: problem && toHit(problem, unmarked) };
}

/** What an empty field shows. @param common rows of the table (`commonOf`) */
export const commonGroup = (common: readonly Row[]): Group => ({
  id: 'common',
  title: 'Common problems',
  hits: common.map((row) => toHit(row, unmarked)),
});

/** The same, of the table that is loaded for it. */
export const commonest = async (): Promise<Group> => commonGroup((await loaded()).common);
