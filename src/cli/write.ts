/** Writing a file as a whole or not at all: who reads it meanwhile sees the old one or the new one. */
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { failureText, fileUnwritable } from '../report/failures.ts';

/** Thrown for a file that cannot be written; the message names it and the reason. */
export class WriteFault extends Error {}

const reasons: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'there is no such folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
  ENOSPC: 'no space left',
  EROFS: 'it is on a read-only file system',
};

/** Why something failed, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}

/** Where a file that is written stands: a relative name is meant from where the person called npm; links are followed. */
export function targetOf(path: string): string {
  const target = resolve(process.env.INIT_CWD ?? '.', path);
  return existsSync(target) ? realpathSync(target) : target;
}

/** @param target as targetOf gives it @throws WriteFault */
export function writeWhole(target: string, text: string, mode: number): void {
  // (Hidden, and with another ending: what collects files in that folder must not take it for one of them.)
  const part = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    rmSync(part, { force: true });
    const file = openSync(part, 'wx', mode);
    try {
      fchmodSync(file, mode);
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(part, target);
  } catch (error) {
    rmSync(part, { force: true });
    throw new WriteFault(failureText(fileUnwritable, { file: target, reason: reasonOf(error) }));
  }
}
