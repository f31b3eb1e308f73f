/**
 * Reads dropped or chosen files, however large they are. A file that cannot be read is named, and nothing else is lost.
 * It runs in a worker, or in the page where none starts.
 */

import { BrokenArchive, isGzip, PackedFault, type Packing, packingBytes, packingOf } from '../../engine/packed.ts';
import type { Rules } from '../../engine/sieve/kinds.ts';
import { Summary, usualMost } from '../../engine/summarise.ts';
import type { Source } from '../../engine/types.ts';
import type { Slice } from '../../engine/window.ts';
import { unreadable } from '../../report/failures.ts';
import type { Again } from './types.ts';

/** How the reading goes. */
export interface Reading {
  /** What the judge goes by: asked for only where a file is long. */
  rules: () => Rules;
  /** Ends the reading of what is not wanted any more; it throws then. */
  signal?: AbortSignal;
  /** Ends the reading too, but what was read stays, as a part. */
  enough?: AbortSignal;
  /** Told now and then how many bytes of the file were read. */
  progress?: (bytes: number) => void;
  /** Between two pieces: where the page itself reads, it has to be let go. */
  pause?: () => Promise<void>;
  /** Only what lies in a window is wanted. */
  again?: Again | undefined;
}

type Take = (piece: Uint8Array<ArrayBuffer>) => void | Promise<void>;

/** Bytes of a file that are asked for at a time, the next ones while these are read. */
const sliceBytes = 4 * 1024 * 1024;
/** Bytes that are read without a pause: some milliseconds. */
const turnBytes = 256 * 1024;

/** Hands over a stream piece by piece. @throws if the stream fails, or the reading is not wanted any more */
async function pour(stream: ReadableStream<Uint8Array<ArrayBuffer>>, take: Take, signal?: AbortSignal): Promise<void> {
  const reader = stream.getReader();
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (signal?.aborted) throw signal.reason;
      await take(piece.value);
    }
  } catch (error) {
    await reader.cancel(error).catch(() => {});
    throw error;
  }
}

/**
 * The bytes of a file, or of a part of it, in slices: the next one is on its way while this one is read. Stops where it is
 * told to.
 */
async function* slices(
  file: Blob,
  { signal, enough, progress }: Reading,
  { at: begin, end } = { at: 0, end: file.size },
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const next = (at: number) => file.slice(at, Math.min(end, at + sliceBytes)).arrayBuffer();
  // Who stops a reading does not wait for a slow disk.
  const stopped = new Promise<undefined>((done) => {
    enough?.addEventListener('abort', () => done(undefined), { once: true });
  });
  let waiting = next(begin);
  for (let at = begin; at < end; at += sliceBytes) {
    const bytes = await Promise.race([waiting, stopped]);
    if (signal?.aborted) throw signal.reason;
    if (enough?.aborted || !bytes) {
      waiting.catch(() => {});
      return;
    }
    if (at + sliceBytes < end) waiting = next(at + sliceBytes);
    yield new Uint8Array(bytes);
    progress?.(Math.min(end, at + sliceBytes) - begin);
  }
}

const streamOf = (file: File, reading: Reading, part?: Slice): ReadableStream<Uint8Array<ArrayBuffer>> => {
  const all = slices(file, reading, part);
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await all.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void all.return(undefined),
  });
};

async function readSource(file: File, reading: Reading): Promise<Source> {
  const { name } = file;
  const packing = packingOf(new Uint8Array(await file.slice(0, packingBytes).arrayBuffer()));
  const { summary, whole } = packing ? await unpack(file, packing, reading) : await plain(file, reading);
  const { bytes } = summary;
  const source: Source = { name, ...summary.end() };
  const size = packing || !reading.again ? file.size : reading.again.slice.end - reading.again.slice.at;
  const stopped = reading.enough?.aborted && (packing !== undefined || bytes < size);
  if (stopped) return { ...source, part: { skippedLines: 0, ...source.part, bytes: file.size, readBytes: bytes } };
  const isToEnd = packing !== undefined || !reading.again || reading.again.slice.end >= file.size;
  return whole
    ? { ...source, ...(isToEnd ? { toEnd: true } : {}) }
    : { ...source, part: { skippedLines: 0, bytes, ...source.part, broken: true } };
}

