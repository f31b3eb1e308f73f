/** Reads dropped or chosen files as text. A file that cannot be read is named, and nothing else is lost. */
import type { Source } from '../../engine/types.ts';

/** Larger files are cut: their beginning is read, and the user is told. */
const mostBytes = 32 * 1024 * 1024;

interface Read {
  text: string;
  cut: boolean;
}

async function readText(file: File): Promise<Read> {
  if (/\.gz$/i.test(file.name)) return unpack(file);
  return { text: await file.slice(0, mostBytes).text(), cut: file.size > mostBytes };
}

/** A small archive may hold very much: what comes out of it is counted, not what goes in. */
async function unpack(file: File): Promise<Read> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: BlobPart[] = [];
  let bytes = 0;
  let cut = false;
  for (let part = await reader.read(); !part.done && !cut; part = await reader.read()) {
    parts.push(part.value);
    bytes += part.value.length;
    cut = bytes >= mostBytes;
  }
  await reader.cancel();
  return { text: await new Blob(parts).text(), cut };
}

/** The files that could be read, and a sentence for each that could not or only in part. */
export async function readFiles(files: File[]): Promise<{ sources: Source[]; refused: string[] }> {
  const sources: Source[] = [];
  const refused: string[] = [];
  for (const file of files) {
    try {
      const { text, cut } = await readText(file);
      sources.push({ name: file.name, text });
      if (cut) refused.push(`${file.name} is very large: only its first 32 MB were read.`);
    } catch {
      refused.push(`${file.name} cannot be read. If it is a folder or a protected file, copy the lines instead.`);
    }
  }
  return { sources, refused };
}
