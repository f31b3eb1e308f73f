/** The fix as a checklist: the case, the values that fill every command, the steps by terminal, and the verification. */
import { useState } from 'preact/hooks';
import { savedWork, saveWork } from '../../browser/workbench/saved-work.ts';
import { cleanValue, type Kind, suits } from '../../engine/diagnosis/values.ts';
import { quoted } from '../../engine/setup.ts';
import { LogLine } from '../lines/LogLine.tsx';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import { StateMark } from './marks.tsx';
import { PasteSlot, type TakeOutput } from './PasteSlot.tsx';
import type { AssignmentView, CaseView, CommandView, StepView, ValueView, VerdictView } from './types.ts';

export function Sentence({ parts }: { parts: StepView['do'] }) {
  return <>{parts.map((part, i) => (part.code ? <code key={i}>{part.text}</code> : part.text))}</>;
}

type Typed = Readonly<Record<string, string>>;

/** A line that sets a variable, with what the reader typed. */
function lineOf({ word, line }: AssignmentView, typed: Typed): string {
  const value = cleanValue(typed[word] ?? '').trim();
  return value ? `${word}=${quoted(value)}` : line;
}

function Command({ command, typed }: { command: CommandView; typed: Typed }) {
  if (command.none) return <NoCommand reason={command.none} />;
  const lines = command.assignments.map((one) => ({
    line: lineOf(one, typed),
    open: one.open && !typed[one.word]?.trim(),
  }));
  const text = [...lines.map(({ line }) => line), command.body].join('\n');
  return (
    <CopyPre text={text}>
      {lines.map(({ line, open }) => (
        <>
          <mark class={open ? 'fill' : ''}>{line}</mark>
          {'\n'}
        </>
      ))}
      {command.body}
    </CopyPre>
  );
}

const sides = { client: 'On the client', server: 'On the server', both: 'On both sides' } as const;

interface Group {
  on: StepView['on'];
  terminal: number | undefined;
  /** Number of the step whose shell it is. */
  shellOf?: number;
  /** The shell is needed again. */
  keep?: boolean;
  steps: { step: StepView; n: number }[];
}

/** Steps that follow each other in one terminal. */
function byTerminal(steps: readonly StepView[], from: number): Group[] {
  const groups: Group[] = [];
  const shells = new Map<string, Group>();
  steps.forEach((step, i) => {
    const n = from + i;
    const last = groups.at(-1);
    if (last && last.on === step.on && last.terminal === step.terminal) {
      last.steps.push({ step, n });
      return;
    }
    const shell = step.terminal === undefined ? undefined : `${step.on} ${step.terminal}`;
    const known = shell === undefined ? undefined : shells.get(shell);
    const of = known?.steps[0]?.n;
    const group: Group = { on: step.on, terminal: step.terminal, ...(of ? { shellOf: of } : {}), steps: [{ step, n }] };
    if (known) known.keep = true;
    else if (shell !== undefined) shells.set(shell, group);
    groups.push(group);
  });
  return groups;
}

interface StepProps {
  step: StepView;
  n: number;
  typed: Typed;
  done: boolean;
  next: boolean;
  onTick: (done: boolean) => void;
  onOutput: TakeOutput;
}

function Step({ step, n, typed, done, next, onTick, onOutput }: StepProps) {
  const [command] = step.commands;
  const asks = command && !command.none && (!step.changes || step.prints);
  const words = (
    <span class="step-do">
      {n}. <Sentence parts={step.do} />
    </span>
  );
  return (
    <li class={`${done ? 'is-done' : ''} ${next ? 'is-next' : ''}`}>
      {step.proof ? (
        <p class="tick">
          <StateMark state="fixed" />
          {words}
        </p>
      ) : (
        <label class="tick">
          <input type="checkbox" checked={done} onChange={(event) => onTick(event.currentTarget.checked)} />
          {words}
        </label>
      )}
      <div class="step-body">
        {step.proof && (
          <div class="proof">
            <p class="small quiet">
              Shown by {step.proof.where}
              {step.proof.time && `, ${step.proof.time}`}
            </p>
            <LogLine line={step.proof.line} />
          </div>
        )}
        {step.commands.map((one) => (
          <div key={one.on ?? ''}>
            {step.commands.length > 1 && one.on && <p class="small quiet">{sides[one.on]}</p>}
            <Command command={one} typed={typed} />
          </div>
        ))}
        {step.withheld && (
          <p class="small quiet">
            The command is left out: it changes something, and another program may have printed these words. Paste the
            whole line, or open the page.
          </p>
        )}
        <div class="step-foot small">
          {step.changes && <span class="changes">changes something</span>}
          {step.prints && (
            <span class="prints">
              {step.captured === false ? 'Prints (not recorded)' : 'Prints'} <samp>{step.prints}</samp>
            </span>
          )}
          {step.guideHref && <a href={step.guideHref}>Step by step</a>}
          {asks && !step.proof && <PasteSlot command={command.text} side={command.on ?? step.on} onOutput={onOutput} />}
        </div>
      </div>
    </li>
  );
}

