/** The three counts, and behind them what was ruled out, and what nothing was said of and for want of what. */
import { type ComponentChildren, Fragment } from 'preact';
import type { EndingsGroup, EndingsView } from './endings-view.ts';
import { StateMark } from './marks.tsx';

interface ListProps {
  state: 'fine' | 'undecided';
  /** What happened to them: "ruled out". */
  words: string;
  groups: readonly { key: string; why: ComponentChildren; problems: EndingsGroup['problems'] }[];
}

/** Problems that ended in one way, grouped by what made them end so. */
function List({ state, words, groups }: ListProps) {
  if (groups.length === 0) return null;
  return (
    <>
      <h3>
        <StateMark state={state} /> {groups.reduce((n, { problems }) => n + problems.length, 0)} {words}
      </h3>
      <ul>
        {groups.map(({ key, why, problems }) => (
          <li key={key}>
            <span class="ending-n">{problems.length}</span>
            <span>{why}</span>
            <span class="ending-names">
              {problems.map(({ href, title }, i) => (
                <Fragment key={href}>
                  {i > 0 && ', '}
                  <a href={href}>{title}</a>
                </Fragment>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A reason that stands alone, and not behind "because". */
function sentenceOf(because: string): string {
  const words = because.replace(/^of /, '');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export function Endings({ endings: { counts, excluded, missing } }: { endings: EndingsView }) {
  return (
    <details class="endings" data-endings>
      <summary>
        <b>{counts}</b> <span class="quiet small">every known problem, with the reason</span>
      </summary>
      <List
        state="fine"
        words="ruled out"
        groups={excluded.map(({ problems, because = '', lines }) => ({
          key: `${because} ${lines}`,
          problems,
          why: (
            <>
              {sentenceOf(because)} <small>{lines}</small>
            </>
          ),
        }))}
      />
      <List
        state="undecided"
        words="not judged"
        groups={missing.map(({ text, href, problems }) => ({
          key: text,
          problems,
          why: <>Needs {href ? <a href={href}>{text}</a> : text}</>,
        }))}
      />
    </details>
  );
}
