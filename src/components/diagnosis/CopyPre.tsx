/** A command with its copy button; or why this setup has none. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { copyText } from '../../browser/page/copy-text.ts';
import { clipboardRefused, failureText } from '../../report/failures.ts';

interface Props {
  /** What is copied. */
  text: string;
  /** The same, with its parts told apart. */
  children?: ComponentChildren;
}

/** A command as it is copied; a line that sets a value which is not known yet is marked as a place to fill in. */
function Marked({ text }: { text: string }) {
  const lines = text.split('\n');
  const open = lines.findIndex((line) => !/^my_\w+=''$/.test(line));
  if (open < 1) return <>{text}</>;
  return (
    <>
      {lines.slice(0, open).map((line) => (
        <>
          <mark class="fill">{line}</mark>
          {'\n'}
        </>
      ))}
      {lines.slice(open).join('\n')}
    </>
  );
}

export function CopyPre({ text, children }: Props) {
  const shown = useRef<HTMLElement>(null);
  const timer = useRef(0);
  const [said, setSaid] = useState('Copy');
  useEffect(() => () => clearTimeout(timer.current), []);
  async function copy(): Promise<void> {
    if (!shown.current) return;
    setSaid(await copyText(text, shown.current));
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setSaid('Copy'), 2500);
  }
  const what = text.split('\n').find((line) => !/^my_\w+=/.test(line)) ?? text;
  return (
    <div class="copy-box">
      <pre tabIndex={0} class="command">
        <code ref={shown}>{children ?? <Marked text={text} />}</code>
      </pre>
      <button
        type="button"
        class="copy"
        data-said={said}
        title={said === 'Selected' ? failureText(clipboardRefused) : undefined}
        onClick={() => void copy()}
      >
        {said}
        <span class="hidden-text"> {what.slice(0, 80)}</span>
      </button>
    </div>
  );
}

/** What stands in place of a command that the reader's setup does not have. */
export function NoCommand({ reason }: { reason: string }) {
  return (
    <p class="no-command">
      <b>No command here.</b> {reason.replaceAll('`', '')}
    </p>
  );
}
