/** The engine in a worker: text in, view out. Nothing is stored, nothing is sent anywhere. */
import type { Answer, Question } from './engine-client.ts';
import { analyseToView } from './view.ts';

const say = (answer: Answer): void => self.postMessage(answer);

self.addEventListener('message', ({ data }: MessageEvent<Question>) => {
  try {
    say({ view: analyseToView(data.sources, data.choice) });
  } catch (error) {
    say({ error: error instanceof Error ? error.message : String(error) });
  }
});

say('ready');
