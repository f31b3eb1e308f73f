/**
 * A large log, reduced to the records that can matter. Only clean records are ever left out: a head and a signature as the
 * program writes them, of a message that is known. Of these it keeps what is a sign of some problem or an error, at most so
 * many for each client and kind, the records around it, what each client did last, and each report; it counts the rest.
 * All else is kept. What is kept is read by the one reader and judged as if it stood alone.
 */
import { mostTries, quietTime } from '../diagnosis/spell.ts';
import type { Excerpt, Gap, Pause, Stretch } from '../types.ts';
import { answers, type Kind, Kinds, type Learnt, type Rules } from './kinds.ts';
import {
  guess,
  guessBytes,
  isRecordHead,
  isSignatureLine,
  type Known,
  lineFeed,
  Scan,
  signatureEnd,
  viewed,
} from './scan.ts';

/** How much is kept. */
export interface Limits {
  /** Signs of one kind and client: the first and the last so many. */
  first: number;
  last: number;
  /** Records in a row kept before and after a sign. */
  before: number;
  after: number;
  /** Reports in all; beyond that the last one of each client, and of each kind. */
  reports: number;
  /** Bytes of what is no clean record; beyond that only the end of it is kept. */
  odd: number;
  /** Beyond so many signs in all, fewer are kept of each kind and client. */
  signs: number;
}

export const usualLimits: Limits = {
  first: 3,
  last: 4,
  before: 8,
  after: 6,
  reports: 200,
  odd: 24 << 20,
  signs: 3000,
};

/** What is left of a source. */
export interface SievedExcerpt extends Excerpt {
  text: string;
  /** Lines that were not understood and are left out: there were too many. */
  lost: number;
}

/** A stretch of the source. */
interface Piece {
  at: number;
  line: number;
  lines: number;
  bytes: Uint8Array;
  /** One clean record. */
  clean: boolean;
  /** Those of its kind and client, if they are counted. */
  of: Signs | undefined;
}

/** A record in a place of its own that is used again for the next one. */
interface Latest {
  bytes: Uint8Array;
  /** Where it begins in the sieve's buffer, as long as it stands there; else -1, and `bytes` has it. */
  begin: number;
  size: number;
  at: number;
  line: number;
  lines: number;
  time: number;
  of: Signs | undefined;
}

/** A record in the buffer, before it is known whether it is kept. */
interface Recent {
  begin: number;
  end: number;
  line: number;
  lines: number;
  time: number;
  piece: Piece | undefined;
  of: Signs | undefined;
}

/** A sign with what stands around it. */
interface Sign {
  piece: Piece;
  around: Piece[];
}

/** The signs of one kind and client that are kept. */
interface Signs {
  first: Sign[];
  last: Sign[];
  /** The last one of those that count by themselves. */
  latest: Latest | undefined;
  /** All of them, kept or not. */
  count: number;
}

/** One client by its two names: as short as it says it, and as long as the server knows it. */
interface Group {
  name: string;
  hosts: Host[];
  /** The latest sign, for what follows it. */
  open: Sign | undefined;
  /** The kinds of which one followed the open sign. */
  followed: Set<number>;
  /** The problems that stop nothing of which it had signs. */
  fading: Map<string, Fading>;
  hasSign: boolean;
  way: Way | undefined;
}

/** The signs of a problem that stops nothing, and what shows that there are none any more. */
interface Fading {
  /** How much they weigh: lesser ones do not count. */
  level: number;
  silence: boolean;
  /** When they came, milliseconds. */
  tries: number[];
  /** Time and line of the last one. */
  last: number;
  line: number;
  /** Seconds: a client that is at work after it shows the end. Not known until it is asked for. */
  due: number | undefined;
  /** Seconds after the last sign from which on a record is kept, if it may be over before it is due. */
  next: number;
  ends: Piece[];
}

/** The rhythm of a client: the longest time that it was not heard of. */
interface Way {
  first: Piece;
  latest: Latest;
  /** Seconds. */
  longest: number;
  second: number;
  before: Piece | undefined;
  /** The record after it, and those that follow within seconds. */
  back: Piece[];
  /** Time of the first of them. */
  until: number;
}

interface Host {
  name: Uint8Array;
  group: Group;
  /** The latest records, each in its own reused place. */
  latest: Latest[];
  turn: number;
  /** Its first record of all: since when it is known. */
  first: Piece | undefined;
  /** The first one of each kind that some rule asks for. */
  firsts: Map<number, Piece>;
  /** The last one that only an admitted client can have caused. */
  alive: Latest | undefined;
  /** The one that shows it furthest on its way. */
  furthest: Piece | undefined;
  reaches: number;
  signs: Map<number, Signs>;
}

