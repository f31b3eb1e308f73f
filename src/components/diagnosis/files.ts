/** Reads dropped or chosen files as text. A file that cannot be read is named, and nothing else is lost. */
import type { Source } from '../../engine/types.ts';

/** Larger files are cut: their beginning is read, and the user is told. */
const mostBytes = 32 * 1024 * 1024;

async function readText(file: File): Promise<string> {
  const part = file.slice(0, mostBytes);
  if (!/\.gz$/i.test(file.name)) return part.text();
  return new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

/** The files that could be read, and a sentence for each that could not or only in part. */
export async function readFiles(files: File[]): Promise<{ sources: Source[]; refused: string[] }> {
  const sources: Source[] = [];
  const refused: string[] = [];
  for (const file of files) {
    try {
      sources.push({ name: file.name, text: await readText(file) });
      if (file.size > mostBytes) refused.push(`${file.name} is very large: only its first 32 MB were read.`);
    } catch {
      refused.push(`${file.name} cannot be read. If it is a folder or a protected file, copy the lines instead.`);
    }
  }
  return { sources, refused };
}
