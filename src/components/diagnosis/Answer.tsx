/** The answer below the paste box: verdict, what decides, the lines in two lanes, what was not recognised. */
import { Fragment } from 'preact';
import { NothingFound } from './NothingFound.tsx';
import { Timeline } from './Timeline.tsx';
import { Verdict } from './Verdict.tsx';
import type { View } from './view.ts';

const number = (n: number, word: string) => `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;

function Summary({ view }: { view: View }) {
  const { lines, records, recognised, unknown } = view.input;
  return (
    <p class="small quiet" data-summary>
      {number(lines, 'line')} read, {number(records, 'record')} found, {recognised} recognised
      {unknown > 0 && `, ${number(unknown, 'line')} not recognised`}.
    </p>
  );
}

function Healthy({ view }: { view: View }) {
  return (
    <section class="verdict well">
      <h2>Nothing wrong found</h2>
      <p>
        {view.input.recognised === 1 ? 'This line is' : `All ${view.input.recognised} records are`} what a working
        client or server prints
        {view.rows.some((row) => row.kind === 'report') && ', with reports of the file check among them'}.
      </p>
      <p class="small quiet">
        If something does not work all the same, its line is not among these. Look at the other side, and at the minute
        in which it failed. <a href={view.wizardHref}>Answer a few questions →</a>
      </p>
    </section>
  );
}

/** Errors are there, but no problem of ours explains them: never "nothing wrong". */
function Unclear({ view }: { view: View }) {
  return (
    <section class="verdict undecided">
      <h2>An error, but no known problem</h2>
      <p>
        The lines were recognised, and some report an error. What each means stands below; no problem that this site
        knows explains it.
      </p>
      <p>
        Paste more: the lines around it, and those of the other side of the same minute. Or{' '}
        <a href={view.wizardHref}>answer a few questions</a>.
      </p>
    </section>
  );
}

function Harmless({ view }: { view: View }) {
  if (view.harmless.length === 0) return null;
  return (
    <section>
      <h3>Looks bad, but is not</h3>
      <ul class="small">
        {view.harmless.map(({ where, words, because }) => (
          <li key={where + words}>
            {where}: <code>{words}</code>. {because}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Several problems fit the lines about equally: say so, say what decides, carry on in the wizard. */
function Undecided({ view }: { view: View }) {
  const { undecided } = view;
  if (!undecided) return null;
  return (
    <section class="verdict undecided">
      {undecided.even ? (
        <>
          <h2>These lines fit {undecided.count} problems</h2>
          <p>The lines given do not decide between them. This does:</p>
        </>
      ) : (
        <h3>Another cause is thinkable. What decides:</h3>
      )}
      <ul class="asks">
        {undecided.ask.map((ask) => (
          <li key={ask.look}>
            <span class="where">
              {ask.on !== 'server' && <i class="rail rail-client" aria-hidden="true" />}
              {ask.on !== 'client' && <i class="rail" aria-hidden="true" />}
              {ask.on === 'both' ? 'on both sides' : `on the ${ask.on}`}
            </span>
            {ask.look}
            {ask.run && (
              <pre tabIndex={0} data-copy>
                <code>{ask.run}</code>
              </pre>
            )}
          </li>
        ))}
      </ul>
      <p>
        Paste what it shows below the lines above
        {undecided.question && (
          <>
            , or{' '}
            <a href={undecided.question.href} data-carry-on>
              carry on in the wizard: {undecided.question.ask}
            </a>
          </>
        )}
        .
      </p>
    </section>
  );
}

export function Answer({ view }: { view: View }) {
  const even = view.undecided?.even ?? false;
  return (
    <>
      <Summary view={view} />
      {view.state === 'nothing' && <NothingFound view={view} />}
      {view.state === 'healthy' && <Healthy view={view} />}
      {view.state === 'unclear' && <Unclear view={view} />}
      {even && <Undecided view={view} />}
      {view.verdicts.map((verdict, i) => (
        <Fragment key={verdict.problem + (verdict.host ?? '')}>
          <Verdict verdict={verdict} open={i === 0 && !even} />
          {i === 0 && !even && <Undecided view={view} />}
        </Fragment>
      ))}
      {view.verdictsLeft > 0 && (
        <p class="quiet">{view.verdictsLeft.toLocaleString('en')} more of these lines' diagnoses are not shown.</p>
      )}
      <Harmless view={view} />
      {view.rows.length > 0 && <Timeline view={view} />}
      {view.state !== 'nothing' && view.unknownLines.length > 0 && (
        <details class="unknown-lines">
          <summary>
            {number(view.input.unknown, 'line')} not recognised
            {view.input.unknown > view.unknownLines.length && ' (the first are shown)'}
          </summary>
          <pre tabIndex={0}>{view.unknownLines.map(({ where, text }) => `${where}: ${text}\n`)}</pre>
        </details>
      )}
    </>
  );
}
