/**
 * Which outputs of checks stand in what was given: behind a prompt with the command, in a block that a gather script printed,
 * or bare. What a check and its outcomes are is content; this code knows none by name.
 */
import type { Check, CheckValue, Combination, Condition, GatherReading, Outcome } from '../../content/schemas.ts';
import { suits } from '../diagnosis/values.ts';
import { decodeEntities, isHtml, plainText } from '../log/decode.ts';
import type { SetupValues } from '../setup.ts';
import type { Side, Source } from '../types.ts';
import {
  asBroken,
  type Break,
  breaksIn,
  howBroken,
  joined,
  joinWrapped,
  type Lines,
  looksBroken,
  SURE,
} from './broken.ts';
import { Commands, type Meant } from './commands.ts';
import { asShown, SECTION } from './copied.ts';
import type { FoundOutcome } from './found.ts';
import {
  isGiven,
  isTyped,
  type Known,
  type Locales,
  matchOutcome,
  type Prompt,
  promptIn,
  type ValuesBySide,
} from './match.ts';

/** An output that is none of the known ones. */
export interface UnknownOutput {
  source: number;
  line: number;
  endLine: number;
  /** As typed; absent where there was no command line. */
  command?: string;
  /** The check whose command this is, though its output is none that is known. */
  check?: string;
  /** Checks that it resembles, the most similar first. */
  like: string[];
}

/** A block that a gather script printed. */
export interface FoundBlock {
  source: number;
  line: number;
  side: Side;
  /** Its sections, in order. */
  sections: string[];
  /** Its end is missing: the last section may be a part of one. */
  cut?: true;
  /** When it was run, by the clock of its host: milliseconds since 1970 UTC. */
  time?: number;
  /** Who ran it. */
  user?: string;
}

export interface Outputs {
  outcomes: FoundOutcome[];
  /** Blocks of gather scripts. */
  blocks: FoundBlock[];
  unknown: UnknownOutput[];
  /** Lines of command lines, markers and outputs; nothing in them is left over. */
  lines: Pick<FoundOutcome, 'source' | 'line' | 'endLine'>[];
}

/** The content's share. */
export interface CheckKnowledge {
  checks: readonly Check[];
  combinations: readonly Combination[];
  gather: readonly GatherReading[];
  checkLocales: Locales;
  checkValues: readonly Pick<CheckValue, 'id' | 'host' | 'found' | 'names' | 'what' | 'example'>[];
}

/** What a bare output must be: any that is known, or a long one; or there is none. */
export type Bare = 'any' | 'long' | 'never';

/** So much of a bare text is compared with outcomes: an output is short. */
const MOST_BARE = 60;
/** A shorter text is anybody's. */
const LEAST_BARE = 12;
/** A longer text is no terminal. */
const MOST_LINES = 20_000;
const SIMILAR = 0.3;
/** How much of a bare text must be words of a check's outputs; and of one line, which any program can have printed. */
const FAMILIAR = 0.6;
const FAMILIAR_LINE = 0.9;
/** So many words are a sentence that other programs do not print. A port counts for two. */
const LEAST_WORDS = { any: 5, long: 8 };
/** And how much more than of any other's. */
const CLEARLY = 0.2;
/** Before it a prompt may stand; then come the format, the side and the section. */
const MARKER = /^(.{0,200}?)== samhain-gather (\d{1,2}) (client|server) ([a-z]{1,20}) ==\s*$/;
/** How the block itself begins where it was pasted into a shell, and how far above its output. */
const TYPED = /\bsh <<'GATHER'\s*$/;
const MOST_TYPED = 150;
/** What a block prints where it ends a list early. */
const CUT = /^\(\d+ more lines\)$/m;
/** The marker without a section below it. */
const LAST = 'end';

/** Whether more lines stand there than are looked at, by the line end of nearly all texts: none is cut off to be counted. */
function isLong(text: string): boolean {
  let lines = 1;
  for (let end = text.indexOf('\n'); end >= 0 && lines <= MOST_LINES; end = text.indexOf('\n', end + 1)) lines += 1;
  return lines > MOST_LINES;
}

