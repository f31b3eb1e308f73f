/**
 * From texts to what the paste box shows: plain data, so that it can be made in a worker.
 * Values out of the lines are a stranger's text: here they stay strings, the components show them as text.
 */
import knowledge from 'virtual:knowledge';
import { messageHref, questionHref } from '../../browser/paths.ts';
import { type Around, type AroundWish, readAround } from '../../browser/workbench/around.ts';
import { valuesIn } from '../../engine/checks/recognise.ts';
import { type WalkOutput, type WalkState, walkStates, walkSums } from '../../engine/checks/walk.ts';
import { createGrammar } from '../../engine/config/grammar.ts';
import type { Diagnosis, Result } from '../../engine/diagnosis/types.ts';
import { createCatalogue, type Recognised } from '../../engine/index.ts';
import { type Asked, type JudgeRules, judgeTime } from '../../engine/judge.ts';
import { maskSecrets } from '../../engine/log/secrets.ts';
import { type Choice, suggestSetup, valuesOf } from '../../engine/setup.ts';
import type { Rules } from '../../engine/sieve/kinds.ts';
import type { Side, Source } from '../../engine/types.ts';
import { maskedWords, notRead } from '../../report/input-words.ts';
import { isOfSettings } from '../../report/setting-words.ts';
import { cutEndText } from '../../report/words.ts';
import { type BarsView, makeBars } from './bars-view.ts';
import { Clock } from './clock.ts';
import { type ConfigurationView, makeConfigurations } from './configuration-view.ts';
import { type EndingsView, makeEndings } from './endings-view.ts';
import { type ClientView, groupsOf, makeClients, makeGroups } from './groups.ts';
import { type LogView, makeLog } from './log-view.ts';
import { makeOutputs, type OutputsView } from './outputs-view.ts';
import { makeReports } from './reports-view.ts';
import { makeSources, missingSide, type SourceView } from './sources-view.ts';
import { makeTime, type TimeView } from './time-view.ts';
import type { Decide, GroupView, ReportView, VerdictView } from './types.ts';
import { keyOf, makeVerdicts } from './verdicts.ts';
import { messageTitle, whereIs } from './words.ts';

export interface View {
  input: {
    lines: number;
    records: number;
    recognised: number;
    /** Lines that nobody could make anything of, and records that match no message. */
    unknown: number;
    unknownRecords: number;
    /** Nothing is samhain's, and lines of other programs are among them. */
    others: boolean;
  };
  /** A sentence for each file that was not read, or only in part. */
  notRead: string[];
  /** Texts that end within a record: in words, and what shows why. */
  cutEnds: { text: string; decide: Decide }[];
  /** Of several files those in which is nothing of samhain or yule. */
  silent: string[];
  /** Another setup that has a path which the lines name. */
  suggested?: { title: string; path: string };
  /** That secrets were masked, in words. */
  masked?: string;
  /** Names of the sources that are a configuration, and no log. */
  configurations: string[];
  /** Those of them that were read. */
  files: ConfigurationView[];
  /** The records show no fault, and a configuration has one. */
  onlyFiles: boolean;
  state: Result['state'];
  sources: SourceView[];
  /** The time that the lines are of, and the one that was judged; absent where no line has a time. */
  time?: TimeView;
  /** When the clients had which problem, of all that was given, where that is several days of several clients. */
  bars?: BarsView;
  /** The side of which no line is there, though it would tell more. */
  missing?: { side: Side; at?: string };
  groups: GroupView[];
  clients: ClientView[];
  /** Of the groups that are shown at once, and of the one that was asked for. */
  verdicts: VerdictView[];
  /** What outputs of checks said, and what to ask next. */
  outputs?: OutputsView | undefined;
  /** How all known problems end; absent where nothing was asked. */
  endings?: EndingsView;
  /** Diagnoses beyond those shown: a log of many clients, or a flood of forged names. */
  verdictsLeft: number;
  /** Explanations that no problem accounts for, in their own words. */
  explanations: { where: string; text: string }[];
  reports: ReportView[];
  reportsCount: number;
  harmless: { where: string; words: string; because: string }[];
  log: LogView;
  unknownLines: { where: string; text: string }[];
  /** Lines worded like a message, with nothing around them that shows that samhain wrote them. */
  alike: { where: string; text: string; href: string; title: string }[];
  nearest: { href: string; title: string }[];
  wizardHref: string;
}

const catalogue = createCatalogue(knowledge.messages);
/** What a long file is read by. */
export const rules = (): JudgeRules & Rules => judgeRules;

/** What was read last, without its secrets: lines around one are shown from it. */
let lastRead: readonly Source[] = [];

const judgeRules: JudgeRules = {
  ...knowledge,
  catalogue,
  grammar: createGrammar(knowledge.settings),
  rules: knowledge.settings.rules,
};
const firstQuestion = questionHref(knowledge.questions[0]?.id ?? '');

