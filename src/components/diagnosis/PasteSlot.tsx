/** A place for the output of one command: what is pasted there becomes a source of its own, and all is judged again. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Side } from '../../engine/types.ts';

/** What a reader pasted beside a command. */
export interface Output {
  text: string;
  side?: Side;
}

export type TakeOutput = (output: Output) => void;

interface Props {
  /** The command, in whose name the output is read. */
  command?: string;
  side?: Side | 'both';
  /** The slot stands open, as the next thing to do. */
  large?: boolean;
  onOutput: TakeOutput;
}

/** A record tells what it is; anything else is told by the command that printed it. */
const withCommand = (text: string, command: string | undefined): string =>
  command === undefined || /msg=[<"]/.test(text) || /^\s*\S*[#$%>]\s/.test(text)
    ? text
    : `# ${command.split('\n').at(-1)}\n${text}`;

export function PasteSlot({ command, side, large = false, onOutput }: Props) {
  const [open, setOpen] = useState(large);
  const field = useRef<HTMLTextAreaElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (open && asked.current) field.current?.focus();
  }, [open]);
  const give = (text: string) => {
    onOutput({ text: withCommand(text, command), ...(side && side !== 'both' ? { side } : {}) });
    setOpen(large);
    if (field.current) field.current.value = '';
  };
  const empty = () => give(command ? `# ${command.split('\n').at(-1)}\n# ` : '');
  if (!open)
    return (
      <button
        type="button"
        class="link slot-open"
        onClick={() => {
          asked.current = true;
          setOpen(true);
        }}
      >
        Paste the output here
      </button>
    );
  return (
    <div class="slot">
      <label>
        <b>Paste the output here</b> <span class="quiet small">Your other lines stay, and the answer is updated.</span>
        <textarea
          ref={field}
          class="log"
          rows={2}
          spellcheck={false}
          autocomplete="off"
          onInput={(event) => {
            if (event.inputType === 'insertFromPaste' && event.currentTarget.value.trim())
              give(event.currentTarget.value);
          }}
        />
      </label>
      <p class="slot-tools">
        {command && (
          <button type="button" onClick={empty}>
            It prints nothing
          </button>
        )}
        <button type="button" onClick={() => field.current?.value.trim() && give(field.current.value)}>
          Add it
        </button>
      </p>
    </div>
  );
}
