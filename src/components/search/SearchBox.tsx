/** The search field with its results; the dialog and the search page show the same. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { href } from '../../site/paths.ts';
import { takeWords } from '../../site/typed-words.ts';
import { type Hit, search } from './index-access.ts';
import { handOver, looksLikeLogLine } from './log-line.ts';

type State = { phase: 'idle' | 'busy' | 'failed' } | { phase: 'done'; query: string; hits: Hit[]; total: number };

function Result({ hit }: { hit: Hit }) {
  return (
    <li>
      <a href={hit.url}>
        <span class="hit-title">
          {hit.title} <small class="chip quiet">{hit.kind}</small>
        </span>
        <span class="small quiet">
          {hit.excerpt.map((part, i) => (part.hit ? <mark key={i}>{part.text}</mark> : part.text))}
        </span>
      </a>
    </li>
  );
}

function wordsOfAddress(): string {
  return takeWords('q') || new URLSearchParams(globalThis.samhainEdition?.query()).get('q') || '';
}

function open(hit: Hit | undefined): void {
  if (hit) location.href = hit.url;
}

/** Arrow keys walk over field and results; Home and End stay with the text. */
function walk(event: KeyboardEvent, box: HTMLElement | null): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...(box?.querySelectorAll<HTMLElement>('input, .hits a') ?? [])];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

interface Props {
  /** Begins with the words that the address holds (`#q=`), as a browser's own search field puts them there. */
  fromAddress?: boolean;
}

export function SearchBox({ fromAddress = false }: Props) {
  const [query, setQuery] = useState('');
  const [state, setState] = useState<State>({ phase: 'idle' });
  const box = useRef<HTMLDivElement>(null);
  /** Enter was pressed before the pages for these words were found. */
  const waiting = useRef(false);

  useEffect(() => {
    // What was typed before this script ran counts more than the address.
    const typed = box.current?.querySelector('input')?.value;
    setQuery(typed || (fromAddress && wordsOfAddress()) || '');
    if (!fromAddress) return;
    // The browser's search field was used again, on this page.
    const again = () => setQuery((old) => wordsOfAddress() || old);
    addEventListener('hashchange', again);
    return () => removeEventListener('hashchange', again);
  }, []);

  useEffect(() => {
    const text = query.trim();
    if (!text) {
      setState({ phase: 'idle' });
      return;
    }
    let current = true;
    setState((old) => (old.phase === 'done' ? old : { phase: 'busy' }));
    search(text).then(
      (found) => {
        if (!current || !found) return;
        setState({ phase: 'done', query: text, ...found });
        if (waiting.current) open(found.hits[0]);
      },
      () => current && setState({ phase: 'failed' }),
    );
    return () => {
      current = false;
    };
  }, [query]);

  /** Opens the first page for the words as they stand, now or as soon as it is found. */
  function submit(): void {
    waiting.current = state.phase !== 'done' || state.query !== query.trim();
    if (state.phase === 'done' && !waiting.current) open(state.hits[0]);
  }

  return (
    <div ref={box} class="search-box" onKeyDown={(event) => walk(event, box.current)}>
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <input
            aria-label="Search all pages"
            type="search"
            value={query}
            placeholder="A few words, or an error text"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              waiting.current = false;
              setQuery(event.currentTarget.value);
            }}
          />
          <button type="submit" class="hidden-text">
            Open the first page found
          </button>
        </form>
      </search>
      {looksLikeLogLine(query) && (
        <p class="to-diagnosis">
          This looks like a log line.{' '}
          <a href={href('/diagnose/')} onClick={() => handOver(query)}>
            Diagnose it →
          </a>
        </p>
      )}
      <p class="small quiet" aria-live="polite">
        {state.phase === 'busy' && 'Searching…'}
        {state.phase === 'failed' &&
          'The search index cannot be loaded. The lists of problems and messages work without it.'}
        {state.phase === 'done' &&
          (state.total === 0
            ? 'Nothing found. Try fewer words, or paste the whole line into the diagnosis.'
            : `${state.total} page${state.total === 1 ? '' : 's'} found`)}
      </p>
      {state.phase === 'done' && (
        <ol class="hits">
          {state.hits.map((hit) => (
            <Result key={hit.url} hit={hit} />
          ))}
        </ol>
      )}
    </div>
  );
}
