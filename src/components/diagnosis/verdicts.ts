/** The diagnoses as cards: evidence with its reason, steps with the values of the lines filled in. */

import knowledge from 'virtual:knowledge';
import { guideHref, problemHref } from '../../browser/paths.ts';
import type { Problem } from '../../content/schemas.ts';
import type { FoundOutcome } from '../../engine/checks/found.ts';
import { decides } from '../../engine/checks/match.ts';
import { textOf } from '../../engine/diagnosis/commands.ts';
import { casesOf, type ShownCase, type ShownStep, stepsOf } from '../../engine/diagnosis/steps.ts';
import type { Client, Diagnosis, Result } from '../../engine/diagnosis/types.ts';
import { cleanValue } from '../../engine/diagnosis/values.ts';
import { provedBy } from '../../engine/diagnosis/verify.ts';
import type { Input } from '../../engine/input.ts';
import { lineLookup, missingIn } from '../../engine/log/lines.ts';
import { pasted } from '../../engine/names.ts';
import type { SetupValues } from '../../engine/setup.ts';
import type { Source } from '../../engine/types.ts';
import { impactWords } from '../../report/impact.ts';
import { diagnosesOf, type Evidence } from '../../report/model.ts';
import { clockText } from '../../report/words.ts';
import type { Clock } from './clock.ts';
import type { CaseView, EvidenceView, StepView, ValueView, VerdictView } from './types.ts';
import { placeKey, problemById, stepTitle, whereIs } from './words.ts';

const mostEvidence = 8;
const mostLine = 600;
const mostLines = 6;
/** So many lines of an output are searched for those that decide. */
const mostSearched = 400;
/** Longer than any name of a host; what a stranger sends may be megabytes. */
const mostName = 255;

/** What verdicts are made from. */
export interface Judgement {
  found: Input;
  result: Result;
  sources: Source[];
  setup: SetupValues;
  clock: Clock;
  clients: readonly Client[];
}

/** Problem and client: what a row, its ticks and its values are kept by. */
export const keyOf = ({ problem, host = '', over }: Pick<Diagnosis, 'problem' | 'host' | 'over'>): string =>
  `${problem} ${host.slice(0, mostName)}${over ? ' over' : ''}`;

