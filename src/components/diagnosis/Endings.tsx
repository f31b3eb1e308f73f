/** The three counts, and behind them what was ruled out, and what nothing was said of and for want of what. */
import { Fragment } from 'preact';
import type { EndingsGroup, EndingsView } from './endings-view.ts';
import { StateMark } from './marks.tsx';

function Problems({ problems }: Pick<EndingsGroup, 'problems'>) {
  return (
    <>
      {problems.map(({ href, title }, i) => (
        <Fragment key={href}>
          {i > 0 && ', '}
          <a href={href}>{title}</a>
        </Fragment>
      ))}
    </>
  );
}

export function Endings({ endings: { counts, excluded, missing } }: { endings: EndingsView }) {
  const sum = (groups: readonly Pick<EndingsGroup, 'problems'>[]) =>
    groups.reduce((n, { problems }) => n + problems.length, 0);
  return (
    <details class="endings" data-endings>
      <summary>
        <b>{counts}</b> <span class="quiet small">all known problems, each with its reason</span>
      </summary>
      {excluded.length > 0 && (
        <>
          <h3>
            <StateMark state="fine" /> {sum(excluded)} ruled out
          </h3>
          <ul>
            {excluded.map(({ problems, because, lines }) => (
              <li key={`${because} ${lines}`}>
                <span class="ending-n">{problems.length}</span>
                <span>
                  {because?.[0]?.toUpperCase()}
                  {because?.slice(1)} <small>{lines}</small>
                </span>
                <span class="ending-names">
                  <Problems problems={problems} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {missing.length > 0 && (
        <>
          <h3>
            <StateMark state="undecided" /> {sum(missing)} not judged
          </h3>
          <ul>
            {missing.map(({ text, href, problems }) => (
              <li key={text}>
                <span class="ending-n">{problems.length}</span>
                <span>For want of {href ? <a href={href}>{text}</a> : text}</span>
                <span class="ending-names">
                  <Problems problems={problems} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </details>
  );
}