/** A shape of records, and what the reader said of it. */
interface Shape extends Known {
  /** Which of the values names the client, -1 if none does. */
  host: number;
  /** The client stands at the end of a path. */
  inPath: boolean;
  /** The client's name is a part of the shape. */
  fixed: Uint8Array | undefined;
  /** Absent: the reader takes it for something else than a clean record, or it depends on its values. */
  kind: Kind | undefined;
  /** Values that the rules ask about. */
  asked: { value: number; question: Learnt['questions'][number] }[];
  /** By the answers; undefined where it is no clean record then. */
  byAnswers: Map<string, Kind | undefined>;
  /** By the values themselves, so that each is asked once. */
  byValues: Map<number, Values>;
  /** Those of its last record. */
  lastValues: Values | undefined;
  /** Who its last record was about. */
  lastHost: Host | undefined;
}

/** Values that the rules ask about, and what they make of the record. */
interface Values {
  bytes: Uint8Array;
  kind: Kind | undefined;
}

/** The records that mattered last are near. */
const nearSeconds = 10;
/** Latest records of a client that are remembered. */
const latestKept = 3;
/** Records that may show that a problem is over. */
const mostEnds = 64;
/** More shapes than these are made by somebody. */
const mostShapes = 20_000;
/** Two shapes are tried for a line before it is read without a guess: the last ones that looked like it. */
const guesses = 4096;
/** Names of clients that are told apart. */
const mostHosts = 100_000;
/** Bytes that are read at a time. */
const readable = 128 * 1024;
/** A longer line is no record's. */
const longestLine = 64 * 1024;
/** Stretches of what is no clean record are cut into such pieces. */
const oddPiece = 16 * 1024;
/** Bytes after which the index has a new stretch. */
const stretchBytes = 2 << 20;

const latin1 = new TextDecoder('latin1');
const utf8 = new TextDecoder();

export class Sieve {
  private readonly kinds: Kinds;
  private readonly limits: Limits;
  private readonly from: number;
  private readonly to: number;
  private readonly scan = new Scan();
  private readonly shapes = new Map<number, Shape[]>();
  private shapeCount = 0;
  /** Where the shape of the line that is read is looked for first. */
  private slot = -1;
  private readonly guessed: (Shape | undefined)[] = Array.from({ length: 2 * guesses });
  private readonly hosts = new Map<number, Host[]>();
  private hostCount = 0;
  /** All of them, and those by the first part of the name: another long name with the same first part is another client. */
  private readonly all: Group[] = [];
  private readonly groups = new Map<string, Group>();
  private readonly nobody: Host;
  private buffer = new Uint8Array(1 << 22);
  private text = viewed(this.buffer);
  private used = 0;
  /** Where in the buffer the line begins that is read next. */
  private at = 0;
  /** Place of the buffer's first byte in the source. */
  private base = 0;
  private line = 1;
  private readonly recent: Recent[] = [];
  /** What stands in the buffer, and must have its own bytes before that is used again. */
  private inBuffer: Latest[] = [];
  private turn = 0;
  /** What is no clean record, and clean ones beside it. */
  private odd: Piece[] = [];
  private oddFirst = 0;
  private oddBytes = 0;
  /** Where in the buffer a stretch of what is no clean record begins, and its lines so far. */
  private oddAt = -1;
  private oddLines = 0;
  private lost = 0;
  private readonly wide = new Map<number, { first: Piece; last: Latest }>();
  /** Signs whose following records are still kept, and how many of them. */
  private following: { sign: Sign; left: number; time: number }[] = [];
  /** The next record is kept: it stands behind something else than a clean record. */
  private keepNext = true;
  private signed = false;
  private lastTime = 0;
  private records = 0;
  private signCount = 0;
  private reportCount = 0;
  private readonly start: { at: number; line: number };
  private readonly index: Stretch[] = [];
  private stretch: Stretch | undefined;
  /** Lines before the window and after it. */
  private readonly outside = { before: 0, after: 0 };
  /** The line from which on those are not counted yet, and where the record before it lies: they go with it. */
  private counted: number;
  private place: 'before' | 'after' | 'inside' | undefined;

  /**
   * @param window seconds: clean records outside are counted only
   * @param start where in the source the first byte stands that is pushed
   */
  constructor(
    rules: Rules,
    limits: Limits = usualLimits,
    window: { from?: number; to?: number } = {},
    start = { at: 0, line: 1 },
  ) {
    this.start = { at: start.at, line: start.line };
    this.base = start.at;
    this.line = start.line;
    this.counted = start.line;
    this.from = window.from ?? Number.NEGATIVE_INFINITY;
    this.to = window.to ?? Number.POSITIVE_INFINITY;
    this.kinds = new Kinds(rules);
    this.limits = limits;
    const size = Math.max(limits.before, 1) + 1;
    for (let i = 0; i < size; i++)
      this.recent.push({ begin: 0, end: 0, line: 0, lines: 0, time: 0, piece: undefined, of: undefined });
    this.nobody = this.newHost(new Uint8Array(0), '');
  }