/** Lines as the terminal had them, where they were taken from a page's source, too. */
function splitText(text: string): string[] {
  return (isHtml(text) ? decodeEntities(text) : text).split(/\r\n|\n|\r/);
}

/**
 * Finds them.
 * @param bare what a bare output must be to stand in a source: nothing is one beside records of a log, and where words of a
 * message were heard, which other programs print as well, only a long sentence is
 */
export function recogniseOutputs(
  sources: readonly Source[],
  {
    checks,
    gather,
    checkLocales: locales,
    checkValues,
  }: Pick<CheckKnowledge, 'checks' | 'gather' | 'checkLocales' | 'checkValues'>,
  values: ValuesBySide,
  { bare }: { bare: (source: number) => Bare },
): Outputs {
  const found: Outputs = { outcomes: [], blocks: [], unknown: [], lines: [] };
  // (Most texts have neither a prompt nor anything like an output: nobody asks for these then.)
  const commands = () => commandsOf(checks, values);
  sources.forEach(({ text, excerpt }, source) => {
    if (excerpt || isLong(text)) return;
    const split = splitText(text);
    if (split.length > MOST_LINES) return;
    const lines = asShown(split.map(plainText));
    const blocks = inBlocks(lines, source, { checks, gather, values, checkValues }, found);
    joinWrapped(blocks, commands);
    const tails = split.map((line) => line.length - line.trimEnd().length);
    const prompts = inAnyTerminal(blocks, source, { commands, values, locales, checks, checkValues, tails }, found);
    const may = bare(source);
    // (A command that is known to ask for something else has answered that.)
    const others = found.unknown.some((one) => one.source === source);
    if (
      prompts === 0 &&
      !others &&
      blocks.length === lines.length &&
      may !== 'never' &&
      blocks.every((line) => line !== undefined)
    )
      bareOutput(lines, source, { checks, commands, values, locales, least: LEAST_WORDS[may] }, found);
  });
  return found;
}

/**
 * The values of the places in commands and outcomes: the setup's, and what the lines name. Where they name two, none.
 * @param hosts clients that the records are about
 */
export function valuesIn(
  sources: readonly Source[],
  knowledge: CheckKnowledge,
  setup: SetupValues,
  hosts: ReadonlySet<string>,
): ValuesBySide {
  const { checkValues } = knowledge;
  const named = new Map<string, Set<string>>();
  const name = (id: string, value: string) => named.set(id, (named.get(id) ?? new Set()).add(value));
  const blocks = sources.filter(({ text, excerpt }) => !excerpt && text.includes(SECTION));
  // (Hardly any text holds a block: no expression is made for the others.)
  const wanted = (blocks.length > 0 ? checkValues : []).flatMap(({ id, found }) =>
    found.map((one) => ({ id, head: `${one.side} ${one.section}`, matches: new RegExp(one.matches) })),
  );
  for (const { text } of blocks) {
    let head = '';
    const split = splitText(text);
    for (const line of split.length > MOST_LINES ? split : asShown(split.map(plainText))) {
      const [, , , side, section] = MARKER.exec(line) ?? [];
      if (side) head = `${side} ${section}`;
      for (const one of wanted) {
        const value = one.head === head ? one.matches.exec(line.slice(0, 400))?.groups?.value : undefined;
        if (value) name(one.id, value);
      }
    }
  }
  const [host, second] = hosts;
  // (A refusal names an address only: no list has that, and no file ends in it.)
  for (const { id, host: isHost } of checkValues)
    if (isHost && host !== undefined && second === undefined && suits('name', host) && !named.has(id)) name(id, host);
  const stated = new Set<string>();
  const all = placesOf(knowledge, setup);
  const of = (side: Side) => {
    const values: Record<string, string> = {};
    const replaced = new Map<string, string>();
    for (const { place, value, text, others } of all[side]) {
      const own = others.find((id) => named.has(id)) ?? place;
      const [only, other] = named.get(own) ?? [];
      const isSaid = only !== undefined && other === undefined;
      if (isSaid && own !== place) stated.add(place);
      const known = isSaid ? only : (value ?? text);
      if (known !== undefined) values[place] = known;
      // A tool that has the setup's value in it has this one now, and it stays a place: another one may be typed there.
      if (isSaid && own !== place && value !== undefined) replaced.set(value, `{${place}}`);
    }
    if (replaced.size === 0) return values;
    for (const [place, tool] of Object.entries(values))
      if (/\s/.test(tool)) values[place] = tool.replace(/[^\s]+/g, (word) => replaced.get(word) ?? word);
    return values;
  };
  const [client, server] = [of('client'), of('server')];
  return { client, server, ...(stated.size > 0 ? { stated: [...stated] } : {}) };
}

