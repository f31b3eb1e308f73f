/** The theme: the system's unless the reader chose another. */

type Theme = 'light' | 'dark';

const root = document.documentElement;
const dark = matchMedia('(prefers-color-scheme: dark)');

const shown = (): Theme => (root.dataset.theme as Theme | undefined) ?? (dark.matches ? 'dark' : 'light');

/** Makes the switches work. The choice itself is applied in the head, before the first paint. */
export function setUpTheme(): void {
  const buttons = document.querySelectorAll<HTMLButtonElement>('[data-theme-switch]');
  const show = () => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(shown() === 'dark'));
  };
  const change = () => {
    const next: Theme = shown() === 'dark' ? 'light' : 'dark';
    root.dataset.theme = next;
    try {
      // Back to the system's theme means: nothing to remember.
      if ((next === 'dark') === dark.matches) localStorage.removeItem('theme');
      else localStorage.setItem('theme', next);
    } catch {
      // Storage refused: the choice holds for this page.
    }
    show();
  };
  for (const button of buttons) button.addEventListener('click', change);
  dark.addEventListener('change', show);
  show();
}
