/**
 * A bar for each client over the days of a log: faults that stand, faults that were over, and recoveries, told apart by
 * shape; and the same as a table. Loaded only where a log has several days and clients.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { addStyle } from '../../browser/page/add-style.ts';
import type { WindowWords } from '../../engine/window.ts';
import style from './bars.css?inline';
import type { BarsView, BarView, SpellView } from './bars-view.ts';
import { StateMark } from './marks.tsx';
import { shortHost } from './Verdict.tsx';

interface Props {
  bars: BarsView;
  /** The time that was judged. */
  window: { from: number; to: number } | undefined;
  /** The client of which alone the table below tells. */
  client: string;
  onClient: (host: string) => void;
  onTime: (words: WindowWords) => void;
}

const hour = 3_600_000;
const day = 24 * hour;
/** Names of days that fit beside each other on a phone. */
const mostDays = 6;
const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
const date = new Intl.DateTimeFormat('en', { timeZone: 'UTC', month: 'short', day: 'numeric' });
const exact = new Intl.DateTimeFormat('en', {
  timeZone: 'UTC',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** The shortest step of the handles that still needs no more than some hundred presses of a key. */
const stepOf = (span: number): number => [hour / 4, hour, 6 * hour, day].find((step) => span / step <= 400) ?? 7 * day;

export function Bars({ bars, window, client, onClient, onTime }: Props) {
  addStyle(style);
  const { from, to, ahead, days, rows } = bars;
  const [all, setAll] = useState(false);
  const troubled = rows.filter(({ spells }) => spells.length > 0);
  const shown = all || troubled.length === 0 ? rows : troubled;
  const hidden = rows.length - shown.length;
  const step = stepOf(to - from);
  const steps = Math.ceil((to - from) / step);
  const placed = (time: number) => Math.round((time - from) / step);
  const [range, setRange] = useState<[number, number]>([0, steps]);
  const [begin, end] = range;
  useEffect(() => setRange(window ? [placed(window.from), placed(window.to)] : [0, steps]), [window?.from, window?.to]);
  const timeAt = (n: number) => Math.min(to, from + n * step);
  const words = (time: number) => exact.format(time + ahead);
  const field = (time: number) => new Date(time + ahead).toISOString().slice(0, 19);
  const judge = (since: number, until: number) => onTime({ since: field(since), until: field(until) });
  const percent = (time: number) => Math.max(0, Math.min(100, ((time - from) / (to - from)) * 100));
  const chosen = begin > 0 || end < steps ? { from: timeAt(begin), to: timeAt(end) } : undefined;
  const isJudged = chosen && window && placed(window.from) === begin && placed(window.to) === end;
  const every = Math.ceil(days.length / mostDays);
  const grid = days.map((time) => (
    <line key={time} class="span-day" x1={`${percent(time)}%`} x2={`${percent(time)}%`} y1="0" y2="100%" />
  ));
  const shade = chosen && (
    <rect
      class="span-window"
      x={`${percent(chosen.from)}%`}
      width={`${Math.max(0.4, percent(chosen.to) - percent(chosen.from))}%`}
      y="0"
      height="100%"
    />
  );
  return (
    <section class="spans" data-bars aria-label="Each client over the days">
      <h2>
        {date.format(from + ahead)} to {date.format(to + ahead)}
      </h2>
      <ul class="spans-key small">
        <li>
          <svg width="26" height="14" aria-hidden="true">
            <defs>
              <pattern id="span-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect width="2.4" height="6" class="span-stripe" />
              </pattern>
            </defs>
            <rect class="span-standing" x="1" y="1" width="24" height="12" />
          </svg>{' '}
          Fault, not over
        </li>
        <li>
          <svg width="26" height="14" aria-hidden="true">
            <rect class="span-open" x="1" y="1" width="24" height="12" />
          </svg>{' '}
          Silent, or cause not decided
        </li>
        <li>
          <svg width="26" height="14" aria-hidden="true">
            <rect class="span-over" x="1" y="1" width="24" height="12" fill="url(#span-hatch)" />
          </svg>{' '}
          Fault, over
        </li>
        <li>
          <svg width="18" height="18" aria-hidden="true">
            <Tick x="9" />
          </svg>{' '}
          Recovered
        </li>
        <li>
          <svg width="26" height="14" aria-hidden="true">
            <line class="span-life" x1="0" x2="26" y1="7" y2="7" />
          </svg>{' '}
          First to last record
        </li>
        {bars.records && (
          <li class="spans-key-counts">
            <i class="count-errors" /> Errors <i class="count-warnings" /> Warnings <i class="count-rest" /> Other
            records
          </li>
        )}
      </ul>
      <ol class="spans-rows">
        {bars.records && (
          <li class="span-row">
            <span class="small">
              <b>Records</b> <span class="quiet">per {stepWords(bars.records.step)}</span>
            </span>
            <Histogram counts={bars.records} percent={percent} from={from} ahead={ahead} grid={grid} shade={shade} />
          </li>
        )}
        {shown.map((row) => (
          <li key={row.host} class="span-row" data-bar={row.host}>
            <button
              type="button"
              class="span-name"
              aria-pressed={client === row.host}
              onClick={() => onClient(row.host)}
            >
              <StateMark state={row.state} /> <b>{shortHost(row.host)}</b>
            </button>
            <svg class="span-bar" role="img" aria-label={said(row)}>
              {grid}
              {shade}
              {row.from !== undefined && row.to !== undefined && (
                <line class="span-life" x1={`${percent(row.from)}%`} x2={`${percent(row.to)}%`} y1="50%" y2="50%" />
              )}
              {row.spells.map((spell) => (
                <Fault
                  key={`${spell.problem} ${spell.from}`}
                  spell={spell}
                  state={row.state}
                  percent={percent}
                  last={to}
                />
              ))}
            </svg>
          </li>
        ))}
        <li class="span-row span-axis" aria-hidden="true">
          <span />
          <svg class="span-bar" aria-hidden="true">
            {days.map((time, i) =>
              i % every === 0 ? (
                <text key={time} x={`${percent(time)}%`} y="14">
                  {format.format(time + ahead)}
                </text>
              ) : null,
            )}
          </svg>
        </li>
        <li class="span-row">
          <span class="small quiet">Choose a time</span>
          <div class="span-range">
            <input
              type="range"
              min="0"
              max={steps}
              value={begin}
              aria-label="From"
              aria-valuetext={words(timeAt(begin))}
              onInput={({ currentTarget }) => setRange([Math.min(currentTarget.valueAsNumber, end - 1), end])}
            />
            <input
              type="range"
              min="0"
              max={steps}
              value={end}
              aria-label="To"
              aria-valuetext={words(timeAt(end))}
              onInput={({ currentTarget }) => setRange([begin, Math.max(currentTarget.valueAsNumber, begin + 1)])}
            />
          </div>
        </li>
      </ol>
      <p class="spans-foot small">
        <button type="button" disabled={!chosen || isJudged} onClick={() => judge(timeAt(begin), timeAt(end))}>
          Judge {chosen ? `${words(timeAt(begin))} to ${words(timeAt(end))}` : 'the time between the handles'}
        </button>
        {window && (
          <button type="button" class="link" onClick={() => onTime({})}>
            Judge the whole log
          </button>
        )}
        {hidden > 0 && (
          <button type="button" class="link" onClick={() => setAll(true)}>
            Show the {hidden.toLocaleString('en')} without a fault
          </button>
        )}
        {bars.more > 0 && (
          <span class="quiet">{bars.more.toLocaleString('en')} more clients are in the table below.</span>
        )}
        {bars.sieved && (
          <span class="quiet">
            Of a long log not every record is kept: of many faults of one kind, the first and the last are drawn.
          </span>
        )}
      </p>
      {troubled.length > 0 && (
        <details>
          <summary>The same as a table</summary>
          <Table rows={troubled} onJudge={judge} last={to} />
        </details>
      )}
    </section>
  );
}

/** `hour`, `3 hours`, `day`. */
function stepWords(step: number): string {
  const [n, unit] = step % day === 0 ? [step / day, 'day'] : [Math.round(step / hour), 'hour'];
  return n === 1 ? unit : `${n} ${unit}s`;
}

interface HistogramProps {
  counts: NonNullable<BarsView['records']>;
  percent: (time: number) => number;
  from: number;
  ahead: number;
  grid: ComponentChildren;
  shade: ComponentChildren;
}

/** How many records there were when: errors on top, where they are seen. */
function Histogram({ counts: { step, bins }, percent, from, ahead, grid, shade }: HistogramProps) {
  const begin = Math.floor((from + ahead) / step) * step - ahead;
  const most = Math.max(...bins.map(({ errors, warnings, rest }) => errors + warnings + rest));
  const sum = (kind: 'errors' | 'warnings' | 'rest') => bins.reduce((n, bin) => n + bin[kind], 0);
  const worst = bins.reduce((best, bin, i) => (bin.errors > (bins[best]?.errors ?? 0) ? i : best), 0);
  const [errors, warnings, rest] = [sum('errors'), sum('warnings'), sum('rest')];
  const many = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;
  const label = `${many(errors + warnings + rest, 'record')}, of these ${many(errors, 'error')} and ${many(warnings, 'warning')}${
    errors > 0 ? `; most errors from ${exact.format(begin + worst * step + ahead)}` : ''
  }`;
  return (
    <svg class="span-bar span-counts" role="img" aria-label={label}>
      {grid}
      {shade}
      {bins.map((bin, i) => {
        const x = percent(begin + i * step);
        const width = Math.max(0, percent(begin + (i + 1) * step) - x);
        let top = 100;
        return (['rest', 'warnings', 'errors'] as const).map((kind) => {
          const height = (bin[kind] / most) * 100;
          top -= height;
          return height > 0 ? (
            <rect
              key={kind}
              class={`count-${kind}`}
              x={`${x}%`}
              y={`${top}%`}
              width={`${width}%`}
              height={`${height}%`}
            />
          ) : null;
        });
      })}
    </svg>
  );
}

/** What a bar shows, for who does not see it. */
function said({ host, spells }: BarView): string {
  if (spells.length === 0) return `${host}: no fault`;
  const parts = spells.map(({ problem, words, end, likely }) =>
    end === undefined
      ? `${problem} since ${words.from}`
      : `${problem} from ${words.from}, ${likely ? 'probably ' : ''}over at ${words.end}`,
  );
  return `${host}: ${parts.join('; ')}`;
}

function Tick({ x }: { x: string }) {
  return (
    <svg x={x} y="50%" class="span-tick" overflow="visible" aria-hidden="true">
      <circle r="7" />
      <path d="M-3.4 .3l2.2 2.4 4.4-5" />
    </svg>
  );
}

interface FaultProps {
  spell: SpellView;
  state: BarView['state'];
  percent: (time: number) => number;
  last: number;
}

/** So wide is a fault of a moment, in percent. */
const narrowest = 0.8;

function Fault({ spell: { from, end }, state, percent, last }: FaultProps) {
  const x = percent(from);
  const width = Math.max(narrowest, percent(end ?? last) - x);
  const kind = end !== undefined ? 'over' : state === 'undecided' || state === 'silent' ? 'open' : 'standing';
  return (
    <>
      <rect class="span-paper" x={`${x}%`} width={`${width}%`} y="7" height="14" />
      <rect
        class={`span-${kind}`}
        x={`${Math.min(x, 100 - narrowest)}%`}
        width={`${width}%`}
        y="7"
        height="14"
        {...(kind === 'over' ? { fill: 'url(#span-hatch)' } : {})}
      />
      {end !== undefined && <Tick x={`${percent(end)}%`} />}
    </>
  );
}

interface TableProps {
  rows: readonly BarView[];
  onJudge: (from: number, to: number) => void;
  last: number;
}

function Table({ rows, onJudge, last }: TableProps) {
  return (
    <div class="clients-table" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">Client</th>
            <th scope="col">Problem</th>
            <th scope="col">From</th>
            <th scope="col">Last sign</th>
            <th scope="col">Over</th>
            <th scope="col">
              <span class="hidden-text">Judge</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.flatMap(({ host, spells }) =>
            spells.map(({ problem, from, end, likely, words }) => (
              <tr key={`${host} ${problem} ${from}`}>
                <th scope="row">{host}</th>
                <td>{problem}</td>
                <td>{words.from}</td>
                <td>{words.to}</td>
                <td>{words.end ? `${likely ? 'probably ' : ''}${words.end}` : 'no'}</td>
                <td>
                  <button type="button" class="link" onClick={() => onJudge(from, end ?? last)}>
                    Judge this time
                    <span class="hidden-text">
                      {' '}
                      of {host}, {problem}
                    </span>
                  </button>
                </td>
              </tr>
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}