  /** Takes the next bytes of the source, in whatever pieces they come. */
  push(chunk: Uint8Array): void {
    let from = 0;
    while (from < chunk.length) {
      if (this.used === this.buffer.length) this.makeRoom();
      const size = Math.min(chunk.length - from, this.buffer.length - this.used);
      this.buffer.set(size === chunk.length ? chunk : chunk.subarray(from, from + size), this.used);
      this.used += size;
      from += size;
      // (Not for each small piece: a line that is not whole would be looked at again and again.)
      if (this.used - this.at >= readable) this.read(false);
    }
  }

  /** What is kept of it all. Nothing can be added after. */
  end(): SievedExcerpt {
    this.read(true);
    this.countPlace(undefined);
    return this.collect();
  }

  private makeRoom(): void {
    this.flushOdd();
    let keep = this.at;
    for (const { begin, end, piece } of this.recent) if (end > 0 && !piece && begin < keep) keep = begin;
    if (keep === 0) {
      // A line longer than the buffer, or records that fill it: it grows.
      const larger = new Uint8Array(2 * this.buffer.length);
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
      this.text = viewed(larger);
      return;
    }
    for (const slot of this.inBuffer) {
      if (slot.bytes.length < slot.size) slot.bytes = new Uint8Array(slot.size + 64);
      slot.bytes.set(this.buffer.subarray(slot.begin, slot.begin + slot.size));
      slot.begin = -1;
    }
    this.inBuffer.length = 0;
    this.buffer.copyWithin(0, keep, this.used);
    this.used -= keep;
    this.at -= keep;
    this.base += keep;
    for (const one of this.recent) {
      one.begin -= keep;
      one.end -= keep;
    }
  }

  private read(final: boolean): void {
    const { scan } = this;
    for (;;) {
      const { buffer, at, used } = this;
      if (at >= used) break;
      this.slot = -1;
      const shape = used - at < guessBytes ? undefined : this.guess(at);
      let { end } = scan;
      if (!shape) {
        end = lineFeed(buffer, at, used);
        if (end < 0) {
          if (!final && used - at <= longestLine) break;
          this.notClean(used, final ? 1 : 0);
          continue;
        }
        if (!scan.line(this.text, at, end)) {
          this.notClean(end + 1, 1);
          continue;
        }
      }
      let next = end + 1;
      let lines = 1;
      end = signatureEnd(this.text, next, used);
      if (end < 0) {
        end = lineFeed(buffer, next, used);
        if (end < 0 && !final && used - next < longestLine) break;
        if (end < 0) end = used;
        if (!isSignatureLine(buffer, next, end)) end = -1;
      }
      if (end >= 0) {
        this.signed = true;
        next = Math.min(end + 1, used);
        lines = 2;
      } else if (this.signed || (next < used && !isRecordHead(buffer, next))) {
        this.notClean(next, 1);
        continue;
      }
      if (!this.clean(next, lines, shape ?? this.shapeOf(next))) this.notClean(next, lines);
    }
    if (final) this.flushOdd();
  }

  /** What stands up to `end` is kept, and the records beside it. */
  private notClean(end: number, lines: number): void {
    if (this.oddAt < 0) {
      const before = this.recent[(this.turn + this.recent.length - 1) % this.recent.length] as Recent;
      if (before.lines > 0) this.keep(this.pieceOf(before));
      this.oddAt = this.at;
      this.oddLines = 0;
    }
    this.at = end;
    this.line += lines;
    this.oddLines += lines;
    this.keepNext = true;
    if (end - this.oddAt > oddPiece) this.flushOdd();
  }

  private flushOdd(): void {
    if (this.oddAt < 0) return;
    const [begin, end] = [this.oddAt, this.at];
    const line = this.line - this.oddLines;
    this.oddAt = -1;
    if (end === begin) return;
    this.keep({
      at: this.base + begin,
      line,
      lines: this.oddLines,
      bytes: this.buffer.slice(begin, end),
      clean: false,
      of: undefined,
    });
    this.oddLines = 0;
  }

