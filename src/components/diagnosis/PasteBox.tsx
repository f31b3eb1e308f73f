/** The paste box: text or files in, an answer below, as one types. Everything stays in the browser. */
import installations from 'virtual:setups';
import { useEffect, useRef, useState } from 'preact/hooks';
import { handOverKey } from '../../browser/search/log-line.ts';
import { changed, readChoice } from '../../browser/setup/choice.ts';
import { type EngineClient, type Question, readFile, startEngine } from '../../browser/workbench/engine-client.ts';
import { addFiles, type HeldFile } from '../../browser/workbench/held-files.ts';
import { pasted } from '../../engine/names.ts';
import type { Source } from '../../engine/types.ts';
import { Answer, headline } from './Answer.tsx';
import { HandOn } from './HandOn.tsx';
import { Progress, type ReadingNow } from './Progress.tsx';
import type { View } from './view.ts';

export interface Example {
  name: string;
  text: string;
}

interface Props {
  examples: Example[];
  /** More lines in the box, for the page that is nothing but the box. */
  tall?: boolean;
}

let engine: EngineClient | undefined;

const keptKey = 'samhain-troubleshooter-box';

/** Larger texts are not kept: storage is small, and the user has them in a file. */
const mostKept = 1_000_000;

/** Keeps the text in this tab, so that Back from a page finds it again; gone when the tab is closed. */
function keep(text: string): void {
  try {
    if (text && text.length <= mostKept) sessionStorage.setItem(keptKey, text);
    else sessionStorage.removeItem(keptKey);
  } catch {
    // Storage refused: Back then finds what the browser itself restores.
  }
}

/** The kept text, if the page was reached by Back, Forward or reload; a fresh visit begins with an empty box. */
function kept(): string {
  const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (how?.type !== 'back_forward' && how?.type !== 'reload') return '';
  try {
    return sessionStorage.getItem(keptKey) ?? '';
  } catch {
    return '';
  }
}

/** Text left by the search ("diagnose it"), taken once. */
function takeHandOver(): string {
  try {
    const text = sessionStorage.getItem(handOverKey) ?? '';
    sessionStorage.removeItem(handOverKey);
    return text;
  } catch {
    return '';
  }
}

