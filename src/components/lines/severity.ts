/** Severity is told by its word and a mark; the class adds a colour. */
const classes: Record<string, string> = { ERROR: 'sev-bad', CRIT: 'sev-bad', ALERT: 'sev-bad', WARN: 'sev-warn' };

export const severityClass = (severity: string | undefined): string => classes[severity ?? ''] ?? '';
