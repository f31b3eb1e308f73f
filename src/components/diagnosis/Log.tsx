/**
 * The log, explained: one dense row a record, filtered as one types, thousands of them; a row opens to what was printed, the
 * lines around it, and the way to the evidence.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Around, AroundWish } from '../../browser/workbench/around.ts';
import { LogLine } from '../lines/LogLine.tsx';
import { severityClass } from '../lines/severity.ts';
import type { LogKind, LogRow } from './log-view.ts';
import { many } from './numbers.ts';
import type { View } from './view.ts';

/** Rows that are shown at first, and how many more at a time. */
const most = 50;
const step = 200;
/** Lines on each side that are shown around one, and how many more at a time. */
const near = 20;

/** So many clients are in the list to choose from; of more the text filter finds each. */
const mostHosts = 300;

const severities = ['ALERT', 'CRIT', 'ERROR', 'WARN', 'NOTICE', 'MARK', 'INFO', 'DEBUG', 'RECEIVED'] as const;

type Which = 'all' | 'problems' | 'unknown';

interface Filter {
  which: Which;
  side: 'client' | 'server' | '';
  host: string;
  severity: string;
  words: string;
}

const everything: Filter = { which: 'all', side: '', host: '', severity: '', words: '' };

/** Gives lines of what was read. */
export type LinesAround = (wish: AroundWish) => Promise<Around>;

/** A row that was asked for: each asking is a new object. */
export interface Wanted {
  key: string;
}

interface Props {
  view: View;
  /** Keys of the diagnoses that are open: what they stand on is marked. */
  open: readonly string[];
  wanted: Wanted | undefined;
  onAround: LinesAround;
  /** Shows the evidence of a diagnosis that a row is. */
  onEvidence: (diagnosis: string, key: string) => void;
}

/** How many rows each choice would leave. */
function countsBy(rows: readonly LogRow[], value: (row: LogRow) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const one = value(row);
    if (one) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return counts;
}

const isIn: Record<Which, (row: LogRow) => boolean> = {
  all: () => true,
  problems: ({ problem }) => problem === true,
  unknown: ({ unknown }) => unknown === true,
};

/** What the text filter looks through. */
const textOf = (row: LogRow, kinds: readonly LogKind[]): string =>
  [row.words, row.host, row.time, row.where, row.fields, kinds[row.kind ?? -1]?.short, row.what]
    .join(' ')
    .toLowerCase();

