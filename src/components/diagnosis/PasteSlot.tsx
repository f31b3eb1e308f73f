/**
 * A place for the output of one command: what is pasted there becomes a source of its own, all is judged again, and the place
 * says what that output is.
 */
import { createContext } from 'preact';
import { useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { Side } from '../../engine/types.ts';
import { StateMark } from './marks.tsx';
import type { OutputsView } from './outputs-view.ts';
import { NotKnown, Says } from './Says.tsx';

/** What a reader pasted beside a command. */
export interface Output {
  text: string;
  side?: Side;
}

/** @returns the name of the source that it became */
export type TakeOutput = (output: Output) => string;

/** What the outputs say that were given so far, and the sources that there are. */
export const Said = createContext<{ outputs?: OutputsView | undefined; sources: readonly string[] }>({ sources: [] });

/** The source that each command's output became: an answer can put another component in a slot's place. */
const given = new Map<string, string>();

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

/** What was pasted here says, in place. */
function InPlace({ source }: { source: string }) {
  const { outputs, sources } = useContext(Said);
  if (!sources.includes(source)) return null;
  const known = [...(outputs?.telling ?? []), ...(outputs?.others ?? [])].filter((one) => one.source === source);
  const unknown = outputs?.unknown.filter((one) => one.source === source) ?? [];
  const proves = known.some(({ says }) => says.some(({ word }) => word === 'Proves'));
  return (
    <div class="slot-said" data-slot-said>
      {known.map((one) => (
        <p key={one.where + one.check}>
          <StateMark state={proves ? 'to-fix' : 'fine'} /> <Says one={one} />
        </p>
      ))}
      {unknown.map((one) => (
        <p key={one.where}>
          <StateMark state="undecided" /> Not recognized: <NotKnown one={one} />
        </p>
      ))}
      {known.length + unknown.length === 0 && (
        <p>
          <StateMark state="undecided" /> It was read like your other lines; what they say is in the answer.
        </p>
      )}
    </div>
  );
}

export function PasteSlot(props: Props) {
  const source = given.get(props.command ?? '');
  return (
    <>
      <div aria-live="polite">{source !== undefined && <InPlace source={source} />}</div>
      <Field {...props} />
    </>
  );
}

function Field({ command, side, large = false, onOutput }: Props) {
  const [open, setOpen] = useState(large);
  const field = useRef<HTMLTextAreaElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (open && asked.current) field.current?.focus();
  }, [open]);
  const give = (text: string) => {
    given.set(
      command ?? '',
      onOutput({ text: withCommand(text, command), ...(side && side !== 'both' ? { side } : {}) }),
    );
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
