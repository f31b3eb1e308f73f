/**
 * A report of this site, pasted again: its evidence is input like any other lines, and what it says of them is not believed.
 * The heading above each line says whose log it stood in; that is kept, as if the reader had said it.
 */
import { uniqueName } from '../names.ts';
import type { Side, Source } from '../types.ts';

/** The first line of a report. */
export const reportTitle = '# Samhain diagnosis';

/** Where a line stood, at the end of the place in a heading; read again by `unfoldReport`. */
export const ofSide = (side: Side | null): string => (side ? `, of the ${side}` : '');

/** Sections whose code blocks hold lines of logs, as they were printed. */
const ofLines =
  /^(?:### (?:Evidence|Because of)|## Errors that nothing explains|## The file check reports|## Records around these)$/;
const fences = /^`{3,}/;

/**
 * The lines of a report by the side in whose log they stood, each at its line of the report; any other source as it is.
 * @param taken names of all sources
 */
export function unfoldReport(source: Source, taken: readonly string[]): Source[] {
  // (Only at its beginning: a log can have the words in it, and must not vanish behind them.)
  if (source.excerpt || !source.text.trimStart().startsWith(reportTitle)) return [source];
  const lines = source.text.split(/\r\n|\n|\r/);
  if (lines.find((line) => line.trim() !== '') !== reportTitle) return [source];
  const sides: (Side | undefined)[] = [];
  let side: Side | undefined;
  let inLines = false;
  let fence = '';
  lines.forEach((line, n) => {
    const [ticks = '', rest = ''] = [fences.exec(line)?.[0], line.replace(fences, '')];
    if (fence) {
      if (line === fence) fence = '';
      else if (inLines) sides[n] = side ?? source.side;
      return;
    }
    if (ticks) {
      fence = ticks;
      // A command is none of the log's lines.
      if (rest) inLines = false;
    } else if (line.startsWith('#')) inLines = ofLines.test(line);
    else if (line.includes(ofSide('server'))) side = 'server';
    else if (line.includes(ofSide('client'))) side = 'client';
    else if (line.trim() !== '') side = undefined;
  });
  const there = new Set(Object.values(sides));
  const names = new Set(taken);
  const out = [...there].map((one, i): Source => {
    const name = i === 0 ? source.name : uniqueName(source.name, names);
    names.add(name);
    const text = lines.map((line, n) => (n in sides && sides[n] === one ? line : '')).join('\n');
    return { ...source, name, text, ...(one ? { side: one } : {}) };
  });
  return out.length > 0 ? out : [{ ...source, text: lines.map(() => '').join('\n') }];
}
