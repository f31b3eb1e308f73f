/** What outputs of checks said: which were recognised and what they mean, which were not, and what to ask next. */
import { Fragment } from 'preact';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import type { OutputsView, OutputView } from './outputs-view.ts';

function One({ one }: { one: OutputView }) {
  return (
    <li data-check={one.check}>
      <b>
        <a href={one.href}>{one.ask}</a>
      </b>{' '}
      <span class="quiet">
        on the {one.side}, {one.where}
      </span>
      <br />
      {one.prints}: {one.means.replaceAll('`', '')}
      {one.says.map(({ word, problems }) => (
        <Fragment key={word}>
          {' '}
          <b>{word}:</b>{' '}
          {problems.map(({ href, title }, i) => (
            <Fragment key={href + title}>
              {i > 0 && '; '}
              <a href={href}>{title}</a>
            </Fragment>
          ))}
          .
        </Fragment>
      ))}
    </li>
  );
}

function Next({ next }: { next: NonNullable<OutputsView['next']> }) {
  const { check, blocks } = next;
  return (
    <div class="next-check" data-next-check>
      <h2>What would settle most</h2>
      {check && (
        <>
          <p>
            On the {check.side}: <a href={check.href}>{check.ask}</a>{' '}
            <span class="small quiet">It {check.settles}. Paste the output below your other lines.</span>
          </p>
          {check.none === undefined ? <CopyPre text={check.run} /> : <NoCommand reason={check.none} />}
        </>
      )}
      {blocks.length > 0 && (
        <p class="small">
          {check ? 'Or run a block that gathers it all: ' : 'A block gathers it all: '}
          {blocks.map(({ side, href, settles }, i) => (
            <Fragment key={side}>
              {i > 0 && '; '}
              <a href={href}>that of the {side}</a> {settles}
            </Fragment>
          ))}
          .
        </p>
      )}
    </div>
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
          <h3>
            {count} {count === 1 ? 'output' : 'outputs'} of checks
          </h3>
          {blocks.length > 0 && (
            <ul class="small">
              {blocks.map(({ where, text }) => (
                <li key={where}>
                  {where}: {text}
                </li>
              ))}
            </ul>
          )}
          <ul class="small">
            {telling.map((one) => (
              <One key={one.where + one.check} one={one} />
            ))}
          </ul>
          {others.length > 0 && (
            <details class="small">
              <summary>{others.length} more that say nothing of any problem</summary>
              <ul>
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
          <h3>Outputs that are not known</h3>
          <ul class="small">
            {unknown.map(({ where, own, like }) => (
              <li key={where}>
                {own ? (
                  <>
                    {where}: this is the command of the check <a href={own.href}>{own.title}</a>, but its output is none
                    that is known: {own.prints.map((prints) => prints.replaceAll('`', '')).join('; ')}.
                  </>
                ) : (
                  <>
                    {where}: no known output of a check. It resembles{' '}
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
