/** A copy button beside each block of commands. */
import { clipboardRefused, failureText } from '../../report/failures.ts';
import { copyText } from './copy-text.ts';

/** In words, and for the style: a narrow screen shows a sign in place of "Copy". */
function say(button: HTMLElement, words: string): void {
  button.textContent = words;
  button.dataset.said = words;
  button.title = words === 'Selected' ? failureText(clipboardRefused) : '';
}

/** Adds a button to every `pre[data-copy]` below `root`. */
export function addCopyButtons(root: ParentNode): void {
  for (const pre of root.querySelectorAll<HTMLPreElement>('pre[data-copy]')) {
    if (pre.parentElement?.classList.contains('copy-box')) continue;
    const box = document.createElement('div');
    box.className = 'copy-box';
    // A setup may have no such command.
    box.hidden = pre.hidden;
    pre.hidden = false;
    pre.replaceWith(box);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    say(button, 'Copy');
    button.addEventListener('click', async () => {
      say(button, await copyText(pre.textContent?.replace(/\n$/, '') ?? '', pre));
      setTimeout(() => say(button, 'Copy'), 2000);
    });
    box.append(pre, button);
  }
}