  private keep(piece: Piece): void {
    this.odd.push(piece);
    this.oddBytes += piece.bytes.length;
    while (this.oddBytes > this.limits.odd) {
      const gone = this.odd[this.oddFirst++] as Piece;
      this.oddBytes -= gone.bytes.length;
      if (!gone.clean) this.lost += gone.lines;
      if (this.oddFirst > 10_000) {
        this.odd = this.odd.slice(this.oddFirst);
        this.oddFirst = 0;
      }
    }
  }

  /** A record between `at` and `end`. @returns false if the reader would take it for anything else than a clean one */
  private clean(end: number, lines: number, shape: Shape | undefined): boolean {
    const { scan, at } = this;
    const kind = shape && (shape.asked.length > 0 ? this.kindByValues(shape, end) : shape.kind);
    if (!shape || !kind) return false;
    this.flushOdd();
    const { time } = scan;
    this.note(time);
    const host = this.hostOf(shape);
    const before = this.turn === 0 ? this.recent.length - 1 : this.turn - 1;
    const now = this.recent[this.turn] as Recent;
    now.begin = at;
    now.end = end;
    now.line = this.line;
    now.lines = lines;
    now.time = time;
    now.piece = undefined;
    now.of = undefined;
    this.records += 1;
    const place = time < this.from ? 'before' : time > this.to ? 'after' : 'inside';
    if (place !== this.place) this.countPlace(place);
    if (place !== 'inside') {
      // (It stays among the latest: what is no clean record behind it has its time.)
      this.turn = this.turn + 1 === this.recent.length ? 0 : this.turn + 1;
      this.at = end;
      this.line += lines;
      return true;
    }
    if (this.keepNext || time < this.lastTime) {
      const last = this.recent[before] as Recent;
      if (!this.keepNext && last.lines > 0) this.keep(this.pieceOf(last));
      if (kind.sign || kind.report || kind.soft) now.of = this.countedFor(host, kind.report ? -1 : kind.index);
      this.keep(this.pieceOf(now));
      this.keepNext = false;
    }
    this.lastTime = time;
    if (kind.sign) this.addSign(now, host, kind);
    else if (kind.report) {
      this.reportCount += 1;
      const all = this.reportCount <= this.limits.reports;
      this.addAlone(now, this.countedFor(host, -1), all ? Number.POSITIVE_INFINITY : 0);
    } else if (kind.soft) this.addAlone(now, this.countedFor(host, kind.index), 0);
    if (this.following.length > 0) this.follow(now, host);
    const { group } = host;
    if (group.open && group.open.piece !== now.piece) this.after(now, group, kind);
    if (kind.well) {
      if (group.fading.size > 0) this.fade(now, group, kind);
      // Whose signs name nobody may be anybody.
      if (host !== this.nobody && this.nobody.group.fading.size > 0) this.fade(now, this.nobody.group, kind);
    }
    if (host !== this.nobody) {
      host.first ??= this.pieceOf(now);
      if (kind.companion && !host.firsts.has(kind.index)) host.firsts.set(kind.index, this.pieceOf(now));
      if (kind.reaches > host.reaches) {
        host.reaches = kind.reaches;
        host.furthest = this.pieceOf(now);
      }
      let slot = host.latest[host.turn];
      if (!slot) {
        slot = emptyPlace();
        host.latest[host.turn] = slot;
      }
      host.turn = host.turn + 1 === latestKept ? 0 : host.turn + 1;
      this.copy(now, slot);
      if (kind.admitted) {
        host.alive ??= emptyPlace();
        this.copy(now, host.alive);
      }
    }
    if (kind.way && host !== this.nobody) this.walk(now, group);
    if (kind.wide) {
      const known = this.wide.get(kind.index);
      if (known) this.copy(now, known.last);
      else {
        const last = emptyPlace();
        this.copy(now, last);
        this.wide.set(kind.index, { first: this.pieceOf(now), last });
      }
    }
    this.turn = this.turn + 1 === this.recent.length ? 0 : this.turn + 1;
    this.at = end;
    this.line += lines;
    return true;
  }

  /** A record of that time begins here. */
  private note(time: number): void {
    const at = this.base + this.at;
    const { stretch } = this;
    if (stretch && at - stretch.at < stretchBytes) {
      if (time < stretch.from) stretch.from = time;
      else if (time > stretch.to) stretch.to = time;
      return;
    }
    // The lines above the first record belong to it.
    this.stretch = stretch ? { at, line: this.line, from: time, to: time } : { ...this.start, from: time, to: time };
    this.index.push(this.stretch);
  }

  /** From here on records lie elsewhere: the lines up to here are counted where the last ones lie. */
  private countPlace(next: 'before' | 'after' | 'inside' | undefined): void {
    // What stands above the first record goes with it.
    if (this.place !== undefined || next === undefined) {
      if (this.place === 'before' || this.place === 'after') this.outside[this.place] += this.line - this.counted;
      this.counted = this.line;
    }
    this.place = next;
  }