/** One verdict for each diagnosis, best first. */
export function makeVerdicts({ found, result, sources, setup, clock, clients }: Judgement): VerdictView[] {
  const several = sources.length > 1 || sources[0]?.name !== pasted;
  const report = diagnosesOf({ read: found, result, problems: knowledge.problems, messages: [], setup });
  const lines = new Map<number, (line: number) => string>();
  const lineAt = (source: number, line: number): string => {
    const { text = '', part, excerpt } = sources[source] ?? {};
    const lookup = lines.get(source) ?? lineLookup(text, missingIn({ part, excerpt }));
    lines.set(source, lookup);
    return lookup(line).slice(0, mostLine);
  };
  return result.diagnoses.flatMap((diagnosis, index) => {
    const problem = problemById.get(diagnosis.problem);
    const told = report[index];
    if (!problem || !told) return [];
    const known = { diagnosis, findings: found.findings, asides: found.asides };
    const key = keyOf(diagnosis);
    const views = (steps: readonly ShownStep[], part: string) =>
      steps.map((step, i) => stepView(step, `${key} ${part} ${i}`));
    let lastTest: ShownStep | undefined;
    const caseView = ({ id, title, when, test, steps }: ShownCase): CaseView => {
      lastTest = test ?? lastTest;
      return {
        id,
        title,
        when: sentence(when),
        ...(test ? { test: stepView(test, `${key} ${id} test`) } : {}),
        steps: views(steps, id),
      };
    };
    const chosen = casesOf(problem, setup, known);
    const every = casesOf(problem, setup, known, true);
    const decided = every.length > chosen.length;
    const by = decided ? chosenBy(problem, diagnosis, { found, result, sources }) : undefined;
    const verify = stepsOf(problem, 'verify', setup, known);
    const over = diagnosis.over && found.findings[diagnosis.over.finding];
    const client = clients.find(({ host }) => host === diagnosis.host);
    const alive = client?.last !== undefined && client.last > (diagnosis.to ?? 0) ? clock.at(client.last) : undefined;
    const [first, last] = [clock.at(diagnosis.from), clock.at(diagnosis.to)];
    const overTime = over ? clock.stamp(over.record.stamp) : undefined;
    const off = found.clocks?.find(({ host }) => host === diagnosis.host);
    // (What the same command tells of the other candidates stands in their rows, and all of it above.)
    const own = diagnosis.ask.find((one) => one.problem === problem.id);
    const decides = problem.decide.find(({ look }) => own?.look.startsWith(look))?.look ?? own?.look;
    return [
      {
        key,
        problem: problem.id,
        title: problem.title,
        summary: [problem.summary, told.over ? told.over.reason : ''].filter(Boolean).join(' '),
        href: problemHref(problem.id),
        step: stepTitle.get(problem.step) ?? problem.step,
        confidence: diagnosis.confidence,
        quoted: diagnosis.quoted,
        host: diagnosis.host?.slice(0, mostName),
        over: Boolean(diagnosis.over),
        overLikely: diagnosis.over !== false && diagnosis.over.likely === true,
        overStamp: over ? over.record.stamp : undefined,
        ...(overTime ? { overTime } : {}),
        evidence: evidenceOf(told.evidence, { sources, several, clock, outcomes: found.outputs.outcomes, lineAt }),
        times: told.evidenceCount,
        ...(first ? { first } : {}),
        ...(last ? { last } : {}),
        ...(alive ? { alive } : {}),
        ...(off ? { clock: clockText({ ...off, host: off.host.slice(0, mostName) }) } : {}),
        ...(decides ? { decides } : {}),
        values: valuesOfSteps(told.steps),
        forged: diagnosis.evidence.some(({ finding }) => found.findings[finding]?.record.suspicious),
        impact: impactWords(problem.impact),
        cases: chosen.map((one) => ({ ...caseView(one), ...(by ? { by } : {}) })),
        others: decided ? every.filter(({ id }) => id !== chosen[0]?.id).map(caseView) : [],
        fix: views(stepsOf(problem, 'steps', setup, known), 'fix'),
        verify: verify.map((step, i) => {
          const proof = step.shows ? provedBy(step.shows, knowledge.recoveries, known) : undefined;
          const record = proof === undefined ? undefined : found.findings[proof]?.record;
          const time = clock.stamp(record?.stamp);
          const shown = record && {
            where: whereIs(sources, record.source, record.line),
            line: lineAt(record.source, record.line),
            ...(time ? { time } : {}),
          };
          return { ...stepView(step, `${key} verify ${i}`), ...(shown ? { proof: shown } : {}) };
        }),
        similar: problem.similar.flatMap(({ problem: id, tell }) => {
          const other = problemById.get(id);
          return other ? [{ href: problemHref(id), title: other.title, tell: sentence(tell) }] : [];
        }),
      },
    ];
  });
}

/** The place that says which case it is. */
function chosenBy(
  problem: Problem,
  { evidence, blocks, settings = [], checks = [] }: Diagnosis,
  { found, result, sources }: Pick<Judgement, 'found' | 'result' | 'sources'>,
): string | undefined {
  const written = settings.find((one) => one.case)?.setting;
  const setting = written === undefined ? undefined : result.settings?.[written];
  if (setting) return whereIs(sources, setting.source, setting.line);
  const seen = checks.find((one) => one.case)?.checks[0];
  const check = seen === undefined ? undefined : result.checks?.[seen];
  if (check) return whereIs(sources, check.source, check.line);
  const sign = evidence.find((one) => problem.signs[one.sign]?.case);
  const record = sign && found.findings[sign.finding]?.record;
  if (record) return whereIs(sources, record.source, record.line);
  const block = blocks.find((one) => problem.blocks[one.block]?.case);
  const aside = block && found.asides[block.aside];
  return aside ? whereIs(sources, aside.source, aside.line) : undefined;
}

