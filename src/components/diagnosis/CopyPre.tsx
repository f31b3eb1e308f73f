/** A command with its copy button; or why this setup has none. */
import { useState } from 'preact/hooks';

export function CopyPre({ text }: { text: string }) {
  const [said, setSaid] = useState('Copy');
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      setSaid('Copied');
    } catch {
      setSaid('Select and copy by hand');
    }
    setTimeout(() => setSaid('Copy'), 2000);
  }
  return (
    <div class="copy-box">
      <pre tabIndex={0} class="command">
        <code>{text}</code>
      </pre>
      <button type="button" class="copy" onClick={() => void copy()}>
        {said}
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
