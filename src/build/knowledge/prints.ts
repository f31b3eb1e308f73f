/** What the content says that commands print, beside what captured runs and outputs hold. Node only. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stepsIn } from './commands.ts';
import type { ContentError } from './files.ts';
import type { Knowledge } from './types.ts';

/** Pieces of a text that stand there as they are printed: items, words in quotes, and short outputs as a whole. */
const ITEM =
  /(?<!\w)\w{1,40}=<[^<>…]{0,300}>|"[^"…]{1,200}"|\[1234\]: [^,]{1,100}|users:\(\("yule"|^(?:LISTEN 0|ok|rc=\d|INFO {3}finished|access: {3}granted|0% packet loss)\b/g;
/** What only describes an output begins so. */
const WORDS = /^(?:a|an|the|no|one|nothing|only|for example|records|relayed|twice|rows|each|\d+ (?:or|hexadecimal))\b/;

/**
 * Every `prints` of a step that no captured output holds, and that does not say so; and every one that says so although it
 * is captured.
 * @param root project folder
 */
export function checkPrints({ problems, places }: Knowledge, root: string): ContentError[] {
  const captured = capturedText(join(root, 'tests'));
  return problems.flatMap((problem) =>
    stepsIn(problem).flatMap(({ field, step: { prints, captured: given } }) => {
      if (prints === undefined) return [];
      const pieces = (prints.match(ITEM) ?? []).map((piece) => piece.replace(/^"|"$/g, ''));
      const known = pieces.length > 0 ? pieces.every((piece) => captured.includes(piece)) : WORDS.test(prints);
      const reason =
        known && given === false
          ? 'is captured: leave `captured: false` out'
          : known || given === false
            ? undefined
            : `no captured output has ${pieces.find((piece) => !captured.includes(piece)) ?? `"${prints.trim()}"`}: correct it, or say \`captured: false\``;
      const place = places.get(problem);
      return reason
        ? [
            {
              file: place?.file ?? '',
              line: place?.lineOf(
                `${field}.prints`.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) - 1 : part)),
              ),
              field: `${problem.id}: ${field}.prints`,
              reason,
            },
          ]
        : [];
    }),
  );
}

/** All that real programs printed: the logs of captured runs, the outputs of checks. */
function capturedText(folder: string): string {
  const files = readdirSync(join(folder, 'captures'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:log|stderr|syslog|console)$/.test(name))
    .map((name) => readFileSync(join(folder, 'captures', name), 'utf8'));
  return [...files, readFileSync(join(folder, 'checks', 'outputs.txt'), 'utf8')].join('\n');
}
