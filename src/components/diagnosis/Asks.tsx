/** What decides: what to look for, where, with which command, and the question of the wizard that splits the candidates. */
import { CopyPre, NoCommand } from './CopyPre.tsx';
import type { View } from './view.ts';
import { Where } from './Where.tsx';

export function Asks({ undecided }: { undecided: NonNullable<View['undecided']> }) {
  return (
    <>
      <ul class="asks">
        {undecided.quoted && (
          <li>
            Paste the whole record as it is in the log, with its severity, its time stamp and all that follows. If your
            line has none of these, another program may have written it.
          </li>
        )}
        {undecided.ask.map((ask) => (
          <li key={ask.look}>
            <Where side={ask.on} /> {ask.look}
            {ask.run && <CopyPre text={ask.run} />}
            {ask.none && <NoCommand reason={ask.none} />}
          </li>
        ))}
      </ul>
      <p>
        Log lines that it shows: paste them below the lines above
        {undecided.question && (
          <>
            . Or{' '}
            <a href={undecided.question.href} data-carry-on>
              carry on in the wizard: {undecided.question.ask}
            </a>
          </>
        )}
      </p>
    </>
  );
}
