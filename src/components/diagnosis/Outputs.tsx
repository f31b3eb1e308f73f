/** What outputs of checks said: which were recognised and what they mean, which were not, and what to ask next. */
import { Fragment } from 'preact';
import { href } from '../../browser/paths.ts';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import type { OutputsView, OutputView, UnknownView } from './outputs-view.ts';
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
          {check ? 'Or run one command that collects everything: ' : 'Run one command that collects everything: '}
          {blocks.map(({ side, href: page, most }, i) => (
            <Fragment key={side}>
              {i > 0 && ', '}
              <a href={page}>on the {side}</a> {i === 0 && 'it can decide '}up to {most}
            </Fragment>
          ))}
          .
        </p>
      )}
    </section>
  );
}

/** True where nothing but the command is wanting: the reader knows which one printed it. */
export const wantsCommand = (outputs: OutputsView | undefined): boolean =>
  outputs?.unknown.some(({ own, like }) => !own && like.some(({ run }) => run)) ?? false;

interface UnknownProps {
  one: UnknownView;
  onCommand: Props['onCommand'];
}

/** An output without its command: the same lines mean one thing of one command and another of the next. */
function Unknown({ one, onCommand }: UnknownProps) {
  const commands = one.own ? [] : one.like.filter(({ run }) => run);
  if (commands.length === 0)
    return (
      <p>
        {one.where}: <NotKnown one={one} />
      </p>
    );
  return (
    <>
      <p>
        Which command printed {one.where === 'line 1' ? 'it' : `what is at ${one.where}`}?{' '}
        <span class="quiet">What the lines mean depends on it.</span>
      </p>
      <ul class="which">
        {commands.map(({ run = '', ask, title }) => (
          <li key={title}>
            <button type="button" onClick={() => onCommand(one.source, run)}>
              <code>{run}</code>
              <small>{ask}</small>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface Props {
  outputs: OutputsView | undefined;
  /** Nothing else is there to say. */
  alone?: boolean;
  onOutput: TakeOutput;
  /** The reader knows which command printed a source. */
  onCommand: (source: string, command: string) => void;
}

export function Outputs({ outputs, alone = false, onOutput, onCommand }: Props) {
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
        <section class={alone ? 'verdict nothing' : ''} data-unknown-outputs>
          <h2>{alone ? 'This looks like the output of a check' : 'Outputs that were not recognized'}</h2>
          {unknown.map((one) => (
            <Unknown key={one.where} one={one} onCommand={onCommand} />
          ))}
          {alone && (
            <p class="small quiet">
              None of these? Write the command above its output, as in a terminal.{' '}
              <a href={href('/checks/')}>See all checks</a>
            </p>
          )}
        </section>
      )}
      {next && !next.certain && <Next next={next} onOutput={onOutput} />}
    </>
  );
}
