/** The side at which something is done or seen: told by its rail and by word. */
export function Where({ side }: { side: 'client' | 'server' | 'both' }) {
  return <span class={`where on-${side}`}>{side === 'both' ? 'on both sides' : `on the ${side}`}</span>;
}
