/** Diagnoses as rows: one a problem and client, the candidates of the same lines in one; and all clients as a table. */
import knowledge from 'virtual:knowledge';
import { questionHref } from '../../browser/paths.ts';
import { fromLines, trailQuery } from '../../browser/wizard/trail.ts';
import { questionFor, wayTo } from '../../engine/diagnosis/question.ts';
import { rivalsOf } from '../../engine/diagnosis/rivals.ts';
import type { Client, Diagnosis } from '../../engine/diagnosis/types.ts';
import type { Input } from '../../engine/input.ts';
import type { Clock } from './clock.ts';
import { mapOf, reachedIn } from './map-view.ts';
import type { Decide, GroupView } from './types.ts';
import { keyOf } from './verdicts.ts';
import { problemById } from './words.ts';

export interface ClientView {
  host: string;
  state: Client['state'];
  problem?: string;
  /** The row of the list that is about it. */
  key?: string;
  since?: string;
  last?: string;
  times?: number;
}

const mostClients = 20_000;
const silence = new Set(knowledge.problems.filter((problem) => problem.silence).map(({ id }) => id));

/** Diagnoses that the same lines fit stand in one group, also when they are over: one fault was. */
export const groupsOf = (diagnoses: readonly Diagnosis[]): Diagnosis[][] =>
  rivalsOf(
    diagnoses,
    ({ alternatives }) => alternatives,
    ({ over }) => (over ? `${over.finding} ${over.likely === true}` : ''),
  );

export function makeGroups(groups: readonly Diagnosis[][], found: Input, clock: Clock): GroupView[] {
  const reached = groups.length > 0 ? reachedIn(found.findings) : [];
  return groups.flatMap((members, i): GroupView[] => {
    const [top] = members;
    const problem = problemById.get(top?.problem ?? '');
    if (!top || !problem) return [];
    const end = top.over ? found.findings[top.over.finding] : undefined;
    const since = top.over ? clock.stamp(end?.record.stamp) : clock.at(top.from);
    const decide = decideOf(members, found);
    // A map each for as many as are looked at; more would be work for nobody.
    const map = i < mostMaps ? mapOf(members, reached, clock) : undefined;
    const count = found.findings.length;
    return [
      {
        key: keyOf(top),
        state: top.over
          ? 'fixed'
          : silence.has(top.problem)
            ? 'silent'
            : top.confidence === 'possible'
              ? 'undecided'
              : 'to-fix',
        ...(top.over !== false && top.over.likely ? { likely: true as const } : {}),
        ...(top.host === undefined ? {} : { host: top.host.slice(0, 255) }),
        title: problem.title,
        ...(since ? { since } : {}),
        times: Math.min(count, timesOf(top, found)),
        members: members.map(keyOf),
        even: members.filter(({ confidence }) => confidence === top.confidence).length > 1,
        ...(map ? { map } : {}),
        ...(decide ? { decide } : {}),
      },
    ];
  });
}

const mostMaps = 200;

function timesOf({ evidence, blocks }: Diagnosis, { findings, sources }: Input): number {
  const more = evidence.reduce((sum, { finding }) => {
    const { source, line } = findings[finding]?.record ?? { source: -1, line: 0 };
    return sum + (sources[source]?.excerpt?.stands.get(line) ?? 0);
  }, 0);
  return evidence.length + more + blocks.length;
}

function decideOf(members: readonly Diagnosis[], { findings }: Input): Decide | undefined {
  const [top] = members;
  if (!top || top.over || top.confidence === 'certain' || top.ask.length === 0) return undefined;
  const ask = top.ask.map(({ on, look, run, none }) => ({ on, look, run, none }));
  const lines = top.evidence.flatMap(({ finding }) => findings[finding]?.record.body ?? []);
  const question = questionFor(knowledge.questions, [top.problem, ...top.alternatives]);
  return {
    quoted: top.quoted,
    ask: ask.filter((a, i) => ask.findIndex((b) => b.look === a.look) === i).slice(0, 4),
    ...(question ? { question: { href: hrefOf(question.id, lines), ask: question.ask } } : {}),
  };
}

/** The question, with those answers on the way to it that the lines show: an answer names the line by which it is told. */
function hrefOf(id: string, lines: readonly string[]): string {
  const given = wayTo(knowledge.questions, id).filter(({ question, answer }) => {
    const { line } =
      knowledge.questions.find((one) => one.id === question)?.answers.find((one) => one.id === answer) ?? {};
    const words = /msg=<([^<>]+)>/.exec(line ?? '')?.[1] ?? line;
    return words !== undefined && lines.some((text) => text.includes(words));
  });
  return questionHref(id) + trailQuery([fromLines, ...given].slice(0, mostSteps));
}

/** A trail holds no more. */
const mostSteps = 12;

const order: readonly Client['state'][] = ['to-fix', 'undecided', 'silent', 'never-seen', 'fixed', 'fine'];

/** All clients, those in trouble first, of these the latest. */
export function makeClients(
  clients: readonly Client[],
  groups: readonly Diagnosis[][],
  found: Input,
  clock: Clock,
): ClientView[] {
  const own = new Map<string, Diagnosis>();
  for (const [top] of groups) if (top?.host && !own.has(top.host)) own.set(top.host, top);
  return [...clients]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (b.since ?? 0) - (a.since ?? 0))
    .slice(0, mostClients)
    .map(({ host, state, problem, since, last }): ClientView => {
      const top = own.get(host);
      const [from, heard] = [clock.at(since), clock.at(last)];
      return {
        host: host.slice(0, 255),
        state,
        ...(problem ? { problem: problemById.get(problem)?.title ?? problem } : {}),
        ...(top ? { key: keyOf(top), times: timesOf(top, found) } : {}),
        ...(from ? { since: from } : {}),
        ...(heard ? { last: heard } : {}),
      };
    });
}
