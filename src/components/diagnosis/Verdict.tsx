/**
 * One problem and client, or the problems that the same lines fit: state and headline, impact, how far the connection came,
 * then the fix, open and first, the evidence in two lanes, and what is similar.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { glance } from '../../report/impact.ts';
import { LogLine } from '../lines/LogLine.tsx';
import { LyingMap, type Stage } from '../map/Map.tsx';
import { Asks } from './Asks.tsx';
import { Endings } from './Endings.tsx';
import { EvidenceLanes, Place } from './EvidenceLanes.tsx';
import type { EndingsView } from './endings-view.ts';
import { Fix, Sentence, useChecklist, Verify } from './Fix.tsx';
import { StateMark, Sure, stateWords } from './marks.tsx';
import { many } from './numbers.ts';
import type { TakeOutput } from './PasteSlot.tsx';
import type { GroupView, VerdictView } from './types.ts';

/** In place of the confidence's meaning, where nothing shows who wrote the words. */
const unsigned = 'nothing around these words shows who wrote them';
/** Where the headline says no "if". */
const ifSamhains =
  "if this is samhain's: the words match one of its messages, but nothing around them shows who wrote them";

const meaning = {
  certain: 'nothing else produces these lines',
  likely: 'this was the cause in nearly every test; another cause is possible',
  possible: 'one of several causes of these lines',
};

/** What is over is named as surely as it was while it lasted. */
const wasIt = { certain: 'It was:', likely: 'It was probably:', possible: 'It may have been:' };

/** One failure has a line of each side, and a check's output is one more: how often it happened is not known. */
export const times = (n: number): string => (n === 1 ? 'once' : `in ${many(n)} lines`);

/** The host's first part is what people say; addresses stay whole. */
export const shortHost = (host: string): string => (/^[\d.:]+$/.test(host) ? host : (host.split('.')[0] ?? host));