const looks: Record<Kind, string> = {
  host: 'a host name or an address',
  name: "a host's own name",
  path: 'a full path, which begins with /',
  number: 'a number',
  text: 'a value',
};

const namers = { setting: 'configuration', check: 'output' } as const;

interface ValueProps {
  value: ValueView;
  typed: string;
  open: boolean;
  /** Steps that need it. */
  needed: readonly number[];
  id: string;
  onType: (text: string) => void;
}

function Value({ value: { word, what, kind, found, logged, by }, typed, open, needed, id, onType }: ValueProps) {
  const odd = typed.trim() !== '' && kind !== undefined && !suits(kind, typed.trim());
  const missing = open && !typed.trim();
  const steps = new Intl.ListFormat('en').format(needed.map(String));
  const at = steps ? `Needed for step${needed.length > 1 ? 's' : ''} ${steps}` : 'Needed to find your case';
  return (
    <div class={missing ? 'value value-open' : 'value'}>
      <label for={id}>
        {what[0]?.toUpperCase()}
        {what.slice(1)} <code>{word}</code>
      </label>
      <input
        id={id}
        type="text"
        class="log"
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        value={typed || (found ?? '')}
        aria-describedby={`${id}-note`}
        onInput={(event) => onType(event.currentTarget.value)}
      />
      <p id={`${id}-note`} class="small">
        {odd && <span class="odd">This does not look like {looks[kind]}. </span>}
        {missing && <span class="needed">{at}. </span>}
        {!typed && found && <span class="well">From your lines. </span>}
        {logged && !typed && (
          <>
            {by ? `The ${namers[by]} names` : 'The log names'} <code class="logged">{logged}</code>. Check it first,
            then{' '}
            <button type="button" class="link" onClick={() => onType(logged)}>
              use it in {word}
            </button>
          </>
        )}
      </p>
    </div>
  );
}

interface CasesProps {
  verdict: VerdictView;
  chosen: string;
  onChoose: (id: string) => void;
}

