/** What outputs of checks said: which were recognised and what they mean, which were not, and what to ask next. */
import { Fragment } from 'preact';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import type { OutputsView, OutputView } from './outputs-view.ts';

function One({ one }: { one: OutputView }) {
  return (
    <li data-check={one.check}>
      <p class="output-ask">
        <a href={one.href}>{one.ask}</a>
        <small>
          on the {one.side}, {one.where}
        </small>
      </p>
      <p>
        <span class="quiet">{one.prints}:</span> {one.means.replaceAll('`', '')}
        {one.says.map(({ word, problems }) => (
          <span key={word} class="output-says">
            <b>{word}</b>{' '}
            {problems.map(({ href, title }, i) => (
              <Fragment key={href + title}>
                {i > 0 && ', '}
                <a href={href}>{title}</a>
              </Fragment>
            ))}
          </span>
        ))}
      </p>
    </li>
  );
}

function Next({ next }: { next: NonNullable<OutputsView['next']> }) {
  const { check, blocks } = next;
  return (
    <section class="next-check" data-next-check>
      <h2>The most useful next check</h2>
      {check && (
        <>
          <p>
            On the {check.side}: <a href={check.href}>{check.ask}</a>{' '}
            <span class="small quiet">It {check.settles}. Paste its output with your other lines.</span>
          </p>
          {check.none === undefined ? <CopyPre text={check.run} /> : <NoCommand reason={check.none} />}
        </>
      )}
      {blocks.length > 0 && (
        <p class="small">
          {check
            ? 'Or collect everything on a side with one command: '
            : 'Collect everything on a side with one command: '}
          {blocks.map(({ side, href, settles }, i) => (
            <Fragment key={side}>
              {i > 0 && '; '}
              <a href={href}>the {side}'s</a> {settles}
            </Fragment>
          ))}
          .
        </p>
      )}
    </section>
  );
}

export function Outputs({ outputs }: { outputs: OutputsView | undefined }) {
  if (!outputs) return null;
  const { telling, others, blocks, unknown, next } = outputs;
  const count = telling.length + others.length;
  return (
    <>
      {count + blocks.length > 0 && (
        <section class="outputs" data-outputs>
          <h3>{count === 1 ? '1 check, and what it shows' : `${count} checks, and what they show`}</h3>
          {blocks.map(({ where, text }) => (
            <p key={where} class="small quiet">
              {text}, {where}
            </p>
          ))}
          <ul class="output-list small">
            {telling.map((one) => (
              <One key={one.where + one.check} one={one} />
            ))}
          </ul>
          {others.length > 0 && (
            <details class="small">
              <summary>{others.length} more that say nothing about any problem</summary>
              <ul class="output-list">
                {others.map((one) => (
                  <One key={one.where + one.check} one={one} />
                ))}
              </ul>
            </details>
          )}
        </section>
      )}
      {unknown.length > 0 && (
        <section data-unknown-outputs>
          <h3>Outputs that were not recognized</h3>
          <ul class="small">
            {unknown.map(({ where, own, like }) => (
              <li key={where}>
                {own ? (
                  <>
                    {where}: this is the command of the check <a href={own.href}>{own.title}</a>, but not one of its
                    known outputs: {own.prints.map((prints) => prints.replaceAll('`', '')).join('; ')}.
                  </>
                ) : (
                  <>
                    {where}: not a known output of a check. It looks like{' '}
                    {like.map(({ href, title }, i) => (
                      <Fragment key={title}>
                        {i > 0 && ', '}
                        <a href={href}>{title}</a>
                      </Fragment>
                    ))}
                    .
                  </>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {next && !next.certain && <Next next={next} />}
    </>
  );
}
