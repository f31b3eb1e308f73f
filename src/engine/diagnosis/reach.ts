/**
 * How far connections came: the steps that records prove to have been reached, by client. The content says which message
 * proves what (`reaches`); that a later step was reached ends what stopped the same client at an earlier one.
 */
import type { Problem, Reaches } from '../../content/schemas.ts';
import { testFields } from '../catalogue/fieldTest.ts';
import type { Severity } from '../types.ts';
import { Sequence } from './sequence.ts';
import type { KnownMessage, Observation } from './types.ts';

const bad: ReadonlySet<Severity> = new Set(['ERROR', 'CRIT', 'ALERT'] as const);

const messagesMade = new WeakMap<readonly KnownMessage[], ReadonlyMap<string, KnownMessage>>();

/** The catalogue's messages by id: asked for with every text, and the catalogue stays the same. */
export function messagesById(messages: readonly KnownMessage[]): ReadonlyMap<string, KnownMessage> {
  const known = messagesMade.get(messages) ?? new Map(messages.map((message) => [message.id, message]));
  messagesMade.set(messages, known);
  return known;
}

/** The steps of a connection in their order, and how much of a client is known at each. */
export class Steps {
  private readonly places = new Map<string, number>();
  /** Place of the last step at which a client has told no name yet. */
  private readonly nameless: number;

  /** @param problems in the order of their steps: which step is later is read from it */
  constructor(problems: readonly Problem[], messages: readonly KnownMessage[]) {
    for (const { step } of problems) if (!this.places.has(step)) this.places.set(step, this.places.size);
    const opening = messages.flatMap(({ session, reaches }) =>
      session === 'opens' && typeof reaches === 'string' ? [reaches] : [],
    );
    this.nameless = Math.max(-1, ...opening.map((step) => this.places.get(step) ?? -1));
  }

  /** Place of a step among the steps; undefined where no problem arises at it. */
  placeOf(step: string): number | undefined {
    return this.places.get(step);
  }

  /** True if a client has told no name yet at this place. */
  isNameless(place: number): boolean {
    return place <= this.nameless;
  }

  /** True if the server has taken the client's name for one that it knows. */
  isWork(place: number): boolean {
    return place > this.nameless + 1;
  }

  /** True if the password is proved: the client has a session key. */
  isAdmitted(place: number): boolean {
    return place > this.nameless + 2;
  }
}

/** What the records of one input say about the way of its clients. */
export class Reach {
  private readonly steps: Steps;
  private readonly messages: ReadonlyMap<string, KnownMessage>;
  private readonly byHost = new Map<string | undefined, Observation[]>();
  private readonly sequences = new Map<string, Sequence>();
  private readonly all: Observation[] = [];
  private readonly trouble = new Set<number>();
  private readonly found = new Map<Observation, number>();

  /** @param problems in the order of their steps: which step is later is read from it */
  constructor(observations: readonly Observation[], problems: readonly Problem[], messages: readonly KnownMessage[]) {
    this.steps = new Steps(problems, messages);
    this.messages = messagesById(messages);
    for (const it of observations) {
      if (this.isBad(it)) for (const finding of [it.finding, ...it.copies]) this.trouble.add(finding);
      // (A quotation shows the end of nothing.)
      const place = it.quoted ? undefined : this.read(it);
      if (place === undefined) continue;
      this.found.set(it, place);
      this.all.push(it);
      const list = this.byHost.get(it.host);
      if (list) list.push(it);
      else this.byHost.set(it.host, [it]);
    }
  }

  /** Place of a step among the steps. */
  placeOf(step: string): number {
    return this.steps.placeOf(step) ?? Number.POSITIVE_INFINITY;
  }

  /** Place of the step that a record proves to have been reached, if it proves any. */
  of(it: Observation): number | undefined {
    return this.found.get(it);
  }

  /** True if a client comes so that was not in a session before. */
  begins(it: Observation): boolean {
    const message = this.messages.get(it.message);
    return Boolean(message?.begins ?? message?.texts.find(({ id }) => id === it.text)?.begins);
  }

  /** True if a client has told no name yet at this step. */
  isNameless(step: string): boolean {
    return this.steps.isNameless(this.placeOf(step));
  }

  /** True if a record shows no more than that somebody came who has told no name yet. */
  isNamelessRecord(it: Observation): boolean {
    return this.steps.isNameless(this.found.get(it) ?? 0);
  }

  /** True if a record shows that the server took the client's name for one that it knows. */
  isWork(it: Observation): boolean {
    return this.steps.isWork(this.found.get(it) ?? -1);
  }

  /** True if a record comes from beyond the proof of the password: its client had a session key. */
  isAdmitted(it: Observation): boolean {
    return this.steps.isAdmitted(this.found.get(it) ?? -1);
  }

  /** True if a finding is an error of the way, or the end of a program: whoever sends it, nothing goes on well. */
  isTrouble(finding: number): boolean {
    return this.trouble.has(finding);
  }

  private isBad({ message: id, severity }: Observation): boolean {
    const message = this.messages.get(id);
    return message?.kind === 'path' && bad.has(severity ?? message.severity);
  }

  /** Keys of the hosts of which a record proves anything. */
  hosts(): Iterable<string | undefined> {
    return this.byHost.keys();
  }

  /** All records of a client that prove any step, in the order of the input. */
  ofHost(host: string | undefined): readonly Observation[] {
    return this.byHost.get(host) ?? [];
  }

  /** Records that prove a step after this one: of one client, of those without a name, or (`all`) of anyone. */
  beyond(step: string, whose: { host: string | undefined } | 'all'): Sequence {
    const key = whose === 'all' ? `all ${step}` : `${step} ${whose.host ?? '\0'}`;
    const known = this.sequences.get(key);
    if (known) return known;
    const from = this.placeOf(step);
    const list = whose === 'all' ? this.all : this.ofHost(whose.host);
    const sequence = new Sequence(list.filter((it) => (this.found.get(it) ?? -1) > from));
    this.sequences.set(key, sequence);
    return sequence;
  }

  private read(it: Observation): number | undefined {
    const message = this.messages.get(it.message);
    const text = it.text === undefined ? undefined : message?.texts.find(({ id }) => id === it.text);
    const reaches: Reaches | undefined = text?.reaches ?? message?.reaches;
    if (reaches === undefined) return undefined;
    if (typeof reaches === 'string') return this.placeOf(reaches);
    return testFields(reaches.fields, it.values) ? this.placeOf(reaches.step) : undefined;
  }
}
