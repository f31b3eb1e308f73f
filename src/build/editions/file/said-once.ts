/** In one file, what stands a few lines or one click away need not be said again: it has to stay small enough for mail. */
import type { HTMLElement } from 'node-html-parser';

/** Removes summaries under links that an earlier list has already given, and facts that the same page shows as a line. */
export function sayOnce(sheets: readonly { main: HTMLElement }[]): void {
  const said = new Set<string>();
  for (const { main } of sheets) {
    for (const card of main.querySelectorAll('.card')) {
      const summary = card.querySelector('p');
      const key = `${card.querySelector('a')?.getAttribute('href')} ${summary?.text}`;
      if (said.has(key)) summary?.remove();
      said.add(key);
    }
    const shown = new Set(main.querySelectorAll('.forms pre').map((pre) => pre.text));
    for (const row of main.querySelectorAll('.facts tr')) {
      if (shown.has(row.querySelector('td')?.text ?? '')) row.remove();
    }
  }
}
