/** Files of the command line as texts, read piece by piece: however large they are, or become unpacked, memory has a bound. */
import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { uniqueName } from '../engine/names.ts';
import { BrokenArchive, isGzip, PackedFault, type Packing, packingBytes, packingOf } from '../engine/packed.ts';
import type { Rules } from '../engine/sieve/kinds.ts';
import { Summary, usualMost } from '../engine/summarise.ts';
import type { Excerpt, Source } from '../engine/types.ts';
import { type Slice, sliceOf, type Window } from '../engine/window.ts';
import { unreadable } from '../report/failures.ts';
import type { InputFile } from './arguments.ts';

/** Thrown for a file that cannot be read; the message names it and the reason. */
export class ReadFault extends Error {}

export const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};

/** Bytes that are read at a time. */
const pieceBytes = 256 * 1024;

/** So many files may have all that one file may have, a log of each side; more have to share it. */
const wholeFiles = 2;

/**
 * Reads all files, compressed ones too, piece by piece; what is too long or cut is read in part.
 * @param rules asked for only where a file is long
 * @throws ReadFault
 */
export async function readSources(files: readonly InputFile[], rules: () => Rules): Promise<Source[]> {
  const share = Math.min(1, wholeFiles / files.length);
  const { bytes, lines } = usualMost.tail;
  const most = { ...usualMost, tail: { bytes: Math.floor(bytes * share), lines: Math.floor(lines * share) } };
  const sources: Source[] = [];
  for (const { path, side } of files) {
    const name = uniqueName(
      path,
      sources.map((source) => source.name),
    );
    sources.push({ name, ...(await readFile(path, new Summary(rules, most))), ...(side ? { side } : {}) });
  }
  return sources;
}

/**
 * A long log once more, for a window: of a file only the part in which the window lies, by the index of the first reading;
 * an archive as a whole. Undefined for what can be read only once.
 * @throws ReadFault
 */
export async function readWindow(
  { path }: InputFile,
  excerpt: Excerpt,
  { rules, window }: { rules: () => Rules; window: Window },
): Promise<Omit<Source, 'name'> | undefined> {
  if (path === '-' || !statSync(fileAt(path)).isFile()) return undefined;
  const slice = isPacked(fileAt(path)) ? undefined : sliceOf(excerpt, window);
  return readFile(path, new Summary(rules, usualMost, window, slice), slice);
}

/** npm runs a script in the project's folder; a relative name is meant from where the person called it. */
export function fileAt(path: string): string {
  const there = resolve(process.env.INIT_CWD ?? '.', path);
  return !existsSync(path) && existsSync(there) ? there : path;
}

/**
 * The bytes of a file, in one buffer that is used again for the next ones: half of what a stream costs. What is no file, but
 * a pipe with a name, is read as a stream.
 */
async function* bytesOf(path: string, slice?: Slice): AsyncGenerator<Buffer> {
  if (!statSync(path).isFile()) {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
    return;
  }
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    let at = slice?.at ?? 0;
    const read = () =>
      readSync(file, buffer, 0, Math.min(pieceBytes, (slice?.end ?? Number.POSITIVE_INFINITY) - at), at);
    for (let size = read(); size > 0; size = read()) {
      at += size;
      yield buffer.subarray(0, size);
    }
  } finally {
    closeSync(file);
  }
}

function isPacked(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const first = Buffer.alloc(packingBytes);
    return packingOf(first.subarray(0, readSync(file, first))) !== undefined;
  } finally {
    closeSync(file);
  }
}

async function readFile(path: string, summary: Summary, slice?: Slice): Promise<Omit<Source, 'name'>> {
  try {
    const chunks = path === '-' ? (process.stdin as AsyncIterable<Buffer>) : bytesOf(fileAt(path), slice);
    const { packing, all } = await begin(chunks);
    if (packing && !isGzip(packing)) throw new PackedFault(packing);
    let fault: unknown;
    if (packing) fault = await unpack(all, summary);
    else for await (const chunk of all) summary.push(chunk);
    if (fault && summary.bytes === 0) throw new BrokenArchive();
    const { bytes } = summary;
    const excerpt = summary.end();
    if (fault) return { ...excerpt, part: { skippedLines: 0, bytes, ...excerpt.part, broken: true } };
    return {
      ...excerpt,
      ...(slice ? {} : { toEnd: true }),
      ...(path === '-' || packing ? {} : { mode: statSync(fileAt(path)).mode }),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
    throw new ReadFault(unreadable(path === '-' ? 'standard input' : path, error, reason));
  }
}

/** Looks at the first bytes, by which archives are known. */
async function begin(
  chunks: AsyncIterable<Buffer>,
): Promise<{ packing: Packing | undefined; all: AsyncIterable<Buffer> }> {
  const rest = chunks[Symbol.asyncIterator]();
  let first = Buffer.alloc(0);
  let next = await rest.next();
  for (; !next.done; next = await rest.next()) {
    first = Buffer.concat([first, next.value]);
    if (first.length >= packingBytes) break;
  }
  async function* all(): AsyncGenerator<Buffer> {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  }
  return { packing: packingOf(first), all: all() };
}

/** Unpacks into `summary`. @returns why it ended early, if it did; what came out before counts all the same */
async function unpack(chunks: AsyncIterable<Buffer>, summary: Summary): Promise<Error | undefined> {
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  let fault: Error | undefined;
  const closed = new Promise<void>((done) => {
    gunzip.once('close', done);
  });
  gunzip.on('data', (chunk: Buffer) => summary.push(chunk));
  gunzip.on('error', (error) => {
    fault = error;
  });
  for await (const chunk of chunks) {
    if (fault) break;
    // One piece after the other: of the last one nothing is lost if the end of the archive is missing.
    await Promise.race([closed, new Promise<void>((done) => gunzip.write(chunk, () => done()))]);
  }
  if (!fault) gunzip.end();
  await closed;
  return fault;
}
