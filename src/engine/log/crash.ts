/**
 * How the system tells that a program was ended: the kernel, its out-of-memory killer, systemd, the core-dump handler, the
 * shell. The program itself writes nothing then. Only a line that names samhain or yule counts.
 */
import type { Side } from '../types.ts';
import type { Prefix } from './prefix.ts';

/** Of the kernel, whatever stands before them on the line. `¤` is the program, its path and its ending left out. */
const KERNEL = [
  /(?:^|[\s\]])¤\[\d{1,10}\]: (?:segfault at|unhandled (?:signal|level \d|page fault|exception))/i,
  /\btraps: ¤\[\d{1,10}\] (?:general protection|trap )/i,
  /\bkill(?:ed)? process \d{1,10}(?:, UID \d{1,10},)? \(¤\)/i,
  /\btask=¤,pid=\d/i,
  /\boom_reaper: reaped process \d{1,10} \(¤\)/i,
  /\bpid \d{1,10} \(¤\),(?: jid \d{1,10},)? uid \d{1,10}: exited on signal \d/i,
];

/** Of systemd, its core-dump handler and the audit daemon. With TERM, INT and HUP somebody ends a program on purpose. */
const SYSTEM = [
  /(?:^|\s)¤: main process exited, code=(?:killed|dumped), status=\d{1,3}\/(?!TERM|INT|HUP)[A-Z]/i,
  /(?:^|\s)¤: failed with result '(?:signal|core-dump|oom-kill)'/i,
  /(?:^|\s)¤: a process of this unit has been killed by the OOM killer/i,
  /\bprocess \d{1,10} \(¤\) of user \d{1,10} (?:dumped core|terminated abnormally)/i,
  /\bcomm="¤" exe="[^"]{0,200}" sig=(?!1 |2 |15 )\d/i,
];

/** Of a terminal: what tools list, and what a shell prints with the name of the command. */
const TERMINAL = [
  /\bprocess: \d{1,10} exec[a-z]{4,9}=¤ [^()]{0,99}\(code=(?:killed|dumped), signal=(?!TERM|INT|HUP)[A-Z]/i,
  /\d [A-Z]{0,3}(?:SEGV|ABRT|BUS|ILL|FPE|KILL|11|6|7|4|8) \w{1,20} ¤(?:\s|$)/i,
  /^(?:[^\s:]{1,100}: line \d{1,7}: \d{1,10} |\[\d{1,4}\][+-]? (?:\d{1,10} )?|zsh: )?(?:segmentation fault|bus error|illegal instruction|floating point exception|aborted|killed|Speicherzugriffsfehler|Erreur de segmentation|Violación de segmento|Errore di segmentazione) (?:\(core dumped\) )?(?:sudo )?¤(?:\s|$)/i,
];

/** Tags under which the system itself speaks. */
const TAG =
  /(?:^|\s)(?:kernel|systemd(?:-coredump|-oomd)?|audit|auditd|audispd|abrt[\w-]{0,20}|apport)(?:\[\d{1,10}\])?:\s$/i;

const SIDES: readonly { name: string; side: Side }[] = [
  { name: 'yule', side: 'server' },
  { name: 'samhain', side: 'client' },
];

/** Lines longer than this are none of these. */
const LIMIT = 2000;

/** The side whose program the line says was ended; undefined for any other line. */
export function crashOf(text: string, prefix: Prefix): Side | undefined {
  if (text.length > LIMIT || !/samhain|yule/i.test(text)) return undefined;
  const spoken = TAG.test(text.slice(0, prefix.end));
  // What a stranger's program logs can hold anything.
  if (prefix.kind === 'foreign' && !spoken) return undefined;
  const kinds = spoken ? [...KERNEL, ...SYSTEM] : [...KERNEL, ...SYSTEM, ...TERMINAL];
  return SIDES.find(({ name }) => {
    const line = marked(text, name);
    return line !== undefined && kinds.some((kind) => kind.test(line));
  })?.side;
}

/** The line with `¤` for the program, single blanks between its words; undefined if it does not name the program. */
function marked(text: string, name: string): string | undefined {
  let found = false;
  const words = text.trim().split(/\s{1,200}/);
  const line = words
    .map((word) =>
      word
        .split(/(?<=[()"'=,[])|(?=[()"',[\]:])/)
        .map((part) => {
          const last = part.slice(part.lastIndexOf('/') + 1).toLowerCase();
          if (!last.startsWith(name) || !/^(?:d|[._-][\w.-]{1,30})?$/.test(last.slice(name.length))) return part;
          found = true;
          return '¤';
        })
        .join(''),
    )
    .join(' ');
  return found ? line : undefined;
}

const BARE =
  /^(?:segmentation fault|bus error|illegal instruction|floating point exception|aborted|killed|Speicherzugriffsfehler|Erreur de segmentation|Violación de segmento|Errore di segmentazione)(?: ?\(core dumped\))?$/i;

/** A shell's line that names nobody: `Segmentation fault`. */
export function endsSomebody(text: string): boolean {
  return text.length < 80 && BARE.test(text.trim());
}

const PROMPT = /^[^#$%>]{0,100}[#$%>] (?:sudo )?(\S{1,300})(?:\s|$)/;

/** A line with a prompt and a command: the side whose program was called, or `other`. */
export function calledBy(text: string): Side | 'other' | undefined {
  const command = text.length > LIMIT ? undefined : PROMPT.exec(text)?.[1];
  if (command === undefined) return undefined;
  return SIDES.find(({ name }) => marked(command, name) === '¤')?.side ?? 'other';
}
