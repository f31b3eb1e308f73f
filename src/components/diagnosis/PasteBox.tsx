/**
 * The workbench: text and files in, chips and an answer out. What is pasted or dropped anywhere on the page comes here;
 * everything stays in the browser.
 */
import installations from 'virtual:setups';
import { useEffect, useRef, useState } from 'preact/hooks';
import { handOverKey, takeSources } from '../../browser/search/log-line.ts';
import { changed, readChoice } from '../../browser/setup/choice.ts';
import { emptyMemory, keepBox, savedBox } from '../../browser/workbench/box-memory.ts';
import { filesOf, isField } from '../../browser/workbench/drop.ts';
import { type EngineClient, readFile, startEngine } from '../../browser/workbench/engine-client.ts';
import { addFiles, type HeldFile } from '../../browser/workbench/held-files.ts';
import type { Question } from '../../browser/workbench/question.ts';
import { forgetWork, savedWork, workChanged } from '../../browser/workbench/saved-work.ts';
import type { Again, ReadFile } from '../../browser/workbench/types.ts';
import { pasted } from '../../engine/names.ts';
import type { Side, Source } from '../../engine/types.ts';
import { sliceOf, type WindowWords } from '../../engine/window.ts';
import { engineStopped, exampleMissing, Failed, failureText, unreadable } from '../../report/failures.ts';
import { Answer, headline } from './Answer.tsx';
import { HandOn } from './HandOn.tsx';
import type { Output } from './PasteSlot.tsx';
import { Progress, type ReadingNow } from './Progress.tsx';
import { type Chip, Sources } from './Sources.tsx';
import type { View } from './view.ts';

export interface Example {
  name: string;
  text?: string;
  /** Fetched on the click; not where the page is a file. */
  file?: { href: string; name: string };
}

interface Props {
  examples: Example[];
  /** More lines in the box, for the page that is nothing but the box. */
  tall?: boolean;
}

let engine: EngineClient | undefined;

/** Somebody is about to paste: comes back from where the log is, goes for the box or the keys, carries a file. */
const signs = ['focus', 'focusin', 'keydown', 'dragenter'] as const;

/** So many characters that come at once were not typed, whatever the browser calls it: a keyboard's clipboard, dictation. */
const atOnce = 40;
/** Milliseconds between two changes that came at once: some fill in a text line by line. */
const oneMoment = 15;

/**
 * Letter by letter. What a script or a form filler puts there has no type.
 * @param grown by how many characters the text has grown in this moment
 * @param before whether what came before was typed: a line's end alone is part of it (Enter after a paste)
 */
function isTyped({ inputType, data }: InputEvent, grown: number, before: boolean): boolean {
  if (!inputType || inputType === 'insertFromPaste' || inputType === 'insertFromDrop') return false;
  if (Math.max(grown, data?.length ?? 0) >= atOnce) return false;
  return inputType.startsWith('insert') && !data?.trim() ? before : true;
}

/** A text of more is drawn only for who opens the box to edit it, characters. */
const long = 20_000;

/** So often stands the example in what the engine is warmed with: what ran a few hundred times, the browser compiles. */
const rehearsed = 20;

/** Between letters nothing is judged, milliseconds. */
const pause = 60;

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

/** What stands beside the workbench on its page gives way to an answer. (The single file has all pages in one.) */
function setAside(place: HTMLElement, on: boolean): void {
  document.documentElement.toggleAttribute('data-answered', on);
  for (let one: HTMLElement | null = place; one && !one.matches('main, .sheet'); one = one.parentElement) {
    for (const other of one.parentElement?.children ?? [])
      if (other !== one && other.tagName !== 'SCRIPT') other.toggleAttribute('data-aside', on);
  }
}

/** A thing that can be undone: what was removed. */
interface Removed {
  name: string;
  undo: () => void;
}

/** Steps that are ticked, in words. */
function doneSteps({ verdicts }: View): string[] {
  const ticks = new Set(savedWork().ticks);
  const steps = verdicts.flatMap(({ cases, others, fix, verify }) => [
    ...[...cases, ...others].flatMap((one) => one.steps),
    ...fix,
    ...verify,
  ]);
  return steps
    .filter(({ id, proof }) => proof || ticks.has(id))
    .map((step) => step.do.map(({ text, code }) => (code ? `\`${text}\`` : text)).join(''));
}