/** How many lines that nobody knows are shown, and how much of each. */
const mostUnknown = 50;
const mostAlike = 8;
/** Verdicts with all that they say; of more the list has a row, and the rest is made when it is asked for. */
const mostVerdicts = 40;
const mostGroups = 2000;
const mostText = 300;
const mostReports = 20;
const mostExplanation = 1000;

/** Lines with something in them. */
const filledLines = (sources: readonly Source[]): number =>
  sources.reduce((sum, { text }) => sum + (text.match(/\S[^\n]*/g)?.length ?? 0), 0);

/** Paths that records name, but not those that a stranger may have sent. */
function* pathsIn({ findings }: Recognised): Iterable<string> {
  for (const { values, record, quoted } of findings)
    if (!record.suspicious && !record.relay && !quoted && values.path) yield values.path;
}

/** What is asked of the engine, judged by the site's own rules. */
export function judged(given: readonly Source[], choice: Choice | undefined, asked: Partial<Asked>) {
  const setup = valuesOf(knowledge, choice);
  const { build } = knowledge.setups.find(({ id }) => id === choice?.setup) ?? {};
  return { ...judgeTime(given, judgeRules, asked, { setup, build }), setup };
}

/**
 * Reads, recognises, judges. Never throws on any text.
 * @param open key of a group beyond those that are shown at once
 * @param asked the time that is to be judged, if not all
 */
export function analyseToView(given: Source[], choice?: Choice, open?: string, asked: Partial<Asked> = {}): View {
  const { setup, ...told } = judged(given, choice, asked);
  const { read: found, result: judgement } = told;
  const { sources } = found;
  lastRead = sources;
  // What only a configuration shows stands at its line.
  const result = { ...judgement, diagnoses: judgement.diagnoses.filter((one) => !isOfSettings(one)) };
  const named = found.findings.filter((finding) => finding.message);
  const where = (source: number, line: number) => whereIs(sources, source, line);
  const clock = new Clock(told.whole.read.findings);
  const time = makeTime(told, asked.words ?? {}, clock);
  const grouped = groupsOf(result.diagnoses);
  const wholly = told.whole.result === judgement ? grouped : groupsOf(told.whole.result.diagnoses);
  const sieved = sources.some(({ excerpt }) => excerpt !== undefined);
  const bars = makeBars(told.whole.result, wholly, {
    times: told.times,
    clock,
    sieved,
    findings: told.whole.read.findings,
  });
  const isOpen = ([top]: Diagnosis[]) => top !== undefined && keyOf(top) === open;
  // The one that was asked for can be beyond those that are listed.
  const listed = grouped.filter((members, i) => i < mostGroups || isOpen(members));
  const groups = makeGroups(listed, found, clock);
  // Of several only one is open, and what decides the others is out of sight.
  const above = new Set(groups.length === 1 ? groups[0]?.decide?.ask.flatMap(({ run }) => run ?? []) : []);
  // Whole groups, as many as are shown at once, and that one.
  const shown: Diagnosis[] = [];
  for (const members of listed)
    if (shown.length + members.length <= mostVerdicts || isOpen(members)) shown.push(...members);
  const sourceViews = makeSources(told.whole.read.sources, told.whole.read, clock);
  const unknownRecords = found.findings.filter((finding) => !finding.message);
  const unknown = [
    ...found.unrecognised,
    ...unknownRecords.map(({ record: { source, line, body } }) => ({ source, line, text: body })),
  ].sort((a, b) => a.source - b.source || a.line - b.line);

  return {
    input: {
      lines: found.lines,
      records: found.records,
      recognised: named.length,
      unknown: unknown.length,
      unknownRecords: unknownRecords.length,
      others:
        named.length === 0 &&
        filledLines(sources) >
          found.unrecognised.reduce((sum, { line, endLine = line }) => sum + endLine - line + 1, 0),
    },
    notRead: notRead(sources),
    cutEnds: judgement.cutEnds.flatMap(({ aside, ask }) => {
      const half = found.asides[aside];
      return half ? [{ text: cutEndText(where(half.source, half.line)), decide: { quoted: false, ask } }] : [];
    }),
    silent: sources.length > 1 ? found.silent.map((i) => sources[i]?.name ?? '') : [],
    suggested: suggestSetup(knowledge, choice?.setup ?? knowledge.setups[0]?.id ?? '', pathsIn(found)),
    masked: maskedWords(found.masked),
    configurations: found.configurations.map((i) => sources[i]?.name ?? ''),
    files: makeConfigurations(sources, found, judgement),
    onlyFiles:
      named.length > 0 &&
      result.diagnoses.length === 0 &&
      result.open.length + result.openBlocks.length === 0 &&
      (judgement.state === 'diagnosed' || judgement.state === 'unclear'),
    state: result.state,
    sources: sourceViews,
    ...(time ? { time } : {}),
    ...(bars ? { bars } : {}),
    ...missingSide(sourceViews, result, found, clock),
    groups,
    clients: makeClients(judgement.clients, grouped, found, clock),
    verdicts: makeVerdicts({
      found,
      result: { ...result, diagnoses: shown },
      sources,
      setup,
      clock,
      clients: judgement.clients,
    }),
    ...(named.length + (judgement.checks?.length ?? 0) > 0 && result.state !== 'nothing'
      ? { endings: makeEndings(found, judgement) }
      : {}),
    outputs: makeOutputs(found, judgement, setup, above),
    verdictsLeft: Math.max(0, grouped.length - groups.length),
    explanations: result.openBlocks.slice(0, mostUnknown).flatMap((index) => {
      const aside = found.asides[index];
      const words = aside?.text.split('\n').filter((line) => !line.startsWith('-----'));
      return aside && words
        ? [{ where: where(aside.source, aside.line), text: words.join(' ').trim().slice(0, mostExplanation) }]
        : [];
    }),
    reports: makeReports(found, result.reports.slice(0, mostReports), sources),
    reportsCount: result.reports.length,
    harmless: result.harmless
      .map(({ finding, because }) => ({ finding: found.findings[finding], because }))
      .flatMap(({ finding, because }) =>
        finding
          ? [{ where: where(finding.record.source, finding.record.line), words: messageTitle(finding), because }]
          : [],
      )
      .filter((h, i, all) => all.findIndex((o) => o.because === h.because) === i)
      .slice(0, 8),
    log: makeLog(found, result, sources, clock),
    unknownLines: unknown
      .slice(0, mostUnknown)
      .map(({ source, line, text }) => ({ where: where(source, line), text: text.slice(0, mostText) })),
    alike: alikeLines(found, result, where),
    nearest: nearestMessages(
      unknown.filter(({ source }) => !found.configurations.includes(source)).map(({ text }) => text),
    ),
    wizardHref: firstQuestion,
  };
}

