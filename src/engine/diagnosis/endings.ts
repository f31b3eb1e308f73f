/**
 * Each problem that the lines do not show ends in one of two ways: excluded, by which records; or not judged, for want of
 * what. Excluded is a problem that would have shown itself (`always` of its signs) where a log covers the time; or that
 * stops what was done at that time: the client came to a later step; or of which a record shows the opposite (`fixedBy`).
 */
import type { Problem, Sign } from '../../content/schemas.ts';
import type { Severity, Side, Sink } from '../types.ts';
import type { Coverage, Moment } from './coverage.ts';
import { isAnonymous } from './hosts.ts';
import { comparesWithSign, matches, matchesBlock } from './match.ts';
import { messagesById, type Reach } from './reach.ts';
import type { Verdict } from './resolve.ts';
import { later, near } from './sequence.ts';
import type { Timeline } from './timeline.ts';
import type { Because, Excluded, KnownMessage, Need, NotJudged, Observation, Result } from './types.ts';

/** By sink, the option of the configuration that is its threshold. */
export type Thresholds = Partial<Record<Sink, string>>;

interface Given {
  problems: readonly Problem[];
  messages: readonly KnownMessage[];
  timeline: Timeline;
  reach: Reach;
  coverage: Coverage;
  thresholds: Thresholds;
  /** Whether something is to be said of a client. */
  isAsked: (host: string | undefined) => boolean;
}

/** More than these would ask for more than helps. */
const mostNeeds = 3;

/** A record that something has to be the cause of. */
interface Trouble {
  it: Observation;
  /** Place of the step at which it arises, the last one where several are possible. */
  place: number;
  stops: boolean;
}

/** How each problem ends of which there is no diagnosis. */
export class Endings {
  private readonly given: Given;
  private readonly messages: ReadonlyMap<string, KnownMessage>;
  /** Each client with trouble and the last record of it; empty where there is no trouble. */
  private readonly last = new Map<string | undefined, Trouble>();
  /** The latest trouble that has a time: at that minute the cause would have shown itself. */
  private readonly latest: Observation | undefined;
  /** That minute; without trouble there is none. */
  private readonly moment: Moment | undefined;
  /** Something keeps a client from getting on: then the question is what. */
  private readonly stopped: boolean;
  /** The lines are about one client at most. */
  private readonly alone: boolean;
  /** How far each client came at the time of its trouble, or lately. */
  private readonly came: { host: string | undefined; place: number; it: Observation | undefined }[];

  /**
   * @param verdicts all of them, guesses included: something has to be their cause
   * @param open errors that nothing explains: indexes into the findings
   */
  constructor(given: Given, verdicts: readonly Verdict[], open: readonly number[] = []) {
    this.given = given;
    this.messages = messagesById(given.messages);
    const trouble = troubleIn(given, verdicts, open);
    for (const one of trouble) {
      const known = this.last.get(one.it.host);
      if (!known || later(one.it, known.it)) this.last.set(one.it.host, one);
    }
    this.stopped = trouble.some(({ stops }) => stops);
    this.latest = latestOf(this.last.size > 0 ? trouble.map(({ it }) => it) : given.timeline.all);
    const time = this.latest?.time ?? Number.NaN;
    const then = trouble.filter(({ it }) => it.time === time);
    const findings = new Set(then.flatMap(({ it }) => [it.finding, ...it.copies]));
    this.moment = trouble.length > 0 ? { time, findings } : undefined;
    this.alone = namesIn(given).size <= 1;
    this.came = this.hosts().map((host) => ({ host, ...this.furthest(host) }));
  }

  /** Guesses that the lines rule out: what would have shown itself, and did not. Never all of them. */
  standing(verdicts: readonly Verdict[]): Verdict[] {
    const left = verdicts.filter(
      ({ problem, confidence, over }) => over || confidence !== 'possible' || !this.absent(problem),
    );
    return left.length > 0 ? left : [...verdicts];
  }

  /** Every problem without a diagnosis, in one of two lists. */
  of({ diagnoses, state }: Pick<Result, 'diagnoses' | 'state'>): Pick<Result, 'excluded' | 'notJudged'> {
    const found = new Set(diagnoses.map(({ problem }) => problem));
    const excluded: Excluded[] = [];
    const notJudged: NotJudged[] = [];
    for (const problem of this.given.problems) {
      if (found.has(problem.id)) continue;
      const ruledOut = state === 'nothing' || state === 'read' ? undefined : this.exclude(problem);
      if (ruledOut) excluded.push(ruledOut);
      else notJudged.push({ problem: problem.id, needs: this.needs(problem) });
    }
    return { excluded, notJudged };
  }