  private walk(now: Recent, group: Group): void {
    const { way } = group;
    if (!way) {
      const latest = emptyPlace();
      this.copy(now, latest);
      group.way = { first: this.pieceOf(now), latest, longest: 0, second: 0, before: undefined, back: [], until: 0 };
      return;
    }
    const pause = now.time - way.latest.time;
    if (pause > way.longest) {
      way.second = way.longest;
      way.longest = pause;
      way.before = this.fixed(way.latest);
      way.back = [this.pieceOf(now)];
      way.until = now.time;
    } else {
      if (pause > way.second) way.second = pause;
      if (way.back.length > 0 && way.back.length < 5 && now.time - way.until <= nearSeconds)
        way.back.push(this.pieceOf(now));
    }
    this.copy(now, way.latest);
  }

  private copy(now: Recent, slot: Latest): void {
    if (slot.begin < 0) this.inBuffer.push(slot);
    slot.begin = now.begin;
    slot.size = now.end - now.begin;
    slot.of = now.of;
    slot.at = this.base + now.begin;
    slot.line = now.line;
    slot.lines = now.lines;
    slot.time = now.time;
  }

  private pieceOf(one: Recent): Piece {
    one.piece ??= {
      at: this.base + one.begin,
      line: one.line,
      lines: one.lines,
      bytes: this.buffer.slice(one.begin, one.end),
      clean: true,
      of: one.of,
    };
    return one.piece;
  }

  private fixed({ bytes, begin, size, at, line, lines, of }: Latest): Piece {
    const copy = begin < 0 ? bytes.slice(0, size) : this.buffer.slice(begin, begin + size);
    return { at, line, lines, bytes: copy, clean: true, of };
  }

  /** @param kind its index; reports of a client are counted together */
  private countedFor(host: Host, kind: number): Signs {
    let signs = host.signs.get(kind);
    if (!signs) {
      signs = { first: [], last: [], latest: undefined, count: 0 };
      host.signs.set(kind, signs);
    }
    return signs;
  }

  private addSign(now: Recent, host: Host, kind: Kind): void {
    const { limits, recent } = this;
    const signs = this.countedFor(host, kind.index);
    signs.count += 1;
    now.of = signs;
    const piece = this.pieceOf(now);
    piece.of = signs;
    const few = this.signCount > limits.signs;
    const sign: Sign = { piece, around: [] };
    // Contiguous records before it, and the client's own.
    const most = few ? Math.min(3, limits.before) : limits.before;
    for (let i = 1; i <= most; i++) {
      const one = recent[(this.turn + recent.length - i) % recent.length] as Recent;
      if (one.lines === 0 || now.time - one.time > nearSeconds) break;
      sign.around.push(this.pieceOf(one));
    }
    for (const { latest, turn } of host.group.hosts) {
      const newest = latest[(turn + latestKept - 1) % latestKept];
      for (const slot of few ? [newest] : latest) if (slot) sign.around.push(this.fixed(slot));
    }
    const first = few ? 0 : limits.first;
    const last = few ? 1 : limits.last;
    if (signs.first.length < first) {
      signs.first.push(sign);
      this.signCount += 1;
    } else {
      signs.last.push(sign);
      if (signs.last.length > last) signs.last.shift();
      else this.signCount += 1;
    }
    const { group } = host;
    this.addTry(now, group, kind);
    group.hasSign = true;
    group.open = sign;
    group.followed.clear();
    if (this.following.length > 8) this.following.shift();
    this.following.push({ sign, left: few ? Math.min(2, limits.after) : limits.after, time: now.time });
  }

  /** What counts by itself: the first so many, and the last one. */
  private addAlone(now: Recent, counted: Signs, most: number): void {
    counted.count += 1;
    now.of = counted;
    if (now.piece) now.piece.of = counted;
    if (counted.first.length < most) counted.first.push({ piece: this.pieceOf(now), around: [] });
    else {
      counted.latest ??= emptyPlace();
      this.copy(now, counted.latest);
    }
  }

  /** The record stands right behind signs. */
  private follow(now: Recent, host: Host): void {
    let open = 0;
    for (const one of this.following) {
      if (one.sign.piece === now.piece) {
        this.following[open++] = one;
        continue;
      }
      if (now.time - one.time > nearSeconds) continue;
      one.sign.around.push(this.pieceOf(now));
      one.left -= 1;
      // Whose an unnamed record is, the next one tells that names somebody: it does not end before.
      if (one.left > 0 || (host === this.nobody && one.left > -8)) this.following[open++] = one;
    }
    this.following.length = open;
  }

