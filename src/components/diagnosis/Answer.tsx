/** The answer below the paste box: verdict, what decides, the lines in two lanes, what was not recognised. */
import { Asks } from './Asks.tsx';
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

/** The connection works, but the file check found something: that is for a person to look at, not for this site to clear. */
function Reports({ view }: { view: View }) {
  const reports = view.rows.filter((row) => row.kind === 'report' && row.bad);
  return (
    <section class="verdict undecided">
      <h2>The connection works. The file check reports changes</h2>
      <p>
        {reports.length === 1 ? 'One kind of report' : `${reports.length} kinds of reports`} of changed, missing or new
        files, logins or programs. They are no connection problem. Find out who made the changes before you renew the
        baseline.
      </p>
      <ul class="small">
        {reports.slice(0, 10).map((row) => (
          <li key={row.key}>
            {row.where}: <code>{row.words}</code> {row.values.join(' · ')}
          </li>
        ))}
      </ul>
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
function Undecided({ undecided }: { undecided: NonNullable<View['undecided']> }) {
  return (
    <section class="verdict undecided">
      <h2>These lines fit {undecided.count} problems</h2>
      <p>The lines given do not decide between them. This does:</p>
      <Asks undecided={undecided} />
    </section>
  );
}

/** What a screen reader is told when an answer has come; the rest is there to be read. */
export function headline(view: View): string {
  const [first] = view.verdicts;
  if (view.undecided?.even) return `These lines fit ${view.undecided.count} problems.`;
  if (first) return `${first.confidence}: ${first.title}${first.over ? ', over' : ''}.`;
  const words = {
    healthy: 'Nothing wrong found.',
    reports: 'Reports of the file check.',
    unclear: 'An error, but no known problem.',
  };
  return words[view.state as keyof typeof words] ?? 'No line of samhain or yule found.';
}

export function Answer({ view }: { view: View }) {
  return (
    <>
      <Summary view={view} />
      {view.state === 'nothing' && <NothingFound view={view} />}
      {view.state === 'healthy' && <Healthy view={view} />}
      {view.state === 'reports' && <Reports view={view} />}
      {view.state === 'unclear' && <Unclear view={view} />}
      {view.undecided?.even && <Undecided undecided={view.undecided} />}
      {view.verdicts.map((verdict, i) => (
        <Verdict
          key={verdict.problem + (verdict.host ?? '')}
          verdict={verdict}
          open={i === 0 && !view.undecided}
          sure={i === 0 && !view.undecided?.even ? view.undecided : undefined}
        />
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
