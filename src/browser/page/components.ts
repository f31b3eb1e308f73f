/**
 * Brings Preact components to life whose markup the page has already, in an element with their name (`data-component`) and
 * their properties (`data-props`). The same in every edition.
 */
import { type ComponentType, h, hydrate } from 'preact';

const components = new Map<string, ComponentType<never>>();

/** Hydrates the components below `root`, each once; what is hidden waits until it is shown and this is called again. */
export function hydrateBelow(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-component]')) {
    const component = components.get(place.dataset.component ?? '') as ComponentType<object> | undefined;
    if (!component || place.closest('[hidden]')) continue;
    const props = JSON.parse(place.dataset.props ?? '{}') as object;
    place.removeAttribute('data-component');
    place.removeAttribute('data-props');
    hydrate(h(component, props), place);
  }
}

/** Names a component, and hydrates it wherever it stands on the page. */
export function addComponent<Props>(name: string, component: ComponentType<Props>): void {
  components.set(name, component as ComponentType<never>);
  hydrateBelow(document);
}
