/** What each source is: the chips above an answer, and the side that is missing among them. */
import type { Result } from '../../engine/diagnosis/types.ts';
import type { Input } from '../../engine/input.ts';
import { countLines } from '../../engine/log/lines.ts';
import type { Side, Source } from '../../engine/types.ts';
import type { Clock } from './clock.ts';

export interface SourceView {
  name: string;
  kind: 'log' | 'configuration' | 'output' | 'unknown';
  side?: Side;
  /** Lines of both sides are in it. */
  both?: true;
  /** The client, or how many clients there are. */
  about?: string;
  lines: number;
  range?: string;
}

interface Seen {
  sides: Record<Side, number>;
  hosts: Set<string>;
  from?: number;
  to?: number;
}

export function makeSources(sources: readonly Source[], found: Input, clock: Clock): SourceView[] {
  const seen = sources.map((): Seen => ({ sides: { client: 0, server: 0 }, hosts: new Set() }));
  for (const { record, side, host, message } of found.findings) {
    const one = seen[record.source];
    if (!one || !message) continue;
    const writer = record.relay ? 'server' : side;
    if (writer) one.sides[writer] += 1;
    if (host && one.hosts.size < 10_000) one.hosts.add(host.toLowerCase());
    const { time } = record;
    if (time === undefined) continue;
    if (one.from === undefined || time < one.from) one.from = time;
    if (one.to === undefined || time > one.to) one.to = time;
  }
  const settings = new Map(found.settings.map((one) => [one.source, one]));
  const outputs = new Map(found.outputs.outcomes.map((one) => [one.source, one]));
  const configurations = new Set(found.configurations);
  // What a program or the system explains beside its records is of a log, too.
  const explained = new Set(
    found.asides.flatMap(({ kind, source }) => (kind === 'explanation' || kind === 'crash' ? [source] : [])),
  );
  return sources.map(({ name, text, side: stated, excerpt }, i) => {
    const { sides, hosts, from, to } = seen[i] ?? { sides: { client: 0, server: 0 }, hosts: new Set<string>() };
    const isLog = sides.client + sides.server > 0 || explained.has(i);
    const kind = isLog ? 'log' : configurations.has(i) ? 'configuration' : outputs.has(i) ? 'output' : 'unknown';
    const most = sides.server >= sides.client ? 'server' : 'client';
    const side = stated ?? (sides.client + sides.server > 0 ? most : (settings.get(i)?.side ?? outputs.get(i)?.side));
    const entries = settings.get(i)?.settings.entries.filter(({ facts }) => typeof facts.key === 'string').length ?? 0;
    const about =
      kind === 'configuration' && entries > 0
        ? `${entries} client${entries === 1 ? '' : 's'}`
        : hosts.size > 1
          ? `${hosts.size.toLocaleString('en')} clients`
          : ([...hosts][0]?.slice(0, 255) ?? '');
    const range = clock.range(from, to);
    return {
      name,
      kind,
      ...(side ? { side } : {}),
      ...(!stated && sides.client > 0 && sides.server > 0 ? { both: true as const } : {}),
      ...(about ? { about } : {}),
      lines: excerpt?.lines ?? countLines(text),
      ...(range ? { range } : {}),
    };
  });
}

/** The side of which no log is there, where a fault is not certain: its lines of that time would tell more. */
export function missingSide(
  sources: readonly SourceView[],
  { diagnoses }: Pick<Result, 'diagnoses'>,
  { findings }: Input,
  clock: Clock,
): { missing?: { side: Side; at?: string } } {
  const guess = diagnoses.find(({ over, confidence }) => !over && confidence !== 'certain');
  const logs = sources.filter(({ kind }) => kind === 'log');
  const sides = new Set(
    findings.flatMap(({ side, record, message }) => (message ? [record.relay ? 'server' : side] : [])),
  );
  if (!guess || logs.length === 0) return {};
  const side = (['server', 'client'] as const).find((one) => !sides.has(one));
  if (!side) return {};
  const at = clock.at(guess.to);
  return { missing: { side, ...(at ? { at } : {}) } };
}