/** Four questions, each with its answer at a glance; the reasons behind it. */
function Impact({ verdict }: { verdict: VerdictView }) {
  const { impact } = verdict;
  return (
    <section class="impact-row">
      <h3>Until it is fixed</h3>
      <dl>
        {impact.map(({ ask, answers }) => (
          <div key={ask}>
            <dt>{ask}</dt>
            {answers.map(({ when, say }) => {
              const [lead] = glance(say);
              return (
                <dd key={say}>
                  <b class={lead ? '' : 'whole'}>{lead || say.replace(/\.$/, '')}</b>
                  {when && <span class="quiet"> ({when.toLowerCase()})</span>}
                </dd>
              );
            })}
          </div>
        ))}
      </dl>
      <details data-why>
        <summary>Why</summary>
        <ul>
          {impact.map(({ ask, answers }) => (
            <li key={ask}>
              {ask}{' '}
              {answers.map(({ when, say }) => (
                <span key={say}>
                  {when && <span class="quiet">{when}: </span>}
                  {say}{' '}
                </span>
              ))}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Facts({ verdict }: { verdict: VerdictView }) {
  const { times: n, first, last, alive, host, over } = verdict;
  // What has no time, such as the output of a check, is so now.
  if (!first) return null;
  return (
    <dl class="facts">
      <div>
        <dt>Seen</dt>
        <dd>{times(n)}</dd>
      </div>
      <div>
        <dt>First</dt>
        <dd>{first}</dd>
      </div>
      {last && last !== first && (
        <div>
          <dt>Last</dt>
          <dd>{last}</dd>
        </div>
      )}
      {!over && host && (
        <div>
          <dt>Since then</dt>
          <dd>{alive ? `last heard ${alive}` : `nothing from ${shortHost(host)}`}</dd>
        </div>
      )}
    </dl>
  );
}

/** Several names beside each other have no room on a phone's map: they are said below it. */
function PossibleSteps({ stages }: { stages: readonly Stage[] }) {
  const names = stages.filter(({ state }) => state === 'possible').map(({ title }) => title);
  if (names.length === 0) return null;
  return (
    <p class="small map-names" aria-hidden="true">
      <StateMark state="undecided" /> Possible: {names.join(' · ')}
    </p>
  );
}

interface CandidatesProps {
  members: readonly VerdictView[];
  chosen: string;
  onChoose: (key: string) => void;
}

/** One table: cause, how sure, what decides it, and its fix. */
function Candidates({ members, chosen, onChoose }: CandidatesProps) {
  const decides = members.some((one) => one.decides);
  return (
    <section class="wb-section" data-candidates>
      <h3>The {members.length} candidates</h3>
      <table class="candidates">
        <thead>
          <tr>
            <th scope="col">Possible cause</th>
            <th scope="col">How sure</th>
            {decides && <th scope="col">What decides it</th>}
            <th scope="col">
              <span class="hidden-text">Fix</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {members.map(({ key, problem, confidence, title, href, step, decides: by }) => (
            <tr
              key={key}
              class={key === chosen ? 'is-chosen' : ''}
              data-candidate={problem}
              data-confidence={confidence}
            >
              <td>
                <a href={href}>{title}</a>
                <small>{step}</small>
              </td>
              <td>
                <Sure confidence={confidence} />
              </td>
              {decides && <td>{by ?? ''}</td>}
              <td>
                <button type="button" aria-pressed={key === chosen} onClick={() => onChoose(key)}>
                  Fix<span class="hidden-text">: {title}</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Lines that all candidates stand on, each once. */
function SharedLines({ members, onLine }: { members: readonly VerdictView[]; onLine: (key: string) => void }) {
  const seen = new Set<string>();
  const lines = members
    .flatMap(({ evidence }) => evidence)
    .filter(({ where, line }) => !seen.has(where + line) && Boolean(seen.add(where + line)))
    .slice(0, 4);
  return (
    <div class="quotes">
      {lines.map(({ where, line, side, row }) => (
        <figure
          key={where}
          class={`lane-bar lane-${side ?? 'none'}`}
          data-evidence={row}
          tabIndex={row ? -1 : undefined}
        >
          <LogLine line={line} />
          <figcaption class="small quiet">
            {side ?? 'side not known'}, <Place where={where} row={row} onLine={onLine} />
          </figcaption>
        </figure>
      ))}
    </div>
  );
}

const sections = [
  ['fix', 'Fix'],
  ['verify', 'Verify'],
  ['evidence', 'Evidence'],
  ['similar', 'Similar problems'],
  ['log', 'Your log, explained'],
] as const;

/** What is over begins with what shows that. */
const overSections = [sections[1], sections[0], ...sections.slice(2)];

interface Props {
  group: GroupView;
  members: VerdictView[];
  endings: EndingsView | undefined;
  onOutput: TakeOutput;
  /** Shows a line among the log's. */
  onLine: (key: string) => void;
}

export function Verdict({ group, members, endings, onOutput, onLine }: Props) {
  const [first] = members;
  const [picked, setPicked] = useState('');
  const chosen = members.find(({ key }) => key === picked) ?? first;
  if (!first || !chosen) return null;
  const isOpen = members.length === 1 || !group.even || picked !== '';
  const candidates = members.length > 1 && (
    <Candidates members={members} chosen={isOpen ? chosen.key : ''} onChoose={setPicked} />
  );
  // Of what is over one wants to know first whether it is: which of them it was can wait.
  const worksFirst = first.over && !group.even;
  return (
    <section
      class={`verdict ${first.over ? 'over' : ''} ${members.length > 1 || group.state === 'undecided' ? 'undecided' : ''}`}
      data-problem={first.problem}
      data-confidence={first.confidence}
      data-state={group.state}
    >
      <Head group={group} members={members} />
      {members.length > 1 && <SharedLines members={members} onLine={onLine} />}
      {group.map && (
        <div class="map-box">
          <LyingMap stages={group.map} label="The steps of the connection" />
          <PossibleSteps stages={group.map} />
        </div>
      )}
      {members.length === 1 && <Facts verdict={first} />}
      {!first.over && members.length === 1 && <Impact verdict={first} />}
      {first.forged && (
        <p class="note-bad">
          One line looks forged: a name sent over the network can contain anything. Its values are not used in commands.
        </p>
      )}
      {endings && <Endings endings={endings} />}
      {group.decide && (
        <section class="wb-section sure">
          <h3>{members.length > 1 ? 'What decides it' : 'First make sure'}</h3>
          <Asks decide={group.decide} onOutput={onOutput} />
        </section>
      )}
      {!worksFirst && candidates}
      {isOpen && (
        <Work key={chosen.key} verdict={chosen} named={members.length > 1} onOutput={onOutput} onLine={onLine} />
      )}
      {worksFirst && candidates}
    </section>
  );
}

function Head({ group, members }: Pick<Props, 'group' | 'members'>) {
  const [first] = members;
  if (!first) return null;
  const { state } = group;
  const host = first.host;
  const { over, overLikely, overTime, quoted, confidence } = first;
  const fixed = `${overLikely ? 'Probably fixed' : 'Fixed'}${overTime ? ` since ${overTime}` : ''}`;
  const several = `${members.length} possible causes`;
  return (
    <header class="verdict-top">
      <p class="verdict-head">
        <span class={`state state-${state}`}>
          <StateMark state={state} /> {over ? (overLikely ? 'Probably fixed' : 'Fixed') : stateWords[state]}
        </span>
        {!(members.length > 1 && group.even) && <Sure confidence={confidence} />}
        {members.length > 1 && !over && <span>{several}</span>}
        {host && <span>{host}</span>}
        <span class="quiet">
          {quoted
            ? members.length > 1 && group.even && !over
              ? unsigned
              : ifSamhains
            : over
              ? members.length === 1 && first.step
              : members.length > 1
                ? 'these lines do not decide between them'
                : meaning[confidence]}
        </span>
      </p>
      <h2>
        {over ? (
          fixed
        ) : members.length > 1 && group.even ? (
          <>
            {quoted ? "If this is samhain's, it fits" : 'These lines fit'} {members.length} problems
          </>
        ) : (
          <a href={first.href}>{first.title}</a>
        )}
        {host && (
          <span class="headline-host">
            {'\u00a0'}· {shortHost(host)}
          </span>
        )}
      </h2>
      <p class="verdict-summary">
        {over && members.length > 1 ? (
          <>
            It was one of {members.length} problems, and these lines do not tell which.
            {!group.even && (
              <>
                {' '}
                Most likely: <a href={first.href}>{first.title}</a>.
              </>
            )}
          </>
        ) : over ? (
          <>
            {wasIt[confidence]} <a href={first.href}>{first.title}</a>.
          </>
        ) : members.length > 1 && group.even ? (
          'Below: what decides between them, and the fix for each.'
        ) : (
          first.summary
        )}
      </p>
    </header>
  );
}

/** Brings a part of the answer into view, and the focus with it. */
function goTo(from: HTMLElement, name: string): void {
  const place = from.closest('.wb-sheet')?.querySelector<HTMLElement>(`[data-section="${name}"]`);
  if (place instanceof HTMLDetailsElement) place.open = true;
  place?.scrollIntoView({ block: 'start' });
  place?.focus({ preventScroll: true });
}

/** The part of the answer that stands in the upper third of the window; none before the bar is reached. */
function usePartInView(bar: { readonly current: HTMLElement | null }): string {
  const [current, setCurrent] = useState('');
  useEffect(() => {
    let waits = false;
    const update = () => {
      waits = false;
      const parts = [...(bar.current?.closest('.wb-sheet')?.querySelectorAll<HTMLElement>('[data-section]') ?? [])];
      const above = parts.findLast((part) => part.getBoundingClientRect().top < innerHeight / 3);
      setCurrent(above?.dataset.section ?? '');
    };
    const onScroll = () => {
      if (waits) return;
      waits = true;
      requestAnimationFrame(update);
    };
    addEventListener('scroll', onScroll, { passive: true });
    return () => removeEventListener('scroll', onScroll);
  }, []);
  return current;
}

interface WorkProps {
  verdict: VerdictView;
  /** Its name is said: the headline is about several. */
  named: boolean;
  onOutput: TakeOutput;
  onLine: (key: string) => void;
}

/** What is done about one problem: fix, verification, evidence, similar problems. */
function Work({ verdict, named, onOutput, onLine }: WorkProps) {
  const list = useChecklist(verdict);
  const bar = useRef<HTMLElement>(null);
  const current = usePartInView(bar);
  const proved = verdict.verify.filter(({ proof }) => proof).length;
  const verify = (
    <section class="wb-section" data-section="verify" tabIndex={-1} key="verify">
      <h3>
        Verify{' '}
        {proved > 0 && (
          <span class="quiet small">
            {proved} of {verdict.verify.length} confirmed by your lines
          </span>
        )}
      </h3>
      <Verify verdict={verdict} list={list} onOutput={onOutput} />
    </section>
  );
  const fix = (
    <div class="fix-part">
      <Fix verdict={verdict} list={list} onOutput={onOutput} />
    </div>
  );
  return (
    <div class="work">
      <nav class="section-bar" aria-label="Parts of the answer" ref={bar}>
        {(verdict.over ? overSections : sections).map(([name, title]) =>
          name === 'similar' && verdict.similar.length === 0 ? null : (
            <button
              type="button"
              key={name}
              aria-current={name === current ? 'true' : undefined}
              onClick={(event) => goTo(event.currentTarget, name)}
            >
              {title}
            </button>
          ),
        )}
        {/* (What is over is done, however few of the steps were ticked.) */}
        {(!verdict.over || list.count > proved) && (
          <span class="progress-done" data-done>
            <progress max={list.of} value={list.count} aria-hidden="true" />
            {list.count} of {list.of} steps done
          </span>
        )}
      </nav>
      {verdict.over ? (
        <>
          {verify}
          <details class="wb-section" data-section="fix" tabIndex={-1}>
            <summary>
              <b>The fix</b>, in case it comes back
            </summary>
            {fix}
          </details>
        </>
      ) : (
        <>
          <section class="wb-section" data-section="fix" tabIndex={-1}>
            <h3>Fix{named && `: ${verdict.title}`}</h3>
            {fix}
          </section>
          {verify}
        </>
      )}
      <section class="wb-section" data-section="evidence" tabIndex={-1}>
        <h3>Evidence</h3>
        <EvidenceLanes evidence={verdict.evidence} onLine={onLine} clock={verdict.clock} />
        <p>
          <a class="button" href={verdict.href}>
            Read the page
          </a>{' '}
          <a href={`${verdict.href}#how-to-be-sure`}>How to be sure it is this</a>
        </p>
      </section>
      {verdict.similar.length > 0 && (
        <section class="wb-section" data-section="similar" tabIndex={-1}>
          <h3>Similar problems</h3>
          <dl class="similar">
            {verdict.similar.map(({ href, title, tell }) => (
              <div key={href}>
                <dt>
                  <a href={href}>{title}</a>
                </dt>
                <dd>
                  <Sentence parts={tell} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}
