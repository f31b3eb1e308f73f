/** What outputs of checks said: which were recognised and what they mean, which were not, and what to ask next. */
import { Fragment } from 'preact';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import type { OutputsView, OutputView } from './outputs-view.ts';
import { PasteSlot, type TakeOutput } from './PasteSlot.tsx';
import { NotKnown, Says } from './Says.tsx';

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
        <Says one={one} />
      </p>
    </li>
  );
}

function Next({ next, onOutput }: { next: NonNullable<OutputsView['next']>; onOutput: TakeOutput }) {
  const { check, blocks } = next;
  return (
    <section class="next-check" data-next-check>
      <h2>The most useful next check</h2>
      {check && (
        <>
          <p>
            On the {check.side}: <a href={check.href}>{check.ask}</a>{' '}
            <span class="small quiet">It {check.settles}.</span>
          </p>
          {check.none === undefined ? <CopyPre text={check.run} /> : <NoCommand reason={check.none} />}
          {check.none === undefined && (
            <PasteSlot key={check.href} command={check.run} side={check.side} onOutput={onOutput} />
          )}
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

export function Outputs({ outputs, onOutput }: { outputs: OutputsView | undefined; onOutput: TakeOutput }) {
  if (!outputs) return null;
  const { telling, others, blocks, unknown, next } = outputs;
  const count = telling.length + others.length;
  return (
    <>
      {count + blocks.length > 0 && (
        <section class="outputs" data-outputs>
          <h2>{count === 1 ? '1 check, and what it shows' : `${count} checks, and what they show`}</h2>
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
          <h2>Outputs that were not recognized</h2>
          <ul class="small">
            {unknown.map((one) => (
              <li key={one.where}>
                {one.where}: <NotKnown one={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {next && !next.certain && <Next next={next} onOutput={onOutput} />}
    </>
  );
}
