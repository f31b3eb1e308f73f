/** The catalogue as the content has it, and the engine built on it, for all tests of the engine. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import {
  type CatalogueEntry,
  createCatalogue,
  type Finding,
  type Recognised,
  recognise,
} from '../../../src/engine/index.ts';

const folder = fileURLToPath(new URL('../../../src/content/messages/', import.meta.url));

export const entries: CatalogueEntry[] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort()
  .flatMap((name) => parse(readFileSync(folder + name, 'utf8')) as CatalogueEntry[])
  .map((entry) => ({
    ...entry,
    alsoSeverity: entry.alsoSeverity ?? [],
    texts: entry.texts ?? [],
    harmless: entry.harmless ?? [],
  }));

export const catalogue = createCatalogue(entries);

export function read(text: string, side?: 'client' | 'server'): Recognised {
  return recognise([{ name: 'paste', text, ...(side ? { side } : {}) }], catalogue);
}

/** Messages and texts found, as `MSG_X` or `MSG_X/text`. */
export function named(text: string): string[] {
  return read(text).findings.map(name);
}

export function name({ message, text }: Finding): string {
  return `${message}${text === undefined ? '' : `/${text}`}`;
}

export const stamp = '2026-11-23T15:18:17+0000';
export const mismatch = `CRIT   :  [${stamp}] msg=<Invalid connection attempt: Session key mismatch>, client=<client1.example.net>`;
export const mismatchXml = `<log sev="CRIT" tstamp="${stamp}" msg="Invalid connection attempt: Session key mismatch" host="client1.example.net" />`;
export const noKey = `ERROR  :  [${stamp}] msg=<Session key negotiation failed>`;
export const start = `MARK   :  [${stamp}] msg=<Server up, simultaneous connections: 1017>, socket_id=<3>`;
export const exit = 'msg=<EXIT>, program=<Samhain>, status=<exit_success>';
export const relayed = `<TCP>  :  [2026-11-23T15:18:18+0000] client=<client1>, msg=<ALERT  :  [${stamp}] ${exit}>`;
/** Signatures are 48 hexadecimal digits. */
export const signature = (n: number): string =>
  `36F2C56E8A03A2643CB397A34CB2AAA6E825482992401D${n.toString(16).padStart(2, '0').toUpperCase()}`;
