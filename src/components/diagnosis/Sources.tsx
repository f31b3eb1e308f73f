/** The chips above an answer: each source with what it is, its side to change, and a way to take it out again. */
import type { Side } from '../../engine/types.ts';
import type { SourceView } from './sources-view.ts';

/** A source as the box holds it. */
export interface Chip {
  /** As the answer names it. */
  name: string;
  /** What the reader said. */
  side?: Side;
  /** It came while an answer was there. */
  isNew?: boolean;
  part?: { unreadable?: boolean | undefined };
  view?: SourceView | undefined;
}

interface Props {
  chips: readonly Chip[];
  missing: { side: Side; at?: string } | undefined;
  onSide: (name: string, side: Side | undefined) => void;
  onRemove: (name: string) => void;
  onEdit: ((name: string) => void) | undefined;
  onAdd: () => void;
}

const kinds: Record<SourceView['kind'], string> = {
  log: '',
  configuration: 'configuration',
  output: 'output of a check',
  unknown: 'nothing recognized',
};

const sides = ['client', 'server'] as const;

const many = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

export function Sources({ chips, missing, onSide, onRemove, onEdit, onAdd }: Props) {
  return (
    <div class="chips">
      <ul class="file-list" aria-label="What was given">
        {chips.map(({ name, side, isNew, part, view }) => {
          const known = side ?? view?.side;
          const more = view ? [view.about, many(view.lines, 'line'), view.range].filter(Boolean).join(' · ') : '';
          return (
            <li key={name} class={`source ${isNew ? 'source-new' : ''}`} data-source={name}>
              {/* (While it is being read, nobody knows.) */}
              {(view ?? side) && (
                <label class="source-side">
                  {view?.both && <i class="rail rail-client" aria-hidden="true" />}
                  <i
                    class={`rail ${known === 'client' && !view?.both ? 'rail-client' : ''} ${known ? '' : 'rail-none'}`}
                    aria-hidden="true"
                  />
                  <span class="hidden-text">Side of {name}</span>
                  <select
                    value={side ?? ''}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      onSide(name, value === 'client' || value === 'server' ? value : undefined);
                    }}
                  >
                    <option value="">
                      {side ? 'as the lines say' : view?.both ? 'both sides' : (known ?? 'side?')}
                    </option>
                    {sides.map((one) => (one !== known || side || view?.both) && <option value={one}>{one}</option>)}
                  </select>
                </label>
              )}
              {onEdit && name === chips[0]?.name && name === 'pasted' ? (
                <button type="button" class="source-name" onClick={() => onEdit(name)}>
                  <code>{name}</code>
                  <span class="hidden-text"> lines, edit</span>
                </button>
              ) : (
                <code>{name}</code>
              )}
              <span class="source-facts">
                {part && <span>{part.unreadable ? 'not read' : 'read in part'}</span>}
                {view && kinds[view.kind]}
                {more && (
                  <span class="source-more">
                    {view && kinds[view.kind] && ' · '}
                    {more}
                  </span>
                )}
              </span>
              <button type="button" class="source-remove" onClick={() => onRemove(name)}>
                <span aria-hidden="true">✕</span>
                <span class="hidden-text">remove {name}</span>
              </button>
            </li>
          );
        })}
      </ul>
      <button type="button" class={`source-add ${missing ? 'source-missing' : ''}`} onClick={onAdd}>
        <span aria-hidden="true">+ </span>
        {missing ? `Add the ${missing.side}'s lines${missing.at ? ` of ${missing.at}` : ''}` : 'Add lines or files'}
      </button>
    </div>
  );
}
