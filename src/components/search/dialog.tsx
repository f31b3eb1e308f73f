/** The search as a dialog over any page. */

import { render } from 'preact';
import { addStyle } from '../../browser/page/add-style.ts';
import style from '../../styles/search.css?inline';
import { SearchBox } from './SearchBox.tsx';

let dialog: HTMLDialogElement | undefined;

function makeDialog(): HTMLDialogElement {
  addStyle(style);
  const made = document.createElement('dialog');
  made.className = 'search-dialog';
  made.setAttribute('aria-label', 'Search');
  document.body.append(made);
  const body = document.createElement('div');
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'search-close';
  close.textContent = 'Close';
  close.addEventListener('click', () => made.close());
  made.append(body, close);
  // A click on the backdrop, outside the dialog's own box, closes it.
  made.addEventListener('click', (event) => {
    if (event.target === made) made.close();
  });
  render(<SearchBox />, body);
  return made;
}

/** Opens the dialog and puts the cursor into its field. */
export function openSearch(): void {
  dialog ??= makeDialog();
  if (!dialog.open) dialog.showModal();
  dialog.querySelector('input')?.select();
}
