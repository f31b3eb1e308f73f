/** Makes the script for readers who chose a setup. Node only. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { build } from 'esbuild';
import { compileSetups } from '../knowledge/compile.ts';
import { content } from './content.ts';

let made: Promise<{ text: string; version: string }> | undefined;

async function make(): Promise<{ text: string; version: string }> {
  const result = await build({
    entryPoints: [join(process.cwd(), 'src', 'browser', 'setup', 'early.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    logLevel: 'error',
    define: { installations: JSON.stringify(compileSetups(content())) },
  });
  const text = result.outputFiles[0]?.text ?? '';
  return { text, version: createHash('sha256').update(text).digest('hex').slice(0, 8) };
}

/** Its text, and what its name has of it: a browser keeps a file by its name. */
export function setupScript(): Promise<{ text: string; version: string }> {
  if (import.meta.env.DEV) return make();
  made ??= make();
  return made;
}