/** What was read, and whether that is all. */
interface Taken {
  summary: Summary;
  whole: boolean;
}

/** Gives the pieces to a summary, and the page its turns. */
function taker(summary: Summary, { pause }: Reading): Take {
  if (!pause) return (piece) => summary.push(piece);
  return async (piece) => {
    for (let at = 0; at < piece.length; at += turnBytes) {
      summary.push(piece.subarray(at, at + turnBytes));
      await pause();
    }
  };
}

async function plain(file: File, reading: Reading): Promise<Taken> {
  const { rules, signal, again } = reading;
  const summary = new Summary(rules, usualMost, again?.window, again?.slice);
  await pour(streamOf(file, reading, again?.slice), taker(summary, reading), signal);
  return { summary, whole: true };
}

/**
 * What comes out of an archive counts, however much it is.
 * @throws PackedFault for one that is not unpacked here, BrokenArchive if nothing came out
 */
async function unpack(file: File, packing: Packing, reading: Reading): Promise<Taken> {
  if (!isGzip(packing)) throw new PackedFault(packing);
  const first = await unpackFirst(file, reading);
  // The browser unpacks one member, and checks it; rotated logs that were put together have several.
  const taken = first.whole || reading.enough?.aborted ? first : longer(first, await unpackAll(file, reading));
  if (!taken.whole && taken.summary.bytes === 0 && !reading.enough?.aborted) throw new BrokenArchive();
  return taken;
}

const longer = (a: Taken, b: Taken): Taken => (b.summary.bytes > a.summary.bytes ? b : a);

async function unpackAll(file: File, reading: Reading): Promise<Taken> {
  const { Gunzip } = await import('./gunzip.ts');
  const summary = new Summary(reading.rules, usualMost, reading.again?.window);
  let size = 0;
  const members = new Gunzip((piece) => {
    size += piece.length;
    summary.push(piece);
  });
  members.onmember = () => {
    size = 0;
  };
  try {
    const push = async (piece: Uint8Array) => {
      members.push(piece, false);
      await reading.pause?.();
    };
    await pour(streamOf(file, reading), push, reading.signal);
    // The last four bytes of a member are its size: a cut one ends with others.
    const end = new DataView(await file.slice(-4).arrayBuffer());
    return { summary, whole: end.getUint32(0, true) === size % 2 ** 32 };
  } catch {
    if (reading.signal?.aborted) throw reading.signal.reason;
    return { summary, whole: false };
  }
}

/** The first member of an archive, by the browser's own means. */
async function unpackFirst(file: File, reading: Reading): Promise<Taken> {
  const { signal } = reading;
  const summary = new Summary(reading.rules, usualMost, reading.again?.window);
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const feed = async (): Promise<void> => {
    try {
      await pour(streamOf(file, reading), (piece) => writer.write(piece), signal);
      // An early end throws away what came out and was not taken yet: so the other side may take it first.
      await new Promise((done) => setTimeout(done));
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
      throw error;
    }
  };
  const [fed, poured] = await Promise.allSettled([feed(), pour(readable, taker(summary, reading))]);
  if (signal?.aborted) throw signal.reason;
  return { summary, whole: fed.status === 'fulfilled' && poured.status === 'fulfilled' };
}

/**
 * One file as it was read, whole or in part; and a sentence if nothing of it could be read. It stands among the sources
 * too then, without text: what is not known of it counts.
 * @throws what `signal` was aborted with
 */
export async function readFile(file: File, reading: Reading): Promise<{ source: Source; refused?: string }> {
  try {
    return { source: await readSource(file, reading) };
  } catch (error) {
    if (reading.signal?.aborted) throw reading.signal.reason;
    return {
      source: { name: file.name, text: '', part: { skippedLines: 0, bytes: 0, unreadable: true } },
      refused: unreadable(file.name, error, 'it may be a folder, or protected'),
    };
  }
}
