/** Which time is judged: one with a name, or from and to as they are typed; what lies outside is said. */
import { useEffect, useState } from 'preact/hooks';
import type { WindowName, WindowWords } from '../../engine/window.ts';
import type { TimeView } from './time-view.ts';

interface Props {
  time: TimeView;
  onTime: (words: WindowWords) => void;
}

/** Whether the log ends on this day is for the reader's clock to say. */
function nameOf(name: WindowName, { last }: TimeView): string {
  const now = new Date();
  const today = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const isNow = last.slice(0, 10) === today;
  if (name === 'repair') return 'Since the last fix';
  if (name === 'today') return isNow ? 'Today' : 'The last day';
  return isNow ? 'Last night' : 'The last night';
}

/** What was judged, in few words. */
export function timeWords(time: TimeView): string {
  const { chosen, range } = time;
  if (!chosen || chosen.not !== undefined) return range;
  const named = time.named.find(({ name }) => name === chosen.since && chosen.until === undefined);
  return named ? nameOf(named.name, time) : `${chosen.from} to ${chosen.to}`;
}

/** The choice. */
export function TimePanel({ time, onTime }: Props) {
  const { chosen, named, first, last, range, zone } = time;
  const from = chosen?.fields?.from ?? first;
  const to = chosen?.fields?.to ?? last;
  const [since, setSince] = useState(from);
  const [until, setUntil] = useState(to);
  useEffect(() => {
    setSince(from);
    setUntil(to);
  }, [from, to]);
  return (
    <section class="time-panel" aria-label="Which time is judged">
      <fieldset class="time-choices">
        <legend class="hidden-text">Time</legend>
        <button type="button" aria-pressed={!chosen || chosen.not !== undefined} onClick={() => onTime({})}>
          <b>The whole log</b> <small>{range}</small>
        </button>
        {named.map(({ name, from: begin, why }) => (
          <button
            type="button"
            key={name}
            aria-pressed={chosen?.since === name && chosen.until === undefined}
            onClick={() => onTime({ since: name })}
          >
            <b>{nameOf(name, time)}</b>{' '}
            <small>
              from {begin}
              {why && `, ${why}`}
            </small>
          </button>
        ))}
      </fieldset>
      <form
        class="time-own"
        onSubmit={(event) => {
          event.preventDefault();
          onTime({ since, until });
        }}
      >
        <label>
          From
          <input
            type="datetime-local"
            step="1"
            required
            value={since}
            onInput={({ currentTarget }) => setSince(currentTarget.value)}
          />
        </label>
        <label>
          To
          <input
            type="datetime-local"
            step="1"
            required
            value={until}
            onInput={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </label>
        <button type="submit" class="button">
          Judge this time
        </button>
        <span class="quiet small">Times as in the log{zone && `, ${zone}`}.</span>
      </form>
    </section>
  );
}

/** Which time the answer below is about, and that the rest was not judged. */
export function TimeNote({ time, onTime }: Props) {
  const { chosen } = time;
  if (!chosen) return null;
  return (
    <p class={`time-note ${chosen.not === undefined ? '' : 'note-bad'}`} role="status" data-window>
      {chosen.not === undefined ? (
        <span>
          Judged: <b>{timeWords(time)}</b>
          {timeWords(time).startsWith(chosen.from ?? '') ? '' : `, ${chosen.from} to ${chosen.to}`}.{' '}
          <span class="quiet">{chosen.outside ?? 'That is the whole log.'}</span>
        </span>
      ) : (
        <span>These lines have no such time ({chosen.not}), so the whole log was judged.</span>
      )}{' '}
      <button type="button" class="link" onClick={() => onTime({})}>
        {chosen.not === undefined ? 'Judge the whole log' : 'OK'}
      </button>
    </p>
  );
}
