/** The side at which something is done or seen: told by the rail and by word. */
export function Where({ side }: { side: 'client' | 'server' | 'both' }) {
  return (
    <span class="where">
      {side !== 'server' && <i class="rail rail-client" />}
      {side !== 'client' && <i class="rail" />}
      {side === 'both' ? 'on both sides' : `on the ${side}`}
    </span>
  );
}
