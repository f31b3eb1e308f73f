/** A log line in parts, so that what matters (message, fields) stands out from its prefix. */

export type PartKind = 'dim' | 'severity' | 'msg' | 'name' | 'value' | 'other';

export interface Part {
  kind: PartKind;
  text: string;
}

const header =
  /^(?<before>.{0,200}?)(?<severity><TCP>|<NET>|DEBUG|INFO|NOTICE|WARN|MARK|ERROR|CRIT|ALERT)(?<after>\s*:\s+\[[^\]]{0,40}\] | (?=msg=<))/;
const items = /([a-z_]{1,24})=(?:<([^<>]*)>|"([^"]*)")/g;

/** Splits one line, as printed; the parts joined are the line again. Lines of any length: only the first 4000 characters are looked at. */
export function splitLine(line: string): Part[] {
  const parts: Part[] = [];
  const push = (kind: PartKind, text: string | undefined) => {
    if (text) parts.push({ kind, text });
  };
  let rest = line.slice(0, 4000);
  const head = header.exec(rest)?.groups;
  if (head) {
    const { before = '', severity = '', after = '' } = head;
    push('dim', before);
    push('severity', severity);
    push('dim', after);
    rest = rest.slice((before + severity + after).length);
  }
  let end = 0;
  for (const match of rest.matchAll(items)) {
    const [whole, name = '', plain, xml] = match;
    const quote = plain === undefined ? '"' : '<';
    push('other', rest.slice(end, match.index));
    const value = plain ?? xml ?? '';
    if (name === 'sev' || name === 'tstamp') {
      push(name === 'sev' ? 'severity' : 'dim', whole);
    } else {
      push('name', `${name}=${quote}`);
      push(name === 'msg' ? 'msg' : 'value', value);
      push('name', quote === '<' ? '>' : '"');
    }
    end = match.index + whole.length;
  }
  push('other', rest.slice(end));
  push('other', line.slice(4000));
  return parts;
}

/** How many of the first parts are the record's header: time stamp and severity, before the first field. */
export function headLength(parts: readonly Part[]): number {
  const first = parts.findIndex((part) => part.kind === 'name');
  return first > 0 && parts.slice(0, first).some((part) => part.kind === 'severity') ? first : 0;
}

const classes: Record<PartKind, string | undefined> = {
  dim: 'l-dim',
  severity: 'l-dim',
  msg: 'l-msg',
  name: 'l-name',
  value: 'l-value',
  other: undefined,
};

/** How a part looks. A severity that is an error or a warning has a color beside its word. */
export const partClass = ({ kind, text }: Part): string | undefined =>
  kind !== 'severity'
    ? classes[kind]
    : /ERROR|CRIT|ALERT/.test(text)
      ? 'l-bad'
      : /WARN/.test(text)
        ? 'l-warn'
        : classes.severity;
