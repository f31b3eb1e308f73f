/** Evidence of all kinds in two lanes: a line of a log at its time, what a configuration or a check says at "now". */
import { LogLine } from '../lines/LogLine.tsx';
import type { EvidenceView } from './view.ts';

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

interface Props {
  evidence: readonly EvidenceView[];
  onLine: (key: string) => void;
}

export function EvidenceLanes({ evidence, onLine }: Props) {
  const sides = new Set(evidence.map(({ side }) => side));
  return (
    <>
      <p class="lanes-head" aria-hidden="true">
        <span class={sides.has('client') ? '' : 'lane-none'}>
          <i class="rail rail-client" /> Client
        </span>
        <span class={sides.has('server') ? '' : 'lane-none'}>
          <i class="rail" /> Server
        </span>
      </p>
      <ol class="evidence">
        {evidence.map((item, i) => (
          <li
            key={`${item.where} ${i}`}
            class={`e-${item.side ?? 'none'} ${item.weight === 'proves' ? 'e-proves' : ''}`}
          >
            <div class="e-cell" data-evidence={item.row} tabIndex={item.row ? -1 : undefined}>
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
              <p class="e-because">
                {item.because} {item.weight && <b>{does[item.weight]}</b>}
              </p>
            </div>
            <span class="e-time">{item.kind === 'line' ? (item.time ?? '') : 'now'}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