/** Lines around one of what was read last. */
export async function aroundLine(wish: AroundWish): Promise<Around> {
  const source = lastRead[wish.source];
  const mask = (text: string) => maskSecrets([{ name: '', text }], knowledge.secrets).sources[0]?.text ?? '';
  return source ? readAround(source, wish, mask) : { lines: [], missing: true };
}

/** The first few lines that are worded like a message and count for nothing, each message once. */
function alikeLines(
  { findings, unrecognised }: Recognised,
  { diagnoses }: Result,
  where: (source: number, line: number) => string,
): View['alike'] {
  const used = new Set(diagnoses.flatMap(({ evidence }) => evidence.map(({ finding }) => finding)));
  const quoted = findings.flatMap(({ message, text, record, quoted: bare }, i) =>
    bare && message && !used.has(i) ? [{ ...record, text: record.body, like: [{ message, text }] }] : [],
  );
  const seen = new Map<string, View['alike'][number]>();
  for (const { source, line, text, like = [] } of [...unrecognised, ...quoted]) {
    for (const near of like) {
      const address = messageHref(near.message, near.text);
      if (seen.has(address) || seen.size >= mostAlike) continue;
      const place = where(source, line);
      seen.set(address, { where: place, text: text.slice(0, mostText), href: address, title: messageTitle(near) });
    }
  }
  return [...seen.values()];
}

/** Catalogue entries that look like the first few unknown lines, each once; of those with the same words the first. */
function nearestMessages(texts: string[]): View['nearest'] {
  const seen = new Map<string, string>();
  for (const text of texts.slice(0, 5)) {
    for (const { message, text: part } of catalogue.nearest(text.slice(0, 500), 4)) {
      const title = messageTitle({ message, text: part });
      if (!seen.has(title)) seen.set(title, messageHref(message, part));
    }
  }
  return [...seen].slice(0, 6).map(([title, href]) => ({ href, title }));
}

/** What outputs on the page to walk are. @param given values that the reader typed, by the names of places */
export function readWalk(
  outputs: readonly WalkOutput[],
  given: Readonly<Record<string, string>>,
  choice: Choice,
): WalkView {
  const values = valuesIn([], knowledge.checks, valuesOf(knowledge, choice), new Set());
  const both = { client: { ...values.client, ...given }, server: { ...values.server, ...given } };
  const { checks, checkLocales } = knowledge.checks;
  const states = walkStates(knowledge.walk, checks, outputs, both, checkLocales);
  const { proved, excluded } = walkSums(states);
  const title = (id: string) => knowledge.problems.find((one) => one.id === id)?.title ?? id;
  return {
    states: states.map(({ outcome, ...state }) => ({
      ...state,
      ...(outcome
        ? { means: outcome.means, excludes: outcome.excludes.map((one) => title(one.split('@')[0] ?? '')) }
        : {}),
    })),
    proved: proved.length,
    excluded: excluded.length,
    open: knowledge.problems.length - proved.length - excluded.length,
  };
}

/** What the page to walk shows. */
export interface WalkView {
  states: (Omit<WalkState, 'outcome'> & { means?: string; excludes?: string[] })[];
  proved: number;
  excluded: number;
  /** Problems that nothing has judged. */
  open: number;
}