  /** What comes later of the client that had a sign: the first one of each kind. */
  private after(now: Recent, { open, followed }: Group, kind: Kind): void {
    if (!open || followed.has(kind.index) || !(kind.companion || kind.way)) return;
    followed.add(kind.index);
    open.around.push(this.pieceOf(now));
    // What ends a problem counts with the connection that opened before it.
    for (let i = 1; i <= 2; i++) {
      const one = this.recent[(this.turn + this.recent.length - i) % this.recent.length] as Recent;
      if (one.lines > 0 && now.time - one.time <= nearSeconds) open.around.push(this.pieceOf(one));
    }
  }

  /** A sign of problems that stop nothing: what ends them is a client at work for longer than their signs are apart. */
  private addTry(now: Recent, { fading }: Group, kind: Kind): void {
    for (const { problem, level, silence } of kind.fades) {
      let one = fading.get(problem);
      if (!one || one.level < level) {
        one = {
          level,
          silence,
          tries: [],
          last: now.time,
          line: now.line,
          due: undefined,
          next: nearSeconds,
          ends: [],
        };
        fading.set(problem, one);
      }
      if (one.level > level) continue;
      one.tries.push(now.time * 1000);
      if (one.tries.length > 4 * mostTries) one.tries = one.tries.slice(-mostTries);
      if (now.time < one.last) continue;
      one.last = now.time;
      one.line = now.line;
      one.due = undefined;
      one.next = nearSeconds;
      one.ends = [];
    }
  }

  /** A client is at work. */
  private fade(now: Recent, { fading }: Group, { sign }: Kind): void {
    for (const one of fading.values()) {
      one.due ??=
        one.last +
        quietTime(
          one.tries.sort((a, b) => a - b),
          true,
        ) /
          1000;
      const since = now.time - one.last;
      // (Of silence the time between two signs does not count in which it was at work: then it is over before.)
      if (one.silence && !sign && now.time <= one.due && since >= one.next) {
        one.next = since * 1.4;
        one.ends.push(this.pieceOf(now));
      }
      if (now.time <= one.due) continue;
      one.ends.push(this.pieceOf(now));
      // (Whether a sign counts as one depends on others: it may be the end, or not.)
      if (!sign || one.ends.length > mostEnds) one.due = Number.POSITIVE_INFINITY;
    }
  }

  /** The shape of the line that begins at `at`, if one of the last ones that looked like it fits. */
  private guess(at: number): Shape | undefined {
    const { scan, buffer, text, used, guessed } = this;
    const slot = 2 * guess(buffer, at, guesses);
    this.slot = slot;
    const first = guessed[slot];
    if (!first) return undefined;
    if (scan.isLike(first, text, at, used)) return first;
    const second = guessed[slot + 1];
    if (!second || !scan.isLike(second, text, at, used)) return undefined;
    guessed[slot] = second;
    guessed[slot + 1] = first;
    return second;
  }

  /** The shape of what was scanned last; undefined if it is not known and cannot become so. */
  private shapeOf(end: number): Shape | undefined {
    const { scan } = this;
    const list = this.shapes.get(scan.hash);
    if (list) {
      for (const shape of list) if (isSame(shape.bytes, scan.shape, scan.size)) return this.remember(shape);
    }
    if (this.shapeCount >= mostShapes) return undefined;
    this.shapeCount += 1;
    const shape = this.newShape(end);
    if (list) list.push(shape);
    else this.shapes.set(scan.hash, [shape]);
    return this.remember(shape);
  }

  /** It is what lines that look like this one are taken for first. */
  private remember(shape: Shape): Shape {
    if (this.slot >= 0) {
      this.guessed[this.slot + 1] = this.guessed[this.slot];
      this.guessed[this.slot] = shape;
    }
    return shape;
  }

  private newShape(end: number): Shape {
    const { scan, buffer } = this;
    const shape: Shape = {
      ...scan.known(),
      host: -1,
      inPath: false,
      fixed: undefined,
      kind: undefined,
      asked: [],
      byAnswers: new Map(),
      byValues: new Map(),
      lastValues: undefined,
      lastHost: undefined,
    };
    const learnt = this.kinds.learn(utf8.decode(buffer.subarray(this.at, end)));
    if (!learnt) return shape;
    const values: string[] = [];
    for (let i = 0; i < scan.values; i++) values.push(latin1.decode(buffer.subarray(scan.from[i], scan.to[i])));
    const { finding, questions } = learnt;
    const name = finding.host?.toLowerCase();
    if (name !== undefined) {
      shape.host = values.findIndex((value) => value.trim().toLowerCase() === name);
      if (shape.host < 0) shape.fixed = new TextEncoder().encode(name);
    } else if (finding.values.path !== undefined) {
      shape.host = values.indexOf(finding.values.path);
      shape.inPath = shape.host >= 0;
    }
    shape.asked = questions.flatMap((question) =>
      values.flatMap((value, i) => (value === finding.values[question.name] ? [{ value: i, question }] : [])),
    );
    if (shape.asked.length === 0) shape.kind = this.kinds.kindOf(learnt);
    return shape;
  }

