/**
 * The command line as one file of plain JavaScript with the content inside: what is installed by `npm pack` runs where
 * neither TypeScript nor the project's folders are.
 */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { compileKnowledge } from '../../knowledge/compile.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { noteBundled } from '../../third-party.ts';

const source = join(import.meta.dirname, '..', '..', '..');

/**
 * @param target file to write: `…/samhain-diagnose.mjs`
 * @param content read and checked; the command itself needs no YAML
 */
export async function bundleCommandLine(target: string, content: Knowledge): Promise<void> {
  const knowledge = JSON.stringify(compileKnowledge(content));
  mkdirSync(dirname(target), { recursive: true });
  const { metafile } = await build({
    metafile: true,
    entryPoints: [join(source, 'cli', 'diagnose.ts')],
    outfile: target,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    charset: 'utf8',
    logLevel: 'error',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [
      {
        name: 'content-inside',
        setup(setup) {
          setup.onLoad({ filter: /[\\/]cli[\\/]rules\.ts$/ }, () => ({
            contents: `export const loadRules = async () => JSON.parse(${JSON.stringify(knowledge)});`,
          }));
        },
      },
    ],
  });
  for (const file of Object.keys(metafile.inputs)) noteBundled(join(process.cwd(), file));
  chmodSync(target, 0o755);
}
