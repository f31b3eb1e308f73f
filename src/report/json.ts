/** The JSON that scripts build on: schema 2. Fields are only ever added; `report.schema.json` says the same to programs. */
import type { Side } from '../engine/types.ts';
import type { Evidence, Exclusion, FileReport, Report, ReportDiagnosis } from './model.ts';
import type { NextCheck } from './outputs.ts';
import { askText, askWhole, cutEndText } from './words.ts';

/** The whole report as plain data. */
export function jsonOf(report: Report) {
  const { input, state, healthy, counts, reportsCount } = report;
  return {
    schema: 2 as const,
    input: {
      complete: input.complete,
      lines: input.lines,
      bytes: input.bytes,
      records: input.records,
      recognised: input.recognised,
      unrecognised: input.unrecognised.map(({ file, line, text, like }) => ({
        file,
        line,
        text,
        ...(like ? { like: like.map(({ message }) => message) } : {}),
      })),
      unrecognisedCount: input.unrecognisedCount,
      ...(input.cutEnds.length > 0 ? { cutEnds: input.cutEnds.map(cutEnd) } : {}),
      ...(input.masked.count > 0 ? { masked: input.masked.count } : {}),
      ...(input.configurations.length > 0 ? { configurations: input.configurations } : {}),
    },
    ...(report.only.length > 0 ? { only: report.only } : {}),
    window: report.window,
    ...(report.clocks.length > 0
      ? { clocks: report.clocks.map(({ host, ahead }) => ({ host, ahead: Math.round(ahead / 1000) })) }
      : {}),
    healthy,
    state,
    counts,
    unexplained: report.unexplained.map(evidence),
    diagnoses: report.diagnoses.map(diagnosis),
    settings: report.settings.map(({ file, line, rule, degree, text, problem }) => ({
      file,
      line,
      rule,
      degree,
      text,
      ...(problem === undefined ? {} : { problem }),
    })),
    checks: report.checks.map(({ file, line, check, outcome }) => ({ file, line, check, outcome })),
    unknownOutputs: report.unknownOutputs.map(({ file, line, own, like }) => ({
      file,
      line,
      ...(own ? { check: own.check } : {}),
      like,
    })),
    ...(report.next ? { next: nextStep(report.next) } : {}),
    excluded: report.excluded.map(({ problem, host, because }) => ({
      problem,
      ...(host === undefined ? {} : { host }),
      because: because.map(exclusion),
    })),
    notJudged: report.notJudged.map(({ problem, needs }) => ({ problem, needs })),
    clients: report.clients.map(({ host, state: word, problem, since, last }) => ({
      host,
      state: word,
      ...(problem === undefined ? {} : { problem }),
      ...(since === undefined ? {} : { since: iso(since) }),
      ...(last === undefined ? {} : { last: iso(last) }),
    })),
    reports: report.reports.map(fileReport),
    reportsCount,
  };
}

export type JsonReport = ReturnType<typeof jsonOf>;
export type JsonDiagnosis = JsonReport['diagnoses'][number];

/** Exactly one of `message`, `setting` and `check` is there. */
export interface JsonEvidence
  extends Pick<Evidence, 'file' | 'line' | 'side' | 'message' | 'setting' | 'check' | 'readAs'> {}

const cutEnd = ({ file, line, ask }: Report['input']['cutEnds'][number]) => ({
  file,
  line,
  text: cutEndText(`${file}, line ${line}`),
  ask: ask.map(askText),
});

const iso = (time: number): string => new Date(time).toISOString().replace('.000Z', 'Z');

const evidence = ({ file, line, side, message, setting, check, readAs }: Evidence): JsonEvidence => ({
  file,
  line,
  side,
  ...(check !== undefined ? { check } : setting !== undefined ? { setting } : { message }),
  ...(readAs === undefined ? {} : { readAs }),
});

const exclusion = (one: Exclusion) => ({ ...evidence(one), why: one.why, ...(one.lacks ? { lacks: one.lacks } : {}) });

function diagnosis(one: ReportDiagnosis) {
  return {
    problem: one.problem,
    confidence: one.confidence,
    ...(one.quoted ? { quoted: true as const } : {}),
    host: one.host ?? null,
    over: one.over !== false,
    ...(one.over !== false && one.over.likely ? { overLikely: true as const } : {}),
    ...(one.over !== false && one.over.reason ? { overBecause: one.over.reason } : {}),
    evidence: one.evidence.map(evidence),
    evidenceCount: one.evidenceCount,
    ask: [...(one.quoted ? [askWhole] : []), ...one.ask.map(askText)],
    impact: one.costs,
    steps: one.steps.flatMap(({ case: only, changes, commands }) =>
      commands.map(({ at, text, assignments, none }) => ({
        at: (at ?? null) as Side | 'both' | null,
        ...(only === undefined ? {} : { case: only }),
        changes,
        run: text,
        ...(none === undefined ? {} : { none }),
        open: assignments
          .filter(({ open }) => open)
          .map(({ word, what, logged }) => ({ name: word, what, ...(logged ? { logged: logged.value } : {}) })),
      })),
    ),
  };
}

const nextStep = ({ check, blocks, page }: NextCheck) => ({
  ...(check
    ? {
        check: check.check,
        side: check.side,
        run: check.run,
        settles: [...check.candidates, ...check.settles].map(({ problem }) => problem),
      }
    : {}),
  blocks: blocks.map(({ side, settles, candidates }) => ({
    side,
    settles: [...candidates, ...settles].map(({ problem }) => problem),
  })),
  page,
});

const fileReport = ({ file, line, host, path, text }: FileReport) => ({
  file,
  line,
  ...(host === undefined ? {} : { host }),
  ...(path === undefined ? {} : { path }),
  text,
});
