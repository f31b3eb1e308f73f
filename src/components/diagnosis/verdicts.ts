/** The diagnoses as cards: evidence with its reason, steps with the values of the lines filled in. */

import { guideHref, problemHref } from '../../browser/paths.ts';
import { textOf } from '../../engine/diagnosis/commands.ts';
import { allSteps, casesOf, type ShownStep, stepsOf } from '../../engine/diagnosis/steps.ts';
import type { Diagnosis, Result } from '../../engine/diagnosis/types.ts';
import type { Recognised } from '../../engine/index.ts';
import { lineLookup, missingIn } from '../../engine/log/lines.ts';
import type { SetupValues } from '../../engine/setup.ts';
import type { Source } from '../../engine/types.ts';
import { impactWords } from '../../report/impact.ts';
import { readAsWords } from '../../report/input-words.ts';
import { outputEvidence } from './outputs-view.ts';
import type { StepView, VerdictView } from './view.ts';
import { problemById, stepTitle, whereIs } from './words.ts';

const mostEvidence = 6;
const mostLine = 600;
/** Longer than any name of a host; what a stranger sends may be megabytes. */
const mostName = 255;

/** One card for each diagnosis, best first. */
export function makeVerdicts(found: Recognised, result: Result, sources: Source[], setup: SetupValues): VerdictView[] {
  const lines = new Map<number, (line: number) => string>();
  const lineAt = (source: number, line: number): string => {
    const { text = '', part, excerpt } = sources[source] ?? {};
    const lookup = lines.get(source) ?? lineLookup(text, missingIn({ part, excerpt }));
    lines.set(source, lookup);
    return lookup(line).slice(0, mostLine);
  };
  return result.diagnoses.flatMap((diagnosis) => {
    const problem = problemById.get(diagnosis.problem);
    if (!problem) return [];
    const known = { diagnosis, findings: found.findings, asides: found.asides };
    const cases = casesOf(problem, setup, known);
    const fix = stepsOf(problem, 'steps', setup, known);
    const verify = stepsOf(problem, 'verify', setup, known);
    const all = allSteps(problem, setup, known);
    const assignments = all.flatMap(({ commands }) => commands.flatMap((one) => one.assignments));
    const filled = assignments.filter(({ found: fromLines }) => fromLines).map(({ text }) => text);
    const over = diagnosis.over && found.findings[diagnosis.over.finding];
    return [
      {
        problem: problem.id,
        title: problem.title,
        summary: problem.summary,
        href: problemHref(problem.id),
        step: stepTitle.get(problem.step) ?? problem.step,
        confidence: diagnosis.confidence,
        quoted: diagnosis.quoted,
        host: diagnosis.host?.slice(0, mostName),
        over: Boolean(diagnosis.over),
        overLikely: diagnosis.over !== false && diagnosis.over.likely === true,
        overStamp: over ? over.record.stamp : undefined,
        evidence: [
          ...evidenceOf(diagnosis, found, sources, lineAt),
          ...settingsOf(diagnosis, result, sources, lineAt),
          ...outputEvidence(diagnosis, result, sources),
        ],
        filled: [...new Set(filled)].map((text) => text.slice(0, mostLine)),
        forged: diagnosis.evidence.some(({ finding }) => found.findings[finding]?.record.suspicious),
        impact: impactWords(problem.impact),
        cases: cases.map(({ id, title, when, test, steps }) => ({
          id,
          title,
          when: sentence(when),
          ...(test ? { test: stepView(test) } : {}),
          steps: steps.map(stepView),
        })),
        fix: fix.map(stepView),
        verify: verify.map(stepView),
      },
    ];
  });
}

/** Lines of configurations that speak for it. */
function settingsOf(
  { settings = [] }: Diagnosis,
  result: Result,
  sources: Source[],
  lineAt: (source: number, line: number) => string,
): VerdictView['evidence'] {
  return settings.slice(0, mostEvidence).flatMap(({ setting }) => {
    const one = result.settings?.[setting];
    if (!one) return [];
    const { source, line, says, effect } = one;
    return [{ where: whereIs(sources, source, line), line: lineAt(source, line), because: `${says} ${effect}` }];
  });
}

function evidenceOf(
  diagnosis: Diagnosis,
  found: Recognised,
  sources: Source[],
  lineAt: (source: number, line: number) => string,
): VerdictView['evidence'] {
  const problem = problemById.get(diagnosis.problem);
  const records = diagnosis.evidence.flatMap(({ finding, sign }) => {
    const record = found.findings[finding]?.record;
    const because = `${problem?.signs[sign]?.because ?? ''}${readAsWords(found.findings[finding])}`;
    return record
      ? [{ where: whereIs(sources, record.source, record.line), line: lineAt(record.source, record.line), because }]
      : [];
  });
  const blocks = diagnosis.blocks.flatMap(({ aside, block }) => {
    const place = found.asides[aside];
    const because = problem?.blocks[block]?.because ?? '';
    if (!place) return [];
    const line = place.text.replace(/\s+/g, ' ').trim().slice(0, mostLine);
    return [{ where: whereIs(sources, place.source, place.line), line, because }];
  });
  const all = [...records, ...blocks];
  // One line for each reason: the same said a hundred times proves no more.
  return all.filter((item, i) => all.findIndex((other) => other.because === item.because) === i).slice(0, mostEvidence);
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

function stepView({ procedure, at, commands, prints, ...step }: ShownStep): StepView {
  const [guide, anchor] = procedure?.split('#') ?? [];
  return {
    ...step,
    do: sentence(step.do),
    on: at,
    ...(prints === undefined ? {} : { prints: textOf(prints) }),
    commands: commands.map(({ at: on, text, assignments, none }) => ({
      on,
      text,
      none,
      open: assignments
        .filter(({ open }) => open)
        .map(({ word, what, text: line, logged }) => ({ word, what, line, logged })),
    })),
    guideHref: guide ? guideHref(guide) + (anchor ? `#${anchor}` : '') : undefined,
  };
}
