/** The recognised lines in their lanes: client left, server right, time runs down. */
import { severityClass } from '../lines/severity.ts';
import type { RowView, View } from './view.ts';

function Cell({ row }: { row: RowView }) {
  const side = row.side ?? 'none';
  return (
    <div class={`t-cell t-${side}${row.evidence ? ' t-evidence' : ''}`} data-message={row.message}>
      <p class="t-facts">
        <span>{row.where}</span>
        <span class="hidden-text">{row.side ?? 'side unknown'}</span>
        {row.severity && <span class={`sev ${severityClass(row.severity)}`}>{row.severity}</span>}
        {row.time && <time>{row.time}</time>}
        {row.host && <span>{row.host}</span>}
        {row.relayed && <span>relayed to the server</span>}
        {row.copies > 0 && <span>{row.copies === 1 ? 'once more' : `${row.copies} times more`}</span>}
        {row.forged && <b class="sev-bad">looks forged</b>}
      </p>
      <p class="t-words">{row.href ? <a href={row.href}>{row.words}</a> : row.words}</p>
      {row.values.length > 0 && <p class="t-values">{row.values.join(' · ')}</p>}
      {row.meaning && <p>{row.meaning}</p>}
    </div>
  );
}

/** More rows than these are closed at first: the answer stands above them. */
const mostOpen = 40;

export function Timeline({ view }: { view: View }) {
  return (
    <details class="wb-section" data-log open={view.rows.length <= mostOpen}>
      <summary>
        <h3>Your log, explained</h3>
      </summary>
      <div class="timeline">
        <div class="timeline-head" aria-hidden="true">
          <span>
            <i class="rail rail-client" /> Client
          </span>
          <span>
            <i class="rail" /> Server
          </span>
        </div>
        {view.rows.map((row) => (
          <div class="t-row" key={row.key}>
            <Cell row={row} />
            {row.broke && <p class="broke t-none">✕ It broke here: {row.broke}</p>}
          </div>
        ))}
      </div>
      {view.rowsLeft > 0 && (
        <p class="small quiet">{view.rowsLeft.toLocaleString('en')} more lines of the same kinds are not shown.</p>
      )}
    </details>
  );
}
