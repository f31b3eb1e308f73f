/** What other programs take, made from the content: written into `downloads/` of the built site. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Knowledge } from '../knowledge/types.ts';
import { catalogueOf } from './catalogue.ts';
import { lnavFormat } from './lnav.ts';
import { patterndb } from './patterndb.ts';
import { alertRules } from './rules.ts';

/** All files by their names. @param day YYYY-MM-DD */
export function exportsOf(knowledge: Knowledge, day = new Date().toISOString().slice(0, 10)): Record<string, string> {
  return {
    'samhain.lnav.json': `${JSON.stringify(lnavFormat(knowledge), null, 1)}\n`,
    'samhain.pdb': patterndb(knowledge, day),
    'samhain.rules.yml': alertRules(knowledge),
    'catalogue.json': `${JSON.stringify(catalogueOf(knowledge, day), null, 1)}\n`,
  };
}

/** @returns the names of the files */
export function writeExports(dist: string, knowledge: Knowledge): string[] {
  const folder = join(dist, 'downloads');
  mkdirSync(folder, { recursive: true });
  const all = Object.entries(exportsOf(knowledge));
  for (const [name, text] of all) writeFileSync(join(folder, name), text);
  return all.map(([name]) => name);
}
