/**
 * Values for the commands of a fix: taken from the lines, which are somebody else's text, or from the installation.
 * What a value may do depends on the command: one that only looks takes a path out of the log, one that changes
 * something does not.
 */
import type { Problem } from '../../content/schemas.ts';
import type { SetupValues } from '../setup.ts';
import type { Finding, Side } from '../types.ts';
import type { Diagnosis, Offer } from './types.ts';

/** What is known of one `{place}` of one command. */
export interface Slot {
  name: string;
  /** What it is, in words. */
  what: string;
  /** What it must look like, where that is known. */
  kind?: Kind;
  /** What stands there. Absent: nobody knows it, or it may not be taken from a log: the reader puts it in. */
  value?: string;
  /** True if the value was found in the lines. */
  found: boolean;
  /** True if no log and no reader can set it: it is what the installation has, and stands in the command as it is. */
  fixed: boolean;
  /** A value in the lines that this command may not take by itself: shown beside it. */
  logged?: string;
  /** What names that value, where it is no log. */
  by?: Offer['by'];
  /** It is what the setup has there: this variable of it. */
  variable?: string;
}

/** Of a command: what decides which values it may take. */
export interface Use {
  /** It changes something. */
  changes: boolean;
  /** Where it is run. */
  at?: Side | 'both';
  /** Whose paths and names are meant, where client and server have different ones. */
  side?: Side;
}

/** The diagnosis whose lines give the values. */
export interface Known {
  diagnosis: Pick<Diagnosis, 'evidence' | 'explains' | 'offers'>;
  findings: readonly Finding[];
}

/** Longer than any name or path that a command can use. */
const longest = 1024;

/** What samhain prints for "nothing". */
const nothing = new Set(['', '(null)', 'null']);

