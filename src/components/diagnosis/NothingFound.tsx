/** No record was recognised: the messages worded alike or nearest, the search and the wizard lead on. */

import { href } from '../../browser/paths.ts';
import { isSentence } from '../../browser/search/sentence.ts';
import { openSearch } from '../search/dialog.tsx';
import { InWords } from './InWords.tsx';
import type { View } from './view.ts';

function reason({ input, unknownLines }: View): string {
  if (input.unknownRecords > 0) {
    return "Some records have samhain's format but match none of its messages. Another program may have written them.";
  }
  if (input.recognised > 0) {
    return 'These are the words of a message (see below), but with no record around them. They show neither a fault nor that all is well.';
  }
  if (unknownLines.length === 0) {
    return input.records === 0 && input.lines === 0
      ? 'It is empty.'
      : "It contains only blank lines or other programs' lines.";
  }
  return "What you pasted matches no message that this site knows. It may be another program's line, or a part of one.";
}

/** Words of a message with nothing of samhain around them: the message's page, and no diagnosis. */
export function Alike({ view }: { view: View }) {
  if (view.alike.length === 0) return null;
  return (
    <section data-alike>
      <h3>Same words as a samhain message</h3>
      <p class="small quiet">
        Other programs print these words too, and nothing around them shows that samhain or yule wrote them. If they
        did, paste the whole line with its severity and time stamp.
      </p>
      <ul class="small">
        {view.alike.map(({ where, text, href: page, title }) => (
          <li key={page}>
            {where}: <code>{text}</code>, like <a href={page}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function NothingFound({ view }: { view: View }) {
  const words = view.unknownLines.map(({ text }) => text).join('\n');
  // (What is worded like a message is taken for a line.)
  const { others, unknownRecords, recognised } = view.input;
  const few = !others && unknownRecords === 0 && recognised === 0 && view.alike.length === 0;
  if (few && isSentence(words)) return <InWords text={words} wizardHref={view.wizardHref} />;
  const alike = view.alike.length > 0 && view.input.unknownRecords === 0;
  return (
    <section class="verdict nothing">
      <h2>No line of samhain or yule found</h2>
      {!alike && <p>{reason(view)}</p>}
      <Alike view={view} />
      {!alike && view.nearest.length > 0 && (
        <>
          <h3>The nearest messages</h3>
          <ul>
            {view.nearest.map((near) => (
              <li key={near.href}>
                <a href={near.href}>
                  <code>{near.title}</code>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        <a
          href={href('/search/')}
          onClick={(event) => {
            event.preventDefault();
            openSearch();
          }}
        >
          Search all pages
        </a>{' '}
        · <a href={view.wizardHref}>answer a few questions</a> ·{' '}
        <a href={href('/gather/')}>collect the facts on each side</a> ·{' '}
        <a href={href('/messages/')}>see all messages</a>
      </p>
      <p class="small quiet">
        Pasting more helps: the whole line with the lines around it, and the other side's lines from the same minute.
      </p>
    </section>
  );
}
