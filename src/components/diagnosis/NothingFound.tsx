/** No record was recognised: the nearest messages, the search and the wizard lead on. */
import { href } from '../../site/paths.ts';
import { openSearch } from '../search/dialog.tsx';
import type { View } from './view.ts';

export function NothingFound({ view }: { view: View }) {
  return (
    <section class="verdict nothing">
      <h2>No line of samhain or yule found</h2>
      <p>
        What you pasted matches no message that this site knows. It may be another program's line, or a part of one.
      </p>
      {view.nearest.length > 0 && (
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
        · <a href={view.wizardHref}>answer a few questions</a> · <a href={href('/messages/')}>see all messages</a>
      </p>
      <p class="small quiet">
        Pasting more helps: the whole line with its neighbours, and the lines of the other side of the same minute.
      </p>
    </section>
  );
}