/** A place of commands and outcomes: what a setup has there, and the values of which a block shows one in its stead. */
interface Place {
  place: string;
  value: string | undefined;
  text: string | undefined;
  others: readonly string[];
}

const placesMade = new WeakMap<SetupValues, { checks: readonly Check[]; by: Record<Side, readonly Place[]> }>();

/** All places in a setup: they are asked for with every text, and a setup stays as it is. */
function placesOf(
  { checks, gather, checkValues }: CheckKnowledge,
  setup: SetupValues,
): Readonly<Record<Side, readonly Place[]>> {
  const known = placesMade.get(setup);
  if (known?.checks === checks) return known.by;
  const names = [...new Set([...placesIn(checks), ...placesIn(gather)])];
  const of = (side: Side) =>
    names.map((place) => {
      const { value, text } = setup.of(place, side) ?? {};
      return { place, value, text, others: checkValues.flatMap(({ id, names: its }) => (its === place ? id : [])) };
    });
  const by = { client: of('client'), server: of('server') };
  placesMade.set(setup, { checks, by });
  return by;
}

const commandsMade = new WeakMap<readonly Check[], { as: string; commands: Commands }>();

/** The commands of all checks with these values; those of the last values are kept, for they hardly ever change. */
function commandsOf(checks: readonly Check[], values: ValuesBySide): Commands {
  const as = JSON.stringify(values);
  const known = commandsMade.get(checks);
  if (known?.as === as) return known.commands;
  const commands = new Commands(checks, values);
  commandsMade.set(checks, { as, commands });
  return commands;
}

const places = new WeakMap<readonly object[], ReadonlySet<string>>();

/** The places of all commands and outcomes: they are asked for with every text, and the content stays the same. */
function placesIn(checks: readonly object[]): ReadonlySet<string> {
  const known = places.get(checks);
  if (known) return known;
  const found = new Set(
    JSON.stringify(checks)
      .match(/\{[a-z][a-z_]*\}/g)
      ?.map((place) => place.slice(1, -1)),
  );
  places.set(checks, found);
  return found;
}

