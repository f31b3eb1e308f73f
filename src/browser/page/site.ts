/** What every page needs: theme switch, the keys that open the search, the sidebar; the rest is loaded by it. Nothing here blocks the page. */
import { setUpSearch } from './search.ts';
import { setUpSidebar } from './sidebar.ts';
import { setUpTheme } from './theme.ts';

setUpTheme();
setUpSearch();
setUpSidebar();
// What makes reading easier, and the answers of the wizard, those that led here and those that lead on, come when the page
// itself is done.
// (Firefox calls it an error if the page is left before they are there; without them, it is whole.)
import('./reading.ts').catch(() => {});
if (document.querySelector(document.documentElement.dataset.steps ? '[data-trail]' : 'a[data-answer]')) {
  let follows = false;
  const trail = import('./trail.ts').finally(() => {
    follows = true;
  });
  trail.catch(() => {});
  // An answer that is given before that would lose the ones before it: it waits.
  document.addEventListener('click', (event) => {
    const answer = event.target instanceof Element && event.target.closest<HTMLElement>('a[data-answer]');
    if (follows || !answer || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const go = () => answer.click();
    void trail.then(go, go);
  });
}
// The list of setups is loaded when somebody asks for it.
document.addEventListener('click', async ({ target }) => {
  const from = target instanceof Element && target.closest<HTMLElement>('[data-setup]');
  if (from) (await import('../setup/panel.ts')).togglePanel(from);
});
// Kept for use without a network; see offline.ts. Loaded when the page itself is done.
if (import.meta.env.PROD && !globalThis.samhainEdition && 'serviceWorker' in navigator) {
  addEventListener('load', () => void import('./offline.ts'), { once: true });
}
