/**
 * Where to read on. A log is known by the bytes with which it begins and by those that were read last, not by its name or
 * inode alone: it can have been renamed, packed, copied and truncated, or replaced by one with the same inode. What came
 * between two runs is looked for beside it, so that nothing is lost between two rotations.
 */
import {
  closeSync,
  createReadStream,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createGunzip } from 'node:zlib';
import { uniqueName } from '../../engine/names.ts';
import { isGzip, PackedFault, packingBytes, packingOf } from '../../engine/packed.ts';
import { unreadable } from '../../report/failures.ts';
import type { InputFile } from '../arguments.ts';
import { fileAt, ReadFault, reasons } from '../sources.ts';
import { type FileMemory, hashOf, type Mark } from './memory.ts';

/** Bytes at both ends by which a file is known: a time stamp and a signature are among them. */
const markBytes = 1024;

/** A stretch of a file that is new. */
export interface Part {
  /** Open, so that it stays the same file whatever its name becomes. */
  fd: number;
  from: number;
  /** Nobody writes to it any more: its last line counts, whole or not. */
  closed: boolean;
  packed: boolean;
}

/** A log that is followed, through all that stood under its name since the last run. */
export interface Place {
  name: string;
  path: string;
  side: FileMemory['side'];
  /** Lines kept of earlier runs. */
  kept: string;
  reduced: boolean;
  parts: Part[];
  /** The file that stands there now, the last of the parts; undefined if there is none. */
  now: { fd: number; dev: number; ino: number; mtime: number; packed: boolean; size: number } | undefined;
  /** Sentences about what could not be found. */
  notes: string[];
}

/** The bytes between two places, as far as there are any. */
export function bytesAt(fd: number, from: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let used = 0;
  while (used < size) {
    const read = readSync(fd, bytes, used, size - used, from + used);
    if (read === 0) break;
    used += read;
  }
  return bytes.subarray(0, used);
}

/** How a file that was read up to `offset` is known again. */
export function marksOf(fd: number, offset: number): { head: Mark; last: Mark } {
  const bytes = Math.min(markBytes, offset);
  const mark = (from: number): Mark => ({ bytes, hash: hashOf(bytesAt(fd, from, bytes)) });
  return { head: mark(0), last: mark(offset - bytes) };
}

const hasHead = (bytes: Buffer, { head }: FileMemory): boolean =>
  bytes.length >= head.bytes && hashOf(bytes.subarray(0, head.bytes)) === head.hash;

interface Inode {
  dev: number;
  ino: number;
}

const isInode = (a: Inode, b: Inode): boolean => a.dev === b.dev && a.ino === b.ino;

/** The same file, which can only have grown. One that was empty has its inode only. */
function isSame({ fd, ...inode }: Inode & { fd: number }, size: number, old: FileMemory): boolean {
  if (old.offset === 0) return isInode(inode, old);
  return (
    size >= old.offset &&
    hasHead(bytesAt(fd, 0, old.head.bytes), old) &&
    hashOf(bytesAt(fd, old.offset - old.last.bytes, old.last.bytes)) === old.last.hash
  );
}

interface Opened {
  file: InputFile;
  path: string;
  now: NonNullable<Place['now']>;
}

/** @throws ReadFault */
function open(file: InputFile): Opened | undefined {
  try {
    const path = realpathSync(fileAt(file.path));
    if (!statSync(path).isFile()) throw new ReadFault(unreadable(file.path, undefined, '--state needs a file'));
    const fd = openSync(path, 'r');
    const { dev, ino, mtimeMs: mtime, size } = fstatSync(fd);
    const packing = packingOf(bytesAt(fd, 0, packingBytes));
    if (packing && !isGzip(packing)) throw new PackedFault(packing);
    return { file, path, now: { fd, dev, ino, mtime, size, packed: packing !== undefined } };
  } catch (error) {
    if (error instanceof ReadFault) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT') return undefined;
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
    throw new ReadFault(unreadable(file.path, error, reason));
  }
}

/** A log between two names: it was there, and the program has not opened the next one yet. */
function pathOfMissing(file: InputFile, files: readonly FileMemory[]): string {
  const given = fileAt(file.path);
  let path: string;
  try {
    path = join(realpathSync(dirname(given)), basename(given));
  } catch {
    throw new ReadFault(unreadable(file.path, undefined, reasons.ENOENT ?? ''));
  }
  if (!files.some((one) => one.path === path))
    throw new ReadFault(unreadable(file.path, undefined, reasons.ENOENT ?? ''));
  return path;
}

