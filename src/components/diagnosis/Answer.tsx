/** The answer below the paste box: verdict, what decides, the lines in two lanes, what was not recognised. */

import { type ComponentChildren, Fragment } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { href } from '../../browser/paths.ts';
import { pasted } from '../../engine/names.ts';
import type { WindowWords } from '../../engine/window.ts';
import { configurationWords } from '../../report/input-words.ts';
import { severityClass } from '../lines/severity.ts';
import { Asks } from './Asks.tsx';
import { Clients } from './Clients.tsx';
import { Configuration } from './Configuration.tsx';
import { Endings } from './Endings.tsx';
import { type LinesAround, Log, type Wanted } from './Log.tsx';
import { StateMark } from './marks.tsx';
import { Alike, NothingFound } from './NothingFound.tsx';
import { many } from './numbers.ts';
import { Outputs, wantsCommand } from './Outputs.tsx';
import { Said, type TakeOutput } from './PasteSlot.tsx';
import { countsOf, Problems, type Row, rowsOf } from './Problems.tsx';
import { TimeNote, TimePanel, timeWords } from './Times.tsx';
import { shortHost, Verdict } from './Verdict.tsx';
import type { View } from './view.ts';

const number = (n: number, word: string) => `${many(n)} ${word}${n === 1 ? '' : 's'}`;

function Summary({ view }: { view: View }) {
  const { lines, records, recognised, unknown } = view.input;
  return (
    <p class="small quiet" data-summary>
      {number(lines, 'line')} read, {number(records, 'record')} found, {recognised} recognized
      {unknown > 0 && `, ${number(unknown, 'line')} not recognized`}
      {view.reportsCount > 0 && `; ${number(view.reportsCount, 'report')} of the file check`}.
      {view.silent.length > 0 && ` No line of samhain or yule in: ${view.silent.join(', ')}.`}
    </p>
  );
}

