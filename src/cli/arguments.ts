/** The words of the command line, read and checked. Nothing else is loaded for `--help`. */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import type { Side } from '../engine/types.ts';

/** A file to read; `-` is standard input. */
export interface InputFile {
  path: string;
  side?: Side;
}

export interface Arguments {
  json: boolean;
  /** Markdown in place of text. */
  report: boolean;
  /** Stand-ins for what the lines name. */
  redact: boolean;
  /** One line for each problem, and nothing where all is well. */
  quiet: boolean;
  /** Only configurations are expected, and only what is wrong in them is printed. */
  configOnly: boolean;
  help: boolean;
  version: boolean;
  /** Clients of which alone something is said; of all, if empty. */
  only: string[];
  /** Id of a message or a problem that is explained; no file is read. */
  explain?: string;
  /** From when on records count, and up to when: a named window, a time, or a span before the last record. */
  since?: string;
  until?: string;
  /** Id of the setup whose values stand in commands. */
  setup?: string;
  /** Where is kept what was read and said; only what changed is printed. */
  state?: string;
  /** Where numbers for Prometheus are written. */
  metrics?: string;
  files: InputFile[];
}

/** Thrown for words that make no sense; the message names the word and what was expected. */
export class UsageFault extends Error {}

const called = basename(process.argv[1] ?? '');
/** How one calls it: in the project's folder, as a file that was fetched, or as a command of the system. */
const command = import.meta.url.endsWith('.ts')
  ? 'npm run --silent diagnose --'
  : called.endsWith('.mjs')
    ? `node ${called}`
    : called;

export const usage = `Usage: ${command} [--json | --report] [--redact] [--quiet] [--config-only]
         [--client FILE]... [--server FILE]... [--only NAME]... [--since TIME]
         [--until TIME] [--setup ID] [--metrics FILE] [FILE...|-]
       ${command} --state FILE [--json] [--quiet] [--metrics FILE] LOG...
       ${command} --explain ID

Reads logs and configurations of samhain clients and yule servers and says what is wrong.

  --client FILE   a file of the client (samhain)
  --server FILE   a file of the server (yule)
  FILE            a file of either side; the side is worked out from its lines
  -               standard input
  --only NAME     only what is said about this client; the first part of its name is enough
  --since TIME    judge only what happened from then on: repair (the last one that the lines show),
                  today, last-night, 15:18, 2026-11-23T15:00, or 30m, 2h, 3d before the last record
  --until TIME    judge only what happened up to then, in the same words as a time or a span
  --json          one JSON object on standard output instead of text
  --report        Markdown instead of text, for a ticket or an email
  --redact        replace host names, addresses, users and paths with stand-ins
  --quiet         one line for each problem, nothing if all is well, no notes
  --setup ID      how samhain was installed: source (the default), freebsd, debian,
                  arch, openrc; commands are for that system
  --config-only   the files are configurations (yulerc, samhainrc): print one line for each
                  finding, FILE:LINE: DEGREE: TEXT [RULE], and nothing else
  --explain ID    explain a message (MSG_TCP_BADCONN) or a problem (wrong-password)
  --state FILE    for cron: read what was added to the logs since the last run with this FILE,
                  and print only what changed; with --json, one object per line
  --metrics FILE  write numbers for Prometheus (node_exporter's textfile collector)
  --version       the version
  --help          this text

A server's log is read completely, however long it is. Of any other very long file, the last 32 MB
are read, and the answer says so.

Exit status:
  0  nothing wrong found
  1  problems found, or an error that no known problem explains, or a setting that breaks something;
     with --state, as long as a problem is open
  2  a file cannot be read or written, or the usage is wrong
  3  nothing could be judged: no record of samhain or yule, or only a part was read and nothing is
     wrong in it`;

const flag = { type: 'boolean' } as const;
const options = {
  json: flag,
  report: flag,
  redact: flag,
  quiet: flag,
  'config-only': flag,
  version: flag,
  help: { ...flag, short: 'h' },
  client: { type: 'string', multiple: true },
  server: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  explain: { type: 'string' },
  setup: { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  state: { type: 'string' },
  metrics: { type: 'string' },
} as const;

/** What follows an option that needs a word. */
const needed = {
  client: 'the name of a file',
  server: 'the name of a file',
  only: 'the name of a client',
  explain: 'the id of a message or a problem',
  setup: 'the name of a setup',
  since: 'a time, or a span such as 2h',
  until: 'a time, or a span such as 2h',
  state: 'the name of a file',
  metrics: 'the name of a file',
};

const isOption = (name: string): name is keyof typeof options => Object.hasOwn(options, name);

/** @throws UsageFault */
export function readArguments(words: readonly string[]): Arguments {
  // Not strict: what is wrong is said in our words. The tokens keep the order of the files.
  const { tokens } = parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true });
  const flags = new Set<string>();
  const args: Arguments = {
    json: false,
    report: false,
    redact: false,
    quiet: false,
    configOnly: false,
    help: false,
    version: false,
    only: [],
    files: [],
  };
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (token.value === '') throw new UsageFault('A file name is empty.');
      args.files.push({ path: token.value });
    }
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (!isOption(name)) throw new UsageFault(`There is no option ${rawName}.`);
    if (!(name in needed)) {
      if (value !== undefined) throw new UsageFault(`${rawName} takes no value.`);
      flags.add(name);
    } else if (!value) throw new UsageFault(`${rawName} needs ${needed[name as keyof typeof needed]}.`);
    else if (name === 'client' || name === 'server') args.files.push({ path: value, side: name });
    else if (name === 'only') args.only.push(value);
    else if (name === 'explain') args.explain = value;
    else if (name === 'since') args.since = value;
    else if (name === 'until') args.until = value;
    else if (name === 'state') args.state = value;
    else if (name === 'metrics') args.metrics = value;
    else args.setup = value;
  }
  for (const name of ['json', 'report', 'redact', 'quiet', 'help', 'version'] as const) args[name] = flags.has(name);
  args.configOnly = flags.has('config-only');
  if (args.help || args.version) return args;
  if (args.json && args.report)
    throw new UsageFault('--json and --report are two forms of the same report: choose one.');
  if (args.explain !== undefined) return args;
  if (args.files.length === 0) throw new UsageFault('No file was given. Name one, or - for standard input.');
  if (args.files.filter(({ path }) => path === '-').length > 1) {
    throw new UsageFault('Standard input (-) can be read only once.');
  }
  if (args.state !== undefined) checkState(args, flags);
  return args;
}

/** What makes no sense for a run that tells only what changed. */
function checkState({ only, since, until, files }: Arguments, flags: ReadonlySet<string>): void {
  const no = ['report', 'redact', 'config-only'].find((name) => flags.has(name));
  const other =
    no ?? (only.length > 0 ? 'only' : since !== undefined ? 'since' : until === undefined ? undefined : 'until');
  if (other) throw new UsageFault(`--state cannot be combined with --${other}.`);
  if (files.some(({ path }) => path === '-'))
    throw new UsageFault('--state needs files: standard input cannot be continued from where the last run stopped.');
}
