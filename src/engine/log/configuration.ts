/** Tells a configuration of samhain or yule from a log, by its sections and options. It is not read here. */

import { splitLines } from './lines.ts';

/** Sections with their options, all in small letters. */
export type Sections = Readonly<Record<string, readonly string[]>>;

/** So much of a text is looked at. */
const LINES = 2000;
const SIZE = 200_000;
/** File and number of grep (with - where a line stands around the one that was looked for) or cat, quotation marks of a mail, the sign of a difference, a container's name and a bar. */
const BEFORE =
  /^(?:[\w.-]{1,60}[ \t]{1,20}\|)?[ \t>|+]{0,20}(?:[\w./-]{1,200}:(?=\d{1,7}:|[ \t]*\[|[ \t]*[A-Za-z]\w{1,60}[ \t]{0,20}=)|[\w./-]{1,200}-(?=\d{1,7}-))?(?:\d{1,7}[:\t -][ \t]{0,20})?/;
/** Comments, conditions, the end: they say nothing of whose the file is. */
const NEUTRAL = /^(?:[#;%@$]|\/\/|![@$%]|\[EOF\]|-----BEGIN PGP SIGNED|Hash:)/i;
/** What follows is nobody's text. */
const SIGNATURE = /^-----BEGIN PGP SIGNATURE/;
const HEADING = /^\[(\w{1,40})\]/;
/** (What begins with `<` is an item of a record.) */
const OPTION = /^([A-Za-z]\w{1,60})[ \t]{0,20}=[ \t]{0,20}(?!<)\S/;
/** Several items in a line are a log's. */
const ITEMS = /=[^=]{1,400}=/;
/** Salt and verifier of a client, masked or not: whatever stands before them, no other program has such a line. */
const ENTRY = /@[0-9A-Fa-fX]{8,32}@[0-9A-Fa-fX]{40}/;
/** The rest of an entry that was folded. */
const REST = /^@?[0-9A-Fa-fX]{16,600}$/;
/** A name of fewer letters stands in other files, too. */
const TELLING = 6;

/** What a forum has around a text. */
const MARK = /^\[\/?(?:code|quote|pre)(?:=\w{1,20})?\]$/i;

/** A configuration as it stands in its file, without what grep, cat or a mail put before each line, or a forum around all. */
export function plainConfiguration(given: string): string {
  if (given.length > SIZE) return given;
  const lines = given.split('\n');
  for (const at of [lines.findIndex((line) => line.trim() !== ''), lines.findLastIndex((line) => line.trim() !== '')])
    if (MARK.test(lines[at]?.trim() ?? '')) lines[at] = '';
  const text = lines.join('\n');
  const plain = lines.map((line) => line.replace(BEFORE, ''));
  const blank = (line: string | undefined) => line?.trim() === '';
  // (Blanks alone are the file's own.)
  const prefixed = lines.filter((line, i) => !blank(line.slice(0, line.length - (plain[i]?.length ?? 0)))).length;
  return prefixed > 0 && prefixed >= 0.9 * lines.filter((line) => !blank(line)).length ? plain.join('\n') : text;
}

/** So many lines at least, or it is somebody's example. */
const LEAST_LINES = 4;

/**
 * A configuration that stands among somebody's words, as in a ticket or a mail: the text with all lines around it blank,
 * undefined if there is none. It begins with a heading that samhain has, and ends where two lines are none of its own.
 */
export function configurationIn(text: string, sections: Sections): string | undefined {
  if (text.length > SIZE) return undefined;
  const lines = text.split('\n');
  const all = new Set(Object.values(sections).flat());
  const plain = lines.map((line) => line.replace(BEFORE, '').trim());
  const isHeading = (line: string) => (HEADING.exec(line)?.[1]?.toLowerCase() ?? '') in sections;
  const isOwn = (line: string) =>
    isHeading(line) || NEUTRAL.test(line) || REST.test(line) || ENTRY.test(line) || all.has(optionIn(line) ?? '');
  let best: { from: number; to: number } | undefined;
  for (let from = 0; from < plain.length; from += 1) {
    if (!isHeading(plain[from] ?? '')) continue;
    let to = from;
    for (let at = from + 1, others = 0; at < plain.length && others < 2; at += 1) {
      const line = plain[at] ?? '';
      if (isOwn(line)) [to, others] = [at, 0];
      else if (line !== '') others += 1;
    }
    const own = plain.slice(from, to + 1).filter(Boolean).length;
    if (own >= LEAST_LINES && (!best || own > best.to - best.from)) best = { from, to };
    from = to;
  }
  if (!best) return undefined;
  const { from, to } = best;
  const block = lines.map((line, n) => (from <= n && n <= to ? line : '')).join('\n');
  return isConfiguration(block, sections) ? block : undefined;
}

/** The word before the = of a line that is an option's. */
const optionIn = (line: string): string | undefined =>
  ITEMS.test(line) ? undefined : OPTION.exec(line)?.[1]?.toLowerCase();

/**
 * True if at least half of the lines that say anything are a configuration's, and one of them is an option.
 * @param named its name is a configuration's: then an option below a heading is enough, however much of the rest is wrong
 */
export function isConfiguration(text: string, sections: Sections, named = false): boolean {
  const all = new Set(Object.values(sections).flat());
  let section: string | undefined;
  let headings = 0;
  let options = 0;
  let telling = 0;
  let others = 0;
  for (const given of splitLines(text.slice(0, SIZE)).slice(0, LINES)) {
    const line = given.text.replace(BEFORE, '').trim();
    if (line === '' || NEUTRAL.test(line) || REST.test(line)) continue;
    if (SIGNATURE.test(line)) break;
    const heading = HEADING.exec(line)?.[1]?.toLowerCase();
    const name = section === undefined && ITEMS.test(line) ? undefined : OPTION.exec(line)?.[1]?.toLowerCase();
    if (heading !== undefined) {
      section = heading;
      if (heading in sections) headings += 1;
      else others += 1;
    } else if (ENTRY.test(line)) {
      options += 1;
      telling += 2;
    } else if (name !== undefined && (begins(sections[section ?? ''], name) || isTelling(name, section, all))) {
      options += 1;
      if (name.length >= TELLING) telling += 1;
    } else others += 1;
  }
  if (named && headings > 0 && options > 0) return true;
  const known = headings + options;
  return options > 0 && known >= others && (headings > 0 || telling > 1 || (telling > 0 && others === 0));
}

/** An option by its whole name: alone, or in the wrong section, where only a name that no other program has tells. */
function isTelling(name: string, section: string | undefined, all: ReadonlySet<string>): boolean {
  return all.has(name) && (section === undefined || name.length >= TELLING);
}

/** Samhain's parser takes a word that begins with an option's name for that option. */
function begins(options: readonly string[] | undefined, word: string): boolean {
  return options?.some((name) => word.startsWith(name)) ?? false;
}
