/** A line at the bottom of the page: a new version is ready, with a button that takes it. */

import { handOver } from '../search/log-line.ts';
import { addStyle } from './add-style.ts';
import style from './update-note.css?inline';

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

/** @param waiting the installed worker of the new version */
export function showUpdateNote(waiting: ServiceWorker): void {
  if (document.querySelector('.update-note')) return;
  addStyle(style);
  const note = document.createElement('div');
  note.className = 'update-note';
  note.setAttribute('role', 'status');
  const text = document.createElement('span');
  text.textContent = 'A new version of this site is ready. You get it at your next visit, or now.';
  const use = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    // What stands in the paste box is not lost by the reload.
    const pasted = document.querySelector<HTMLTextAreaElement>('#paste')?.value;
    if (pasted) handOver(pasted);
    waiting.postMessage('take over');
  };
  note.append(
    text,
    button('Use it now', use),
    button('Later', () => note.remove()),
  );
  document.body.append(note);
}