  private exclude(problem: Problem): Excluded | undefined {
    const because = this.reached(problem) ?? this.works(problem) ?? this.absent(problem);
    if (!because) return undefined;
    const [only, second] = this.came;
    return {
      problem: problem.id,
      ...(only?.host && second === undefined && !isAnonymous(only.host) ? { host: only.host } : {}),
      because,
    };
  }

  /** What would judge it: the log in which it always shows itself, what tells its threshold, or a command. */
  private needs(problem: Problem): Need[] {
    const { thresholds } = this.given;
    const needs: Need[] = [];
    for (const side of ['server', 'client'] as const) {
      const signs = alwaysOf(problem, side);
      if (signs.length === 0) continue;
      const cover = this.given.coverage.of(side, this.severitiesOf(signs), this.moment);
      if ('span' in cover) continue;
      const option = cover.lacks === 'severity' ? thresholds[cover.sink] : undefined;
      if (option !== undefined) needs.push({ setting: option });
      if (cover.lacks === 'time') needs.push(this.logOf(side));
    }
    for (const check of problem.checks) needs.push({ check });
    if (needs.length === 0) needs.push(...this.logsOf(problem));
    return needs.slice(0, mostNeeds);
  }

  /** Of the sides that can show it those of which no log covers the time, or else all. */
  private logsOf({ decisiveSide }: Problem): Need[] {
    const sides: Side[] = decisiveSide === 'both' ? ['server', 'client'] : [decisiveSide];
    const missing = sides.filter((side) => !('span' in this.given.coverage.of(side, ['ALERT'], this.moment)));
    return (missing.length > 0 ? missing : sides).map((side) => this.logOf(side));
  }

  private logOf(side: Side): Need {
    return { side, ...(this.latest ? { finding: this.latest.finding } : {}) };
  }

  /**
   * Where nothing keeps a client from getting on, what goes well is no answer to a question: a problem can be another
   * client's, or another hour's, and only the lines of the side that shows it would tell.
   */
  private canTell({ decisiveSide }: Problem): boolean {
    const has = (side: Side) => this.given.coverage.has(side);
    if (this.stopped) return true;
    return decisiveSide === 'both' ? has('client') && has('server') : has(decisiveSide);
  }

  /** Every client with trouble came to a later step at that time: what stops it before that did not. */
  private reached(problem: Problem): Because[] | undefined {
    const { stops, step, local } = problem;
    if (!stops || this.came.length === 0 || !this.canTell(problem)) return undefined;
    const { reach } = this.given;
    const own = this.came.every(({ place }) => place > reach.placeOf(step));
    // What stops the server itself stops everybody: one client that came in is enough.
    const anyone = !local && reach.placeOf(step) === 0 && this.came.find(({ place }) => place > 0);
    const [it] = own ? this.came.flatMap((one) => one.it ?? []) : anyone ? [anyone.it] : [];
    return it ? [{ kind: 'reached', finding: it.finding }] : undefined;
  }

  /** Nobody sees what a step lacks that was not tried: a client that is refused tells nothing of its password. */
  private isTried({ step }: Problem): boolean {
    const trouble = this.latest && this.last.get(this.latest.host);
    const furthest = trouble ? trouble.place : this.came.reduce((most, { place }) => Math.max(most, place), -1);
    return furthest >= this.given.reach.placeOf(step);
  }

  /** A record that shows its end, at the time of the trouble or lately, where it never began. */
  private works(problem: Problem): Because[] | undefined {
    const { timeline } = this.given;
    if (!this.canTell(problem)) return undefined;
    const shown = problem.fixedBy.flatMap((pattern) => {
      if (comparesWithSign(pattern)) return [];
      return timeline
        .of(pattern.message)
        .filter(
          (it) => !it.quoted && matches(pattern, it) === 'full' && this.isNow(it) && timeline.allows(pattern, it),
        );
    });
    const sides: readonly Side[] = problem.local ? ['client', 'server'] : [];
    if (shown.length === 0 || !sides.every((side) => shown.some((it) => it.side === side))) return undefined;
    // Of several clients one tells nothing of the others.
    if (!this.alone && shown.some((it) => it.host !== undefined)) return undefined;
    if (this.isShown(problem)) return undefined;
    return shown.slice(-1).map(({ finding }) => ({ kind: 'works', finding }));
  }

  /** It would have shown itself on a side whose log covers the time; where it can be on both sides, on both. */
  private absent(problem: Problem): Because[] | undefined {
    if (!this.canTell(problem) || !this.isTried(problem)) return undefined;
    const because = (['server', 'client'] as const).flatMap((side): Because[] => {
      const signs = alwaysOf(problem, side);
      // The log of one client tells nothing of the others.
      if (signs.length === 0 || (side === 'client' && !this.alone) || signs.some((sign) => this.isThere(sign)))
        return [];
      const cover = this.given.coverage.of(side, this.severitiesOf(signs), this.moment);
      if (!('span' in cover)) return [];
      return [{ kind: 'absent', side, ...cover.span, lacks: [...new Set(signs.map(({ message }) => message))] }];
    });
    if (because.length < (problem.local ? 2 : 1) || this.isShown(problem)) return undefined;
    return because;
  }

