/** The engine in a worker: text in, view out. Nothing is stored, nothing is sent anywhere. */
import type { Source } from '../../engine/types.ts';
import { analyseToView } from './view.ts';

self.addEventListener('message', ({ data }: MessageEvent<{ id: number; sources: Source[] }>) => {
  try {
    self.postMessage({ id: data.id, view: analyseToView(data.sources) });
  } catch (error) {
    self.postMessage({ id: data.id, error: String(error) });
  }
});
