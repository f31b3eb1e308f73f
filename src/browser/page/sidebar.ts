/** The sidebar: a list that is open where there is room for it, and a menu behind its title elsewhere. */

/** Same width as in layout.css. */
const wide = matchMedia('(min-width: 60rem)');

/**
 * The style sheet shows the list on a wide screen, open or not. Here it is opened in truth, so that whoever reads
 * the page by its tree, as screen readers do, finds it open as well.
 */
export function setUpSidebar(): void {
  const box = document.querySelector<HTMLDetailsElement>('.side > details');
  if (!box) return;
  const adapt = () => {
    box.open = wide.matches;
  };
  wide.addEventListener('change', adapt);
  adapt();
}
