/** Files of the command line as texts, read piece by piece: however large they are, or become unpacked, memory has a bound. */
import { closeSync, createReadStream, existsSync, openSync, readSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import type { Window } from '../engine/judge.ts';
import { uniqueName } from '../engine/names.ts';
import { BrokenArchive, isGzip, PackedFault, type Packing, packingBytes, packingOf } from '../engine/packed.ts';
import type { Rules } from '../engine/sieve/kinds.ts';
import { Summary, usualMost } from '../engine/summarise.ts';
import type { Source } from '../engine/types.ts';
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
 * @param window of a long log only what lies in it is kept
 * @throws ReadFault
 */
export async function readSources(files: readonly InputFile[], rules: () => Rules, window?: Window): Promise<Source[]> {
  const share = Math.min(1, wholeFiles / files.length);
  const { bytes, lines } = usualMost.tail;
  const most = { ...usualMost, tail: { bytes: Math.floor(bytes * share), lines: Math.floor(lines * share) } };
  const sources: Source[] = [];
  for (const { path, side } of files) {
    const name = uniqueName(
      path,
      sources.map((source) => source.name),
    );
    sources.push({ name, ...(await readFile(path, new Summary(rules, most, window))), ...(side ? { side } : {}) });
  }
  return sources;
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
async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  if (!statSync(path).isFile()) {
    yield* createReadStream(path) as AsyncIterable<Buffer>;
    return;
  }
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) yield buffer.subarray(0, size);
  } finally {
    closeSync(file);
  }
}

async function readFile(path: string, summary: Summary): Promise<Omit<Source, 'name'>> {
  try {
    const chunks = path === '-' ? (process.stdin as AsyncIterable<Buffer>) : bytesOf(fileAt(path));
    const { packing, all } = await begin(chunks);
    if (packing && !isGzip(packing)) throw new PackedFault(packing);
    let fault: unknown;
    if (packing) fault = await unpack(all, summary);
    else for await (const chunk of all) summary.push(chunk);
    if (fault && summary.bytes === 0) throw new BrokenArchive();
    const { bytes } = summary;
    const excerpt = summary.end();
    if (fault) return { ...excerpt, part: { skippedLines: 0, bytes, ...excerpt.part, broken: true } };
    return { ...excerpt, ...(path === '-' || packing ? {} : { mode: statSync(fileAt(path)).mode }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
    throw new ReadFault(`Cannot read ${path === '-' ? 'standard input' : path}: ${reason}.`);
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
