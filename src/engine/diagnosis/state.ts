/** What can be said of all lines together: what nobody understood, or nobody read, must never pass as "nothing wrong". */
import type { Aside, Finding, Severity } from '../types.ts';
import { matches } from './match.ts';
import { messagesById } from './reach.ts';
import type { Timeline } from './timeline.ts';
import type { Harmless, KnownMessage, Observation, Result, State } from './types.ts';

/** Worst first. */
const bad: readonly Severity[] = ['ALERT', 'CRIT', 'ERROR'];
/** A record that nobody knows is taken for harmless at these only: a warning, or no label at all, can be a fault. */
const quiet: ReadonlySet<Severity | undefined> = new Set(['DEBUG', 'INFO', 'NOTICE', 'MARK'] as const);

interface Given {
  findings: readonly Finding[];
  asides: readonly Aside[];
  messages: readonly KnownMessage[];
  timeline: Timeline;
  /** False if not all of the input was read. */
  complete: boolean;
  /** Findings about the clients that were asked for; absent if all were. */
  about: ReadonlySet<number> | undefined;
}

/** The state, and the records behind it. */
export function stateOf(
  given: Given,
  { diagnoses, harmless }: Pick<Result, 'diagnoses' | 'harmless'>,
): Pick<Result, 'state' | 'open' | 'openBlocks' | 'reports'> {
  const { findings, asides, messages, about } = given;
  const byId = messagesById(messages);
  const explained = new Set(harmless.map(({ finding }) => finding));
  for (const { evidence, explains } of diagnoses) {
    for (const { finding, copies } of evidence) for (const index of [finding, ...copies]) explained.add(index);
    for (const index of explains) explained.add(index);
  }
  const open = [...findings.keys()].filter(
    (i) => !explained.has(i) && (!about || about.has(i)) && isOpen(findings[i] as Finding, byId),
  );
  // An explanation names no client.
  const openBlocks =
    diagnoses.length > 0 || about ? [] : [...asides.keys()].filter((i) => asides[i]?.kind === 'explanation');
  const reports = reportsIn(given, byId);
  return { state: stateFrom(given, { diagnoses, open, reports }), open, openBlocks, reports };
}

function stateFrom(
  { findings, asides, complete, about }: Given,
  { diagnoses, open, reports }: Pick<Result, 'diagnoses' | 'open' | 'reports'>,
): State {
  if (diagnoses.length > 0) return 'diagnosed';
  // An explanation is printed for a fault only.
  if (!about && asides.some(({ kind }) => kind === 'explanation' || kind === 'emergency')) return 'unclear';
  const known = findings.some((finding, i) => (!about || about.has(i)) && isKnownRecord(finding));
  // Records that are all unknown are another program's, whatever they say of themselves.
  if (open.some((i) => known || findings[i]?.message !== undefined)) return 'unclear';
  if (!complete) return 'part';
  if (!known) return 'nothing';
  return reports.length > 0 ? 'reports' : 'healthy';
}

/** An error that nothing accounts for, or a record of which nobody knows whether it is one. */
function isOpen(
  { message: id, text: textId, record, quoted }: Finding,
  byId: ReadonlyMap<string, KnownMessage>,
): boolean {
  // Of a quotation nobody knows whose words it is: it makes no error, no report, and no health.
  if (quoted) return false;
  const message = id === undefined ? undefined : byId.get(id);
  if (message === undefined) return !quiet.has(record.severity);
  if (message.kind !== 'path') return false;
  const text = message.texts.find((one) => one.id === textId);
  // A quoted message carries no severity; then it has the one that the catalogue gives it.
  return bad.includes(record.severity ?? text?.severity ?? message.severity);
}

/** A record that the catalogue knows. The words of a message alone can stand in anybody's text, and show nothing. */
function isKnownRecord({ message, record, quoted }: Finding): boolean {
  return (
    !quoted &&
    message !== undefined &&
    (record.form !== 'bare' || record.fields.length > 0 || record.program !== undefined)
  );
}

/**
 * What the file check reports: things that the catalogue calls reports, if they are printed as an error or worse; and, if
 * an administrator has given them a lower severity, too.
 */
function reportsIn({ findings, timeline, about }: Given, byId: ReadonlyMap<string, KnownMessage>): number[] {
  const found: { finding: number; severity: Severity }[] = [];
  for (const { finding, message: id } of timeline.all) {
    const message = byId.get(id);
    if (finding < 0 || message?.kind !== 'report' || findings[finding]?.quoted) continue;
    if (about && !about.has(finding)) continue;
    const severity = findings[finding]?.record.severity ?? message.severity;
    if (bad.includes(severity) || (bad.includes(message.severity) && !message.alsoSeverity.includes(severity))) {
      found.push({ finding, severity });
    }
  }
  const rank = (severity: Severity) => (bad.includes(severity) ? bad.indexOf(severity) : bad.length);
  return found.sort((a, b) => rank(a.severity) - rank(b.severity)).map(({ finding }) => finding);
}

/** Why the lines that count for nothing are harmless, where the catalogue says so; every copy of a line is listed. */
export function harmlessLines(
  timeline: Timeline,
  messages: readonly KnownMessage[],
  counted: ReadonlySet<Observation>,
): Harmless[] {
  const byId = messagesById(messages);
  const found: Harmless[] = [];
  for (const it of timeline.all) {
    const message = byId.get(it.message);
    if (!message || counted.has(it)) continue;
    const text = it.text === undefined ? undefined : message.texts.find(({ id }) => id === it.text);
    const entries = [...(text?.harmless ?? []), ...message.harmless];
    const reason = entries.find(
      (entry) =>
        matches({ message: it.message, severity: entry.severity, fields: entry.fields }, it) &&
        !entry.with?.some((companion) => !timeline.exists(companion, it)) &&
        !entry.without?.some((companion) => timeline.exists(companion, it)),
    );
    if (!reason) continue;
    for (const finding of [it.finding, ...it.copies]) found.push({ finding, because: reason.because });
  }
  return found.sort((a, b) => a.finding - b.finding);
}
