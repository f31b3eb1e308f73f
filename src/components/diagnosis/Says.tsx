/** What one output of a check says: in words, and of which problems; and an output that is none of the known ones. */
import { Fragment } from 'preact';
import type { OutputsView, OutputView } from './outputs-view.ts';

export function Says({ one }: { one: OutputView }) {
  return (
    <>
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
    </>
  );
}

export function NotKnown({ one: { own, like } }: { one: OutputsView['unknown'][number] }) {
  if (own)
    return (
      <>
        this is the command of the check <a href={own.href}>{own.title}</a>, but not one of its known outputs:{' '}
        {own.prints.map((prints) => prints.replaceAll('`', '')).join('; ')}.
      </>
    );
  return (
    <>
      not a known output of a check. It looks like{' '}
      {like.map(({ href, title }, i) => (
        <Fragment key={title}>
          {i > 0 && ', '}
          <a href={href}>{title}</a>
        </Fragment>
      ))}
      .
    </>
  );
}