/** A part must not be taken for the whole. */
function NotRead({ view }: { view: View }) {
  if (view.notRead.length === 0) return null;
  return (
    <div class="note-bad" data-not-read>
      <p>Not all was read.</p>
      <ul class="small">
        {view.notRead.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  );
}

/** What was copied ends within a record: it is not said to be the log that does. */
function CutEnds({ view, onOutput }: Pick<Props, 'view' | 'onOutput'>) {
  return view.cutEnds.map(({ text, decide }) => (
    <section key={text} class="wb-section" data-cut-end>
      <p>{text}</p>
      <Asks decide={decide} onOutput={onOutput} />
    </section>
  ));
}

/** A path in the lines suggests a setup; the reader chooses it. */
function Suggested({ view }: { view: View }) {
  if (!view.suggested) return null;
  const { title, path } = view.suggested;
  return (
    <p class="small">
      Your lines name <code>{path}</code>, which is where {title} puts it.{' '}
      <button type="button" class="link" data-setup>
        Choose your setup
      </button>
    </p>
  );
}

/** A configuration says what is wanted, not what has happened. */
function NoLog({ view }: { view: View }) {
  if (view.configurations.length === view.files.length) return null;
  const named = view.configurations.filter((name) => name !== pasted);
  return (
    <section class="verdict nothing" data-configuration>
      <h2>
        {named.length > 0 && `${named.join(', ')}: `}
        {configurationWords.title}
      </h2>
      <p>{configurationWords.instead}</p>
      <p>
        <a href={view.wizardHref}>Answer a few questions</a> · <a href={href('/messages/')}>see all messages</a>
      </p>
    </section>
  );
}

/** Never an all-clear for what was not judged. */
const isWindow = ({ time }: View): boolean => time?.chosen?.window !== undefined;
const ofTime = (view: View): string => (isWindow(view) ? ' in that time' : '');

const isNothing = (view: View): boolean =>
  view.state === 'nothing' && !isWindow(view) && view.configurations.length === 0;
/** Nothing of a log, but an output whose command is wanting. (One line resembles a message as often.) */
const isOutput = (view: View): boolean =>
  isNothing(view) &&
  view.input.lines > 1 &&
  view.input.recognised === 0 &&
  view.alike.length === 0 &&
  wantsCommand(view.outputs);

function Healthy({ view }: { view: View }) {
  const { recognised, unknownRecords } = view.input;
  // What an output points to may be wrong although no line shows it.
  const pointed = view.outputs?.pointed;
  return (
    <section class={`verdict ${pointed ? 'undecided' : 'well'}`}>
      <h2>{pointed ? 'No fault in the lines; an output points to one' : `Nothing wrong found${ofTime(view)}`}</h2>
      <p>
        {recognised === 1 ? 'This line is' : `${unknownRecords > 0 ? '' : 'All '}${number(recognised, 'record')} are`}{' '}
        what a working client or server prints
        {view.reportsCount > 0 && ', with reports of the file check among them'}.
        {unknownRecords > 0 &&
          ` ${number(unknownRecords, 'record')} of low severity ${unknownRecords === 1 ? 'matches' : 'match'} no known message.`}
      </p>
      <p class="small quiet">
        If something still does not work, the line that shows it is missing here. Look at the other side, and at the
        minute in which it failed. <a href={view.wizardHref}>Answer a few questions{'\u00a0'}→</a>
      </p>
    </section>
  );
}

function Part({ view }: { view: View }) {
  return (
    <section class="verdict undecided">
      <h2>No fault in the part that was read</h2>
      <p>
        {view.input.recognised === 0 && 'It has no line of samhain or yule. '}
        What was not read may contain one, so this is not an all-clear.{' '}
        {view.notRead.length > 0 ? 'Choose a shorter file, or paste' : 'Paste'} the lines from the time when something
        did not work.
      </p>
    </section>
  );
}

/** What the file check found is named whatever else is said; it is for a person to look at, not for this site to clear. */
function Reports({ view }: { view: View }) {
  const { reports, reportsCount, state } = view;
  if (reportsCount === 0) return null;
  const alone = state === 'reports';
  return (
    <section class={alone ? 'verdict undecided' : 'wb-section'} data-reports tabIndex={-1}>
      {alone ? <h2>The file check reports changes</h2> : <h3>The file check reports changes</h3>}
      <p>
        {alone && `Nothing wrong found between client and server${ofTime(view)}. `}
        {number(reportsCount, 'report')} of changed, missing or new files, logins or programs.{' '}
        {reportsCount === 1 ? 'It is not a connection problem' : 'They are not connection problems'}. Find out who made
        the changes before you update the baseline.
      </p>
      <ul class="small">
        {reports.map((report) => (
          <li key={report.where + report.about}>
            {report.where}: {report.severity && <span class={severityClass(report.severity)}>{report.severity}</span>}{' '}
            {report.href ? <a href={report.href}>{report.words}</a> : report.words} <code>{report.about}</code>
            {report.host && ` on ${report.host}`}
            {report.forged && <b class="sev-bad"> looks forged</b>}
          </li>
        ))}
      </ul>
      {reportsCount > reports.length && <p class="small quiet">and {many(reportsCount - reports.length)} more</p>}
    </section>
  );
}

/** Errors are there, or may be, but no problem of ours explains them: never "nothing wrong". */
function Unclear({ view }: { view: View }) {
  return (
    <section class="verdict undecided">
      <h2>An error, but no known problem</h2>
      <p>
        Some lines report an error, or match no known message and may report one. No problem that this site knows
        explains them; what each known line means is shown below.
      </p>
      {view.explanations.length > 0 && (
        <ul class="small">
          {view.explanations.map(({ where, text }) => (
            <li key={where}>
              {where}: {text}
            </li>
          ))}
        </ul>
      )}
      <p>
        Paste more: the lines around these, and the other side's lines from the same minute. Or{' '}
        <a href={view.wizardHref}>answer a few questions</a>.
      </p>
    </section>
  );
}

function Harmless({ view }: { view: View }) {
  if (view.harmless.length === 0) return null;
  return (
    <section class="wb-section" data-harmless>
      <h3>Looks alarming, but is normal</h3>
      <ul class="small">
        {view.harmless.map(({ where, words, because }) => (
          <li key={where + words}>
            {where}: <code>{words}</code>. {because}
          </li>
        ))}
      </ul>
    </section>
  );
}

const endOf = ({ over, overLikely }: View['verdicts'][number]): string =>
  over ? (overLikely ? ', probably over' : ', over') : '';

/** What a screen reader is told when an answer has come; the rest is there to be read. */
export function headline(view: View): string {
  const [top] = view.groups;
  const first = view.verdicts.find(({ key }) => key === top?.key);
  const reports = view.reportsCount > 0 ? ` ${number(view.reportsCount, 'report')} of the file check.` : '';
  const condition = first?.quoted ? ", if this is samhain's" : '';
  if (top?.even && top.members.length > 1)
    return `These lines fit ${top.members.length} problems${condition}${first ? endOf(first) : ''}.${reports}`;
  if (first) {
    const host = first.host ? `, ${shortHost(first.host)}` : '';
    const told = `${first.confidence}${condition}: ${first.title}${host}${endOf(first)}.`;
    if (view.groups.length === 1) return told + reports;
    const counts = countsOf(view).map(({ words }) => words);
    return `${counts.join(', ')}. The first: ${told}`;
  }
  const words: Record<View['state'], string> = {
    diagnosed: '',
    healthy: `Nothing wrong found${ofTime(view)}.`,
    reports: `Nothing wrong found between client and server${ofTime(view)}.`,
    unclear: 'An error, but no known problem.',
    part: 'Not all was read. No fault in what was read.',
    read: view.outputs ? 'The outputs of the checks prove no fault.' : 'Nothing in the configuration breaks anything.',
    nothing: `No line of samhain or yule ${isWindow(view) ? 'is from that time' : 'found'}.`,
  };
  if (view.files.length > 0 && (view.onlyFiles || view.input.records === 0))
    return `${view.files.map(({ counts }) => counts).join('; ')}.`;
  if (view.state === 'nothing' && view.configurations.length > 0) return `${configurationWords.title}.`;
  if (view.outputs?.pointed) return view.outputs.pointed;
  if (isOutput(view)) return 'This looks like the output of a check. Which command printed it?';
  return words[view.state] + reports;
}

/** Opens the report at the foot of the sheet. */
function openHandOn(): void {
  const place = document.querySelector<HTMLDetailsElement>('.answer-box [data-hand-on]');
  if (!place) return;
  place.open = true;
  place.scrollIntoView({ block: 'start' });
  place.querySelector('summary')?.focus({ preventScroll: true });
}

function openReports(): void {
  const place = document.querySelector<HTMLElement>('.answer-box [data-reports]');
  place?.scrollIntoView({ block: 'start' });
  place?.focus({ preventScroll: true });
}

/** The sentence above all: how many are to fix, fixed, fine; and of which time. */
function Headline({ view, onTime }: Pick<Props, 'view' | 'onTime'>) {
  const [isOpen, setOpen] = useState(false);
  const { time } = view;
  const counts = countsOf(view);
  // (What the file check found is said above all, also where nothing else is; where it is all, the sheet begins with it.)
  const alone =
    view.groups.length + view.clients.length === 0 &&
    (view.reportsCount === 0 || view.state === 'reports') &&
    counts.every(({ isReports }) => isReports);
  return (
    <div class={`wb-top ${isOpen ? 'is-open' : ''}`}>
      <h1 class={alone || counts.length === 0 ? 'hidden-text' : 'wb-sentence'} data-sentence>
        {alone || counts.length === 0
          ? headline(view)
          : counts.map(({ mark, words, isReports }, i) => (
              <Fragment key={words}>
                {i > 0 && <span class="hidden-text"> · </span>}
                <span class={`count count-${mark}`}>
                  <StateMark state={mark} />{' '}
                  {isReports ? (
                    <button type="button" class="link" onClick={openReports}>
                      {words}
                    </button>
                  ) : (
                    words
                  )}
                </span>
              </Fragment>
            ))}
      </h1>
      <div class="wb-tools">
        {time && (
          <button type="button" class="wb-time" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)} data-time>
            <span class="hidden-text">Time: </span>
            {timeWords(time)} <span aria-hidden="true">▾</span>
          </button>
        )}
        {view.state !== 'nothing' && (
          <button type="button" class="wb-hand-on" onClick={openHandOn}>
            Hand it on
          </button>
        )}
      </div>
      {time && isOpen && <TimePanel time={time} onTime={onTime} />}
      {time && <TimeNote time={time} onTime={onTime} />}
    </div>
  );
}

