/** Ctrl-K, "/" and the search button open the search; its code is loaded then, not before. */

const load = () => import('../../components/search/dialog.tsx');

async function open(): Promise<void> {
  const { openSearch } = await load();
  openSearch();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Binds the keys and every element marked `data-search`. */
export function setUpSearch(): void {
  document.addEventListener('keydown', (event) => {
    // Whoever presses Ctrl may press K next: its code is fetched meanwhile, so that no letter is lost.
    if (event.key === 'Control' || event.key === 'Meta') void load();
    const ctrlK = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k';
    const slash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (!ctrlK && !slash) return;
    event.preventDefault();
    void open();
  });
  for (const button of document.querySelectorAll<HTMLElement>('[data-search]')) {
    button.addEventListener('click', (event) => {
      event.preventDefault();
      void open();
    });
  }
}
