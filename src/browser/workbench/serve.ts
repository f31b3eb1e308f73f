/** The engine as a worker serves it: texts or a file in, view or source out. Nothing is stored, nothing is sent anywhere. */

import { analyseToView, aroundLine, readWalk, rules } from '../../components/diagnosis/view.ts';
import type { Answer, Order } from './types.ts';

// What an answer does not need is loaded when it is asked for: reading files with their archives, writing reports.
const files = () => import('./files.ts');
const reports = () => import('./hand-on.ts');

/** Answers what the page asks, in the worker that calls it. */
export function serve(): void {
  const say = (answer: Answer): void => self.postMessage(answer);
  let enough = new AbortController();
  self.addEventListener('message', async ({ data }: MessageEvent<Order>) => {
    try {
      if (data === 'enough') enough.abort();
      else if ('outputs' in data) say({ walk: readWalk(data.outputs, data.given, data.choice) });
      else if ('file' in data) {
        enough = new AbortController();
        const progress = (bytes: number) => say({ bytes });
        const { readFile } = await files();
        say({ read: await readFile(data.file, { rules, enough: enough.signal, progress, again: data.again }) });
      } else if ('around' in data) say({ around: await aroundLine(data.around), id: data.id });
      else if ('wish' in data) {
        const { handOn } = await reports();
        say({ handedOn: handOn(data.question, data.wish) });
      } else {
        const { sources, choice, open, ...asked } = data;
        say({ view: analyseToView(sources, choice, open, asked) });
      }
    } catch (error) {
      say({ error: error instanceof Error ? error.message : String(error) });
    }
  });
  say('ready');
}
