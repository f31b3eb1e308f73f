/** Alert rules for Prometheus, for the numbers that `--metrics` writes: one for each problem, and what concerns all of them. */
import { stringify } from 'yaml';
import type { metrics } from '../../cli/metric-names.ts';
import { impactWords } from '../../report/impact.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { problemPage } from './shapes.ts';

type Metric = keyof typeof metrics;

interface Alert {
  name: string;
  /** The number that is asked, and what of it is wrong. */
  metric: Metric;
  expression: string;
  /** How long it must hold. */
  holds: string;
  severity: 'critical' | 'warning' | 'info';
  summary: string;
  description: string;
  page?: string;
}

/** `wrong-password` → `SamhainWrongPassword`. */
const nameOf = (id: string): string =>
  `Samhain${id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;

/** What stands in braces is read as a template by Prometheus: content is not. */
const plain = (text: string): string =>
  text.replaceAll('`', '').replaceAll(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`);

const general: readonly Alert[] = [
  {
    name: 'SamhainClientNotSeen',
    metric: 'samhain_client_last_seen_timestamp_seconds',
    expression: 'time() - samhain_client_last_seen_timestamp_seconds > 4 * 3600',
    holds: '15m',
    severity: 'critical',
    summary: '{{ $labels.client }} has not been heard from for {{ $value | humanizeDuration }}',
    description:
      'A running client sends a time stamp each SetLoopTime (600 seconds in the installed samhainrc), unless its ExportSeverity leaves them out.',
    page: problemPage('client-silent'),
  },
  {
    name: 'SamhainFileReports',
    metric: 'samhain_file_reports',
    expression: 'delta(samhain_file_reports[1h]) > 0',
    holds: '0m',
    severity: 'critical',
    summary: 'The file check reports {{ $value | humanize }} new changes',
    description: 'Read the log of the server: a change that nobody expects is what samhain is there to show.',
  },
  {
    name: 'SamhainUndecided',
    metric: 'samhain_undecided',
    expression: 'samhain_undecided > 0',
    holds: '1h',
    severity: 'warning',
    summary: '{{ $value | humanize }} clients have one of several problems',
    description: 'Run samhain-diagnose on the logs of both sides: it says which line would decide.',
  },
  {
    name: 'SamhainUnexplainedErrors',
    metric: 'samhain_unexplained_errors',
    expression: 'samhain_unexplained_errors > 0',
    holds: '15m',
    severity: 'warning',
    summary: 'The logs have {{ $value | humanize }} errors that no known problem explains',
    description: 'Run samhain-diagnose on the logs: it shows the lines.',
  },
  {
    name: 'SamhainDiagnoseOld',
    metric: 'samhain_diagnose_timestamp_seconds',
    expression: 'time() - samhain_diagnose_timestamp_seconds > 3600',
    holds: '5m',
    severity: 'warning',
    summary: 'The numbers about samhain are {{ $value | humanizeDuration }} old',
    description: 'samhain-diagnose no longer runs, or cannot write its file: so none of the other alerts can fire.',
  },
];

/** The file. */
export function alertRules({ problems }: Pick<Knowledge, 'problems'>): string {
  const own = problems.map(
    ({ id, title, summary, urgency, impact }): Alert => ({
      name: nameOf(id),
      metric: 'samhain_problems',
      expression: `samhain_problems{problem="${id}"} > 0`,
      holds: '10m',
      severity: urgency === 'fault' ? 'critical' : 'warning',
      summary: `${plain(title)} ({{ $value | humanize }})`,
      description: plain(
        [summary, ...impactWords(impact).flatMap(({ ask, answers }) => answers.map(({ say }) => `${ask} ${say}`))].join(
          ' ',
        ),
      ),
      page: problemPage(id),
    }),
  );
  const rules = [...general, ...own].map(({ name, expression, holds, severity, summary, description, page }) => ({
    alert: name,
    expr: expression,
    ...(holds === '0m' ? {} : { for: holds }),
    labels: { severity },
    annotations: { summary, description, ...(page === undefined ? {} : { runbook_url: page }) },
  }));
  const text = stringify({ groups: [{ name: 'samhain', rules }] }, { lineWidth: 0 });
  return `# Alerts about samhain and yule. samhain-diagnose --state FILE --metrics FILE LOG... writes the numbers.
# Which clients have a problem: samhain_client_problem{problem="..."}
${text}`;
}
