/** The map of a connection, lying or standing; static in pages, alive within components. Rules of its markup: map.css. */
import type { ComponentChildren } from 'preact';

/** What is said of a step: reached and done, where it breaks, where it may break, not reached. */
export type StageState = 'passed' | 'break' | 'possible' | 'later';

export interface Stage {
  id: string;
  title: string;
  /** Which way its messages go first; see steps.yaml. */
  arrow?: 'right' | 'left' | 'both' | 'none' | undefined;
  /** Around the connection, not on the way of it. */
  around?: boolean | undefined;
  state?: StageState | undefined;
  href?: string | undefined;
  /** A word, a number or a time with the name. */
  note?: string | undefined;
  /** What it holds, shown below it: the step is open (standing form). */
  links?: { href: string; title: string; current?: boolean }[] | undefined;
}

const ways = { right: 'to-server', left: 'to-client', both: 'both-ways', none: '' } as const;

/** The words for a state, for those who do not see its mark. */
export const stateWords: Record<StageState, string> = {
  passed: 'works',
  break: 'breaks here',
  possible: 'possible',
  later: 'not reached',
};

/** The same where a map shows the place of a problem, and no run. */
const placeWords: Record<StageState, string> = { passed: 'before it', break: 'here', possible: '', later: 'after it' };

/** The states of all steps of a connection where it breaks at one of them. */
export function statesAround(stages: readonly Stage[], at: string): Stage[] {
  const place = stages.findIndex((stage) => stage.id === at);
  return stages.map((stage, i) => ({
    ...stage,
    state: place < 0 ? undefined : i < place ? 'passed' : i === place ? 'break' : 'later',
  }));
}

const classOf = (stage: Stage) =>
  ['stage', stage.state && `is-${stage.state}`, stage.links && 'is-open', stage.around && 'is-around']
    .filter(Boolean)
    .join(' ');

const Way = ({ arrow = 'none' }: Pick<Stage, 'arrow'>) => <i class={`stage-way ${ways[arrow]}`.trim()} />;

interface LyingProps {
  stages: readonly Stage[];
  /** Says what the map shows: "Where the connection broke". */
  label: string;
  /** It shows where a problem belongs, and not how a run went. */
  place?: boolean;
}

/** Client above, server below, time to the right. */
export function LyingMap({ stages, label, place = false }: LyingProps) {
  const words = (state: StageState) => (place ? placeWords : stateWords)[state];
  return (
    <div class={`map map-lying${place ? ' is-place' : ''}`}>
      <p class="map-lanes" aria-hidden="true">
        <span>Client</span>
        <span>Server</span>
      </p>
      <ol class="map-steps" aria-label={label}>
        {stages.map((stage) => {
          // A note says it by itself, but a time alone does not.
          const told = stage.note !== undefined && stage.state !== 'passed';
          const said = stage.state && !told && words(stage.state);
          const inside = (
            <>
              <i class="stage-mark" aria-hidden="true" />
              <span class="stage-name">
                {stage.title}
                {stage.note && <span class="stage-note">{stage.note}</span>}
                {said && <span class="hidden-text">: {said}</span>}
              </span>
            </>
          );
          return (
            <li key={stage.id} class={classOf(stage)}>
              <Way arrow={stage.arrow} />
              {stage.href ? (
                <a class="stage-row" href={stage.href}>
                  {inside}
                </a>
              ) : (
                <span class="stage-row">{inside}</span>
              )}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

interface StandingProps {
  stages: readonly Stage[];
  title?: string;
  /** Above what is around the connection. */
  aroundTitle?: string;
  children?: ComponentChildren;
}

/** Client left, server right, time runs down; names and what belongs to each step at the right. */
export function StandingMap({ stages, title, aroundTitle = 'Around it', children }: StandingProps) {
  const list = (part: readonly Stage[], kind: string) => (
    <ol class={kind}>
      {part.map((stage) => {
        const row = (
          <>
            <span class="stage-name">{stage.title}</span>
            {stage.note && <span class="stage-note">{stage.note}</span>}
          </>
        );
        return (
          <li key={stage.id} class={classOf(stage)}>
            {!stage.around && <Way arrow={stage.arrow} />}
            {stage.href ? (
              <a class="stage-row" href={stage.href}>
                {row}
              </a>
            ) : (
              <span class="stage-row">{row}</span>
            )}
            {stage.links && (
              <ul class="stage-links">
                {stage.links.map(({ href, title: name, current }) => (
                  <li key={href}>
                    <a href={href} aria-current={current ? 'page' : undefined}>
                      {name}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ol>
  );
  const around = stages.filter((stage) => stage.around);
  return (
    <div class="map map-standing">
      {title && <p class="map-title">{title}</p>}
      {list(
        stages.filter((stage) => !stage.around),
        'map-steps',
      )}
      {around.length > 0 && (
        <>
          <p class="map-title">{aroundTitle}</p>
          {list(around, 'map-around')}
        </>
      )}
      {children}
    </div>
  );
}
