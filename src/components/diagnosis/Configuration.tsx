/** A configuration with its findings at their lines: what stands there, what the program reads, what to write. */

import { CopyPre } from './CopyPre.tsx';
import type { ConfigurationView, LinesView, SettingView } from './configuration-view.ts';
import { Sentence } from './Fix.tsx';
import { StateMark } from './marks.tsx';
import { many } from './numbers.ts';

const degreeWords = { breaks: 'Breaks', misleads: 'Misleads', untidy: 'Untidy' };

function Lines({ at }: { at: LinesView }) {
  const to = at.from + at.count - 1;
  const left = at.count - at.lines.length;
  const list = (
    <pre class="config-lines" tabIndex={0}>
      {at.lines.map((line, i) => (
        <span key={at.from + i}>
          <i>{at.from + i}</i>
          {line}
          {'\n'}
        </span>
      ))}
      {left > 0 && `… ${many(left)} more lines`}
    </pre>
  );
  if (!at.folded) return list;
  return (
    <details class="config-fold">
      <summary class="small">
        Lines {many(at.from)} to {many(to)}, no findings
      </summary>
      {list}
    </details>
  );
}

function Setting({ one }: { one: SettingView }) {
  return (
    <div class={`config-finding config-${one.degree}`} data-rule={one.rule} data-line={one.at?.from ?? 0}>
      {one.at && <Lines at={one.at} />}
      <p>
        <StateMark state={one.degree} /> <b>{degreeWords[one.degree]}.</b> <Sentence parts={one.says} />{' '}
        <Sentence parts={one.effect} />
      </p>
      {one.write !== undefined && <CopyPre text={one.write} />}
      {one.edit && (
        <p>
          <Sentence parts={one.edit} />
        </p>
      )}
      {one.leads && (
        <p class="small">
          Leads to: <a href={one.leads.href}>{one.leads.title}</a>
          {one.leads.only && ` · ${one.leads.only}`}
        </p>
      )}
    </div>
  );
}

export function Configuration({ view }: { view: ConfigurationView }) {
  return (
    <section class={`verdict ${view.parts.some((part) => 'rule' in part) ? '' : 'well'}`} data-configuration>
      <h2>{view.headline ?? `${view.counts[0]?.toUpperCase()}${view.counts.slice(1)}`}</h2>
      <p>
        {view.name && <code>{view.name}</code>}
        {view.name && (view.headline ? ': ' : '. ')}
        {view.headline && `${view.counts[0]?.toUpperCase()}${view.counts.slice(1)}. `}
        <span class="quiet">Read as the {view.kind}, line by line, as the program itself reads it.</span>
      </p>
      <div class="config-file">
        {view.parts.map((part) =>
          'rule' in part ? (
            <Setting key={`${part.rule} ${part.at?.from ?? 0}`} one={part} />
          ) : (
            <Lines key={part.from} at={part} />
          ),
        )}
      </div>
      {view.left > 0 && <p class="quiet">and {many(view.left)} more findings</p>}
      {view.asks.map((words) => (
        <p key={words} class="small quiet">
          {words}
        </p>
      ))}
    </section>
  );
}
