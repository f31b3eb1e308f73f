/** How far the reading of files is, where it takes long enough to be waited for. */
import { useEffect, useState } from 'preact/hooks';

/** A file that is being read. */
export interface ReadingNow {
  name: string;
  /** Bytes. */
  size: number;
  /** When it began, by the page's clock. */
  since: number;
  /** Bytes that were read. */
  bytes: number;
  /** Ends it; what was read stays. */
  enough: AbortController;
}

/** A shorter wait is not told. */
const felt = 500;
const megabyte = 1024 * 1024;

export function Progress({ readings }: { readings: readonly ReadingNow[] }) {
  const [, tick] = useState(0);
  const any = readings.length > 0;
  useEffect(() => {
    if (!any) return undefined;
    const timer = setInterval(() => tick((n) => n + 1), 250);
    return () => clearInterval(timer);
  }, [any]);
  return (
    <>
      {readings.map(({ name, size, since, bytes, enough }) => {
        const seconds = (performance.now() - since) / 1000;
        if (seconds * 1000 < felt) return null;
        const rate = bytes / seconds;
        const left = rate > 0 ? Math.ceil((size - bytes) / rate) : undefined;
        const of = (n: number) => Math.round(n / megabyte).toLocaleString('en');
        return (
          <div key={name} class="progress small" data-progress>
            <label>
              <span class="progress-name">
                Reading <code>{name}</code>
              </span>
              <progress max={size} value={bytes} />
            </label>
            <span class="quiet">
              {of(bytes)} of {of(size)} MB
              {rate > 0 && `, ${of(rate)} MB/s`}
              {left !== undefined && `, ${left} s left`}
            </span>
            <button type="button" class="link" onClick={() => enough.abort()}>
              {enough.signal.aborted ? 'Stopping…' : 'Stop, and keep what was read'}
              <span class="hidden-text"> of {name}</span>
            </button>
          </div>
        );
      })}
    </>
  );
}
