/** All clients in one table: those in trouble first, filtered as one types. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { WindowWords } from '../../engine/window.ts';
import type { BarsView } from './bars-view.ts';
import type { ClientView } from './groups.ts';
import { StateMark, stateWords } from './marks.tsx';
import { many } from './numbers.ts';
import { shortHost, times } from './Verdict.tsx';

/** Rows that are shown at first, how many more by a click, and how many stand on the page at a time. */
const most = 100;
const step = 100;
const room = 1000;

/** Rows that are drawn in one task: of hundreds at once a page would hang. */
const part = 50;

/** Some rows, which are drawn once, however many others come below them. */
function Rows({ clients, onOpen }: Pick<Props, 'clients' | 'onOpen'>) {
  return useMemo(
    () => (
      <tbody>
        {clients.map(({ host, state, problem, key, since, last, times: n }) => (
          <tr key={host} class={`client-${state}`} data-client={host}>
            <td>
              <span class={`state state-${state}`}>
                <StateMark state={state} /> {stateWords[state]}
              </span>
            </td>
            <th scope="row">
              {shortHost(host)}
              <span class="domain">{host.slice(shortHost(host).length)}</span>
            </th>
            <td>
              {key ? (
                <button type="button" class="link" onClick={() => onOpen(key)}>
                  {problem}
                </button>
              ) : (
                (problem ?? '')
              )}
            </td>
            <td>{since ?? ''}</td>
            <td>{n ? times(n) : ''}</td>
            <td>{last ?? ''}</td>
          </tr>
        ))}
      </tbody>
    ),
    [clients],
  );
}

interface Props {
  clients: readonly ClientView[];
  /** Of several days. */
  bars: BarsView | undefined;
  /** The time that was judged. */
  window: { from: number; to: number } | undefined;
  onOpen: (key: string) => void;
  onTime: (words: WindowWords) => void;
}

export function Clients({ clients, bars, window, onOpen, onTime }: Props) {
  const [words, setWords] = useState('');
  const [only, setOnly] = useState<ClientView['state'] | ''>('');
  const [shown, setShown] = useState({ from: 0, to: most });
  // (Few logs have them.)
  const [Bars, setBars] = useState<typeof import('./Bars.tsx').Bars>();
  const has = bars !== undefined;
  useEffect(() => {
    if (has) void import('./Bars.tsx').then((module) => setBars(() => module.Bars));
  }, [has]);
  /** The last row that is drawn so far. */
  const [drawn, setDrawn] = useState(part);
  const counts = useMemo(() => {
    const all = new Map<ClientView['state'], number>();
    for (const { state } of clients) all.set(state, (all.get(state) ?? 0) + 1);
    return all;
  }, [clients]);
  const { rows, parts } = useMemo(() => {
    const wanted = words.trim().toLowerCase();
    const rows = clients.filter(
      ({ host, problem, state }) =>
        (only === '' || state === only) &&
        (wanted === '' || host.toLowerCase().includes(wanted) || problem?.toLowerCase().includes(wanted)),
    );
    const parts = Array.from({ length: Math.ceil(rows.length / part) }, (_, i) => rows.slice(i * part, (i + 1) * part));
    return { rows, parts };
  }, [clients, words, only]);
  const last = Math.min(shown.to, rows.length);
  useEffect(() => {
    if (drawn >= last) return;
    const timer = setTimeout(() => setDrawn(drawn + part));
    return () => clearTimeout(timer);
  }, [drawn, last]);
  const show = (to: number) => setShown({ from: Math.max(0, to - room), to: Math.max(to, most) });
  const choose = (state: typeof only) => {
    setOnly(state);
    again();
  };
  const again = () => {
    setShown({ from: 0, to: most });
    setDrawn(part);
  };
  return (
    <section class="clients" data-clients>
      {Bars && bars && (
        <Bars
          bars={bars}
          window={window}
          client={words}
          onClient={(host) => setWords(words === host ? '' : host)}
          onTime={onTime}
        />
      )}
      <header class="clients-head">
        <h2>All clients</h2>
        <input
          type="search"
          aria-label="Filter by name or problem"
          placeholder="Filter by name or problem"
          value={words}
          onInput={(event) => {
            setWords(event.currentTarget.value);
            again();
          }}
        />
        <fieldset class="segments">
          <legend class="hidden-text">State</legend>
          <button type="button" aria-pressed={only === ''} onClick={() => choose('')}>
            All {many(clients.length)}
          </button>
          {[...counts].map(([state, n]) => (
            <button type="button" key={state} aria-pressed={only === state} onClick={() => choose(state)}>
              <StateMark state={state} /> {stateWords[state]} {many(n)}
            </button>
          ))}
        </fieldset>
      </header>
      <div class="clients-table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">State</th>
              <th scope="col">Client</th>
              <th scope="col">Problem</th>
              <th scope="col">Since</th>
              <th scope="col">How often</th>
              <th scope="col">Last sign of life</th>
            </tr>
          </thead>
          {parts.slice(shown.from / part, Math.ceil(Math.min(last, drawn) / part)).map((clients, i) => (
            <Rows key={shown.from / part + i} clients={clients} onOpen={onOpen} />
          ))}
        </table>
      </div>
      <p class="small quiet" aria-live="polite">
        {rows.length === 0 && 'No client matches.'}
        {rows.length > last - shown.from &&
          `${many(shown.from + 1)} to ${many(last)} of ${many(rows.length)} are shown, those in trouble first. `}
        {shown.from > 0 && (
          <button type="button" class="link" onClick={() => show(shown.to - step)}>
            Show {many(Math.min(step, shown.from))} earlier
          </button>
        )}{' '}
        {rows.length > last && (
          <button type="button" class="link" onClick={() => show(shown.to + step)}>
            Show {many(Math.min(step, rows.length - last))} more
          </button>
        )}
      </p>
    </section>
  );
}