  /** The kind of a record of which it depends on its values. */
  private kindByValues(shape: Shape, end: number): Kind | undefined {
    const { scan, buffer } = this;
    if (shape.lastValues && this.isAsked(shape, shape.lastValues.bytes)) return shape.lastValues.kind;
    let hash = 1;
    for (const { value } of shape.asked) {
      const to = scan.to[value] as number;
      for (let i = scan.from[value] as number; i < to; i++) hash = (Math.imul(hash, 31) + (buffer[i] as number)) | 0;
      hash = (Math.imul(hash, 31) + 10) | 0;
    }
    const known = shape.byValues.get(hash);
    if (known && this.isAsked(shape, known.bytes)) {
      shape.lastValues = known;
      return known.kind;
    }
    const texts = shape.asked.map(({ value }) => latin1.decode(buffer.subarray(scan.from[value], scan.to[value])));
    const key = shape.asked.map(({ question }, i) => answers(question, texts[i] ?? '')).join(' ');
    let kind = shape.byAnswers.get(key);
    if (!kind && !shape.byAnswers.has(key) && shape.byAnswers.size < mostShapes) {
      const learnt = this.kinds.learn(utf8.decode(buffer.subarray(this.at, end)));
      kind = learnt && this.kinds.kindOf(learnt);
      shape.byAnswers.set(key, kind);
    }
    if (shape.byValues.size < mostShapes) {
      shape.byValues.set(hash, { bytes: new TextEncoder().encode(`${texts.join('\n')}\n`), kind });
    }
    return kind;
  }

  private isAsked(shape: Shape, bytes: Uint8Array): boolean {
    const { scan, buffer } = this;
    let k = 0;
    for (const { value } of shape.asked) {
      const to = scan.to[value] as number;
      for (let i = scan.from[value] as number; i < to; i++) if (buffer[i] !== bytes[k++]) return false;
      if (bytes[k++] !== 10) return false;
    }
    return k === bytes.length;
  }

  private hostOf(shape: Shape): Host {
    if (shape.fixed) return this.hostNamed(shape.fixed, 0, shape.fixed.length);
    if (shape.host < 0) return this.nobody;
    const { scan, buffer } = this;
    let from = scan.from[shape.host] as number;
    const to = scan.to[shape.host] as number;
    if (shape.inPath) {
      // Files that a server keeps for one client end in its name.
      let slash = to;
      while (slash > from && buffer[slash - 1] !== 47) slash -= 1;
      let dot = slash;
      while (dot < to && buffer[dot] !== 46) dot += 1;
      if (dot >= to - 1 || dot === slash) return this.nobody;
      from = dot + 1;
    }
    if (!shape.lastHost || !isName(shape.lastHost.name, buffer, from, to))
      shape.lastHost = this.hostNamed(buffer, from, to);
    return shape.lastHost;
  }

  private hostNamed(bytes: Uint8Array, from: number, to: number): Host {
    let hash = 3;
    for (let i = from; i < to; i++) hash = (Math.imul(hash, 31) + ((bytes[i] as number) | 32)) | 0;
    const list = this.hosts.get(hash);
    if (list) {
      for (const host of list) if (isName(host.name, bytes, from, to)) return host;
    }
    const name = bytes.slice(from, to);
    const text = latin1.decode(name).trim().toLowerCase();
    if (text === '' || this.hostCount >= mostHosts) return this.nobody;
    const host = this.newHost(name, text);
    if (list) list.push(host);
    else this.hosts.set(hash, [host]);
    return host;
  }

  private newHost(name: Uint8Array, text: string): Host {
    this.hostCount += 1;
    const short = isAddress(text) ? text : (text.split('.')[0] ?? text);
    const known = this.groups.get(short);
    const isFree = known?.hosts.length === 1 && (text === short) !== (known.name === short);
    const group: Group = isFree
      ? known
      : {
          name: text,
          hosts: [],
          open: undefined,
          followed: new Set(),
          fading: new Map(),
          hasSign: false,
          way: undefined,
        };
    if (!isFree) this.all.push(group);
    if (!known) this.groups.set(short, group);
    const host: Host = {
      name,
      group,
      latest: [],
      turn: 0,
      first: undefined,
      firsts: new Map(),
      alive: undefined,
      furthest: undefined,
      reaches: -1,
      signs: new Map(),
    };
    group.hosts.push(host);
    return host;
  }

