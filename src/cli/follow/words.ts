/** Changes as lines of text and as lines of JSON. */
import type { Problem } from '../../content/schemas.ts';
import { cleanValue } from '../../engine/diagnosis/values.ts';
import type { Change } from './changes.ts';
import type { Trouble } from './memory.ts';

/** Lines of reports, or of errors, in one run; the rest is counted. */
const mostLines = 50;
const widest = 400;

/** `wrong password`: a problem's id is its name in two words. */
const nameOf = (problem: string): string => problem.replaceAll('-', ' ');

/** `15:02`, with the day where it is another one than that of the last record. */
function clock(stamp: string | undefined, today: string): string | undefined {
  if (stamp === undefined) return undefined;
  const iso = /(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)/.exec(stamp);
  if (!iso) return cleanValue(stamp);
  return iso[1] === today ? iso[2] : `${iso[1]} ${iso[2]}`;
}

/** `web1: wrong password since 15:02`; without a client, the problem alone. */
const about = (host: string | undefined, words: string): string =>
  host === undefined ? words : `${cleanValue(host)}: ${words}`;

function troubleWords({ problems }: Trouble): string {
  if (problems.length === 1) return nameOf(problems[0] ?? '');
  return `one of ${problems.length}: ${problems.map(nameOf).join(', ')}`;
}

/** @param last stamp of the last record, in its day times need no date */
export function linesOf(changes: readonly Change[], last: string | undefined): string[] {
  const today = /\d{4}-\d\d-\d\d/.exec(last ?? '')?.[0] ?? '';
  const since = (stamp: string | undefined, word: string) => {
    const time = clock(stamp, today);
    return time === undefined ? '' : ` ${word} ${time}`;
  };
  const lines: string[] = [];
  const counts = { report: 0, unexplained: 0 };
  for (const change of changes) {
    if (change.event === 'before') {
      const one = change.count === 1;
      lines.push(`${change.count} ${one ? 'problem was' : 'problems were'} over before this first run.`);
    } else if (change.event === 'problem' && change.over) {
      const { stamp, probably } = change.over;
      const fixed = `${probably ? 'probably ' : ''}fixed${since(stamp, 'at')}`;
      lines.push(about(change.host, `${troubleWords(change)}${since(change.stamp, 'from')}, ${fixed}`));
    } else if (change.event === 'problem') {
      lines.push(about(change.host, `${troubleWords(change)}${since(change.stamp, 'since')}`));
    } else if (change.event === 'fixed') {
      const word = change.over.probably ? 'probably fixed' : 'fixed';
      lines.push(about(change.host, `${word}${since(change.over.stamp, 'at')} (${troubleWords(change)})`));
    } else if (change.event === 'withdrawn') {
      lines.push(about(change.host, `no longer seen in the lines: ${troubleWords(change)}`));
    } else {
      counts[change.event] += 1 + change.more;
      if (counts[change.event] > mostLines) continue;
      const { finding, event } = change;
      const word = event === 'report' ? 'the file check reports' : 'an error that no known problem explains';
      const severity = finding.record.severity ? `${finding.record.severity} ` : '';
      lines.push(about(finding.host, `${word}: ${severity}${cleanValue(finding.record.body)}`.slice(0, widest)));
    }
  }
  if (counts.report > mostLines) lines.push(`and ${counts.report - mostLines} more reports of the file check`);
  if (counts.unexplained > mostLines) lines.push(`and ${counts.unexplained - mostLines} more such errors`);
  return lines;
}

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

/** @param fileOf name of a source, by its index */
export function objectsOf(
  changes: readonly Change[],
  problems: readonly Pick<Problem, 'id' | 'title'>[],
  fileOf: (source: number) => string,
): object[] {
  const titles = new Map(problems.map(({ id, title }) => [id, title]));
  return changes.map((change) => {
    if (change.event === 'before') return { event: change.event, count: change.count };
    if (change.event === 'report' || change.event === 'unexplained') {
      const { record, host, message, values } = change.finding;
      const time = record.relay?.time ?? record.time;
      return {
        event: change.event,
        host: host ?? null,
        file: fileOf(record.source),
        ...(message === undefined ? {} : { message }),
        ...(record.severity === undefined ? {} : { severity: record.severity }),
        ...(time === undefined ? {} : { time: iso(time) }),
        ...(values.path === undefined ? {} : { path: values.path }),
        text: record.body,
        ...(change.more > 0 ? { more: change.more } : {}),
      };
    }
    const [only] = change.problems;
    const over = 'over' in change ? change.over : undefined;
    return {
      event:
        change.event === 'problem' && over
          ? 'passed'
          : change.event === 'problem' && change.problems.length > 1
            ? 'undecided'
            : change.event,
      host: change.host ?? null,
      ...(change.problems.length === 1 && only !== undefined
        ? { problem: only, title: titles.get(only) ?? only }
        : { oneOf: change.problems }),
      ...(change.since === undefined ? {} : { since: iso(change.since) }),
      ...(over?.time === undefined ? {} : { until: iso(over.time) }),
      ...(over?.probably ? { probably: true } : {}),
    };
  });
}
