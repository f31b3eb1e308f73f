/** The line by which people know a problem or a message: a recorded one, without what stands before its message. */
import type { Problem } from '../../content/schemas.ts';
import type { Knowledge } from '../knowledge/types.ts';

export interface KnownLine {
  side: 'client' | 'server';
  line: string;
}

/** Severity and fields of a recorded line, without its time. */
export const shortened = (line: string): string => line.replace(/^(\S+)\s*:\s+\[[^\]]*\]\s*/, '$1 ');

/** A recorded line of a message, or of one of its texts, in the plain form. */
export function lineOf(message: string, text: string | undefined, { samples }: Knowledge): string | undefined {
  const fits = samples.filter((sample) => sample.message === message && sample.form === 'plain');
  const found = text === undefined ? fits[0] : fits.find((sample) => sample.text === text);
  return found && shortened(found.line);
}

/** What a problem prints that tells it best: its first sign with a recorded line. */
export function knownLine(problem: Problem, knowledge: Knowledge): KnownLine | undefined {
  const rank = { proves: 0, points: 1, fits: 2 };
  const signs = [...problem.signs].sort((a, b) => rank[a.weight] - rank[b.weight]);
  for (const { message, text, side } of signs) {
    const texts = text === undefined ? [undefined] : [text].flat();
    for (const one of texts) {
      const line = lineOf(message, one, knowledge);
      const by = side ?? knowledge.messages.find(({ id }) => id === message)?.side;
      if (line) return { side: by === 'server' ? 'server' : 'client', line };
    }
  }
  const [own] = problem.lines;
  return own && { side: own.side, line: shortened(own.text) };
}