  private collect(): SievedExcerpt {
    const pieces = this.odd.slice(this.oddFirst);
    const pauses: Pause[] = [];
    const tries = new Map<number, Map<string, number[]>>();
    // Who was turned away by its address only may be a client that was silent meanwhile.
    const ways = this.all.some(({ name, hasSign }) => hasSign && (name === '' || isAddress(name)));
    const add = (piece: Piece | undefined) => piece && pieces.push(piece);
    for (const group of this.all) {
      for (const host of group.hosts) {
        for (const signs of host.signs.values()) {
          const { first, last, latest } = signs;
          if (latest) pieces.push(this.fixed(latest));
          for (const { piece, around } of [...first, ...last]) pieces.push(piece, ...around);
        }
        add(host.first);
        add(host.furthest);
        const { way } = group;
        if (way && ways) {
          pieces.push(way.first, ...way.back);
          add(way.before);
          const [back] = way.back;
          if (way.before && back) pauses.push({ from: way.before.line, to: back.line, second: way.second * 1000 });
        }
        const newest = host.latest[(host.turn + latestKept - 1) % latestKept];
        if (newest) add(this.fixed(newest));
        if (host.alive) add(this.fixed(host.alive));
        if (!group.hasSign) continue;
        for (const piece of host.firsts.values()) pieces.push(piece);
        for (const slot of host.latest) if (slot) pieces.push(this.fixed(slot));
      }
      if (group.open) pieces.push(...group.open.around);
      for (const [problem, { ends, line, tries: times }] of group.fading) {
        pieces.push(...ends);
        if (times.length > 1) tries.set(line, (tries.get(line) ?? new Map<string, number[]>()).set(problem, times));
      }
    }
    for (const { first, last } of this.wide.values()) pieces.push(first, this.fixed(last));
    for (const one of this.recent) if (one.lines > 0) pieces.push(this.pieceOf(one));
    pieces.sort((a, b) => a.at - b.at || Number(b.of !== undefined) - Number(a.of !== undefined));
    return { ...this.put(pieces), pauses, tries };
  }

  /** The pieces as a text, with what is missing between them. */
  private put(pieces: readonly Piece[]): Omit<SievedExcerpt, 'pauses' | 'tries'> {
    const whole = { lines: this.line - 1, bytes: this.base + this.used };
    const chosen = pieces.filter((piece, i) => piece.at !== pieces[i - 1]?.at);
    const size = chosen.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const all = new Uint8Array(size);
    const gaps: Gap[] = [];
    const kept = new Map<Signs, { line: number; count: number }>();
    let at = 0;
    let lines = 0;
    let next = 1;
    let records = this.records;
    for (const piece of chosen) {
      if (piece.line > next) gaps.push({ after: lines, skipped: piece.line - next });
      all.set(piece.bytes, at);
      at += piece.bytes.length;
      lines += piece.lines;
      next = piece.line + piece.lines;
      if (!piece.of) continue;
      const known = kept.get(piece.of);
      if (known) known.count += 1;
      else kept.set(piece.of, { line: piece.line, count: 1 });
    }
    const stands = new Map<number, number>();
    for (const [{ count }, { line, count: here }] of kept) if (count > here) stands.set(line, count - here);
    records -= chosen.filter(({ clean }) => clean).length;
    return {
      text: utf8.decode(all),
      gaps,
      ...whole,
      clean: this.records,
      records: Math.max(0, records),
      stands,
      lost: this.lost,
      index: this.index,
      ...(this.from > Number.NEGATIVE_INFINITY || this.to < Number.POSITIVE_INFINITY ? { outside: this.outside } : {}),
    };
  }
}

const emptyPlace = (): Latest => ({
  bytes: new Uint8Array(0),
  begin: -1,
  size: 0,
  at: 0,
  line: 0,
  lines: 0,
  time: 0,
  of: undefined,
});

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(':');

function isSame(known: Uint8Array, shape: Uint8Array, size: number): boolean {
  if (known.length !== size) return false;
  for (let i = 0; i < size; i++) if (known[i] !== shape[i]) return false;
  return true;
}

function isName(known: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (known.length !== to - from) return false;
  for (let i = 0; i < known.length; i++) {
    const [a, b] = [known[i] as number, bytes[from + i] as number];
    if (a !== b && !((a | 32) === (b | 32) && (a | 32) >= 97 && (a | 32) <= 122)) return false;
  }
  return true;
}
