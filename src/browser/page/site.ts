/** What every page needs: theme switch, copy buttons, the keys that open the search, the sidebar. Nothing here blocks the page. */
import { addCopyButtons } from './copy.ts';
import { setUpSearch } from './search.ts';
import { setUpSidebar } from './sidebar.ts';
import { setUpTheme } from './theme.ts';

setUpTheme();
addCopyButtons(document);
setUpSearch();
setUpSidebar();
// The list of setups is loaded when somebody asks for it.
document.addEventListener('click', async ({ target }) => {
  const from = target instanceof Element && target.closest<HTMLElement>('[data-setup]');
  if (from) (await import('../setup/panel.ts')).togglePanel(from);
});
// Kept for use without a network; see offline.ts. Loaded when the page itself is done.
if (import.meta.env.PROD && !globalThis.samhainEdition && 'serviceWorker' in navigator) {
  addEventListener('load', () => void import('./offline.ts'), { once: true });
}
