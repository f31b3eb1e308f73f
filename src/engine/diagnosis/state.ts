/** What can be said of all lines together: an error that nothing explains must never pass as "nothing wrong". */
import type { Aside, Finding, Severity } from '../types.ts';
import type { KnownMessage } from './harmless.ts';
import type { Result, State } from './types.ts';

const bad: ReadonlySet<Severity> = new Set(['ERROR', 'CRIT', 'ALERT'] as const);

/** The state, and the records behind it. */
export function stateOf(
  {
    findings,
    asides,
    messages,
  }: {
    findings: readonly Finding[];
    asides: readonly Aside[];
    messages: readonly KnownMessage[];
  },
  { diagnoses, harmless }: Pick<Result, 'diagnoses' | 'harmless'>,
): { state: State; open: number[]; reports: number[] } {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const settled = new Set(harmless.map(({ finding }) => finding));
  for (const { evidence, explains } of diagnoses) {
    for (const { finding, copies } of evidence) for (const index of [finding, ...copies]) settled.add(index);
    for (const index of explains) settled.add(index);
  }
  const open: number[] = [];
  const reports: number[] = [];
  findings.forEach(({ message: id, text: textId, record }, i) => {
    if (settled.has(i)) return;
    const message = id === undefined ? undefined : byId.get(id);
    const text = message?.texts.find((one) => one.id === textId);
    // A quoted message carries no severity; then it has the one that the catalogue gives it.
    const severity = record.severity ?? text?.severity ?? message?.severity;
    if (severity === undefined || !bad.has(severity)) return;
    if (message === undefined || message.kind === 'path') open.push(i);
    else if (message.kind === 'report') reports.push(i);
  });
  const words = asides.some(({ kind }) => kind === 'explanation' || kind === 'emergency');
  const some = words || findings.some(({ message, record }) => message !== undefined || record.form !== 'bare');
  if (diagnoses.length > 0) return { state: 'diagnosed', open, reports };
  // An explanation is printed for a fault only.
  if (open.length > 0 || words) return { state: 'unclear', open, reports };
  return { state: reports.length > 0 ? 'reports' : some ? 'healthy' : 'nothing', open, reports };
}