/**
 * Where to read each log on. Close what it opens by `closePlaces`.
 * @throws ReadFault for a file that cannot be read, and was never read
 */
export async function placesOf(given: readonly InputFile[], files: readonly FileMemory[]): Promise<Place[]> {
  const opened: { file: InputFile; path: string; now: Place['now'] }[] = [];
  for (const file of given) {
    const one = open(file) ?? { file, path: pathOfMissing(file, files), now: undefined };
    // A file given twice, by whatever names, is one.
    const twice = opened.some(({ path, now }) =>
      one.now && now ? one.now.dev === now.dev && one.now.ino === now.ino : one.path === path,
    );
    if (!twice) opened.push(one);
    else if (one.now) closeSync(one.now.fd);
  }
  const claimed = new Set<FileMemory>();
  const claims = opened.map(({ path, now }) => {
    if (!now) return undefined;
    // By its name first: of two that are the same only that one was read on.
    const fits = files.filter((old) => !claimed.has(old) && isSame(now, now.size, old));
    const found =
      fits.find((old) => old.path === path) ??
      fits.find((old) => isInode(now, old)) ??
      fits.find(({ head }) => head.bytes === markBytes);
    if (found) claimed.add(found);
    return found;
  });
  const inodes = new Set(opened.flatMap(({ now }) => (now ? [`${now.dev} ${now.ino}`] : [])));
  const places: Place[] = [];
  for (const [i, { file, path, now }] of opened.entries()) {
    const name = uniqueName(
      file.path,
      places.map((one) => one.name),
    );
    const claim = claims[i];
    const place: Place = { name, path, side: file.side, kept: '', reduced: false, parts: [], now, notes: [] };
    places.push(place);
    for (const old of files) {
      // (Of one that was empty nothing tells whether it was filled, copied and emptied again.)
      if (old === claim ? old.offset > 0 || !now : old.path !== path || claimed.has(old)) continue;
      // The same beginning, and less or something else behind it: it was edited, and is read anew.
      const isEdited =
        old !== claim && now && old.head.bytes === markBytes && hasHead(bytesAt(now.fd, 0, markBytes), old);
      if (isEdited) continue;
      if (old !== claim) place.kept += old.kept;
      place.reduced ||= old.reduced;
      // Between two names: what was written meanwhile is read when the next one is there.
      if (!now) continue;
      const { parts, isFound } = await formerOf(old, path, inodes);
      place.parts.push(...parts);
      if (!isFound && old.offset > 0) {
        place.notes.push(
          `${file.path} was replaced, and its earlier content was not found beside it: lines that came after the last run can be missing.`,
        );
      }
    }
    if (claim) {
      place.kept += claim.kept;
      place.reduced ||= claim.reduced;
    }
    // An archive cannot be read on: it is read anew where it is another one.
    const isRead = claim && now?.packed && claim.offset === now.size;
    if (now && !isRead) {
      const from = now.packed ? 0 : (claim?.offset ?? 0);
      if (claim && now.packed) place.kept = '';
      place.parts.push({ fd: now.fd, from, closed: now.packed, packed: now.packed });
    }
  }
  return places;
}

export function closePlaces(places: readonly Place[]): void {
  for (const { parts, now } of places) {
    const fds = new Set([...parts.map(({ fd }) => fd), ...(now ? [now.fd] : [])]);
    for (const fd of fds) closeSync(fd);
  }
}

/** Names that a log gets when another takes its place: `log.1`, `log.2.gz`, `log-20261123`. */
const isFormerName = (rest: string): boolean => /^[.-]\d[\d._-]*(?:\.gz)?$/.test(rest);

/** More names than these are no rotations. */
const mostNames = 2000;

