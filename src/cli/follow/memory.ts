/**
 * What is remembered from one run to the next (`--state FILE`): where each log was left, the lines that the next run needs to
 * judge rightly, and what was said. One line tells what the file is, with the hash of the line below it: a file that is
 * something else is never written over, and one that is broken is set aside.
 */

import { createHash } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import type { Side } from '../../engine/types.ts';
import { failureText, fileUnreadable, fileUnwritable, stateForeign } from '../../report/failures.ts';
import { reasonOf, WriteFault, writeWhole } from '../write.ts';

/** Bytes of a file, by their number and hash. */
export interface Mark {
  bytes: number;
  hash: string;
}

/** A log as it was left. */
export interface FileMemory {
  path: string;
  side?: Side;
  dev: number;
  ino: number;
  /** Up to where it was read: the end of a line. */
  offset: number;
  /** The bytes with which it begins, and those before `offset`: what is read on must have both. */
  head: Mark;
  last: Mark;
  /** When it was changed last, milliseconds. */
  mtime: number;
  /** Lines of this log, and of those that stood in its place, which still matter. */
  kept: string;
  /** Not all lines are kept. */
  reduced: boolean;
}

/** A problem that stands. */
export interface Trouble {
  host?: string;
  /** Ids: one, or several of which one is it. */
  problems: string[];
  /** Its first sign as printed, and as a time. */
  stamp?: string;
  since?: number;
  /** Time of its last sign. */
  to?: number;
}

export interface Memory {
  files: FileMemory[];
  troubles: Trouble[];
  /** By problem and client: the last sign of what ended. Older signs are no news. */
  ended: Record<string, number>;
  /** Hashes of records that were named. */
  told: string[];
  /** When a client that ever had a session key was last seen with one, milliseconds. */
  alive: Record<string, number>;
  /** A record of samhain or yule was seen in these logs. */
  known: boolean;
  /** Reports of the file check since the beginning. */
  reports: number;
}

export const version = 1;
const begin = '{"samhain-diagnose":"state"';

/** At the first run. */
export const noMemory = (): Memory => ({
  files: [],
  troubles: [],
  ended: {},
  told: [],
  alive: {},
  known: false,
  reports: 0,
});

export const hashOf = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex').slice(0, 32);

/** The memory as it was read. */
export interface Remembered {
  memory: Memory;
  first: boolean;
  /** The file as it was; of another run that ended meanwhile it is another one. */
  text: string | undefined;
  /** Why it is begun anew, where there was a file. */
  broken?: string;
}

function readText(target: string): string | undefined {
  try {
    return readFileSync(target, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new WriteFault(failureText(fileUnreadable, { file: target, reason: reasonOf(error) }));
  }
}

/** @throws WriteFault for a file that cannot be read, or is something else */
export function readMemory(target: string): Remembered {
  const text = readText(target);
  if (text === undefined || text === '') return { memory: noMemory(), first: true, text };
  const [head = '', body = ''] = text.split('\n');
  try {
    const { version: written, hash } = JSON.parse(head) as { version?: number; hash?: string };
    if (head.startsWith(begin) && written === version && hash === hashOf(body))
      return { memory: JSON.parse(body) as Memory, first: false, text };
  } catch {
    // Not whole, or not ours.
  }
  // What a computer leaves of a file that it wrote when it lost its power: nothing but zeros.
  if (!text.startsWith(begin) && !/^\0+$/.test(text)) throw new WriteFault(failureText(stateForeign, { file: target }));
  const aside = `${target}.broken`;
  return { memory: noMemory(), first: true, text, broken: aside };
}

/** True if nobody wrote it meanwhile. */
export const isUnchanged = (target: string, { text }: Remembered): boolean => readText(target) === text;

/** Writes it, for its owner alone: it holds lines of logs. @throws WriteFault */
export function writeMemory(target: string, memory: Memory, { broken }: Remembered): void {
  if (broken !== undefined) {
    try {
      renameSync(target, broken);
    } catch (error) {
      throw new WriteFault(failureText(fileUnwritable, { file: broken, reason: reasonOf(error) }));
    }
  }
  const body = JSON.stringify(memory);
  writeWhole(target, `${begin},"version":${version},"hash":"${hashOf(body)}"}\n${body}\n`, 0o600);
}