export function PasteBox({ examples, tall = false }: Props) {
  const box = useRef<HTMLTextAreaElement>(null);
  const [files, setFiles] = useState<HeldFile[]>([]);
  const [view, setView] = useState<View>();
  /** What the view is the answer to. */
  const [question, setQuestion] = useState<Question>();
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const [over, setOver] = useState(false);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  /** Files that are being read, and how far it is. */
  const [loading, setLoading] = useState<readonly ReadingNow[]>([]);
  /** The files as they are now: a reading can take long, and others end before it. */
  const held = useRef<HeldFile[]>([]);
  const reading = useRef(new AbortController());
  const timer = useRef(0);
  const asked = useRef(0);

  async function run(text: string, dropped: readonly Source[]): Promise<void> {
    const sources: Source[] = [...(text.trim() ? [{ name: pasted, text }] : []), ...dropped];
    // An answer that comes after the box was cleared, or filled anew, belongs to nothing any more.
    asked.current += 1;
    const mine = asked.current;
    if (sources.length === 0) {
      keep('');
      engine?.stop();
      setView(undefined);
      setFault('');
      setBusy(false);
      return;
    }
    keep(text);
    engine ??= startEngine();
    // Only a wait that can be felt is told: most answers come at once.
    const wait = setTimeout(() => mine === asked.current && setBusy(true), 200);
    try {
      const question = { sources, choice: readChoice(installations) };
      const result = await engine.analyse(question);
      if (result && mine === asked.current) {
        setView(result);
        setQuestion(question);
        setFault('');
      }
    } catch (error) {
      if (mine !== asked.current) return;
      // The answer that stands there belongs to another text.
      setView(undefined);
      const reason = error instanceof Error ? error.message : String(error);
      setFault(`The diagnosis could not be run: ${reason}. Your text is still in the box.`);
    } finally {
      clearTimeout(wait);
      if (mine === asked.current) setBusy(false);
    }
  }

  function update(dropped = held.current, wait = 60): void {
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void run(box.current?.value ?? '', dropped), wait);
  }

  useEffect(() => {
    // What was typed before this script ran, or restored by the browser, counts too.
    const handed = takeHandOver();
    if (box.current) box.current.value = handed || box.current.value || kept();
    setReady(true);
    update(held.current, 0);
    // Where one file holds all pages, the box may be there already when the search hands something over.
    const onArrival = () => {
      const text = box.current?.closest('[hidden]') ? '' : takeHandOver();
      if (text) put(text);
    };
    addEventListener('hashchange', onArrival);
    const onSetup = () => update(held.current, 0);
    addEventListener(changed, onSetup);
    return () => {
      clearTimeout(timer.current);
      removeEventListener('hashchange', onArrival);
      removeEventListener(changed, onSetup);
    };
  }, []);

  function hold(next: HeldFile[]): void {
    held.current = next;
    setFiles(next);
    update(next, 0);
  }

  async function take(list: readonly File[]): Promise<void> {
    if (list.length === 0) return;
    const { signal } = reading.current;
    const refusals: string[] = [];
    for (const file of list) {
      const enough = new AbortController();
      const now: ReadingNow = { name: file.name, size: file.size, since: performance.now(), bytes: 0, enough };
      const show = (next: ReadingNow | undefined) =>
        setLoading((all) => [...all.filter((one) => one.enough !== enough), ...(next ? [next] : [])]);
      show(now);
      try {
        const progress = (bytes: number) => show({ ...now, bytes });
        const { source, refused } = await readFile(file, { signal, enough: enough.signal, progress });
        if (refused) refusals.push(refused);
        hold(addFiles(held.current, [source]));
      } catch (error) {
        if (!signal.aborted) refusals.push(`${file.name} could not be read (${String(error)}).`);
      } finally {
        show(undefined);
      }
      if (signal.aborted) return;
    }
    setNote(refusals.join(' '));
  }

  function put(text: string): void {
    // Files that are still being read are not wanted any more.
    reading.current.abort();
    reading.current = new AbortController();
    if (box.current) box.current.value = text;
    setNote('');
    hold([]);
  }

  return (
    <div class="paste" data-ready={ready ? '' : undefined}>
      <div
        class={over ? 'paste-field over' : 'paste-field'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <label class="hidden-text" for="paste">
          Log lines of the client, of the server, or of both
        </label>
        <textarea
          id="paste"
          ref={box}
          class="log"
          rows={tall ? 12 : 6}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          placeholder={'Paste lines of either side.\nOne is enough to begin with.'}
          onInput={() => update()}
        />
        <div class="paste-tools">
          <label class="button">
            Choose log files
            <input
              type="file"
              multiple
              class="hidden-text"
              onChange={(event) => {
                const input = event.currentTarget;
                void take([...(input.files ?? [])]);
                // The same file chosen again is a change, too: it may have grown.
                input.value = '';
              }}
            />
          </label>
          <span class="quiet small">or drop them on the box</span>
          {(view || fault || busy || files.length > 0 || loading.length > 0) && (
            <button type="button" onClick={() => put('')}>
              Clear
            </button>
          )}
        </div>
      </div>
      <p class="paste-notes small">
        <span class="quiet">Nothing you paste leaves this page.</span>{' '}
        <span class="examples">
          Try:{' '}
          {examples.map((example, i) => (
            <>
              {i > 0 && ' · '}
              <button type="button" class="link" onClick={() => put(example.text)}>
                {example.name}
              </button>
            </>
          ))}
        </span>
      </p>
      {files.length > 0 && (
        <ul class="file-list small">
          {files.map((file) => (
            <li key={file.name}>
              <code>{file.name}</code>
              {file.part && <span class="quiet">{file.part.unreadable ? ', not read' : ', read in part'}</span>}{' '}
              <button type="button" class="link" onClick={() => hold(files.filter((f) => f !== file))}>
                remove<span class="hidden-text"> {file.name}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {note && (
        <p role="alert" class="note-bad">
          {note}
        </p>
      )}
      {fault && (
        <p role="alert" class="note-bad" data-fault>
          {fault}
        </p>
      )}
      <p aria-live="polite" class="hidden-text" data-announce>
        {loading.length > 0 ? 'Reading the files' : busy ? 'Reading the lines' : view && headline(view)}
      </p>
      <Progress readings={loading} />
      {busy && <p class="busy">Reading the lines…</p>}
      <div class={busy ? 'answer-box stale' : 'answer-box'}>{view && <Answer view={view} />}</div>
      {view && question && view.state !== 'nothing' && <HandOn question={question} />}
    </div>
  );
}
