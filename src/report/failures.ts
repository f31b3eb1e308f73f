/**
 * Failures that a user can meet, on a page or in a terminal: each has a fixed name and says what happened, what is still
 * safe, and what to do. This is the one place of their words; docs/failures.md lists them. (Each stands by itself, so that
 * a page loads only those that it can show.)
 */
import { BrokenArchive, PackedFault } from '../engine/packed.ts';

export interface Failure {
  /** For ever: people search for it. */
  name: string;
  /** `{word}` is filled in where it happens. */
  happened: string;
  safe: string;
  next: string;
}

export const fileUnreadable: Failure = {
  name: 'file-unreadable',
  happened: 'Cannot read {file}: {reason}.',
  safe: 'The file is unchanged.',
  next: 'Check its name and permissions, and give it again.',
};

export const filePacked: Failure = {
  name: 'file-packed',
  happened: 'Cannot read {file}: it is packed with {packing}.',
  safe: 'The file is unchanged.',
  next: 'Unpack it first, with "{command}", and give the result.',
};

export const archiveDamaged: Failure = {
  name: 'archive-damaged',
  happened: 'Cannot read {file}: the archive is truncated or damaged, and nothing could be unpacked.',
  safe: 'The file is unchanged.',
  next: 'Copy it again from its machine, and compare the sizes.',
};

export const archiveCut: Failure = {
  name: 'archive-cut',
  happened: '{file} could be unpacked only in part: the archive is truncated or damaged.',
  safe: 'What could be unpacked was read.',
  next: 'Copy it again from its machine, and compare the sizes.',
};

export const fileTooLarge: Failure = {
  name: 'file-too-large',
  happened: '{file} is {size} long: only its end was read, {from}.',
  safe: 'The end was read completely.',
  next: 'If the problem began earlier, give the part of the file in which it began.',
};

export const linesTooMany: Failure = {
  name: 'lines-too-many',
  happened: '{file} has too many lines that are not records: {lines} of them were not read.',
  safe: 'All records were read.',
  next: 'Check whether it is the log of yule.',
};

export const textTooLarge: Failure = {
  name: 'text-too-large',
  happened: 'Without a worker this page reads at most {most} at once, and you gave {size}.',
  safe: 'What you gave is still there, and has not left this page.',
  next: 'Give the end of the log, for example what "tail -n 100000" prints.',
};

export const engineStopped: Failure = {
  name: 'engine-stopped',
  happened: 'The diagnosis failed: {reason}.',
  safe: 'What you gave is still there, and has not left this page.',
  next: 'Give fewer lines, or load the page again.',
};

export const scriptsMissing: Failure = {
  name: 'scripts-missing',
  happened: 'The paste box has not started: its scripts could not be loaded.',
  safe: 'What you typed has not left this page.',
  next: 'Load the page again.',
};

export const storageRefused: Failure = {
  name: 'storage-refused',
  happened: 'Your browser keeps nothing for the next page.',
  safe: 'What you pasted is still here.',
  next: 'Paste the output into the box there.',
};

export const clipboardRefused: Failure = {
  name: 'clipboard-refused',
  happened: 'The browser did not let this page copy.',
  safe: 'The text is selected.',
  next: 'Press Ctrl+C or Cmd+C.',
};

export const reportUnwritten: Failure = {
  name: 'report-unwritten',
  happened: 'The report could not be written: {reason}.',
  safe: 'What you gave is unchanged.',
  next: 'Try again; if that fails too, give fewer lines or write to another place.',
};

export const exampleMissing: Failure = {
  name: 'example-missing',
  happened: 'The example could not be loaded: {reason}.',
  safe: 'The paste box works without it.',
  next: 'Choose another one, or try again when the network is back.',
};

export const searchMissing: Failure = {
  name: 'search-missing',
  happened: 'The search cannot be loaded.',
  safe: 'The lists of problems and messages work without it.',
  next: 'Open one of them, or load the page again.',
};

export const offlineRefused: Failure = {
  name: 'offline-refused',
  happened: 'This browser cannot keep the site from this address: it needs https, or storage is switched off.',
  safe: 'With a network the site works as always.',
  next: 'Use one of the downloads on this page.',
};

export const offlineIncomplete: Failure = {
  name: 'offline-incomplete',
  happened: 'This browser has not kept the site: storage may be full, or not allowed.',
  safe: 'With a network the site works as always, and an earlier copy is kept whole.',
  next: 'Free some space and load this page again, or use one of the downloads.',
};

export const usageWrong: Failure = {
  name: 'usage-wrong',
  happened: '{reason}',
  safe: 'Nothing was written.',
  next: 'Correct the command; --help lists all options.',
};

export const fileUnwritable: Failure = {
  name: 'file-unwritable',
  happened: 'Cannot write {file}: {reason}.',
  safe: 'If it was there before, it is unchanged.',
  next: 'Make room or change the permissions of its folder, and run the command again.',
};

export const stateForeign: Failure = {
  name: 'state-foreign',
  happened: '{file} was not made by --state.',
  safe: 'It is unchanged.',
  next: 'Name another file.',
};

export const stateBusy: Failure = {
  name: 'state-busy',
  happened: '{file} is written by other runs all the time.',
  safe: 'What they wrote is unchanged, and nothing was reported.',
  next: 'Run one at a time, or give each a file of its own.',
};

export const stateDamaged: Failure = {
  name: 'state-damaged',
  happened: '{file} is damaged: a new one was begun, and the old one is kept as {kept}.',
  safe: 'The logs were read from the start.',
  next: 'Expect some problems to be reported a second time.',
};

export const changesUnwritten: Failure = {
  name: 'changes-unwritten',
  happened: 'What changed could not be written.',
  safe: 'It is not remembered as reported.',
  next: 'Run the command again: it reports the same changes.',
};

/** Thrown with a failure as its words. */
export class Failed extends Error {
  constructor(failure: Failure, values?: Readonly<Record<string, string>>) {
    super(failureText(failure, values));
  }
}

/** In words, its name at the end. @param values what its words leave open */
export function failureText(failure: Failure, values: Readonly<Record<string, string>> = {}): string {
  const { name, happened, safe, next } = failure;
  const words = [happened, safe, next].join(' ').replace(/\{(\w+)\}/g, (_, word: string) => values[word] ?? '');
  return `${words} [${name}]`;
}

/** Of a file that cannot be read. @param reason in words, where it is not the archive's fault */
export function unreadable(file: string, error: unknown, reason: string): string {
  if (error instanceof PackedFault)
    return failureText(filePacked, { file, packing: error.packing.name, command: error.packing.command });
  if (error instanceof BrokenArchive) return failureText(archiveDamaged, { file });
  return failureText(fileUnreadable, { file, reason });
}
