/** The engine beside the page, while what it runs in is still being loaded. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Question } from '../../../src/browser/workbench/question.ts';
import type { View } from '../../../src/components/diagnosis/view.ts';

vi.mock('../../../src/browser/workbench/worker.ts?worker&url', () => ({ default: '' }));
const { startEngine } = await import('../../../src/browser/workbench/engine-client.ts');

/** A worker that names what it was asked. */
class Named extends EventTarget {
  constructor() {
    super();
    setTimeout(() => this.say('ready'));
  }
  postMessage({ sources }: Question): void {
    setTimeout(() => this.say({ view: { is: sources[0]?.text } }));
  }
  terminate(): void {}
  private say(data: unknown): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

const question = (text: string) => ({ sources: [{ name: 'pasted', text }] }) as unknown as Question;

afterEach(() => vi.unstubAllGlobals());

test('what prepares for a question does not overtake one that waits for the engine to be loaded', async () => {
  let loaded: (address: string) => void = () => {};
  vi.stubGlobal('Worker', Named);
  vi.stubGlobal('document', { baseURI: 'file:///diagnose/index.html' });
  vi.stubGlobal('location', new URL('file:///diagnose/index.html'));
  vi.stubGlobal('samhainEdition', {
    worker: () =>
      new Promise((done) => {
        loaded = done;
      }),
  });
  const engine = startEngine();
  const answer = engine.analyse(question('pasted at once'));
  engine.warm(question('example'));
  loaded('blob:null/1');
  expect(await answer).toEqual({ is: 'pasted at once' } as unknown as View);
});
