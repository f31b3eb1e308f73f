/** The engine in a worker: text in, view out. Nothing is stored, nothing is sent anywhere. */
import type { Source } from '../../engine/types.ts';
import type { Answer } from './engine-client.ts';
import { analyseToView } from './view.ts';

const say = (answer: Answer): void => self.postMessage(answer);

self.addEventListener('message', ({ data }: MessageEvent<Source[]>) => {
  try {
    say({ view: analyseToView(data) });
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
});

say('ready');
