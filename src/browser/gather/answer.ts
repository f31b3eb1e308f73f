/** What the outputs on the gather page say, in place: a line for each finding below its slot, and the answer of all of them. */
import setups from 'virtual:setups';
import type { View } from '../../components/diagnosis/view.ts';
import { withCode } from '../setup/apply.ts';
import { readChoice } from '../setup/choice.ts';
import { type EngineClient, startEngine } from '../workbench/engine-client.ts';

interface Given {
  name: string;
  text: string;
  side?: 'client' | 'server';
}

let engine: EngineClient | undefined;

/** Judges them; undefined where something newer has overtaken it. */
export function read(sources: readonly Given[]): Promise<View | undefined> {
  engine ??= startEngine();
  return engine.analyse({ sources: [...sources], choice: readChoice(setups) });
}

const element = (tag: string, className: string, ...parts: (string | Node)[]): HTMLElement => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...parts);
  return made;
};

/** More would be taller than the block beside it. */
const mostSaid = 6;

/** What a source's outputs say, those that prove or point to something first. */
export function saidOf({ outputs }: View, source: string): HTMLElement[] {
  const own = (outputs?.telling ?? []).filter((one) => one.source === source);
  const of = (word: string) => own.filter(({ says }) => says.some((one) => one.word === word));
  const proves = of('Proves');
  const points = of('Points to').filter((one) => !proves.includes(one));
  const fine = own.filter((one) => !proves.includes(one) && !points.includes(one));
  const rows = [
    ...proves.map((one) => ({ one, mark: '!', kind: 'proves' })),
    ...points.map((one) => ({ one, mark: '?', kind: 'points' })),
    ...fine.map((one) => ({ one, mark: '✓', kind: 'fine' })),
  ];
  const items = rows.slice(0, mostSaid).map(({ one, mark, kind }) => {
    const sign = element('span', 'said-mark', mark);
    sign.ariaHidden = 'true';
    const say = one.says.filter(({ word }) => word === 'Proves').flatMap(({ problems }) => problems);
    const links = say.map(({ href, title }) => {
      const link = element('a', '', title);
      link.setAttribute('href', href);
      return link;
    });
    const proven = links.length > 0 ? [' Proves: ', ...links, '.'] : [];
    const row = element('li', '', sign, element('span', '', ...withCode(one.means), ...proven));
    row.dataset.said = kind;
    return row;
  });
  const left = rows.length - items.length;
  return left > 0 ? [...items, element('li', 'quiet', `${left} more that rule something out`)] : items;
}

const states = { 'to-fix': 'To fix', undecided: 'Not decided', silent: 'Silent', fixed: 'Fixed' } as const;

/** The answer of all of them, in short. */
export function answerOf(view: View): { parts: HTMLElement[]; fix: boolean } {
  const group = view.groups[0];
  const verdict = view.verdicts.find(({ key }) => key === group?.members[0]);
  const counts = view.endings ? [element('p', 'small', view.endings.counts)] : [];
  if (!group || !verdict) {
    const words = 'Nothing in what you pasted shows a fault yet.';
    return { parts: [element('h2', '', words), ...counts], fix: false };
  }
  const sure = `${verdict.confidence[0]?.toUpperCase()}${verdict.confidence.slice(1)}`;
  const head = element('p', 'small', element('b', '', states[group.state]), ` · ${group.even ? 'Possible' : sure}`);
  head.dataset.state = group.state;
  const more = view.groups.length - 1;
  const others = more > 0 ? [element('p', 'small', `And ${more} more.`)] : [];
  return {
    parts: [head, element('h2', '', group.title), element('p', '', ...withCode(verdict.summary)), ...counts, ...others],
    fix: group.state === 'to-fix' && !group.even,
  };
}
