/** All clients in one table: those in trouble first, filtered as one types. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { WindowWords } from '../../engine/window.ts';
import type { BarsView } from './bars-view.ts';
import type { ClientView } from './groups.ts';
import { StateMark, stateWords } from './marks.tsx';
import { shortHost, times } from './Verdict.tsx';

/** Rows that are shown at once; the rest by a click, in such steps. */
const most = 100;
const step = 1000;

/** Rows that are drawn in one task: of thousands at once a page would hang. */
const part = 100;

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
  const [shown, setShown] = useState(most);
  // (Few logs have them.)
  const [Bars, setBars] = useState<typeof import('./Bars.tsx').Bars>();
  const has = bars !== undefined;
  useEffect(() => {
    if (has) void import('./Bars.tsx').then((module) => setBars(() => module.Bars));
  }, [has]);
  /** Rows that are drawn so far. */
  const [drawn, setDrawn] = useState(most);
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
  useEffect(() => {
    if (drawn >= Math.min(shown, rows.length)) return;
    const timer = setTimeout(() => setDrawn(drawn + part));
    return () => clearTimeout(timer);
  }, [drawn, shown, rows]);
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
            setShown(most);
            setDrawn(most);
          }}
        />
        <fieldset class="segments">
          <legend class="hidden-text">State</legend>
          <button type="button" aria-pressed={only === ''} onClick={() => setOnly('')}>
            All {clients.length.toLocaleString('en')}
          </button>
          {[...counts].map(([state, n]) => (
            <button type="button" key={state} aria-pressed={only === state} onClick={() => setOnly(state)}>
              <StateMark state={state} /> {stateWords[state]} {n.toLocaleString('en')}
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
          {parts.slice(0, Math.ceil(Math.min(shown, drawn) / part)).map((clients, i) => (
            <Rows key={i} clients={clients} onOpen={onOpen} />
          ))}
        </table>
      </div>
      <p class="small quiet" aria-live="polite">
        {rows.length === 0
          ? 'No client matches.'
          : rows.length > shown
            ? `${shown.toLocaleString('en')} of ${rows.length.toLocaleString('en')} are shown, those in trouble first. `
            : ''}
        {rows.length > shown && (
          <button type="button" class="link" onClick={() => setShown(shown + step)}>
            Show {Math.min(step, rows.length - shown).toLocaleString('en')} more
          </button>
        )}
      </p>
    </section>
  );
}
