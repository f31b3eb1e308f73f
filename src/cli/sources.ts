/** Files of the command line as texts. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Source } from '../engine/types.ts';
import type { InputFile } from './arguments.ts';

/** Thrown for a file that cannot be read; the message names it and the reason. */
export class ReadFault extends Error {}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};

/** Enough for any log that one wants to look at, and a bound for a small file that unpacks into a huge one. */
const most = 1024 * 1024 * 1024;

/** Reads all files, compressed ones too. @throws ReadFault */
export function readSources(files: readonly InputFile[]): Source[] {
  return files.map(({ path, side }) => ({ name: path, text: readText(path), ...(side ? { side } : {}) }));
}

/** npm runs a script in the project's folder; a relative name is meant from where the person called it. */
function fileAt(path: string): string {
  const there = resolve(process.env.INIT_CWD ?? '.', path);
  return !existsSync(path) && existsSync(there) ? there : path;
}

function readText(path: string): string {
  try {
    const bytes = readFileSync(path === '-' ? 0 : fileAt(path));
    const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
    return new TextDecoder().decode(packed ? gunzipSync(bytes, { maxOutputLength: most }) : bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
    throw new ReadFault(`Cannot read ${path === '-' ? 'standard input' : path}: ${reason}.`);
  }
}
