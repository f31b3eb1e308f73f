/**
 * The handshake map: the steps of a connection between two rails, the client's above, the server's below. The same on a
 * verdict, a page and in the wizard. Without hooks, so that it can be drawn while the site is built, too.
 */

export interface MapStep {
  id: string;
  title: string;
  /**
   * passed: the connection came past it. broke: it broke here. possible: it may have. ahead: it was not reached. here: the
   * place of which a page speaks, where nothing is said of a run.
   */
  state: 'passed' | 'broke' | 'possible' | 'ahead' | 'here';
  /** A time, or a word. */
  note?: string;
  href?: string;
}

const words: Record<MapStep['state'], string> = {
  passed: 'passed',
  broke: 'broke here',
  possible: 'may have broken here',
  ahead: 'not reached',
  here: 'here',
};

const shapes: Partial<Record<MapStep['state'], string>> = {
  passed: 'M3.5 8.5l3 3 6-7',
  broke: 'M4 4l8 8M12 4l-8 8',
  possible: 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.6M8 12.4v.1',
};

export function HandshakeMap({
  steps,
  label = 'The steps of the connection',
}: {
  steps: readonly MapStep[];
  label?: string;
}) {
  return (
    <div class="hmap">
      <span class="hmap-side hmap-client" aria-hidden="true">
        Client
      </span>
      <span class="hmap-side hmap-server" aria-hidden="true">
        Server
      </span>
      <ol aria-label={label}>
        {steps.map(({ id, title, state, note, href }, i) => (
          <li key={id} class={`hmap-${state}`} data-next={steps[i + 1]?.state} data-state={state}>
            <span class="hmap-mark" aria-hidden="true">
              {shapes[state] && (
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
                  <path d={shapes[state]} />
                </svg>
              )}
            </span>
            <span class="hmap-words">
              <b>{href ? <a href={href}>{title}</a> : title}</b>
              {note && <small>{note}</small>}
              {!note?.startsWith(words[state].split(' ')[0] ?? '') && <span class="hidden-text">, {words[state]}</span>}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}
