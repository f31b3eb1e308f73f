/** Brings the components of a page to life, in editions that have no astro-island. Runs in the browser. */

type Renderer = (
  element: Element,
) => (component: unknown, props: object, slots: object, options: { client: string }) => Promise<void>;

/** Every component of the bundle by the name that its places in the page carry. */
export type Islands = Record<string, [renderer: Renderer, component: unknown]>;

/** Starts the components below `root`, once each. */
export function hydrate(root: ParentNode, islands: Islands): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-island]')) {
    const [renderer, component] = islands[place.dataset.island ?? ''] ?? [];
    const props = JSON.parse(place.dataset.props ?? '{}') as object;
    if (!renderer) continue;
    place.removeAttribute('data-island');
    void renderer(place)(component, props, {}, { client: 'load' });
  }
}