/** Reads the blocks of gather scripts. @returns the lines without them */
function inBlocks(
  lines: readonly string[],
  source: number,
  {
    checks,
    gather,
    values,
    checkValues,
  }: Pick<CheckKnowledge, 'checks' | 'gather' | 'checkValues'> & { values: ValuesBySide },
  found: Outputs,
): Lines {
  const left: Lines = [...lines];
  let as: Known['as'];
  /** The section above, where the next line goes on with its block. */
  let above: { side: string; section: string } | undefined;
  for (let i = 0; i < lines.length; i += 1) {
    const [, before = '', format, side, section] = MARKER.exec(lines[i] ?? '') ?? [];
    // (In the block's own text, pasted into a shell, the marker has its variable in it.)
    if (!side || !section || (before !== '' && !promptIn(before))) continue;
    let end = i + 1;
    // (Behind the end stands nothing of the block.)
    while (section !== LAST && end < lines.length && !MARKER.test(lines[end] ?? '') && !isTyped(lines[end] ?? ''))
      end += 1;
    const next = MARKER.exec(lines[end] ?? '')?.[3];
    const cut = section !== LAST && next !== side;
    // Where no marker follows, somebody's own words may: a block prints no blank lines.
    const blank = next === undefined ? lines.slice(i, end).findIndex((line) => line.trim() === '') : -1;
    if (cut && blank > 0) end = i + blank;
    const place = { source, line: i + 1, endLine: end };
    found.lines.push(place);
    // The command that ran the block, or the block itself, pasted into a shell.
    let top = i;
    while (top > 0 && lines[top - 1]?.startsWith('> ')) top -= 1;
    // A shell that prompts otherwise for what follows: all from its first line on.
    for (let n = i - 1; top === i && n >= 0 && n > i - MOST_TYPED && left[n] !== undefined; n -= 1)
      if (TYPED.test(lines[n] ?? '')) top = n + 1;
    if (top > 0 && left[top - 1] !== undefined && isTyped(lines[top - 1] ?? '')) top -= 1;
    if (top < i) found.lines.push({ source, line: top + 1, endLine: i });
    for (let n = top; n < i; n += 1) left[n] = undefined;
    for (let n = i; n < end; n += 1) left[n] = undefined;
    const text = lines.slice(i + 1, end).join('\n');
    // The first section says who ran the block. (In any other such a line can be a stranger's.)
    if (above?.side !== side || above.section === LAST) {
      const user = /^user (\S+)$/m.exec(text)?.[1];
      as = user === undefined ? undefined : user === 'root' ? 'root' : 'user';
      const time = Date.parse(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/m.exec(text)?.[0] ?? '');
      const known = { ...(user === undefined ? {} : { user }), ...(Number.isNaN(time) ? {} : { time }) };
      found.blocks.push({ source, line: i + 1, side: side as Side, sections: [], ...known });
    }
    const block = found.blocks.at(-1);
    if (section !== LAST) block?.sections.push(section);
    if (cut && block) block.cut = true;
    above = next === undefined ? undefined : { side, section };
    for (const reading of gather) {
      const check = checks.find(({ id }) => id === reading.check);
      if (!check || reading.side !== side || reading.section !== section) continue;
      if (reading.format !== undefined && reading.format !== Number(format)) continue;
      const known = { values: values[check.on], ran: true, as };
      if (reading.given && !isGiven(reading.given, text, known)) continue;
      const outcome = reading.when ? matchReading(check, reading.when, text, known) : matchOutcome(check, text, known);
      // What is not among the lines that were printed can be among those that were left out.
      if (!outcome || ((cut || CUT.test(text)) && outcome.when.some(isAbsence))) continue;
      // (A fault that is seen is there, whatever else is missing.)
      if (cut && outcome.proves.length + outcome.points.length === 0) continue;
      const named = checkValues.flatMap(({ id }) => (known.values[id] === undefined ? [] : [[id, known.values[id]]]));
      const its = { check: check.id, base: check.id, side: check.on, values: Object.fromEntries(named) };
      found.outcomes.push({ ...place, ...its, outcome });
    }
    i = end - 1;
  }
  return left;
}

function matchReading(
  check: Check,
  readings: NonNullable<GatherReading['when']>,
  text: string,
  known: Known,
): Outcome | undefined {
  const outcomes = readings.flatMap(({ outcome: id, when }) => {
    const own = check.outcomes.find((one) => one.id === id);
    return own ? [{ ...own, when }] : [];
  });
  return matchOutcome({ ...check, outcomes }, text, known);
}

/** True for a condition that something missing fulfills. */
const isAbsence = ({ empty, lacks, every, lines = [] }: Condition): boolean =>
  empty === true ||
  lacks !== undefined ||
  every !== undefined ||
  lines.some(({ times }) => (typeof times === 'number' ? true : times?.max !== undefined));

