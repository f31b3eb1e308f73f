/** The words of the command line, read and checked. */
import type { Side } from '../engine/types.ts';

/** A file to read; `-` is standard input. */
export interface InputFile {
  path: string;
  side?: Side;
}

export interface Arguments {
  json: boolean;
  /** Only configurations are expected, and only what is wrong in them is printed. */
  configOnly: boolean;
  help: boolean;
  /** Id of the setup whose values stand in commands. */
  setup?: string;
  files: InputFile[];
}

/** Thrown for words that make no sense; the message names the word and what was expected. */
export class UsageFault extends Error {}

export const usage = `Usage: npm run --silent diagnose -- [--json] [--config-only] [--client FILE]... [--server FILE]... [--setup ID] [FILE...|-]

Reads logs and configurations of samhain clients and yule servers and says what is wrong.

  --client FILE   a file of the client (samhain)
  --server FILE   a file of the server (yule)
  FILE            a file of either side; the side is worked out from its lines
  -               standard input
  --json          one JSON object on standard output instead of text
  --setup ID      how samhain was installed: source (where not given), freebsd, debian,
                  arch, openrc; commands are for that system
  --config-only   files are configurations (yulerc, samhainrc): prints one line a finding,
                  FILE:LINE: TEXT, and nothing for a file without one
  --help          this text

A log of a server is read as a whole, however long. Of any other very long file the last 32 MB are
read, and the answer says so.

Exit status: 0 nothing wrong found, 1 problems found or an error that none explains,
or a setting that breaks something, 2 cannot read, cannot write or bad usage, 3 nothing could be judged: no record of samhain or yule,
or only a part was read and nothing wrong is in it.`;

/** @throws UsageFault */
export function readArguments(words: readonly string[]): Arguments {
  const args: Arguments = { json: false, configOnly: false, help: false, files: [] };
  const rest = [...words];
  let options = true;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!options || word === '-' || !word.startsWith('-')) {
      if (word === '') throw new UsageFault('A file name is empty.');
      args.files.push({ path: word });
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (name === '--client' || name === '--server') {
      const path = equals < 0 ? rest.shift() : word.slice(equals + 1);
      if (!path) throw new UsageFault(`${name} needs the name of a file.`);
      args.files.push({ path, side: name === '--client' ? 'client' : 'server' });
    } else if (name === '--setup') {
      const id = equals < 0 ? rest.shift() : word.slice(equals + 1);
      if (!id) throw new UsageFault('--setup needs the name of a setup.');
      args.setup = id;
    } else if (word === '--') options = false;
    else if (word === '--json') args.json = true;
    else if (word === '--config-only') args.configOnly = true;
    else if (word === '--help' || word === '-h') args.help = true;
    else throw new UsageFault(`There is no option ${word}.`);
  }
  if (args.help) return args;
  if (args.files.length === 0) throw new UsageFault('No file is given. Name one, or - for standard input.');
  if (args.files.filter(({ path }) => path === '-').length > 1) {
    throw new UsageFault('Standard input (-) can be read only once.');
  }
  return args;
}
