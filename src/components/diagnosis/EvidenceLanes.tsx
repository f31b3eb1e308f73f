/**
 * Evidence of all kinds in two lanes: a line of a log at its time, what a configuration or a check says at "now". What both
 * sides wrote within seconds stands beside each other, by one clock.
 */
import { LogLine } from '../lines/LogLine.tsx';
import type { EvidenceView } from './types.ts';

const does = { proves: 'Proves it.', points: 'Points to it.', fits: 'Fits it.' } as const;
const kinds = { line: 'Log line', configuration: 'Configuration', check: 'Check' } as const;

interface PlaceProps {
  where: string;
  row: string | undefined;
  onLine: (key: string) => void;
}

/** Where a line is: leads to it among the log's, if it is one of them. */
export function Place({ where, row, onLine }: PlaceProps) {
  if (!row) return <span class="quiet">{where}</span>;
  return (
    <button type="button" class="link e-place" title="Show it among the lines" onClick={() => onLine(row)}>
      {where}
    </button>
  );
}

/** Lines of both sides that are no further apart are of one try; milliseconds. */
const oneTry = 2_000;

/** The lines in the order of their time, a client's and a server's of one try in one row. */
export function rowsOfLanes(evidence: readonly EvidenceView[]): EvidenceView[][] {
  const lines = evidence.every(({ kind, at }) => kind !== 'line' || at !== undefined)
    ? [...evidence].sort((a, b) => (a.at ?? Number.POSITIVE_INFINITY) - (b.at ?? Number.POSITIVE_INFINITY) || 0)
    : evidence;
  const rows: EvidenceView[][] = [];
  for (const one of lines) {
    const [beside, other] = rows.at(-1) ?? [];
    const fits =
      beside?.side && one.side && beside.side !== one.side && beside.at !== undefined && one.at !== undefined && !other;
    if (fits && (one.at ?? 0) - (beside.at ?? 0) <= oneTry) rows.at(-1)?.push(one);
    else rows.push([one]);
  }
  return rows.map((row) => row.sort((a, b) => ((a.side ?? '') < (b.side ?? '') ? -1 : 1)));
}

function Cell({ item, onLine }: { item: EvidenceView; onLine: (key: string) => void }) {
  return (
    <div
      class={`e-cell e-at-${item.side ?? 'none'} ${item.weight === 'proves' ? 'is-proof' : ''}`}
      data-evidence={item.row}
      tabIndex={item.row ? -1 : undefined}
    >
      <p class="e-head">
        <b>{kinds[item.kind]}</b> <Place where={item.where} row={item.row} onLine={onLine} />
        <span class="e-side">{item.side ?? 'side not known'}</span>
      </p>
      {item.lines.length > 1 ? (
        <pre class="e-lines" tabIndex={0}>
          {item.lines.join('\n')}
        </pre>
      ) : (
        <LogLine line={item.line} />
      )}
      {item.own && <p class="quiet">{item.own} by the client's clock.</p>}
      <p class="e-because">
        {item.because.replaceAll('`', '')} {item.weight && <b>{does[item.weight]}</b>}
      </p>
    </div>
  );
}

export function EvidenceLanes({
  evidence,
  onLine,
  clock,
}: {
  evidence: readonly EvidenceView[];
  /** Leads to a line among the log's. */
  onLine: (key: string) => void;
  /** That the client's clock is off. */
  clock?: string | undefined;
}) {
  const sides = new Set(evidence.map(({ side }) => side));
  return (
    <>
      {clock && (
        <p class="small" data-clock>
          {clock}
        </p>
      )}
      <p class="lanes-head" aria-hidden="true">
        <span class={sides.has('client') ? '' : 'lane-none'}>
          <i class="rail rail-client" /> Client
        </span>
        <span class={sides.has('server') ? '' : 'lane-none'}>
          <i class="rail" /> Server
        </span>
      </p>
      <ol class="evidence">
        {rowsOfLanes(evidence).map((row) => {
          const [first] = row;
          const lanes = row.map(({ side }) => `e-${side ?? 'none'}`).join(' ');
          const proof = row.some(({ weight }) => weight === 'proves') ? 'e-proves' : '';
          return (
            <li
              key={row.map(({ where, line }) => `${where} ${line}`).join()}
              class={`${lanes} ${proof} ${row.length > 1 ? 'e-pair' : ''}`}
            >
              <span class="e-time">{first?.kind === 'line' ? (first.time ?? '') : 'now'}</span>
              {row.map((item) => (
                <Cell key={item.side ?? ''} item={item} onLine={onLine} />
              ))}
            </li>
          );
        })}
      </ol>
    </>
  );
}
