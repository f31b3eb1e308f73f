/** State is a mark, a word and a color, in this order; confidence is ink: three bars and a word. */
import type { Confidence } from '../../engine/types.ts';
import type { ClientView } from './groups.ts';

export type Mark = ClientView['state'] | 'breaks' | 'misleads' | 'untidy' | 'waiting';

const shapes: Record<Mark, string> = {
  'to-fix': 'M8 4v5M8 11.8v.2',
  breaks: 'M8 4v5M8 11.8v.2',
  undecided: 'M6 6.3a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M8 11.8v.1',
  silent: 'M5 8h6',
  'never-seen': '',
  waiting: '',
  fixed: 'M4.8 8.3l2.2 2.2 4.2-4.6',
  fine: 'M3.5 8.5l3 3 6-7',
  misleads: 'M5 6.5h6M5 9.5h6M9.5 5l-3 6',
  untidy: 'M4.8 9c1-2 2.2-2 3.2-1s2.2 1 3.2-1',
};

export const stateWords: Record<ClientView['state'], string> = {
  'to-fix': 'To fix',
  undecided: 'Not decided',
  silent: 'Silent',
  fixed: 'Fixed',
  fine: 'Fine',
  'never-seen': 'Never seen',
};

export function StateMark({ state }: { state: Mark }) {
  return (
    <svg class={`mark mark-${state}`} viewBox="0 0 16 16" width="18" height="18" aria-hidden="true">
      {state !== 'fine' && <circle cx="8" cy="8" r="7" />}
      <path d={shapes[state]} />
    </svg>
  );
}

const bars: Record<Confidence, number> = { certain: 3, likely: 2, possible: 1 };

/** Three bars of ink, and the word. */
export function Sure({ confidence }: { confidence: Confidence }) {
  return (
    <span class={`sure-word confidence-${confidence}`}>
      <svg class="bars" viewBox="0 0 20 12" width="20" height="12" aria-hidden="true">
        {[0, 1, 2].map((n) => (
          <rect
            key={n}
            x={n * 7 + 0.5}
            y="0.5"
            width="5"
            height="11"
            class={n < bars[confidence] ? 'bar-full' : 'bar-open'}
          />
        ))}
      </svg>
      {confidence[0]?.toUpperCase()}
      {confidence.slice(1)}
    </span>
  );
}
