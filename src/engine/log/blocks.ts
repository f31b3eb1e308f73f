/** What the programs write beside their records: explanations for humans, and the last words of a dying process. */

/** `---------   sh_unix.c  ---   1174 ---------` (slib.c, dlog). */
const BLOCK_START = /^-{5,9}[ \t]{1,12}[\w.-]{1,40}[ \t]{1,4}-{3}[ \t]{1,8}\d{1,6}[ \t]-{5,9}$/;
const BLOCK_END = /^-{40,60}$/;
/** sh_unix.c, safe_logger: the word is always samhain, in yule too. */
const EMERGENCY = /(?:^|[\s:>"|])samhain\[(\d{1,10})\]: ?(exit on signal \d{1,3}|out of memory|FATAL: .*)/i;

/** Explanations seen so far have at most a dozen lines; a lost end mark must not swallow the rest of the log. */
export const BLOCK_LIMIT = 40;

export function startsBlock(text: string): boolean {
  return text.startsWith('-----') && text.length < 120 && BLOCK_START.test(text);
}

export function endsBlock(text: string): boolean {
  return text.length >= 40 && text.length <= 60 && BLOCK_END.test(text);
}

/** The emergency line within a line, from the word samhain on. */
export function emergencyLine(text: string): string | undefined {
  if (text.length > 2000) return undefined;
  const found = EMERGENCY.exec(text);
  return found ? text.slice(text.toLowerCase().indexOf('samhain[', found.index)) : undefined;
}
