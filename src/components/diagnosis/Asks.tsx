/** What decides: what to look for, where, with which command, and the question of the wizard that splits the candidates. */

import { Where } from '../lines/Where.tsx';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import { PasteSlot, type TakeOutput } from './PasteSlot.tsx';
import type { Decide } from './types.ts';

export function Asks({ decide, onOutput }: { decide: Decide; onOutput: TakeOutput }) {
  const slot = decide.ask.findIndex(({ run }) => run);
  return (
    <>
      <ul class="asks">
        {decide.quoted && (
          <li>
            Paste the whole record as it is in the log, with its severity, its time stamp and all that follows. If your
            line has none of these, another program may have written it.
          </li>
        )}
        {decide.ask.map((ask, i) => (
          <li key={ask.look} class={`lane-bar lane-${ask.on}`}>
            <p>
              <Where side={ask.on} /> {ask.look}
            </p>
            {ask.run && <CopyPre text={ask.run} />}
            {ask.none && <NoCommand reason={ask.none} />}
            {ask.run && <PasteSlot command={ask.run} side={ask.on} large={i === slot} onOutput={onOutput} />}
          </li>
        ))}
      </ul>
      {decide.question && (
        <p>
          No access there?{' '}
          <a href={decide.question.href} data-carry-on>
            Continue in the wizard: {decide.question.ask}
          </a>
        </p>
      )}
    </>
  );
}
