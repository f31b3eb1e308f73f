/** In one file, what stands a few lines or one click away need not be said again: it has to stay small enough for mail. */
import type { HTMLElement } from 'node-html-parser';
import { withAny } from '../site.ts';

/** Removes summaries under links that an earlier list has already given, and facts that the same page shows as a line. */
export function removeRepeated(sheets: readonly { main: HTMLElement }[]): void {
  const said = new Set<string>();
  for (const { main } of sheets) {
    for (const card of withAny(main, '.card')) {
      const summary = card.querySelector('p');
      const key = `${card.querySelector('a')?.getAttribute('href')} ${summary?.text}`;
      if (said.has(key)) summary?.remove();
      said.add(key);
    }
    const shown = new Set(
      withAny(main, '.forms').flatMap((forms) => forms.getElementsByTagName('pre').map((pre) => pre.text)),
    );
    for (const facts of withAny(main, '.facts')) {
      for (const row of facts.getElementsByTagName('tr'))
        if (shown.has(row.getElementsByTagName('td')[0]?.text ?? '')) row.remove();
    }
  }
}
