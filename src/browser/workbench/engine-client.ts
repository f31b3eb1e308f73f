/**
 * Runs the engine beside the page: in a worker, so that typing stays smooth with megabytes in the box, and so that it
 * can be ended when something newer comes. Where no worker starts, in the page itself.
 */

import type { View, WalkView } from '../../components/diagnosis/view.ts';
import { countLines } from '../../engine/log/lines.ts';
import type { Source } from '../../engine/types.ts';
import { Failed, textTooLarge } from '../../report/failures.ts';
import { ownScript } from '../own-script.ts';
import type { Around, AroundWish } from './around.ts';
import type { HandedOn, HandOnWish } from './hand-on.ts';
import type { Question } from './question.ts';
import type { Answer, FileReading, Order, ReadFile, Walk } from './types.ts';
import siteWorker from './worker.ts?worker&url';

export interface EngineClient {
  /** Resolves with `undefined` if a later call has overtaken this one. Rejects if the engine fails. */
  analyse(question: Question): Promise<View | undefined>;
  /** Lines of what was analysed last. */
  around(wish: AroundWish): Promise<Around>;
  /** Loads what will be needed, and runs it once: the first answer then comes as soon as the others. */
  warm(example: Question): void;
  /** Gives up whatever is being read. */
  stop(): void;
}

interface Call {
  question: Question;
  done: (view?: View) => void;
  fail: (error: Error) => void;
}

/** What is being read when something newer comes may still be finished in this time; a new worker takes about as long. */
const grace = 200;

/** While the page itself reads, it does nothing else. It takes what it can read in some seconds. */
const mostInPage = { characters: 10_000_000, lines: 150_000 };

type Engine = typeof import('./engine.ts');

/** The engine for the page's own thread. */
const loadEngine = (): Promise<Engine> =>
  (globalThis.samhainEdition?.load('engine') as Promise<Engine> | undefined) ?? import('./engine.ts');

/** The engine in the page's own thread: nothing can end it, so that it must not begin what takes long. */
async function analyseInPage({ sources, choice, open, ...asked }: Question): Promise<View> {
  const { characters, lines } = sizeOf(sources);
  if (characters > mostInPage.characters || lines > mostInPage.lines) {
    const many = (n: number) => n.toLocaleString('en');
    throw new Failed(textTooLarge, {
      most: `${many(mostInPage.lines)} lines or ${many(mostInPage.characters)} characters`,
      size: `${many(lines)} lines and ${many(characters)} characters`,
    });
  }
  const { analyseToView } = await loadEngine();
  return analyseToView(sources, choice, open, asked);
}

function sizeOf(sources: readonly Source[]): { characters: number; lines: number } {
  let characters = 0;
  let lines = 0;
  for (const { text } of sources) {
    characters += text.length;
    lines += countLines(text);
  }
  return { characters, lines };
}

const inPage: EngineClient = {
  analyse: analyseInPage,
  around: async (wish) => (await loadEngine()).aroundLine(wish),
  warm: () => {},
  stop: () => {},
};

/** What there is to show where nothing can be asked. */
const noLines: Around = { lines: [], missing: true };

/** One worker, which reads one input at a time; of those that wait only the newest counts. */
class InWorker implements EngineClient {
  private worker: Worker | undefined;
  /** The worker has said that it runs; until then nothing is handed to it. */
  private ready = false;
  private starting = false;
  private running: Call | undefined;
  private next: Call | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** No worker starts here: the page itself reads. */
  private none = false;
  private readonly asked = new Map<number, (lines: Around) => void>();
  private asks = 0;

  warm(example: Question): void {
    // (A question that waits for the worker to be loaded must not be overtaken by what only prepares for one.)
    if (!this.worker && !this.none && !this.running) void this.analyse(example).catch(() => {});
  }

  around(wish: AroundWish): Promise<Around> {
    if (this.none) return inPage.around(wish);
    const { worker } = this;
    if (!worker || !this.ready) return Promise.resolve(noLines);
    this.asks += 1;
    const id = this.asks;
    return new Promise((done) => {
      this.asked.set(id, done);
      worker.postMessage({ around: wish, id } satisfies Order);
    });
  }

  analyse(question: Question): Promise<View | undefined> {
    return new Promise((done, fail) => {
      this.next?.done();
      this.next = { question, done, fail };
      if (!this.running) this.begin();
      else if (!this.ready) this.replace();
      else this.timer ??= setTimeout(() => this.end(), grace);
    });
  }

  stop(): void {
    this.next?.done();
    this.next = undefined;
    if (!this.running || !this.ready) {
      this.replace();
      return;
    }
    this.end();
    // Ready for what is pasted next.
    this.start();
  }

  /** What nobody waits for any more gives way, while the worker is still being loaded. */
  private replace(): void {
    this.running?.done();
    this.running = this.next;
    this.next = undefined;
  }

  private begin(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running = this.next;
    this.next = undefined;
    if (!this.running) return;
    if (this.ready) this.hand(this.running);
    else if (!this.worker) this.start();
  }

  /** Ends the worker amid its work, and begins with what waits. */
  private end(): void {
    this.drop();
    this.running?.done();
    this.begin();
  }

  private drop(): void {
    this.worker?.terminate();
    this.worker = undefined;
    this.ready = false;
    // What it was asked beside its work has no answer any more.
    for (const done of this.asked.values()) done(noLines);
    this.asked.clear();
  }

  private hand({ question }: Call): void {
    try {
      this.worker?.postMessage(question);
    } catch (error) {
      this.answer((call) => call.fail(error instanceof Error ? error : new Error(String(error))));
    }
  }

  private answer(give: (call: Call) => void): void {
    if (this.running) give(this.running);
    this.begin();
  }

