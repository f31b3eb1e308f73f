/** Reads dropped or chosen files as text. A file that cannot be read is named, and nothing else is lost. */
import { isGrown, pasted, uniqueName } from '../../engine/names.ts';
import { BrokenArchive, isGzip, PackedFault, type Packing, packingBytes, packingOf } from '../../engine/packed.ts';
import { Tail } from '../../engine/tail.ts';
import type { Source } from '../../engine/types.ts';

type Take = (piece: Uint8Array<ArrayBuffer>) => void | Promise<void>;

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

async function readSource(file: File, signal?: AbortSignal): Promise<Source> {
  const { name } = file;
  const packing = packingOf(new Uint8Array(await file.slice(0, packingBytes).arrayBuffer()));
  const { tail, whole } = packing ? await unpack(file, packing, signal) : await plain(file, signal);
  const { bytes } = tail;
  const { text, part } = tail.end();
  if (!whole) return { name, text, part: { skippedLines: 0, bytes, ...part, broken: true } };
  return { name, text, ...(part ? { part } : {}) };
}

/** What was read, and whether that is all. */
interface Taken {
  tail: Tail;
  whole: boolean;
}

async function plain(file: File, signal?: AbortSignal): Promise<Taken> {
  const tail = new Tail();
  await pour(file.stream(), (piece) => tail.push(piece), signal);
  return { tail, whole: true };
}

/**
 * What comes out of an archive counts, however much it is.
 * @throws PackedFault for one that is not unpacked here, BrokenArchive if nothing came out
 */
async function unpack(file: File, packing: Packing, signal?: AbortSignal): Promise<Taken> {
  if (!isGzip(packing)) throw new PackedFault(packing);
  const first = await unpackFirst(file, signal);
  // The browser unpacks one member, and checks it; rotated logs that were put together have several.
  const taken = first.whole ? first : longer(first, await unpackAll(file, signal));
  if (!taken.whole && taken.tail.bytes === 0) throw new BrokenArchive();
  return taken;
}

const longer = (a: Taken, b: Taken): Taken => (b.tail.bytes > a.tail.bytes ? b : a);

async function unpackAll(file: File, signal?: AbortSignal): Promise<Taken> {
  const { Gunzip } = await import('fflate');
  const tail = new Tail();
  let size = 0;
  const members = new Gunzip((piece) => {
    size += piece.length;
    tail.push(piece);
  });
  members.onmember = () => {
    size = 0;
  };
  try {
    await pour(file.stream(), (piece) => members.push(piece, false), signal);
    // The last four bytes of a member are its size: a cut one ends with others.
    const end = new DataView(await file.slice(-4).arrayBuffer());
    return { tail, whole: end.getUint32(0, true) === size % 2 ** 32 };
  } catch {
    if (signal?.aborted) throw signal.reason;
    return { tail, whole: false };
  }
}

/** The first member of an archive, by the browser's own means. */
async function unpackFirst(file: File, signal?: AbortSignal): Promise<Taken> {
  const tail = new Tail();
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const feed = async (): Promise<void> => {
    try {
      await pour(file.stream(), (piece) => writer.write(piece), signal);
      // An early end throws away what came out and was not taken yet: so the other side may take it first.
      await new Promise((done) => setTimeout(done));
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => {});
      throw error;
    }
  };
  const [fed, poured] = await Promise.allSettled([feed(), pour(readable, (piece) => tail.push(piece))]);
  if (signal?.aborted) throw signal.reason;
  return { tail, whole: fed.status === 'fulfilled' && poured.status === 'fulfilled' };
}

/** A file in the box, with the name that it has where it comes from. */
export interface HeldFile extends Source {
  file: string;
}

/**
 * The files in the box when more are added: one that is there already and has grown takes its old place, another of the
 * same name stands beside it.
 */
export function addFiles(held: readonly HeldFile[], added: readonly Source[]): HeldFile[] {
  const files = [...held];
  for (const source of added) {
    const { name: file } = source;
    const at = files.findIndex((one) => one.file === file && isGrown(one, source));
    const name = files[at]?.name ?? uniqueName(file, [pasted, ...files.map((one) => one.name)]);
    files.splice(at < 0 ? files.length : at, at < 0 ? 0 : 1, { ...source, name, file });
  }
  return files;
}

/**
 * The files as they were read, whole or in part; and a sentence for each of which nothing could be read. These stand among
 * the sources too, without text: what is not known of them counts.
 * @param signal ends the reading of what is not wanted any more; then this throws
 */
export async function readFiles(
  files: readonly File[],
  signal?: AbortSignal,
): Promise<{ sources: Source[]; refused: string[] }> {
  const sources: Source[] = [];
  const refused: string[] = [];
  for (const file of files) {
    try {
      sources.push(await readSource(file, signal));
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      sources.push({ name: file.name, text: '', part: { skippedLines: 0, bytes: 0, unreadable: true } });
      const known = error instanceof PackedFault || error instanceof BrokenArchive;
      refused.push(
        known
          ? `${file.name} cannot be read: ${error.message}.`
          : `${file.name} cannot be read. If it is a folder or a protected file, copy the lines instead.`,
      );
    }
  }
  return { sources, refused };
}
