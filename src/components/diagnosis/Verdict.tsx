/** One diagnosis: the verdict, why, the evidence, what makes sure, the fix with the values of the lines filled in. */
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import { glance } from '../../report/impact.ts';
import { LogLine } from '../lines/LogLine.tsx';
import { Asks } from './Asks.tsx';
import { CopyPre, NoCommand } from './CopyPre.tsx';
import type { CommandView, StepView, VerdictView, View } from './view.ts';
import { Where } from './Where.tsx';

const meaning = {
  certain: 'nothing else produces these lines',
  likely: 'this was the cause in nearly every test; another cause is possible',
  possible: 'one of several causes of these lines',
};
/** In place of these, where nothing shows who wrote the words. */
const ifSamhains =
  "if this is samhain's: the words match one of its messages, but nothing around them shows who printed them";

export function Sentence({ parts }: { parts: StepView['do'] }) {
  return <>{parts.map((part, i) => (part.code ? <code key={i}>{part.text}</code> : part.text))}</>;
}

function Steps({ steps }: { steps: StepView[] }) {
  return (
    <ol class="steps">
      {steps.map((step) => (
        <li key={step.do.map((part) => part.text).join('') + (step.commands[0]?.text ?? '')}>
          <p>
            {step.on && <Where side={step.on} />}
            {step.terminal && <span class="where">terminal {step.terminal}</span>}
            {step.changes && <span class="changes">changes something</span>}
            <Sentence parts={step.do} />{' '}
            {step.guideHref && (
              <a class="small" href={step.guideHref}>
                step by step
              </a>
            )}
          </p>
          {step.commands.map((command) => (
            <StepCommand key={command.text} command={command} labelled={step.commands.length > 1} />
          ))}
          {step.withheld && (
            <p class="small quiet">
              The command for this changes something, and these words could be another program's. Paste the whole line,
              or open the page.
            </p>
          )}
          {step.prints && (
            <p class="prints">
              <span>prints{step.captured === false ? ' (not captured)' : ''}</span> <samp>{step.prints}</samp>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

/** A command, with the values that the reader puts in. What a log names goes into it only by a click. */
function StepCommand({ command, labelled }: { command: CommandView; labelled: boolean }) {
  const [taken, setTaken] = useState<readonly string[]>([]);
  const text = command.open.reduce(
    (lines, { word, line, logged }) =>
      logged && taken.includes(word)
        ? lines
            .split('\n')
            .map((one) => (one === line ? logged.text : one))
            .join('\n')
        : lines,
    command.text,
  );
  const left = command.open.filter(({ word }) => !taken.includes(word));
  return (
    <>
      {labelled && command.on && <Where side={command.on} />}
      {left.length > 0 && (
        <ul class="fill-in small">
          {left.map(({ word, what, logged }) => (
            <li key={word}>
              Set <code>{word}</code>: {what}.
              {logged && (
                <>
                  {' '}
                  The log names <code class="logged">{logged.value}</code>. Check it first, then{' '}
                  <button type="button" class="link" onClick={() => setTaken([...taken, word])}>
                    use it in {word}
                  </button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {command.none ? <NoCommand reason={command.none} /> : <CopyPre text={text} />}
    </>
  );
}

interface Props {
  verdict: VerdictView;
  /** Open the fix at once. */
  open: boolean;
  /** What to look at first, where the lines do not leave one cause only. */
  sure?: View['undecided'];
}

export function Verdict({ verdict, open, sure }: Props) {
  const { confidence } = verdict;
  return (
    <section
      class={verdict.over ? 'verdict over' : 'verdict'}
      data-problem={verdict.problem}
      data-confidence={confidence}
    >
      <p class="verdict-head">
        <span class={`confidence-${confidence}`}>{confidence}</span>
        <span class="quiet">{verdict.quoted ? ifSamhains : meaning[confidence]}</span>
        {verdict.host && (
          <span>
            client <b>{verdict.host}</b>
          </span>
        )}
        <span class="quiet">step: {verdict.step}</span>
        {verdict.over && (
          <span class={verdict.overLikely ? 'chip' : 'chip verified'}>
            {verdict.overLikely ? 'probably over' : '✓ over'}
            {verdict.overStamp && `, ${verdict.overStamp}`}
          </span>
        )}
      </p>
      <h2>
        <a href={verdict.href}>{verdict.title}</a>
      </h2>
      <p class="verdict-summary">{verdict.summary}</p>
      {!verdict.over && (
        <>
          <h3 class="impact-head">Until it is fixed</h3>
          <dl class="impact">
            {verdict.impact.map(({ ask, answers }) => (
              <Fragment key={ask}>
                <dt>{ask}</dt>
                {answers.map(({ when, say }) => (
                  <dd key={say}>
                    {when && `${when}: `}
                    <b>{glance(say)[0]}</b>
                    {glance(say)[1]}
                  </dd>
                ))}
              </Fragment>
            ))}
          </dl>
        </>
      )}
      <ul class="evidence">
        {verdict.evidence.map((item) => (
          <li key={item.where + item.because}>
            <span class="quiet">{item.where}</span>
            <LogLine line={item.line} />
            <span>{item.because}</span>
          </li>
        ))}
      </ul>
      {verdict.forged && (
        <p class="note-bad">
          A line looks forged: a name sent over the network may hold anything. Its values are not used in commands.
        </p>
      )}
      {sure && (
        <div class="sure">
          <h3>First make sure</h3>
          <Asks undecided={sure} />
        </div>
      )}
      <details open={open && !verdict.over}>
        <summary>
          <b>How to fix it</b>
          {verdict.filled.length > 0 && (
            <span class="small quiet">
              {' '}
              with <code>{verdict.filled.join(' ')}</code> from your lines
            </span>
          )}
        </summary>
        {verdict.cases.map(({ id, title, when, test, steps }) => (
          <section class="case" key={id}>
            <h3>{title}</h3>
            {test && <Steps steps={[test]} />}
            <p>
              <b>It is this if:</b> <Sentence parts={when} />
            </p>
            {steps.length > 0 && <Steps steps={steps} />}
          </section>
        ))}
        {verdict.cases.length > 0 && verdict.fix.length > 0 && <h3>In any case</h3>}
        <Steps steps={verdict.fix} />
        <h3>Then verify</h3>
        <Steps steps={verdict.verify} />
      </details>
      <p>
        <a class="button" href={verdict.href}>
          Read the page
        </a>{' '}
        <a href={`${verdict.href}#how-to-be-sure`}>How to be sure it is this</a>
      </p>
    </section>
  );
}