/** The rest of a log that is no longer under its name, and those that stood there between, oldest first. */
async function formerOf(
  old: FileMemory,
  path: string,
  inodes: ReadonlySet<string>,
): Promise<{ parts: Part[]; isFound: boolean }> {
  const [folder, base] = [dirname(path), basename(path)];
  const beside: (Part & { mtime: number; rest: string; isOld: boolean })[] = [];
  const names = readdirSync(folder).filter((name) => name !== base && name.startsWith(base));
  for (const name of names.slice(0, mostNames)) {
    const at = join(folder, name);
    try {
      if (!statSync(at).isFile()) continue;
      const fd = openSync(at, 'r');
      const { dev, ino, mtimeMs, size } = fstatSync(fd);
      const packed = isGzip(packingOf(bytesAt(fd, 0, packingBytes)));
      const isGiven = inodes.has(`${dev} ${ino}`);
      const isOld =
        !isGiven &&
        (packed
          ? old.offset > 0 && hasHead(await headOf(fd, old.head.bytes), old)
          : isSame({ fd, dev, ino }, size, old));
      if (isGiven || !(isOld || isFormerName(name.slice(base.length)))) closeSync(fd);
      else {
        const rest = name.slice(base.length);
        beside.push({ fd, from: isOld ? old.offset : 0, closed: true, packed, mtime: mtimeMs, rest, isOld });
      }
    } catch {
      // Gone meanwhile, or not for us to read.
    }
  }
  const first = beside.find(({ isOld }) => isOld);
  const after = first?.mtime ?? old.mtime;
  const parts = beside.filter((one) => one === first || (!one.isOld && isFormerName(one.rest) && one.mtime > after));
  for (const one of beside) if (!parts.includes(one)) closeSync(one.fd);
  parts.sort((a, b) => Number(b.isOld) - Number(a.isOld) || a.mtime - b.mtime);
  return { parts, isFound: first !== undefined };
}

/** The first bytes of what is in an archive. */
async function headOf(fd: number, size: number): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  try {
    for await (const chunk of gunzipOf(fd)) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.length >= size) break;
    }
  } catch {
    // As far as it goes.
  }
  return bytes;
}

const pieceBytes = 256 * 1024;

const gunzipOf = (fd: number): AsyncIterable<Buffer> =>
  createReadStream('', { fd, autoClose: false, start: 0 }).pipe(createGunzip({ chunkSize: pieceBytes }));

/** A longer line is no record's: it is read without its end. */
const longestLine = 64 * 1024;
const lineFeed = 10;

/** The new bytes of a place, piece by piece, each up to the end of a line; `offset` is where the file of now was left. */
export class Reading {
  private readonly parts: Part[];
  private readonly chunks: AsyncGenerator<Buffer>;
  /** Up to where the file of now was read. */
  offset: number;

  constructor({ parts, now }: Place, read: number) {
    this.parts = parts;
    const last = parts.at(-1);
    this.offset = last && last.fd === now?.fd && !last.packed ? last.from : now?.packed ? now.size : read;
    this.chunks = this.all();
  }

  next(): Promise<IteratorResult<Buffer>> {
    return this.chunks.next();
  }

  private async *all(): AsyncGenerator<Buffer> {
    for (const part of this.parts) {
      let rest: Buffer = Buffer.alloc(0);
      for await (const chunk of part.packed ? unpacked(part) : plain(part)) {
        rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
        const end = rest.lastIndexOf(lineFeed) + 1 || (rest.length > longestLine ? rest.length : 0);
        if (end === 0) continue;
        const whole = rest.subarray(0, end);
        rest = Buffer.from(rest.subarray(end));
        if (!part.closed) this.offset += end;
        yield whole;
      }
      // What the next file begins with is a line of its own.
      if (part.closed && rest.length > 0) yield Buffer.concat([rest, Buffer.from('\n')]);
    }
  }
}

async function* plain({ fd, from }: Part): AsyncGenerator<Buffer> {
  // (Not further than it is now: a log can grow faster than it is read.)
  const { size } = fstatSync(fd);
  for (let at = from; at < size; ) {
    const chunk = bytesAt(fd, at, Math.min(pieceBytes, size - at));
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}

async function* unpacked({ fd, from }: Part): AsyncGenerator<Buffer> {
  let skip = from;
  try {
    for await (const chunk of gunzipOf(fd)) {
      if (skip >= chunk.length) {
        skip -= chunk.length;
        continue;
      }
      const rest = chunk.subarray(skip);
      skip = 0;
      yield rest;
    }
  } catch {
    // Cut or damaged: what came out before counts.
  }
}
