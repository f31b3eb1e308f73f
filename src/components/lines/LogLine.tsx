/** A log line with its parts told apart; the text of a stranger, shown as text. */
import { headLength, partClass, splitLine } from './parts.ts';

export function LogLine({ line }: { line: string }) {
  const parts = splitLine(line);
  const head = headLength(parts);
  const show = (from: number, to: number) =>
    parts.slice(from, to).map((part, i) => (
      <span key={i} class={partClass(part)}>
        {part.text}
      </span>
    ));
  return (
    <code class="log-line">
      {head > 0 && <span class="l-head">{show(0, head)}</span>}
      {show(head, parts.length)}
    </code>
  );
}
