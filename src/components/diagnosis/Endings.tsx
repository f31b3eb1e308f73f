/** The three counts, and behind them what was ruled out, and what nothing was said of and for want of what. */
import { Fragment } from 'preact';
import type { EndingsGroup, EndingsView } from './endings-view.ts';

function Problems({ problems }: Pick<EndingsGroup, 'problems'>) {
  return (
    <>
      {problems.map(({ href, title }, i) => (
        <Fragment key={href}>
          {i > 0 && '; '}
          <a href={href}>{title}</a>
        </Fragment>
      ))}
    </>
  );
}

export function Endings({ endings: { counts, excluded, notJudged } }: { endings: EndingsView }) {
  return (
    <details class="small" data-endings>
      <summary>{counts}</summary>
      {excluded.length > 0 && <h3>Ruled out</h3>}
      <ul>
        {excluded.map(({ problems, because, lines }) => (
          <li key={`${because} ${lines}`}>
            Because {because} ({lines}): <Problems problems={problems} />
          </li>
        ))}
      </ul>
      {notJudged.length > 0 && <h3>Not judged</h3>}
      <ul>
        {notJudged.map(({ problems, needs = [] }) => (
          <li key={needs.map(({ text }) => text).join()}>
            For want of{' '}
            {needs.map(({ text, href }, i) => (
              <Fragment key={text}>
                {i > 0 && ' or '}
                {href ? <a href={href}>{text}</a> : text}
              </Fragment>
            ))}
            : <Problems problems={problems} />
          </li>
        ))}
      </ul>
    </details>
  );
}
