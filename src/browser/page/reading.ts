/** What makes a page easier to use, loaded when it can be read already: copy buttons, the section in view, addresses of sections, the menu. */
import { addCopyButtons } from './copy.ts';

const toc = document.querySelector<HTMLElement>('.toc');

/** The last heading that stands above the upper third of the window. */
function headingInView(headings: readonly HTMLElement[]): HTMLElement | undefined {
  // At the end of the page the last section may be too short to come up that far.
  if (innerHeight + scrollY >= document.documentElement.scrollHeight - 2) return headings.at(-1);
  return headings.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
}

/**
 * Marks the link to the section in view.
 * @param own no link stands for a section that none leads to: without it the last one before counts
 */
function follow(box: ParentNode, own = false): void {
  const links = [...box.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].flatMap((link) => {
    const heading = document.getElementById(link.hash.slice(1));
    return heading?.matches('h2, h3') ? [[link, heading] as const] : [];
  });
  if (links.length === 0) return;
  const headings = own
    ? [...document.querySelectorAll<HTMLElement>('.text .prose h2[id]')]
    : links.map(([, heading]) => heading);
  const markCurrent = () => {
    const current = headingInView(headings);
    for (const [link, heading] of links) {
      if (heading === current) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  };
  let waits = false;
  const update = () => {
    waits = false;
    markCurrent();
  };
  addEventListener(
    'scroll',
    () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(update);
    },
    { passive: true },
  );
  update();
}

/** A sign behind each heading that leads to it, and copies its whole address. */
function addAnchors(root: ParentNode): void {
  for (const heading of root.querySelectorAll<HTMLElement>(':is(h2, h3)[id]:not(summary *)')) {
    const anchor = document.createElement('a');
    anchor.className = 'anchor';
    anchor.href = `#${heading.id}`;
    anchor.textContent = '#';
    anchor.setAttribute('aria-label', `Copy the address of “${heading.textContent?.trim()}”`);
    anchor.addEventListener('click', () => {
      navigator.clipboard?.writeText(anchor.href).then(
        () => {
          anchor.dataset.copied = '';
          anchor.textContent = 'Copied';
          setTimeout(() => {
            anchor.textContent = '#';
            delete anchor.dataset.copied;
          }, 2000);
        },
        () => {},
      );
    });
    heading.append(anchor);
  }
}

/** What is folded opens when an address leads to it. */
function openNamed(): void {
  const named = document.getElementById(location.hash.slice(1));
  for (let box = named?.closest('details'); box; box = box.parentElement?.closest('details')) box.open = true;
}

/** The menu of a narrow screen closes by Escape, by a click beside it, and when something of it opens a list of its own. */
function setUpMenu(): void {
  const menu = document.querySelector<HTMLDetailsElement>('.menu');
  if (!menu) return;
  document.addEventListener('click', ({ target }) => {
    const inside = target instanceof Element && menu.contains(target);
    if (!inside || (target as Element).closest('[data-setup]')) menu.open = false;
  });
  menu.addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape') return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}

addCopyButtons(document);
setUpMenu();
openNamed();
addEventListener('hashchange', openNamed);
if (toc) {
  follow(toc);
  const text = document.querySelector('.text');
  const title = text?.querySelector('h1');
  const bar = document.querySelector('.bar');
  if (bar && title) {
    follow(bar, true);
    new IntersectionObserver(([entry]) => bar.toggleAttribute('data-shown', !entry?.isIntersecting)).observe(title);
  }
  if (text) addAnchors(text);
}
