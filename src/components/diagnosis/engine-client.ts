/**
 * Runs the engine beside the page: in a worker, so that typing stays smooth with megabytes in the box;
 * in the page itself where workers are refused (opened from a folder).
 */
import type { Source } from '../../engine/types.ts';
import type { View } from './view.ts';

export interface EngineClient {
  /** Resolves with `undefined` if a later call has overtaken this one. */
  analyse(sources: Source[]): Promise<View | undefined>;
}

interface Answer {
  id: number;
  view?: View;
  error?: string;
}

function inWorker(): EngineClient {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { done: (view?: View) => void; fail: (error: Error) => void }>();
  let last = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.error) call?.fail(new Error(data.error));
    else call?.done(data.id === last ? data.view : undefined);
  });
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    for (const { fail } of waiting.values()) fail(new Error(event.message || 'The worker could not be started.'));
    waiting.clear();
  });
  return {
    analyse(sources) {
      last += 1;
      const id = last;
      return new Promise((done, fail) => {
        waiting.set(id, { done, fail });
        worker.postMessage({ id, sources });
      });
    },
  };
}

async function inPage(): Promise<EngineClient> {
  const { analyseToView } = await import('./view.ts');
  return { analyse: async (sources) => analyseToView(sources) };
}

/** The engine, ready to be asked. A worker that cannot start is replaced by the page itself, once. */
export async function startEngine(): Promise<EngineClient> {
  if (location.protocol === 'file:' || typeof Worker === 'undefined') return inPage();
  let client: EngineClient;
  try {
    client = inWorker();
  } catch {
    return inPage();
  }
  let fallback: Promise<EngineClient> | undefined;
  return {
    async analyse(sources) {
      if (fallback) return (await fallback).analyse(sources);
      try {
        return await client.analyse(sources);
      } catch {
        fallback = inPage();
        return (await fallback).analyse(sources);
      }
    },
  };
}