  /** A sign that something else explains is a sign all the same; what fits many is none. */
  private isShown({ signs, blocks }: Problem): boolean {
    const { timeline } = this.given;
    return (
      signs.some((sign) => sign.weight !== 'fits' && this.isThere(sign)) ||
      blocks.some((block) => block.weight !== 'fits' && timeline.of('').some((it) => matchesBlock(block, it)))
    );
  }

  private isThere(sign: Sign): boolean {
    return this.given.timeline.of(sign.message).some((it) => matches(sign, it));
  }

  /** The least severe that any of these lines can have. */
  private severitiesOf(signs: readonly Sign[]): Severity[] {
    return signs.flatMap((sign) => {
      const { message: id, text, severity } = sign;
      if (severity) return [severity];
      const message = this.messages.get(id);
      if (!message) return [];
      const known = severitiesMade.get(sign);
      if (known?.message === message) return known.severities;
      const texts = message.texts.flatMap((one) => (text?.includes(one.id) && one.severity ? [one.severity] : []));
      const severities = [message.severity, ...message.alsoSeverity, ...texts];
      severitiesMade.set(sign, { message, severities });
      return severities;
    });
  }

  /** Clients with trouble, or, where there is none, all that the lines know. */
  private hosts(): (string | undefined)[] {
    if (this.last.size > 0) return [...this.last.keys()];
    const named = [...namesIn(this.given)].filter(this.given.isAsked);
    return named.length > 0 ? named : [...this.given.reach.hosts()].filter((host) => host !== '');
  }

  /** The last step that a client came to, at the time of its trouble or after it. */
  private furthest(host: string | undefined): { place: number; it: Observation | undefined } {
    const { reach } = this.given;
    const lists =
      host === undefined && this.alone
        ? [...reach.hosts()].map((one) => reach.ofHost(one))
        : host === ''
          ? []
          : [reach.ofHost(host), this.alone ? reach.ofHost(undefined) : []];
    let best: { place: number; it: Observation | undefined } = { place: -1, it: undefined };
    for (const it of lists.flat()) {
      const place = reach.of(it) ?? -1;
      if (place >= best.place && this.isNow(it, host)) best = { place, it };
    }
    return best;
  }

  /** At the time of the trouble or after it; without trouble, at any time. */
  private isNow(it: Observation, host?: string): boolean {
    if (this.last.size === 0) return true;
    const trouble = this.last.get(host);
    const last = trouble?.it ?? this.latest;
    if (!last) return false;
    // The lines of another client, where no line says whose they are.
    if (last.host === undefined && it.host === undefined && it.side === 'client' && it.source !== last.source)
      return false;
    if (later(it, last)) return true;
    // Of the same try; whoever had come further before it was in another one.
    return near(it, last) && (this.given.reach.of(it) ?? -1) <= (trouble?.place ?? -1);
  }
}

/** By sign: they are asked for with every text, and the content stays the same. */
const severitiesMade = new WeakMap<Sign, { message: KnownMessage; severities: readonly Severity[] }>();

/** Signs of which one at least is always printed on a side. */
const alwaysOf = ({ signs, decisiveSide }: Problem, side: Side): Sign[] =>
  signs.filter((sign) => sign.always && (sign.side ?? (decisiveSide === 'both' ? side : decisiveSide)) === side);

/** Clients by name of which the lines hold more than their coming. */
function namesIn({ timeline }: Given): Set<string> {
  const names = new Set<string>();
  for (const { host } of timeline.all) if (host && !isAnonymous(host)) names.add(host);
  return names;
}

function latestOf(all: Iterable<Observation>): Observation | undefined {
  let latest: Observation | undefined;
  for (const it of all) {
    if (it.finding >= 0 && (!latest || !later(latest, it))) latest = it;
  }
  return latest;
}

/** What something has to be the cause of: the signs of faults that stand, and the errors that nobody explains. */
function troubleIn({ timeline, reach }: Given, verdicts: readonly Verdict[], open: readonly number[]): Trouble[] {
  const trouble = new Map<Observation, Trouble>();
  for (const { problem, over, found } of verdicts) {
    if (over || problem.urgency !== 'fault') continue;
    for (const { it } of found) {
      const known = trouble.get(it);
      const place = Math.max(reach.placeOf(problem.step), known?.place ?? -1);
      trouble.set(it, { it, place, stops: problem.stops === true || known?.stops === true });
    }
  }
  const errors = new Set(open);
  for (const it of timeline.all)
    if (errors.has(it.finding) && !trouble.has(it)) trouble.set(it, { it, place: -1, stops: true });
  return [...trouble.values()];
}
