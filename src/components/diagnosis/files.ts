/** Reads dropped or chosen files as text. A file that cannot be read is named, and nothing else is lost. */
import { isGrown, pasted, uniqueName } from '../../engine/names.ts';
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
  const tail = new Tail();
  const [first, second] = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  let broken = false;
  if (first === 0x1f && second === 0x8b) broken = !(await unpack(file, tail, signal));
  else if (/\.gz$/i.test(name)) throw new Error('no archive');
  else await pour(file.stream(), (piece) => tail.push(piece), signal);
  const { bytes } = tail;
  const { text, part } = tail.end();
  if (broken) return { name, text, part: { skippedLines: 0, bytes, ...part, broken } };
  return { name, text, ...(part ? { part } : {}) };
}

/**
 * What comes out of an archive counts, however much it is. @returns false if not all of it could be unpacked
 * @throws if nothing came out
 */
async function unpack(file: File, tail: Tail, signal?: AbortSignal): Promise<boolean> {
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
  if (fed.status === 'fulfilled' && poured.status === 'fulfilled') return true;
  if (tail.bytes === 0) throw new Error('nothing came out');
  return false;
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
    } catch {
      if (signal?.aborted) throw signal.reason;
      sources.push({ name: file.name, text: '', part: { skippedLines: 0, bytes: 0, unreadable: true } });
      refused.push(`${file.name} cannot be read. If it is a folder or a protected file, copy the lines instead.`);
    }
  }
  return { sources, refused };
}