/** What is said where no problem is found, and of the files beside it. */
function States({ view }: { view: View }) {
  return (
    <>
      {view.state === 'part' && <Part view={view} />}
      <NoLog view={view} />
      {view.state === 'nothing' && isWindow(view) && (
        <section class="verdict nothing">
          <h2>No line of samhain or yule is from that time</h2>
          <p>So nothing can be said about it. Choose another time, or judge the whole log.</p>
        </section>
      )}
      {isNothing(view) && !isOutput(view) && <NothingFound view={view} />}
      {view.state === 'healthy' && <Healthy view={view} />}
      {view.state === 'unclear' && !view.onlyFiles && view.input.recognised > 0 && <Unclear view={view} />}
      {view.onlyFiles && <p>The log lines show no fault. The configuration has one.</p>}
    </>
  );
}

interface Props {
  view: View;
  /** The row that is open. */
  open: string;
  onOpen: (id: string) => void;
  onTime: (words: WindowWords) => void;
  onOutput: TakeOutput;
  /** Says which command printed a source. */
  onCommand: (source: string, command: string) => void;
  onAround: LinesAround;
  /** The answer for a colleague. */
  handOn?: ComponentChildren;
}

/** The row that is open if the reader chose none that is there: what is live first. */
export function rowOf(rows: readonly Row[], wanted: string): string {
  const is = (id: string) => rows.some((row) => row.id === id);
  // What was live when it was chosen may be over now.
  for (const id of [wanted, `${wanted} over`, wanted.replace(/ over$/, '')]) if (id && is(id)) return id;
  return rows[0]?.id ?? '';
}