/** The values of all commands, each once. */
function valuesOfSteps(steps: readonly ShownStep[]): ValueView[] {
  const values = new Map<string, ValueView>();
  for (const { word, what, kind, value, logged } of steps.flatMap(({ commands }) =>
    commands.flatMap(({ assignments }) => assignments),
  )) {
    const one = values.get(word) ?? { word, what, ...(kind ? { kind } : {}) };
    values.set(word, one);
    if (value !== undefined) one.found = value.slice(0, mostLine);
    if (logged) {
      one.logged = logged.value.slice(0, mostLine);
      if (logged.by) one.by = logged.by;
    }
  }
  return [...values.values()];
}

/** One for each reason and side: the same said a hundred times proves no more. */
function evidenceOf(
  evidence: readonly Evidence[],
  {
    sources,
    several,
    clock,
    outcomes,
    lineAt,
  }: {
    sources: readonly Source[];
    several: boolean;
    clock: Clock;
    outcomes: readonly FoundOutcome[];
    lineAt: (source: number, line: number) => string;
  },
): EvidenceView[] {
  /** What a check printed: of a long output, or of a part of a block, its head and the lines that decide. */
  const printedBy = (file: string, line: number, check: string, printed: string[]): string[] => {
    const found = outcomes.find(
      (one) => one.line === line && sources[one.source]?.name === file && `${one.check}=${one.outcome.id}` === check,
    );
    if (!found || found.endLine - line < mostLines) return printed;
    const { source, endLine, outcome, values = {} } = found;
    const below = Array.from({ length: Math.min(endLine - line, mostSearched) }, (_, i) =>
      lineAt(source, line + i + 1),
    );
    const decisive = below.filter((one) => decides(outcome.when, one, values));
    return decisive.length > 0 ? [...printed.slice(0, 1), ...decisive.map(cleanValue)] : printed;
  };
  const seen = new Set<string>();
  return evidence
    .filter(({ because = '', side, setting, check, line }) => {
      const reason = [because, side, setting && line, check].join();
      return !seen.has(reason) && Boolean(seen.add(reason));
    })
    .slice(0, mostEvidence)
    .map(({ file, line, side, setting, check, text, printed, because, weight, time, clock: off }): EvidenceView => {
      const lines = printed.length > 0 ? printed : [text];
      const at = clock.at(time);
      const block = !setting && !check && time === undefined;
      return {
        where: several ? `${file}, line ${line}` : `line ${line}`,
        kind: setting ? 'configuration' : check ? 'check' : 'line',
        ...(side ? { side } : {}),
        ...(at ? { time: at } : {}),
        ...(at && time !== undefined ? { at: time } : {}),
        ...(at && time !== undefined && off !== undefined ? { own: clock.at(time + off) ?? '' } : {}),
        line: block ? text.slice(0, mostLine) : (lines[0] ?? '').slice(0, mostLine),
        lines:
          setting || check
            ? (check ? printedBy(file, line, check, lines) : lines)
                .slice(0, mostLines)
                .map((one) => one.slice(0, mostLine))
            : [],
        because: because ?? (setting ? text : ''),
        ...(weight ? { weight } : {}),
        ...(setting || check
          ? {}
          : {
              row: placeKey(
                sources.findIndex(({ name }) => name === file),
                line,
              ),
            }),
      };
    });
}

/** `code` in the sentence is told apart; links of the content are shown as their words. */
export function sentence(text: string): StepView['do'] {
  return text
    .replace(/\[([^\][]+)\]\([^()\s]*\)/g, '$1')
    .split(/(`[^`]+`)/)
    .filter(Boolean)
    .map((part) =>
      part.startsWith('`') ? { text: part.slice(1, -1), code: true } : { text: part.replaceAll('**', ''), code: false },
    );
}

function stepView({ procedure, at, commands, prints, shows: _, ...step }: ShownStep, id: string): StepView {
  const [guide, anchor] = procedure?.split('#') ?? [];
  return {
    ...step,
    id,
    do: sentence(step.do),
    on: at,
    ...(prints === undefined ? {} : { prints: textOf(prints) }),
    commands: commands.map(({ at: on, text, assignments, body, none }) => ({
      on,
      text,
      none,
      assignments: assignments.map(({ word, text: line, open }) => ({ word, line, open })),
      body,
    })),
    guideHref: guide ? guideHref(guide) + (anchor ? `#${anchor}` : '') : undefined,
  };
}
