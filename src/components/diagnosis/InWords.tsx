/** What was pasted is a person's sentence, and no line: the pages that the search finds for it, and the wizard. */
import { useEffect, useState } from 'preact/hooks';
import { href } from '../../browser/paths.ts';
import { type Hit, search } from '../../browser/search/index-access.ts';

const most = 5;

/** The search page with these words: in the fragment, which no browser sends, where there is a server to send it to. */
function searchFor(text: string): string {
  const words = new URLSearchParams({ q: text });
  return globalThis.samhainEdition ? href(`/search/?${words}`) : `${href('/search/')}#${words}`;
}

export function InWords({ text, wizardHref }: { text: string; wizardHref: string }) {
  const [hits, setHits] = useState<Hit[]>([]);
  useEffect(() => {
    let current = true;
    search(text).then(
      ({ groups }) => current && setHits(groups.flatMap((group) => group.hits).slice(0, most)),
      // Without the table the two links below lead on.
      () => {},
    );
    return () => {
      current = false;
    };
  }, [text]);
  const words = (hit: Hit) => hit.title.map((part) => part.text).join('');
  return (
    <section class="verdict nothing" data-in-words>
      <h2>This is a description, not a log</h2>
      {hits.length > 0 && (
        <>
          <p>These pages match your words best:</p>
          <ol>
            {hits.map((hit) => (
              <li key={hit.url}>
                <a href={hit.url}>{words(hit)}</a> <span class="small quiet">{hit.kind}</span>
              </li>
            ))}
          </ol>
        </>
      )}
      <p>
        <a href={wizardHref}>Answer a few questions</a> · <a href={searchFor(text)}>see all search results</a>
      </p>
      <p class="small quiet">
        A line that samhain or yule printed says more than any description: paste one as soon as you have it.
      </p>
    </section>
  );
}
