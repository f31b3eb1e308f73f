/** What is said of the input itself, on the page and in the terminal alike. */
import type { Input } from '../engine/input.ts';
import type { Source } from '../engine/types.ts';
import { archiveCut, failureText, fileTooLarge, fileUnreadable, linesTooMany } from './failures.ts';

/** That secrets were masked, and what held them; undefined where there was none. */
export function maskedWords({ count, labels }: Input['masked']): string | undefined {
  if (count === 0) return undefined;
  const [places, are] = count === 1 ? ['1 secret', 'is'] : [`${count.toLocaleString('en')} secrets`, 'are'];
  const list = new Intl.ListFormat('en').format(labels);
  const hold = labels.length === 1 ? 'holds a secret' : 'hold secrets';
  return `${places} in these lines ${are} masked (XXXX). ${list} ${hold}: do not show such a line to anyone.`;
}

/** What a pasted configuration is, and what to give instead. */
export const configurationWords = {
  title: 'This is a configuration, not a log',
  instead:
    'Give what the program has printed: the lines of its log file, of syslog or the journal, or of the terminal, from the minute in which it failed. One line of either side is enough to begin with.',
};

/** For a line in which one word stands misspelt: what it was taken for. Nothing for any other. */
export const readAsWords = (finding: { readAs?: string } | undefined): string =>
  finding?.readAs === undefined ? '' : ` Read as "${finding.readAs}": one word of the line is spelled differently.`;

const many = (n: number): string => n.toLocaleString('en');
const megabytes = (bytes: number): string => `${many(Math.max(1, Math.round(bytes / 1024 / 1024)))} MB`;

/** A sentence for each file that was not read, or only in part. */
export function notRead(sources: readonly Source[]): string[] {
  return sources.flatMap(({ name: file, part }) => {
    if (!part) return [];
    if (part.unreadable) return [`Nothing of ${file} was read [${fileUnreadable.name}].`];
    if (part.readBytes !== undefined)
      return [`You stopped reading ${file} at ${megabytes(part.readBytes)} of ${megabytes(part.bytes)}.`];
    if (part.lostLines) return [failureText(linesTooMany, { file, lines: many(part.lostLines) })];
    const from = `from line ${many(part.skippedLines + 1)} on`;
    return [
      ...(part.skippedLines > 0 || !part.broken
        ? [failureText(fileTooLarge, { file, size: megabytes(part.bytes), from })]
        : []),
      ...(part.broken ? [failureText(archiveCut, { file })] : []),
    ];
  });
}
