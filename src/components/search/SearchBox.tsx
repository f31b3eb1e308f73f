/** The search field with its results; the dialog and the search page show the same. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { href } from '../../browser/paths.ts';
import { commonest, type Group, type Hit, type Part, type Results, search } from '../../browser/search/index-access.ts';
import { handOver } from '../../browser/search/log-line.ts';
import type { Recognised } from '../../browser/search/recognise.ts';
import { looksLikeLine } from '../../browser/search/typed-line.ts';
import { takeWords } from '../../browser/search/typed-words.ts';
import { failureText, searchMissing } from '../../report/failures.ts';
import { severityClass } from '../lines/severity.ts';

interface Shown {
  query: string;
  groups: Group[];
  found?: Results;
  recognised?: Recognised;
}

/** The groups without the page that the line has led to already. */
const without = (groups: Group[], url: string | undefined): Group[] =>
  groups
    .map((group) => ({ ...group, hits: group.hits.filter((hit) => hit.url !== url) }))
    .filter(({ hits }) => hits.length > 0);

const confidences = { certain: 'Certain', likely: 'Likely', possible: 'Possible' };

function Text({ parts }: { parts: Part[] }) {
  return <>{parts.map((part, i) => (part.hit ? <mark key={i}>{part.text}</mark> : part.text))}</>;
}

function Result({ hit }: { hit: Hit }) {
  return (
    <li>
      <a href={hit.url}>
        <span class="hit-title">
          <Text parts={hit.title} />
        </span>
        <span class="hit-note small quiet">
          <Text parts={hit.note} />
        </span>
        <span class="hit-place small quiet">
          {hit.severity && <b class={severityClass(hit.severity)}>{hit.severity} </b>}
          {[hit.kind, hit.place].filter(Boolean).join(' · ')}
        </span>
      </a>
    </li>
  );
}

/** What the engine, or the words themselves, say of a line: another thing than a hit. */
function Line({ line }: { line: Recognised }) {
  return (
    <li>
      <a href={line.url} class="hit-line" data-recognised>
        <span class="small">
          {line.confidence ? <b>{confidences[line.confidence]}</b> : 'What it means'}
          <span class="quiet"> · from this line</span>
        </span>
        <strong class="hit-verdict">{line.title}</strong>
        <span>{line.text}</span>
        <span class="button primary">{line.confidence ? 'Fix it' : 'Read more'}</span>
      </a>
    </li>
  );
}

/** Bare words of a message: what it says if samhain printed them. */
function ofWords({ recognised }: Results): Recognised | undefined {
  if (!recognised) return undefined;
  const { itself, problem } = recognised;
  const text = (parts: Part[]) => parts.map((part) => part.text).join('');
  return problem
    ? { confidence: 'likely', title: text(problem.title), text: text(problem.note), url: problem.url }
    : { title: text(itself.title), text: text(itself.note), url: itself.url };
}

