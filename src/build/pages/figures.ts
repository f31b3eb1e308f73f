/** Figures of the site's pages, counted in the content and in the recorded runs when it is built. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { content } from './content.ts';

const folder = join(process.cwd(), 'tests', 'captures');

interface Meta {
  version: { server?: string; client?: string };
  format: string;
  fix_worked?: boolean | null;
}

/** A number as it is read: 16,384. */
export const grouped = (value: number): string => value.toLocaleString('en-US');

export interface Figures {
  /** Recorded runs; those in which the fix was applied and worked. */
  runs: number;
  fixed: number;
  /** Versions that were run, the newest first, each with its forms. */
  versions: { version: string; forms: string[]; runs: number }[];
  problems: number;
  /** Problems that a recorded run shows. */
  recorded: number;
  messages: number;
  checks: number;
}

let counted: Figures | undefined;

/** Counts them; once for a build. */
export function figures(): Figures {
  if (counted) return counted;
  const metas = readdirSync(folder, { withFileTypes: true })
    .filter((scenario) => scenario.isDirectory())
    .flatMap((scenario) =>
      readdirSync(join(folder, scenario.name)).map((run) => join(folder, scenario.name, run, 'meta.json')),
    )
    .filter((path) => existsSync(path))
    .map((path) => JSON.parse(readFileSync(path, 'utf8')) as Meta);
  const versions = new Map<string, { forms: Set<string>; runs: number }>();
  for (const { version, format } of metas) {
    // What a distribution adds to the number is no version of samhain.
    for (const name of new Set([version.server, version.client].map((one) => /^\d+\.\d+\.\d+/.exec(one ?? '')?.[0]))) {
      if (!name) continue;
      const entry = versions.get(name) ?? { forms: new Set<string>(), runs: 0 };
      if (format === 'plain' || format === 'xml') entry.forms.add(format === 'xml' ? 'XML' : format);
      entry.runs += 1;
      versions.set(name, entry);
    }
  }
  const { problems, messages, checks } = content();
  counted = {
    runs: metas.length,
    fixed: metas.filter(({ fix_worked }) => fix_worked === true).length,
    versions: [...versions]
      .map(([version, { forms, runs }]) => ({ version, forms: [...forms].sort().reverse(), runs }))
      .sort((a, b) => b.version.localeCompare(a.version, 'en', { numeric: true })),
    problems: problems.length,
    recorded: problems.filter(({ captures }) => captures.length > 0).length,
    messages: messages.reduce((sum, { texts }) => sum + 1 + texts.length, 0),
    checks: checks.length,
  };
  return counted;
}
