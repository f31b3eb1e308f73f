import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recognise } from '../../../src/engine/index.ts';
import { catalogue } from './entries.ts';

const root = fileURLToPath(new URL('../../captures/', import.meta.url));

function logs(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.isFile() && /\.(?:log|stderr|syslog|syslog-iso|console)$/.test(file.name))
    .map((file) => join(file.parentPath, file.name))
    .sort();
}

/** A disk that is full leaves a head without body. */
const torn = /^14a-/;

describe('captured runs', () => {
  it.each(existsSync(root) ? readdirSync(root).filter((name) => /^\d/.test(name)) : [])(
    '%s: every line is understood',
    (scenario) => {
      for (const file of logs(join(root, scenario))) {
        const { findings, asides, unrecognised, lines } = recognise(
          [{ name: file, text: readFileSync(file, 'utf8') }],
          catalogue,
        );
        expect(unrecognised, file).toEqual([]);
        if (!torn.test(scenario))
          expect(
            findings.filter(({ message }) => message === undefined),
            file,
          ).toEqual([]);
        const seen = new Set<number>();
        for (const { line, endLine } of [...findings.map(({ record }) => record), ...asides])
          for (let n = line; n <= endLine; n += 1) seen.add(n);
        expect(seen.size, file).toBe(lines);
        const side = /\/server[^/]*$/.test(file) ? 'server' : 'client';
        const wrong = findings.filter(
          (finding) => finding.message !== undefined && (finding.record.relay ? 'client' : side) !== finding.side,
        );
        expect(wrong, file).toEqual([]);
        expect(
          findings.filter(({ record }) => record.suspicious),
          file,
        ).toEqual([]);
      }
    },
  );
});