function wordsOfAddress(): string {
  return takeWords('q') || new URLSearchParams(globalThis.samhainEdition?.query()).get('q') || '';
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

/** What is said of the results, also to who cannot see them. */
function status({ found }: Shown): string {
  if (!found) return '';
  const left =
    found.unknown.length > 0
      ? new Intl.ListFormat('en', { type: 'disjunction' }).format(found.unknown.map((w) => `“${w}”`))
      : '';
  if (found.total === 0)
    return 'Nothing found for these words. Below are the common problems, and two ways that need no words.';
  return `${found.total} page${found.total === 1 ? '' : 's'} found.${left && ` Nothing here names ${left}; what follows is about the other words.`}`;
}

interface Props {
  /** Begins with the words that the address holds (`#q=`), as a browser's own search field puts them there. */
  fromAddress?: boolean;
  /** What an empty field shows, where the page has it already: it need not wait for the table. */
  common?: Group;
}

export function SearchBox({ fromAddress = false, common }: Props) {
  const [query, setQuery] = useState('');
  const [shown, setShown] = useState<Shown>({ query: '', groups: common ? [common] : [] });
  const [failed, setFailed] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  /** Enter was pressed before the pages for these words were found. */
  const waiting = useRef(false);
  const text = query.trim();
  const line = looksLikeLine(query);
  // The commonest problems are no answer: as soon as something is typed nobody shall walk into their list.
  const groups = text && shown.query === '' ? [] : shown.groups;

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
    let current = true;
    const show = async (): Promise<void> => {
      if (!text) {
        const group = await commonest();
        if (current) setShown({ query: '', groups: [group] });
        return;
      }
      const found = await search(text);
      if (!current) return;
      // Never an empty list: what is commonest is offered, and said to be that.
      const groups = found.groups.length > 0 ? found.groups : [await commonest()];
      if (!current) return;
      const next: Shown = { query: text, groups, found, recognised: ofWords(found) };
      // The pages are there at once; what the engine says of a line takes the first place when it comes.
      if (!line || !waiting.current) setShown(next);
      if (!line) return;
      const { recognise } = await import('../../browser/search/recognise.ts');
      const recognised = await recognise(query).catch(() => undefined);
      if (current && recognised) setShown({ ...next, recognised });
      else if (current) setShown(next);
    };
    show().then(
      () => current && setFailed(false),
      () => current && setFailed(true),
    );
    return () => {
      current = false;
    };
  }, [text]);

  useEffect(() => {
    if (!waiting.current || shown.query !== text) return;
    waiting.current = false;
    openFirst();
  }, [shown]);

  function openFirst(): void {
    // What was found, not what is offered in its place.
    if (shown.found?.groups.length === 0 && !shown.recognised) return;
    box.current?.querySelector<HTMLAnchorElement>('.hits a')?.click();
  }

  /** Opens the first page for the words as they stand, now or as soon as it is found. */
  function submit(): void {
    // (What stands in the field: the last letters may not have been rendered yet.)
    const words = box.current?.querySelector('input')?.value.trim() ?? '';
    if (!words) return;
    waiting.current = shown.query !== words;
    if (!waiting.current) openFirst();
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
            placeholder="What you see, or a line of the log"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => {
              waiting.current = false;
              setQuery(event.currentTarget.value);
            }}
          />
          {/* Enter in the field does the same; who walks by keyboard would stop at something that cannot be seen. */}
          <button type="submit" class="hidden-text" tabIndex={-1}>
            Open the first one
          </button>
        </form>
      </search>
      <p class="small quiet search-status" aria-live="polite">
        {failed ? failureText(searchMissing) : shown.query !== text ? 'Searching…' : status(shown)}
      </p>
      {shown.recognised && (
        <ol class="hits hit-first">
          <Line line={shown.recognised} />
        </ol>
      )}
      {without(groups, shown.recognised?.url).map(({ id, title, hits }) => (
        <section class="hit-group" key={id} aria-label={title}>
          <h2>{title}</h2>
          <ol class="hits">
            {hits.map((hit) => (
              <Result key={hit.url} hit={hit} />
            ))}
          </ol>
        </section>
      ))}
      {/* Not before the first hits: these would push it down. */}
      {(shown.groups.length > 0 || shown.found || failed) && (
        <section class="hit-group hit-ways" aria-label="Other ways">
          <h2>Or</h2>
          <ul class="hits">
            <li>
              <a href={href('/wizard/')}>
                <span class="hit-title">Answer a few questions</span>
                <span class="hit-note small quiet">The wizard leads from what you see to the cause.</span>
              </a>
            </li>
            <li>
              <a href={href('/diagnose/')} onClick={() => line && handOver(query)}>
                <span class="hit-title">Paste your log</span>
                <span class="hit-note small quiet">
                  {line
                    ? 'Diagnose it: your text goes with you, and nothing leaves your browser.'
                    : 'One line of either side is enough. Nothing leaves your browser.'}
                </span>
              </a>
            </li>
          </ul>
        </section>
      )}
    </div>
  );
}
