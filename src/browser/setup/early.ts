/**
 * Loaded in the head, before anything is painted, and only by readers who chose a setup: puts its values in while the page
 * is being read. `installations` is put in by the build (src/pages/setups.[version].js.ts).
 */
import { type Installations, valuesOf } from '../../engine/setup.ts';
import { applyTo, wordsOf } from './apply.ts';
import { readChoice } from './choice.ts';

declare const installations: Installations;

const choice = readChoice(installations);
if (choice.setup !== installations.setups[0]?.id || Object.keys(choice.own).length > 0) {
  const values = valuesOf(installations, choice);
  const words = wordsOf(installations, choice.setup);
  const seen = new MutationObserver((records) => {
    for (const { addedNodes } of records) {
      for (const node of addedNodes) {
        // Of a long text the rest may come later, and is a node by itself.
        const element = node instanceof Element ? node : node.parentElement?.closest('var[data-v], pre');
        if (element) applyTo(element, values, words);
      }
    }
  });
  seen.observe(document, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => {
    seen.disconnect();
    applyTo(document.documentElement, values, words);
  });
}