export function Log({ view: { log }, open, wanted, onAround, onEvidence }: Props) {
  const { rows, left, kinds } = log;
  const [filter, setFilter] = useState(everything);
  const [shown, setShown] = useState({ from: 0, to: most });
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  /** The row that the Tab key reaches. */
  const [current, setCurrent] = useState('');
  const body = useRef<HTMLTableSectionElement>(null);
  const focusOn = useRef('');
  const facts = useMemo(
    () => ({
      hosts: [...countsBy(rows, ({ host }) => host)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([host, n]) => (
          <option key={host} value={host}>
            {host} {many(n)}
          </option>
        )),
      sides: countsBy(rows, ({ side }) => side),
      severities: countsBy(rows, ({ severity }) => severity),
      problems: rows.filter(isIn.problems).length,
      unknown: rows.filter(isIn.unknown).length,
      text: rows.map((row) => textOf(row, kinds)),
    }),
    [log],
  );
  const list = useMemo(() => {
    const words = filter.words.trim().toLowerCase();
    return rows.filter(
      (row, i) =>
        isIn[filter.which](row) &&
        (filter.side === '' || row.side === filter.side) &&
        (filter.host === '' || row.host === filter.host) &&
        (filter.severity === '' || row.severity === filter.severity) &&
        (words === '' || facts.text[i]?.includes(words)),
    );
  }, [facts, filter]);

  const change = (part: Partial<Filter>) => {
    setFilter({ ...filter, ...part });
    setShown({ from: 0, to: most });
  };

  // Another text, another log.
  useEffect(() => {
    setShown({ from: 0, to: most });
    setOpened(new Set());
  }, [log]);

  useEffect(() => {
    const key = wanted?.key;
    if (!key || !rows.some((row) => row.key === key)) return;
    const isListed = list.some((row) => row.key === key);
    const at = (isListed ? list : rows).findIndex((row) => row.key === key);
    if (!isListed) setFilter(everything);
    const from = Math.floor(at / most) * most;
    setShown((now) => (isListed && at >= now.from && at < now.to ? now : { from, to: from + most }));
    setOpened((all) => new Set([...all, key]));
    setCurrent(key);
    focusOn.current = key;
  }, [wanted]);

  useEffect(() => {
    if (!focusOn.current) return;
    const button = body.current?.querySelector<HTMLElement>(`[data-toggle="${focusOn.current}"]`);
    if (!button) return;
    focusOn.current = '';
    button.closest('tr')?.scrollIntoView({ block: 'center' });
    button.focus({ preventScroll: true });
  });

  const part = list.slice(shown.from, shown.to);
  const tab = part.some(({ key }) => key === current) ? current : part[0]?.key;
  const toggle = (key: string, to = !opened.has(key)) => {
    const next = new Set(opened);
    if (to) next.add(key);
    else next.delete(key);
    setOpened(next);
    setCurrent(key);
  };
  const onKey = (event: KeyboardEvent) => {
    const at = event.target instanceof HTMLElement ? event.target.dataset.toggle : undefined;
    if (event.key === 'Escape' && event.target instanceof HTMLElement) {
      const own = at ?? event.target.closest<HTMLElement>('[data-of-row]')?.dataset.ofRow;
      if (!own || !opened.has(own)) return;
      event.preventDefault();
      toggle(own, false);
      focusOn.current = own;
      return;
    }
    if (at === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    const place = part.findIndex(({ key }) => key === at);
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? part.length - 1 : by === undefined ? -1 : place + by;
    const next = part[to];
    if (!next) return;
    event.preventDefault();
    setCurrent(next.key);
    body.current?.querySelector<HTMLElement>(`[data-toggle="${next.key}"]`)?.focus();
  };
  const hosts = facts.hosts.length > 1;
  const columns = hosts ? 6 : 5;
  return (
    <section class="wb-section log" data-section="log" data-log tabIndex={-1}>
      <h3>Your log, explained</h3>
      <div class="log-tools">
        <fieldset class="segments">
          <legend class="hidden-text">Lines</legend>
          {(
            [
              ['all', 'All', rows.length],
              ['problems', 'Problems', facts.problems],
              ['unknown', 'Unknown', facts.unknown],
            ] as const
          ).map(([which, title, n]) => (
            <button type="button" key={which} aria-pressed={filter.which === which} onClick={() => change({ which })}>
              {title} {many(n)}
            </button>
          ))}
        </fieldset>
        {facts.sides.size > 1 && (
          <fieldset class="segments">
            <legend class="hidden-text">Side</legend>
            <button type="button" aria-pressed={filter.side === ''} onClick={() => change({ side: '' })}>
              Both sides
            </button>
            <button type="button" aria-pressed={filter.side === 'client'} onClick={() => change({ side: 'client' })}>
              <i class="rail rail-client" /> Client
            </button>
            <button type="button" aria-pressed={filter.side === 'server'} onClick={() => change({ side: 'server' })}>
              <i class="rail" /> Server
            </button>
          </fieldset>
        )}
        {facts.severities.size > 1 && (
          <select
            aria-label="Severity"
            value={filter.severity}
            onChange={(event) => change({ severity: event.currentTarget.value })}
          >
            <option value="">Any severity</option>
            {severities.map((one) => {
              const n = facts.severities.get(one);
              return n ? (
                <option key={one} value={one}>
                  {one} {many(n)}
                </option>
              ) : null;
            })}
          </select>
        )}
        {hosts && facts.hosts.length <= mostHosts && (
          <select
            aria-label="Client"
            value={filter.host}
            onChange={(event) => change({ host: event.currentTarget.value })}
          >
            <option value="">All clients</option>
            {facts.hosts}
          </select>
        )}
        <input
          type="search"
          aria-label="Filter the lines"
          placeholder={facts.hosts.length > mostHosts ? 'Filter by text or client' : 'Filter by text'}
          value={filter.words}
          onInput={(event) => change({ words: event.currentTarget.value })}
        />
      </div>
      {log.zones.length > 0 && (
        <p class="small log-zones" data-zones>
          These logs use different time zones:{' '}
          {log.zones.map(({ name, zones }) => `${name} ${zones.join(' and ')}`).join(', ')}. Times are shown as each log
          has them; the rows are in the order in which things happened.
        </p>
      )}
      {shown.from > 0 && (
        <p class="small log-more">
          <button
            type="button"
            class="link"
            onClick={() => setShown({ ...shown, from: Math.max(0, shown.from - step) })}
          >
            Show {many(Math.min(step, shown.from))} earlier
          </button>
        </p>
      )}
      {part.length > 0 && (
        <table class={`log-table ${hosts ? 'with-hosts' : ''}`}>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Side</th>
              {hosts && <th scope="col">Client</th>}
              <th scope="col">Severity</th>
              <th scope="col">Meaning</th>
              <th scope="col">
                <span class="hidden-text">More</span>
              </th>
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKey}>
            {part.map((row) => {
              const is = opened.has(row.key);
              return [
                <Row
                  key={row.key}
                  row={row}
                  kind={kinds[row.kind ?? -1]}
                  hosts={hosts}
                  isEvidence={row.of !== undefined && open.includes(row.of)}
                  isOpen={is}
                  tab={row.key === tab}
                  onToggle={toggle}
                />,
                is && (
                  <tr key={`${row.key} more`} class="log-open" data-of-row={row.key}>
                    <td colSpan={columns}>
                      <Opened row={row} kind={kinds[row.kind ?? -1]} onAround={onAround} onEvidence={onEvidence} />
                    </td>
                  </tr>
                ),
              ];
            })}
          </tbody>
        </table>
      )}
      <p class="small quiet log-more" aria-live="polite">
        {list.length === 0 && 'No line matches. '}
        {part.length < list.length &&
          `${many(shown.from + 1)} to ${many(shown.from + part.length)} of ${many(list.length)} are shown. `}
        {shown.to < list.length && (
          <button type="button" class="link" onClick={() => setShown({ ...shown, to: shown.to + step })}>
            Show {many(Math.min(step, list.length - shown.to))} more
          </button>
        )}
        {left > 0 && ` ${many(left)} quieter lines are not listed.`}
      </p>
    </section>
  );
}