/** Control characters, and marks that make a text look other than it is (direction, no width). */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Letters of ASCII only: a name that merely looks like another one is no host of anybody's. */
const label = /^[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?$/i;

/** Words that stand for many hosts in the files of TCP wrappers (hosts_access(5)). */
const wildcards = /^(?:all|local|known|unknown|paranoid|except)$/i;

/**
 * A name or an address that leads to one other host. A name that ends in a dot is refused: `10.` means a whole network
 * in hosts.allow.
 */
function isHost(value: string): boolean {
  const name = value.toLowerCase();
  if (name === '0.0.0.0' || name.startsWith('127.') || name === '::' || name === '::1') return false;
  if (name === 'localhost' || name.startsWith('localhost.') || wildcards.test(name) || name.includes('..'))
    return false;
  return label.test(value) || (value.includes(':') && /^[0-9a-f:.]{2,45}(?:%[\w.-]{1,32})?$/i.test(value));
}

/** A host's own name: a line that lets it in must not let in whoever has an address, nor the server as its own client. */
function isName(value: string, findings: readonly Finding[]): boolean {
  if (!isHost(value) || /^[\d.]+$/.test(value) || value.includes(':')) return false;
  const name = value.toLowerCase();
  const first = (host: string) => host.slice(0, `${host}.`.indexOf('.'));
  return !serversIn(findings).some(
    (server) =>
      server === name || (first(server) === first(name) && (server === first(server) || name === first(name))),
  );
}

const servers = new WeakMap<readonly Finding[], string[]>();

/** Names of the server, as the log shows them: by the machine that wrote its lines, by the one that a client called. */
function serversIn(findings: readonly Finding[]): string[] {
  const known = servers.get(findings);
  if (known) return known;
  const names = new Set<string>();
  for (const { side, record, values } of findings) {
    const name =
      side === 'server' && !record.relay ? record.loggingHost : side === 'client' ? values.server : undefined;
    if (name) names.add(name.toLowerCase().replace(/\.$/, ''));
  }
  servers.set(findings, [...names]);
  return [...names];
}

export type Kind = Problem['values'][string]['kind'];

/** What a stranger's text must look like to stand in a command for this. */
const looksLike: Readonly<Record<Kind, (value: string, findings: readonly Finding[]) => boolean>> = {
  host: isHost,
  name: isName,
  path: (value) => value.startsWith('/') && !value.split('/').includes('..'),
  number: (value) => /^\d{1,10}$/.test(value),
  text: () => true,
};

/** Whether a value that a reader types looks like what the place is for; what it holds is quoted in any case. */
export const suits = (kind: Kind, value: string, findings: readonly Finding[] = []): boolean =>
  value.length <= longest && !value.startsWith('-') && looksLike[kind](value, findings);

/** Kinds that a log may fill into a command that changes something: at worst it names a wrong host. */
const harmless: ReadonlySet<Kind> = new Set(['host', 'name']);

/** The text of a value without what cannot be seen. */
export function cleanValue(value: string): string {
  return value.replace(unseen, '');
}

/** True if client and server have different values for one of these. */
export function dependsOnSide(values: Problem['values'], setup: SetupValues, names: Iterable<string>): boolean {
  return [...names].some((name) => {
    const wanted = values[name];
    if (wanted) return wanted.setup !== undefined && setup.bySide(wanted.setup);
    return setup.bySide(name);
  });
}

/**
 * The values of a problem's places for one command: from the weightiest evidence that has one of the fields named in
 * the content, then from what the problem explains, then from other records of the same program; else what the setup has.
 *
 * Not taken is a value of a record that looks forged, of the other side, or unlike what the command needs; nor one that
 * begins with a dash, which would be an option. A command of the server takes nothing out of a record that a client
 * sent. A command that changes something takes a host name or an address only; anything else that the log names stands
 * beside it, and where that is not what the setup has, the place is left open. So does whatever a configuration or an output
 * offers, a host name included.
 */
export function commandValues(
  problem: Pick<Problem, 'values'>,
  use: Use,
  setup: SetupValues,
  known?: Known,
): Record<string, Slot> {
  const slots: Record<string, Slot> = {};
  for (const [name, wanted] of Object.entries(problem.values)) {
    const { what, kind, usual, example, setup: variable } = wanted;
    const installed = variable === undefined ? undefined : setup.of(variable, use.side);
    const logged = known ? firstValue(wanted, use, known) : undefined;
    const slot: Slot = { name, what, kind, fixed: false, found: false };
    const offer = logged === undefined && known ? offered(name, kind, known) : undefined;
    if (offer && offer.value !== installed?.value) {
      if (use.changes) Object.assign(slot, { logged: offer.value, by: offer.by });
      else Object.assign(slot, { value: offer.value, found: true });
    } else if (logged === undefined || (installed && logged === installed.value)) {
      if (variable !== undefined) Object.assign(slot, { variable, fixed: true });
      else if (usual) Object.assign(slot, { value: example, fixed: true });
    } else if (!use.changes || harmless.has(kind)) {
      slot.value = logged;
      slot.found = true;
    } else slot.logged = logged;
    slots[name] = slot;
  }
  return slots;
}

function offered(name: string, kind: Kind, { diagnosis: { offers = {} }, findings }: Known): Offer | undefined {
  const offer = Object.hasOwn(offers, name) ? offers[name] : undefined;
  if (!offer) return undefined;
  const value = cleanValue(offer.value).trim();
  return value !== '' && suits(kind, value, findings) ? { value, by: offer.by } : undefined;
}

/** By diagnosis: the values of its places, for commands of the client and for others. Its steps ask for each many times. */
const looked = new WeakMap<Known['diagnosis'], { findings: readonly Finding[]; values: [Found, Found] }>();

type Found = Map<Problem['values'][string], string | undefined>;

function firstValue(wanted: Problem['values'][string], use: Use, known: Known): string | undefined {
  const { diagnosis, findings } = known;
  let of = looked.get(diagnosis);
  if (of?.findings !== findings) {
    of = { findings, values: [new Map(), new Map()] };
    looked.set(diagnosis, of);
  }
  const values = of.values[use.at === 'client' ? 0 : 1];
  if (!values.has(wanted)) values.set(wanted, lookFor(wanted, use, known));
  return values.get(wanted);
}

function lookFor(wanted: Problem['values'][string], use: Use, { diagnosis, findings }: Known): string | undefined {
  const weights = ['proves', 'points', 'fits'];
  const evidence = [...diagnosis.evidence].sort((a, b) => weights.indexOf(a.weight) - weights.indexOf(b.weight));
  const order = [...evidence.map(({ finding }) => finding), ...diagnosis.explains];
  if (wanted.fields.length > 0) {
    for (const index of order) {
      const value = valueIn(findings[index], wanted.fields, { wanted, use, findings });
      if (value !== undefined) return value;
    }
  }
  const at = evidence[0]?.finding ?? 0;
  const sign = findings[at];
  for (const { message, fields } of evidence.length > 0 ? wanted.from : []) {
    const value = nearest(at, placesOf(message, findings), (place) => {
      const it = findings[place];
      return sign && it && sameProgram(it, sign) ? valueIn(it, fields, { wanted, use, findings }) : undefined;
    });
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Both were written by one program, as far as one text tells. */
function sameProgram(a: Finding, b: Finding): boolean {
  const { record: one } = a;
  const { record: two } = b;
  return (
    one.source === two.source &&
    one.relay?.client === two.relay?.client &&
    one.loggingHost === two.loggingHost &&
    (a.side === undefined || b.side === undefined || a.side === b.side)
  );
}

/** How far a record may stand from another of the same program that explains it. */
const farthest = 2000;

/** By the list of findings: where in it those of each message stand. Each step of each diagnosis asks for some. */
const places = new WeakMap<readonly Finding[], Map<string, number[]>>();

/** The places of a message among the findings, in their order. */
export function placesOf(message: string, findings: readonly Finding[]): readonly number[] {
  let known = places.get(findings);
  if (!known) {
    known = new Map();
    for (const [i, { message: id }] of findings.entries()) {
      if (id === undefined) continue;
      const list = known.get(id);
      if (list) list.push(i);
      else known.set(id, [i]);
    }
    places.set(findings, known);
  }
  return known.get(message) ?? [];
}

/** The value nearest to a place: of two at the same distance the one before it. */
function nearest(
  from: number,
  among: readonly number[],
  value: (place: number) => string | undefined,
): string | undefined {
  let above = 0;
  for (let high = among.length; above < high; ) {
    const middle = (above + high) >> 1;
    if ((among[middle] as number) < from) above = middle + 1;
    else high = middle;
  }
  let below = above - 1;
  for (;;) {
    const back = from - (among[below] ?? Number.NEGATIVE_INFINITY);
    const on = (among[above] ?? Number.POSITIVE_INFINITY) - from;
    if (Math.min(back, on) > farthest) return undefined;
    const found = value(among[back <= on ? below-- : above++] as number);
    if (found !== undefined) return found;
  }
}

function valueIn(
  finding: Finding | undefined,
  fields: readonly string[],
  {
    wanted: { kind, side },
    use: { at },
    findings,
  }: { wanted: Problem['values'][string]; use: Use; findings: readonly Finding[] },
): string | undefined {
  if (!finding || finding.record.suspicious !== undefined) return undefined;
  if (finding.record.relay && at !== 'client') return undefined;
  if (side && finding.side && finding.side !== side) return undefined;
  for (const field of fields) {
    const value = cleanValue(finding.values[field] ?? '').trim();
    if (!nothing.has(value.toLowerCase()) && suits(kind, value, findings)) return value;
  }
  return undefined;
}
