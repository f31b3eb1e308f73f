/**
 * A configuration that a command printed in a terminal (`cat /etc/yulerc`), among other commands or lines of a log: it is a
 * file of its own, and what stands around it is none of it.
 */
import type { Grammar } from '../config/types.ts';
import { isConfiguration } from '../log/configuration.ts';
import { decodeEntities, isHtml, plainText } from '../log/decode.ts';
import { uniqueName } from '../names.ts';
import type { Source } from '../types.ts';
import { plainCommand } from './commands.ts';
import { asShown } from './copied.ts';
import { isTyped, promptIn } from './match.ts';

/** A longer text is no terminal. */
const MOST = 1_000_000;
/** More files than that nobody prints. */
const MOST_FILES = 20;
/** Programs that print a file, or a part of it, as it is. */
const PRINTS = /\b(?:cat|less|more|most|bat|batcat|nl|head|tail|sed|[ef]?grep) /;
/** A command behind a sign alone: it has the file's name, or the line is a comment. */
const BARE = /^[#$%] (?:sudo )?(?:cat|less|more|bat|batcat|nl|head|tail|sed|[ef]?grep) /;
/** Patterns that leave out comments and blank lines, and those that every line has. */
const NO_COMMENTS = /^[\^$#;|()[\]\\s*+.?:spacet]{1,60}$/;
const ANY_LINE = /^(?:\.|\^|\^\[\^[^\]]{1,20}\].{0,20})?$/;
/** A file's name that can stand in an answer. */
const NAME = /^[\w.@+-]{1,100}$/;
/** What a pager shows at the end. */
const END_OF_PAGER = /^(?:\(END\)|lines \d{1,7}-\d{1,7}\/\d{1,7} \(END\))$/;

type Printed = NonNullable<Source['printed']>;

/** True if a line is a command at a prompt, whatever the prompt. */
const isCommand = (line: string): boolean => isTyped(line) || BARE.test(line);

/**
 * The configurations that commands in a text printed, each as a source of its own, and what is left of the text; any other
 * source as it is. What stays alone keeps the name and the numbers of the lines, a whole file beside it has its own.
 * @param taken names of all sources
 */
export function unfoldTerminal(source: Source, taken: readonly string[], { names, files }: Grammar): Source[] {
  const { text, excerpt, part } = source;
  if (excerpt || part || text.length > MOST || !PRINTS.test(text)) return [source];
  const given = (isHtml(text) ? decodeEntities(text) : text).split(/\r\n|\n|\r/);
  const lines = asShown(given.map(plainText));
  const own = new Set(Object.values(files));
  const found: { from: number; to: number; text: string; file: string; printed: Printed }[] = [];
  for (let at = 0; at < lines.length && found.length < MOST_FILES; at += 1) {
    if (!PRINTS.test(lines[at] ?? '') || !isCommand(lines[at] ?? '')) continue;
    const shown = shownBy(promptIn(lines[at] ?? '')?.command ?? '');
    if (!shown) continue;
    const isNamed = own.has(shown.file);
    if (!isNamed && !isTyped(lines[at] ?? '') && lines[at]?.startsWith('#')) continue;
    let to = at + 1;
    // (In a configuration, what begins with # and a blank is a comment.)
    const sign = /^[$%] /.exec(lines[at] ?? '')?.[0];
    const isNext = (line: string) => isCommand(line) || (sign !== undefined && line.startsWith(sign));
    while (to < lines.length && !isNext(lines[to] ?? '')) to += 1;
    const output = lines.slice(at + 1, to).map((line) => (END_OF_PAGER.test(line) ? '' : line));
    // A prompt on a line of its own: what was printed before it had its end.
    const text = output.join('\n') + (to < lines.length ? '\n' : '');
    if (isConfiguration(text, names, isNamed)) found.push({ from: at, to, text, ...shown });
    at = to - 1;
  }
  if (found.length === 0) return [source];
  const left = given.map((line, n) => (found.some(({ from, to }) => from <= n && n < to) ? '' : line));
  const used = new Set(taken);
  const named = (name: string) => {
    const unique = uniqueName(name, used);
    used.add(unique);
    return unique;
  };
  const isLeft = left.some((line) => line.trim() !== '' && promptIn(line)?.command !== '');
  const { mark: _mark, toEnd: _toEnd, mode: _mode, ...about } = source;
  const printed = found.map(({ from, text: output, file, printed }, i): Source => {
    const inPlace = '\n'.repeat(from + 1) + output;
    if (!isLeft && i === 0) return { ...about, text: inPlace, printed };
    const { side: _side, ...rest } = about;
    return printed === 'end'
      ? { ...rest, name: named(source.name), text: inPlace, printed }
      : { ...rest, name: named(file), text: output, printed };
  });
  return isLeft ? [{ ...source, text: left.join('\n') }, ...printed] : printed;
}

/** Which part of which file a command prints as it is: all of it, with or without comments, or from its beginning, or up to its end. */
function shownBy(typed: string): { file: string; printed: Printed } | undefined {
  const plain = plainCommand(typed);
  // (A pattern has such signs in quotes.)
  const bare = plain.replace(/'[^']*'|"[^"]*"/g, 'x');
  if (/[;&<>`$]/.test(bare)) return undefined;
  let printed: Printed = 'whole';
  let path: string | undefined;
  for (const [i, one] of pipes(plain).entries()) {
    const [program = '', ...words] = one.match(/'[^']*'|"[^"]*"|[^\s'"]+/g) ?? [];
    const values = words.filter((word) => !word.startsWith('-')).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
    const options = words.filter((word) => word.startsWith('-')).join(' ');
    const isGrep = /^[ef]?grep$/.test(program);
    // The pattern comes before the file; a count is none.
    const before = isGrep || program === 'sed' ? values.shift() : undefined;
    const files = values.filter((word) => !/^[-+]?\d+$/.test(word));
    if (files.length !== (i === 0 ? 1 : 0)) return undefined;
    path ??= files[0];
    if (program === 'head') printed = printed === 'whole' ? 'beginning' : 'end';
    else if (program === 'tail') printed = values.includes('+1') ? printed : 'end';
    else if (program === 'sed') {
      if (/-\w*n/.test(options) && !/^\d+,(?:\d+|\$)p$/.test(before ?? '')) return undefined;
      if (/-\w*n/.test(options)) printed = before?.startsWith('1,') ? 'beginning' : 'end';
      else if (!/^\/.*\/d$/.test(before ?? '') || !NO_COMMENTS.test(before?.slice(1, -2) ?? '')) return undefined;
    } else if (isGrep) {
      if (!(/-\w*v|--invert/.test(options) ? NO_COMMENTS : ANY_LINE).test(before ?? '')) return undefined;
    } else if (!/^(?:cat|less|more|most|bat|batcat|nl)$/.test(program)) return undefined;
  }
  const file = path?.slice(path.lastIndexOf('/') + 1);
  return file && NAME.test(file) ? { file, printed } : undefined;
}

/** The commands of a pipe, of which a pattern can have the sign, too. */
function pipes(command: string): string[] {
  return (command.match(/(?:'[^']*'|"[^"]*"|[^|'"])+/g) ?? []).map((one) => one.trim());
}