/** A value one task later. What stands lower is drawn so: the verdict is there sooner, and a click between is answered. */
function useLate<T>(value: T): T | undefined {
  const [late, setLate] = useState<T>();
  useEffect(() => {
    const timer = setTimeout(() => setLate(() => value));
    return () => clearTimeout(timer);
  }, [value]);
  return late;
}

export function Answer({ view, open, onOpen, onTime, onOutput, onCommand, onAround, handOn }: Props) {
  const root = useRef<HTMLDivElement>(null);
  /** The line of the log that was asked for. */
  const [line, setLine] = useState<Wanted>();
  /** The evidence that was asked for, until it is on the page. */
  const evidence = useRef('');
  const lower = useLate(view);
  const lowest = useLate(lower);
  const rows = useMemo(() => rowsOf(view), [view]);
  const id = rowOf(rows, open);
  const group = view.groups.find(({ key }) => key === id);
  const members = group?.members.flatMap((key) => view.verdicts.find((one) => one.key === key) ?? []) ?? [];
  const file = view.files.find(({ name }) => `file ${name ?? ''}` === id);
  const next = group?.state === 'fixed' ? view.groups.find(({ state }) => state !== 'fixed') : undefined;
  const several = rows.length > 1;
  // Where no problem is found, nothing matters more than a changed file.
  const reportsFirst = view.groups.length === 0;
  /** Opens a row and shows its sheet from the head: from far down one would see its end, and not that it changed. */
  const openAt = (to: string) => {
    onOpen(to);
    requestAnimationFrame(() => {
      const sheet = root.current;
      if (!sheet) return;
      if (sheet.getBoundingClientRect().top < 0) sheet.scrollIntoView({ block: 'start' });
      // What was clicked may be gone with the old sheet.
      if (document.activeElement === document.body) sheet.focus({ preventScroll: true });
    });
  };
  const showEvidence = (diagnosis: string, key: string) => {
    const owner = view.groups.find(({ members: all }) => all.includes(diagnosis));
    evidence.current = key;
    if (owner && owner.key !== id) onOpen(owner.key);
    else goToEvidence();
  };
  const goToEvidence = () => {
    const place = evidence.current && root.current?.querySelector<HTMLElement>(`[data-evidence="${evidence.current}"]`);
    if (!place) return;
    evidence.current = '';
    place.scrollIntoView({ block: 'center' });
    place.focus({ preventScroll: true });
  };
  useEffect(goToEvidence);
  // (Where no log was given, what was read comes first.)
  const endings = lower?.endings && <Endings endings={lower.endings} />;
  return (
    <Said.Provider value={{ outputs: view.outputs, sources: view.sources.map(({ name }) => name) }}>
      <Headline view={view} onTime={onTime} />
      <NotRead view={view} />
      <div class={several ? 'wb-body' : 'wb-body wb-alone'}>
        {several && <Problems rows={rows} open={id} onOpen={onOpen} onClick={openAt} />}
        <div class="wb-sheet" ref={root} tabIndex={-1}>
          <States view={view} />
          {group && members.length > 0 && (
            <Verdict
              key={group.key}
              group={group}
              members={members}
              endings={view.endings}
              onOutput={onOutput}
              onLine={(key) => setLine({ key })}
            />
          )}
          {group && members.length === 0 && <p class="busy">Opening…</p>}
          {next && (
            <p class="wb-next">
              <StateMark state={next.state} /> <b>Next: {next.host ? shortHost(next.host) : ''}</b> {next.title}{' '}
              <button type="button" class="button primary" onClick={() => openAt(next.key)}>
                Open {next.host ? shortHost(next.host) : 'it'}
              </button>
            </p>
          )}
          {rows.length === 0
            ? view.files.map((one, i) => <Configuration key={one.name ?? i} view={one} />)
            : file && <Configuration view={file} />}
          {(id === 'clients' || (rows.length === 0 && view.clients.length > 1)) && (
            <Clients
              clients={view.clients}
              bars={view.bars}
              window={view.time?.chosen?.window}
              onOpen={openAt}
              onTime={onTime}
            />
          )}
          <CutEnds view={view} onOutput={onOutput} />
          {reportsFirst && <Reports view={view} />}
          {!group && view.state !== 'read' && id !== 'clients' && endings}
          <Suggested view={view} />
          <Outputs outputs={view.outputs} alone={isOutput(view)} onOutput={onOutput} onCommand={onCommand} />
          {!group && view.state === 'read' && id !== 'clients' && endings}
          {!reportsFirst && <Reports view={view} />}
          <Harmless view={view} />
          {lower && (lower.state !== 'nothing' || lower.input.recognised > 0) && lower.log.rows.length > 0 && (
            <Log
              view={lower}
              open={group?.members ?? []}
              wanted={line}
              onAround={onAround}
              onEvidence={(diagnosis, key) => showEvidence(diagnosis, key)}
            />
          )}
          {view.state !== 'nothing' && view.verdicts.length === 0 && <Alike view={view} />}
          {lowest && handOn}
          {lowest && (
            <footer class="wb-foot">
              <Summary view={lowest} />
              {lowest.masked && (
                <p class="small quiet" data-masked>
                  {lowest.masked}
                </p>
              )}
            </footer>
          )}
        </div>
      </div>
    </Said.Provider>
  );
}