/** A prompt that is more than its sign: with a host, a user, a folder or a frame before it. */
const NAMED =
  /[\w\])~][#$%] $|@|\] ?[#$%]|: ?~? ?[#$%]|─[#$%>]|^(?:[\w.-]{1,63} )?[~/]\S{0,200} [#$%]|^(?:➜ |.{0,80}❯ )|^[A-Za-z][\w.-]{0,62}[#$%] |^[\w.-]{1,63}:[~/]\S{0,120}(?: [\w.-]{1,64})?[#$%] |^(?:PS )?[A-Za-z]:\\/;

/** What people add to a command to see its status, and the line that it prints. */
const STATUS_ASKED = /[ \t]?; ?echo ["']?(?:[\w ]{1,20}[=:]? ?)?\$\?["']?$/;
const STATUS = /^(?:[\w ]{1,20}[=:]? ?)?\d{1,3}$/;

/** A command without what shows its status; undefined where nothing does. */
const withoutStatus = (command: string): string | undefined =>
  STATUS_ASKED.test(command) ? command.replace(STATUS_ASKED, '') : undefined;

interface Typed extends Prompt {
  at: number;
  named: boolean;
}

/** Reads what stands behind prompts. @returns how many of them name a check */
function inTerminal(
  lines: Lines,
  source: number,
  { commands, values, locales }: { commands: () => Commands; values: ValuesBySide; locales: Locales },
  found: Outputs,
): number {
  const signs = lines.flatMap((line, at): Typed[] => {
    const prompt = line === undefined ? undefined : promptIn(line);
    if (!prompt) return [];
    const named = NAMED.test(line?.slice(prompt.before.length, prompt.before.length + 200) ?? '');
    return [{ ...prompt, at, named }];
  });
  // Beside prompts that name a host, a sign alone begins a comment, unless a check's command follows.
  const named = signs.some((one) => one.named);
  const typed = signs.filter((one) => one.named || !named || commands().best([one.command]));
  // A list of commands has signs too: in a terminal one of them has printed something, or the last waits for the next.
  const alive = typed.some(
    ({ at, command }, k) => command === '' || lines.slice(at + 1, typed[k + 1]?.at).some((line) => line?.trim()),
  );
  let known = 0;
  for (let k = 0; k < typed.length; k += 1) {
    const first = typed[k] as Typed;
    if (first.command === '') continue;
    const asked = commands().best(typed.slice(k, k + 3).map(({ command }) => command));
    const asks = asked && [asked.check, ...asked.check.variants].some(({ run }) => STATUS_ASKED.test(run));
    const bare = asks ? undefined : withoutStatus(first.command);
    const unasked = bare === undefined ? undefined : commands().best([bare]);
    const best = unasked ?? asked;
    const count = best?.count ?? 1;
    const next = typed[k + count];
    const end = next ? next.at + (next.before ? 1 : 0) : lines.length;
    const output = lines.slice(first.at, end).flatMap((line, n): string[] => {
      if (line === undefined) return [];
      const own = typed.find(({ at }) => at === first.at + n);
      if (!own) return [line];
      return own.before && own !== first ? [own.before] : [];
    });
    // (The command's own status is no line of what it prints.)
    const last = output.findLastIndex((line) => line.trim() !== '');
    const stated = unasked !== undefined && STATUS.test(output[last] ?? '');
    if (stated) output.splice(last);
    const place = { source, line: first.at + 1, endLine: Math.max(first.at + 1, next ? next.at : end) };
    if (!best) {
      const like = commands().like(first.command);
      if (like.length > 0 && first.named) found.unknown.push({ ...place, command: first.command, like });
      continue;
    }
    const { check, id } = best;
    const text = output.join('\n');
    const ran = first.named || stated || (alive && best.exact && next !== undefined && text === '');
    const outcome = outcomeOf(best, text, {
      ran,
      ...(first.as ? { as: first.as } : {}),
      values: values[check.on],
      locales,
    });
    if (!outcome && !ran) continue;
    known += 1;
    found.lines.push(place);
    const its = { check: id, base: check.id, side: check.on, values: { ...aloneIn(check, text), ...best.typed } };
    if (outcome) found.outcomes.push({ ...place, ...its, outcome });
    else found.unknown.push({ ...place, command: first.command, check: check.id, like: [id] });
    k += count - 1;
  }
  // A prompt at which nothing was typed is a line of the terminal; so it is after a block.
  if (known > 0 || lines.includes(undefined)) {
    for (const { at, command, named } of typed)
      if (command === '' && named) found.lines.push({ source, line: at + 1, endLine: at + 1 });
  }
  return known;
}

/** So many breaks are looked at one by one; of a text with more than the second number, none is: it is no terminal's. */
const MOST_ALONE = 12;
const MOST_BREAKS = 600;

/**
 * Reads what stands behind prompts where no command shows whether the lines were broken, by a terminal or a mailer: as they
 * are, and joined wherever they can have been.
 */
function inAnyTerminal(
  lines: Lines,
  source: number,
  known: { commands: () => Commands; values: ValuesBySide; locales: Locales } & Pick<
    CheckKnowledge,
    'checks' | 'checkValues'
  > & { tails: readonly number[] },
  found: Outputs,
): number {
  const plain = emptyOutputs();
  const prompts = inTerminal(lines, source, known, plain);
  const lengths = lines.map((line, at) =>
    line === undefined ? 0 : line.length + (line.endsWith(' ') ? 0 : (known.tails[at] ?? 0)),
  );
  const width = lengths.reduce((most, length) => Math.max(most, length), 0);
  const isTerminal = prompts > 0 || NAMED.test(lines.find(Boolean) ?? '');
  const breaks = isTerminal ? breaksIn(lines, lengths, width, known.commands) : [];
  if (breaks.length === 0) {
    take(found, plain);
    return prompts;
  }
  const read = (some: readonly Break[], by: string): Outputs => {
    const outputs = emptyOutputs();
    inTerminal(joined(lines, some, by), source, known, outputs);
    return outputs;
  };
  const sure = breaks.filter(({ starts }) => !starts);
  // (If not, what lies where lines can be broken is not said.)
  const isRead = breaks.length <= MOST_BREAKS;
  const readings = !isRead
    ? [plain]
    : [
        plain,
        read(
          sure.filter(({ full }) => full),
          '',
        ),
        read(sure, ' '),
        read(
          breaks.filter(({ full }) => full),
          '',
        ),
        read(breaks, ' '),
        ...(breaks.length > 1 && breaks.length <= MOST_ALONE && lines.length <= MOST_BARE * 2
          ? breaks.flatMap((one) => [read([one], ' '), ...(one.full ? [read([one], '')] : [])])
          : []),
      ];
  const places = new Map<number, number>();
  for (const { outcomes, unknown } of readings)
    for (const { line, endLine } of [...outcomes, ...unknown])
      places.set(line, Math.max(places.get(line) ?? 0, endLine));
  const byLine = readings.map(({ outcomes }) => new Map(outcomes.map((one) => [one.line, one])));
  const unknown = new Map(plain.unknown.map((one) => [one.line, one]));
  let end = 0;
  let next = 0;
  for (const [line, endLine] of [...places].sort(([a], [b]) => a - b)) {
    // (What one reading takes for the next command can be a part of what another one has read.)
    if (line <= end) continue;
    const own = byLine.map((outcomes) => outcomes.get(line));
    while ((breaks[next]?.at ?? line) + 1 < line) next += 1;
    const within: Break[] = [];
    for (let n = next; (breaks[n]?.at ?? endLine) + 1 < endLine; n += 1) within.push(breaks[n] as Break);
    const weight = (one: FoundOutcome) => {
      const check = known.checks.find(({ id }) => id === one.base);
      if (one.outcome.when.some(isAbsence)) return 0;
      return check && looksBroken(check, known.values, known.checkValues).has(one.outcome.id) ? 1 : SURE;
    };
    const best =
      within.length === 0
        ? own[0]
        : !isRead
          ? undefined
          : asBroken(own, weight, {
              isTyped: within.every(({ at }) => at + 1 === line),
              ...howBroken(breaks, width),
            });
    if (best) {
      found.outcomes.push(best);
      end = best.endLine;
      continue;
    }
    const none = unknown.get(line);
    const doubted = own.find(Boolean);
    if (none) found.unknown.push(none);
    else if (doubted) found.unknown.push({ source, line, endLine, check: doubted.base, like: [doubted.check] });
  }
  const most = readings.reduce((best, one) => (one.lines.length > best.lines.length ? one : best), plain);
  found.lines.push(...most.lines);
  return Math.max(...readings.map(({ outcomes, unknown }) => outcomes.length + unknown.length), prompts);
}

function take(found: Outputs, more: Outputs): void {
  found.outcomes.push(...more.outcomes);
  found.unknown.push(...more.unknown);
  found.lines.push(...more.lines);
}

const emptyOutputs = (): Outputs => ({ outcomes: [], blocks: [], unknown: [], lines: [] });

/** What the output of a command is; what it names itself counts before what is known. */
function outcomeOf(meant: Meant, printed: string, known: Known): Outcome | undefined {
  const { check, typed, root, away, silent } = meant;
  const text = withPlaces(printed, meant);
  const { as: asked, ...rest } = known;
  const as = root ? 'root' : away ? undefined : asked;
  if (silent && as !== silent && text.trim() === '') return undefined;
  const values = { ...known.values, ...typed };
  const outcome = matchOutcome(check, text, {
    ...rest,
    ...(as ? { as } : {}),
    whole: true,
    values: { ...aloneIn(check, text), ...values },
  });
  // Where a file was left out, what is not in the others may be in that one.
  return meant.isPart && (outcome?.excludes.length ?? 0) > 0 ? undefined : outcome;
}

/** The lines of a search with what the check's own command puts before them: the file, and the number of the line. */
function withPlaces(text: string, { files, check }: Meant): string {
  const [alone, other] = files ?? [];
  if (!alone || text.trim() === '') return text;
  const isNumbered = /^[ef]?grep -[a-zA-Z]*n/.test(check.run);
  return text
    .split('\n')
    .map((line) => {
      if (line === '' || /^[ef]?grep: /.test(line)) return line;
      const named = other === undefined && !line.startsWith(`${alone}:`) ? `${alone}:${line}` : line;
      const file = files?.find((one) => named.startsWith(`${one}:`));
      if (!isNumbered || file === undefined || /^\d+:/.test(named.slice(file.length + 1))) return named;
      return `${file}:0:${named.slice(file.length + 1)}`;
    })
    .join('\n');
}

/** What an output names of a place, where it names one only. */
function aloneIn({ alone }: Check, text: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(alone).flatMap(([place, matches]) => {
      const expression = new RegExp(matches);
      const all = text.split('\n').flatMap((line) => expression.exec(line.slice(0, 400))?.groups?.value ?? []);
      const [one, other] = new Set(all);
      return one !== undefined && other === undefined ? [[place, one]] : [];
    }),
  );
}

/** So many letters of an outcome's condition must be words that any program would not print. */
const TELLING = 5;

/** One that is told by words that are there: not by what is missing, nor by the shape of lines, which many have. */
function isTelling({ empty, has = [], hasOne = [], lines = [], last, every }: Condition): boolean {
  if (empty) return false;
  const tests = [...lines.filter(({ times }) => times !== 0), last, every].map((one) => {
    if (!one) return 0;
    const values = Object.values(one.where ?? {}).map(({ is = [] }) =>
      fewest(is.filter((one) => !one.startsWith('{'))),
    );
    return fewest([one.matches].flat()) + values.reduce((a, b) => a + b, 0);
  });
  const words = [...has, hasOne.reduce((a, b) => (a && a.length < b.length ? a : b), hasOne[0] ?? '')];
  return [...tests, ...words.map((word) => word.length)].reduce((a, b) => a + b, 0) >= TELLING;
}

/** Letters that each of some expressions demands. */
const fewest = (some: readonly string[]): number => (some.length === 0 ? 0 : Math.min(...some.map(lettersOf)));

/** Letters that an expression demands. */
const lettersOf = (expression: string): number =>
  expression
    .replace(/\{[a-z_]{1,40}\}/g, ' ')
    .replace(/\(\?<\w{1,40}>/g, ' ')
    .replace(/\\./g, ' ')
    .replace(/\[[^[\]]+\]/g, ' ')
    .replace(/\([^()]*\)[?*]/g, ' ')
    .replace(/[^A-Za-z]/g, '').length;

/** A text without any command line: whose output it is, if it can be one check's only. */
function bareOutput(
  lines: readonly string[],
  source: number,
  {
    checks,
    commands,
    values,
    locales,
    least,
  }: { checks: readonly Check[]; commands: () => Commands; values: ValuesBySide; locales: Locales; least: number },
  found: Outputs,
): void {
  const text = lines.join('\n');
  if (lines.length > MOST_BARE || text.trim().length < LEAST_BARE) return;
  const words = new Set(wordsOf(text));
  const fitting = checks.flatMap((check) => {
    // Of what no outcome shows nothing is asked further: comparing words is by far the quicker half.
    if (!check.outcomes.some((outcome) => likeness(words, outcome).alike > SIMILAR)) return [];
    const outcome = matchOutcome(check, text, { values: values[check.on], locales });
    if (!outcome) return [];
    const { alike, known } = likeness(words, outcome);
    const enough = known >= least && alike >= (text.trim().includes('\n') ? FAMILIAR : FAMILIAR_LINE);
    return alike > SIMILAR ? [{ check, outcome, alike, sure: enough && outcome.when.some(isTelling) }] : [];
  });
  fitting.sort((a, b) => b.alike - a.alike);
  const [best, second] = fitting;
  const place = { source, line: 1, endLine: lines.length };
  if (best?.sure && best.alike - (second?.alike ?? 0) >= CLEARLY) {
    const { check, outcome } = best;
    found.lines.push(place);
    found.outcomes.push({ ...place, check: check.id, base: check.id, side: check.on, outcome });
    return;
  }
  // A sign alone before the command can be a comment's: it is believed where nothing else explains the text.
  const command = afterSign(lines[0] ?? '');
  const own = command === undefined ? undefined : commands().best([command]);
  if (command !== undefined && own) {
    found.unknown.push({ ...place, command, check: own.check.id, like: [own.id] });
    return;
  }
  const like = fitting.map(({ check }) => check.id);
  // What was typed tells more than what its output looks like.
  if (command !== undefined) like.unshift(...commands().like(command));
  const resembled = like.length > 0 ? [...new Set(like)] : commands().like(lines[0] ?? '');
  if (resembled.length > 0) found.unknown.push({ ...place, like: resembled.slice(0, 3) });
}

/** The command behind the sign of a prompt that has nothing before it. */
function afterSign(line: string): string | undefined {
  const text = line.trim();
  const command = text.slice(1).trim();
  return /^[#$%>]\s/.test(text) && command !== '' && command.length <= 400 ? command : undefined;
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[a-z]{2,40}|\b\d{5}\b/g) ?? [];

const shownWords = new WeakMap<Outcome, ReadonlySet<string>>();

/** The words of an outcome's example. */
function wordsShown(outcome: Outcome): ReadonlySet<string> {
  const known = shownWords.get(outcome) ?? new Set(wordsOf(outcome.shows ?? ''));
  shownWords.set(outcome, known);
  return known;
}

/** How many words of a text, and how much of it, an outcome's example has. */
function likeness(words: ReadonlySet<string>, outcome: Outcome): { alike: number; known: number } {
  const its = wordsShown(outcome);
  let known = 0;
  let ports = 0;
  for (const word of words) {
    if (!its.has(word)) continue;
    known += 1;
    if (/^\d/.test(word)) ports += 1;
  }
  return { alike: words.size === 0 ? 0 : known / words.size, known: known + ports };
}
