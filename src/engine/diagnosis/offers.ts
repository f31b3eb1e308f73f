/**
 * Values for the commands of a fix that no record holds: what a configuration says, what was typed before an output, what
 * an output shows. They are offered, and stand in a command that changes something only where the reader takes them over.
 */
import type { Problem } from '../../content/schemas.ts';
import type { FoundOutcome } from '../checks/found.ts';
import type { Configuration } from '../config/configurations.ts';
import type { Entry, FoundSetting } from '../config/types.ts';
import type { Source } from '../types.ts';
import type { Diagnosis, Offer, Result } from './types.ts';

interface Given {
  problems: readonly Problem[];
  sources: readonly Source[];
  configurations: readonly Configuration[];
}

/** The result with what its configurations and outputs offer to each diagnosis. */
export function withOffers(result: Result, { problems, sources, configurations }: Given): Result {
  const { checks = [], settings = [] } = result;
  if (checks.length + configurations.length === 0) return result;
  // Of several clients nobody knows whose an output is, but where it is evidence.
  const several = new Set(result.diagnoses.flatMap(({ over, host }) => (over ? [] : (host ?? [])))).size > 1;
  const diagnoses = result.diagnoses.map((one): Diagnosis => {
    const values = problems.find(({ id }) => id === one.problem)?.values ?? {};
    const its = new Set(one.checks?.flatMap((evidence) => evidence.checks));
    const outputs = several ? checks.filter((_, index) => its.has(index)) : checks;
    const lines = one.settings?.flatMap(({ setting }) => settings[setting] ?? []) ?? [];
    const offers = Object.entries(values).flatMap(([name, wanted]): [string, Offer][] => {
      const written = only(wanted.options.flatMap((option) => writtenIn(option, configurations, lines)));
      if (written !== undefined) return [[name, { value: written, by: 'setting' }]];
      const shown = only([
        ...outputs.flatMap((output) => output.values?.[name] ?? []),
        ...wanted.outputs.flatMap((output) => shownIn(output, outputs, sources)),
      ]);
      return shown === undefined ? [] : [[name, { value: shown, by: 'check' }]];
    });
    return offers.length > 0 ? { ...one, offers: Object.fromEntries(offers) } : one;
  });
  return { ...result, diagnoses };
}

/** The one value of a list; none where there are two. */
function only(values: readonly string[]): string | undefined {
  const [one, other] = new Set(values);
  return other === undefined ? one : undefined;
}

type Wanted = Problem['values'][string];

/** What the configurations of a side have as an option's value: the last one, or the name in a line that is evidence. */
function writtenIn(
  { option, side }: Wanted['options'][number],
  configurations: readonly Configuration[],
  lines: readonly FoundSetting[],
): string[] {
  return configurations.flatMap((one) => {
    if (one.side !== side) return [];
    const entries = one.settings.entries.filter(
      ({ facts }) => facts.what === 'option' && facts.option === option && !facts.refused && !facts.maybe,
    );
    const isEvidence = ({ line }: Entry) => lines.some((own) => own.source === one.source && own.line === line);
    const named = entries.filter(({ facts }) => typeof facts.key === 'string');
    if (named.length > 0) return named.filter(isEvidence).map(({ facts }) => String(facts.key));
    const { value, secret } = entries.at(-1)?.facts ?? {};
    return typeof value === 'string' && !secret ? [value] : [];
  });
}

function shownIn(
  { check, matches }: Wanted['outputs'][number],
  outputs: readonly FoundOutcome[],
  sources: readonly Source[],
): string[] {
  const expression = new RegExp(matches);
  return outputs.flatMap(({ base, source, line, endLine }) => {
    if (base !== check) return [];
    const text = sources[source]?.text.split(/\r\n|\n|\r/).slice(line - 1, endLine) ?? [];
    return text.flatMap((one) => expression.exec(one.slice(0, 400))?.groups?.value ?? []);
  });
}
