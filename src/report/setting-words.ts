/** Words for what configurations hold, on the page and in the terminal alike. */
import type { FoundSetting, OpenSetting } from '../engine/config/types.ts';
import type { Diagnosis } from '../engine/diagnosis/types.ts';
import type { Side } from '../engine/types.ts';

/** True for what no line of a log shows: its words stand at the line of the configuration. */
export const isOfSettings = ({ evidence, blocks, settings }: Diagnosis): boolean =>
  evidence.length === 0 && blocks.length === 0 && settings !== undefined && settings.length > 0;

/** Whose file it is. */
export const sideWords = (side: Side | undefined): string =>
  side === 'server'
    ? 'configuration of the server'
    : side === 'client'
      ? 'configuration of a client'
      : 'configuration of a client or the server';

/** Degrees of a finding, the gravest first. */
export const degrees = ['breaks', 'misleads', 'untidy'] as const;

export const degreeWords = {
  breaks: (n: number) => (n === 1 ? '1 mistake' : `${n} mistakes`),
  misleads: (n: number) => `${n} misleading`,
  untidy: (n: number) => `${n} untidy`,
};

/** `2 mistakes, 1 misleading`; what is said of a file without a finding. */
export function degreeCounts(found: readonly Pick<FoundSetting, 'degree'>[]): string {
  const parts = degrees.flatMap((degree) => {
    const n = found.filter((one) => one.degree === degree).length;
    return n > 0 ? [degreeWords[degree](n)] : [];
  });
  return parts.length > 0 ? parts.join(', ') : 'no mistake found';
}

const needed: Partial<Record<OpenSetting['needs'][number], string>> = {
  'other-file': "the other side's configuration too",
  log: "the log of the program that reads it, or the server's log",
};

/** What more would be judged, with what is asked for; nothing of what a reader of a text cannot give. */
export function openSettingWords(open: readonly OpenSetting[]): string[] {
  return Object.entries(needed).flatMap(([need, what]) => {
    const lines = [
      ...new Set(open.filter(({ needs, line }) => line > 0 && needs.some((n) => n === need)).map((o) => o.line)),
    ];
    if (lines.length === 0) return [];
    const shown = lines.slice(0, 5).join(', ');
    const more = lines.length > 5 ? ' and others' : '';
    return [`Not judged: line${lines.length > 1 ? 's' : ''} ${shown}${more}. That needs ${what}.`];
  });
}
