/** Lines put together to records: signatures, syslog pieces, wrapped lines, newlines inside values. */
import type { Aside, Side } from '../types.ts';
import { BLOCK_LIMIT } from './blocks.ts';
import { calledBy, endsSomebody } from './crash.ts';
import { GrowingText } from './growing.ts';
import type { Head } from './header.ts';
import { FORGED_LIMIT, holdsName, insideRecords } from './inside.ts';
import type { Piece } from './pieces.ts';
import type { Prefix } from './prefix.ts';
import { readSystemTime, readWall } from './time.ts';
import { addition, awaits, awaitsHead, continues, endsValue, isClosed, joinHalfHeads, joint } from './wrap.ts';

export interface Draft {
  line: number;
  endLine: number;
  head: Head;
  /** From the head on. */
  text: GrowingText;
  prefix: Prefix;
  signed: boolean;
  mail?: { host?: string };
  origin?: string;
  suspicious?: string;
  doubtful?: boolean;
}

export interface Leftover {
  line: number;
  endLine: number;
  text: string;
  prefix: Prefix;
  origin?: string;
  mail: boolean;
}

export interface Stitched {
  drafts: Draft[];
  asides: Omit<Aside, 'source'>[];
  leftover: Leftover[];
}

/** From here on a syslog message was cut by the sender (sh_err_syslog.c: pieces of 960 bytes). */
const PIECE_SIZE = 950;
const WRAP_LIMIT = 60;
/** So many lines before it at most stands the command that a shell's line is about. */
const COMMAND_LIMIT = 200;
/** Puts the pieces of one source together. */
export function stitch(given: Piece[]): Stitched {
  return new Stitcher(joinHalfHeads(given)).run();
}

class Stitcher {
  private readonly pieces: Piece[];
  private readonly out: Stitched = { drafts: [], asides: [], leftover: [] };
  private readonly inside: Set<number>;
  /** The last record of each process that writes to syslog, and the size of its last piece. */
  private readonly chains = new Map<string, { draft: Draft; size: number }>();
  private latest: { draft: Draft; size: number } | undefined;
  /** Heads in capitals have been seen, so that one in small letters is not the doing of whoever copied the text. */
  private readonly capitals: boolean;
  private open: Draft | undefined;
  /** The last whole record, of a log file or a terminal, and the characters that stand behind it so far. */
  private whole: { draft: Draft; holdsName?: boolean } | undefined;
  private since = 0;
  private last: Draft | undefined;
  private mail: { host?: string } | undefined;
  private origin: string | undefined;
  private group: Draft[] = [];
  private fields: Record<string, string> = {};

  constructor(pieces: Piece[]) {
    this.pieces = pieces;
    this.inside = insideRecords(pieces);
    this.capitals = pieces.some((piece) => piece.head?.standard && piece.head.small === false);
  }

  run(): Stitched {
    for (let i = 0; i < this.pieces.length; i += 1) {
      const from = i;
      i = this.take(i);
      for (let j = from; j <= i; j += 1) this.since += (this.pieces[j]?.raw.length ?? 0) + 1;
    }
    this.endGroup();
    return this.out;
  }

  /** Takes the piece at an index, and returns the index of the last piece that it used up. */
  private take(i: number): number {
    const piece = this.pieces[i] as Piece;
    if (this.open && this.inside.has(i)) return this.takeInside(piece, i);
    switch (piece.kind) {
      case 'blank':
        this.endGroup();
        this.aside('blank', piece);
        break;
      case 'signature':
        return this.takeSignature(piece, i);
      case 'trail':
        this.aside('trail', piece);
        break;
      case 'block-start':
        return this.takeBlock(i);
      case 'block-end':
        this.aside('explanation', piece);
        break;
      case 'mail':
        return this.takeMail(piece, i);
      case 'envelope':
        this.takeEnvelope(piece);
        break;
      case 'crash':
        this.crash(piece, piece.side);
        break;
      case 'emergency':
      case 'encoded':
        this.aside(piece.kind, piece);
        break;
      case 'foreign':
        this.aside('other-program', piece);
        break;
      case 'head':
        return this.takeHead(piece, i);
      case 'rest':
        this.takeRest(piece);
        return i;
      default:
        return this.takeText(piece, i);
    }
    this.open = undefined;
    return i;
  }