function Cases({ verdict: { key, cases, others }, chosen, onChoose }: CasesProps) {
  const all = [...cases, ...others];
  const [known] = cases;
  const by = known?.by;
  return (
    <fieldset class="cases">
      <legend class="hidden-text">Which case is it?</legend>
      {all.map((one, i) => (
        <label key={one.id} class={`case-card ${others.includes(one) ? 'is-out' : ''}`} data-case={one.id}>
          <input
            type="radio"
            name={`case ${key}`}
            value={one.id}
            checked={one.id === chosen}
            onChange={() => onChoose(one.id)}
          />
          <span>
            <b>
              {String.fromCharCode(65 + i)}. {one.title}
            </b>
            {one.by ? (
              <small class="by">Chosen by {one.by}</small>
            ) : (
              others.includes(one) && <small>{by ? 'Not what your lines show' : ''}</small>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** The test that tells a case; of one that shares it, that of the case before. */
function testOf(all: readonly CaseView[], at: number): StepView | undefined {
  for (let i = at; i >= 0; i--) if (all[i]?.test) return all[i]?.test;
  return undefined;
}

interface Props {
  verdict: VerdictView;
  onOutput: TakeOutput;
  /** Told how many steps are done, of how many. */
  onProgress?: (done: number, of: number) => void;
}

/** The state of a checklist, kept in this tab. */
export function useChecklist(verdict: VerdictView) {
  const { key } = verdict;
  const [, redraw] = useState(0);
  const change = (what: Parameters<typeof saveWork>[0]) => {
    saveWork(what);
    redraw((n) => n + 1);
  };
  const work = savedWork();
  const all = [...verdict.cases, ...verdict.others];
  const chosen = all.find(({ id }) => id === work.cases[key]) ?? all[0];
  const ticks = new Set(work.ticks);
  const steps = [...(chosen?.steps ?? []), ...verdict.fix];
  const done = (step: StepView) => step.proof !== undefined || ticks.has(step.id);
  const every = [...steps, ...verdict.verify];
  return {
    chosen,
    all,
    steps,
    typed: work.values[key] ?? {},
    done,
    count: every.filter(done).length,
    of: every.length,
    choose: (id: string) => change(({ cases }) => Object.assign(cases, { [key]: id })),
    type: (word: string, text: string) =>
      change(({ values }) => Object.assign(values, { [key]: { ...values[key], [word]: text } })),
    tick: ({ id, changes }: StepView, on: boolean) =>
      change((now) => {
        if (on && changes) now.repaired = Date.now();
        now.ticks = on ? [...now.ticks, id] : now.ticks.filter((one) => one !== id);
      }),
  };
}

type Checklist = ReturnType<typeof useChecklist>;

export function Fix({ verdict, list, onOutput }: Omit<Props, 'onProgress'> & { list: Checklist }) {
  const { chosen, all, steps, typed } = list;
  const test = chosen && !chosen.by && testOf(all, all.indexOf(chosen));
  const shown = [...steps, ...verdict.verify];
  const uses = (step: StepView, word: string, open: boolean) =>
    step.commands.some(({ assignments }) => assignments.some((one) => one.word === word && (!open || one.open)));
  const values = verdict.values.filter(({ word }) =>
    [...(test ? [test] : []), ...shown].some((one) => uses(one, word, false)),
  );
  const next = shown.find((step) => !list.done(step));
  return (
    <>
      {verdict.cases.length > 0 && <Cases verdict={verdict} chosen={chosen?.id ?? ''} onChoose={list.choose} />}
      {chosen && !chosen.by && (
        <div class="case-test">
          {test && (
            <div class={`lane-bar lane-${test.on ?? 'both'}`}>
              <p>
                <b>Which case is it?</b> <Sentence parts={test.do} />
              </p>
              {test.commands.map((one) => (
                <Command key={one.text} command={one} typed={typed} />
              ))}
              {test.commands[0] && !test.commands[0].none && (
                <PasteSlot command={test.commands[0].text} side={test.on} onOutput={onOutput} />
              )}
            </div>
          )}
          <p class="small">
            <b>This is your case if:</b> <Sentence parts={chosen.when} />
          </p>
        </div>
      )}
      {values.length > 0 && (
        <div class="values">
          <p>
            <b>Fill in once.</b> Every command uses these values. Commands are for sh, bash or zsh.
          </p>
          <div class="values-grid">
            {values.map((one) => (
              <Value
                key={one.word}
                value={one}
                id={`value-${verdict.key}-${one.word}`.replace(/[^\w-]/g, '-')}
                typed={typed[one.word] ?? ''}
                open={[...(test ? [test] : []), ...shown].some((step) => uses(step, one.word, true))}
                needed={shown.flatMap((step, i) => (uses(step, one.word, true) ? [i + 1] : []))}
                onType={(text) => list.type(one.word, text)}
              />
            ))}
          </div>
        </div>
      )}
      <Steps steps={steps} from={1} list={list} next={next} onOutput={onOutput} />
    </>
  );
}

export function Verify({ verdict, list, onOutput }: Omit<Props, 'onProgress'> & { list: Checklist }) {
  const shown = [...list.steps, ...verdict.verify];
  const next = shown.find((step) => !list.done(step));
  return <Steps steps={verdict.verify} from={list.steps.length + 1} list={list} next={next} onOutput={onOutput} />;
}

interface StepsProps {
  steps: readonly StepView[];
  from: number;
  list: Checklist;
  next: StepView | undefined;
  onOutput: TakeOutput;
}

function Steps({ steps, from, list, next, onOutput }: StepsProps) {
  return (
    <>
      {byTerminal(steps, from).map(({ on, keep, shellOf, steps: its }) => (
        <section key={its[0]?.n} class={`terminal lane-bar lane-${on ?? 'both'}`}>
          <h4>
            {on ? sides[on] : 'Anywhere'}{' '}
            <span class="quiet small">
              {shellOf ? `in the shell of step ${shellOf}` : keep ? 'keep this shell open' : ''}
            </span>
          </h4>
          <ol class="todo" start={its[0]?.n ?? 1}>
            {its.map(({ step, n }) => (
              <Step
                key={step.id}
                step={step}
                n={n}
                typed={list.typed}
                done={list.done(step)}
                next={step === next}
                onTick={(onNow) => list.tick(step, onNow)}
                onOutput={onOutput}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
