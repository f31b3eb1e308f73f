/**
 * The block that gathers what decides, one a side: put together from its parts (gather.yaml) and the commands of checks.
 * A person pastes it into a root shell, so what it must not have in it is checked here.
 */
import type { GatherPart } from '../../content/schemas.ts';
import { type SetupValues, valuesOf } from '../../engine/setup.ts';
import type { Side } from '../../engine/types.ts';
import { thereIsNo } from './suggest.ts';
import type { Knowledge, Report } from './types.ts';

/** The number in its markers. Blocks of an earlier one are read for ever. */
export const gatherFormat = 2;

/** So much can be read before it is run. */
const mostLines = 120;
const widest = 100;

/** A block, with the variables of the setup still places: `{client_log}`. */
export interface GatherBlock {
  side: Side;
  text: string;
  /** The same, cut at the places. */
  pieces: (string | { variable: string })[];
  /** What stands in it, in its order, for those who read along. */
  parts: { marker?: string; names: string; shows: string; for: string }[];
  /** Variables that a setup may not have. */
  optional: ReadonlySet<string>;
}

const indent = (text: string, by: string) => text.trimEnd().replace(/^(?=.)/gm, by);

/** The block of a side. */
export function gatherBlock(
  { gatherParts, checks, variables }: Pick<Knowledge, 'gatherParts' | 'checks' | 'variables'>,
  side: Side,
): GatherBlock {
  const own = gatherParts.filter(({ on }) => on === side || on === 'both');
  const runOf = (part: GatherPart): string => {
    const commands = part.checks.map((id) => `${checks.find((one) => one.id === id)?.run.trim()} | top 20`);
    return (part[side] ?? part.run ?? commands.join('\n')).trimEnd();
  };
  const functionOf = (part: GatherPart): string => {
    const run = runOf(part);
    return `${part.section}() { ${indent(run, '  ').trimStart()}; }`;
  };
  const values = own.flatMap((part) => Object.entries(part.values ?? {}));
  const sections = own.filter(({ section }) => section);
  const text = [
    "sh <<'GATHER'",
    ...inLines(values.map(([name, variable]) => `${name}={${variable}}`)),
    ...own.filter(({ begin }) => begin).map(runOf),
    `part() { say "== samhain-gather ${gatherFormat} ${side} $1 =="; "$1" </dev/null 2>&1 | mask; }`,
    ...sections.map(functionOf),
    ...wrapped(`for s in ${sections.map(({ section }) => section).join(' ')}`, '  '),
    'do part "$s"; done',
    `say "== samhain-gather ${gatherFormat} ${side} end =="`,
    'GATHER',
  ].join('\n');
  const parts = own.flatMap(({ begin, section, shows = '', for: why = '' }) =>
    begin || section
      ? [{ ...(section ? { marker: section } : {}), names: begin ?? section ?? '', shows, for: why }]
      : [],
  );
  const known = new Set(variables.map(({ id }) => id));
  const pieces = text
    .split(/\{([a-z_]+)\}/)
    .map((piece, i) => (i % 2 === 0 ? piece : known.has(piece) ? { variable: piece } : `{${piece}}`));
  return { side, text, pieces, parts, optional: new Set(own.flatMap(({ optional }) => optional)) };
}

/** Three assignments a line. */
const inLines = (words: readonly string[]): string[] =>
  words.flatMap((_, i) => (i % 3 === 0 ? [words.slice(i, i + 3).join(' ')] : []));

/** Words of one command on as many lines as they need. */
function wrapped(text: string, by: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 3 > widest) {
      lines.push(`${line} \\`);
      line = `${by}${word}`;
    } else line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** The block with the values of a setup; or the reason why it has none. */
export function filledBlock(block: GatherBlock, setup: SetupValues): { text: string } | { none: string } {
  let none: string | undefined;
  const text = block.pieces.map((piece) => {
    if (typeof piece === 'string') return piece;
    const value = setup.of(piece.variable, block.side);
    if (value?.text !== undefined) return value.text;
    if (!block.optional.has(piece.variable)) none ??= value?.none ?? `There is no ${piece.variable}.`;
    return '';
  });
  return none === undefined ? { text: text.join('') } : { none };
}

/** Reports what a block must not have. */
export function checkGather(knowledge: Knowledge, report: Report): void {
  const setup = valuesOf(knowledge);
  const { gatherParts, gather, checks } = knowledge;
  for (const part of gatherParts) {
    for (const id of part.checks)
      if (!checks.some((one) => one.id === id))
        report(
          part,
          'checks',
          thereIsNo(
            'check',
            id,
            checks.map((one) => one.id),
          ),
        );
    const lines = [part.run, part.client, part.server].flatMap((run) => run?.split('\n') ?? []);
    for (const line of lines) {
      if (line.includes('\t')) report(part, 'run', `has a tab, which a shell completes: ${line}`);
      if (line.includes('!')) report(part, 'run', `has a !, which an interactive bash expands: ${line}`);
      if (/[0-9a-f]{16}/i.test(line)) report(part, 'run', `has 16 hexadecimal digits in a row: ${line}`);
    }
  }
  for (const side of ['client', 'server'] as const) {
    const block = gatherBlock(knowledge, side);
    const [first] = gatherParts;
    if (!first) continue;
    const unknown = block.pieces.filter((piece) => typeof piece === 'string' && /^\{[a-z]+_[a-z_]+\}$/.test(piece));
    for (const place of unknown) report(first, 'values', `${String(place)} is no variable of variables.yaml`);
    const filled = filledBlock(block, setup);
    if ('none' in filled) {
      report(first, 'values', filled.none);
      continue;
    }
    const lines = filled.text.split('\n');
    if (lines.length > mostLines)
      report(first, 'values', `the block of the ${side} has ${lines.length} lines, more than ${mostLines}`);
    for (const line of lines)
      if (line.length > widest)
        report(first, 'values', `${line.length} characters in a line, more than ${widest}: ${line}`);
    const markers = new Set(block.parts.map(({ marker }) => marker));
    for (const reading of gather)
      if (reading.format === gatherFormat && reading.side === side && !markers.has(reading.section))
        report(
          reading,
          'section',
          thereIsNo(
            'section',
            reading.section,
            [...markers].flatMap((one) => one ?? []),
          ),
        );
  }
}