  /** A line between a record and its signature: part of the record, whatever it looks like. */
  private takeInside(piece: Piece, i: number): number {
    const draft = this.open as Draft;
    draft.text.append(joint(draft.text.end, this.pieces[i - 1] ?? piece, piece));
    draft.endLine = piece.last;
    if (piece.kind === 'head') draft.suspicious ??= 'a record line inside another record, before its signature';
    return i;
  }

  private takeHead(piece: Piece, i: number): number {
    const key = chainKey(piece.prefix);
    const chain = this.chains.get(key);
    const head = piece.head as Head;
    const fragment = !head.standard && head.severity === undefined && head.stamp === undefined;
    if (fragment && piece.prefix.kind === 'ours' && chain && chain.size >= PIECE_SIZE) {
      this.takeRest({ ...piece, text: piece.full });
      return i;
    }
    const { open } = this;
    if (open && !piece.torn && !open.text.full && !piece.whole && (head.standard ? awaitsHead(open) : awaits(open))) {
      const { end } = open.text;
      const added = addition(end, open.prefix, piece);
      open.text.append((/[\s<]$/.test(end) || /^"/.test(added) ? '' : ' ') + added.trimStart());
      open.endLine = piece.last;
      return this.wrap(open, piece, i);
    }
    const forged = this.capitals && head.small === true;
    if (forged && open && !piece.whole && this.isInside(open)) return this.takeInside(piece, i);
    const draft: Draft = {
      line: piece.n,
      endLine: piece.last,
      head,
      text: new GrowingText(piece.text),
      prefix: piece.prefix,
      signed: false,
      mail: this.mail,
      origin: piece.prefix.origin ?? this.origin,
    };
    if (forged) draft.suspicious = 'a head in small letters, as no program writes it';
    else if (isPart(piece) && this.isBehindName())
      draft.suspicious = 'a record without its head, behind one that holds what a stranger sent';
    else if (piece.torn === 'doubtful')
      draft.suspicious = 'a record in the middle of a line, behind words that a value may follow';
    // Here all of the record is in doubt; a record that only holds such a line is samhain's own.
    draft.doubtful = draft.suspicious !== undefined;
    if (head.standard && !forged && piece.prefix.sink === undefined) {
      this.whole = { draft };
      this.since = -piece.raw.length;
    }
    this.out.drafts.push(draft);
    this.group.push(draft);
    this.open = piece.whole ? undefined : draft;
    this.last = draft;
    if (piece.prefix.sink !== undefined) {
      this.latest = { draft, size: piece.text.length };
      this.chains.set(key, this.latest);
    }
    return piece.whole ? i : this.wrap(draft, piece, i);
  }

  /** More of what a stranger sent can follow here, in lines of its own. */
  private isInside({ head, text }: Draft): boolean {
    return text.length - text.begun <= FORGED_LIMIT && holdsName({ head, text: text.toString() });
  }

  /** This can be the rest of a whole record above: of a name with a line end in it. */
  private isBehindName(): boolean {
    const { whole } = this;
    if (!whole || this.since > FORGED_LIMIT) return false;
    whole.holdsName ??= holdsName({ head: whole.draft.head, text: whole.draft.text.toString() });
    return whole.holdsName;
  }

  /** Appends the lines onto which a terminal or a mailer has wrapped the record. */
  private wrap(draft: Draft, first: Piece, i: number): number {
    if (isClosed(draft) && !continues(this.pieces[i + 1])) return i;
    let end = -1;
    for (let j = i + 1; j < this.pieces.length && j <= i + WRAP_LIMIT; j += 1) {
      const next = this.pieces[j] as Piece;
      if (next.kind === 'blank' && !first.prefix.quoted && /^>{1,2}$/.test(next.decoded.trim())) {
        end = j;
        break;
      }
      if (next.kind !== 'text' || this.inside.has(j)) break;
      if (endsValue(next.text)) {
        end = j;
        if (!continues(this.pieces[j + 1])) break;
      }
    }
    let before = first;
    let last = i;
    for (; last < end && !draft.text.full; last += 1) {
      const next = this.pieces[last + 1] as Piece;
      draft.text.append(joint(draft.text.end, before, next));
      draft.endLine = next.last;
      before = next;
    }
    return last;
  }

  /** A syslog line without head: the next piece of a message that was too long. */
  private takeRest(piece: Piece): void {
    const chain = this.chains.get(chainKey(piece.prefix)) ?? (piece.field ? this.latest : undefined);
    if (chain && !chain.draft.text.full && (chain.size >= PIECE_SIZE || !isClosed(chain.draft))) {
      chain.draft.text.append(piece.text);
      chain.draft.endLine = Math.max(chain.draft.endLine, piece.last);
      chain.size = piece.text.length;
      return;
    }
    this.leave(piece);
  }

  private takeText(piece: Piece, i: number): number {
    // The stamp of a signature, wrapped onto its own line.
    const before = this.pieces[i - 1];
    if (before?.kind === 'signature' && /^[\dT:+-]{1,28}\]?$/.test(piece.text.trim()))
      this.aside('continuation', piece);
    // A signature torn by a full disk or by copying.
    else if (before?.kind === 'head' && /^(?:<?sig>)?[0-9A-F]{2,47}$/.test(piece.text.trim()))
      this.aside('signature', piece);
    else if (endsSomebody(piece.decoded)) this.takeEnd(piece, i);
    else this.leave(piece);
    this.open = undefined;
    return i;
  }

  /** A shell says that what it ran was ended: the last command before it tells what that was. */
  private takeEnd(piece: Piece, i: number): void {
    for (let j = i - 1; j >= Math.max(0, i - COMMAND_LIMIT); j -= 1) {
      const before = this.pieces[j] as Piece;
      const called = before.kind === 'text' || before.kind === 'foreign' ? calledBy(before.decoded) : undefined;
      if (called === undefined) continue;
      if (called === 'other') break;
      this.crash(piece, called);
      return;
    }
    this.leave(piece);
  }

  private takeSignature(piece: Piece, i: number): number {
    if (this.open && this.open.prefix.sink === undefined) {
      this.open.endLine = piece.last;
      this.open.signed = true;
    } else this.aside('signature', piece);
    this.open = undefined;
    return i;
  }

  private takeBlock(i: number): number {
    const first = this.pieces[i] as Piece;
    let end = i;
    for (let j = i + 1; j < this.pieces.length && j <= i + BLOCK_LIMIT; j += 1) {
      const kind = this.pieces[j]?.kind;
      if (kind === 'block-end') {
        end = j;
        break;
      }
      if (kind === 'block-start' || kind === 'head' || kind === 'signature' || isHeading(this.pieces[j])) break;
    }
    const lines = this.pieces.slice(i, end + 1);
    // (Within a quotation each line has its mark; what else stands first belongs to the words.)
    const text = lines.map(({ prefix, text: bare, decoded }) => (prefix.quoted ? bare : decoded).trim()).join('\n');
    this.put({ kind: 'explanation', line: first.n, endLine: lines.at(-1)?.last ?? first.n, text });
    this.open = undefined;
    return end;
  }

  private takeMail(piece: Piece, i: number): number {
    const kind = piece.mail?.kind;
    if (kind === 'begin') this.mail = {};
    if (kind === 'title' || kind === 'count') {
      const known = kind === 'count' || this.mail !== undefined;
      if (!known) {
        this.leave(piece);
        return i;
      }
      if (this.mail) this.mail.host = piece.mail?.host ?? this.mail.host;
    }
    if (kind === 'end') this.mail = undefined;
    if (kind === 'logkey' && this.last && this.last.endLine >= piece.n - 1) {
      // The key of a trail, which the program prints as a part of this very record (MSG_START_KEY_MAIL).
      const key = this.pieces[i + 1];
      this.last.text.append(`\r\n${piece.raw.trim()}`);
      this.last.endLine = piece.last;
      if (key?.kind === 'signature') {
        this.last.text.append(`\r\n${key.raw.trim()}`);
        this.last.endLine = key.last;
        return i + 1;
      }
      return i;
    }
    this.aside('mail', piece);
    this.open = undefined;
    return i;
  }

  private takeEnvelope(piece: Piece): void {
    if (piece.field && isHeading(piece)) {
      // Another file: nothing of it goes on with what stands above. (Only a forged record may.)
      this.endGroup();
      this.origin = piece.field.value;
      this.chains.clear();
      this.latest = undefined;
      this.last = undefined;
      this.mail = undefined;
    } else if (piece.field) {
      this.fields[piece.field.name] = piece.field.value;
    } else if (piece.text.includes('}')) this.endGroup();
    this.aside('envelope', piece);
  }

  /** End of a journal entry: its fields say whose record it was. */
  private endGroup(): void {
    const { fields } = this;
    const tag = fields.SYSLOG_IDENTIFIER ?? fields._COMM;
    if (tag !== undefined || fields._HOSTNAME !== undefined) {
      for (const draft of this.group) {
        const program = /^samhain/i.test(tag ?? '') ? 'Samhain' : /^yule/i.test(tag ?? '') ? 'Yule' : undefined;
        draft.prefix = {
          ...draft.prefix,
          sink: 'journal',
          host: draft.prefix.host ?? fields._HOSTNAME,
          program: draft.prefix.program ?? program,
          pid: draft.prefix.pid ?? fields.SYSLOG_PID ?? fields._PID,
        };
      }
    }
    this.fields = {};
    this.group = [];
  }

  private crash(piece: Piece, side: Side | undefined): void {
    const { n, last, raw } = piece;
    this.put({ kind: 'crash', line: n, endLine: last, text: raw, ...(side ? { side } : {}), ...written(piece) });
  }

  private aside(kind: Aside['kind'], piece: Piece): void {
    this.put({
      kind,
      line: piece.n,
      endLine: piece.last,
      text: kind === 'emergency' ? piece.text : piece.raw,
      ...(piece.opensTrail ? { opens: true as const } : {}),
      ...(kind === 'emergency' ? written(piece) : {}),
    });
  }

  private put(aside: Omit<Aside, 'source'>): void {
    this.out.asides.push(this.origin === undefined ? aside : { ...aside, origin: this.origin });
  }

  private leave(piece: Piece): void {
    this.out.leftover.push({
      line: piece.n,
      endLine: piece.last,
      text: piece.prefix.end > 0 ? piece.text : piece.text || piece.raw,
      prefix: piece.prefix,
      origin: piece.prefix.origin ?? this.origin,
      mail: this.mail !== undefined,
    });
  }
}

function isHeading(piece: Piece | undefined): boolean {
  return piece?.field?.name === 'heading';
}

/** When the system wrote a line that has no time of the program itself. */
function written({ raw }: Piece): { time?: number; wall?: number } {
  const time = readSystemTime(raw);
  if (time !== undefined) return { time };
  const wall = readWall(raw);
  return wall === undefined ? {} : { wall };
}

/** A record that has lost label or time stamp, or never had them; no line of syslog or of an export. */
function isPart({ head, prefix, whole }: Piece): boolean {
  return (
    head?.standard === false &&
    (head.severity === undefined || head.stamp === undefined) &&
    prefix.sink === undefined &&
    prefix.origin === undefined &&
    !whole
  );
}

function chainKey(prefix: Prefix): string {
  return `${prefix.host ?? ''} ${prefix.program ?? ''} ${prefix.pid ?? ''}`;
}