const isHidden = (element: Element): boolean => element.closest('[hidden]') !== null;

type FocusOn = 'answer' | 'box' | 'undo' | { chip: string };

/** What takes the focus; nothing, while it is not on the page. */
function placeOf(root: HTMLElement | null, on: FocusOn): HTMLElement | null {
  if (!root) return null;
  if (typeof on === 'object') {
    const chip = [...root.querySelectorAll<HTMLElement>('[data-source]')].find((one) => one.dataset.source === on.chip);
    return chip?.querySelector<HTMLElement>('.source-remove') ?? null;
  }
  if (on === 'box') return root.querySelector('.paste-field:not([hidden]) textarea');
  if (on === 'undo') return root.querySelector('.undo button');
  return root.querySelector('.answer-box .wb-sentence') ?? root.querySelector('.answer-box .wb-sheet h2');
}

const clockWords = (): string => new Date().toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

export function PasteBox({ examples, tall = false }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<HeldFile[]>([]);
  const [view, setView] = useState<View>();
  /** What the view is the answer to. */
  const [question, setQuestion] = useState<Question>();
  /** Counts what was ticked: the report says what is done. */
  const [, setWork] = useState(0);
  const [note, setNote] = useState('');
  const [fault, setFault] = useState('');
  const [over, setOver] = useState(false);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  const [removed, setRemoved] = useState<Removed>();
  /** Names of files that only the reader can give again. */
  const [again, setAgain] = useState<readonly string[]>([]);
  /** The row of the answer that is open. */
  const [open, setOpen] = useState('');
  /** The box has given way to the chips; where its lines are typed, it stays. */
  const [folded, setFolded] = useState(false);
  /** Files that are being read, and how far it is. */
  const [loading, setLoading] = useState<readonly ReadingNow[]>([]);
  /** The files as they are now: a reading can take long, and others end before it. */
  const held = useRef<HeldFile[]>([]);
  const side = useRef<Side | undefined>(undefined);
  const wanted = useRef('');
  /** What came last was typed, letter by letter: the box must not move under the hand. */
  const typing = useRef(false);
  /** The last change of the box, the length that it left, and the length before all that came in its moment. */
  const moment = useRef({ at: 0, length: 0, from: 0 });
  const reading = useRef(new AbortController());
  const timer = useRef(0);
  const asked = useRef(0);
  const shown = useRef(false);
  const foldedNow = useRef(false);
  /** Where the focus goes when what is being done is on the page. */
  const focusOn = useRef<FocusOn | undefined>(undefined);
  /** What had the focus last, of all that is in here. */
  const hadFocus = useRef<Element | null>(null);
  /** The time that is judged; all, where it says nothing. */
  const time = useRef<WindowWords>({});
  /** Long files as they were read again, each for one window. */
  const reread = useRef(new Map<string, { key: string; source: Source }>());

  // The focus is never lost with what had it: a chip taken out, a slot that closed, the box that gave way.
  useEffect(() => {
    const had = hadFocus.current;
    const isLost = document.activeElement === document.body && had !== null && (!had.isConnected || isHidden(had));
    if (!isLost && !focusOn.current) return;
    const place = placeOf(root.current, focusOn.current ?? 'answer');
    if (!place) return;
    focusOn.current = undefined;
    if (place.tabIndex < 0) place.setAttribute('tabindex', '-1');
    place.focus({ preventScroll: true });
  });

  const boxText = () => box.current?.value ?? '';

  function remember(): void {
    const own = held.current.filter((one) => one.pasted);
    keepBox({
      text: boxText(),
      ...(side.current ? { side: side.current } : {}),
      pasted: own.map(({ name, text, side: of }) => ({ name, text, ...(of ? { side: of } : {}) })),
      files: held.current.filter((one) => !one.pasted).map(({ file }) => file),
      open: wanted.current,
      time: time.current,
    });
  }

  function fold(on: boolean): void {
    // (Who adds an output below is answered there: the page stays where it is.)
    const begins = on && !foldedNow.current;
    // What had the focus is about to be hidden; where nothing had it (a paste anywhere), the keys go on at the answer, too.
    const { activeElement } = document;
    const isFree = activeElement === document.body && asked.current > 1;
    if (begins && (isFree || root.current?.contains(activeElement))) focusOn.current = 'answer';
    setFolded(on);
    foldedNow.current = on;
    if (root.current && isShown()) setAside(root.current, on);
    // (Not before the page is laid out anyway: to ask where it stands would have it laid out once more.)
    if (begins)
      requestAnimationFrame(() => {
        if (foldedNow.current && root.current && root.current.getBoundingClientRect().top < 0)
          scrollTo({ top: 0, behavior: 'instant' });
      });
  }

  async function run(text: string, dropped: readonly HeldFile[]): Promise<void> {
    const own = side.current ? { side: side.current } : {};
    const sources: Source[] = [
      ...(text.trim() ? [{ name: pasted, text, ...own }] : []),
      ...dropped.map(({ file: _file, pasted: _pasted, isNew: _isNew, handle: _handle, ...source }) => source),
    ];
    // An answer that comes after the box was cleared, or filled anew, belongs to nothing any more.
    asked.current += 1;
    const mine = asked.current;
    // (What a script, an example or the search put into the box came without an event.)
    moment.current.length = boxText().length;
    remember();
    if (sources.length === 0) {
      engine?.stop();
      shown.current = false;
      setView(undefined);
      setFault('');
      setBusy(false);
      fold(false);
      return;
    }
    engine ??= startEngine();
    // Only a wait that can be felt is told: most answers come at once.
    const wait = setTimeout(() => mine === asked.current && setBusy(true), 200);
    const { signal } = reading.current;
    try {
      const { repaired } = savedWork();
      let now: Question = {
        sources,
        choice: readChoice(installations),
        open: wanted.current,
        words: time.current,
        repaired,
      };
      let result = await engine.analyse(now);
      const again = result && mine === asked.current ? await readAgain(result, dropped) : [];
      if (again.length > 0 && mine === asked.current) {
        now = { ...now, again };
        result = await engine.analyse(now);
      }
      if (result && mine === asked.current) {
        setView(result);
        setQuestion(now);
        shown.current = true;
        setFault('');
        if (!typing.current) fold(true);
      }
    } catch (error) {
      if (mine !== asked.current || signal.aborted) return;
      // The answer that stands there belongs to another text.
      setView(undefined);
      shown.current = false;
      fold(false);
      const reason = error instanceof Error ? error.message : String(error);
      setFault(error instanceof Failed ? reason : failureText(engineStopped, { reason }));
    } finally {
      clearTimeout(wait);
      if (mine === asked.current) setBusy(false);
    }
  }

  /** Of long files the part in which the window lies; what was kept of them as a whole is not all that it holds. */
  async function readAgain({ time: told }: View, dropped: readonly HeldFile[]): Promise<Source[]> {
    const window = told?.chosen?.window;
    if (!window) return [];
    const all: Source[] = [];
    for (const { name, excerpt, handle } of dropped) {
      if (!excerpt || !handle) continue;
      const key = `${window.from} ${window.to} ${handle.size} ${handle.lastModified}`;
      const known = reread.current.get(name);
      if (known?.key === key) {
        all.push(known.source);
        continue;
      }
      const slice = sliceOf(excerpt, window);
      const { source, refused } = await readNow(handle, { window, slice });
      if (refused) setNote(`${refused} What was kept from the first reading was judged instead.`);
      else {
        const again = { ...source, name };
        reread.current.set(name, { key, source: again });
        all.push(again);
      }
    }
    return all;
  }

  function chooseTime(words: WindowWords): void {
    time.current = words;
    typing.current = false;
    update(held.current, 0);
  }

  function update(dropped = held.current, wait = 0): void {
    clearTimeout(timer.current);
    // A long text gives way before its answer is there: to draw its lines would take longer than to judge them.
    if (!typing.current && boxText().length > long) fold(true);
    timer.current = window.setTimeout(() => void run(boxText(), dropped), wait);
  }

  /** The single file holds all pages: only the one that is shown takes what is pasted. */
  const isShown = () => root.current !== null && !root.current.closest('[hidden]');

  /** A text that came from anywhere but the keyboard: into the box while that is empty, else beside it. */
  /** @returns the name that it has as a source */
  function addText(text: string, name = `${pasted} ${clockWords()}`, of?: Side): string {
    if (text.trim() === '') return '';
    typing.current = false;
    if (boxText().trim() === '' && held.current.length === 0 && box.current) {
      box.current.value = text;
      side.current = of;
      update(held.current, 0);
      return pasted;
    }
    const source = { name, text, ...(of ? { side: of } : {}) };
    const files = addFiles(held.current, [source], { pasted: true, isNew: shown.current });
    hold(files);
    return files.at(-1)?.name ?? name;
  }

  useEffect(() => {
    const sources = takeSources();
    const kept = savedBox(sources.length > 0);
    // What was typed before this script ran, or restored by the browser, counts too.
    const handed = takeHandOver();
    const isShort = (box.current?.value.length ?? 0) < 2 * atOnce;
    typing.current = document.activeElement === box.current && isShort && !handed && !kept.text;
    if (box.current) box.current.value = handed || box.current.value || kept.text;
    if (!handed) {
      side.current = kept.side;
      wanted.current = kept.open;
      time.current = kept.time ?? {};
      setOpen(kept.open);
      setAgain(kept.files);
      held.current = addFiles([], kept.pasted, { pasted: true });
      setFiles(held.current);
    }
    setReady(true);
    update(held.current, 0);
    const addSources = (all: typeof sources) => {
      for (const one of all) addText(one.text, one.name, one.side);
    };
    addSources(sources);
    // Where one file holds all pages, the box may be there already when the search hands something over.
    const onArrival = () => {
      if (root.current && foldedNow.current) setAside(root.current, false);
      // Which page is shown then is settled by others who hear of it, too.
      setTimeout(() => root.current && foldedNow.current && isShown() && setAside(root.current, true));
      const text = isShown() ? takeHandOver() : '';
      if (text) put(text);
      if (isShown()) addSources(takeSources());
    };
    const onPaste = (event: ClipboardEvent) => {
      if (!isShown() || isField(event.target) || event.defaultPrevented) return;
      const list = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (list.length === 0 && text.trim() === '') return;
      event.preventDefault();
      if (list.length > 0) void take(list);
      else addText(text);
    };
    let depth = 0;
    const carries = ({ dataTransfer }: DragEvent) =>
      isShown() && ['Files', 'text/plain'].some((type) => dataTransfer?.types.includes(type));
    const onEnter = (event: DragEvent) => {
      if (!carries(event)) return;
      depth += 1;
      setOver(true);
    };
    const onLeave = () => {
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const onOver = (event: DragEvent) => {
      // Without this the browser would leave the page for the file.
      if (carries(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      depth = 0;
      setOver(false);
      if (!isShown() || !event.dataTransfer) return;
      const text = event.dataTransfer.getData('text/plain');
      event.preventDefault();
      void filesOf(event.dataTransfer).then((list) => (list.length > 0 ? take(list) : void addText(text)));
    };
    const onSetup = () => update(held.current, 0);
    // What judges is loaded before there is something to judge: where the page is for that, or as soon as it is wanted.
    const warm = () => {
      for (const name of signs) removeEventListener(name, warm);
      engine ??= startEngine();
      engine.warm({
        sources: [{ name: pasted, text: (examples.find(({ text }) => text)?.text ?? '').repeat(rehearsed) }],
        choice: readChoice(installations),
      });
    };
    for (const name of signs) addEventListener(name, warm);
    if (tall) setTimeout(warm, 500);
    const listeners = [
      ['hashchange', onArrival],
      ['paste', onPaste],
      ['dragenter', onEnter],
      ['dragleave', onLeave],
      ['dragover', onOver],
      ['drop', onDrop],
      [changed, onSetup],
      [workChanged, () => setWork((n) => n + 1)],
    ] as const;
    for (const [name, listener] of listeners) addEventListener(name, listener as EventListener);
    return () => {
      clearTimeout(timer.current);
      for (const name of signs) removeEventListener(name, warm);
      for (const [name, listener] of listeners) removeEventListener(name, listener as EventListener);
    };
  }, []);

  function hold(next: HeldFile[]): void {
    held.current = next;
    setFiles(next);
    update(next, 0);
  }

  /** Reads a file, or a part of it again, and shows how far it is. */
  async function readNow(file: File, again?: Again): Promise<ReadFile> {
    const enough = new AbortController();
    const size = again ? again.slice.end - again.slice.at : file.size;
    const now: ReadingNow = { name: file.name, size, since: performance.now(), bytes: 0, enough };
    const show = (next: ReadingNow | undefined) =>
      setLoading((all) => [...all.filter((one) => one.enough !== enough), ...(next ? [next] : [])]);
    show(now);
    try {
      const progress = (bytes: number) => show({ ...now, bytes });
      return await readFile(file, { signal: reading.current.signal, enough: enough.signal, progress, again });
    } finally {
      show(undefined);
    }
  }

  async function take(list: readonly File[]): Promise<void> {
    if (list.length === 0) return;
    typing.current = false;
    setAgain((names) => names.filter((name) => !list.some((file) => file.name === name)));
    const { signal } = reading.current;
    const refusals: string[] = [];
    for (const file of list) {
      try {
        const { source, refused } = await readNow(file);
        if (refused) refusals.push(refused);
        hold(addFiles(held.current, [source], { isNew: shown.current, handle: file }));
      } catch (error) {
        if (!signal.aborted) refusals.push(unreadable(file.name, error, String(error)));
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
    side.current = undefined;
    typing.current = false;
    wanted.current = '';
    time.current = {};
    reread.current.clear();
    setOpen('');
    setNote('');
    setAgain([]);
    setRemoved(undefined);
    if (text === '') {
      focusOn.current = 'box';
      forgetWork();
      keepBox(emptyMemory);
    }
    hold([]);
  }

  async function takeExample({ text, file }: Example): Promise<void> {
    if (!file) {
      put(text ?? '');
      return;
    }
    put('');
    focusOn.current = undefined;
    try {
      const answer = await fetch(file.href);
      if (!answer.ok) throw new Error(`${answer.status}`);
      await take([new File([await answer.blob()], file.name)]);
    } catch (error) {
      setNote(failureText(exampleMissing, { reason: error instanceof Error ? error.message : String(error) }));
    }
  }

  function openRow(id: string): void {
    wanted.current = id;
    setOpen(id);
    remember();
    // Of very many only the first have all that they say, or are listed; the others are made when they are opened.
    const isProblem = view?.groups.some(({ key }) => key === id) || view?.clients.some(({ key }) => key === id);
    if (isProblem && !view?.verdicts.some(({ key }) => key === id)) update(held.current, 0);
  }

  function changeSide(name: string, to: Side | undefined): void {
    if (name === pasted) {
      side.current = to;
      update(held.current, 0);
      return;
    }
    hold(
      held.current.map((one) => {
        if (one.name !== name) return one;
        const { side: _old, ...rest } = one;
        return to ? { ...rest, side: to } : rest;
      }),
    );
  }

  /** The command that printed a source stands above it then, as in a terminal. */
  function readAs(name: string, command: string): void {
    typing.current = false;
    const typed = (text: string) => `# ${command}\n${text}`;
    if (name === pasted && box.current) box.current.value = typed(boxText());
    hold(held.current.map((one) => (one.name === name ? { ...one, text: typed(one.text) } : one)));
  }

  function remove(name: string): void {
    typing.current = false;
    const text = boxText();
    const before = held.current;
    const of = side.current;
    focusOn.current = 'undo';
    setRemoved({
      name,
      undo: () => {
        focusOn.current = { chip: name };
        if (box.current) box.current.value = text;
        side.current = of;
        setRemoved(undefined);
        hold(before);
      },
    });
    if (name === pasted && box.current) {
      box.current.value = '';
      side.current = undefined;
    }
    hold(name === pasted ? before : before.filter((one) => one.name !== name));
  }

  function unfold(): void {
    fold(false);
    setTimeout(() => {
      box.current?.focus();
      box.current?.setSelectionRange(box.current.value.length, box.current.value.length);
    });
  }

  const sourceView = (name: string) => view?.sources.find((one) => one.name === name);
  const chips: Chip[] = [
    ...(folded && boxText().trim() ? [{ name: pasted, side: side.current, view: sourceView(pasted) }] : []),
    ...files.map(({ name, side: of, isNew, part }) => ({ name, side: of, isNew, part, view: sourceView(name) })),
  ] as Chip[];
  const onFile = typeof location === 'undefined' ? false : location.protocol === 'file:';

  return (
    <div
      class={`paste ${folded ? 'is-folded' : ''}`}
      data-ready={ready ? '' : undefined}
      ref={root}
      onFocusIn={({ target }) => {
        hadFocus.current = target as Element;
      }}
    >
      {over && (
        <div class="drop-over" aria-hidden="true">
          <p>Drop files, folders or text anywhere</p>
        </div>
      )}
      {(chips.length > 0 || (folded && view)) && (
        <div class="chips-bar">
          <Sources
            chips={chips}
            missing={view?.missing}
            onSide={changeSide}
            onRemove={remove}
            onEdit={folded ? unfold : undefined}
            onAdd={unfold}
          />
          {folded && (
            <button type="button" class="chips-clear" onClick={() => put('')}>
              Clear
            </button>
          )}
        </div>
      )}
      {removed && (
        <p class="small undo" role="status">
          <code>{removed.name}</code> was removed.{' '}
          <button type="button" class="link" onClick={removed.undo}>
            Undo
          </button>
        </p>
      )}
      {again.length > 0 && (
        <p class="small undo">
          Choose these files again (a page cannot reopen files by itself):{' '}
          {again.map((name, i) => (
            <>
              {i > 0 && ', '}
              <code>{name}</code>
            </>
          ))}{' '}
          <button type="button" class="link" onClick={() => chooser.current?.click()}>
            Choose the files
          </button>
        </p>
      )}
      <div class="paste-field" hidden={folded}>
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
          placeholder={
            'Paste log lines here.\n\nBest: both sides, from the same minute, in any order.\nOne line is enough to start.'
          }
          onInput={(event) => {
            const { length } = event.currentTarget.value;
            const last = moment.current;
            const now = performance.now();
            const from = now - last.at < oneMoment ? last.from : last.length;
            moment.current = { at: now, length, from };
            typing.current = isTyped(event, length - from, typing.current);
            update(held.current, typing.current ? pause : 0);
          }}
        />
        <div class="paste-tools">
          <label class="button">
            Choose log files
            <input
              type="file"
              multiple
              ref={chooser}
              class="hidden-text"
              onChange={(event) => {
                const input = event.currentTarget;
                void take([...(input.files ?? [])]);
                // The same file chosen again is a change, too: it may have grown.
                input.value = '';
              }}
            />
          </label>
          <span class="quiet small">or drop files, folders or text anywhere on the page</span>
          {view && !folded && (
            <button type="button" onClick={() => fold(true)}>
              Done
            </button>
          )}
          {(view || fault || busy || files.length > 0 || loading.length > 0) && !folded && (
            <button type="button" onClick={() => put('')}>
              Clear
            </button>
          )}
        </div>
      </div>
      {/* (How far a file is read stands at once below the box, where a phone shows it, too.) */}
      <p class="paste-notes small" hidden={folded || loading.length > 0}>
        <span class="quiet">Nothing you paste leaves this page.</span>{' '}
        <span class="examples">
          Try an example:{' '}
          {examples
            .filter(({ file }) => !file || !onFile)
            .map((example, i) => (
              <>
                {i > 0 && ' · '}
                <button type="button" class="link" onClick={() => void takeExample(example)}>
                  {example.name}
                </button>
              </>
            ))}
        </span>
      </p>
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
      <div class={busy ? 'answer-box stale' : 'answer-box'}>
        {view && (
          <Answer
            view={view}
            open={open}
            onOpen={openRow}
            onAround={(place) => {
              const name = view.sources[place.source]?.name;
              const { handle } = held.current.find((one) => one.name === name) ?? {};
              return (engine ?? startEngine()).around({ ...place, ...(handle ? { file: handle } : {}) });
            }}
            onTime={chooseTime}
            onCommand={readAs}
            onOutput={({ text, side: of }: Output) => addText(text, `output ${clockWords()}`, of)}
            handOn={question && view.state !== 'nothing' && <HandOn question={question} done={doneSteps(view)} />}
          />
        )}
      </div>
    </div>
  );
}
