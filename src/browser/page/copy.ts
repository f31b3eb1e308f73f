/** A copy button beside each block of commands. */
import { copyText } from './copy-text.ts';

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
    button.textContent = 'Copy';
    button.addEventListener('click', async () => {
      button.textContent = await copyText(pre.textContent?.replace(/\n$/, '') ?? '', pre);
      setTimeout(() => {
        button.textContent = 'Copy';
      }, 2000);
    });
    box.append(pre, button);
  }
}
