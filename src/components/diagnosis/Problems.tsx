/** The list beside the sheet: one row a problem and client, what is live first; one is open at a time. */
import { useRef } from 'preact/hooks';
import { degrees, degreeWords } from '../../report/setting-words.ts';
import { StateMark } from './marks.tsx';
import { many } from './numbers.ts';
import type { GroupView } from './types.ts';
import { shortHost, times } from './Verdict.tsx';
import type { View } from './view.ts';

/** What the sheet shows: a row of this list. */
export interface Row {
  id: string;
  heading: string;
  mark: Parameters<typeof StateMark>[0]['state'];
  title: string;
  /** The second line. */
  text?: string;
  aside?: string;
}

const headings: Record<GroupView['state'], string> = {
  'to-fix': 'To fix',
  undecided: 'Not decided',
  silent: 'Silent',
  fixed: 'Fixed',
};

/** What is live comes first; a client that is silent is as urgent as one that says why. */
const rank: Record<GroupView['state'], number> = { 'to-fix': 0, silent: 0, undecided: 1, fixed: 2 };

/** All rows; what concerns the server itself stands above. */
export function rowsOf(view: View): Row[] {
  const { groups, files, clients } = view;
  if (groups.length === 0) return [];
  // One heading a state: the state that the best of them has comes first.
  const places = new Map<GroupView['state'], number>();
  groups.forEach(({ state }, i) => void (places.has(state) || places.set(state, i)));
  const first = (state: GroupView['state']) => places.get(state) ?? 0;
  const rows = groups
    .map((group, i) => ({ group, i }))
    .sort(
      (a, b) =>
        rank[a.group.state] - rank[b.group.state] ||
        first(a.group.state) - first(b.group.state) ||
        Number(a.group.host !== undefined) - Number(b.group.host !== undefined) ||
        a.i - b.i,
    )
    .map(({ group: { key, state, likely, host, title, since, times: n, members } }): Row => {
      const text = members.length > 1 ? `${members.length} possible causes` : title;
      return {
        id: key,
        heading: headings[state],
        mark: state,
        title: host ? shortHost(host) : text,
        ...(host ? { text } : {}),
        aside:
          state === 'fixed' ? [fixedWord(likely), since].filter(Boolean).join(' ') : n > 1 ? times(n) : (since ?? ''),
      };
    });
  for (const { name, counts, breaks } of files)
    rows.push({
      id: `file ${name ?? ''}`,
      heading: 'Configuration',
      mark: breaks ? 'breaks' : 'fine',
      title: name ?? 'Pasted configuration',
      text: counts,
    });
  if (clients.length > 1) {
    const fine = clients.filter(({ state }) => state === 'fine').length;
    const text = fine > 0 ? `${many(fine)} fine` : 'Table';
    rows.push({
      id: 'clients',
      heading: 'Clients',
      mark: 'fine',
      title: `All ${many(clients.length)} clients`,
      text,
    });
  }
  return rows;
}

/** More rows than these are in the table of clients. */
const most = 200;

interface Props {
  rows: readonly Row[];
  open: string;
  /** By a key: the focus goes on in the list. */
  onOpen: (id: string) => void;
  onClick: (id: string) => void;
}

export function Problems({ rows, open, onOpen, onClick }: Props) {
  const list = useRef<HTMLElement>(null);
  const shown = rows.filter(({ id, mark }, i) => i < most || id === open || id === 'clients' || mark === 'breaks');
  const at = shown.findIndex(({ id }) => id === open);
  const titles = shown.map(({ title }) => title);
  const isAgain = (title: string) => titles.indexOf(title) !== titles.lastIndexOf(title);
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? shown.length - 1 : by === undefined ? -1 : at + by;
    const row = shown[to];
    if (!row) return;
    event.preventDefault();
    onOpen(row.id);
    list.current?.querySelectorAll<HTMLElement>('[data-row]')[to]?.focus();
  };
  return (
    <nav class="rows" aria-label="What was found" ref={list} onKeyDown={onKey}>
      {shown.map(({ id, heading, mark, title, text, aside }, i) => (
        <>
          {heading !== shown[i - 1]?.heading && <h2 class="rows-head">{heading}</h2>}
          <button
            type="button"
            key={id}
            class={`row row-${mark}${text ? '' : ' row-unnamed'}${isAgain(title) ? ' row-again' : ''}`}
            data-row={id}
            aria-current={id === open ? 'true' : undefined}
            tabIndex={id === open || (at < 0 && i === 0) ? 0 : -1}
            onClick={() => onClick(id)}
          >
            <StateMark state={mark} />
            <b>{title}</b>
            {aside && <small>{aside}</small>}
            {text && <span class="row-text">{text}</span>}
          </button>
        </>
      ))}
      {rows.length > shown.length && (
        <p class="small quiet">{many(rows.length - shown.length)} more are in the table of clients.</p>
      )}
    </nav>
  );
}

/** A part of the sentence above all; what is about the reports of the file check leads to them. */
interface Count {
  mark: Row['mark'];
  words: string;
  isReports?: true;
}

const fixedWord = (likely: true | undefined): string => (likely ? 'probably fixed' : 'fixed');

/** "2 to fix · 1 fixed since 15:18 · 21 fine · 3 reports of the file check", in parts with their marks. */
export function countsOf({ groups, clients, reportsCount, files }: View): Count[] {
  const of = (state: GroupView['state']) => groups.filter((group) => group.state === state);
  const parts: Count[] = [];
  const add = (mark: Row['mark'], n: number, words: string) => {
    if (n > 0) parts.push({ mark, words: `${many(n)} ${words}` });
  };
  add('to-fix', of('to-fix').length, 'to fix');
  const open = of('undecided').length;
  add('undecided', open, 'not decided');
  add('silent', of('silent').length, 'silent');
  for (const likely of [undefined, true] as const) {
    const over = of('fixed').filter((group) => group.likely === likely);
    const since = over.length === 1 ? over[0]?.since : undefined;
    add('fixed', over.length, since ? `${fixedWord(likely)} since ${since}` : fixedWord(likely));
  }
  const state = (name: string) => clients.filter((client) => client.state === name).length;
  add('never-seen', state('never-seen'), 'never seen');
  const broken = files.filter(({ breaks }) => breaks).length;
  // (Where configurations are all that was given, what is in them is counted.)
  if (groups.length + clients.length > 0) add('breaks', broken, `configuration${broken === 1 ? '' : 's'} to fix`);
  else
    for (const mark of degrees) {
      const n = files.reduce((sum, { found }) => sum + found[mark], 0);
      if (n > 0) parts.push({ mark, words: degreeWords[mark](n) });
    }
  const fine = state('fine');
  // (Alone it would not say what is fine.)
  add('fine', fine, parts.length > 0 ? 'fine' : fine === 1 ? 'client fine' : 'clients fine');
  // (Several can be of one file, and one of a login: they are no count of changed files.)
  if (reportsCount > 0)
    parts.push({
      mark: 'misleads',
      words: `${many(reportsCount)} report${reportsCount === 1 ? '' : 's'} of the file check`,
      isReports: true,
    });
  return parts;
}