interface RowProps {
  row: LogRow;
  kind: LogKind | undefined;
  hosts: boolean;
  isEvidence: boolean;
  isOpen: boolean;
  tab: boolean;
  onToggle: (key: string) => void;
}

function Row({ row, kind, hosts, isEvidence, isOpen, tab, onToggle }: RowProps) {
  const { key, where, side, severity, time, zone, host, words, calm, message } = row;
  return (
    <tr
      class={`log-row ${isEvidence ? 'is-evidence' : ''} ${calm ? 'is-calm' : ''}`}
      data-line={key}
      data-message={message}
    >
      <td class="log-time">
        {time && (
          <time>
            {time}
            {zone && <small> {zone}</small>}
          </time>
        )}
      </td>
      <td class="log-side">
        {side ? (
          <>
            <i class={`rail ${side === 'client' ? 'rail-client' : ''}`} /> {side}
          </>
        ) : (
          <span class="hidden-text">not known</span>
        )}
      </td>
      {hosts && <td class="log-host">{host ?? ''}</td>}
      <td class="log-severity">
        {severity && <span class={`sev ${calm ? '' : severityClass(severity)}`}>{severity}</span>}
      </td>
      <td class="log-meaning">
        {kind?.short ?? row.what ?? 'Matches no known message.'} <code>{words}</code>
        {row.broke && <b class="log-broke"> It broke here: {row.broke}</b>}
        {row.forged && <b class="sev-bad"> looks forged</b>}
      </td>
      <td class="log-toggle">
        <button
          type="button"
          data-toggle={key}
          aria-expanded={isOpen}
          aria-label={`${where}${isEvidence ? ', evidence' : ''}`}
          tabIndex={tab ? 0 : -1}
          onClick={() => onToggle(key)}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d="M4 6l4 4 4-4" />
          </svg>
        </button>
      </td>
    </tr>
  );
}

interface OpenedProps {
  row: LogRow;
  kind: LogKind | undefined;
  onAround: LinesAround;
  onEvidence: Props['onEvidence'];
}

/** What was printed, what it means, where it leads. */
function Opened({ row, kind, onAround, onEvidence }: OpenedProps) {
  const [wide, setWide] = useState(0);
  const [found, setFound] = useState<Around>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    let isWanted = true;
    setBusy(true);
    void onAround({ source: row.source, from: row.line - wide, to: row.endLine + wide }).then((lines) => {
      if (!isWanted) return;
      setFound(lines);
      setBusy(false);
    });
    return () => {
      isWanted = false;
    };
  }, [wide, row.key]);
  const lines = found?.lines ?? [];
  const own = lines.filter(({ n }) => n >= row.line && n <= row.endLine);
  const [top, end] = [lines[0]?.n ?? 0, lines[lines.length - 1]?.n ?? 0];
  const isAll = wide > 0 && !isBusy && top <= 1 && end < row.endLine + wide;
  return (
    <div class="log-more-of">
      {wide === 0 ? (
        own.map(({ n, text }) => <LogLine key={n} line={text} />)
      ) : (
        <pre class="log-around" tabIndex={0}>
          {lines.map(({ n, text }) => (
            <span key={n} class={n >= row.line && n <= row.endLine ? 'is-own' : ''}>
              <i>{n}</i>
              {text}
              {'\n'}
            </span>
          ))}
        </pre>
      )}
      {found?.missing && (
        <p class="small quiet">Not every line of this long file was kept; the others cannot be shown here.</p>
      )}
      <p class="log-said">
        <span class="quiet">{row.where}</span>
        {row.relayed && <span class="quiet">relayed to the server</span>}
        {kind && kind.meaning !== kind.short && <span>{kind.meaning}</span>}
      </p>
      <p class="log-ways">
        {!isAll && (
          <button type="button" class="link" onClick={() => setWide(wide + near)}>
            {wide === 0 ? 'Show the lines around it' : `Show ${near} more on each side`}
          </button>
        )}
        {row.of !== undefined && (
          <button type="button" class="link" onClick={() => onEvidence(row.of ?? '', row.key)}>
            Back to the evidence
          </button>
        )}
        {kind && <a href={kind.href}>About this message</a>}
      </p>
    </div>
  );
}
