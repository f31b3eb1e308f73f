/** One diagnosis: the verdict, why, the evidence, the fix with the values of the lines filled in. */
import { useEffect, useRef } from 'preact/hooks';
import { addCopyButtons } from '../../scripts/copy.ts';
import { LogLine } from '../lines/LogLine.tsx';
import type { StepView, VerdictView } from './view.ts';

const meaning = {
  certain: 'these lines leave no other cause',
  likely: 'so it was in every captured run, but another cause is thinkable',
  possible: 'one of several causes of these lines',
};

function Where({ side }: { side: 'client' | 'server' | 'both' }) {
  return (
    <span class="where">
      {side !== 'server' && <i class="rail rail-client" aria-hidden="true" />}
      {side !== 'client' && <i class="rail" aria-hidden="true" />}
      {side === 'both' ? 'on both sides' : `on the ${side}`}
    </span>
  );
}

function Steps({ steps }: { steps: StepView[] }) {
  const list = useRef<HTMLOListElement>(null);
  // Buttons are added once the list is in the page, and to steps whose values changed; they hold no state of ours.
  useEffect(() => {
    if (list.current) addCopyButtons(list.current);
  }, [steps]);
  return (
    <ol class="steps" ref={list}>
      {steps.map((step) => (
        <li key={step.do + (step.run ?? '')}>
          <p>
            {step.on && <Where side={step.on} />}
            {step.do.map((part, i) => (part.code ? <code key={i}>{part.text}</code> : part.text))}{' '}
            {step.guideHref && (
              <a class="small" href={step.guideHref}>
                step by step
              </a>
            )}
          </p>
          {step.run && (
            <div>
              <pre tabIndex={0} data-copy>
                <code>{step.run}</code>
              </pre>
            </div>
          )}
          {step.prints && (
            <p class="prints">
              <span>prints</span> <samp>{step.prints}</samp>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

export function Verdict({ verdict, open }: { verdict: VerdictView; open: boolean }) {
  const { confidence } = verdict;
  return (
    <section
      class={verdict.over ? 'verdict over' : 'verdict'}
      data-problem={verdict.problem}
      data-confidence={confidence}
    >
      <p class="verdict-head">
        <span class={`confidence-${confidence}`}>{confidence}</span>
        <span class="quiet">{meaning[confidence]}</span>
        {verdict.host && (
          <span>
            client <b>{verdict.host}</b>
          </span>
        )}
        <span class="quiet">{verdict.stage}</span>
        {verdict.over && <span class="chip verified">✓ over{verdict.overStamp && `, ${verdict.overStamp}`}</span>}
      </p>
      <h2>
        <a href={verdict.href}>{verdict.title}</a>
      </h2>
      <p class="verdict-summary">{verdict.summary}</p>
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
      <details open={open && !verdict.over}>
        <summary>
          <b>How to fix it</b>
          {verdict.filled.length > 0 && (
            <span class="small quiet"> with {verdict.filled.join(', ')} from your lines</span>
          )}
        </summary>
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