  private start(): void {
    if (this.starting) return;
    this.starting = true;
    newWorker().then(
      (worker) => {
        this.starting = false;
        this.use(worker);
      },
      () => {
        this.starting = false;
        this.refused();
      },
    );
  }

  private use(worker: Worker): void {
    this.worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      // A worker that was ended may still have something in the post.
      if (worker !== this.worker) return;
      if (data === 'ready') {
        this.ready = true;
        if (this.running) this.hand(this.running);
      } else if ('around' in data) {
        this.asked.get(data.id)?.(data.around);
        this.asked.delete(data.id);
      } else if ('bytes' in data || 'read' in data || 'handedOn' in data || 'walk' in data) return;
      else if ('view' in data) this.answer((call) => call.done(data.view));
      else this.answer((call) => call.fail(new Error(data.error)));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      if (worker !== this.worker) return;
      const started = this.ready;
      this.drop();
      if (started) this.answer((call) => call.fail(new Error(event.message || 'the engine stopped without an answer')));
      else this.refused();
    });
  }

  /** No worker starts here: the page itself reads what was asked. (What has failed in a worker is not tried again.) */
  private refused(): void {
    this.none = true;
    this.answer(({ question, done, fail }) => void analyseInPage(question).then(done, fail));
  }
}

/** A worker with the engine. @throws where none can be made; one that does not start says so by an event */
async function newWorker(): Promise<Worker> {
  const edition = globalThis.samhainEdition;
  if (!edition) return new Worker(ownScript(siteWorker), { type: 'module' });
  return new Worker(ownScript(await edition.worker()));
}

const hasWorkers = (): boolean => typeof Worker !== 'undefined';

/** The engine, ready to be asked. */
export function startEngine(): EngineClient {
  return hasWorkers() ? new InWorker() : inPage;
}

/**
 * Reads a file of any size, in a worker of its own, or in turns of some milliseconds where none starts.
 * @throws what `signal` was aborted with, or if the reading itself fails
 */
export function readFile(file: File, reading: FileReading): Promise<ReadFile> {
  return hasWorkers() ? readInWorker(file, reading) : readInPage(file, reading);
}

async function readInPage(file: File, reading: FileReading): Promise<ReadFile> {
  const { rules, readFile: read } = await loadEngine();
  let since = performance.now();
  const pause = async () => {
    if (performance.now() - since < 8) return;
    await new Promise((done) => setTimeout(done));
    since = performance.now();
  };
  return read(file, { ...reading, rules, pause });
}

async function readInWorker(file: File, reading: FileReading): Promise<ReadFile> {
  const { signal, enough, progress, again } = reading;
  const worker = await newWorker().catch(() => undefined);
  if (!worker) return readInPage(file, reading);
  return new Promise((done, fail) => {
    let ready = false;
    const end = (give: () => void) => {
      worker.terminate();
      signal.removeEventListener('abort', stop);
      enough.removeEventListener('abort', keep);
      give();
    };
    const stop = () => end(() => fail(signal.reason));
    const keep = () => worker.postMessage('enough' satisfies Order);
    signal.addEventListener('abort', stop);
    enough.addEventListener('abort', keep);
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data === 'ready') {
        ready = true;
        worker.postMessage({ file, again } satisfies Order);
        if (enough.aborted) keep();
      } else if ('bytes' in data) progress(data.bytes);
      else if ('read' in data) end(() => done(data.read));
      else if ('error' in data) end(() => fail(new Error(data.error)));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(() =>
        ready
          ? fail(new Error(event.message || 'reading stopped early'))
          : void readInPage(file, reading).then(done, fail),
      );
    });
    if (signal.aborted) stop();
  });
}

/** The report of what is asked, written by a worker of its own, or by the page where none starts. */
export async function writeReport(question: Question, wish: HandOnWish): Promise<HandedOn> {
  const inThePage = async () => (await loadEngine()).handOn(question, wish);
  const worker = hasWorkers() ? await newWorker().catch(() => undefined) : undefined;
  if (!worker) return inThePage();
  return new Promise((done, fail) => {
    const end = (give: () => void) => {
      worker.terminate();
      give();
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data === 'ready') worker.postMessage({ question, wish } satisfies Order);
      else if ('handedOn' in data) end(() => done(data.handedOn));
      else if ('error' in data) end(() => fail(new Error(data.error)));
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      end(() => inThePage().then(done, fail));
    });
  });
}

let walker: Promise<Worker | undefined> | undefined;

/** A worker for the page to walk, which stays; undefined where none starts. */
async function startWalker(): Promise<Worker | undefined> {
  const worker = hasWorkers() ? await newWorker().catch(() => undefined) : undefined;
  if (!worker) return undefined;
  return new Promise((done) => {
    worker.addEventListener('message', () => done(worker), { once: true });
    worker.addEventListener('error', () => done(undefined), { once: true });
  });
}

/** The reading before: an answer does not say which question it is to, so they are asked one by one. */
let before: Promise<unknown> = Promise.resolve();

/** What the outputs on the page to walk are. */
export function readOutputs(walk: Walk): Promise<WalkView> {
  const answer = before.then(() => readNext(walk));
  before = answer.catch(() => {});
  return answer;
}

async function readNext(walk: Walk): Promise<WalkView> {
  walker ??= startWalker();
  const worker = await walker;
  if (!worker) return (await loadEngine()).readWalk(walk.outputs, walk.given, walk.choice);
  return new Promise((done, fail) => {
    worker.addEventListener(
      'message',
      ({ data }: MessageEvent<Answer>) => {
        if (typeof data === 'object' && 'walk' in data) done(data.walk);
        else fail(new Error(typeof data === 'object' && 'error' in data ? data.error : 'no answer'));
      },
      { once: true },
    );
    worker.postMessage(walk satisfies Order);
  });
}
