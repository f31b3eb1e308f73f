/** The answer for a colleague: copied, saved or printed, with or without the names in it; and a reply with the real names. */
import { useEffect, useState } from 'preact/hooks';
import { writeReport } from '../../browser/workbench/engine-client.ts';
import type { HandedOn } from '../../browser/workbench/hand-on.ts';
import type { Question } from '../../browser/workbench/question.ts';
import { clipboardRefused, failureText, reportUnwritten } from '../../report/failures.ts';
import { type Hidden, type HiddenKind, restore } from '../../report/redact.ts';
import { many } from './numbers.ts';

const kinds: Record<HiddenKind, [one: string, many: string]> = {
  host: ['host name', 'host names'],
  domain: ['domain', 'domains'],
  address: ['address', 'addresses'],
  user: ['user', 'users'],
  path: ['path', 'paths'],
  mail: ['e-mail address', 'e-mail addresses'],
  file: ['file name', 'file names'],
  own: ['word of your own', 'words of your own'],
};
const mostListed = 200;

/** Copies; where the browser refuses, the text is selected, to be copied by hand. */
async function copy(text: string, shown: HTMLTextAreaElement | null): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
    return 'Copied.';
  } catch {
    if (shown) {
      shown.value = text;
      shown.focus();
      shown.select();
      if (document.execCommand?.('copy')) return 'Copied.';
    }
    return failureText(clipboardRefused);
  }
}

function save(text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown;charset=utf-8' }));
  link.download = 'samhain-diagnosis.md';
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The report alone. Where the browser does not know `:has`, what else the page prints stands around it. */
function printReport(): void {
  const { classList } = document.documentElement;
  classList.add('print-report');
  addEventListener('afterprint', () => classList.remove('print-report'), { once: true });
  print();
}

function HiddenList({ hidden: all }: { hidden: readonly Hidden[] }) {
  const hidden = all.filter(({ times }) => times > 0);
  if (hidden.length === 0) return <p class="small">Nothing had to be hidden.</p>;
  const counts = (Object.keys(kinds) as HiddenKind[]).flatMap((kind) => {
    const n = hidden.filter((one) => one.kind === kind).length;
    return n > 0 ? [`${n} ${kinds[kind][n === 1 ? 0 : 1]}`] : [];
  });
  return (
    <details class="hand-on-hidden small">
      <summary>Hidden: {new Intl.ListFormat('en').format(counts)}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">In your lines</th>
            <th scope="col">In the report</th>
            <th scope="col">Times</th>
          </tr>
        </thead>
        <tbody>
          {hidden.slice(0, mostListed).map(({ real, standIn, times }) => (
            <tr key={standIn}>
              <td>
                <code>{real}</code>
              </td>
              <td>
                <code>{standIn}</code>
              </td>
              <td>{many(times)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {hidden.length > mostListed && <p>and {many(hidden.length - mostListed)} more</p>}
    </details>
  );
}

/** A reply in which the stand-ins stand, read with the real names. */
function Reply({ hidden }: { hidden: readonly Hidden[] }) {
  const [reply, setReply] = useState('');
  return (
    <details class="hand-on-reply small">
      <summary>Put the real names back into a reply</summary>
      <label>
        Your colleague's reply
        <textarea rows={3} spellcheck={false} onInput={(event) => setReply(event.currentTarget.value)} />
      </label>
      {reply.trim() && (
        <pre tabIndex={0} data-restored>
          {restore(reply, hidden)}
        </pre>
      )}
    </details>
  );
}

/**
 * @param question what the answer above was given to
 * @param done steps that are ticked, in words
 */
export function HandOn({ question, done = [] }: { question: Question; done?: string[] }) {
  const [open, setOpen] = useState(false);
  const [redact, setRedact] = useState(true);
  const [words, setWords] = useState('');
  const [given, setGiven] = useState<HandedOn>();
  const [said, setSaid] = useState('');
  /** Which of the two is shown: the one that was copied last. */
  const [form, setForm] = useState<'markdown' | 'text'>('markdown');
  const [shown, setShown] = useState<HTMLTextAreaElement | null>(null);
  const ticked = done.join('\n');

  useEffect(() => {
    if (!open) return undefined;
    let wanted = true;
    const hide = words.split(/[,\n]/);
    const timer = setTimeout(async () => {
      try {
        const report = await writeReport(question, { redact, hide, done });
        if (wanted) setGiven(report);
      } catch (error) {
        if (wanted)
          setSaid(failureText(reportUnwritten, { reason: error instanceof Error ? error.message : String(error) }));
      }
    }, 100);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [open, redact, words, question, ticked]);

  return (
    <details class="hand-on" onToggle={(event) => setOpen(event.currentTarget.open)} data-hand-on>
      <summary>Hand it on: copy, save or print a report</summary>
      <div class="hand-on-choice">
        <label>
          <input type="checkbox" checked={redact} onChange={(event) => setRedact(event.currentTarget.checked)} /> Hide
          hosts, addresses, users and paths
        </label>
        <label>
          Hide these words too, separated by commas
          <input
            type="text"
            spellcheck={false}
            disabled={!redact}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
      </div>
      <p class="small quiet">
        Passwords and keys are always masked, and lines of other programs are left out. The list of real names stays in
        this tab.
      </p>
      {given && redact && <HiddenList hidden={given.hidden} />}
      <div class="hand-on-tools">
        {(['markdown', 'text'] as const).map((one) => (
          <button
            key={one}
            type="button"
            disabled={!given}
            onClick={async () => {
              if (!given) return;
              setForm(one);
              setSaid(await copy(given[one], shown));
            }}
          >
            Copy as {one === 'markdown' ? 'Markdown' : 'text'}
          </button>
        ))}
        <button type="button" disabled={!given} onClick={() => given && save(given.markdown)}>
          Save
        </button>
        <button type="button" disabled={!given} onClick={printReport}>
          Print
        </button>
      </div>
      <p role="status" class="small">
        {said}
      </p>
      {given && (
        <label class="hand-on-report">
          The report
          <textarea ref={setShown} class="log" rows={12} readOnly spellcheck={false} value={given[form]} data-report />
        </label>
      )}
      {given && (
        <pre class="print-only" aria-hidden="true">
          {given.text}
        </pre>
      )}
      {given && redact && given.hidden.length > 0 && <Reply hidden={given.hidden} />}
    </details>
  );
}
