/** The recognised records as rows of the two lanes. */

import { messageHref } from '../../browser/paths.ts';
import type { Result } from '../../engine/diagnosis/types.ts';
import type { Recognised } from '../../engine/index.ts';
import type { Finding, Source } from '../../engine/types.ts';
import type { ReportView, RowView, View } from './view.ts';
import { messageById, problemById, stepTitle, whereIs } from './words.ts';

/** More rows than this are no help to a reader; evidence and bad lines are kept before quiet ones. */
const mostRows = 200;
const mostValue = 120;
/** A path is what a report is about: shown whole. */
const mostPath = 4096;
const loud = new Set(['WARN', 'ERROR', 'CRIT', 'ALERT']);

/** Same record in another sink or file: same side, host, time and words. */
const identity = ({ record, message, text, side }: Finding): string =>
  [
    side,
    record.relay ? 'relay' : '',
    record.stamp ?? `${record.source}:${record.line}`,
    message,
    text,
    record.body,
  ].join('\u0001');

/** Same thing said again at another time. */
const sameWords = ({ message, text, side, host, values }: Finding): string =>
  [side, host, message, text, values.path ?? ''].join('\u0001');

function wordsOf(finding: Finding): string {
  const msg = finding.record.fields.find((field) => field.name === 'msg')?.value;
  return (msg || finding.record.body).slice(0, mostValue * 2);
}

function rowOf(finding: Finding, sources: Source[], evidence: boolean): RowView {
  const { record, message, text, side, host } = finding;
  const entry = messageById.get(message ?? '');
  const part = entry?.texts.find((t) => t.id === text);
  // A checksum tells a reader nothing.
  const telling = record.fields.filter(
    ({ name, value }) => name !== 'msg' && value && !/^[0-9A-FX]{40,}$/i.test(value),
  );
  const values = telling.slice(0, 6);
  return {
    key: `${record.source}:${record.line}:${record.relay ? 'r' : ''}`,
    where: whereIs(sources, record.source, record.line),
    side,
    severity: record.severity,
    time: record.stamp?.slice(11, 19),
    host: host?.slice(0, mostValue * 2),
    words: wordsOf(finding),
    message,
    values: values.map((field) => `${field.name} ${field.value.slice(0, mostValue)}`),
    meaning: part?.meaning ?? entry?.meaning,
    href: message ? messageHref(message, text) : undefined,
    kind: entry?.kind,
    evidence,
    bad: loud.has(record.severity ?? '') && record.severity !== 'WARN',
    relayed: Boolean(record.relay),
    forged: Boolean(record.suspicious),
    copies: 0,
  };
}

/** Rows in the order of time, each record once; what was said again is counted. */
export function makeRows(found: Recognised, result: Result, sources: Source[]): Pick<View, 'rows' | 'rowsLeft'> {
  const evidence = new Set(result.diagnoses.flatMap((d) => d.evidence.map((e) => e.finding)));
  const seen = new Set<string>();
  const said = new Map<string, RowView>();
  const rows: { row: RowView; finding: Finding; index: number }[] = [];
  found.findings.forEach((finding, index) => {
    if (!finding.message) return;
    const id = identity(finding);
    if (seen.has(id)) return;
    seen.add(id);
    const again = said.get(sameWords(finding));
    if (again && !evidence.has(index)) {
      again.copies += 1;
      return;
    }
    const row = rowOf(finding, sources, evidence.has(index));
    said.set(sameWords(finding), row);
    rows.push({ row, finding, index });
  });
  if (rows.every(({ finding }) => finding.record.time !== undefined)) {
    rows.sort((a, b) => (a.finding.record.time ?? 0) - (b.finding.record.time ?? 0) || a.index - b.index);
  }
  const kept =
    rows.length <= mostRows
      ? rows
      : [...rows]
          .sort((a, b) => importance(b) - importance(a))
          .slice(0, mostRows)
          .sort((a, b) => rows.indexOf(a) - rows.indexOf(b));
  markBreak(kept, result);
  return { rows: kept.map(({ row }) => row), rowsLeft: rows.length - kept.length };
}

/** What the file check reports, each with the file or the other thing that it names. */
export function makeReports(found: Recognised, reports: readonly number[], sources: Source[]): ReportView[] {
  return reports.flatMap((index) => {
    const finding = found.findings[index];
    if (!finding) return [];
    const { where, severity, host, words, values, href, forged } = rowOf(finding, sources, false);
    const about = finding.values.path?.slice(0, mostPath) ?? values.slice(0, 3).join(' · ');
    return [{ where, severity, host, words, about, href, forged }];
  });
}

const importance = ({ row }: { row: RowView }): number =>
  (row.evidence ? 4 : 0) + (loud.has(row.severity ?? '') ? 2 : 0) + (row.kind === 'path' ? 1 : 0);

/** Marks, across both lanes, the step at which the best diagnosis says it broke. */
function markBreak(rows: { row: RowView; index: number }[], result: Result): void {
  const top = result.diagnoses.find((d) => !d.over);
  const problem = top && problemById.get(top.problem);
  if (!top || !problem) return;
  const indexes = new Set(top.evidence.map((e) => e.finding));
  const first = rows.find(({ index }) => indexes.has(index));
  if (first) first.row.broke = stepTitle.get(problem.step);
}
