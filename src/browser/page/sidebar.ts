/** What folds on a narrow screen: the sidebar, open where there is room for it, and the menu of the header. */

/** Same width as in article.css. */
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
  // What is shown is in view, however long the list is.
  const current = box.querySelector<HTMLElement>('[aria-current="page"]');
  const side = box.parentElement;
  if (wide.matches && current && side) side.scrollTop = current.offsetTop - side.clientHeight / 2;
}
