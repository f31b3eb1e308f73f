/** All observations, indexed: is there a companion of this kind before, after or near a sign? */
import type { Companion, RecoveryPattern } from '../../content/schemas.ts';
import { comparesWithSign, matches } from './match.ts';
import { isOneRun, later, near, reachOf, Sequence } from './sequence.ts';
import type { Observation } from './types.ts';

/** All observations that a companion can mean, by client. */
interface Kind {
  all: Sequence;
  byHost: Map<string, Sequence>;
  hostless: Sequence;
}

/** All observations, ready to be asked for companions. */
export class Timeline {
  private readonly byMessage = new Map<string, Observation[]>();
  private readonly kinds = new Map<Companion, Kind>();
  private byHost: Map<string, Observation[]> | undefined;
  private places: Sequence | undefined;
  readonly all: readonly Observation[];

  constructor(all: readonly Observation[]) {
    this.all = all;
    for (const it of all) {
      const list = this.byMessage.get(it.message);
      if (list) list.push(it);
      else this.byMessage.set(it.message, [it]);
    }
  }

  /** Records with this catalogue id. */
  of(message: string): readonly Observation[] {
    return this.byMessage.get(message) ?? [];
  }

  /** The nearest records of the same text, before and after a block. */
  beside(block: Observation): Observation[] {
    this.places ??= new Sequence(this.all.filter(({ finding }) => finding >= 0));
    return this.places.beside(block).filter((it) => near(it, block));
  }

  /** Records that are about this client. */
  ofHost(host: string): readonly Observation[] {
    if (!this.byHost) {
      this.byHost = new Map();
      for (const it of this.all) {
        if (it.host === undefined) continue;
        const list = this.byHost.get(it.host);
        if (list) list.push(it);
        else this.byHost.set(it.host, [it]);
      }
    }
    return this.byHost.get(host) ?? [];
  }

  /** What a companion can mean for this client, whatever its place; what names no client can be about any. */
  scope(companion: Companion, host: string | undefined): readonly Sequence[] {
    const kind = this.kind(companion);
    if (companion.within === 'input' || host === undefined) return [kind.all];
    return [kind.byHost.get(host), kind.hostless].filter((s) => s !== undefined);
  }

  /** True if there is a companion of this kind for the sign. `accept` narrows further. */
  exists(companion: Companion, sign: Observation, accept?: (it: Observation) => boolean): boolean {
    const sequences = this.scope(companion, sign.host).filter(({ list }) => list.length > 0);
    if (sequences.length === 0) return false;
    const compares = comparesWithSign(companion);
    const narrow = reachOf(companion);
    if (!narrow && !compares && !accept) {
      return sequences.some((s) => s.has(sign, companion.when));
    }
    const reach = narrow && ((it: Observation) => narrow(it, sign));
    const fits = (it: Observation) =>
      inOrder(companion, it, sign) &&
      (!narrow || isOneRun(it, sign)) &&
      (!compares || matches(companion, it, sign.values)) &&
      (!accept || accept(it));
    return sequences.some((sequence) => sequence.around(sign, fits, reach));
  }

  /** True if a record shows an end as far as what else is there allows it; `accept` says when its companions count. */
  allows(pattern: RecoveryPattern | undefined, it: Observation, accept?: (it: Observation) => boolean): boolean {
    if (!pattern) return true;
    if (pattern.daemon && it.sinks.includes('terminal')) return false;
    if (pattern.without?.some((companion) => this.exists(companion, it))) return false;
    return !pattern.with?.some((companion) => !this.exists(companion, it, accept));
  }

  private kind(companion: Companion): Kind {
    const known = this.kinds.get(companion);
    if (known) return known;
    const list = this.of(companion.message).filter((it) => matches(companion, it));
    const hosts = new Map<string, Observation[]>();
    for (const it of list) {
      if (it.host === undefined) continue;
      const its = hosts.get(it.host);
      if (its) its.push(it);
      else hosts.set(it.host, [it]);
    }
    const kind = {
      all: new Sequence(list),
      hostless: new Sequence(list.filter((it) => it.host === undefined)),
      byHost: new Map([...hosts].map(([host, its]) => [host, new Sequence(its)] as const)),
    };
    this.kinds.set(companion, kind);
    return kind;
  }
}

/** Near things of one second, in two texts, can have happened in either order. */
export function inOrder(companion: Pick<Companion, 'when' | 'within'>, it: Observation, sign: Observation): boolean {
  if (!companion.when) return true;
  const strict = !reachOf(companion);
  if (companion.when === 'before') return strict ? later(sign, it) : !later(it, sign);
  return strict ? later(it, sign) : !later(sign, it);
}
