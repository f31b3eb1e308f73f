/** What pages compute from checks: their commands with values in, and which of their outcomes decide about a problem. */

import { checkHref } from '../../browser/paths.ts';
import type { Check, CheckValue, Combination, Outcome } from '../../content/schemas.ts';
import { type Command, renderCommand } from '../../engine/diagnosis/commands.ts';
import { slotsOf } from '../../report/outputs.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { sourceSetup } from './setup.ts';
import type { SideGroup } from './sidebar.ts';

const systems = { freebsd: 'On FreeBSD', linux: 'On Linux' };

export interface CheckCommand extends Command {
  /** What the command is for, where a check has several. */
  label?: string;
}

/** Every command of a check: its own first, then the same for another system, then others with the same outcomes. */
export function commandsOf(check: Check, values: readonly CheckValue[]): CheckCommand[] {
  const filling = { slots: slotsOf(values), setup: sourceSetup(), side: check.on };
  const of = (run: string) => renderCommand(run, filling, check.changes);
  return [
    of(check.run),
    ...check.variants.map(({ run, system }) => ({ ...of(run), label: system ? systems[system] : 'The same by' })),
  ];
}

/** Checks under their side, as sidebars and the list show them. */
export function checkGroups({ checks }: Pick<Knowledge, 'checks'>): SideGroup[] {
  return (['server', 'client'] as const).map((side) => ({
    title: `On the ${side}`,
    links: checks.filter(({ on }) => on === side).map(({ id, ask }) => ({ href: checkHref(id), title: ask })),
  }));
}

/** An outcome's word about one problem: where it means a side, that side. */
export interface Said {
  outcome: Outcome;
  side?: string;
}

export interface Deciding {
  check: Check;
  proves: Said[];
  excludes: Said[];
}

/** Checks of which an outcome proves or excludes a problem, those that prove it first. */
export function decidingChecks(problem: string, { checks }: Pick<Knowledge, 'checks'>): Deciding[] {
  const said = (check: Check, field: 'proves' | 'excludes') =>
    check.outcomes.flatMap((outcome): Said[] => {
      const found = outcome[field].find((one) => one.split('@')[0] === problem);
      const side = found?.split('@')[1];
      return found ? [{ outcome, ...(side ? { side } : {}) }] : [];
    });
  return checks
    .map((check) => ({ check, proves: said(check, 'proves'), excludes: said(check, 'excludes') }))
    .filter(({ proves, excludes }) => proves.length + excludes.length > 0)
    .sort((a, b) => Number(b.proves.length > 0) - Number(a.proves.length > 0));
}

/** Outcomes that prove a problem only together. */
export const provingTogether = (problem: string, { combinations }: Pick<Knowledge, 'combinations'>): Combination[] =>
  combinations.filter(({ proves }) => proves.some((one) => one.split('@')[0] === problem));

/** Who may ask, in words. */
export const askedBy: Record<Check['as'], string> = {
  anyone: 'anyone',
  root: 'root',
  log: 'root, or anyone who may read the log',
  configuration: 'root, or anyone who may read the configuration',
  data: 'root, or anyone who may enter the data directory',
};
