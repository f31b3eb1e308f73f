/** Which records show that a step of the verification holds: those of its recoveries, after the last sign of the fault. */
import type { Recovery } from '../../content/schemas.ts';
import type { Finding } from '../types.ts';
import { matches } from './match.ts';
import type { Case } from './steps.ts';

const timeOf = ({ record }: Finding): number | undefined => record.relay?.time ?? record.time;

/**
 * The last record that shows one of these recoveries for the client of a diagnosis, after its last sign.
 * @returns an index into the findings; undefined where none does
 */
export function provedBy(
  shows: readonly string[],
  recoveries: readonly Pick<Recovery, 'id' | 'records'>[],
  { diagnosis, findings }: Case,
): number | undefined {
  const records = recoveries.filter(({ id }) => shows.includes(id)).flatMap((one) => one.records);
  if (records.length === 0) return undefined;
  const signs = diagnosis.evidence.flatMap(({ finding }) => findings[finding] ?? []);
  const last = signs.reduce((top, one) => Math.max(top, timeOf(one) ?? top), Number.NEGATIVE_INFINITY);
  for (let i = findings.length - 1; i >= 0; i--) {
    const finding = findings[i];
    if (!finding?.message || finding.quoted || finding.record.doubtful || finding.record.suspicious) continue;
    const time = timeOf(finding);
    // Without a time nothing says that it is later.
    if (time === undefined || time < last || last === Number.NEGATIVE_INFINITY) continue;
    // Within one second the place in the log tells the order.
    if (
      time === last &&
      !signs.some(({ record }) => record.source === finding.record.source && record.line < finding.record.line)
    )
      continue;
    const of = (one: (typeof records)[number]) =>
      isRecord(one, finding) && (one.within === 'input' || isAbout(finding, diagnosis.host));
    if (records.some(of)) return i;
  }
  return undefined;
}

function isRecord(
  pattern: Recovery['records'][number],
  { message = '', text, values, side, record }: Finding,
): boolean {
  const own = record.relay ? 'client' : side;
  const told = { message, values, sinks: [record.sink], opens: false };
  const { severity } = record;
  const known = {
    ...(text === undefined ? {} : { text }),
    ...(severity ? { severity } : {}),
    ...(own ? { side: own } : {}),
  };
  return matches(pattern, { ...told, ...known }) === 'full';
}

/** A client's own log names nobody: what it holds is its own. */
function isAbout({ host, side, record }: Finding, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const named = (record.relay?.client ?? host)?.toLowerCase();
  if (named === undefined) return side === 'client';
  const short = (name: string) => name.split('.')[0];
  const name = wanted.toLowerCase();
  return named === name || ((!named.includes('.') || !name.includes('.')) && short(named) === short(name));
}
